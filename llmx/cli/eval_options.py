"""Options that the `llmx eval` commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import click

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

_FILE = click.Path(dir_okay=False, path_type=Path)

_REPORT_OPTIONS = (
    click.option("--json", "json_file", type=_FILE, metavar="F", help="Write eval.json: all that was counted."),
    click.option("--html", type=_FILE, metavar="F", help="Write one self-contained page."),
    click.option("--html-no-text", is_flag=True, help="Leave the articles' words out of the page and of eval.json."),
    click.option("--junit", type=_FILE, metavar="F", help="Write JUnit XML."),
    click.option("--md", type=_FILE, metavar="F", help="Write Markdown."),
    click.option("--csv", "csv_file", type=_FILE, metavar="F", help="Write all figures as CSV."),
    click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Write all of these."),
    click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="List so many single mistakes."),
    click.option("--quiet", is_flag=True, help="Print no table."),
)

_SCORE_OPTIONS = (
    click.option("--gate", "gates", multiple=True, metavar="EXPR", help="FIGURE >= NUMBER. Repeatable."),
    click.option("--no-regress", multiple=True, metavar="EXPR", help="FIGURE > -NUMBER against the baseline."),
    click.option("--strict", is_flag=True, help="--no-regress counts a difference as it stands."),
    click.option("--baseline", metavar="NAME", help="The run that others are compared with; else the first."),
    click.option("--metrics", metavar="A,B", help="Families: events, attributions, claims, grounding, reliability …"),
    click.option("--preset", "presets", multiple=True, metavar="P", help="textee, ceaf-ree, ceaf-rme, nervaluate …"),
    click.option("--match", default="exact", show_default=True, help="exact, overlap:0.5 or soft:0.85."),
    click.option("--num-tol", metavar="N|N%", help="Difference of numbers that does not matter."),
    click.option("--date-tol", metavar="Nd", help="Days between dates that do not matter."),
    click.option("--weights", type=_FILE, metavar="F", help="JSON: weights of an event's fields."),
    click.option("--soft-types", is_flag=True, help="Compare types A:B by their shared beginning."),
    click.option("--dedup", is_flag=True, help="Count identical predictions once."),
    click.option("--slice", "slices", multiple=True, metavar="KEY", help="meta.outlet, year(published) …"),
    click.option("--cluster", metavar="KEY", help="Draw articles with the same value together: meta.story."),
    click.option("--ci", type=click.FloatRange(0, 1), default=0.95, show_default=True, help="Share inside intervals."),
    click.option("--resamples", type=click.IntRange(min=0), default=2000, show_default=True, help="0: no intervals."),
    click.option("--seed", type=int, default=0, show_default=True, help="Of the resampling."),
    click.option("--on-error", type=click.Choice(["count", "skip"]), default="count", show_default=True),
    click.option("--max-errors", type=click.IntRange(min=0), metavar="N", help="Most articles that may fail."),
    click.option("--allow-empty", is_flag=True, help="Pass without articles."),
    click.option("--zero-division", type=click.Choice(["null", "0"]), default="null", show_default=True, help="0/0."),
)


@dataclass(frozen=True, kw_only=True)
class ReportPaths:
    """Which reports are written, and where."""

    json_file: Path | None
    html: Path | None
    html_no_text: bool
    junit: Path | None
    md: Path | None
    csv_file: Path | None
    out: Path | None
    errors: int
    quiet: bool

    def places(self) -> tuple[Path | None, ...]:
        """Every file that is asked for; for a folder, one in it."""
        inside = self.out / "eval.json" if self.out else None
        return (self.json_file, self.html, self.junit, self.md, self.csv_file, inside)


@dataclass(frozen=True, kw_only=True)
class EvalCommand:
    """How runs are scored and judged, as it was written."""

    gates: tuple[str, ...]
    no_regress: tuple[str, ...]
    strict: bool
    baseline: str | None
    metrics: str | None
    presets: tuple[str, ...]
    match: str
    num_tol: str | None
    date_tol: str | None
    weights: Path | None
    soft_types: bool
    dedup: bool
    slices: tuple[str, ...]
    cluster: str | None
    ci: float
    resamples: int
    seed: int
    on_error: str
    max_errors: int | None
    allow_empty: bool
    zero_division: str


def report_options(command: CommandT) -> CommandT:
    """Give `command` the options of reports; it gets them as one `ReportPaths`, named `paths`."""
    return _gathered(command, _REPORT_OPTIONS, ReportPaths, "paths")


def score_options(command: CommandT) -> CommandT:
    """Give `command` the options of scoring; it gets them as one `EvalCommand`, named `command`."""
    return _gathered(command, _SCORE_OPTIONS, EvalCommand, "command")


def _gathered(command: CommandT, options: tuple[Any, ...], kind: type[Any], name: str) -> CommandT:
    @functools.wraps(command)
    def with_options(**words: Any) -> Any:
        own = {field: words.pop(field) for field in kind.__dataclass_fields__}
        return command(**{name: kind(**own)}, **words)

    made: Any = with_options
    for option in reversed(options):
        made = option(made)
    return cast("CommandT", made)
