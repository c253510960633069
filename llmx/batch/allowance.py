"""Allowances: what a server's headers say of its limits.

`x-ratelimit-limit-requests`, `-remaining-requests`, `-reset-requests`, and the same for tokens, as OpenAI sends them
with every answer, good or not, and as others copied them. A limit is taken for one of a minute. *Remaining* and *reset*
(the time until all of it is there again) bind whatever the limit's window is, and whoever else uses the account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a server says of one limit; `None` for what it does not say.

    Attributes:
        limit: Units a minute.
        remaining: Units that may still be used.
        reset_s: Seconds until the whole limit may be used again.
    """

    limit: float | None = None
    remaining: float | None = None
    reset_s: float | None = None


@dataclass(frozen=True, slots=True)
class Allowances:
    """What a server says of both limits."""

    requests: Allowance = field(default_factory=Allowance)
    tokens: Allowance = field(default_factory=Allowance)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return self == _NOTHING

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Allowances:
        """Read a response's headers, their names in lower case; what cannot be read counts as not said."""
        return cls(_read(headers, "requests"), _read(headers, "tokens")) if headers else _NOTHING


def _read(headers: Mapping[str, str], unit: str) -> Allowance:
    reset_s = parse_duration(headers.get(f"x-ratelimit-reset-{unit}", ""))
    return Allowance(
        limit=_number(headers.get(f"x-ratelimit-limit-{unit}")) or None,
        remaining=_number(headers.get(f"x-ratelimit-remaining-{unit}")),
        reset_s=reset_s if reset_s is not None and reset_s <= _LONGEST_S else None,
    )


_LONGEST_S = 2 * 86_400.0
"""Limits are a day's at the longest; a larger number is an instant of the calendar, as some gateways send."""


def parse_duration(text: str) -> float | None:
    """Seconds of a header's duration: `1s`, `6m0s`, `20ms`, or a bare number of seconds; `None` if it is none.

    Example:
        >>> parse_duration("1m30.5s")
        90.5
    """
    bare = _number(text)
    if bare is not None:
        return bare
    seconds, number, unit = 0.0, "", ""
    for char in f"{text.strip()} ":
        if unit and (char.isdigit() or char in ". "):
            size, value = _UNITS.get(unit), _number(number)
            if size is None or value is None:
                return None
            seconds, number, unit = seconds + value * size, "", ""
        if char.isdigit() or char == ".":
            number += char
        elif number and char.isalpha():
            unit += char
        elif char != " ":
            return None
    return seconds if text.strip() and not number else None


_UNITS: Mapping[str, float] = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and 0 <= value < float("inf") else None


_NOTHING = Allowances()
