"""Learn the weights of the attribution rules, and count how reliable each cue is.

    python benchmarks/rules/learn_attribution.py TRAIN.jsonl [--write]

TRAIN: articles with marked attributions, a JSON object a line: `text` and `attributions`, each with `source`, `cue`
([start, end) or null) and `content` (a list of pairs). Two logistic regressions are fitted: one says whether a
candidate is an attribution, one whether a content ends at a place. Kept are feature names (lemmas, tags, function
words) and rounded weights, no sentence of any article. Without --write it only reports how a held-out third is scored.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from llmx.document import Article, Document
from llmx.lexicon.cues import cues
from llmx.rules.analysis import Analysis, analyse
from llmx.rules.attribution.boundaries import possible_ends
from llmx.rules.attribution.candidates import Candidate
from llmx.rules.attribution.clues import spelled
from llmx.rules.attribution.find import all_candidates
from llmx.rules.attribution.weights import Weights

LEAST_SEEN = 3
LEAST_WEIGHT = 0.06
STRENGTH_OF_CUES = 5.0
STRENGTH_OF_ENDS = 2.0
LEXICON = Path(__file__).parents[2] / "llmx" / "lexicon"
NOTHING = Weights({}, {})
_SIGNS = " \t\n\r\u00a0!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’„«»…–—"


@dataclass(frozen=True)
class Labelled:
    """One article with its gold attributions."""

    analysis: Analysis
    gold: Sequence[dict]


def load(path: str) -> list[Labelled]:
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Labelled(
            analyse(Document.from_article(Article(text=row["text"]))),
            [one for one in row["attributions"] if one["content"] and one["cue"]],
        )
        for row in rows
    ]


def tight(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _SIGNS:
        start += 1
    while end > start and text[end - 1] in _SIGNS:
        end -= 1
    return start, end


def ends(articles: Iterable[Labelled]) -> tuple[list[tuple[str, ...]], list[bool]]:
    """The places where contents could end and did or did not, of candidates whose content starts where gold's does."""
    features: list[tuple[str, ...]] = []
    labels: list[bool] = []
    for one in articles:
        text, analysis = one.analysis.text, one.analysis
        for candidate, gold in itertools.product(all_candidates(analysis, NOTHING, every=True), one.gold):
            start = candidate.complement.start
            cue = analysis.span(*candidate.cue)
            if candidate.complement.kind == "left" or not (cue.start < gold["cue"][1] and gold["cue"][0] < cue.end):
                continue
            first, last = tight(text, gold["content"][0][0], gold["content"][-1][1])
            if tight(text, analysis.starts[start], len(text))[0] != first:
                continue
            rows = list(possible_ends(analysis, start))
            here = tight(text, analysis.starts[start], len(text))[0]
            right = [at for at, _ in rows if tight(text, here, analysis.ends[at - 1])[1] == last]
            if right:
                before = [(at, end) for at, end in rows if at <= right[0] and end]
                kind, lemma = candidate.complement.kind, candidate.lemma
                features += [spelled(NOTHING.ends.clues(kind, lemma, end)) for _, end in before]
                labels += [at == right[0] for at, _ in before]
    return features, labels


def candidates(articles: Iterable[Labelled], end: dict[str, float]) -> tuple[list[Candidate], list[bool]]:
    """The candidates outside gold contents, and whether each is the one that fits a gold attribution best."""
    found: list[Candidate] = []
    labels: list[bool] = []
    for one in articles:
        analysis = one.analysis
        here = list(all_candidates(analysis, Weights({}, end), every=True))
        best: dict[int, tuple[float, int]] = {}
        inside: set[int] = set()
        for (at, candidate), (number, gold) in itertools.product(enumerate(here), enumerate(one.gold)):
            cue = analysis.span(*candidate.cue)
            if any(start <= cue.start and cue.end <= end_ for start, end_ in gold["content"]):
                inside.add(at)
            if cue.start < gold["cue"][1] and gold["cue"][0] < cue.end:
                parts = [analysis.span(*part) for part in candidate.content]
                both = sum(
                    max(0, min(part.end, end_) - max(part.start, start))
                    for part in parts
                    for start, end_ in gold["content"]
                )
                union = sum(len(part) for part in parts) + sum(e - s for s, e in gold["content"]) - both
                if both and both / union > best.get(number, (0.0, 0))[0]:
                    best[number] = (both / union, at)
        real = {at for _, at in best.values()}
        kept = [at for at in range(len(here)) if at in real or at not in inside]
        found += [here[at] for at in kept]
        labels += [at in real for at in kept]
    return found, labels


