"""Time spans: times that are told by two dates, by a part of a year, or by a length of time.

    from 3 March to 7 April 2021    in the third quarter of 2023    within a week    by the end of the month

They are read on top of what `time_grammar` finds: two dates with a word between them are one range, and a quarter
or a half belongs to the year behind it. Lengths of time fix no day without knowing where they start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from llmx.text.edtf import read_edtf
from llmx.text.span import Span
from llmx.text.time_expressions import Offset, TimeExpression, TimeWord
from llmx.text.time_words import SMALL_NUMBERS, UNITS_OF_TIME

_TO = re.compile(r"\s*(?:to|until|till|through|-|–|—)\s*")
_AND = re.compile(r"\s+and\s+")
_BETWEEN = re.compile(r"\b([Bb]etween|[Ff]rom)\s+\Z")
_PART = re.compile(
    r"(?:\b(?:[Ii]n|[Dd]uring|[Ff]or|[Oo]f)\s+)?(?:\b[Tt]he\s+)?\b"
    r"(?:(?P<part>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast)[\s-]+(?P<unit>quarter|half)|Q(?P<number>[1-4]))\s+\Z"
)
_FISCAL = re.compile(r"(?:\b(?:[Ii]n|[Ff]or|[Dd]uring)\s+)?(?:\b[Tt]he\s+)?\b[Ff](?:iscal|inancial)\s+(?:year\s+)?\Z")
_LEAD = 32
_ORDER = ("first", "second", "third", "fourth")
_FIRST_QUARTER, _FIRST_HALF = 33, 40
_N = "|".join(sorted(SMALL_NUMBERS, key=len, reverse=True))
_UNIT = "minute|hour|day|night|week|fortnight|month|year|decade"
_PERIOD = re.compile(
    r"(?<![\w’'/.-])(?:"
    rf"[Ii]n\s+(?P<n0>\d{{1,3}}|{_N})\s+(?P<u0>{_UNIT})s?[’']?s?\s+time\b"
    rf"|(?:[Ww]ithin|[Ii]n (?:less than|under|about))\s+(?P<n>\d{{1,3}}|{_N})\s+(?P<u1>{_UNIT})s?\b"
    rf"|(?:[Hh]alf an?\s+(?P<u3>{_UNIT})|(?P<u4>{_UNIT})s)\s+(?P<w>ago|earlier|later|before|after)\b"
    r"|(?P<edge>[Bb]y|[Aa]t|[Bb]efore|[Uu]ntil|[Ss]ince|[Nn]ear|[Tt]owards?)\s+the\s+(?:very\s+)?"
    r"(?:end|start|beginning|middle|close|turn)\s+of\s+(?:the|this|last|next)\s+(?P<u2>week|month|quarter|year|decade|century)\b"
    r"|(?:[Ii]n|[Dd]uring|[Oo]ver|[Ff]or|[Ss]ince|[Bb]y|[Uu]ntil)\s+the\s+"
    r"(?:(?:early|late)\s+)?(?P<season>spring|summer|autumn|winter)\b(?!\s+(?:of|\d))"
    r"|(?:(?:[Ii]n|[Dd]uring|[Ff]or)\s+)?(?:(?:the\s+(?:first|second|third|fourth|last|previous)|[Ll]ast|[Tt]his|[Nn]ext)"
    r"\s+quarter)\b"
    r"|(?:[Oo]ver|[Aa]t|[Dd]uring)\s+the\s+(?P<weekend>weekend)\b)"
)
"""Lengths and parts of time that no date tells."""
_UNITS = ("day", "year", "week", "month", "night", "hour", "quarter", "minute", "decade", "century",
    "spring", "summer", "autumn", "winter")  # fmt: skip
"""A length or part of time names one of these, alone or within a longer word."""


def find_periods(text: str) -> Iterator[TimeExpression]:
    """The lengths and parts of time in `text` that no date tells, in order."""
    if any(unit in text for unit in _UNITS):
        yield from map(_read_period, _PERIOD.finditer(text))


def join_spans(text: str, found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The times of `found`, with two dates that make a range as one, and quarters and halves with their year."""
    joined: list[TimeExpression] = []
    for time in found:
        if joined and (both := _range(text, joined[-1], time)) is not None:
            joined[-1] = both
        else:
            joined.append(_of_year(text, time))
    return joined


def _range(text: str, first: TimeExpression, second: TimeExpression) -> TimeExpression | None:
    """The range from one date to another: from 3 March to 7 April 2021; `None` where they make none."""
    if first.value is None and second.value is None:
        return _named_range(text, first, second)
    if first.value is None or second.value is None or "/" in first.value + second.value:
        return None
    if first.precision != second.precision or first.precision not in ("day", "month"):
        return None
    between = text[first.span.end : second.span.start]
    lead = _BETWEEN.search(text, max(0, first.span.start - _LEAD), first.span.start)
    opened = lead is not None or text[first.span.start :].startswith(("From ", "from "))
    if not (_TO.fullmatch(between) or (opened and _AND.fullmatch(between))):
        return None
    value = first.value
    if value.startswith("XXXX-") and second.value[:4].isdigit():
        value = f"{second.value[:4]}{value[4:]}"
    ends = read_edtf(value), read_edtf(second.value)
    if ends[0] is None or ends[1] is None or ends[0].start is None or ends[1].end is None:
        return None
    if ends[0].start >= ends[1].end:
        return None
    start = lead.start() if lead is not None else first.span.start
    return TimeExpression(
        Span(start, second.span.end),
        "absolute",
        f"{value}/{second.value}",
        second.precision,
        Offset("fixed"),
        kinds=("relative_range",),
    )


