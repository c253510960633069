"""The table of counts: one row for each article, a few columns for each metric; figures are made from column sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from llmx.eval.extra import Array, np

Kind = Literal["prf", "rate", "mean", "prf_mean", "sum", "outcomes"]
"""How figures are made: precision, recall and F1; hits over cases; a mean; the mean of several P, R, F1; sums alone."""

_LOWER_IS_BETTER = (
    *("reliability.failed", "reliability.missing", "reliability.reasked", "reliability.with_rejections"),
    *("claims.altered", "claims.split_rate", "claims.merge_rate", "cost."),
    *("grounding.rejected", "grounding.contradicted", "grounding.undecided", "grounding.quote_ambiguous"),
)
_BLANC = 8
_KINDS: Mapping[int, Kind] = {1: "sum", 2: "rate", 3: "outcomes", 4: "prf", 8: "prf_mean", 12: "prf_mean"}


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric's columns.

    Attributes:
        name: Such as `events.arg_c`, or `events.arg_c@target` for one label.
        kind: How its figures are made.
        first: Its first column.
        width: How many columns it has.
    """

    name: str
    kind: Kind
    first: int
    width: int

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of its figures: `NAME.p`, `NAME.r`, `NAME.f1`, or the name alone; none for sums."""
        if self.kind in ("prf", "prf_mean"):
            return f"{self.name}.p", f"{self.name}.r", f"{self.name}.f1"
        return () if self.kind in ("sum", "outcomes") else (self.name,)

    @property
    def headline(self) -> bool:
        """Whether it is about all labels, not about one."""
        return "@" not in self.name and not self.name.startswith("outcome.")


def lower_is_better(figure: str) -> bool:
    """Whether a smaller value of the figure is the better one."""
    return figure.startswith(_LOWER_IS_BETTER)


def kind_of(name: str, width: int) -> Kind:
    """The kind of a metric of `width` columns."""
    return "mean" if name.startswith("cost.") else _KINDS[width]


@dataclass(frozen=True)
class Table:
    """Counts of one run: rows are articles, columns belong to metrics.

    Attributes:
        ids: The articles, in the order of the rows.
        metrics: The metrics, in the order of their columns.
        counts: The matrix.
    """

    ids: tuple[str, ...]
    metrics: tuple[Metric, ...]
    counts: Array

    def metric(self, name: str) -> Metric | None:
        """The metric of that name, or `None`."""
        return next((metric for metric in self.metrics if metric.name == name), None)

    def rows(self, ids: Iterable[str]) -> Table:
        """The table of some articles."""
        at = {name: n for n, name in enumerate(self.ids)}
        kept = [at[name] for name in ids if name in at]
        return Table(tuple(self.ids[n] for n in kept), self.metrics, self.counts[kept])

    def headlines(self) -> Table:
        """The table without the columns of single labels."""
        kept = [metric for metric in self.metrics if metric.headline]
        columns = [c for metric in kept for c in range(metric.first, metric.first + metric.width)]
        moved: list[Metric] = []
        at = 0
        for metric in kept:
            moved.append(Metric(metric.name, metric.kind, at, metric.width))
            at += metric.width
        return Table(self.ids, tuple(moved), self.counts[:, columns])


def table_of(ids: Sequence[str], counts: Sequence[Mapping[str, Sequence[float]]]) -> Table:
    """The table of the articles' counts; a metric that an article lacks counts nothing there."""
    widths: dict[str, int] = {}
    for row in counts:
        for name, columns in row.items():
            widths.setdefault(name, len(columns))
    metrics: list[Metric] = []
    first = 0
    for name in sorted(widths):
        metrics.append(Metric(name, kind_of(name, widths[name]), first, widths[name]))
        first += widths[name]
    matrix = np.zeros((len(ids), first))
    place = {metric.name: metric.first for metric in metrics}
    for n, row in enumerate(counts):
        for name, columns in row.items():
            start = place[name]
            matrix[n, start : start + len(columns)] = columns
    return Table(tuple(ids), tuple(metrics), matrix)


