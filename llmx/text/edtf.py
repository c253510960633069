"""EDTF: dates as ISO 8601-2 writes them, with unknown digits, open ends and seasons.

Read here: `2015`, `2015-11`, `2015-11-25`, unspecified digits (`199X`, `19XX`, `XXXX-09-28`, `2015-XX`), seasons
(`2015-21` spring to `2015-24` winter), quarters (`2015-33` to `2015-36`), halves (`2015-40`, `2015-41`), the qualifiers
`?`, `~` and `%`, and intervals with unknown or open ends (`2011/2015`,
`2011/..`). Sets, negative years and exponents are not.

Source: Extended Date/Time Format, levels 0 to 2, Library of Congress, 2019.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

EdtfPrecision = Literal["day", "month", "year", "decade", "unknown"]
"""The finest unit that a value fixes."""

_DATE = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?[?~%]?\Z")
_SEASONS = {
    21: (3, 5),
    22: (6, 8),
    23: (9, 11),
    24: (12, 12),
    33: (1, 3),
    34: (4, 6),
    35: (7, 9),
    36: (10, 12),
    40: (1, 6),
    41: (7, 12),
}
"""Seasons, quarters and halves of a year by their EDTF numbers -> their first and last month."""
_MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Edtf:
    """One date or interval.

    Attributes:
        text: The value in normal form: without qualifiers.
        start: First day; `None` when the year is not fixed or the start is open.
        end: Last day, inclusive; `None` when the year is not fixed or the end is open.
        precision: The finest unit that is fixed.
        year: Its year digits, `X` where they are unknown; of an interval, of its start.
        month: Month, or the number of a season, quarter or half, where it is fixed.
        day: Day, where it is fixed.
    """

    text: str
    start: date | None
    end: date | None
    precision: EdtfPrecision
    year: str
    month: int | None = None
    day: int | None = None

    @property
    def is_interval(self) -> bool:
        """Whether it has two ends written."""
        return "/" in self.text


def read_edtf(value: str) -> Edtf | None:
    """The date or interval that `value` writes, or `None` where it is not EDTF or no day of the calendar.

    Example:
        >>> read_edtf("2017-05").end
        datetime.date(2017, 5, 31)
        >>> read_edtf("2017-13") is None
        True
    """
    first, slash, second = value.strip().partition("/")
    if not slash:
        return _read_date(first)
    ends = [None if end in ("", "..") else _read_date(end) for end in (first, second)]
    known = [end for end in ends if end is not None]
    written = sum(end not in ("", "..") for end in (first, second))
    if len(known) != written or not known:
        return None
    start, end = ends
    if start and end and start.start and end.end and start.start > end.end:
        return None
    text = "/".join(end.text if end else ".." for end in ends)
    head = known[0]
    return Edtf(
        text=text,
        start=start.start if start else None,
        end=end.end if end else None,
        precision=head.precision,
        year=head.year,
        month=head.month,
        day=head.day,
    )


def write_edtf(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """The EDTF form of what is known of a date; an unknown year is `XXXX`."""
    text = "XXXX" if year is None else f"{year:04d}"
    if month is None:
        return text
    return f"{text}-{month:02d}" if day is None else f"{text}-{month:02d}-{day:02d}"


def month_days(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _read_date(text: str) -> Edtf | None:
    found = _DATE.match(text)
    if found is None:
        return None
    year, month_digits, day_digits = found.groups()
    month, day = _fixed(month_digits), _fixed(day_digits)
    if day is not None and month is None:
        return None
    if not _exists(year, month, day):
        return None
    start, end = _days(year, month, day)
    plain = text.rstrip("?~%")
    return Edtf(plain, start, end, _precision(year, month, day), year, month, day)


def _fixed(digits: str | None) -> int | None:
    return int(digits) if digits is not None and "X" not in digits else None


def _exists(year: str, month: int | None, day: int | None) -> bool:
    if month is None:
        return True
    if month in _SEASONS:
        return day is None
    if not 1 <= month <= _MONTHS_IN_YEAR:
        return False
    leap = 2000 if "X" in year else int(year)
    return day is None or (leap > 0 and 1 <= day <= calendar.monthrange(leap, month)[1])


def _precision(year: str, month: int | None, day: int | None) -> EdtfPrecision:
    if day is not None:
        return "day"
    if month is not None:
        return "month"
    if "X" not in year:
        return "year"
    return "decade" if year[3] == "X" and "X" not in year[:3] else "unknown"


def _days(year: str, month: int | None, day: int | None) -> tuple[date | None, date | None]:
    low, high = year.replace("X", "0"), year.replace("X", "9")
    if "X" in year and month is not None:
        return None, None
    if int(low) == 0:
        return None, None
    if month is None:
        return date(int(low), 1, 1), date(int(high), 12, 31)
    if month in _SEASONS:
        first, last = _SEASONS[month]
        return date(int(low), first, 1), month_days(int(low), last)[1]
    if day is not None:
        return date(int(low), month, day), date(int(low), month, day)
    return month_days(int(low), month)
