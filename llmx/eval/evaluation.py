"""Evaluate: score one or several runs against gold, and say how sure the figures are and how the runs differ."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, cast

from llmx.errors import ConfigError
from llmx.eval.gold.case import Case
from llmx.eval.gold.reader import digest_of
from llmx.eval.layers import layers_of
from llmx.eval.outcome import EvalSettings, Evaluation, Figure, RunResult, SliceFigure
from llmx.eval.predictions import Run, pair_run
from llmx.eval.presets import PRESETS, score_preset
from llmx.eval.score import ArticleScore, RunScore, confusion_of, score_run
from llmx.eval.statistics.bootstrap import clustered, intervals, resampled
from llmx.eval.statistics.calibration import Calibration, calibrate
from llmx.eval.statistics.derived import derived_figures
from llmx.eval.statistics.paired import Difference, compare
from llmx.eval.statistics.proportions import wilson
from llmx.eval.statistics.repeats import repeats_of
from llmx.eval.statistics.slices import cluster_names, slice_names
from llmx.eval.statistics.table import Metric, Table, figure_names, figures, table_of

_SINGLE = ("reliability.",)


def evaluate(
    cases: Sequence[Case],
    runs: Sequence[Run],
    *,
    settings: EvalSettings | None = None,
    schema: Any = None,
    source: str = "",
    version: str = "",
) -> Evaluation:
    """Score runs against gold.

    Args:
        cases: The gold articles.
        runs: The predictions.
        settings: All that changes a figure beside the data.
        schema: The report class of gold's `report` labels.
        source: Where gold came from.
        version: llmx's version, for the record.

    Raises:
        GoldError: A run does not fit gold.
        ConfigError: A setting names something that is not there.
    """
    chosen = settings or EvalSettings()
    names = [run.name for run in runs]
    if len(set(names)) != len(names):
        raise ConfigError(
            f"two runs are called {max(names, key=names.count)!r}: write --pred NAME=FILE", setting="pred"
        )
    if chosen.baseline is not None and chosen.baseline not in names:
        raise ConfigError(f"no run is called {chosen.baseline!r}: there are {', '.join(names)}", setting="baseline")
    require_known(cases, chosen)
    results = tuple(_result(cases, run, chosen, schema) for run in runs)
    return Evaluation(
        gold={
            "source": source,
            "sha256": digest_of(cases),
            "articles": len(cases),
            "annotators": sorted({case.annotator for case in cases if case.annotator}),
        },
        articles=tuple(_article(case) for case in cases),
        settings=chosen.to_dict(),
        runs=results,
        differences=_differences(cases, results, chosen),
        slices=tuple(_slices(cases, results, chosen)),
        repeats=repeats_of(results),
        version=version,
    )


def require_known(cases: Sequence[Case], settings: EvalSettings) -> None:
    """Refuse presets and slices that do not exist: best asked before articles are extracted at a price.

    Raises:
        ConfigError: A setting names something that is not there.
    """
    for name in settings.presets:
        if name not in PRESETS:
            raise ConfigError(f"no preset is called {name!r}: there are {', '.join(sorted(PRESETS))}", setting="preset")
    for key in settings.slices:
        slice_names(cases, key)


def _article(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "title": case.title,
        "text": case.text,
        "meta": dict(case.meta),
        "layer": layers_of(case.lists),
    }


def _result(cases: Sequence[Case], run: Run, settings: EvalSettings, schema: Any) -> RunResult:
    score = score_run(cases, run, options=settings.options, schema=schema, on_error=settings.on_error)
    paired = {case.id: row for case, row in zip(cases, pair_run(cases, run).predictions, strict=True)}
    counts: list[dict[str, tuple[float, ...]]] = [dict(article.counts) for article in score.articles]
    for name in settings.presets:
        by_id = {case.id: case for case in cases}
        for article, row in zip(score.articles, counts, strict=True):
            row.update(score_preset(name, by_id[article.id], paired[article.id]))
    table = _of_families(table_of([article.id for article in score.articles], counts), settings.families)
    kept = {article.id for article in score.articles}
    return RunResult(
        name=run.name,
        source=run.source,
        sha256=run.sha256,
        provenance=run.provenance,
        status={article.id: article.status for article in score.articles},
        table=table,
        figures={
            **run_figures(table, settings, clusters=_clusters(cases, kept, settings)),
            **{name: Figure(value=value, n=n) for name, (value, n) in derived_figures(table).items()},
        },
        confusions=confusion_of(score.articles),
        mistakes={a.id: [m.to_dict() for m in a.mistakes] for a in score.articles if a.mistakes},
        pairs={a.id: dict(a.pairs) for a in score.articles},
        layers={case.id: layers_of(paired[case.id].report) for case in cases if case.id in kept},
        rejections={case.id: list(paired[case.id].row.get("rejections") or ()) for case in cases if case.id in kept},
        calibration=_calibration(score, {name: row.report for name, row in paired.items()}, run),
        skipped=score.skipped,
        extra=score.extra,
        notes=_notes(score.articles),
    )


def _of_families(table: Table, families: Sequence[str]) -> Table:
    if not families:
        return table
    wanted = {"outcome" if name == "fields" else name for name in families} | set(families)
    kept = [metric for metric in table.metrics if metric.name.split(".")[0] in wanted]
    return Table(table.ids, tuple(kept), table.counts)


def _notes(articles: Sequence[ArticleScore]) -> dict[str, int]:
    return {
        "correctly_empty": sum(1 for a in articles if a.empty),
        "out_of_scope": sum(a.out_of_scope for a in articles),
        "duplicates_removed": sum(a.duplicates for a in articles),
    }


def _clusters(cases: Sequence[Case], kept: set[str], settings: EvalSettings) -> list[str] | None:
    if settings.cluster is None:
        return None
    return cluster_names([case for case in cases if case.id in kept], settings.cluster)


def run_figures(table: Table, settings: EvalSettings, *, clusters: Sequence[str] | None = None) -> dict[str, Figure]:
    """Every figure of a table, with its interval; rates of articles have Wilson's."""
    zero = math.nan if settings.zero is None else settings.zero
    names = figure_names(table.metrics)
    sums = table.counts.sum(axis=0)
    values = figures(table.metrics, sums, zero=zero)
    rows = clustered(table, clusters)
    bounds = (
        intervals(resampled(rows, table.metrics, settings.draws, zero=zero), len(rows), settings.draws.confidence)
        if settings.draws.resamples and len(rows)
        else []
    )
    found: dict[str, Figure] = {}
    at = 0
    for metric in table.metrics:
        for _ in metric.figures:
            value = float(values[at])
            bound = bounds[at] if bounds else None
            low, high = (bound.low, bound.high) if bound else (None, None)
            if metric.name.startswith(_SINGLE) and metric.kind == "rate":
                hits, cases = float(sums[metric.first]), float(sums[metric.first + 1])
                low, high = wilson(hits, cases, settings.draws.confidence) or (None, None)
            found[names[at]] = Figure(
                value=None if math.isnan(value) else value,
                n=_behind(metric, sums),
                low=low,
                high=high,
                doubtful=bound is not None and bound.doubtful,
            )
            at += 1
    return found