def _named_range(text: str, first: TimeExpression, second: TimeExpression) -> TimeExpression | None:
    """A range from one weekday or month to another: from Monday to Friday, between May and July."""
    if (
        first.kind != second.kind
        or first.kind not in ("weekday", "month_name")
        or first.offset.edge
        or second.offset.edge
    ):
        return None
    between, start = text[first.span.end : second.span.start], first.span.start
    lead = _BETWEEN.search(text, max(0, start - _LEAD), start)
    opened = lead is not None or text[start:].startswith(("From ", "from ", "Between ", "between "))
    if not opened or not (_TO.fullmatch(between) or _AND.fullmatch(between)):
        return None
    values = (f"{first.values[0]}/{second.values[0]}",) if first.values and second.values else ()
    return TimeExpression(
        Span(lead.start() if lead is not None else start, second.span.end),
        "relative_range",
        None,
        first.precision,
        Offset("open"),
        kinds=(first.kind, "absolute"),
        values=values,
    )


def _of_year(text: str, time: TimeExpression) -> TimeExpression:
    """A year with the quarter, half or fiscal year that it belongs to; any other time as it is."""
    if time.precision != "year" or time.value is None or not time.value.isdigit():
        return time
    year = re.search(r"(?:of\s+)?(?:\d{4})\Z", text[time.span.start : time.span.end])
    start = time.span.start + year.start() if year is not None else time.span.start
    window = max(0, start - _LEAD)
    part = _PART.search(text, window, start)
    if part is None:
        fiscal = _FISCAL.search(text, window, start)
        if fiscal is None:
            return time
        return replace(time, span=Span(min(fiscal.start(), time.span.start), time.span.end), offset=Offset("open"))
    number = int(part.group("number") or 0) or _ORDER.index(part.group("part").lower().replace("last", "fourth")) + 1
    half = part.group("unit") == "half"
    if half and part.group("part").lower() in ("last", "second"):
        number = 2
    if half and number > 2:  # noqa: PLR2004 - a year has two halves
        return time
    months = 6 if half else 3
    first, last = (number - 1) * months + 1, number * months
    season = (_FIRST_HALF if half else _FIRST_QUARTER) + number - 1
    return replace(
        time,
        span=Span(min(part.start(), time.span.start), time.span.end),
        value=f"{time.value}-{season}",
        precision="month",
        values=(f"{time.value}-{first:02}/{time.value}-{last:02}", time.value),
        precisions=("year", "unknown"),
        kinds=("relative_range",),
    )


def _read_period(match: re.Match[str]) -> TimeExpression:
    """What one of the lengths or parts of time tells: no day, since it is open where it starts."""
    span, opened = Span(*match.span()), Offset("open")
    if match.group("u0"):
        unit = UNITS_OF_TIME[match.group("u0")]
        number = match.group("n0")
        amount = int(number) if number.isdigit() else SMALL_NUMBERS[number]
        offset = Offset("ago", unit, amount)
        precision = "day" if unit == "hour" else unit
        return TimeExpression(span, "relative", None, precision, offset, precisions=("unknown", "day"))
    if match.group("w"):
        unit = UNITS_OF_TIME[match.group("u3") or match.group("u4")]
        kind: TimeWord = "relative" if match.group("w") == "ago" else "event_relative"
        kinds = ("relative", "vague", "event_relative")
        precisions = ("unknown", "day", "week", "month", "year")
        return TimeExpression(
            span, kind, None, "day" if unit == "hour" else unit, opened, kinds=kinds, precisions=precisions
        )
    if match.group("u1"):
        unit = UNITS_OF_TIME[match.group("u1")]
        precision = "day" if unit == "hour" else unit
        kinds = ("relative", "event_relative", "vague")
        return TimeExpression(
            span, "relative_range", None, precision, opened, kinds=kinds, precisions=("unknown", "day")
        )
    if match.group("u2"):
        kinds = ("relative_range", "event_relative", "vague")
        unit = UNITS_OF_TIME[match.group("u2")]
        return TimeExpression(
            span, "relative", None, unit, opened, kinds=kinds, precisions=("unknown", "month", "year")
        )
    if match.group("weekend"):
        kinds = ("relative_range", "weekday")
        return TimeExpression(span, "relative", None, "week", opened, kinds=kinds, precisions=("day", "unknown"))
    kinds = ("vague", "relative_range", "month_name", "event_relative", "absolute")
    return TimeExpression(span, "relative", None, "month", opened, kinds=kinds, precisions=("unknown", "year"))
