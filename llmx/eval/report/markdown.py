"""The evaluation as Markdown, for a pull request or a page."""

from __future__ import annotations

import re

from llmx.eval.gates import Verdict
from llmx.eval.outcome import Evaluation
from llmx.eval.report.rows import mistakes_by_kind, rows_of, show_delta, show_interval, show_value

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#!~])")


def to_markdown(evaluation: Evaluation, verdict: Verdict | None = None) -> str:
    """The headline table, the differences, the mistakes and the verdict as Markdown; text from outside is escaped."""
    base = evaluation.baseline
    others = [run for run in evaluation.runs if base is not None and run is not base]
    heads = ["metric", *(plain(run.name) for run in evaluation.runs), *(f"Δ {plain(run.name)}" for run in others)]
    lines = [
        "# Evaluation",
        "",
        _made_from(evaluation),
        "",
        _row(heads),
        _row(["---"] + ["---:"] * (len(heads) - 1)),
    ]
    for row in rows_of(evaluation):
        cells = [f"{row.section}: {plain(row.label)}"]
        for run in evaluation.runs:
            figure = run.figures.get(row.figure)
            cells.append(f"{show_value(row, figure)} {plain(show_interval(row, figure))}".strip())
        for run in others:
            found = {one.figure: one for one in evaluation.differences.get(run.name, ())}
            cells.append(plain(" ".join(part for part in show_delta(row, found.get(row.figure)) if part)))
        lines.append(_row(cells))
    for run in evaluation.runs:
        counts = mistakes_by_kind(run.mistakes)
        if counts:
            said = ", ".join(f"{kind} {count}" for kind, count in counts.items())
            lines.extend(["", f"Mistakes of {plain(run.name)}: {said}."])
    if verdict is not None:
        lines.extend(["", "| | check | run | found |", "|---|---|---|---|"])
        lines.extend(_row([c.status, plain(c.text), plain(c.run), plain(c.detail)]) for c in verdict.checks)
        lines.extend(["", f"Exit code {verdict.exit_code}."])
    return "\n".join(lines) + "\n"


def _made_from(evaluation: Evaluation) -> str:
    gold, settings = plain(str(evaluation.gold.get("source"))), evaluation.settings
    drawn = f"Seed {settings.get('seed')}, {settings.get('resamples')} resamples."
    return f"Gold: {gold}, {len(evaluation.articles)} articles. {drawn} In percent."


def plain(text: str) -> str:
    """`text` with every sign that Markdown or HTML gives a meaning escaped, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
