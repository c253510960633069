"""Events: triggers, types, arguments, and whole templates matched one to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from llmx.eval.matching.assign import Pair, best_pairs, pair_up
from llmx.eval.matching.region import Region, covers_half, iou, overlapping, shared
from llmx.eval.matching.words import muc_norm
from llmx.eval.metrics.event_fields import score_fields
from llmx.eval.metrics.options import ScoreOptions
from llmx.eval.metrics.similar import count_fit, participant_fit, place_fit, time_fit
from llmx.eval.metrics.tally import Hits, Tally, multiset, multiset_by, summed
from llmx.eval.records.items import Event, Participant

ItemT = TypeVar("ItemT")

_DETECTED = 0.5
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class EventPairs:
    """The events of one article, matched.

    Attributes:
        gold: Gold events.
        pred: Predicted events.
        matched: Indices of the pairs -> template similarity.
        fields: Fields that are scored on this article.
    """

    gold: tuple[Event, ...]
    pred: tuple[Event, ...]
    matched: dict[Pair, float]
    fields: frozenset[str]

    def blind(self, field: str) -> frozenset[int]:
        """Predictions whose gold event was not annotated for `field`: nothing is known about theirs."""
        return frozenset(j for i, j in self.matched if field not in self.gold[i].given)


def score_events(
    gold: tuple[Event, ...],
    pred: tuple[Event, ...],
    *,
    annotated: frozenset[str],
    tally: Tally,
    options: ScoreOptions,
) -> EventPairs:
    """Count all event metrics of one article, and say which events were matched.

    Args:
        gold: Gold events.
        pred: Predicted events.
        annotated: Fields that the gold set annotates anywhere.
        tally: Takes the counts.
        options: How values are compared.
    """
    fields = frozenset(f for f in annotated if not gold or any(f in event.given for event in gold))
    matched = match_events(gold, pred, options)
    pairs = EventPairs(gold, pred, matched, fields)
    _score_types(pairs, tally)
    if "trigger" in fields:
        _score_triggers(pairs, tally)
    if "participants" in fields:
        _score_arguments(pairs, tally)
        _score_role_entities(pairs, tally)
    _score_templates(pairs, tally)
    score_fields(pairs.gold, pairs.pred, list(matched), fields=fields, tally=tally, options=options)
    tally.pairs["events"] = [(gold[i].at, pred[j].at) for i, j in matched]
    return pairs


def match_events(gold: Sequence[Event], pred: Sequence[Event], options: ScoreOptions) -> dict[Pair, float]:
    """The one-to-one pairs of events with the largest summed template similarity, and their similarities."""
    return pair_up(
        gold,
        pred,
        lambda one, other: template_similarity(one, other, options),
        tie=lambda one, other: iou(one.anchor, other.anchor) + _nearness(one, other),
    )


def _nearness(one: Event, other: Event) -> float:
    return 1e-3 / (1 + abs(one.anchor.start - other.anchor.start))


def _gate(gold: str, pred: str, *, soft: bool) -> float:
    if gold == pred:
        return 1.0
    if not soft:
        return 0.0
    one, other = gold.split(":"), pred.split(":")
    common = 0
    while common < min(len(one), len(other)) and one[common] == other[common]:
        common += 1
    return common / max(len(one), len(other))


def template_similarity(gold: Event, pred: Event, options: ScoreOptions) -> float:
    """How alike two events are: the weighted mean of their fields' likeness, behind the gate of the type.

    Fields that gold does not annotate, and fields that neither side fills, do not count. Where no field is left the
    type alone decides.
    """
    gate = _gate(gold.type, pred.type, soft=options.soft_types)
    if not gate:
        return 0.0
    weights, given = options.weights, gold.given
    total = reached = 0.0
    for name, value in (
        ("trigger", _trigger_fit(gold, pred) if "trigger" in given else None),
        ("participants", _arguments_fit(gold, pred, options) if "participants" in given else None),
        ("time", _time_fit(gold, pred, options) if "time" in given else None),
        ("places", _set_fit(gold.places, pred.places, place_fit, options) if "places" in given else None),
        ("counts", _set_fit(gold.counts, pred.counts, count_fit, options) if "counts" in given else None),
    ):
        if value is not None:
            weight = weights.get(name, 1.0)
            total += weight
            reached += weight * value
    return gate * reached / total if total else gate


def _trigger_fit(gold: Event, pred: Event) -> float | None:
    if not gold.trigger and not pred.trigger:
        return None
    return 1.0 if gold.trigger.same(pred.trigger) else iou(gold.trigger, pred.trigger)


def _time_fit(gold: Event, pred: Event, options: ScoreOptions) -> float | None:
    if gold.time is None or pred.time is None:
        return None if gold.time is pred.time else 0.0
    return time_fit(gold.time, pred.time, options)


def _arguments_fit(gold: Event, pred: Event, options: ScoreOptions) -> float | None:
    def fit(one: Participant, other: Participant, options: ScoreOptions) -> float:
        return participant_fit(one, other, options) if one.role == other.role else 0.0

    return _set_fit(gold.participants, pred.participants, fit, options)


def _set_fit(
    gold: Sequence[ItemT],
    pred: Sequence[ItemT],
    fit: Callable[[ItemT, ItemT, ScoreOptions], float],
    options: ScoreOptions,
) -> float | None:
    """Twice the matched likeness over the number of items of both sides; `None` where both are empty."""
    if not gold and not pred:
        return None
    if not gold or not pred:
        return 0.0
    found = pair_up(gold, pred, lambda one, other: fit(one, other, options))
    return 2 * sum(found.values()) / (len(gold) + len(pred))


def _score_types(pairs: EventPairs, tally: Tally) -> None:
    gold, pred = [(e.type, e.optional) for e in pairs.gold], [e.type for e in pairs.pred]
    _tell("events.type_c", multiset_by(gold, pred, str), tally)


def _tell(name: str, by_label: Mapping[str, Hits], tally: Tally) -> None:
    """Count a metric's hits, together and for each label."""
    hits = summed(by_label.values())
    tally.prf(name, hits.credit, hits.predicted, hits.gold)
    for label, part in by_label.items():
        tally.prf(f"{name}@{label}", part.credit, part.predicted, part.gold)


