"""Figures that the number grammar leaves aside: shares and ranks in words, signs, and the hours of a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from types import MappingProxyType

from llmx.text.number_words import UNITS

_PARTS: Mapping[str, int] = MappingProxyType(
    {
        "half": 2,
        "third": 3,
        "fourth": 4,
        "quarter": 4,
        "fifth": 5,
        "sixth": 6,
        "seventh": 7,
        "eighth": 8,
        "ninth": 9,
        "tenth": 10,
    }
)
_RANKS: Mapping[str, int] = MappingProxyType(
    {
        **{part: rank for part, rank in _PARTS.items() if part not in ("half", "quarter")},
        "first": 1,
        "once": 1,
        "single": 1,
        "second": 2,
        "twice": 2,
        "double": 2,
        "thrice": 3,
        "triple": 3,
        "eleventh": 11,
        "twelfth": 12,
        "twentieth": 20,
        "hundredth": 100,
    }
)
_RANK = re.compile(rf"\b(?:{'|'.join(_RANKS)})\b", re.IGNORECASE)
_SHARE = re.compile(
    rf"\b(?:(?P<n>an?|{'|'.join(UNITS)}|\d{{1,2}})[\s-]+)?(?P<part>{'|'.join(_PARTS)}|halve)s?\b(?!\s+(?:of\s+)?(?:19|20)\d\d)",
    re.IGNORECASE,
)
_RATIO = re.compile(
    rf"\b(?P<n>{'|'.join(UNITS)}|\d{{1,3}})\s+(?:in|out of)\s+(?:every\s+)?(?P<of>{'|'.join(UNITS)}|\d{{1,3}})\b",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:\bminus\s+|(?:\A|\s)[-−–])\Z", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s*(?P<half>[ap]\.?\s?m\b\.?)|\b(?P<h24>[01]?\d|2[0-3])[:.](?P<m24>[0-5]\d)\b"
    r"|\b(?P<word>noon|midday|midnight)\b|\b(?P<h0>[01]\d|2[0-3])(?P<m0>[0-5]\d)\s+(?:hours|GMT|UTC|CET)\b",
    re.IGNORECASE,
)
_NOON = 12
_NEAR = Decimal("0.01")


def shares_in(text: str) -> set[Decimal]:
    """The shares that words tell: a quarter, two thirds, one in five.

    Example:
        >>> sorted(map(str, shares_in("a quarter of it, one in five children")))
        ['0.2', '0.25']
    """
    found: set[Decimal] = set()
    for match in _SHARE.finditer(text):
        part = _PARTS.get(match.group("part").lower(), 2)
        found.add(_number(match.group("n")) / part)
    for match in _RATIO.finditer(text):
        of = _number(match.group("of"))
        if of:
            found.add(_number(match.group("n")) / of)
    return found


def ranks_in(text: str) -> set[int]:
    """The whole numbers that ranks and multiples tell: the second bomb, twice.

    Example:
        >>> sorted(ranks_in("He won twice, then came third."))
        [2, 3]
    """
    return {_RANKS[found[0].lower()] for found in _RANK.finditer(text)}


def _number(word: str | None) -> Decimal:
    folded = (word or "a").lower()
    if folded.isdigit():
        return Decimal(folded)
    return Decimal(UNITS.get(folded, 1))


def is_share(value: Decimal, shares: set[Decimal]) -> bool:
    """Whether `value` is one of the shares, as a fraction or in percent, to two figures."""
    return any(abs(value - share * scale) <= _NEAR * scale for share in shares for scale in (1, 100))


def is_negative(text: str, start: int) -> bool:
    """Whether a minus stands before the number that starts at `start`."""
    return _MINUS.search(text, max(0, start - 8), start) is not None


def clock_times(text: str) -> set[time]:
    """The hours of a day that `text` tells: 7 p.m., 19:30, noon.

    Example:
        >>> clock_times("at 7 p.m. on Tuesday")
        {datetime.time(19, 0)}
    """
    found: set[time] = set()
    for match in _CLOCK.finditer(text):
        if match.group("word"):
            found.add(time(0 if match.group("word").lower() == "midnight" else _NOON))
            continue
        hour = int(match.group("h") or match.group("h24") or match.group("h0"))
        minute = int(match.group("m") or match.group("m24") or match.group("m0") or 0)
        if match.group("half"):
            hour = hour % _NOON + (_NOON if match.group("half")[0] in "pP" else 0)
        if hour < 2 * _NOON:
            found.add(time(hour, minute))
    return found