def aligned(tables: Sequence[Table]) -> list[Table]:
    """The tables with the same metrics in the same columns, so that runs can be compared."""
    widths = {metric.name: metric for table in tables for metric in table.metrics}
    names = sorted(widths)
    metrics: list[Metric] = []
    first = 0
    for name in names:
        metrics.append(Metric(name, widths[name].kind, first, widths[name].width))
        first += widths[name].width
    made: list[Table] = []
    for table in tables:
        held = {metric.name: metric for metric in table.metrics}
        matrix = np.zeros((len(table.ids), first))
        for metric in metrics:
            own = held.get(metric.name)
            if own is not None:
                matrix[:, metric.first : metric.first + metric.width] = table.counts[
                    :, own.first : own.first + own.width
                ]
        made.append(Table(table.ids, tuple(metrics), matrix))
    return made


def figure_names(metrics: Iterable[Metric]) -> list[str]:
    """The names of all figures, in the order that `figures` gives their values."""
    return [name for metric in metrics for name in metric.figures]


def figures(metrics: Sequence[Metric], sums: Array, *, zero: float = float("nan")) -> Array:
    """The figures made from column sums.

    Args:
        metrics: The metrics whose columns `sums` has.
        sums: Column sums; the last axis is the columns, any axes before it are kept.
        zero: What 0/0 is; not a number by default.

    Returns:
        An array whose last axis is the figures, in the order of `figure_names`.
    """
    parts: list[Array] = []
    for metric in metrics:
        own = sums[..., metric.first : metric.first + metric.width]
        if metric.kind == "prf":
            parts.extend(_prf(own, zero))
        elif metric.kind == "prf_mean":
            # BLANC leaves out a kind of link that neither side has; the CoNLL average takes 0 for it if asked to.
            undefined = float("nan") if metric.width == _BLANC else zero
            groups = [_prf(own[..., at : at + 4], undefined) for at in range(0, metric.width, 4)]
            parts.extend(_mean_of(column) for column in zip(*groups, strict=True))
        elif metric.kind in ("rate", "mean"):
            parts.append(_ratio(own[..., 0], own[..., 1], zero))
    if not parts:
        return np.zeros((*sums.shape[:-1], 0))
    return np.stack(parts, axis=-1)


def _mean_of(column: Sequence[Array]) -> Array:
    """The mean of those that are defined."""
    known = [~np.isnan(part) for part in column]
    total = sum((np.nan_to_num(part) for part in column), np.zeros_like(column[0]))
    number = sum((part.astype(np.float64) for part in known), np.zeros_like(column[0]))
    return np.where(number > 0, total / np.where(number > 0, number, 1.0), np.nan)


def _prf(own: Array, zero: float) -> tuple[Array, Array, Array]:
    precision = _ratio(own[..., 0], own[..., 1], zero)
    recall = _ratio(own[..., 2], own[..., 3], zero)
    # As one ratio F1 stays defined where only one of P and R is: no prediction at all scores 0, not nothing.
    credit_p, credit_r, n_p, n_g = own[..., 0], own[..., 2], own[..., 1], own[..., 3]
    same = _ratio(2 * credit_p, n_p + n_g, zero)
    both = np.nan_to_num(precision) + np.nan_to_num(recall)
    harmonic = np.where(
        both > 0, 2 * np.nan_to_num(precision) * np.nan_to_num(recall) / np.where(both > 0, both, 1.0), 0.0
    )
    f1 = np.where(credit_p == credit_r, same, np.where(n_p + n_g > 0, harmonic, zero))
    return precision, recall, f1


def _ratio(above: Array, below: Array, zero: float) -> Array:
    safe = np.where(below > 0, below, 1.0)
    return np.where(below > 0, above / safe, zero)
