"""Intervals: articles, or clusters of articles, are drawn anew with replacement, and the figures made anew from sums.

The percentile bootstrap: draw n of n, sum the rows drawn, make the figures, and take the quantiles. One matrix product
does all metrics at once. Source: Efron and Tibshirani (1993), chapters 13 and 16.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from llmx.eval.extra import Array, Narrow, np
from llmx.eval.statistics.table import Metric, Table, figures

_CHUNK_CELLS = 4_000_000
_FEW = 20
_UNDEFINED_SHARE = 0.01


@dataclass(frozen=True, kw_only=True)
class Draws:
    """How articles are drawn.

    Attributes:
        resamples: How often; 0 for no intervals.
        seed: Of the generator: the same seed gives the same intervals.
        confidence: Share of the resamples inside the interval.
    """

    resamples: int = 2000
    seed: int = 0
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of a figure.

    Attributes:
        low: Lower end; `None` where it is not defined.
        high: Upper end.
        doubtful: Whether it rests on fewer than 20 units, or the figure was undefined in over 1 % of the resamples.
    """

    low: float | None
    high: float | None
    doubtful: bool = False


def weights(units: int, draws: Draws) -> Iterator[Narrow]:
    """How often each unit is drawn, in blocks of resamples: the same for every table of as many units."""
    generator = np.random.default_rng(draws.seed)
    left = draws.resamples
    block = max(1, _CHUNK_CELLS // max(1, units))
    while left > 0:
        size = min(block, left)
        picked = generator.integers(0, units, size=(size, units))
        picked += np.arange(size)[:, None] * units
        yield np.bincount(picked.ravel(), minlength=size * units).reshape(size, units).astype(np.float32)
        left -= size


def clustered(table: Table, clusters: Sequence[str] | None) -> Array:
    """The rows that are drawn: the articles', or the sums of each cluster's articles."""
    if clusters is None:
        return table.counts
    names = {name: n for n, name in enumerate(dict.fromkeys(clusters))}
    grouped = np.zeros((len(names), table.counts.shape[1]))
    np.add.at(grouped, [names[name] for name in clusters], table.counts)
    return grouped


def resampled(rows: Array, metrics: Sequence[Metric], draws: Draws, *, zero: float = float("nan")) -> Array:
    """The figures of every resample: one row each."""
    if not len(rows):
        return np.zeros((0, 0))
    exact = rows.astype(np.float32)
    blocks = [figures(metrics, (drawn @ exact).astype(np.float64), zero=zero) for drawn in weights(len(rows), draws)]
    return np.concatenate(blocks, axis=0)


def intervals(samples: Array, units: int, confidence: float) -> list[Interval]:
    """The percentile interval of each column of resampled figures."""
    if not samples.size:
        return [Interval(None, None, doubtful=True)] * (samples.shape[1] if samples.ndim > 1 else 0)
    tail = (1 - confidence) / 2
    undefined = np.isnan(samples).mean(axis=0)
    ordered = np.sort(samples, axis=0)
    found: list[Interval] = []
    for column in range(samples.shape[1]):
        known = round(samples.shape[0] * (1 - float(undefined[column])))
        if known == 0:
            found.append(Interval(None, None, doubtful=True))
            continue
        low, high = _quantile(ordered[:known, column], tail), _quantile(ordered[:known, column], 1 - tail)
        found.append(Interval(low, high, doubtful=units < _FEW or float(undefined[column]) > _UNDEFINED_SHARE))
    return found


def _quantile(ordered: Array, share: float) -> float:
    """The quantile of sorted values, between neighbours by their distance."""
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (at - below) * (ordered[above] - ordered[below]))
