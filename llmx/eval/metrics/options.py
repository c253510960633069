"""Options of scoring: all that changes a count, in one frozen value that is stored with the figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from llmx.errors import ConfigError

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"trigger": 1.0, "participants": 2.0, "time": 1.0, "places": 1.0, "counts": 1.0}
)
"""Weights of an event's fields in the template similarity; the type is the gate and weighs nothing."""

_TOLERANCE = re.compile(r"(\d+(?:\.\d+)?)(%|d)?")


@dataclass(frozen=True, kw_only=True)
class ScoreOptions:
    """How values are compared.

    Attributes:
        match: When a participant or place is right: the same words or place (`exact`), a place that overlaps
            (`overlap`), or wording that is alike (`soft`); each also takes what the ones before it take.
        threshold: Least IoU for `overlap`, least likeness for `soft`.
        number_tolerance: Difference of two numbers that does not matter, absolute.
        number_ratio: The same as a share of the gold number.
        date_tolerance_days: Days between two dates that do not matter.
        soft_types: Whether types `A:B` are compared by the length of their shared beginning.
        dedup: Whether identical predictions of one article are counted once.
        weights: Weights of an event's fields in the template similarity.
    """

    match: Literal["exact", "overlap", "soft"] = "exact"
    threshold: float = 0.5
    number_tolerance: float = 0.0
    number_ratio: float = 0.0
    date_tolerance_days: int = 0
    soft_types: bool = False
    dedup: bool = False
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)

    def to_dict(self) -> dict[str, Any]:
        """The options as plain values."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**fields, "weights": dict(self.weights)}


def parse_match(text: str) -> dict[str, Any]:
    """`exact`, `overlap:0.5` or `soft:0.85` as options.

    Raises:
        ConfigError: It is none of these.
    """
    kind, _, number = text.partition(":")
    default = {"exact": 1.0, "overlap": 0.5, "soft": 0.85}
    try:
        threshold = float(number) if number else default[kind]
    except (KeyError, ValueError) as error:
        raise ConfigError(f"--match is exact, overlap:0.5 or soft:0.85, not {text!r}", setting="match") from error
    return {"match": kind, "threshold": threshold}


def parse_number_tolerance(text: str) -> dict[str, Any]:
    """`3` or `5%` as options.

    Raises:
        ConfigError: It is neither.
    """
    found = _TOLERANCE.fullmatch(text)
    if found is None or found[2] == "d":
        raise ConfigError(f"--num-tol is a number or a percentage such as 5%, not {text!r}", setting="num_tol")
    amount = float(found[1])
    return {"number_ratio": amount / 100} if found[2] else {"number_tolerance": amount}


def parse_date_tolerance(text: str) -> dict[str, Any]:
    """`2d` as an option.

    Raises:
        ConfigError: It is no number of days.
    """
    found = _TOLERANCE.fullmatch(text)
    if found is None or found[2] == "%" or "." in found[1]:
        raise ConfigError(f"--date-tol is a number of days such as 2d, not {text!r}", setting="date_tol")
    return {"date_tolerance_days": int(found[1])}
