"""What an evaluation is: its settings, its figures, and all that reports, gates and later comparisons need.

Scoring and judging are apart: an evaluation is made once, saved as `eval.json`, and judged, drawn and compared again
without the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from llmx.eval.metrics.options import ScoreOptions
from llmx.eval.score import OnError
from llmx.eval.statistics.bootstrap import Draws
from llmx.eval.statistics.calibration import Calibration
from llmx.eval.statistics.paired import Difference
from llmx.eval.statistics.table import Table


@dataclass(frozen=True, kw_only=True)
class EvalSettings:
    """All that changes a figure or an interval beside the data.

    Attributes:
        options: How values are compared.
        draws: How intervals are made.
        on_error: What a failed article is.
        zero: What 0/0 is: `None`, or 0 as the field's own scorers have it.
        baseline: Name of the run that the others are compared with; the first one where it is `None`.
        slices: Keys by which figures are broken down: `meta.outlet`, `outlet`, `year(published)`.
        cluster: Key of articles that are drawn together, such as `meta.story`.
        presets: Scorers of the field whose figures are reproduced beside llmx's own.
        families: The families of metrics that are reported, such as `events`; all where it is empty.
    """

    options: ScoreOptions = field(default_factory=ScoreOptions)
    draws: Draws = field(default_factory=Draws)
    on_error: OnError = "count"
    zero: float | None = None
    baseline: str | None = None
    slices: tuple[str, ...] = ()
    cluster: str | None = None
    presets: tuple[str, ...] = ()
    families: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The settings as plain values."""
        return {
            "options": self.options.to_dict(),
            "resamples": self.draws.resamples,
            "seed": self.draws.seed,
            "confidence": self.draws.confidence,
            "on_error": self.on_error,
            "zero": self.zero,
            "baseline": self.baseline,
            "slices": list(self.slices),
            "cluster": self.cluster,
            "presets": list(self.presets),
            "families": list(self.families),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of one run.

    Attributes:
        value: The figure; `None` where it is not defined (0/0).
        n: Gold items, or cases, behind it.
        low: Lower end of its interval.
        high: Upper end.
        doubtful: Whether the interval rests on few units.
    """

    value: float | None
    n: float
    low: float | None = None
    high: float | None = None
    doubtful: bool = False


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """One run's part of an evaluation."""

    name: str
    source: str
    sha256: str
    provenance: Mapping[str, Any]
    status: Mapping[str, str]
    table: Table
    figures: Mapping[str, Figure]
    confusions: Mapping[str, Mapping[tuple[str, str], int]] = field(default_factory=dict[str, Mapping[Any, int]])
    mistakes: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict[str, Any])
    pairs: Mapping[str, Mapping[str, Sequence[tuple[int, int]]]] = field(default_factory=dict[str, Any])
    layers: Mapping[str, Sequence[Any]] = field(default_factory=dict[str, Any])
    rejections: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict[str, Any])
    calibration: Calibration | None = None
    skipped: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    notes: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def evaluated(self) -> int:
        """Articles that were extracted and scored."""
        return sum(1 for status in self.status.values() if status == "ok")


@dataclass(frozen=True, kw_only=True)
class SliceFigure:
    """One figure of one run on the articles that share a value."""

    key: str
    value: str
    run: str
    articles: int
    figures: Mapping[str, Figure]


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Runs scored against gold.

    Attributes:
        gold: Where gold came from, its digest, how many articles it has, and who labelled them.
        articles: For each article its id, title, text, meta and gold layer.
        settings: All that changed a figure.
        runs: The runs, in the order given.
        differences: Run -> how it differs from the baseline, figure by figure.
        slices: Figures on parts of the articles.
        repeats: Name -> what several runs of one name tell together.
        version: llmx's version.
    """

    gold: Mapping[str, Any]
    articles: tuple[Mapping[str, Any], ...]
    settings: Mapping[str, Any]
    runs: tuple[RunResult, ...]
    differences: Mapping[str, Sequence[Difference]] = field(default_factory=dict[str, Any])
    slices: tuple[SliceFigure, ...] = ()
    repeats: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Any])
    version: str = ""

    def run(self, name: str) -> RunResult | None:
        """The run of that name, or `None`."""
        return next((run for run in self.runs if run.name == name), None)

    @property
    def baseline(self) -> RunResult | None:
        """The run that the others are compared with, or `None` where there are no others."""
        if len(self.runs) < 2:  # noqa: PLR2004 - two make a comparison
            return None
        return self.run(str(self.settings.get("baseline") or "")) or self.runs[0]
