"""Rows: the figures of an evaluation in the order of reports, with their names and how they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from llmx.eval.metrics.catalog import CATALOG
from llmx.eval.outcome import Evaluation, Figure
from llmx.eval.statistics.paired import Difference

_PRESET_PREFIXES = ("textee.", "ceaf_ree.", "ceaf_rme.", "nervaluate.", "citron.", "conll.")
_COUNTED = ("cost.",)
_SMALLEST = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One metric of a report.

    Attributes:
        section: Its family.
        name: The metric's name.
        label: What reports call it.
        figure: The figure that stands for it.
        parts: Precision and recall beside an F1; empty otherwise.
        brief: Whether short reports show it.
    """

    section: str
    name: str
    label: str
    figure: str
    parts: tuple[str, ...] = ()
    brief: bool = True

    @property
    def is_share(self) -> bool:
        """Whether it lies between 0 and 1, and is written in percent."""
        return not self.name.startswith(_COUNTED)


def rows_of(evaluation: Evaluation, *, brief: bool = False) -> list[Row]:
    """The rows that at least one run has a figure for, in the order of the catalogue; then fields and presets."""
    held = {name for run in evaluation.runs for name in run.figures}
    rows = [
        Row(
            section=entry.section,
            name=entry.name,
            label=entry.label,
            figure=entry.headline,
            parts=(f"{entry.name}.p", f"{entry.name}.r") if entry.kind == "prf" else (),
            brief=entry.brief,
        )
        for entry in CATALOG
        if entry.headline in held and (entry.brief or not brief)
    ]
    known = {row.figure for row in rows} | {entry.headline for entry in CATALOG}
    own = sorted(
        name
        for name in held
        if name.endswith(".f1")
        and "@" not in name
        and name not in known
        and name.startswith(("fields.", *_PRESET_PREFIXES))
    )
    rows.extend(_named(name.removesuffix(".f1")) for name in own)
    return rows


def label_rows(evaluation: Evaluation) -> list[Row]:
    """The rows of single labels: types, roles, reasons."""
    held = sorted({name for run in evaluation.runs for name in run.figures if "@" in name and name.endswith(".f1")})
    return [_named(name.removesuffix(".f1")) for name in held]


def _named(metric: str) -> Row:
    section, _, label = metric.partition(".")
    return Row(section=section, name=metric, label=label, figure=f"{metric}.f1", parts=(f"{metric}.p", f"{metric}.r"))


def show_value(row: Row, figure: Figure | None) -> str:
    """The figure as reports write it: in percent, or as it is; `n/a` where it is not defined."""
    if figure is None or figure.value is None:
        return "n/a"
    if row.is_share:
        return f"{100 * figure.value:.1f}"
    return f"{figure.value:.4g}"


def show_interval(row: Row, figure: Figure | None) -> str:
    """The interval as reports write it, with `!` where it rests on few articles; empty where there is none."""
    if figure is None or figure.value is None or figure.low is None or figure.high is None:
        return ""
    scale, form = (100.0, ".1f") if row.is_share else (1.0, ".4g")
    return f"[{scale * figure.low:{form}}, {scale * figure.high:{form}}]{'!' if figure.doubtful else ''}"


def show_delta(row: Row, difference: Difference | None) -> tuple[str, str, str]:
    """A difference as reports write it: itself, its interval, and p with the outcome."""
    if difference is None or difference.delta is None:
        return "n/a", "", ""
    scale, form = (100.0, "+.1f") if row.is_share else (1.0, "+.4g")
    interval = ""
    if difference.low is not None and difference.high is not None:
        mark = "!" if difference.doubtful else ""
        interval = f"[{scale * difference.low:{form}}, {scale * difference.high:{form}}]{mark}"
    chance = "" if difference.p is None else f"p {_chance(difference.p)} "
    return f"{scale * difference.delta:{form}}", interval, f"{chance}{difference.outcome}"


def _chance(p: float) -> str:
    return "<.001" if p < _SMALLEST else f"{p:.3f}".removeprefix("0")


def mistakes_by_kind(mistakes: Mapping[str, Sequence[Mapping[str, object]]]) -> dict[str, int]:
    """How many mistakes there are of each kind, the most frequent first."""
    counts: dict[str, int] = {}
    for rows in mistakes.values():
        for row in rows:
            counts[str(row["kind"])] = counts.get(str(row["kind"]), 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
