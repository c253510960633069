"""The table that the terminal shows."""

from __future__ import annotations

from collections.abc import Sequence

from llmx.eval.gates import Verdict
from llmx.eval.outcome import Evaluation, RunResult
from llmx.eval.report.rows import Row, mistakes_by_kind, rows_of, show_delta, show_interval, show_value

_GAP = "  "


def to_text(evaluation: Evaluation, verdict: Verdict | None = None, *, errors: int = 0) -> str:
    """The evaluation as text.

    Args:
        evaluation: What to show.
        verdict: What its gates said.
        errors: How many single mistakes to list.
    """
    base = evaluation.baseline
    others = [run for run in evaluation.runs if base is not None and run is not base]
    lines = [_headline(evaluation), *_states(evaluation), ""]
    table = [_header(evaluation, others)]
    section = ""
    for row in rows_of(evaluation, brief=True):
        shown = row.section if row.section != section else ""
        section = row.section
        table.append([shown, row.label, *_cells(row, evaluation, others)])
    lines.extend(_aligned(table))
    lines.extend(_notes(evaluation))
    lines.extend(_slices(evaluation))
    lines.extend(_repeats(evaluation))
    lines.extend(_errors(evaluation, errors))
    if verdict is not None:
        lines.extend(_verdict(verdict))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _headline(evaluation: Evaluation) -> str:
    settings = evaluation.settings
    runs = ", ".join(f"{run.name}={run.provenance.get('model', '?')}" for run in evaluation.runs)
    drawn = f"seed {settings.get('seed')}, {settings.get('resamples')} resamples"
    return (
        f"llmx eval  gold: {evaluation.gold.get('source')} ({len(evaluation.articles)} articles)  runs: {runs}  {drawn}"
    )


def _states(evaluation: Evaluation) -> list[str]:
    lines: list[str] = []
    for run in evaluation.runs:
        total = len(evaluation.articles)
        failed = sum(1 for status in run.status.values() if status != "ok")
        if run.skipped:
            lines.append(
                f"{run.name}: coverage {len(run.status)}/{total}: {len(run.skipped)} failed articles are left out"
            )
        elif failed:
            lines.append(f"{run.name}: coverage {total - failed}/{total}: {failed} failed or missing, counted as empty")
        if run.extra:
            lines.append(f"{run.name}: {len(run.extra)} articles are not in gold and are not scored")
    return lines


def _header(evaluation: Evaluation, others: Sequence[RunResult]) -> list[str]:
    cells = ["", ""]
    for run in evaluation.runs:
        cells.extend([run.name, "", "P / R" if len(evaluation.runs) == 1 else ""])
    for run in others:
        cells.extend([f"Δ {run.name}", "", ""])
    return cells


def _cells(row: Row, evaluation: Evaluation, others: Sequence[RunResult]) -> list[str]:
    cells: list[str] = []
    for run in evaluation.runs:
        figure = run.figures.get(row.figure)
        parts = " / ".join(show_value(row, run.figures.get(part)) for part in row.parts)
        count = f"n={figure.n:g}" if figure is not None else ""
        beside = f"{parts}  {count}" if len(evaluation.runs) == 1 else count
        cells.extend([show_value(row, figure), show_interval(row, figure), beside.strip()])
    for run in others:
        found = {one.figure: one for one in evaluation.differences.get(run.name, ())}
        cells.extend(show_delta(row, found.get(row.figure)))
    return cells


def _aligned(table: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    return [_GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table]


def _notes(evaluation: Evaluation) -> list[str]:
    lines: list[str] = []
    for run in evaluation.runs:
        said = [f"{count} {name.replace('_', ' ')}" for name, count in run.notes.items() if count]
        if said:
            lines.append(f"{run.name}: {' · '.join(said)}")
    if any(figure.doubtful for run in evaluation.runs for figure in run.figures.values() if figure.value is not None):
        lines.append("! the interval rests on fewer than 20 articles, or is undefined in over 1 % of the resamples")
    return ["", *lines] if lines else []


def _slices(evaluation: Evaluation) -> list[str]:
    rows = [row for row in rows_of(evaluation, brief=True) if row.name in _SLICED]
    if not evaluation.slices or not rows:
        return []
    table = [["slice", "run", "articles", *(row.label for row in rows)]]
    for part in evaluation.slices:
        cells = [
            f"{show_value(row, part.figures.get(row.figure))} {show_interval(row, part.figures.get(row.figure))}"
            for row in rows
        ]
        table.append([f"{part.key}={part.value}", part.run, str(part.articles), *cells])
    return ["", *_aligned(table)]


_SLICED = ("events.trigger_c", "events.arg_c", "events.template", "attributions.content_overlap", "claims.claim")


def _repeats(evaluation: Evaluation) -> list[str]:
    lines: list[str] = []
    for name, told in evaluation.repeats.items():
        lines.append(f"{name}: {told['runs']} runs, {100 * told['flaky']:.1f} % of gold items flaky")
        for figure, spread in told["figures"].items():
            if spread["mean"] is not None and figure in _SPREAD:
                lines.append(f"  {figure}  {100 * spread['mean']:.1f} ± {100 * spread['sd']:.1f} between runs")
    return ["", *lines] if lines else []


_SPREAD = tuple(f"{name}.f1" for name in _SLICED)


def _errors(evaluation: Evaluation, errors: int) -> list[str]:
    lines: list[str] = []
    for run in evaluation.runs:
        counts = mistakes_by_kind(run.mistakes)
        if counts:
            lines.append(f"{run.name}: " + " · ".join(f"{kind} {count}" for kind, count in counts.items()))
        left = errors
        for article, rows in run.mistakes.items():
            for row in rows[: max(0, left)]:
                place = row.get("gold_span") or row.get("pred_span")
                lines.append(f"  {article} {place}: {row['family']} {row['kind']} {row['label']} {row['detail']}")
            left -= len(rows)
    return ["", *lines] if lines else []


def _verdict(verdict: Verdict) -> list[str]:
    lines = [
        f"{check.status:5} {check.kind} [{check.run}] {check.text}: {check.detail}"
        for check in verdict.checks
        if check.kind != "enough" or check.status != "pass"
    ]
    return ["", *lines, f"exit {verdict.exit_code}"]
