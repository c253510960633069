"""Events: whether trigger, participants, places, time and counts belong to the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmx.ground.checks.identity import WEAK, better_fit, fit, is_headed
from llmx.ground.checks.nearness import is_within, near, overlaps_any
from llmx.ground.checks.roles import judge_role
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.names import is_pronoun
from llmx.result import Path, Reason, Verdict
from llmx.schema.news import Event, Participant

_ADJACENT = 2


def check_trigger(event: Event, context: Context) -> Iterator[Verdict]:
    """Whether the trigger stands in the evidence."""
    path, rule = ("trigger",), "event.trigger"
    if is_within(event.trigger, event.evidence):
        yield supported(path, rule)
    elif overlaps_any(event.trigger, event.evidence):
        yield undecided(path, rule, "in part")
    else:
        yield near(event.trigger, event.evidence, context, path=path, rule=rule, sure=-1, possible=0)


def check_participants(event: Event, context: Context) -> Iterator[Verdict]:
    """Whether participants stand near the evidence, are who they are said to be, and in a role that the words allow."""
    for number, participant in enumerate(event.participants):
        path: Path = ("participants", number)
        cite_path = (*path, "cite")
        homes = (*event.evidence, event.trigger)
        yield near(
            participant.cite, homes, context, path=cite_path, rule="participant.cite", sure=1, possible=_ADJACENT
        )
        yield from _who(participant, context, path)
        yield judge_role(participant, event, context, (*path, "role"))


def _who(participant: Participant, context: Context, path: Path) -> Iterator[Verdict]:
    entity = context.entities.get(participant.entity or "")
    if entity is None:
        return
    at, rule = (*path, "entity"), "participant.entity"
    if is_pronoun(participant.cite.quote):
        yield undecided(at, rule, "a pronoun")
        return
    own = fit(participant.cite, entity)
    other = better_fit(participant.cite, entity, context, own=own)
    if other is not None:
        detail = f"{participant.cite.quote[:60]!r} names {other.name or other.id}, not {entity.name or entity.id}"
        yield contradicted(at, rule, Reason.NAME_MISMATCH, detail)
    elif own > WEAK:
        headed = entity.name is not None and is_headed(participant.cite, entity)
        yield undecided(at, rule, "named as whose they are") if headed else supported(at, rule)
    else:
        yield undecided(at, rule)


def check_event_settings(event: Event, context: Context) -> Iterator[Verdict]:
    """Whether time, places, counts and asserting attributions are of this event."""
    homes = (*event.evidence, event.trigger)
    if event.time is not None:
        path: Path = ("time", "cite")
        yield near(event.time.cite, homes, context, path=path, rule="event.time", sure=1, possible=_ADJACENT)
        if event.time.anchor == event.id:
            detail = "a time cannot count from its own event"
            yield contradicted(("time", "anchor"), "when.anchor", Reason.DATE_MISMATCH, detail)
        elif event.time.anchor != "publication":
            absolute = event.time.kind == "absolute"
            yield (supported if absolute else undecided)(("time", "anchor"), "when.anchor")
    for number, place in enumerate(event.places):
        path = ("places", number, "cite")
        yield near(place.cite, homes, context, path=path, rule="event.place", sure=1, possible=_ADJACENT + 1)
    for number, count in enumerate(event.counts):
        path = ("counts", number, "cite")
        yield near(count.cite, homes, context, path=path, rule="event.count", sure=1, possible=10**6)


def check_asserted_by(event: Event, context: Context) -> Iterator[Verdict]:
    """Whether the attributions that are to assert the event hold it in their content."""
    path_of, rule = "asserted_by", "event.asserted_by"
    for number, name in enumerate(event.asserted_by):
        path: Path = (path_of, number)
        attribution = context.attributions.get(name)
        if attribution is None:
            speaker = _speaker_of(event, context) if len(event.asserted_by) == 1 else None
            if speaker is not None:
                yield undecided(path, rule, f"the trigger stands in the direct speech of {speaker}")
            else:
                yield supported(path, rule)
            continue
        told = (*attribution.content, *((attribution.cue,) if attribution.cue else ()))
        if overlaps_any(event.trigger, told) or any(overlaps_any(part, told) for part in event.evidence):
            own = attribution.stance == "intends" or (
                attribution.cue is not None and overlaps_any(attribution.cue, (event.trigger,))
            )
            yield undecided(path, rule, "it is the saying itself, or only meant") if own else supported(path, rule)
        elif any(overlaps_any(count.cite, told) for count in event.counts):
            yield undecided(path, rule, "it gives a number of the event")
        else:
            yield near(event.trigger, told, context, path=path, rule=rule, sure=-1, possible=1)


def _speaker_of(event: Event, context: Context) -> str | None:
    """The attribution in whose direct speech the trigger stands; `None` where there is none."""
    if context.reading.quoted(event.trigger.span) is None:
        return None
    for attribution in context.attributions_at((event.trigger,)):
        if attribution.mode == "direct" and is_within(event.trigger, attribution.content):
            return attribution.id
    return None


def check_aggregate(event: Event, context: Context) -> Iterator[Verdict]:
    """Whether an event that is said to sum up several has anything plural about it, and a plain sum is called so."""
    path, rule = ("aggregate",), "event.aggregate"
    summed = _summed(event, context)
    if not event.aggregate:
        if summed is not None:
            detail = f"the text sums up {summed!r}, value says one event"
            yield contradicted(path, rule, Reason.VALUE_MISMATCH, detail)
        else:
            yield undecided(path, rule)
        return
    last = event.trigger.quote.split()[-1].lower() if event.trigger.quote.split() else ""
    plural = last.endswith("s") and not last.endswith("ss")
    ranged = event.time is not None and event.time.kind == "relative_range"
    incidents = any(count.of == "incidents" for count in event.counts)
    if summed is not None or incidents or (plural and ranged) or len(event.places) > 2:  # noqa: PLR2004 - a list
        yield supported(path, rule)
    elif (
        _SINGLE.search(context.text, max(0, event.trigger.start - _LEAD), event.trigger.start)
        and not plural
        and not _LASTING.search(event.trigger.quote)
    ):
        detail = f"{event.trigger.quote[:60]!r} is one, value says several"
        yield contradicted(path, rule, Reason.VALUE_MISMATCH, detail)
    elif not plural and _is_once(event):
        detail = f"{event.trigger.quote[:60]!r} is told of one day, value says several"
        yield contradicted(path, rule, Reason.VALUE_MISMATCH, detail)
    else:
        yield undecided(path, rule)


def _is_once(event: Event) -> bool:
    """Whether a deed is told as done on one day, at one place at most, and no word makes it many."""
    when = event.time
    if when is None or when.precision != "day" or when.kind == "relative_range" or _STRETCH.search(when.cite.quote):
        return False
    lasts = _LASTING.search(event.trigger.quote) or event.trigger.quote.endswith("ing")
    many = lasts or any(_MANY.search(cite.quote) for cite in event.evidence)
    return not many and len(event.places) < _FEW_PLACES


_FEW_PLACES = 2
_MANY = re.compile(
    r"\b(?:several|many|multiple|repeated(?:ly)?|series|wave|dozens|hundreds|scores|thousands|times|each|every|various"
    r"|numerous|both|all|some|more than|over \d|often|regularly|always|ever|daily|weekly"
    r"|for (?:years|months|weeks|days)|since|\w*(?:attacks|strikes|raids|clashes|protests|bombings|incidents))\b",
    re.IGNORECASE,
)
_STRETCH = re.compile(r"\b(?:since|between|from|years|months|weeks|past|last|over|during)\b", re.IGNORECASE)


_LEAD = 24
_SINGLE = re.compile(r"\b(?:an?|one|another|single|lone)\s+(?:[a-z-]+\s+)?\Z", re.IGNORECASE)


_LASTING = re.compile(
    r"\b(?:war|campaign|conflict|series|wave|crackdown|offensive|fighting|violence|spate|string|round|spree|operation|siege"
    r"|unrest|uprising|insurgency|outbreak|strike|drought|famine|exercise|purge)\b",
    re.IGNORECASE,
)
"""Nouns that are one in grammar and many in deeds."""


def _summed(event: Event, context: Context) -> str | None:
    """The trigger with the number of incidents right before it: over 30 bombing raids; `None` where there is none."""
    trigger = event.trigger.span
    last = event.trigger.quote.split()[-1].lower()
    words = event.trigger.quote.lower().split()
    told = any((form := context.verb(word)) is not None and "d" in form.kinds for word in words[:-1])
    if not last.endswith("s") or last.endswith("ss") or told:
        return None  # two carriages left the tracks: what is counted did it
    for number in context.numbers(context.sentence(trigger)):
        beside = number.span.end <= trigger.start and len(context.text[number.span.end : trigger.start].split()) <= 1
        if (
            (beside or number.core.start == trigger.start)
            and number.kind == "count"
            and (number.low or number.best or 0) > 1
        ):
            return context.text[number.span.start : trigger.end]
    return None
