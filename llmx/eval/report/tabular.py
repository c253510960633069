"""Figures as CSV: one line for each run and figure."""

from __future__ import annotations

import csv
import io

from llmx.eval.outcome import Evaluation

_HEAD = (
    "run",
    "slice",
    "figure",
    "value",
    "low",
    "high",
    "n",
    "doubtful",
    "delta",
    "delta_low",
    "delta_high",
    "p",
    "outcome",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(evaluation: Evaluation) -> str:
    """All figures of all runs, with intervals, differences from the baseline, and slices."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_HEAD)
    for run in evaluation.runs:
        found = {one.figure: one for one in evaluation.differences.get(run.name, ())}
        for name, figure in run.figures.items():
            other = found.get(name)
            delta = (other.delta, other.low, other.high, other.p, other.outcome) if other else ("",) * 5
            own = (figure.value, figure.low, figure.high, figure.n, int(figure.doubtful))
            table.writerow([safe(run.name), "", safe(name), *map(_cell, own), *map(_cell, delta)])
    for part in evaluation.slices:
        for name, figure in part.figures.items():
            own = (figure.value, figure.low, figure.high, figure.n, int(figure.doubtful))
            place = safe(f"{part.key}={part.value}")
            table.writerow([safe(part.run), place, safe(name), *map(_cell, own), *[""] * 5])
    return out.getvalue()


def _cell(value: object) -> object:
    return "" if value is None else value


def safe(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
