"""Repeats: several runs of one thing, and how far they agree.

Runs called `NAME#1`, `NAME#2` … belong together. A gold item is *flaky* when some of the runs got it right and others
did not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import mean, stdev
from typing import Any

from llmx.eval.outcome import RunResult

_BASES = ("events.trigger_c", "events.type_c", "events.arg_c", "attributions.exact", "claims.unaltered")


def repeats_of(runs: Sequence[RunResult]) -> dict[str, dict[str, Any]]:
    """For each name with several runs: their figures' mean and standard deviation, and the share of flaky items."""
    groups: dict[str, list[RunResult]] = {}
    for run in runs:
        name, mark, number = run.name.rpartition("#")
        if mark and number.isdigit():
            groups.setdefault(name, []).append(run)
    return {name: _spread(group) for name, group in groups.items() if len(group) > 1}


def _spread(runs: Sequence[RunResult]) -> dict[str, Any]:
    figures: dict[str, dict[str, float | None]] = {}
    for name in runs[0].figures:
        if "@" in name:
            continue
        values = [figure.value for run in runs if (figure := run.figures.get(name)) and figure.value is not None]
        known = len(values) == len(runs)
        figures[name] = {"mean": mean(values) if known else None, "sd": stdev(values) if known else None}
    flaky, items = _flaky(runs)
    return {"runs": len(runs), "figures": figures, "flaky": flaky / items if items else 0.0, "flaky_items": flaky}


def _flaky(runs: Sequence[RunResult]) -> tuple[int, int]:
    """Gold items that some runs missed and others did not, and all gold items."""
    missed: Counter[tuple[Any, ...]] = Counter()
    for run in runs:
        missed.update({_item(article, row) for article, rows in run.mistakes.items() for row in rows if _is_gold(row)})
    flaky = sum(1 for count in missed.values() if count < len(runs))
    first = runs[0].table
    with_trigger = first.metric("events.trigger_c") is not None
    bases = [name for name in _BASES if not (name == "events.type_c" and with_trigger)]
    total = sum(first.counts[:, m.first + 3].sum() for name in bases if (m := first.metric(name)))
    return flaky, int(total)


def _is_gold(row: Mapping[str, Any]) -> bool:
    return row.get("gold") is not None


def _item(article: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    span = row.get("gold_span")
    label = str(row["label"]).partition(" → ")[0]
    return article, row["family"], row["gold"], label, tuple(span) if span else None
