"""Mistakes: one label for every item that is missed, spurious or not quite right.

The labels of predictions add up to the false positives of the metric that is named for the family, those of gold items
to its false negatives: `events.trigger_c` (or `events.type_c` where no triggers were annotated), `events.arg_c`,
`attributions.exact` and `claims.unaltered`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from llmx.eval.matching.assign import best_pairs
from llmx.eval.matching.region import Region, iou, overlapping, shared
from llmx.eval.metrics.attributions import AttributionPairs, is_exact, right_source
from llmx.eval.metrics.claims import ClaimPairs, is_altered
from llmx.eval.metrics.events import EventPairs
from llmx.eval.metrics.tally import Mistake, MistakeKind, Tally

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Item:
    """One side's item, as far as labelling needs it."""

    at: int
    region: Region
    type: str
    role: str
    words: str
    optional: bool
    grounded: bool

    @property
    def key(self) -> Hashable:
        return (self.region.tight, self.type, self.role)

    @property
    def label(self) -> str:
        return self.role or self.type


def note_mistakes(
    events: EventPairs | None,
    attributions: AttributionPairs | None,
    claims: ClaimPairs | None,
    tally: Tally,
) -> None:
    """Label the mistakes of one article."""
    if events is not None:
        _note_events(events, tally)
    if attributions is not None:
        _note_attributions(attributions, tally)
    if claims is not None:
        _note_claims(claims, tally)


def _note_events(pairs: EventPairs, tally: Tally) -> None:
    with_trigger = "trigger" in pairs.fields
    blind = pairs.blind("trigger") if with_trigger else frozenset[int]()
    gold = [
        _Item(e.at, e.trigger if with_trigger else e.anchor, e.type, "", "", e.optional, grounded=True)
        for e in pairs.gold
        if not with_trigger or "trigger" in e.given
    ]
    pred = [
        _Item(e.at, e.trigger if with_trigger else e.anchor, e.type, "", "", optional=False, grounded=e.grounded)
        for j, e in enumerate(pairs.pred)
        if j not in blind
    ]
    by_key: Callable[[_Item], Hashable] = (lambda item: item.key) if with_trigger else (lambda item: item.type)
    _note("events", gold, pred, tally, key=by_key)
    if "participants" not in pairs.fields:
        return
    unknown = pairs.blind("participants")
    wanted = [
        _Item(e.at, a.region, e.type, a.role, a.words, e.optional or a.optional, grounded=True)
        for e in pairs.gold
        if "participants" in e.given
        for a in e.participants
    ]
    offered = [
        _Item(e.at, a.region, e.type, a.role, a.words, optional=False, grounded=a.grounded)
        for j, e in enumerate(pairs.pred)
        if j not in unknown
        for a in e.participants
    ]
    _note("participants", wanted, offered, tally, key=lambda item: item.key)


def _note(
    family: str, gold: Sequence[_Item], pred: Sequence[_Item], tally: Tally, *, key: Callable[[_Item], Hashable]
) -> None:
    """Take out what is right, then pair what is left by place and label both sides of a pair alike."""
    missing, extra, right = _left_over(gold, pred, key)
    rest: list[_Item] = []
    if not missing and not extra:
        return
    for item in extra:
        if key(item) in right:
            tally.mistakes.append(_of_pred(family, MistakeKind.DUPLICATE, item))
        elif not item.grounded:
            tally.mistakes.append(_of_pred(family, MistakeKind.UNGROUNDED, item))
        else:
            rest.append(item)
    touching = overlapping([item.region for item in missing], [item.region for item in rest])
    scores = {(i, j): both for i, j in touching if (both := _closeness(missing[i], rest[j])) > 0}
    near = best_pairs(scores) if scores else []
    for i, j in near:
        tally.mistakes.append(_of_pair(family, _differs(missing[i], rest[j]), missing[i], rest[j]))
    for j, item in enumerate(rest):
        if j not in {pair[1] for pair in near}:
            tally.mistakes.append(_of_pred(family, _lone_prediction(item, gold, pred), item))
    for i, item in enumerate(missing):
        if i not in {pair[0] for pair in near}:
            tally.mistakes.append(_of_gold(family, _lone_gold(item, pred), item))


def _left_over(
    gold: Sequence[_Item], pred: Sequence[_Item], key: Callable[[_Item], Hashable]
) -> tuple[list[_Item], list[_Item], set[Hashable]]:
    """Gold items that were not predicted, predictions that are not gold, and the keys that are both."""
    pred_keys = [key(item) for item in pred]
    offered = Counter(pred_keys)
    missing: list[_Item] = []
    right: set[Hashable] = set()
    for item in sorted(gold, key=lambda one: one.optional):
        own = key(item)
        if offered[own] > 0:
            offered[own] -= 1
            right.add(own)
        elif not item.optional:
            missing.append(item)
    extra: list[_Item] = []
    for item, own in zip(pred, pred_keys, strict=True):
        if offered[own] > 0:
            offered[own] -= 1
            extra.append(item)
    return missing, extra, right


