"""Calibration: whether a confidence tells how often an item is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LEAST_ECE = 30
_LEAST_AUROC = 100
_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Items of like confidence: how many, their mean confidence, and the share that is right."""

    size: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What confidences are worth.

    Attributes:
        size: How many items have one.
        brier: Mean squared distance of confidence and outcome; `None` without items.
        ece: Mean distance of confidence and share right over bins of equal size; `None` below 30 items.
        auroc: Chance that a right item has the higher confidence of a right and a wrong one; `None` below 100 items, or
            where all are right or all wrong.
        bins: The bins behind `ece`.
        risk: Share covered, share wrong among the covered: by falling confidence.
    """

    size: int
    brier: float | None
    ece: float | None
    auroc: float | None
    bins: tuple[Bin, ...] = ()
    risk: tuple[tuple[float, float], ...] = ()


def calibrate(items: Sequence[tuple[float, bool]]) -> Calibration:
    """Judge confidences, each with whether its item was right."""
    size = len(items)
    if not size:
        return Calibration(size=0, brier=None, ece=None, auroc=None)
    ordered = sorted(items)
    bins = _equal_bins(ordered)
    ece = sum(b.size * abs(b.confidence - b.right) for b in bins) / size
    return Calibration(
        size=size,
        brier=sum((confidence - right) ** 2 for confidence, right in items) / size,
        ece=ece if size >= _LEAST_ECE else None,
        auroc=_auroc(ordered) if size >= _LEAST_AUROC else None,
        bins=bins,
        risk=_risk(ordered),
    )


def _equal_bins(ordered: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    size = len(ordered)
    found: list[Bin] = []
    for number in range(_BINS):
        part = ordered[size * number // _BINS : size * (number + 1) // _BINS]
        if part:
            found.append(Bin(len(part), sum(c for c, _ in part) / len(part), sum(r for _, r in part) / len(part)))
    return tuple(found)


def _auroc(ordered: Sequence[tuple[float, bool]]) -> float | None:
    """The rank-sum form; equal confidences share their ranks."""
    rights = sum(right for _, right in ordered)
    wrongs = len(ordered) - rights
    if not rights or not wrongs:
        return None
    ranks = 0.0
    at = 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += (at + 1 + end) / 2 * sum(right for _, right in ordered[at:end])
        at = end
    return (ranks - rights * (rights + 1) / 2) / (rights * wrongs)


def _risk(ordered: Sequence[tuple[float, bool]], points: int = 20) -> tuple[tuple[float, float], ...]:
    falling = ordered[::-1]
    found: list[tuple[float, float]] = []
    for point in range(1, points + 1):
        covered = max(1, round(len(falling) * point / points))
        found.append((covered / len(falling), sum(not right for _, right in falling[:covered]) / covered))
    return tuple(found)
