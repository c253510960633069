"""Relations: whether two events can stand to each other as is said."""

from __future__ import annotations

from collections.abc import Iterator

from llmx.ground.checks.nearness import sentences_away
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.checks.whens import days_of
from llmx.ground.context import Context
from llmx.result import Reason, Verdict
from llmx.schema.news import Event, Relation
from llmx.text.times import Days

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
    order = _order(_days(head, context), _days(tail, context))
    named = _named(relation, context)
    if order is not None and relation.relation in _IN_TIME and order != relation.relation:
        detail = f"{head.id} is {order} {tail.id} by their days, value says {relation.relation}"
        yield contradicted(path, rule, Reason.DATE_MISMATCH, detail)
    elif order == relation.relation:
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


def _days(event: Event, context: Context) -> Days | None:
    return days_of(event.time, context, ahead=False) if event.time is not None else None


def _order(head: Days | None, tail: Days | None) -> str | None:
    if head is None or tail is None:
        return None
    if head[1] < tail[0]:
        return "before"
    return "after" if tail[1] < head[0] else None


def _named(relation: Relation, context: Context) -> set[str]:
    if relation.cite is None:
        return set()
    return {signal.name for signal in context.reading.signals(relation.cite.span, "relation")}