def _score_triggers(pairs: EventPairs, tally: Tally) -> None:
    blind = pairs.blind("trigger")
    gold = [e for e in pairs.gold if "trigger" in e.given]
    pred = [e for j, e in enumerate(pairs.pred) if j not in blind]
    spans = multiset(((e.trigger.tight, e.optional) for e in gold), (e.trigger.tight for e in pred))
    tally.prf("events.trigger_i", spans.credit, spans.predicted, spans.gold)
    wanted = [((e.trigger.tight, e.type), e.optional) for e in gold]
    offered = [(e.trigger.tight, e.type) for e in pred]
    _tell("events.trigger_c", multiset_by(wanted, offered, lambda key: key[1]), tally)
    _score_trigger_overlap(gold, pred, tally)


def _score_trigger_overlap(gold: list[Event], pred: list[Event], tally: Tally) -> None:
    near = overlapping([e.trigger for e in gold], [e.trigger for e in pred])
    close = {pair: both for pair in near if (both := iou(gold[pair[0]].trigger, pred[pair[1]].trigger)) >= _OVERLAP}
    found = best_pairs(close) if close else []
    optional = sum(1 for i, _ in found if gold[i].optional)
    required = sum(1 for e in gold if not e.optional)
    hits = len(found) - optional
    tally.prf("events.trigger_overlap", hits, len(pred) - optional, required)
    for i, j in found:
        tally.confuse("events.type", gold[i].type, pred[j].type)


def _score_arguments(pairs: EventPairs, tally: Tally) -> None:
    blind = pairs.blind("participants")
    gold = [(e, a) for e in pairs.gold if "participants" in e.given for a in e.participants]
    pred = [(e, a) for j, e in enumerate(pairs.pred) if j not in blind for a in e.participants]
    flags = [e.optional or a.optional for e, a in gold]
    spans = [(e.type, a.region.tight) for e, a in gold], [(e.type, a.region.tight) for e, a in pred]
    roles = [a.role for _, a in gold], [a.role for _, a in pred]
    typed = (
        [(*key, role) for key, role in zip(spans[0], roles[0], strict=True)],
        [(*key, role) for key, role in zip(spans[1], roles[1], strict=True)],
    )
    found = multiset(zip(spans[0], flags, strict=True), spans[1])
    tally.prf("events.arg_i", found.credit, found.predicted, found.gold)
    _tell("events.arg_c", multiset_by(zip(typed[0], flags, strict=True), typed[1], lambda key: key[2]), tally)
    if "trigger" in pairs.fields:
        at = [e.trigger.tight for e, _ in gold], [e.trigger.tight for e, _ in pred]
        for name, (left, right) in (("arg_i_attached", spans), ("arg_c_attached", typed)):
            attached = [(t, *key) for t, key in zip(at[0], left, strict=True)]
            hits = multiset(zip(attached, flags, strict=True), ((t, *key) for t, key in zip(at[1], right, strict=True)))
            tally.prf(f"events.{name}", hits.credit, hits.predicted, hits.gold)
    _score_coreferent_arguments(gold, pred, tally)


