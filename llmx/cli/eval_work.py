"""What the `llmx eval` commands do once their options are read."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import click

from llmx import __version__
from llmx.api import RULES, Extractor
from llmx.cli.eval_options import EvalCommand, ReportPaths
from llmx.cli.files import require_writable, write_whole
from llmx.cli.options import ModelOptions, say_model
from llmx.errors import ConfigError, GoldError
from llmx.eval.agree import agree
from llmx.eval.evaluation import evaluate, require_known
from llmx.eval.extraction import extract_run
from llmx.eval.gates import Limits, Verdict, judge, parse_gate
from llmx.eval.gold.case import Case
from llmx.eval.gold.format import GOLD_SCHEMA
from llmx.eval.gold.reader import read_gold
from llmx.eval.importers import export_brat, export_labelstudio, import_gold, read_map
from llmx.eval.metrics.catalog import FAMILIES
from llmx.eval.metrics.options import (
    WEIGHTS,
    ScoreOptions,
    parse_date_tolerance,
    parse_match,
    parse_number_tolerance,
)
from llmx.eval.outcome import EvalSettings, Evaluation
from llmx.eval.predictions import Run, gold_as_run, read_run
from llmx.eval.report.html import to_page
from llmx.eval.report.junit import to_junit
from llmx.eval.report.markdown import to_markdown
from llmx.eval.report.tabular import to_csv
from llmx.eval.report.terminal import to_text
from llmx.eval.saved import join, read_evaluation, read_verdict, to_json
from llmx.eval.statistics.bootstrap import Draws
from llmx.schema.news import NewsReport

_CODE_POINTS_A_TOKEN = 4
_FAILURES_SHOWN = 3


def run(
    *,
    gold: Path,
    pred: Sequence[str],
    extract: bool,
    repeat: int,
    workers: int,
    with_rules: bool,
    dry_run: bool,
    texts: Path | None,
    command: EvalCommand,
    paths: ReportPaths,
    options: ModelOptions,
) -> int:
    """Score runs against gold, report, and judge."""
    if not pred and not extract and not with_rules:
        raise ConfigError("nothing to score: give --pred RUN.jsonl, or --extract with --model", setting="pred")
    limits = limits_of(command)
    settings = settings_of(command)
    cases = read_gold(gold, texts=texts)
    require_known(cases, settings)
    require_writable(paths.places())
    if dry_run:
        return _estimate(cases, options, repeat)
    runs: list[Run] = []
    if with_rules:
        runs.append(extract_run(cases, Extractor(model=RULES), name=RULES, clock=time.perf_counter))
    runs.extend(_saved_run(text, texts) for text in pred)
    if extract:
        say_model(options)
        runs.extend(_extracted(cases, options, repeat=repeat, workers=workers))
    schema = None if options.schema is NewsReport else options.schema
    evaluation = evaluate(cases, runs, settings=settings, schema=schema, source=str(gold), version=__version__)
    return _finish(evaluation, judge(evaluation, limits), paths)


def limits_of(command: EvalCommand) -> Limits:
    """What must be reached, read before anything is extracted: a misspelt gate costs nothing."""
    return Limits(
        gates=tuple(parse_gate(text) for text in command.gates),
        no_regress=tuple(parse_gate(text) for text in command.no_regress),
        strict=command.strict,
        max_errors=command.max_errors,
        allow_empty=command.allow_empty,
    )


def settings_of(command: EvalCommand) -> EvalSettings:
    """The settings that the options mean.

    Raises:
        ConfigError: An option has no such value.
    """
    families = _split((command.metrics,) if command.metrics else ())
    unknown = [name for name in families if name not in FAMILIES]
    if unknown:
        raise ConfigError(
            f"no family of metrics is called {unknown[0]!r}: there are {', '.join(FAMILIES)}", setting="metrics"
        )
    changes: dict[str, Any] = parse_match(command.match)
    if command.num_tol:
        changes |= parse_number_tolerance(command.num_tol)
    if command.date_tol:
        changes |= parse_date_tolerance(command.date_tol)
    return EvalSettings(
        options=ScoreOptions(
            **changes,
            soft_types=command.soft_types,
            dedup=command.dedup,
            weights={**WEIGHTS, **_weights(command.weights)},
        ),
        draws=Draws(resamples=command.resamples, seed=command.seed, confidence=command.ci),
        on_error=cast("Any", command.on_error),
        zero=0.0 if command.zero_division == "0" else None,
        baseline=command.baseline,
        slices=_split(command.slices),
        cluster=command.cluster,
        presets=_split(command.presets),
        families=families,
    )


def _weights(path: Path | None) -> dict[str, float]:
    if path is None:
        return {}
    try:
        held = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
        found = {str(name): float(value) for name, value in held.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path}: weights are a JSON object of numbers: {error}", setting="weights") from error
    unknown = sorted(set(found) - set(WEIGHTS))
    if unknown:
        raise ConfigError(
            f"{path}: no field is called {unknown[0]!r}: there are {', '.join(WEIGHTS)}", setting="weights"
        )
    return found


def _split(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _saved_run(text: str, texts: Path | None) -> Run:
    """A run from `[NAME=]FILE`; a gold file is taken as another annotator's."""
    name, mark, rest = text.partition("=")
    path = Path(rest if mark and not Path(text).exists() else text)
    called = name if mark and not Path(text).exists() else None
    if not path.exists():
        raise GoldError(f"there is no run at {path}")
    if path.is_file() and _is_gold(path):
        return gold_as_run(read_gold(path, texts=texts), name=called or path.stem, source=str(path))
    return read_run(path, name=called)


