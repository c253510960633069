"""The time grammar: where a text tells a time, and what its words say of it.

Precision comes first: "may" and "march" are months only where they are written as names and stand as one, "Su-25" and
"second" never are dates, and 11/12/2015 stays open because nobody can tell its day from its month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from llmx.text.caseless import caseless
from llmx.text.edtf import read_edtf, write_edtf
from llmx.text.span import Span
from llmx.text.time_expressions import Edge, Offset, TimeExpression, TimeWord, Unit
from llmx.text.time_patterns import LOOSE, calendar_matches, calendar_windows
from llmx.text.time_spans import find_periods, join_spans
from llmx.text.time_words import DECADES, HOLIDAYS, MONTHS, SEASONS, SMALL_NUMBERS, UNITS_OF_TIME, WEEKDAYS

_STANDS_ALONE = frozenset({"january", "february", "july", "september", "october", "november", "december"})
_OTHER_WEEKS = frozenset({"the following", "the previous", "that", "easter", "palm", "good", "ash"})
_PARTS_OF_DAY: Mapping[str, Unit] = MappingProxyType(dict.fromkeys(("morning", "afternoon", "evening", "night"), "day"))
_SPELLS = frozenset({"christmas", "new year"})
"""Days with a name that can mean the days around them as well."""
_BACK = frozenset({"past", "last"})
_EDGES: Mapping[str, Edge] = MappingProxyType(
    {"since": "since", "until": "until", "till": "until", "before": "until", "by": "until", "after": "after"}
)


@lru_cache(maxsize=1024)  # rules and checks read the same sentences
def find_times(text: str) -> tuple[TimeExpression, ...]:
    """The time expressions of `text`, in order, not overlapping. Linear in the length of `text`."""
    found = list(find_calendar_times(text))
    found += [one for one in find_periods(text) if not any(one.span.overlaps(other.span) for other in found)]
    found.sort(key=lambda expression: expression.span)
    found.extend(_loose(text, found))
    return tuple(sorted(found, key=lambda expression: expression.span))


@lru_cache(maxsize=1024)  # rules and checks read the same sentences
def find_calendar_times(text: str) -> tuple[TimeExpression, ...]:
    """The dates, weekdays, months, years and times counted from now in `text`, without what counts from events."""
    matches = (match for start, end in calendar_windows(text) for match in calendar_matches(text, start, end))
    return tuple(join_spans(text, [found for match in matches if (found := _read(match)) is not None]))


def _read(match: re.Match[str]) -> TimeExpression | None:
    assert match.lastgroup is not None  # the name of the whole shape: it closes behind those of its parts
    return _READERS[match.lastgroup](match)


def _loose(text: str, taken: list[TimeExpression]) -> list[TimeExpression]:
    """Times that count from events and vague ones, where no calendar time stands."""
    starts = iter([*(expression.span for expression in taken), Span(len(text) + 1, len(text) + 1)])
    ahead = next(starts)
    found: list[TimeExpression] = []
    for match in LOOSE.finditer(text):
        span = Span(*match.span())
        while ahead.end <= span.start:
            ahead = next(starts)
        if span.start >= ahead.start:
            continue
        kind: TimeWord = "vague" if match.group("vague") is not None else "event_relative"
        offset = _beside_event(match)
        cut = Span(span.start, min(span.end, len(text[: ahead.start].rstrip()) if span.end > ahead.start else span.end))
        if len(cut):
            precision = offset.unit if offset.rule == "counted" else "unknown"
            precisions = ("unknown", "day") if offset.rule == "counted" else ()
            found.append(TimeExpression(cut, kind, None, precision, offset, precisions=precisions))
    return found


def _beside_event(match: re.Match[str]) -> Offset:
    """How the days of a loose time follow from those of an event: the next day, the week before, that month."""
    for number, amounts in (
        ("19", {"same": 0, "next": 1, "following": 1, "previous": -1}),
        ("20", {}),
        ("21", {"before": -1, "after": 1}),
    ):
        word = match.group("u" + number)
        if word is not None:
            told = match.group("q" + number) if amounts else ""
            unit = _PARTS_OF_DAY.get(word) or UNITS_OF_TIME[word]
            return Offset("counted", unit, amounts.get(told, 0))
    return Offset("open")


def _date(match: re.Match[str], key: str) -> TimeExpression | None:
    month = _month(match.group("m" + key))
    day, to_day, year = (_number(match.group(name + key)) for name in "dty")
    if day is None or read_edtf(write_edtf(year, month, day)) is None:
        return None
    value = write_edtf(year, month, day)
    if to_day is not None:
        if to_day <= day or read_edtf(write_edtf(year, month, to_day)) is None:
            return None
        value = f"{value}/{write_edtf(year, month, to_day)}"
    rule = "fixed" if year is not None else "yearless"
    return _with_edge(match, "p" + key, value, "day", Offset(rule, month=month, day=day, to_day=to_day))


def _month_year(match: re.Match[str]) -> TimeExpression | None:
    month = _month(match.group("m3"))
    value = write_edtf(int(match.group("y3")), month)
    return _with_edge(match, "p3", value, "month", Offset("fixed", month=month))


def _iso(match: re.Match[str]) -> TimeExpression | None:
    value = f"{match.group('y4')}-{match.group('m4')}-{match.group('d4')}"
    return None if read_edtf(value) is None else _with_edge(match, "p4", value, "day", Offset("fixed"))


def _slash(match: re.Match[str]) -> TimeExpression | None:
    """A date in figures: day and month are told apart only where one of them is above twelve, or both are the same."""
    first, second, year = int(match.group("a5")), int(match.group("b5")), int(match.group("y5"))
    orders = {write_edtf(year, month, day) for day, month in ((first, second), (second, first))}
    valid = sorted(value for value in orders if read_edtf(value) is not None)
    if not valid:
        return None
    if len(valid) == 1:
        return _with_edge(match, "p5", valid[0], "day", Offset("fixed"))
    return TimeExpression(Span(*match.span()), "absolute", None, "day", Offset("open"), precisions=("year",))


def _decade(match: re.Match[str]) -> TimeExpression | None:
    word = match.group("w6")
    digits = match.group("y6") or "19" + (match.group("v6") or str(DECADES.get(word or "", 0))[:1])
    return _with_edge(match, "p6", f"{digits}X", "decade", Offset("fixed"), values=(f"{digits}0/{digits}9",))


def _years(match: re.Match[str]) -> TimeExpression | None:
    first, second = match.group("y7"), match.group("t7")
    second = first[: 4 - len(second)] + second
    if int(second) <= int(first):
        return None
    span = Span(*match.span())
    value = f"{first}/{second}"
    return TimeExpression(span, "absolute", value, "year", Offset("fixed"), kinds=("relative_range",))


def _season(match: re.Match[str]) -> TimeExpression | None:
    year, season = int(match.group("y8")), SEASONS[caseless(match.group("s8"))]
    value = write_edtf(year, season)
    precisions = ("year", "unknown")
    return _with_edge(match, "p8", value, "month", Offset("fixed"), values=(str(year),), precisions=precisions)


def _year(match: re.Match[str]) -> TimeExpression | None:
    return _with_edge(match, "p9", match.group("y9"), "year", Offset("fixed"))


def _month_of(match: re.Match[str]) -> TimeExpression | None:
    """A month of last year, this year or next year."""
    month = _month(match.group("m10"))
    shift = {"last": -1, "this": 0, "next": 1}[match.group("r10")]
    offset = Offset("yearless", month=month, year_shift=shift)
    span = Span(*match.span())
    values = (write_edtf(None, month),)
    return TimeExpression(span, "month_name", None, "month", offset, kinds=("relative", "absolute"), values=values)


def _month_name(match: re.Match[str]) -> TimeExpression | None:
    name = match.group("m11").lower()
    lead, qualifier = match.group("p11"), (match.group("q11") or "").lower()
    if lead is None and not qualifier and name not in _STANDS_ALONE:
        return None
    month = MONTHS[name]
    amount = 1 if qualifier == "next" else -1 if qualifier == "last" else 0
    offset = Offset("yearless", month=month, amount=amount, edge=_edge(lead))
    kinds = (
        ("relative", "absolute", "relative_range", "event_relative") if qualifier else ("absolute", "relative_range")
    )
    values = (write_edtf(None, month),)
    return TimeExpression(Span(*match.span()), "month_name", None, "month", offset, kinds=kinds, values=values)


def _weekday(match: re.Match[str]) -> TimeExpression | None:
    qualifier = (match.group("q12") or "").lower()
    amount = 1 if qualifier == "next" else -1 if qualifier == "last" else 0
    weekday = WEEKDAYS[caseless(match.group("w12"))]
    edge = _edge(match.group("p12"))
    offset = Offset("weekday", weekday=weekday, amount=amount, edge=edge)
    if match.group("r12"):
        offset = Offset(
            "of_week", weekday=weekday, amount={"last": -1, "this": 0, "next": 1}[match.group("r12")], edge=edge
        )
    elif match.group("k12") or qualifier in _OTHER_WEEKS:
        offset = Offset("open", weekday=weekday, edge=edge)
    kinds = ("relative_range",) if edge else ("relative",) if qualifier or match.group("k12") else ()
    return TimeExpression(Span(*match.span()), "weekday", None, "day", offset, kinds=kinds)


def _holiday(match: re.Match[str]) -> TimeExpression:
    """A day with a name; Christmas and the New Year can be the days around it as well."""
    word = match.group("w17").lower().replace("’", "'")
    month, day = HOLIDAYS[word]
    qualifier = (match.group("q17") or "").lower()
    amount = {"last": -1, "next": 1}.get(qualifier, 0)
    offset = Offset("yearless", month=month, day=day, amount=amount, year_shift=0 if qualifier == "this" else None)
    values, precisions = ((write_edtf(None, month),), ("unknown", "week", "month")) if word in _SPELLS else ((), ())
    value = write_edtf(None, month, day)
    told = _with_edge(match, "p17", value, "day", offset, values=(*values, value), precisions=precisions)
    kinds = ("relative", "relative_range", "vague", "event_relative")
    return replace(told, value=None if qualifier else told.value, kinds=kinds)


def _before_last(match: re.Match[str]) -> TimeExpression:
    unit = UNITS_OF_TIME[match.group("u18")]
    return TimeExpression(
        Span(*match.span()), "relative", None, unit, Offset("shift", unit, -2), kinds=("relative_range",)
    )


def _day_word(match: re.Match[str]) -> TimeExpression | None:
    word = match.group("w13").lower()
    amount = {
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
    }.get(word, 0)
    rule = "span" if word == "overnight" else "shift"
    offset = Offset(rule, "day", -1 if word == "overnight" else amount, edge=_edge(match.group("p13")))
    kinds = ("relative_range",) if offset.edge else ()
    return TimeExpression(Span(*match.span()), "relative", None, "day", offset, kinds=kinds)


def _unit_range(match: re.Match[str]) -> TimeExpression | None:
    unit = UNITS_OF_TIME[caseless(match.group("u14"))]
    count, sign = match.group("n14"), -1 if match.group("q14").lower() in _BACK else 1
    if count is None and match.group("q14") == "next":
        span = Span(*match.span())
        return TimeExpression(span, "event_relative", None, unit, Offset("open"), precisions=("unknown",))
    amount = 1 if count is None else _count(count)
    offset = Offset("open") if amount is None else Offset("span", unit, sign * amount)
    precision = "day" if unit == "hour" else unit
    precisions = ("day", "unknown", "week", "month", "year", "decade") if count in ("few", "several") else ("unknown",)
    if unit == "week":
        precisions = (*precisions, "day")
    return TimeExpression(
        Span(*match.span()),
        "relative_range",
        None,
        precision,
        offset,
        kinds=("vague",) if amount is None else ("relative",),
        precisions=precisions,
    )


def _unit(match: re.Match[str]) -> TimeExpression | None:
    word, qualifier = match.group("u15").lower(), match.group("q15").lower().split()[-1]
    unit = UNITS_OF_TIME[word]
    amount = {"last": -1, "this": 0, "next": 1}[qualifier]
    seasonal = word in SEASONS
    edge = _edge(match.group("p15"))
    offset = (
        Offset("season", month=SEASONS[word], amount=amount, edge=edge)
        if seasonal
        else Offset("shift", "weekend" if word == "weekend" else unit, amount, edge=edge)
    )
    if match.group("q15").lower() == "earlier this" and not edge:
        offset = replace(offset, edge="since")
    precisions = ("year", "unknown") if seasonal else ("day",) if word == "weekend" else ()
    return TimeExpression(
        Span(*match.span()), "relative", None, unit, offset, kinds=("relative_range",), precisions=precisions
    )


def _ago(match: re.Match[str]) -> TimeExpression | None:
    if match.string.endswith(("half ", "Half "), 0, match.start()):
        return None  # half a year ago
    unit = UNITS_OF_TIME[caseless(match.group("u16"))]
    word = match.group("n16").lower()
    amount = _count(word)
    if amount is None and word not in ("a few", "several"):
        return None
    precision = "day" if unit == "hour" else unit
    if match.group("w16") in ("ago", "from now"):
        sign = -1 if match.group("w16") == "ago" else 1
        offset = Offset("open") if amount is None else Offset("ago", unit, sign * amount)
        kinds = ("vague", "relative_range") if amount is None else ("relative_range",)
        return TimeExpression(
            Span(*match.span()), "relative", None, precision, offset, kinds=kinds, precisions=("unknown", "day")
        )
    sign = {"earlier": -1, "later": 1}.get(match.group("w16"))  # before and after can be told of either event
    offset = Offset("open") if amount is None or sign is None else Offset("counted", unit, sign * amount)
    span, open_ = Span(*match.span()), ("unknown", "day")
    return TimeExpression(span, "event_relative", None, precision, offset, kinds=("relative",), precisions=open_)


def _with_edge(
    match: re.Match[str],
    lead: str,
    value: str,
    precision: str,
    offset: Offset,
    *,
    values: tuple[str, ...] = (),
    precisions: tuple[str, ...] = (),
) -> TimeExpression:
    """An absolute time; with its open end where the preposition says since or until."""
    edge = _edge(match.group(lead))
    if "/" in value:
        edge = ""
    open_value = {"since": f"{value}/..", "after": f"{value}/..", "until": f"../{value}", "": value}[edge]
    others = (*values, value) if edge else values
    return TimeExpression(
        Span(*match.span()),
        "absolute",
        open_value,
        precision,
        replace(offset, edge=edge),
        kinds=("relative_range",) if edge else (),
        values=others,
        precisions=precisions,
    )


def _edge(lead: str | None) -> Edge:
    return _EDGES.get((lead or "").lower(), "")


def _month(name: str) -> int:
    return MONTHS[caseless(name).rstrip(".")]


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _count(word: str) -> int | None:
    """The number that counts units, or `None` for a vague one."""
    folded = word.lower().removeprefix("a ").removesuffix(" of")
    return int(word) if word.isdigit() else SMALL_NUMBERS.get(folded)


_READERS: Mapping[str, Callable[[re.Match[str]], TimeExpression | None]] = MappingProxyType(
    {
        "day_month": lambda match: _date(match, "1"),
        "month_day": lambda match: _date(match, "2"),
        "month_year": _month_year,
        "iso": _iso,
        "slash": _slash,
        "decade": _decade,
        "years": _years,
        "season": _season,
        "year": _year,
        "month_of": _month_of,
        "month": _month_name,
        "weekday": _weekday,
        "day_word": _day_word,
        "holiday": _holiday,
        "before_last": _before_last,
        "unit_range": _unit_range,
        "unit": _unit,
        "ago": _ago,
    }
)