def _closeness(gold: _Item, pred: _Item) -> float:
    both = iou(gold.region, pred.region)
    return both * (1.0 + 0.1 * (gold.type == pred.type) + 0.1 * (gold.role == pred.role))


def _differs(gold: _Item, pred: _Item) -> MistakeKind:
    both = iou(gold.region, pred.region)
    if gold.type != pred.type and both >= _HALF:
        return MistakeKind.WRONG_TYPE
    if gold.role != pred.role and both >= _HALF:
        return MistakeKind.WRONG_ROLE
    return MistakeKind.WRONG_BOUNDARY


def _lone_prediction(item: _Item, gold: Sequence[_Item], pred: Sequence[_Item]) -> MistakeKind:
    held = sum(1 for one in gold if shared(one.region, item.region))
    if held > 1:
        return MistakeKind.MERGED
    inside = [one for one in gold if shared(one.region, item.region)]
    pieces = sum(1 for one in pred if inside and shared(one.region, inside[0].region))
    return MistakeKind.SPLIT if inside and pieces > 1 else MistakeKind.SPURIOUS


def _lone_gold(item: _Item, pred: Sequence[_Item]) -> MistakeKind:
    return MistakeKind.MERGED if any(shared(one.region, item.region) for one in pred) else MistakeKind.MISSED


def _note_attributions(pairs: AttributionPairs, tally: Tally) -> None:
    def judge(i: int, j: int) -> MistakeKind | None:
        gold, pred = pairs.gold[i], pairs.pred[j]
        if is_exact(gold, pred):
            return None
        if gold.content.same(pred.content) and "source" in gold.given and not right_source(gold, pred):
            return MistakeKind.WRONG_LINK
        return MistakeKind.WRONG_BOUNDARY

    _note_matched(
        "attributions",
        [_Item(a.at, a.content, "", "", "", a.optional, grounded=True) for a in pairs.gold],
        [_Item(a.at, a.content, "", "", "", optional=False, grounded=a.grounded) for a in pairs.pred],
        matched=list(pairs.matched),
        judge=judge,
        tally=tally,
    )


def _note_claims(pairs: ClaimPairs, tally: Tally) -> None:
    def judge(i: int, j: int) -> MistakeKind | None:
        return MistakeKind.ALTERED if is_altered(pairs.gold[i], pairs.pred[j]) else None

    gold = [_Item(c.at, c.evidence, c.kind or "", "", c.text, c.optional, grounded=True) for c in pairs.gold]
    pred = [_Item(c.at, c.evidence, c.kind or "", "", c.text, optional=False, grounded=c.grounded) for c in pairs.pred]
    _note_matched("claims", gold, pred, matched=list(pairs.matched), judge=judge, tally=tally)


def _note_matched(
    family: str,
    gold: Sequence[_Item],
    pred: Sequence[_Item],
    *,
    matched: Sequence[tuple[int, int]],
    judge: Callable[[int, int], MistakeKind | None],
    tally: Tally,
) -> None:
    """Label matched pairs by `judge`, and what is left on either side."""
    for i, j in matched:
        kind = None if gold[i].optional else judge(i, j)
        if kind is not None:
            tally.mistakes.append(_of_pair(family, kind, gold[i], pred[j]))
    taken_gold, taken_pred = {i for i, _ in matched}, {j for _, j in matched}
    for j, item in enumerate(pred):
        if j in taken_pred:
            continue
        kind = _lone_prediction(item, gold, pred)
        if any(k != j and other.key == item.key and other.words == item.words for k, other in enumerate(pred)):
            kind = MistakeKind.DUPLICATE
        elif not item.grounded:
            kind = MistakeKind.UNGROUNDED
        tally.mistakes.append(_of_pred(family, kind, item))
    for i, item in enumerate(gold):
        if i not in taken_gold and not item.optional:
            tally.mistakes.append(_of_gold(family, _lone_gold(item, pred), item))


def _hull(region: Region) -> tuple[int, int] | None:
    return (region.spans[0].start, region.spans[-1].end) if region else None


def _of_pair(family: str, kind: MistakeKind, gold: _Item, pred: _Item) -> Mistake:
    label = gold.label if gold.label == pred.label else f"{gold.label} → {pred.label}"
    return Mistake(
        family=family,
        kind=kind,
        label=label,
        gold=gold.at,
        pred=pred.at,
        gold_span=_hull(gold.region),
        pred_span=_hull(pred.region),
        detail=f"{gold.words} | {pred.words}" if gold.words or pred.words else "",
    )


def _of_pred(family: str, kind: MistakeKind, pred: _Item) -> Mistake:
    return Mistake(
        family=family, kind=kind, label=pred.label, pred=pred.at, pred_span=_hull(pred.region), detail=pred.words
    )


def _of_gold(family: str, kind: MistakeKind, gold: _Item) -> Mistake:
    return Mistake(
        family=family, kind=kind, label=gold.label, gold=gold.at, gold_span=_hull(gold.region), detail=gold.words
    )
