"""Attributions: source, cue and content, who is linked to what, and the labels of matched ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from llmx.eval.matching.assign import Pair, pair_up
from llmx.eval.matching.region import Region, covers_half, iou, region_of, shared
from llmx.eval.metrics.coreference import score_clusters
from llmx.eval.metrics.tally import Tally
from llmx.eval.records.items import Attribution

_WEIGHTS = (("content", 0.5), ("source", 0.3), ("cue", 0.2))
_LEAST = 0.1
_HALF = 0.5

PARTS = ("source", "cue", "content")
LABELS = ("mode", "stance", "source_kind")


@dataclass(frozen=True, slots=True)
class AttributionPairs:
    """The attributions of one article, matched.

    Attributes:
        gold: Gold attributions.
        pred: Predicted attributions.
        matched: Indices of the pairs -> likeness of source, cue and content together.
    """

    gold: tuple[Attribution, ...]
    pred: tuple[Attribution, ...]
    matched: dict[Pair, float]

    def gold_id(self) -> dict[str, str]:
        """Id of a predicted attribution -> id of the gold one it was matched to."""
        return {self.pred[j].id: self.gold[i].id for i, j in self.matched}


def likeness(gold: Attribution, pred: Attribution) -> float:
    """The weighted mean IoU of content (.5), source (.3) and cue (.2); 0 where the contents share nothing.

    Parts that neither side has, and parts that gold does not annotate, do not count.
    """
    content = iou(gold.content, pred.content)
    if not content:
        return 0.0
    total = reached = 0.0
    for name, weight in _WEIGHTS:
        one, other = getattr(gold, name), getattr(pred, name)
        if name in gold.given and (one or other):
            total += weight
            reached += weight * (content if name == "content" else iou(one, other))
    return reached / total if total else content


def score_attributions(
    gold: tuple[Attribution, ...],
    pred: tuple[Attribution, ...],
    *,
    annotated: frozenset[str],
    text: str,
    tally: Tally,
) -> AttributionPairs:
    """Count all attribution metrics of one article, and say which were matched."""
    fields = frozenset(f for f in annotated if not gold or any(f in item.given for item in gold))
    matched = pair_up(gold, pred, likeness, tie=lambda g, p: iou(g.cue, p.cue), least=_LEAST)
    pairs = AttributionPairs(gold, pred, matched)
    parts = [part for part in PARTS if part in fields or part == "content"]
    for part in parts:
        _score_part(part, pairs, tally)
    _score_whole(pairs, tally)
    _score_overlap(parts, gold, pred, tally)
    _score_characters(gold, pred, text, tally)
    if "source" in fields:
        _score_links(pairs, tally)
    for name in LABELS:
        if name in fields:
            _score_label(name, pairs, tally)
    if "parent" in fields:
        _score_parents(pairs, tally)
    if "source_entity" in fields:
        _score_identity(pairs, tally)
    tally.pairs["attributions"] = [(gold[i].at, pred[j].at) for i, j in matched]
    return pairs


def _ignored(pairs: AttributionPairs) -> int:
    return sum(1 for i, _ in pairs.matched if pairs.gold[i].optional)


def _score_part(part: str, pairs: AttributionPairs, tally: Tally) -> None:
    """The part exactly, edges aside, and by the code points that matched pairs share."""
    exact = both = cited = 0
    skipped_p = skipped_chars = 0
    for i, j in pairs.matched:
        one, other = getattr(pairs.gold[i], part), getattr(pairs.pred[j], part)
        if pairs.gold[i].optional or part not in pairs.gold[i].given:
            skipped_p += bool(other)
            skipped_chars += other.size
            continue
        exact += bool(one) and one.same(other)
        cited += covers_half(one, other)
        both += shared(one, other)
    wanted = [getattr(g, part) for g in pairs.gold if part in g.given and not g.optional]
    offered = [getattr(p, part) for p in pairs.pred]
    n_gold, n_pred = sum(map(bool, wanted)), sum(map(bool, offered)) - skipped_p
    tally.prf(f"attributions.{part}_exact", exact, n_pred, n_gold)
    tally.prf("grounding.citation", cited, n_pred, n_gold)
    tally.prf(
        f"attributions.{part}_partial", both, sum(r.size for r in offered) - skipped_chars, sum(r.size for r in wanted)
    )


def is_exact(gold: Attribution, pred: Attribution) -> bool:
    """Whether every annotated part is the same place, edges aside."""
    return all(getattr(gold, part).same(getattr(pred, part)) for part in PARTS if part in gold.given)


def _score_whole(pairs: AttributionPairs, tally: Tally) -> None:
    exact = sum(1 for i, j in pairs.matched if not pairs.gold[i].optional and is_exact(pairs.gold[i], pairs.pred[j]))
    required = sum(1 for g in pairs.gold if not g.optional)
    tally.prf("attributions.exact", exact, len(pairs.pred) - _ignored(pairs), required)


def _touch(one: Region, other: Region) -> bool:
    return shared(one, other) > 0 or not (one or other)


def _score_overlap(
    parts: Sequence[str], gold: Sequence[Attribution], pred: Sequence[Attribution], tally: Tally
) -> None:
    """Contents that share anything, one to one with the most shared code points; and of these, whole triples."""
    found = pair_up(gold, pred, lambda g, p: shared(g.content, p.content))
    counted = [(gold[i], pred[j]) for i, j in found if not gold[i].optional]
    n_pred, n_gold = len(pred) - (len(found) - len(counted)), sum(1 for g in gold if not g.optional)
    whole = sum(
        1 for g, p in counted if all(_touch(getattr(g, part), getattr(p, part)) for part in parts if part in g.given)
    )
    tally.prf("attributions.content_overlap", len(counted), n_pred, n_gold)
    tally.prf("attributions.triple", whole, n_pred, n_gold)
    if "source" in parts:
        for g, p in counted:
            tally.rate("attributions.source_given_content", _touch(g.source, p.source), 1)


def _score_characters(gold: Sequence[Attribution], pred: Sequence[Attribution], text: str, tally: Tally) -> None:
    """Code points of all contents of the article, each counted once."""
    wanted = region_of(chain.from_iterable(g.content.spans for g in gold), text)
    offered = region_of(chain.from_iterable(p.content.spans for p in pred), text)
    tally.prf("attributions.content_chars", shared(wanted, offered), offered.size, wanted.size)


def right_source(gold: Attribution, pred: Attribution) -> bool:
    """Whether the source is the same: by place, by any name of it, or because neither names one."""
    if not gold.source and not pred.source:
        return True
    return iou(gold.source, pred.source) >= _HALF or (
        bool(pred.source_words) and pred.source_words in gold.source_names
    )


def _score_links(pairs: AttributionPairs, tally: Tally) -> None:
    linked = found = 0
    for i, j in pairs.matched:
        one, other = pairs.gold[i], pairs.pred[j]
        if one.optional or "source" not in one.given or iou(one.content, other.content) < _HALF:
            continue
        found += 1
        linked += right_source(one, other)
    tally.rate("attributions.link_accuracy", linked, found)
    required = sum(1 for g in pairs.gold if not g.optional and "source" in g.given)
    tally.prf("attributions.link", linked, len(pairs.pred) - _ignored(pairs), required)


def _score_label(name: str, pairs: AttributionPairs, tally: Tally) -> None:
    agreed = 0
    for i, j in pairs.matched:
        one, other = pairs.gold[i], pairs.pred[j]
        if name not in one.given:
            continue
        wanted, said = str(getattr(one, name)), str(getattr(other, name))
        tally.rate(f"attributions.{name}_accuracy", wanted == said, 1)
        tally.confuse(f"attributions.{name}", wanted, said)
        agreed += wanted == said and not one.optional
    required = sum(1 for g in pairs.gold if name in g.given and not g.optional)
    tally.prf(f"attributions.{name}", agreed, len(pairs.pred) - _ignored(pairs), required)


def _score_parents(pairs: AttributionPairs, tally: Tally) -> None:
    gold_id = pairs.gold_id()
    for i, j in pairs.matched:
        if "parent" in pairs.gold[i].given:
            said = pairs.pred[j].parent
            tally.rate("attributions.parent_accuracy", (gold_id.get(said) if said else None) == pairs.gold[i].parent, 1)


def _score_identity(pairs: AttributionPairs, tally: Tally) -> None:
    """Who is the same speaker, over the sources of matched attributions."""
    gold: dict[str, set[object]] = {}
    pred: dict[str, set[object]] = {}
    for i, j in pairs.matched:
        one, other = pairs.gold[i], pairs.pred[j]
        if one.source_entity:
            gold.setdefault(one.source_entity, set()).add(i)
            pred.setdefault(other.source_entity or f"only {j}", set()).add(i)
    if gold:
        score_clusters("attributions.identity", list(gold.values()), list(pred.values()), tally)
