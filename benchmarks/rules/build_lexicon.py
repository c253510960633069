"""Train `llmx/lexicon/typing_weights.tsv`: the learned votes for the type of a passage.

    python benchmarks/rules/build_lexicon.py --data DIR [--check]

DIR holds `case2021-types-dev.jsonl`. The model is a multinomial logistic regression over the presence of concepts, on
top of the hand-written votes, with an L2 penalty. `--check` writes nothing and prints the cross-validated weighted F1,
which is what to expect on other snippets of the kind.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from llmx.document import Article, Document
from llmx.lexicon.table import read_rows
from llmx.rules.analysis import analyse
from llmx.rules.events.typing import HAND_SHARE, hand_scores, presence, votes
from llmx.rules.vocabulary import find_words

CASE_TYPES = {
    "AIR_STRIKE": "air_strike", "ARMED_CLASH": "armed_clash", "ART_MISS_ATTACK": "shelling_missile",
    "SUIC_BOMB": "suicide_bomb",
    "REM_EXPLOS": "remote_explosive", "GRENADE": "grenade", "CHEM_WEAP": "chemical_weapon",
    "ATTACK": "attack", "ABDUCT_DISSAP": "abduction", "SEX_VIOL": "sexual_violence",
    "PEACE_PROTEST": "peaceful_protest",
    "PROTEST_WITH_INTER": "protest_with_intervention", "FORCE_AGAINST_PROTEST": "excessive_force",
    "VIOL_DEMONSTR": "violent_demonstration", "MOB_VIOL": "mob_violence", "AGREEMENT": "agreement", "ARREST": "arrest",
    "CHANGE_TO_GROUP_ACT": "change_to_group_activity", "DISR_WEAP": "disrupted_weapons_use",
    "HQ_ESTABLISHED": "base_established", "PROPERTY_DISTRUCT": "property_destruction",
    "NON_VIOL_TERRIT_TRANSFER": "non_violent_transfer", "GOV_REGAINS_TERIT": "government_regains_territory",
    "NON_STATE_ACTOR_OVERTAKES_TER": "non_state_actor_overtakes_territory", "ORG_CRIME": "organised_crime",
    "NATURAL_DISASTER": "natural_disaster", "MAN_MADE_DISASTER": "man_made_disaster",
    "ATTRIB": "attribution_of_responsibility", "DIPLO": "diplomatic", "OTHER": "other",
}  # fmt: skip
PENALTY = 1.5
SMALLEST = 0.15
OUT = Path(__file__).parents[2] / "llmx" / "lexicon" / "typing_weights.tsv"
HEAD = """\
# Learned votes for the type of a passage, on top of typing.tsv.
# Written by benchmarks/rules/build_lexicon.py; do not edit.
# concept	type:weight, by type; `_` is what every passage gets
"""


def read_data(path: Path) -> tuple[list[str], list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Types, concepts, hand scores, presences and the gold type's number of every snippet."""
    types = sorted({vote.type for vote in votes()} | {"other"})
    concepts = sorted({name for name, _ in read_rows("concepts.tsv", columns=2)} | {"_"})
    hand, present, gold = [], [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        analysis = analyse(Document.from_article(Article(text=row["text"])))
        hits = find_words(analysis).concepts
        scores, shares = hand_scores(hits, start=0), presence(hits, start=0)
        hand.append([HAND_SHARE * scores.get(kind, 0.0) for kind in types])
        present.append([shares.get(concept, 0.0) for concept in concepts])
        gold.append(types.index(CASE_TYPES[row["events"][0]["type"]]))
    return types, concepts, np.array(hand), np.array(present), np.array(gold)


def fit(hand: np.ndarray, present: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """The weights, concepts by types, that explain `gold` best."""
    count, width, depth = len(gold), present.shape[1], hand.shape[1]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(width, depth)
        logits = hand + present @ weights
        logits -= logits.max(1, keepdims=True)
        shares = np.exp(logits)
        shares /= shares.sum(1, keepdims=True)
        value = -np.log(shares[np.arange(count), gold]).sum() + PENALTY * (weights**2).sum() / 2
        shares[np.arange(count), gold] -= 1
        return value, (present.T @ shares + PENALTY * weights).ravel()

    found = minimize(loss, np.zeros(width * depth), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    rounded = np.round(found.x.reshape(width, depth), 1)
    rounded[np.abs(rounded) < SMALLEST] = 0
    return rounded


def weighted_f1(gold: np.ndarray, predicted: np.ndarray) -> float:
    """F1 of each type, weighted by how often it is gold."""
    support, said = Counter(gold.tolist()), Counter(predicted.tolist())
    right = Counter(gold[gold == predicted].tolist())
    total = 0.0
    for kind, count in support.items():
        precision, recall = right[kind] / said[kind] if said[kind] else 0.0, right[kind] / count
        total += count * (2 * precision * recall / (precision + recall) if precision + recall else 0.0)
    return total / len(gold)


def cross_validate(hand: np.ndarray, present: np.ndarray, gold: np.ndarray) -> float:
    """Mean weighted F1 over three rounds of ten folds, every snippet judged by weights that did not see it."""
    rng, results = np.random.default_rng(7), []
    for _ in range(3):
        order, predicted = rng.permutation(len(gold)), np.zeros(len(gold), int)
        for fold in range(10):
            test = order[fold::10]
            train = np.setdiff1d(order, test)
            weights = fit(hand[train], present[train], gold[train])
            predicted[test] = (hand[test] + present[test] @ weights).argmax(1)
        results.append(weighted_f1(gold, predicted))
    return float(np.mean(results))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    types, concepts, hand, present, gold = read_data(args.data / "case2021-types-dev.jsonl")
    print(f"hand-written votes alone: {weighted_f1(gold, hand.argmax(1)):.3f}")
    if args.check:
        print(f"cross-validated: {cross_validate(hand, present, gold):.3f}")
        return
    weights = fit(hand, present, gold)
    print(f"on its own training data: {weighted_f1(gold, (hand + present @ weights).argmax(1)):.3f}")
    lines = []
    for concept, row in zip(concepts, weights, strict=True):
        pairs = [f"{kind}:{weight:g}" for kind, weight in zip(types, row, strict=True) if weight]
        lines.append(f"{concept}\t{' '.join(pairs)}\n")
    OUT.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
