"""Proportions: intervals of rates, paired yes-or-no outcomes, and several tests at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist


def wilson(hits: float, cases: float, confidence: float = 0.95) -> tuple[float, float] | None:
    """The Wilson score interval of a rate; `None` without cases. Source: Wilson (1927)."""
    if cases <= 0:
        return None
    z = NormalDist().inv_cdf(1 - (1 - confidence) / 2)
    rate = hits / cases
    middle = rate + z * z / (2 * cases)
    half = z * math.sqrt(rate * (1 - rate) / cases + z * z / (4 * cases * cases))
    scale = 1 + z * z / cases
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def mcnemar(only_first: int, only_second: int) -> float:
    """Two-sided exact p-value for paired yes-or-no outcomes: items that one side alone got right.

    Source: McNemar (1947), with the binomial distribution in place of the chi-square.
    """
    total = only_first + only_second
    if total == 0:
        return 1.0
    fewer = min(only_first, only_second)
    tail = sum(math.comb(total, k) for k in range(fewer + 1)) / 2**total
    return min(1.0, 2 * tail)


def holm(chances: Mapping[str, float]) -> dict[str, float]:
    """p-values adjusted so that the chance of one false alarm in the whole family stays at the level.

    Source: Holm (1979).
    """
    adjusted: dict[str, float] = {}
    floor = 0.0
    ordered = sorted(chances.items(), key=lambda item: (item[1], item[0]))
    for rank, (name, chance) in enumerate(ordered):
        floor = max(floor, min(1.0, (len(ordered) - rank) * chance))
        adjusted[name] = floor
    return adjusted


def false_discovery(chances: Mapping[str, float]) -> dict[str, float]:
    """p-values adjusted so that the expected share of false alarms stays at the level.

    Source: Benjamini and Hochberg (1995).
    """
    adjusted: dict[str, float] = {}
    ceiling = 1.0
    ordered = sorted(chances.items(), key=lambda item: (item[1], item[0]))
    for rank in range(len(ordered), 0, -1):
        name, chance = ordered[rank - 1]
        ceiling = min(ceiling, chance * len(ordered) / rank)
        adjusted[name] = ceiling
    return adjusted


def kappa(cells: Mapping[tuple[str, str], int]) -> float | None:
    """Cohen's kappa of a table of paired labels; `None` where it is not defined."""
    total = sum(cells.values())
    if total == 0:
        return None
    labels = {label for pair in cells for label in pair}
    agreed = sum(count for (one, other), count in cells.items() if one == other) / total
    chance = 0.0
    for label in labels:
        row = sum(count for (one, _), count in cells.items() if one == label)
        column = sum(count for (_, other), count in cells.items() if other == label)
        chance += row * column / total**2
    return None if chance >= 1 else (agreed - chance) / (1 - chance)


def macro_f1(cells: Mapping[tuple[str, str], int]) -> float | None:
    """The plain mean of the labels' F1 over a table of paired labels; `None` without labels."""
    labels = sorted({label for pair in cells for label in pair})
    if not labels:
        return None
    total = 0.0
    for label in labels:
        hit = cells.get((label, label), 0)
        gold = sum(count for (one, _), count in cells.items() if one == label)
        said = sum(count for (_, other), count in cells.items() if other == label)
        total += 2 * hit / (gold + said)
    return total / len(labels)