def _score_coreferent_arguments(
    gold: list[tuple[Event, Participant]], pred: list[tuple[Event, Participant]], tally: Tally
) -> None:
    """A prediction is right at any mention of the gold participant; each participant counts once."""
    at: dict[object, list[int]] = {}
    for i, (event, part) in enumerate(gold):
        for mention in part.mentions:
            at.setdefault((event.type, part.role, mention.tight), []).append(i)
    scores: dict[Pair, float] = {}
    for j, (event, part) in enumerate(pred):
        if part.region:
            for i in at.get((event.type, part.role, part.region.tight), ()):
                scores[i, j] = 1.0
    found = best_pairs(scores) if scores else []
    optional = [e.optional or a.optional for e, a in gold]
    ignored = sum(1 for i, _ in found if optional[i])
    tally.prf("events.arg_c_coref", len(found) - ignored, len(pred) - ignored, optional.count(False))


def _score_role_entities(pairs: EventPairs, tally: Tally) -> None:
    """Participants pooled by role over the article; a prediction is right at half of any mention, or by its words.

    Several right mentions of one gold entity count once: the others are neither right nor wrong.
    """
    blind = pairs.blind("participants")
    gold: dict[str, dict[object, Participant]] = {}
    pred: dict[str, dict[object, Participant]] = {}
    free: set[object] = set()
    for event in pairs.gold:
        for part in event.participants if "participants" in event.given else ():
            gold.setdefault(part.role, {}).setdefault((part.mentions, part.names), part)
            if event.optional or part.optional:
                free.add((part.role, part.mentions, part.names))
    for j, event in enumerate(pairs.pred):
        for part in event.participants if j not in blind else ():
            pred.setdefault(part.role, {}).setdefault(part.region.spans, part)
    for role in {*gold, *pred}:
        wanted, offered = list(gold.get(role, {}).values()), list(pred.get(role, {}).values())
        optional = {i for i, a in enumerate(wanted) if (role, a.mentions, a.names) in free}
        met = {(i, j) for j, part in enumerate(offered) for i, entity in enumerate(wanted) if _meets(part, entity)}
        scores = {(i, j): 1.0 for i, j in met if i not in optional}
        wrong = len(offered) - len({j for _, j in met})
        hits = len(best_pairs(scores)) if scores else 0
        tally.prf("events.role_entities", hits, hits + wrong, len(wanted) - len(optional))
        tally.prf(f"events.role_entities@{role}", hits, hits + wrong, len(wanted) - len(optional))


def _meets(pred: Participant, gold: Participant) -> bool:
    if pred.words in gold.names or any(_half(pred.region, mention) for mention in gold.mentions):
        return True
    return muc_norm(pred.words) in {muc_norm(name) for name in gold.names}


def _half(one: Region, other: Region) -> bool:
    return shared(one, other) * 2 >= max(one.size, other.size) > 0


def _score_templates(pairs: EventPairs, tally: Tally) -> None:
    ignored = [j for i, j in pairs.matched if pairs.gold[i].optional]
    required = sum(1 for e in pairs.gold if not e.optional)
    values = [value for (i, _), value in pairs.matched.items() if not pairs.gold[i].optional]
    predicted = len(pairs.pred) - len(ignored)
    tally.prf("events.template", sum(values), predicted, required)
    if "trigger" in pairs.fields:
        cited = sum(1 for i, j in pairs.matched if covers_half(pairs.gold[i].trigger, pairs.pred[j].trigger))
        tally.prf("grounding.citation", cited, len(pairs.pred), sum(1 for e in pairs.gold if e.trigger))
    tally.prf("events.template_detection", sum(1 for v in values if v >= _DETECTED), predicted, required)
