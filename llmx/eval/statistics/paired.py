"""Two runs on the same articles: how far apart, and whether by more than chance.

The interval of the difference comes from the paired bootstrap (the same articles are drawn for both runs), the p-value
from approximate randomisation: each article's counts change sides with probability one half (Noreen 1989; Yeh 2000).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from llmx.eval.extra import Array, np
from llmx.eval.statistics.bootstrap import Draws, clustered, intervals, resampled
from llmx.eval.statistics.table import Table, aligned, figure_names, figures, lower_is_better

Outcome = Literal["better", "worse", "tied", "n/a"]

_CHUNK_CELLS = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a run differs from its baseline in one figure.

    Attributes:
        figure: The figure.
        delta: Run minus baseline; `None` where one of them is undefined.
        low: Lower end of the difference's interval.
        high: Upper end.
        p: Probability of a difference at least as large if the runs were alike.
        outcome: `tied` unless the interval excludes 0; then which way.
        doubtful: Whether the interval rests on few units.
    """

    figure: str
    delta: float | None
    low: float | None
    high: float | None
    p: float | None
    outcome: Outcome
    doubtful: bool = False


def compare(
    run: Table,
    baseline: Table,
    *,
    draws: Draws,
    clusters: Sequence[str] | None = None,
    swaps: int = 10_000,
    zero: float = float("nan"),
) -> list[Difference]:
    """How `run` differs from `baseline` in every headline figure.

    Args:
        run: Counts of the run.
        baseline: Counts of the baseline, on the same articles in the same order.
        draws: How articles are drawn.
        clusters: For each article the cluster it is drawn with.
        swaps: How often articles change sides for the p-value.
        zero: What 0/0 is.
    """
    one, other = (table.headlines() for table in aligned([run, baseline]))
    ours, theirs = clustered(one, clusters), clustered(other, clusters)
    names = figure_names(one.metrics)
    here = figures(one.metrics, one.counts.sum(axis=0), zero=zero)
    there = figures(one.metrics, other.counts.sum(axis=0), zero=zero)
    samples = resampled(ours, one.metrics, draws, zero=zero) - resampled(theirs, one.metrics, draws, zero=zero)
    bounds = intervals(samples, len(ours), draws.confidence)
    chances = (
        _randomised(ours, theirs, one, seed=draws.seed, swaps=swaps, zero=zero) if len(ours) else [None] * len(names)
    )
    found: list[Difference] = []
    for n, name in enumerate(names):
        delta = float(here[n] - there[n])
        low, high = (bounds[n].low, bounds[n].high) if bounds else (None, None)
        known = not math.isnan(delta)
        found.append(
            Difference(
                figure=name,
                delta=delta if known else None,
                low=low,
                high=high,
                p=chances[n] if known else None,
                outcome=_outcome(name, low, high) if known else "n/a",
                doubtful=bool(bounds) and bounds[n].doubtful,
            )
        )
    return found


def _outcome(figure: str, low: float | None, high: float | None) -> Outcome:
    if low is None or high is None or low <= 0 <= high:
        return "tied"
    return "better" if (low > 0) != lower_is_better(figure) else "worse"


def _randomised(ours: Array, theirs: Array, table: Table, *, seed: int, swaps: int, zero: float) -> list[float | None]:
    """For each figure the share of swaps that part the runs at least as far as they are."""
    generator = np.random.default_rng(seed + 1)
    sum_ours, sum_theirs, step = ours.sum(axis=0), theirs.sum(axis=0), theirs - ours
    seen = np.abs(figures(table.metrics, sum_ours, zero=zero) - figures(table.metrics, sum_theirs, zero=zero))
    beyond = np.zeros(seen.shape)
    block = max(1, _CHUNK_CELLS // max(1, len(ours)))
    left = swaps
    narrow = step.astype(np.float32)
    while left > 0:
        size = min(block, left)
        moved = (generator.integers(0, 2, size=(size, len(ours))).astype(np.float32) @ narrow).astype(np.float64)
        apart = np.abs(
            figures(table.metrics, sum_ours + moved, zero=zero) - figures(table.metrics, sum_theirs - moved, zero=zero)
        )
        # A figure that is undefined after a swap is no evidence for a difference: it counts as far apart.
        beyond += (np.isnan(apart) | (apart >= seen - 1e-12)).sum(axis=0)
        left -= size
    return [(1 + float(count)) / (swaps + 1) for count in beyond]
