"""Times: what a text says of when, and the days that follow once an anchor is known.

`find_times` reads the words; `resolve` counts from an anchor, such as the day of publication. Without an anchor nothing
relative is resolved, and what the words leave open stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from llmx.text.edtf import month_days, read_edtf
from llmx.text.time_expressions import Offset, Rule, TimeExpression
from llmx.text.time_grammar import find_times

__all__ = ["TimeExpression", "count_from", "find_times", "resolve", "season_of"]

_WEEK = 7
_SPRING, _WINTER = 21, 24
"""The numbers that EDTF gives to seasons."""
_MONTHS = 12
Days = tuple[date, date]
"""First and last day, inclusive."""


def resolve(expression: TimeExpression, anchor: date | None, *, ahead: bool = False) -> Days | None:
    """The first and the last day of `expression`.

    Args:
        expression: What `find_times` found.
        anchor: The day that relative times count from; `None` where it is unknown.
        ahead: Whether what is told lies ahead (a plan): "on Monday" is then the next Monday, not the last.

    Returns:
        First and last day, inclusive; `None` where the words and the anchor do not fix them.

    Example:
        >>> (expression,) = find_times("on Monday")
        >>> resolve(expression, date(2024, 3, 5))
        (datetime.date(2024, 3, 4), datetime.date(2024, 3, 4))
        >>> resolve(expression, None) is None
        True
    """
    offset = expression.offset
    if offset.rule == "fixed":
        return _fixed(expression, anchor)
    if anchor is None:
        return None
    try:
        days = _RULES[offset.rule](offset, anchor, ahead)
    except (OverflowError, ValueError):
        return None
    return _with_edge(days, offset, anchor)


def count_from(expression: TimeExpression, days: Days) -> Days | None:
    """The days of a time that counts from an event: two days earlier, the following week.

    Args:
        expression: What `find_times` found.
        days: The event's first and last day.

    Returns:
        First and last day, inclusive; `None` where the words do not count units, or days of an event of several.

    Example:
        >>> (expression,) = find_times("two days earlier")
        >>> count_from(expression, (date(2024, 3, 5), date(2024, 3, 5)))
        (datetime.date(2024, 3, 3), datetime.date(2024, 3, 3))
    """
    offset = expression.offset
    if offset.rule != "counted" or days[0] != days[1]:
        return None
    try:
        return _ago(offset, days[0], ahead=False) if offset.unit != "hour" else None
    except (OverflowError, ValueError):
        return None


def season_of(expression: TimeExpression, anchor: date | None) -> str | None:
    """The EDTF season of "this summer" and its like; `None` where anchor and words leave more than one."""
    offset = expression.offset
    if offset.rule != "season" or anchor is None or offset.month == _WINTER:
        return None  # a winter belongs to two years
    first = 3 * (offset.month - _SPRING) + 3
    begun, over = anchor.month >= first, anchor.month >= first + 3
    if (offset.amount < 0 and over) or (offset.amount > 0 and not begun):
        return None  # the last one may be this year's or that before it
    return f"{anchor.year + offset.amount:04}-{offset.month}"


def _fixed(expression: TimeExpression, anchor: date | None) -> Days | None:
    value = read_edtf(expression.value or "")
    if value is None:
        return None
    start, end = value.start, value.end
    if expression.offset.edge == "since":
        end = anchor
    if expression.offset.edge == "after":
        return None
    return (start, end) if start is not None and end is not None and start <= end else None


def _with_edge(days: Days | None, offset: Offset, anchor: date) -> Days | None:
    """The days from there to the anchor for `since`; nothing is known of the other end of `until` and `after`."""
    if days is None or offset.edge in ("until", "after"):
        return None
    if offset.edge == "since":
        return (days[0], anchor) if days[0] <= anchor else None
    return days


def _weekday(offset: Offset, anchor: date, ahead: bool) -> Days:  # noqa: FBT001 - one of a table of rules
    back = (anchor.weekday() - offset.weekday) % _WEEK
    if offset.amount > 0 or (ahead and offset.amount == 0):
        on = anchor + timedelta(days=(-back) % _WEEK or (_WEEK if offset.amount > 0 else 0))
    else:
        on = anchor - timedelta(days=back or (_WEEK if offset.amount < 0 else 0))
    return on, on


def _of_week(offset: Offset, anchor: date, ahead: bool) -> Days:  # noqa: FBT001 - one of a table of rules
    del ahead
    on = anchor + timedelta(days=offset.weekday - anchor.weekday(), weeks=offset.amount)
    return on, on


def _yearless(offset: Offset, anchor: date, ahead: bool) -> Days:  # noqa: FBT001 - one of a table of rules
    if offset.year_shift is not None:
        return _of_year(offset, anchor.year + offset.year_shift)
    days = _of_year(offset, anchor.year)
    if offset.amount > 0 or ahead:
        return (
            days
            if days[1] >= anchor and not (offset.amount > 0 and days[0] <= anchor)
            else _of_year(offset, anchor.year + 1)
        )
    passed = days[0] <= anchor and not (offset.amount < 0 and days[1] >= anchor)
    return days if passed else _of_year(offset, anchor.year - 1)


def _of_year(offset: Offset, year: int) -> Days:
    if offset.day is None:
        return month_days(year, offset.month)
    on = date(year, offset.month, offset.day)
    return on, on if offset.to_day is None else on.replace(day=offset.to_day)


def _ago(offset: Offset, anchor: date, ahead: bool) -> Days:  # noqa: FBT001 - one of a table of rules
    del ahead
    if offset.unit == "hour":
        return anchor - timedelta(days=1), anchor
    if offset.unit == "day":
        on = anchor + timedelta(days=offset.amount)
        return on, on
    return _whole_unit(offset, anchor)


def _shift(offset: Offset, anchor: date, ahead: bool) -> Days:  # noqa: FBT001 - one of a table of rules
    del ahead
    if offset.unit == "day":
        on = anchor + timedelta(days=offset.amount)
        return on, on
    return _whole_unit(offset, anchor)


def _whole_unit(offset: Offset, anchor: date) -> Days:
    """The calendar week, month, year or decade that lies `amount` of them away; weeks start on Monday."""
    match offset.unit:
        case "week":
            monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=offset.amount)
            return monday, monday + timedelta(days=_WEEK - 1)
        case "weekend":
            monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=offset.amount)
            return monday + timedelta(days=_WEEK - 2), monday + timedelta(days=_WEEK - 1)
        case "month":
            months = anchor.year * _MONTHS + anchor.month - 1 + offset.amount
            return month_days(months // _MONTHS, months % _MONTHS + 1)
        case "decade":
            first = (anchor.year // 10 + offset.amount) * 10
            return date(first, 1, 1), date(first + 9, 12, 31)
        case _:
            year = anchor.year + offset.amount
            return date(year, 1, 1), date(year, 12, 31)


def _span(offset: Offset, anchor: date, ahead: bool) -> Days:  # noqa: FBT001 - one of a table of rules
    del ahead
    other = _moved(offset, anchor)
    return (other, anchor) if other <= anchor else (anchor, other)


def _moved(offset: Offset, anchor: date) -> date:
    """The day that lies `amount` units away from the anchor; the month's last day where it has no such day."""
    match offset.unit:
        case "hour":
            return anchor + timedelta(days=1 if offset.amount > 0 else -1)
        case "day" | "week":
            return anchor + timedelta(days=offset.amount * (_WEEK if offset.unit == "week" else 1))
        case _:
            months = {"month": 1, "year": _MONTHS, "decade": 10 * _MONTHS}[offset.unit]
            at = anchor.year * _MONTHS + anchor.month - 1 + offset.amount * months
            last = month_days(at // _MONTHS, at % _MONTHS + 1)[1]
            return last.replace(day=min(anchor.day, last.day))


def _open(offset: Offset, anchor: date, ahead: bool) -> None:  # noqa: FBT001 - one of a table of rules
    del offset, anchor, ahead


_RULES: Mapping[Rule, Callable[[Offset, date, bool], Days | None]] = MappingProxyType(
    {
        "weekday": _weekday,
        "of_week": _of_week,
        "yearless": _yearless,
        "ago": _ago,
        "shift": _shift,
        "span": _span,
        "season": _open,
        "counted": _open,
        "open": _open,
    }
)
