"""The evaluation as one HTML page that needs nothing but itself.

Text from outside (articles, labels, names) is escaped by the template, or travels as JSON and is set as text by the
script; a content security policy forbids every request and every script but the page's own.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from llmx.eval.gates import Verdict
from llmx.eval.outcome import Evaluation, Figure, RunResult
from llmx.eval.report.junit import FAMILY_METRICS, article_scores
from llmx.eval.report.rows import Row, label_rows, rows_of, show_delta, show_interval, show_value
from llmx.eval.statistics.proportions import kappa, macro_f1

_BAR_FROM, _BAR_WIDTH = 5.0, 100.0
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_MOST_LABELS = 40


def to_page(evaluation: Evaluation, verdict: Verdict | None = None, *, text: bool = True) -> str:
    """The page.

    Args:
        evaluation: What to show.
        verdict: What its gates said.
        text: Whether the articles' texts are shown; without them the page holds no words of the articles.
    """
    assets = resources.files("llmx.eval.report")
    style = assets.joinpath("page.css").read_text(encoding="utf-8")
    script = assets.joinpath("page.js").read_text(encoding="utf-8")
    template = Environment(autoescape=True, keep_trailing_newline=True).from_string(
        assets.joinpath("page.html.j2").read_text(encoding="utf-8")
    )
    return template.render(
        **_content(evaluation, verdict),
        # The style and the script are the package's own; the data has every sign escaped that could end its element.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        style_hash=_digest(style),
        script_hash=_digest(script),
        data=Markup(_json(_data(evaluation, text=text))),  # noqa: S704
    )


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), default=str).translate(_UNSAFE)


def _content(evaluation: Evaluation, verdict: Verdict | None) -> dict[str, Any]:
    base = evaluation.baseline
    others = [run for run in evaluation.runs if base is not None and run is not base]
    return {
        "gold": evaluation.gold,
        "settings": evaluation.settings,
        "settings_text": json.dumps(evaluation.settings, ensure_ascii=False, default=str),
        "version": evaluation.version,
        "checks": [] if verdict is None else [check for check in verdict.checks if check.kind != "enough"],
        "runs": [
            {"name": run.name, "source": run.source, "sha256": run.sha256, "made": _made(run)}
            for run in evaluation.runs
        ],
        "compared": [run.name for run in others],
        "baseline": base.name if base is not None else "",
        "changed": bool(others),
        "figures": [_figure_row(row, evaluation, others) for row in rows_of(evaluation)],
        "labels": [
            {"name": row.name, "cells": [_cell(row, run) for run in evaluation.runs]} for row in label_rows(evaluation)
        ],
        "outcomes": _outcomes(evaluation),
        "confusions": [_matrix(run, name, cells) for run in evaluation.runs for name, cells in run.confusions.items()],
    }


def _made(run: RunResult) -> str:
    return json.dumps({key: run.provenance[key] for key in run.provenance if key != "rules"}, default=str)


def _figure_row(row: Row, evaluation: Evaluation, others: Sequence[RunResult]) -> dict[str, Any]:
    deltas: list[dict[str, str]] = []
    for run in others:
        found = {one.figure: one for one in evaluation.differences.get(run.name, ())}
        difference = found.get(row.figure)
        delta, interval, said = show_delta(row, difference)
        outcome = difference.outcome if difference is not None else "n/a"
        deltas.append(
            {"delta": delta, "interval": interval, "said": said, "outcome": "na" if outcome == "n/a" else outcome}
        )
    cells = [_cell(row, run) for run in evaluation.runs]
    return {"section": row.section, "label": row.label, "cells": cells, "deltas": deltas}


def _cell(row: Row, run: RunResult) -> dict[str, Any]:
    figure = run.figures.get(row.figure)
    parts = [show_value(row, run.figures.get(part)) for part in row.parts] or ["", ""]
    return {
        "value": show_value(row, figure),
        "raw": "" if figure is None or figure.value is None else figure.value,
        "interval": show_interval(row, figure),
        "bar": _bar(figure) if row.is_share else None,
        "p": parts[0],
        "r": parts[1],
        "n": "" if figure is None else f"{figure.n:g}",
    }


def _bar(figure: Figure | None) -> dict[str, float] | None:
    if figure is None or figure.value is None or figure.low is None or figure.high is None:
        return None
    low, at, high = (
        round(_BAR_FROM + _BAR_WIDTH * max(0.0, min(1.0, v)), 2) for v in (figure.low, figure.value, figure.high)
    )
    return {"low": low, "at": at, "high": high}


def _outcomes(evaluation: Evaluation) -> list[dict[str, Any]]:
    names = sorted({m.name for run in evaluation.runs for m in run.table.metrics if m.kind == "outcomes"})
    rows: list[dict[str, Any]] = []
    for name in names:
        cells: list[int] = []
        for run in evaluation.runs:
            metric = run.table.metric(name)
            sums = run.table.counts.sum(axis=0) if metric is not None else None
            cells.extend(0 if metric is None or sums is None else int(sums[metric.first + n]) for n in range(3))
        rows.append({"name": name.removeprefix("outcome."), "cells": cells})
    return rows


def _matrix(run: RunResult, name: str, cells: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    weight: dict[str, int] = {}
    for (gold, pred), count in cells.items():
        weight[gold] = weight.get(gold, 0) + count
        weight[pred] = weight.get(pred, 0) + count
    labels = sorted(sorted(weight), key=lambda label: -weight[label])[:_MOST_LABELS]
    agreed, macro = kappa(cells), macro_f1(cells)
    return {
        "run": run.name,
        "name": name,
        "labels": labels,
        "kappa": "n/a" if agreed is None else f"{agreed:.2f}",
        "macro": "n/a" if macro is None else f"{100 * macro:.1f}",
        "rows": [
            {"label": gold, "at": at, "cells": [cells.get((gold, pred), 0) for pred in labels]}
            for at, gold in enumerate(labels)
        ],
    }


def _data(evaluation: Evaluation, *, text: bool) -> dict[str, Any]:
    kept = [{k: v for k, v in one.items() if text or k not in ("text", "title")} for one in evaluation.articles]
    return {
        "articles": kept if text else [{**one, "layer": _bare(one["layer"])} for one in kept],
        "runs": [
            {
                "name": run.name,
                "status": run.status,
                "mistakes": _mistakes(run, text=text),
                "pairs": run.pairs,
                "layers": run.layers if text else {name: _bare(marks) for name, marks in run.layers.items()},
                "rejections": {name: rows for name, rows in run.rejections.items() if rows} if text else {},
                "calibration": None
                if run.calibration is None
                else {
                    "bins": [{"confidence": b.confidence, "right": b.right} for b in run.calibration.bins],
                    "risk": run.calibration.risk,
                },
                "spread": _spread(run),
            }
            for run in evaluation.runs
        ],
        "changes": _changes(evaluation),
    }


def _bare(marks: Sequence[Any]) -> list[Any]:
    """Marks without labels: those of claims are the article's words, or near them."""
    return [[*mark[:4], "", mark[5]] for mark in marks]