def _is_gold(path: Path) -> bool:
    with path.open("rb") as lines:
        first = lines.readline(1 << 24)
    try:
        row = json.loads(first)
    except ValueError:
        return False
    fields = cast("dict[str, Any]", row if isinstance(row, dict) else {})
    return fields.get("schema") == GOLD_SCHEMA or ("id" in fields and not {"document", "report", "error"} & set(fields))


def _extracted(cases: Sequence[Case], options: ModelOptions, *, repeat: int, workers: int) -> list[Run]:
    runs: list[Run] = []
    with Extractor(
        model=options.model,
        base_url=options.base_url,
        schema=options.schema,
        prompt=options.prompt,
        on_unsupported=options.on_unsupported,
        settings=options.settings,
    ) as extractor:
        short = extractor.model.name.rpartition("/")[2]
        for number in range(1, repeat + 1):
            name = short if repeat == 1 else f"{short}#{number}"
            click.echo(f"llmx: extracting {len(cases)} articles as {name}", err=True)
            runs.append(extract_run(cases, extractor, name=name, clock=time.perf_counter, workers=workers))
            _tell_failed(runs[-1])
    return runs


def _tell_failed(run: Run) -> None:
    """Say why articles failed: the first few, and how many more there are."""
    failed = [f"{row['id']}: {row['error']}" for row in run.rows if row.get("error")]
    for line in failed[:_FAILURES_SHOWN]:
        click.echo(f"llmx: {' '.join(line.split())}", err=True)
    if len(failed) > _FAILURES_SHOWN:
        click.echo(f"llmx: and {len(failed) - _FAILURES_SHOWN} more articles failed", err=True)


def _estimate(cases: Sequence[Case], options: ModelOptions, repeat: int) -> int:
    tokens = sum(len(case.text) for case in cases) // _CODE_POINTS_A_TOKEN * repeat
    click.echo(
        f"{len(cases) * repeat} articles for {options.chosen}: about {tokens} tokens of text, prompts not counted"
    )
    return 0


def _finish(evaluation: Evaluation, verdict: Verdict, paths: ReportPaths) -> int:
    """Print, write, and return the exit code of the one verdict that was printed and written."""
    if not paths.quiet:
        click.echo(to_text(evaluation, verdict, errors=paths.errors), nl=False)
    for path, text in _reports(evaluation, verdict, paths):
        write_whole(path, text)
        click.echo(f"llmx: wrote {path}", err=True)
    return verdict.exit_code