def _behind(metric: Metric, sums: Any) -> float:
    """How many gold items, or cases, a metric rests on."""
    return float(sums[metric.first + (3 if metric.kind in ("prf", "prf_mean") else 1)])


def _differences(
    cases: Sequence[Case], results: Sequence[RunResult], settings: EvalSettings
) -> dict[str, Sequence[Difference]]:
    if len(results) < 2:  # noqa: PLR2004 - two make a comparison
        return {}
    base = next((run for run in results if run.name == settings.baseline), results[0])
    return {run.name: difference(run, base, cases, settings) for run in results if run is not base}


def difference(run: RunResult, base: RunResult, cases: Sequence[Case], settings: EvalSettings) -> Sequence[Difference]:
    """How a run differs from another on the articles that both were scored on."""
    held = set(base.table.ids)
    both = [name for name in run.table.ids if name in held]
    clusters = None
    if settings.cluster is not None:
        by_id = {case.id: case for case in cases}
        clusters = cluster_names([by_id[name] for name in both], settings.cluster)
    zero = math.nan if settings.zero is None else settings.zero
    return compare(run.table.rows(both), base.table.rows(both), draws=settings.draws, clusters=clusters, zero=zero)


def _slices(cases: Sequence[Case], results: Sequence[RunResult], settings: EvalSettings) -> list[SliceFigure]:
    found: list[SliceFigure] = []
    for key in settings.slices:
        parts: dict[str, list[str]] = {}
        for case, value in zip(cases, slice_names(cases, key), strict=True):
            parts.setdefault(value, []).append(case.id)
        for value, ids in sorted(parts.items()):
            for run in results:
                table = run.table.rows(ids).headlines()
                figures_ = run_figures(table, settings)
                found.append(SliceFigure(key=key, value=value, run=run.name, articles=len(table.ids), figures=figures_))
    return found


def _calibration(score: RunScore, reports: Mapping[str, Mapping[str, Any]], run: Run) -> Calibration | None:
    """Confidences of the predicted records: their own, or the share of passes that found them."""
    settings = cast("Mapping[str, Any]", run.provenance.get("settings") or {})
    passes = int(settings.get("passes") or 1)
    items: list[tuple[float, bool]] = []
    for article in score.articles:
        wrong = {(m.family, m.pred) for m in article.mistakes if m.pred is not None}
        for name in ("events", "attributions", "claims"):
            if name not in article.pairs:
                continue
            for at, row in enumerate(reports[article.id].get(name) or ()):
                confidence = row.get("confidence")
                if confidence is None and passes > 1 and row.get("support"):
                    confidence = row["support"] / passes
                if confidence is not None:
                    items.append((float(confidence), (name, at) not in wrong))
    return calibrate(items) if items else None
