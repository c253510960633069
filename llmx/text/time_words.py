"""Time words: the closed tables of the English time grammar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from llmx.text.time_expressions import Unit

MONTHS: Mapping[str, int] = MappingProxyType(
    {
        **{
            name: number
            for number, names in enumerate(
                (
                    ("january", "jan"),
                    ("february", "feb"),
                    ("march", "mar"),
                    ("april", "apr"),
                    ("may",),
                    ("june", "jun"),
                    ("july", "jul"),
                    ("august", "aug"),
                    ("september", "sept", "sep"),
                    ("october", "oct"),
                    ("november", "nov"),
                    ("december", "dec"),
                ),
                start=1,
            )
            for name in names
        }
    }
)
"""Names of months and their short forms."""

WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, name in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        )
    }
)
"""Names of weekdays; Monday is 0."""

UNITS_OF_TIME: Mapping[str, Unit] = MappingProxyType(
    {
        "minute": "hour",
        "hour": "hour",
        "day": "day",
        "night": "day",
        "weekend": "week",
        "week": "week",
        "fortnight": "week",
        "month": "month",
        "quarter": "month",
        "year": "year",
        "decade": "decade",
        "century": "decade",
        "spring": "month",
        "summer": "month",
        "autumn": "month",
        "fall": "month",
        "winter": "month",
    }
)
"""Words for units of time, in the singular."""

SEASONS: Mapping[str, int] = MappingProxyType({"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24})
"""Seasons and their EDTF numbers."""

HOLIDAYS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "christmas": (12, 25),
        "christmas day": (12, 25),
        "christmas eve": (12, 24),
        "boxing day": (12, 26),
        "new year": (1, 1),
        "new year's day": (1, 1),
        "new year's eve": (12, 31),
    }
)
"""Days with a name that stand on the same day of every year: month and day."""

SMALL_NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        "a": 1,
        "an": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "fifteen": 15,
        "twenty": 20,
        "thirty": 30,
        "couple": 2,
    }
)
"""Numbers that count units of time."""

DECADES: Mapping[str, int] = MappingProxyType(
    {
        "twenties": 20,
        "thirties": 30,
        "forties": 40,
        "fifties": 50,
        "sixties": 60,
        "seventies": 70,
        "eighties": 80,
        "nineties": 90,
    }
)
"""Decades in words; of the last century."""
