"""`eval.json`: an evaluation as it is saved, so that it can be judged, drawn and compared again without the model."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast

from llmx.errors import GoldError
from llmx.eval.evaluation import difference
from llmx.eval.extra import np
from llmx.eval.gates import Check, Verdict
from llmx.eval.gold.case import Case
from llmx.eval.outcome import EvalSettings, Evaluation, Figure, RunResult, SliceFigure
from llmx.eval.statistics.bootstrap import Draws
from llmx.eval.statistics.calibration import Bin, Calibration
from llmx.eval.statistics.paired import Difference
from llmx.eval.statistics.table import Metric, Table

EVAL_SCHEMA = "eval/v1"

Fields = Mapping[str, Any]


def to_json(evaluation: Evaluation, *, verdict: Fields | None = None, text: bool = True) -> str:
    """The evaluation as JSON.

    Args:
        evaluation: What to save.
        verdict: What gates said, for the record; they can be judged anew.
        text: Whether the articles' texts are saved too.
    """
    shape = to_dict(evaluation, text=text)
    if verdict is not None:
        shape["verdict"] = dict(verdict)
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":"), default=str)


def to_dict(evaluation: Evaluation, *, text: bool = True) -> dict[str, Any]:
    """The evaluation as plain values."""
    return {
        "schema": EVAL_SCHEMA,
        "llmx": evaluation.version,
        "gold": dict(evaluation.gold),
        "settings": dict(evaluation.settings),
        "articles": [
            {key: value for key, value in article.items() if text or key != "text"} for article in evaluation.articles
        ],
        "runs": [_run_out(run) for run in evaluation.runs],
        "differences": {name: [asdict(one) for one in rows] for name, rows in evaluation.differences.items()},
        "slices": [
            {
                "key": part.key,
                "value": part.value,
                "run": part.run,
                "articles": part.articles,
                "figures": _figures_out(part.figures),
            }
            for part in evaluation.slices
        ],
        "repeats": evaluation.repeats,
    }


def _figures_out(figures: Mapping[str, Figure]) -> dict[str, dict[str, Any]]:
    return {name: asdict(figure) for name, figure in figures.items()}


def _run_out(run: RunResult) -> dict[str, Any]:
    return {
        "name": run.name,
        "source": run.source,
        "sha256": run.sha256,
        "provenance": dict(run.provenance),
        "status": dict(run.status),
        "figures": _figures_out(run.figures),
        "counts": {
            "articles": list(run.table.ids),
            "metrics": [asdict(metric) for metric in run.table.metrics],
            "rows": [[_short(cell) for cell in row] for row in run.table.counts.tolist()],
        },
        "confusions": {
            name: [[gold, pred, count] for (gold, pred), count in sorted(cells.items())]
            for name, cells in run.confusions.items()
        },
        "mistakes": run.mistakes,
        "pairs": run.pairs,
        "layers": run.layers,
        "rejections": run.rejections,
        "calibration": asdict(run.calibration) if run.calibration else None,
        "skipped": list(run.skipped),
        "extra": list(run.extra),
        "notes": dict(run.notes),
    }


def _short(cell: float) -> float | int:
    return int(cell) if cell == int(cell) else round(cell, 12)


def read_evaluation(path: Path) -> Evaluation:
    """Read an `eval.json`.

    Raises:
        GoldError: It is none, or of an unknown version.
    """
    try:
        shape = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: cannot be read as JSON: {error}") from error
    fields = cast("Fields", shape if isinstance(shape, dict) else {})
    if fields.get("schema") != EVAL_SCHEMA:
        raise GoldError(f"{path}: schema {fields.get('schema')!r}: this llmx reads {EVAL_SCHEMA}")
    try:
        return from_dict(fields)
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError(f"{path}: not a readable {EVAL_SCHEMA}: {error!r}") from error


def read_verdict(path: Path) -> Verdict | None:
    """What gates said when the evaluation was saved; `None` where it was not judged."""
    held = json.loads(path.read_text(encoding="utf-8")).get("verdict")
    return None if held is None else Verdict(tuple(Check(**check) for check in held["checks"]))


def from_dict(shape: Fields) -> Evaluation:
    """The evaluation that `to_dict` gave."""
    return Evaluation(
        gold=shape["gold"],
        articles=tuple(shape["articles"]),
        settings=shape["settings"],
        runs=tuple(_run_in(run) for run in shape["runs"]),
        differences={name: [Difference(**row) for row in rows] for name, rows in shape["differences"].items()},
        slices=tuple(_slice_in(part) for part in shape["slices"]),
        repeats=shape["repeats"],
        version=shape["llmx"],
    )


def _slice_in(part: Fields) -> SliceFigure:
    fields: dict[str, Any] = {**part, "figures": _figures_in(part["figures"])}
    return SliceFigure(**fields)


def _figures_in(figures: Mapping[str, Fields]) -> dict[str, Figure]:
    return {name: Figure(**figure) for name, figure in figures.items()}


def _run_in(run: Fields) -> RunResult:
    counts = cast("Fields", run["counts"])
    metrics = tuple(Metric(**metric) for metric in counts["metrics"])
    rows = cast("Sequence[Sequence[float]]", counts["rows"])
    width = max((metric.first + metric.width for metric in metrics), default=0)
    table = Table(
        tuple(counts["articles"]), metrics, np.array(rows, dtype=np.float64).reshape(len(rows), -1 if rows else width)
    )
    return RunResult(
        name=run["name"],
        source=run["source"],
        sha256=run["sha256"],
        provenance=run["provenance"],
        status=run["status"],
        table=table,
        figures=_figures_in(run["figures"]),
        confusions={
            name: {(gold, pred): count for gold, pred, count in cells} for name, cells in run["confusions"].items()
        },
        mistakes=run["mistakes"],
        pairs=run["pairs"],
        layers=run["layers"],
        rejections=run["rejections"],
        calibration=_calibration_in(run["calibration"]),
        skipped=tuple(run["skipped"]),
        extra=tuple(run["extra"]),
        notes=run["notes"],
    )


def _calibration_in(shape: Fields | None) -> Calibration | None:
    if shape is None:
        return None
    bins = tuple(Bin(**one) for one in shape["bins"])
    fields: dict[str, Any] = {**shape, "bins": bins, "risk": tuple((x, y) for x, y in shape["risk"])}
    return Calibration(**fields)


def join(before: Evaluation, after: Evaluation) -> Evaluation:
    """Two evaluations of one gold set as one, the runs of `before` first and its last run the baseline.

    Raises:
        GoldError: They were made with different gold.
    """
    if before.gold.get("sha256") != after.gold.get("sha256"):
        raise GoldError("the two evaluations were made with different gold: score both runs against the same file")
    taken = {run.name for run in before.runs}
    renamed = tuple(replace(run, name=f"{run.name} (after)") if run.name in taken else run for run in after.runs)
    base = before.runs[-1]
    settings = {**before.settings, "baseline": base.name}
    cases = [Case(id=one["id"], text="", sha256="", lists={}, meta=one.get("meta") or {}) for one in before.articles]
    chosen = EvalSettings(
        draws=Draws(
            resamples=int(settings["resamples"]), seed=int(settings["seed"]), confidence=float(settings["confidence"])
        ),
        zero=before.settings.get("zero"),
        cluster=before.settings.get("cluster"),
    )
    return replace(
        before,
        settings=settings,
        runs=(*before.runs, *renamed),
        differences={run.name: difference(run, base, cases, chosen) for run in (*before.runs[:-1], *renamed)},
        slices=(),
        repeats={},
    )
