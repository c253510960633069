"""Claims: matched by the place of their evidence and by their words, guarded against altered values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from llmx.eval.matching.assign import Pair, pair_up
from llmx.eval.matching.region import covers_half, iou, region_of, shared
from llmx.eval.matching.words import altered, likeness, norm, stated
from llmx.eval.metrics.tally import Tally
from llmx.eval.records.items import Claim

_SPAN_SHARE = 0.6
_LEAST = 0.5
_INSIDE = 0.5

LABELS = ("kind", "epistemic", "check_worthy")


@dataclass(frozen=True, slots=True)
class ClaimPairs:
    """The claims of one article, matched."""

    gold: tuple[Claim, ...]
    pred: tuple[Claim, ...]
    matched: dict[Pair, float]


def claim_likeness(gold: Claim, pred: Claim) -> float:
    """0.6 of the places' IoU and 0.4 of the wordings' likeness; one of them alone where a side lacks the other."""
    placed, worded = bool(gold.evidence and pred.evidence), bool(gold.text and pred.text)
    place = iou(gold.evidence, pred.evidence) if placed else 0.0
    if placed and worded:
        # A sum below the least that counts needs no comparison of words.
        if _SPAN_SHARE * place + (1 - _SPAN_SHARE) < _LEAST:
            return 0.0
        return _SPAN_SHARE * place + (1 - _SPAN_SHARE) * likeness(norm(gold.text), norm(pred.text))
    if placed:
        return place
    return likeness(norm(gold.text), norm(pred.text)) if worded else 0.0


def is_altered(gold: Claim, pred: Claim) -> bool:
    """Whether a number, a date or a negation differs between two matched claims; False where gold has no text."""
    return bool(gold.text) and altered(gold.text, pred.text)


def score_claims(
    gold: tuple[Claim, ...],
    pred: tuple[Claim, ...],
    *,
    annotated: frozenset[str],
    speakers: Mapping[str, str],
    text: str,
    tally: Tally,
) -> ClaimPairs:
    """Count all claim metrics of one article.

    Args:
        gold: Gold claims.
        pred: Predicted claims.
        annotated: Fields that the gold set annotates anywhere.
        speakers: Id of a predicted attribution -> id of the gold one it was matched to.
        text: The article's text.
        tally: Takes the counts.
    """
    fields = frozenset(f for f in annotated if not gold or any(f in item.given for item in gold))
    matched = pair_up(gold, pred, claim_likeness, tie=lambda g, p: iou(g.evidence, p.evidence), least=_LEAST)
    pairs = ClaimPairs(gold, pred, matched)
    counted = [(gold[i], pred[j]) for i, j in matched if not gold[i].optional]
    n_pred, n_gold = len(pred) - (len(matched) - len(counted)), sum(1 for g in gold if not g.optional)
    changed = sum(1 for g, p in counted if is_altered(g, p))
    tally.prf("claims.claim", len(counted), n_pred, n_gold)
    tally.prf("claims.unaltered", len(counted) - changed, n_pred, n_gold)
    tally.rate("claims.altered", changed, len(counted))
    cited = sum(1 for g, p in counted if covers_half(g.evidence, p.evidence))
    tally.prf("grounding.citation", cited, n_pred, n_gold)
    for name in LABELS:
        if name in fields:
            _score_label(name, pairs, n_pred, tally)
    if "polarity" in fields:
        _score_polarity(pairs, n_pred, tally)
    if "claimer" in fields:
        _score_claimers(pairs, speakers, n_pred, tally)
    if "links" in fields:
        _score_links(pairs, tally)
    _score_grain(gold, pred, text, tally)
    tally.pairs["claims"] = [(gold[i].at, pred[j].at) for i, j in matched]
    return pairs


def _label(name: str, pairs: ClaimPairs, said: Sequence[tuple[str, str, bool]], n_pred: int, tally: Tally) -> None:
    """Count a label of matched claims: gold's, the prediction's, and whether the gold claim is optional."""
    agreed = 0
    for wanted, offered, optional in said:
        tally.rate(f"claims.{name}_accuracy", wanted == offered, 1)
        tally.confuse(f"claims.{name}", wanted, offered)
        agreed += wanted == offered and not optional
    required = sum(1 for g in pairs.gold if name in g.given and not g.optional)
    tally.prf(f"claims.{name}", agreed, n_pred, required)


def _score_label(name: str, pairs: ClaimPairs, n_pred: int, tally: Tally) -> None:
    said = [
        (str(getattr(pairs.gold[i], name)), str(getattr(pairs.pred[j], name)), pairs.gold[i].optional)
        for i, j in pairs.matched
        if name in pairs.gold[i].given
    ]
    _label(name, pairs, said, n_pred, tally)


def polarity_of(claim: Claim) -> str:
    """The claim's polarity; where it says none, by the negation of its text."""
    return claim.polarity or ("negative" if stated(claim.text)[1] else "positive")


def _score_polarity(pairs: ClaimPairs, n_pred: int, tally: Tally) -> None:
    said = [
        (polarity_of(pairs.gold[i]), polarity_of(pairs.pred[j]), pairs.gold[i].optional)
        for i, j in pairs.matched
        if "polarity" in pairs.gold[i].given
    ]
    _label("polarity", pairs, said, n_pred, tally)


def _score_claimers(pairs: ClaimPairs, speakers: Mapping[str, str], n_pred: int, tally: Tally) -> None:
    agreed = 0
    for i, j in pairs.matched:
        gold = pairs.gold[i]
        if "claimer" not in gold.given:
            continue
        said = {name if name == "document" else speakers.get(name, f"?{name}") for name in pairs.pred[j].claimer}
        right = said == set(gold.claimer)
        tally.rate("claims.claimer_accuracy", right, 1)
        agreed += right and not gold.optional
    required = sum(1 for g in pairs.gold if "claimer" in g.given and not g.optional)
    tally.prf("claims.claimer", agreed, n_pred, required)


def _score_links(pairs: ClaimPairs, tally: Tally) -> None:
    of_pred = {pairs.pred[j].id: pairs.gold[i].id for i, j in pairs.matched}
    wanted = {(g.id, *link) for g in pairs.gold if "links" in g.given for link in g.links}
    offered = [
        (of_pred.get(p.id, f"?{p.id}"), kind, of_pred.get(other, f"?{other}"))
        for p in pairs.pred
        for kind, other in p.links
    ]
    hits = len(wanted & set(offered))
    tally.prf("claims.links", hits, len(offered), len(wanted))


def _score_grain(gold: Sequence[Claim], pred: Sequence[Claim], text: str, tally: Tally) -> None:
    """How finely the text is cut: claims of one side that lie inside one of the other, and coverage."""
    split = sum(max(0, sum(1 for p in pred if _lies_in(p, g)) - 1) for g in gold)
    merged = sum(max(0, sum(1 for g in gold if _lies_in(g, p)) - 1) for p in pred)
    tally.rate("claims.split_rate", split, len(gold))
    tally.rate("claims.merge_rate", merged, len(pred))
    wanted = region_of((span for g in gold for span in g.evidence.spans), text)
    offered = region_of((span for p in pred for span in p.evidence.spans), text)
    tally.rate("claims.coverage", shared(wanted, offered), wanted.size)


def _lies_in(one: Claim, other: Claim) -> bool:
    return bool(one.evidence) and shared(one.evidence, other.evidence) > _INSIDE * one.evidence.size