def _reports(evaluation: Evaluation, verdict: Verdict, paths: ReportPaths) -> list[tuple[Path, str]]:
    text, out = not paths.html_no_text, paths.out
    made: list[tuple[Path, str]] = []

    def want(path: Path | None, name: str) -> list[Path]:
        return [one for one in (path, out / name if out else None) if one is not None]

    made.extend(
        (path, to_json(evaluation, verdict=verdict.to_dict(), text=text)) for path in want(paths.json_file, "eval.json")
    )
    made.extend((path, to_page(evaluation, verdict, text=text)) for path in want(paths.html, "eval.html"))
    made.extend((path, to_junit(evaluation, verdict)) for path in want(paths.junit, "junit.xml"))
    made.extend((path, to_markdown(evaluation, verdict)) for path in want(paths.md, "eval.md"))
    made.extend((path, to_csv(evaluation)) for path in want(paths.csv_file, "figures.csv"))
    if out is not None:
        rows = [
            json.dumps({"run": one.name, "article": name, **row}, ensure_ascii=False)
            for one in evaluation.runs
            for name, found in one.mistakes.items()
            for row in found
        ]
        made.append((out / "items.jsonl", "".join(f"{row}\n" for row in rows)))
    return made


def compare_annotators(first: Path, second: Path, *, texts: Path | None, paths: ReportPaths) -> int:
    """Compare two annotators' gold."""
    found = agree(read_gold(first, texts=texts), read_gold(second, texts=texts))
    if not paths.quiet:
        click.echo(f"{found.articles} articles by both")
        for name, value in found.alphas.items():
            click.echo(f"alpha  {name:24} {_number(value)}")
        for name, value in found.kappas.items():
            click.echo(f"kappa  {name:24} {_number(value)}")
    return _finish(found.evaluation, judge(found.evaluation, Limits()), paths)


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


def judge_saved(
    path: Path,
    *,
    gates: Sequence[str],
    no_regress: Sequence[str],
    strict: bool,
    max_errors: int | None,
    allow_empty: bool,
    junit: Path | None,
) -> int:
    """Judge a saved evaluation."""
    limits = Limits(
        gates=tuple(parse_gate(text) for text in gates),
        no_regress=tuple(parse_gate(text) for text in no_regress),
        strict=strict,
        max_errors=max_errors,
        allow_empty=allow_empty,
    )
    evaluation = read_evaluation(path)
    verdict = judge(evaluation, limits)
    for check in verdict.checks:
        click.echo(f"{check.status:5} {check.kind} [{check.run}] {check.text}: {check.detail}")
    if junit is not None:
        write_whole(junit, to_junit(evaluation, verdict))
    return verdict.exit_code


def report_saved(path: Path, *, paths: ReportPaths) -> int:
    """Write reports of a saved evaluation."""
    evaluation = read_evaluation(path)
    return _finish(evaluation, read_verdict(path) or judge(evaluation, Limits(allow_empty=True)), paths)


def diff_saved(before: Path, after: Path, *, article: str | None, paths: ReportPaths) -> int:
    """Compare two saved evaluations."""
    evaluation = join(read_evaluation(before), read_evaluation(after))
    if article is not None:
        for one in evaluation.runs:
            for row in one.mistakes.get(article, ()):
                click.echo(f"{one.name}: {row['family']} {row['kind']} {row['label']} {row['detail']}")
        return 0
    return _finish(evaluation, judge(evaluation, Limits(allow_empty=True)), paths)


def import_labels(kind: str, source: Path, *, out: Path, mapping: Path) -> int:
    """Make gold of an export."""
    found = import_gold(kind, source, read_map(mapping))
    write_whole(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found.rows))
    for note in found.notes:
        click.echo(f"llmx: {note}", err=True)
    click.echo(
        f"llmx: {len(found.rows)} articles, {found.spans} spans: {found.moved} moved to their words, "
        f"{found.lost} lost; wrote {out}",
        err=True,
    )
    return 2 if found.lost else 0


def export_labels(kind: str, source: Path, *, out: Path) -> int:
    """Write extractions or gold for an annotation tool."""
    one = _saved_run(str(source), None)
    count = export_labelstudio(one.rows, out) if kind == "labelstudio" else export_brat(one.rows, out)
    click.echo(f"llmx: wrote {count} articles to {out}", err=True)
    return 0
