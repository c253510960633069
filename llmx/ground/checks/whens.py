"""Whens: whether kind, value and precision are those of the words that are cited for a time.

A value is what the words themselves say. One that only an anchor can give is supported when the publication date gives
the same, and contradicted when there is none: no date is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.result import Reason, Verdict
from llmx.schema.news import When
from llmx.text.edtf import Edtf, read_edtf
from llmx.text.times import Days, TimeExpression, count_from, find_times, resolve, season_of

_COUNTED = ("relative", "relative_range")
_TIME_WORD = re.compile(
    r"\b(?:minute|hour|day|night|week|weekend|month|year|decade|morning|evening|noon|dawn|spring|summer|autumn|winter|season"
    r"|end|moment|time|once|earlier|later|then|now)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}[.:]\d\d|\d\s?[ap]\.?m|\b(?:mid-?day|mid-?night|noon|dusk|dawn|sun(?:set|rise)|nightfall|o.clock)\b",
    re.IGNORECASE,
)
"""A time of day: it tells no date, and can be called by most kinds."""
_LOOSE = ("event_relative", "vague")
_MIN_SHARE = 3


def check_when(when: When, context: Context) -> Iterator[Verdict]:
    """Whether kind, value, precision and days of a time follow from its citation."""
    found = cited_times(when, context)
    if not found:
        yield from _without_time(when)
        return
    time = max(found, key=lambda one: _agreement(when, one))
    if time.kind == when.kind == "event_relative" and any(one.kind not in _LOOSE for one in found):
        yield undecided(("kind",), "when.kind", "a day is told as well")
    else:
        yield _kind(when, time, context)
    yield from _value(when, time, context)
    yield _precision(when, time, context)
    yield from _days(when, time, context)


def cited_times(when: When, context: Context) -> tuple[TimeExpression, ...]:
    """The time expressions of the cited words; calendar times before those that count from events."""
    found = context.reading.times(when.cite.span)
    if not any(when.cite.span.contains(time.span) for time in found):
        found = (*found, *(time.shifted(when.cite.start) for time in find_times(when.cite.quote)))
    calendar = tuple(time for time in found if time.kind not in _LOOSE)
    if when.kind == "event_relative":
        return found
    return calendar or found


def _agreement(when: When, time: TimeExpression) -> tuple[int, int, int, int]:
    return (
        int(when.value in (time.value, *time.values)),
        int(when.kind == time.kind),
        int(when.precision == time.precision),
        -abs(len(time.span) - len(when.cite.span)),
    )


_SINCE = re.compile(r"\s*(?:ever )?(?:since|from)\b", re.IGNORECASE)


def _without_time(when: When) -> Iterator[Verdict]:
    open_ = when.kind in _COUNTED and _TIME_WORD.search(when.cite.quote)
    if when.kind in _LOOSE or open_ or _CLOCK.search(when.cite.quote):
        yield undecided(("kind",), "when.kind", "no known time expression")
    else:
        detail = f"quote {when.cite.quote!r} tells no {when.kind} time"
        yield contradicted(("kind",), "when.kind", Reason.DATE_MISMATCH, detail)
    if when.value is not None:
        detail = f"quote {when.cite.quote!r} tells no date, value says {when.value}"
        yield contradicted(("value",), "when.value", Reason.DATE_MISMATCH, detail)
    if when.precision != "unknown":
        yield undecided(("precision",), "when.precision")


def _kind(when: When, time: TimeExpression, context: Context) -> Verdict:
    if when.kind == time.kind:
        return supported(("kind",), "when.kind")
    if when.kind in time.kinds:
        return undecided(("kind",), "when.kind", f"usually {time.kind}")
    said = time.span.of(context.text)
    if time.kind in _LOOSE and _is_open(when, context):
        return undecided(("kind",), "when.kind", f"usually {time.kind}")
    if when.kind == "event_relative" and len(when.cite.span) > len(time.span) + _MIN_SHARE:
        return undecided(("kind",), "when.kind", f"{said} is {time.kind}, and more is cited")
    detail = f"quote says {said} ({time.kind}), value says {when.kind}"
    return contradicted(("kind",), "when.kind", Reason.DATE_MISMATCH, detail)


def _is_open(when: When, context: Context) -> bool:
    """Whether words that fix no day can be called so: another open kind, or a clock time."""
    del context
    if when.kind in _LOOSE:
        return True
    digits = any(char.isdigit() for char in when.cite.quote) or _CLOCK.search(when.cite.quote) is not None
    return digits or (when.kind in _COUNTED and _TIME_WORD.search(when.cite.quote) is not None)


def _value(when: When, time: TimeExpression, context: Context) -> Iterator[Verdict]:
    if when.value is None:
        return
    path, rule = ("value",), "when.value"
    offered = read_edtf(when.value)
    if offered is None:
        detail = f"{when.value!r} is no EDTF date"
        yield contradicted(path, rule, Reason.INVALID_VALUE, detail)
        return
    said = time.span.of(context.text)
    if offered.text in (time.value, *time.values):
        yield _whole(when, offered, time, said)
        return
    if offered.text in said and not when.cite.span.contains(time.span):
        yield undecided(path, rule, f"one of {said}")
        return
    worded = read_edtf(time.value) if time.value is not None else None
    if worded is not None and when.value == f"{worded.text}/.." and _SINCE.match(when.cite.quote):
        yield undecided(path, rule, "from then on, or from then")
        return
    if worded is not None and _is_coarser(offered, worded):
        yield undecided(path, rule, f"quote says {said}, value says no more than {when.value}")
        return
    resolved = _resolved(when, time, offered, context)
    if resolved is not None:
        yield resolved
        return
    reason = Reason.DATE_MISMATCH
    if time.value is None and context.document.published is None:
        reason = Reason.UNANCHORED_DATE
    yield contradicted(path, rule, reason, f"quote says {said}, value says {when.value}")


def _resolved(when: When, time: TimeExpression, offered: Edtf, context: Context) -> Verdict | None:
    """What the days that follow from an anchor say of a value; `None` where they speak against it or there are none."""
    path, rule, said = ("value",), "when.value", time.span.of(context.text)
    published = context.document.published
    if season_of(time, published) == offered.text:
        return supported(path, "when.resolved")
    for days in _days_of_words(when, time, context):
        if (offered.start, offered.end) == days:
            return supported(path, "when.resolved")
        if offered.start is None or offered.end is None:
            continue
        if offered.start <= days[0] <= days[1] <= offered.end:
            return undecided(path, rule, f"quote says {said}, value says no more than {when.value}")
        if _is_rough(time, said) and days[0] <= offered.start <= offered.end <= days[1]:
            return undecided(path, rule, f"quote says {said}, which is no sharp day")
    if time.offset.edge and _bounds(time, offered, published):
        return undecided(path, rule, f"quote says {said}, value names the day at its one end")
    event = context.events.get(when.anchor)
    if event is not None and event.time is not None and time.kind in _LOOSE and time.offset.rule == "open":
        known = days_of(event.time, context, ahead=event.modality in _AHEAD)
        near = known is not None and offered.start is not None and abs(offered.start - known[0]) <= _NEAR
        return undecided(path, rule, f"quote says {said}, counted from {event.id}") if near else None
    if time.offset.rule in ("open", "season") and time.kind not in _LOOSE and published is not None:
        near = offered.start is not None and abs(offered.start - published) <= _NEAR
        return undecided(path, rule, f"quote says {said}, which fixes no day") if near else None
    return None


def _bounds(time: TimeExpression, offered: Edtf, published: date | None) -> bool:
    """Whether a value ends, or begins, on the day up to which, or since which, the words tell: "by Christmas"."""
    bare = replace(time, offset=replace(time.offset, edge=""))
    for ahead in (False, True):
        days = resolve(bare, published, ahead=ahead)
        if days is not None and (offered.end == days[1] if time.offset.edge == "until" else offered.start == days[0]):
            return True
    return False


def _days_of_words(when: When, time: TimeExpression, context: Context) -> Iterator[Days]:
    """The days that the words can mean: counted from the day of publication, or from the event that is the anchor."""
    if time.offset.rule == "counted":
        days = _from_event(when, time, context)
        if days is not None:
            yield days
    elif time.offset.rule != "fixed":
        for ahead in (False, True):
            days = resolve(time, context.document.published, ahead=ahead)
            if days is not None:
                yield days


def _from_event(when: When, time: TimeExpression, context: Context) -> Days | None:
    """The days of a time that counts from an event, whose own time does not count from another one."""
    event = context.events.get(when.anchor)
    if event is None or event.time is None or event.time.anchor != "publication":
        return None
    known = days_of(event.time, context, ahead=event.modality in _AHEAD)
    return count_from(time, known) if known is not None else None


def _is_rough(time: TimeExpression, said: str) -> bool:
    """Whether a value within the days can be meant: overnight, three weeks ago, early next year."""
    return (
        time.offset.rule == "ago" or (time.offset.rule, time.offset.unit) == ("span", "day") or bool(_PART.search(said))
    )


_AHEAD = frozenset({"planned", "predicted", "conditional", "threatened"})
_NEAR = timedelta(days=400)
_PART = re.compile(r"\b(?:early|late|mid|earlier|later|start|beginning|middle|end)\b", re.IGNORECASE)


def _whole(when: When, offered: Edtf, time: TimeExpression, said: str) -> Verdict:
    """A value that the words give; where they leave an end open, one that is closed says less or more than they do."""
    path, rule = ("value",), "when.value"
    if (
        (time.offset.edge or _SINCE.match(when.cite.quote))
        and not offered.text.startswith("..")
        and offered.text[-2:] != ".."
    ):
        return undecided(path, rule, f"quote says {said}, value says {when.value}")
    return supported(path, rule)


def _is_coarser(offered: Edtf, worded: Edtf) -> bool:
    """Whether `offered` says the same with less: 2015-11 for 25 November 2015."""
    if offered.is_interval or worded.is_interval or offered.text == worded.text:
        return False
    return worded.text.startswith(f"{offered.text}-")


def _precision(when: When, time: TimeExpression, context: Context) -> Verdict:
    path, rule = ("precision",), "when.precision"
    if when.precision == time.precision:
        return supported(path, rule)
    if when.precision in time.precisions or time.kind in _LOOSE or when.kind in _LOOSE or when.precision == "unknown":
        return undecided(path, rule)
    detail = f"quote says {time.span.of(context.text)} ({time.precision}), value says {when.precision}"
    return contradicted(path, rule, Reason.DATE_MISMATCH, detail)


def _days(when: When, time: TimeExpression, context: Context) -> Iterator[Verdict]:
    if when.start is None and when.end is None:
        return
    days = {resolve(time, context.document.published, ahead=ahead) for ahead in (False, True)}
    if time.offset.rule == "counted":
        days = {_from_event(when, time, context)}
    if (when.start, when.end) in days:
        yield supported(("start",), "when.days")
        return
    known = [f"{first} to {last}" for first, last in sorted(day for day in days if day is not None)]
    detail = f"the words give {' or '.join(known) or 'no day'}, value says {when.start} to {when.end}"
    for name in ("start", "end"):
        if getattr(when, name) is not None:
            yield contradicted((name,), "when.days", Reason.DATE_MISMATCH, detail)


def days_of(when: When, context: Context, *, ahead: bool) -> Days | None:
    """The first and the last day of a time, or `None` where they are open."""
    found = [time for time in cited_times(when, context) if time.kind == when.kind or when.kind in time.kinds]
    if len({(time.value, time.offset) for time in found}) != 1:
        return None
    time = found[0]
    if time.offset.rule == "counted":
        return _from_event(when, time, context)
    if when.anchor != "publication":
        return None
    if time.offset.rule != "fixed" and _in_direct_speech(time, context):
        return None
    return resolve(time, context.document.published, ahead=ahead)


def _in_direct_speech(time: TimeExpression, context: Context) -> bool:
    quotation = context.reading.quoted(time.span)
    return quotation is not None and quotation.contains(time.span) and len(quotation) > 2 * len(time.span)
