"""Relations: whether two events can stand to each other as is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from llmx.ground.checks.nearness import sentences_away
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.checks.whens import days_of
from llmx.ground.context import Context
from llmx.result import Reason, Verdict
from llmx.schema.news import Event, Relation
from llmx.text.times import Days

_DAY = timedelta(days=1)
_AHEAD = frozenset({"planned", "predicted", "conditional", "threatened", "attempted", "questioned"})
_NIGHT = re.compile(r"night|evening", re.IGNORECASE)
_SEQUENCE = frozenset({"before", "after"})
_IN_TIME = frozenset({"before", "after", "during", "part_of", "same_as"})
"""Relations that two events whose days do not meet cannot have, but for the one that their days give."""


def check_relation(relation: Relation, context: Context) -> Iterator[Verdict]:
    """Whether the days of both events and the cited words allow the relation."""
    path, rule = ("relation",), "relation.kind"
    if relation.head == relation.tail:
        yield contradicted(("tail",), rule, Reason.LINK_MISMATCH, "an event stands in no relation to itself")
        return
    head, tail = context.events.get(relation.head), context.events.get(relation.tail)
    if head is None or tail is None:
        return
    order = _order(head, tail, context)
    named = _named(relation, context)
    apart = order is not None and (relation.relation in _SEQUENCE or not _is_close(head, tail, context))
    if apart and relation.relation in _IN_TIME and order != relation.relation:
        detail = f"{head.id} is {order} {tail.id} by their days, value says {relation.relation}"
        yield contradicted(path, rule, Reason.DATE_MISMATCH, detail)
    elif order is not None and order == relation.relation:
        yield supported(path, rule)
    elif (told := _told_order(relation, head, tail, named)) is not None and relation.relation in ("before", "after"):
        if told == relation.relation:
            yield supported(path, rule)
        else:
            detail = f"the words put {head.id} {told} {tail.id}, value says {relation.relation}"
            yield contradicted(path, rule, Reason.LINK_MISMATCH, detail)
    elif named == {relation.relation}:
        yield supported(path, rule)
    elif (
        relation.relation in ("before", "after", "causes") and named & {"before", "after"} and relation.cite is not None
    ):
        yield undecided(path, rule)
    else:
        yield undecided(path, rule)
    if relation.cite is not None:
        yield _cite(relation, head, tail, context)


def _told_order(relation: Relation, head: Event, tail: Event, named: set[str]) -> str | None:
    """What a before or after between two clauses of a sentence says of them; `None` where it does not tell."""
    said = named & {"before", "after"}
    if relation.cite is None or len(said) != 1:
        return None
    (word,) = said
    at, first, second = relation.cite.start, head.trigger.start, tail.trigger.start
    if first < at < second:
        return word
    if second < at < first:
        return "after" if word == "before" else "before"
    return None


def _cite(relation: Relation, head: Event, tail: Event, context: Context) -> Verdict:
    path, rule = ("cite",), "relation.cite"
    assert relation.cite is not None
    away = min(sentences_away(relation.cite, event.evidence, context) for event in (head, tail))
    if away == 0:
        return supported(path, rule)
    if away == 1:
        return undecided(path, rule)
    detail = f"{relation.cite.quote[:60]!r} stands {away} sentences away from both events"
    return contradicted(path, rule, Reason.OUTSIDE_EVIDENCE, detail)


def _days(event: Event, context: Context) -> set[Days]:
    """The days that an event can have taken: those of its time, read as ahead too where it is no fact yet."""
    when = event.time
    if when is None:
        return set()
    readings = (False, True) if event.modality in _AHEAD else (False,)
    return {days for ahead in readings if (days := days_of(when, context, ahead=ahead)) is not None}


def _order(head: Event, tail: Event, context: Context) -> str | None:
    """Which event comes first by their days, however these are read; `None` where that is open."""
    orders = {_compare(one, other) for one in _days(head, context) for other in _days(tail, context)}
    return orders.pop() if len(orders) == 1 else None


def _compare(head: Days, tail: Days) -> str | None:
    if head[1] < tail[0]:
        return "before"
    return "after" if tail[1] < head[0] else None


def _is_close(head: Event, tail: Event, context: Context) -> bool:
    """Whether the days of two events touch at an edge that is not sharp: a night has two, a week is rough."""
    times = [event.time for event in (head, tail) if event.time is not None]
    if not any(when.precision != "day" or _NIGHT.search(when.cite.quote) for when in times):
        return False
    return any(
        max(one[0], other[0]) - min(one[1], other[1]) <= _DAY
        for one in _days(head, context)
        for other in _days(tail, context)
    )


def _named(relation: Relation, context: Context) -> set[str]:
    if relation.cite is None:
        return set()
    return {signal.name for signal in context.reading.signals(relation.cite.span, "relation")}
