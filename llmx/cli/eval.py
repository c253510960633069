"""`llmx eval`: score extractions against gold, check and freeze gold, compare annotators, judge saved evaluations."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import click

from llmx.cli.eval_options import EvalCommand, ReportPaths, report_options, score_options
from llmx.cli.files import write_whole
from llmx.cli.options import ModelOptions, model_options
from llmx.eval.gold.freeze import freeze_line
from llmx.eval.gold.reader import check_gold, gold_files

_FILE = click.Path(dir_okay=False, path_type=Path)
_THERE = click.Path(exists=True, path_type=Path)
_TEXTS = click.option("--texts", type=_THERE, metavar="DIR", help="Folder with ID.txt where gold holds no text.")


def _work() -> Any:
    """The commands' work, loaded when a command runs: numpy and scipy are an extra, and slow to import."""
    return importlib.import_module("llmx.cli.eval_work")


@click.group("eval")
def eval_group() -> None:
    """Score extractions against gold labels.

    Exit codes: 0 all gates pass · 1 a gate failed · 2 bad gold, ids or names · 3 not evaluated enough.
    """


@eval_group.command("run")
@click.argument("gold", type=_THERE)
@click.option("--pred", multiple=True, metavar="[NAME=]RUN.jsonl", help="A saved run, or gold of another annotator.")
@click.option("--extract", is_flag=True, help="Extract gold's articles with --model, then score.")
@click.option("--repeat", type=click.IntRange(min=1), default=1, help="Extract this often, and tell the spread.")
@click.option("--workers", type=click.IntRange(min=1), default=4, help="Articles under way at once with --extract.")
@click.option("--with-rules", is_flag=True, help="Add the embedded engine as a run, and as the baseline.")
@click.option("--dry-run", is_flag=True, help="With --extract: tell what would be sent, and stop.")
@_TEXTS
@score_options
@report_options
@model_options
def run_command(
    *,
    gold: Path,
    pred: tuple[str, ...],
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
    """Score saved runs (--pred) or a model (--extract) against GOLD, a .jsonl file or a folder of them."""
    return _work().run(
        gold=gold,
        pred=pred,
        extract=extract,
        repeat=repeat,
        workers=workers,
        with_rules=with_rules,
        dry_run=dry_run,
        texts=texts,
        command=command,
        paths=paths,
        options=options,
    )


@eval_group.command("check")
@click.argument("gold", type=_THERE)
@click.option("--strict", is_flag=True, help="Count warnings as faults.")
@_TEXTS
def check_command(*, gold: Path, strict: bool, texts: Path | None) -> int:
    """Check GOLD: its form, every quote, every reference, and what looks forgotten."""
    found = check_gold(gold, texts=texts)
    for problem in found.problems:
        click.echo(str(problem))
    warnings = len(found.problems) - len(found.errors)
    click.echo(f"llmx: {len(found.cases)} articles, {len(found.errors)} errors, {warnings} warnings", err=True)
    return 2 if found.errors or (strict and found.problems) else 0


@eval_group.command("freeze")
@click.argument("gold", type=_THERE)
@click.option("-o", "--out", type=_FILE, required=True, metavar="FROZEN.jsonl", help="Where to write it.")
@_TEXTS
def freeze_command(*, gold: Path, out: Path, texts: Path | None) -> int:
    """Write offsets beside GOLD's quotes and digests of its texts."""
    found = check_gold(gold, texts=texts)
    if found.errors:
        for problem in found.errors:
            click.echo(str(problem))
        click.echo(f"llmx: {len(found.errors)} errors: nothing was written", err=True)
        return 2
    held = {case.id: case.text for case in found.cases}
    lines: list[str] = []
    for file in gold_files(gold):
        for raw in file.read_text(encoding="utf-8-sig").split("\n"):
            if raw.strip():
                row = json.loads(raw)
                lines.append(json.dumps(freeze_line(row, held[row["id"]]), ensure_ascii=False))
    write_whole(out, "\n".join(lines) + "\n")
    click.echo(f"llmx: froze {len(lines)} articles into {out}", err=True)
    return 0


@eval_group.command("agree")
@click.argument("first", type=_THERE)
@click.argument("second", type=_THERE)
@_TEXTS
@report_options
def agree_command(*, first: Path, second: Path, texts: Path | None, paths: ReportPaths) -> int:
    """Compare two annotators' gold of the same articles."""
    return _work().compare_annotators(first, second, texts=texts, paths=paths)


@eval_group.command("gate")
@click.argument("evaluation", type=_THERE)
@click.option("--gate", "gates", multiple=True, metavar="EXPR", help="FIGURE >= NUMBER. Repeatable.")
@click.option("--no-regress", multiple=True, metavar="EXPR", help="FIGURE > -NUMBER, against the baseline. Repeatable.")
@click.option("--strict", is_flag=True, help="Count a difference as it stands, also within chance.")
@click.option("--max-errors", type=int, metavar="N", help="Most articles that may have failed.")
@click.option("--allow-empty", is_flag=True, help="Pass without articles.")
@click.option("--junit", type=_FILE, metavar="F", help="Write JUnit XML.")
def gate_command(
    *,
    evaluation: Path,
    gates: tuple[str, ...],
    no_regress: tuple[str, ...],
    strict: bool,
    max_errors: int | None,
    allow_empty: bool,
    junit: Path | None,
) -> int:
    """Judge a saved eval.json again, without the model."""
    return _work().judge_saved(
        evaluation,
        gates=gates,
        no_regress=no_regress,
        strict=strict,
        max_errors=max_errors,
        allow_empty=allow_empty,
        junit=junit,
    )


@eval_group.command("report")
@click.argument("evaluation", type=_THERE)
@report_options
def report_command(*, evaluation: Path, paths: ReportPaths) -> int:
    """Write reports of a saved eval.json."""
    return _work().report_saved(evaluation, paths=paths)


@eval_group.command("diff")
@click.argument("before", type=_THERE)
@click.argument("after", type=_THERE)
@click.option("--id", "article", metavar="DOC", help="Show one article's mistakes on both sides.")
@report_options
def diff_command(*, before: Path, after: Path, article: str | None, paths: ReportPaths) -> int:
    """Compare two saved eval.json of one gold set: what changed, and whether by more than chance."""
    return _work().diff_saved(before, after, article=article, paths=paths)


@eval_group.command("import")
@click.argument("kind", type=click.Choice(["labelstudio", "brat", "doccano", "prodigy"]))
@click.argument("source", type=_THERE)
@click.option("-o", "--out", type=_FILE, required=True, metavar="GOLD.jsonl", help="Where to write gold.")
@click.option("--map", "mapping", type=_THERE, required=True, metavar="MAP.toml", help="What the tool's labels mean.")
def import_command(*, kind: str, source: Path, out: Path, mapping: Path) -> int:
    """Make gold of an annotation tool's export; labels are put back to their words where offsets are shifted."""
    return _work().import_labels(kind, source, out=out, mapping=mapping)


@eval_group.command("export")
@click.argument("kind", type=click.Choice(["labelstudio", "brat"]))
@click.argument("source", type=_THERE)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, metavar="OUT", help="File, or folder for brat."
)
def export_command(*, kind: str, source: Path, out: Path) -> int:
    """Write extractions, or gold, for correction in an annotation tool."""
    return _work().export_labels(kind, source, out=out)