def fit(features: Sequence[Sequence[str]], labels: Sequence[bool], strength: float) -> dict[str, float]:
    """The weights of a logistic regression, those near 0 left out."""
    counted = Counter(name for row in features for name in row)
    names = [name for name, seen in counted.items() if seen >= LEAST_SEEN]
    column = {name: at for at, name in enumerate(names)}
    indices = [[column[name] for name in row if name in column] for row in features]
    flat = [at for row in indices for at in row]
    matrix = sparse.csr_matrix(
        (np.ones(len(flat)), flat, np.cumsum([0, *map(len, indices)])), shape=(len(features), len(names))
    )
    target = np.array(labels, dtype=float)
    penalty = np.full(len(names), strength)
    penalty[column["bias"]] = 1e-3

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        chance = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        cost = -(target * np.log(chance + 1e-12) + (1 - target) * np.log(1 - chance + 1e-12)).sum()
        return cost + 0.5 * (penalty * weights**2).sum(), matrix.T @ (chance - target) + penalty * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
    return {name: round(float(w), 2) for name, w in zip(names, found, strict=True) if abs(w) >= LEAST_WEIGHT}


def learn(articles: Sequence[Labelled]) -> Weights:
    end = fit(*ends(articles), STRENGTH_OF_ENDS)
    found, labels = candidates(articles, end)
    return Weights(fit([spelled(one.features) for one in found], labels, STRENGTH_OF_CUES), end)


def write(weights: Weights) -> None:
    lines = ["# Weights of the attribution rules, by benchmarks/rules/learn_attribution.py: table, feature, log odds"]
    for table, rows in (("cue", weights.cue), ("end", weights.end)):
        lines += [f"{table}\t{name}\t{weight:g}" for name, weight in sorted(rows.items())]
    (LEXICON / "attribution_weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def count_cues(articles: Sequence[Labelled], end: dict[str, float]) -> None:
    """Write into the list of cues how often each was a possible and a real one, and with which complements."""
    found, labels = candidates(articles, end)
    seen: Counter[tuple[str, str]] = Counter()
    real: Counter[tuple[str, str]] = Counter()
    kinds: dict[tuple[str, str], Counter[str]] = {}
    for one, label in zip(found, labels, strict=True):
        part = "noun" if one.rule == "noun" else "adjective" if " " in one.lemma else "verb"
        key = (one.lemma.split(" ")[-1], part)
        seen[key] += 1
        real[key] += label
        if label:
            kind = one.complement.word if one.complement.kind == "pp" else one.complement.kind
            kinds.setdefault(key, Counter())[kind.replace("left", "quote")] += 1
    rows = ["# lemma, part of speech, stance, usual complements, times seen where it could be a cue, times it was one"]
    for (lemma, part), cue in sorted(cues().items(), key=lambda item: (item[0][1], item[0][0])):
        usual = [
            kind for kind, n in kinds.get((lemma, part), Counter()).most_common(4) if n >= 0.15 * real[lemma, part]
        ]
        rows.append(f"{lemma}\t{part}\t{cue.stance}\t{' '.join(usual)}\t{seen[lemma, part]}\t{real[lemma, part]}")
    (LEXICON / "cues.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    articles = load(options.train)
    if options.write:
        weights = learn(articles)
        write(weights)
        count_cues(articles, dict(weights.end))
        print(f"{len(weights.cue)} weights of cues, {len(weights.end)} of ends")
        return
    part = [one for at, one in enumerate(articles) if at % 3]
    held = [one for at, one in enumerate(articles) if not at % 3]
    weights = learn(part)
    found, labels = candidates(held, dict(weights.end))
    chance = np.array([sum(map(weights.of_cue, one.features)) for one in found])
    right = np.array(labels)
    for least in (-1.0, -0.6, 0.0):
        said = chance > least
        hits = (said & right).sum()
        print(f"log odds > {least}: precision {hits / said.sum():.3f}, recall {hits / right.sum():.3f}")


if __name__ == "__main__":
    main()
