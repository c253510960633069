"""Derived figures: what is no ratio of sums over articles, and is therefore told without an interval."""

from __future__ import annotations

import math
from collections.abc import Mapping

from llmx.eval.extra import np
from llmx.eval.statistics.table import Metric, Table, figures

_SHARES = (("p50", 50), ("p95", 95))


def derived_figures(table: Table) -> dict[str, tuple[float | None, float]]:
    """Name -> value and number of cases.

    `NAME.macro_doc_f1` is the plain mean over articles, `NAME.macro_f1` over labels, `NAME.weighted_f1` over labels by
    how often gold has them; undefined ones are left out. `cost.seconds_p50` and `_p95` are percentiles over articles,
    and `cost.usd_per_filler` the whole cost over right fillers.
    """
    found: dict[str, tuple[float | None, float]] = {}
    labels: dict[str, list[Metric]] = {}
    for metric in table.metrics:
        base, mark, _ = metric.name.partition("@")
        if mark and metric.kind == "prf":
            labels.setdefault(base, []).append(metric)
        elif metric.kind == "prf" and metric.headline:
            values = [float(v) for v in figures([metric], table.counts)[:, 2].tolist() if not math.isnan(v)]
            found[f"{metric.name}.macro_doc_f1"] = (_mean(values), len(values))
    for base, parts in labels.items():
        found.update(_by_label(base, parts, table))
    found.update(_costs(table))
    return found


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _by_label(base: str, parts: list[Metric], table: Table) -> Mapping[str, tuple[float | None, float]]:
    sums = table.counts.sum(axis=0)
    known = [
        (value, float(sums[part.first + 3]))
        for part in parts
        if not math.isnan(value := float(figures([part], sums)[2]))
    ]
    wanted = sum(n for _, n in known)
    weighted = sum(value * n for value, n in known) / wanted if wanted else None
    return {
        f"{base}.macro_f1": (_mean([value for value, _ in known]), len(known)),
        f"{base}.weighted_f1": (weighted, wanted),
    }


def _costs(table: Table) -> dict[str, tuple[float | None, float]]:
    found: dict[str, tuple[float | None, float]] = {}
    seconds, cost, fillers = (table.metric(f"{name}") for name in ("cost.seconds", "cost.usd", "events.filler"))
    if seconds is not None:
        column = table.counts[:, seconds.first][table.counts[:, seconds.first + 1] > 0]
        for name, share in _SHARES:
            value = float(np.percentile(column, share)) if len(column) else None
            found[f"cost.seconds_{name}"] = (value, len(column))
    if cost is not None and fillers is not None:
        spent, right = float(table.counts[:, cost.first].sum()), float(table.counts[:, fillers.first].sum())
        found["cost.usd_per_filler"] = (spent / right if right else None, right)
    return found
