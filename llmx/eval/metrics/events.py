"""Events: triggers, types, arguments, and whole templates matched one to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from llmx.eval.matching.assign import Pair, best_pairs, pair_up
from llmx.eval.matching.region import Region, covers_half, iou, shared
from llmx.eval.metrics.event_fields import score_fields
from llmx.eval.metrics.options import ScoreOptions
from llmx.eval.metrics.similar import count_fit, participant_fit, place_fit, time_fit
from llmx.eval.metrics.tally import Tally, multiset
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
    hits = multiset(((e.type, e.optional) for e in pairs.gold), (e.type for e in pairs.pred))
    tally.prf("events.type_c", hits.credit, hits.predicted, hits.gold)
    for kind in {e.type for e in (*pairs.gold, *pairs.pred)}:
        part = multiset(
            ((kind, e.optional) for e in pairs.gold if e.type == kind), (kind for e in pairs.pred if e.type == kind)
        )
        tally.prf(f"events.type_c@{kind}", part.credit, part.predicted, part.gold)


def _score_triggers(pairs: EventPairs, tally: Tally) -> None:
    blind = pairs.blind("trigger")
    gold = [e for e in pairs.gold if "trigger" in e.given]
    pred = [e for j, e in enumerate(pairs.pred) if j not in blind]
    spans = multiset(((e.trigger.tight, e.optional) for e in gold), (e.trigger.tight for e in pred))
    tally.prf("events.trigger_i", spans.credit, spans.predicted, spans.gold)
    typed = multiset((((e.trigger.tight, e.type), e.optional) for e in gold), ((e.trigger.tight, e.type) for e in pred))
    tally.prf("events.trigger_c", typed.credit, typed.predicted, typed.gold)
    for kind in {e.type for e in (*gold, *pred)}:
        part = multiset(
            ((e.trigger.tight, e.optional) for e in gold if e.type == kind),
            (e.trigger.tight for e in pred if e.type == kind),
        )
        tally.prf(f"events.trigger_c@{kind}", part.credit, part.predicted, part.gold)
    _score_trigger_overlap(gold, pred, tally)


def _score_trigger_overlap(gold: list[Event], pred: list[Event], tally: Tally) -> None:
    found = pair_up(gold, pred, lambda one, other: iou(one.trigger, other.trigger), least=_OVERLAP)
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
    for name, (left, right) in (("arg_i", spans), ("arg_c", typed)):
        hits = multiset(zip(left, flags, strict=True), right)
        tally.prf(f"events.{name}", hits.credit, hits.predicted, hits.gold)
    for role in {*roles[0], *roles[1]}:
        part = multiset(
            ((key, flag) for key, flag in zip(typed[0], flags, strict=True) if key[2] == role),
            (key for key in typed[1] if key[2] == role),
        )
        tally.prf(f"events.arg_c@{role}", part.credit, part.predicted, part.gold)
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
    gold = [a for e in pairs.gold if "participants" in e.given for a in e.participants]
    pred = [a for j, e in enumerate(pairs.pred) if j not in blind for a in e.participants]
    for role in {a.role for a in (*gold, *pred)}:
        wanted = list({(a.mentions, a.names): a for a in gold if a.role == role}.values())
        offered = list({a.region.spans: a for a in pred if a.role == role}.values())
        scores = {
            (i, j): 1.0
            for j, part in enumerate(offered)
            for i, entity in enumerate(wanted)
            if part.words in entity.names or any(_half(part.region, mention) for mention in entity.mentions)
        }
        wrong = len(offered) - len({j for _, j in scores})
        hits = len(best_pairs(scores)) if scores else 0
        tally.prf("events.role_entities", hits, hits + wrong, len(wanted))
        tally.prf(f"events.role_entities@{role}", hits, hits + wrong, len(wanted))


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