def _mistakes(run: RunResult, *, text: bool) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    if text:
        return run.mistakes
    return {name: [{**row, "detail": ""} for row in rows] for name, rows in run.mistakes.items()}


def _spread(run: RunResult) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for name, label in (("cost.usd", "US dollars"), ("cost.seconds", "seconds")):
        metric = run.table.metric(name)
        if metric is not None:
            column = run.table.counts[:, metric.first]
            found[label] = [float(value) for value in column.tolist()] if float(column.max(initial=0)) > 0 else []
    return found


def _changes(evaluation: Evaluation) -> dict[str, list[dict[str, Any]]]:
    base = evaluation.baseline
    if base is None:
        return {}
    families = sorted({name.partition(".")[0] for name in FAMILY_METRICS})
    before = {family: article_scores(base, family) for family in families}
    found: dict[str, list[dict[str, Any]]] = {}
    for run in evaluation.runs:
        if run is base:
            continue
        rows: list[dict[str, Any]] = []
        for family in families:
            for article, after in article_scores(run, family).items():
                was = before[family].get(article)
                if after is not None and was is not None and after != was:
                    rows.append({"id": article, "family": family, "before": was, "after": after, "delta": after - was})
        found[run.name] = sorted(rows, key=lambda row: (-abs(row["delta"]), row["id"], row["family"]))
    return found
