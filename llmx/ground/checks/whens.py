"""Whens: whether kind, value and precision are those of the words that are cited for a time.

A value is what the words themselves say. One that only an anchor can give is supported when the publication date gives
the same, and contradicted when there is none: no date is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.result import Reason, Verdict
from llmx.schema.news import When
from llmx.text.edtf import Edtf, read_edtf
from llmx.text.times import Days, TimeExpression, find_times, resolve

_COUNTED = ("relative", "relative_range")
_TIME_WORD = re.compile(
    r"\b(?:minute|hour|day|night|week|weekend|month|year|decade|morning|evening|noon|dawn|spring|summer|autumn|winter|season"
    r"|end|moment|time|once|earlier|later|then|now)",
    re.IGNORECASE,
)
_LOOSE = ("event_relative", "vague")
_MIN_SHARE = 3


def check_when(when: When, context: Context) -> Iterator[Verdict]:
    """Whether kind, value, precision and days of a time follow from its citation."""
    found = cited_times(when, context)
    if not found:
        yield from _without_time(when)
        return
    time = max(found, key=lambda one: _agreement(when, one))
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
    if when.kind in _LOOSE or (when.kind in _COUNTED and _TIME_WORD.search(when.cite.quote)):
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
    digits = any(char.isdigit() for char in when.cite.quote)
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
        yield supported(path, rule)
        return
    if offered.text in said and not when.cite.span.contains(time.span):
        yield undecided(path, rule, f"one of {said}")
        return
    worded = read_edtf(time.value) if time.value is not None else None
    if worded is not None and when.value == f"{worded.text}/.." and _SINCE.match(when.cite.quote):
        yield supported(path, rule)
        return
    if worded is not None and _is_coarser(offered, worded):
        yield undecided(path, rule, f"quote says {said}, value says no more than {when.value}")
        return
    days = resolve(time, context.document.published)
    if days is not None and time.offset.rule != "fixed":
        if (offered.start, offered.end) == days:
            yield supported(path, "when.resolved")
            return
        if offered.start is not None and offered.end is not None and offered.start <= days[0] <= days[1] <= offered.end:
            yield undecided(path, rule, f"quote says {said}, value says no more than {when.value}")
            return
    reason = Reason.DATE_MISMATCH
    if time.value is None and context.document.published is None:
        reason = Reason.UNANCHORED_DATE
    yield contradicted(path, rule, reason, f"quote says {said}, value says {when.value}")


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
    if len({(time.value, time.offset) for time in found}) != 1 or when.anchor != "publication":
        return None
    time = found[0]
    if time.offset.rule != "fixed" and _in_direct_speech(time, context):
        return None
    return resolve(time, context.document.published, ahead=ahead)


def _in_direct_speech(time: TimeExpression, context: Context) -> bool:
    quotation = context.reading.quoted(time.span)
    return quotation is not None and quotation.contains(time.span) and len(quotation) > 2 * len(time.span)
