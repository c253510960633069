"""Marks: how a field of your own report class is to be scored.

Put one into `Annotated`: `units: Annotated[Cited[int] | None, Score("number", tolerance=0.05)]`. A field without a
mark is scored by the kind of its value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldMetric = Literal["exact", "text", "soft", "number", "date", "skip"]
"""How two values are compared: equal; equal but for case, spaces and edge punctuation; alike; by number; by day."""


@dataclass(frozen=True, slots=True)
class Score:
    """How a field is scored.

    Attributes:
        metric: How two values are compared; `skip` leaves the field out.
        tolerance: For numbers the share of the gold value that does not matter; for dates the days.
        least: For `soft`, the least likeness that counts.
        weight: Weight of the field when records of a list are matched.
    """

    metric: FieldMetric = "exact"
    tolerance: float = 0.0
    least: float = 0.85
    weight: float = 1.0
