"""Gates: what an evaluation must reach, and one verdict from which both the words and the exit code come."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from llmx.errors import ConfigError
from llmx.eval.metrics.catalog import is_known
from llmx.eval.outcome import Evaluation, RunResult
from llmx.eval.statistics.paired import Difference
from llmx.eval.statistics.proportions import holm
from llmx.eval.statistics.table import lower_is_better

Status = Literal["pass", "fail", "n/a"]

_EXPRESSION = re.compile(
    r"\s*(?P<name>[^\s<>=]+)\s*(?P<op>>=|<=|>|<|==|≥|≤)\s*(?P<bound>[-+−]?\d*\.?\d+)(?P<unit>%?)\s*"
)
_COMPARE: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {
        ">=": operator.ge,
        "≥": operator.ge,
        "<=": operator.le,
        "≤": operator.le,
        ">": operator.gt,
        "<": operator.lt,
        "==": operator.eq,
    }
)
_DONE, _FAILED, _NOT_ENOUGH = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition, such as `events.arg_c.f1 >= 0.7`.

    Attributes:
        text: As it was written.
        figure: The figure.
        op: The comparison.
        bound: What the figure is compared with.
    """

    text: str
    figure: str
    op: str
    bound: float


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What an evaluation must reach.

    Attributes:
        gates: Conditions on figures.
        no_regress: Conditions on differences from the baseline: `events.template.f1 > -0.01`.
        strict: Whether a difference counts as it stands, also where the interval holds 0.
        max_errors: Most articles that may have failed; `None` for no limit.
        allow_empty: Whether an evaluation without articles passes.
    """

    gates: tuple[Gate, ...] = ()
    no_regress: tuple[Gate, ...] = ()
    strict: bool = False
    max_errors: int | None = None
    allow_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One condition judged.

    Attributes:
        kind: `gate`, `no-regress` or `enough`.
        run: The run it was judged on.
        text: The condition as written.
        status: Whether it is met.
        value: The figure, or the difference; `None` where it is not defined.
        detail: What was found, in words.
    """

    kind: str
    run: str
    text: str
    status: Status
    value: float | None
    detail: str = ""


@dataclass(frozen=True)
class Verdict:
    """All conditions judged; the exit code follows from them and from nothing else."""

    checks: tuple[Check, ...] = field(default=())

    @property
    def exit_code(self) -> int:
        """0 all met · 1 one is not met · 3 not evaluated enough to say."""
        if any(check.kind == "enough" and check.status != "pass" for check in self.checks):
            return _NOT_ENOUGH
        if any(check.status == "fail" for check in self.checks):
            return _FAILED
        return _NOT_ENOUGH if any(check.status == "n/a" for check in self.checks) else _DONE

    def to_dict(self) -> dict[str, Any]:
        """The verdict as plain values."""
        rows = [{name: getattr(check, name) for name in check.__dataclass_fields__} for check in self.checks]
        return {"exit_code": self.exit_code, "checks": rows}


def parse_gate(text: str) -> Gate:
    """Read a condition.

    Raises:
        ConfigError: It is none.
    """
    found = _EXPRESSION.fullmatch(text)
    if found is None:
        raise ConfigError(
            f"{text!r} is no condition: write FIGURE >= NUMBER, as in 'events.arg_c.f1 >= 0.7'", setting="gate"
        )
    bound = float(found["bound"].replace("−", "-")) / (100 if found["unit"] else 1)
    return Gate(text=text.strip(), figure=found["name"], op=found["op"], bound=bound)


def judge(evaluation: Evaluation, limits: Limits) -> Verdict:
    """Judge an evaluation.

    Gates hold for every run but the baseline, or for the one run there is.

    Raises:
        ConfigError: A condition names a figure that does not exist, or needs a baseline and there is none.
    """
    judged = [run for run in evaluation.runs if run is not evaluation.baseline] or list(evaluation.runs)
    checks = [_enough(run, evaluation, limits) for run in judged]
    for gate in limits.gates:
        checks.extend(_check(gate, run, evaluation) for run in judged)
    if limits.no_regress:
        checks.extend(_regressions(evaluation, judged, limits))
    return Verdict(tuple(checks))


def _enough(run: RunResult, evaluation: Evaluation, limits: Limits) -> Check:
    total = len(evaluation.articles)
    failed = total - run.evaluated
    allowed = limits.max_errors
    text = "articles > 0" if allowed is None else f"failed articles <= {allowed}"
    detail = f"{run.evaluated} of {total} articles evaluated"
    met = (run.evaluated > 0 or limits.allow_empty) and (allowed is None or failed <= allowed)
    return Check(kind="enough", run=run.name, text=text, status="pass" if met else "fail", value=failed, detail=detail)


def resolve(name: str, run: RunResult, evaluation: Evaluation) -> str:
    """The full name of a figure; a metric with precision, recall and F1 stands for its F1.

    Raises:
        ConfigError: There is no such figure.
    """
    for candidate in (name, f"{name}.f1"):
        if candidate in run.figures or any(candidate in other.figures for other in evaluation.runs):
            return candidate
    for candidate in (f"{name}.f1", name):
        if is_known(candidate):
            return candidate
    family = name.partition(".")[0]
    close = sorted({figure for one in evaluation.runs for figure in one.figures if family in figure})
    hint = f": there are {', '.join(close[:6])} …" if close else ""
    raise ConfigError(f"no figure is called {name!r}{hint}", setting="gate")


def _check(gate: Gate, run: RunResult, evaluation: Evaluation) -> Check:
    name = resolve(gate.figure, run, evaluation)
    figure = run.figures.get(name)
    if figure is None or figure.value is None:
        return Check(kind="gate", run=run.name, text=gate.text, status="n/a", value=None, detail=f"{name} is n/a (n=0)")
    met = _COMPARE[gate.op](figure.value, gate.bound)
    detail = f"{name} = {figure.value:.4f} (n={figure.n:g})"
    return Check(
        kind="gate", run=run.name, text=gate.text, status="pass" if met else "fail", value=figure.value, detail=detail
    )


def _regressions(evaluation: Evaluation, judged: Sequence[RunResult], limits: Limits) -> list[Check]:
    if evaluation.baseline is None:
        raise ConfigError("--no-regress needs a baseline: score two runs", setting="no_regress")
    found: list[tuple[Gate, RunResult, str, Difference | None]] = []
    for gate in limits.no_regress:
        for run in judged:
            name = resolve(gate.figure, run, evaluation)
            rows = {row.figure: row for row in evaluation.differences.get(run.name, ())}
            found.append((gate, run, name, rows.get(name)))
    chances = {f"{run.name} {name}": row.p for _, run, name, row in found if row and row.p is not None}
    adjusted = holm(chances)
    level = 1 - float(evaluation.settings.get("confidence", 0.95))
    return [
        _regression(
            gate, run, name, row, chance=adjusted.get(f"{run.name} {name}", 1.0), level=level, strict=limits.strict
        )
        for gate, run, name, row in found
    ]


def _regression(
    gate: Gate, run: RunResult, name: str, row: Difference | None, *, chance: float, level: float, strict: bool
) -> Check:
    if row is None or row.delta is None:
        return Check(
            kind="no-regress", run=run.name, text=gate.text, status="n/a", value=None, detail=f"{name} is n/a (n=0)"
        )
    gain = -row.delta if lower_is_better(name) else row.delta
    kept = _COMPARE[gate.op](gain, gate.bound)
    certain = row.low is not None and row.high is not None and not row.low <= 0 <= row.high and chance < level
    met = kept or not (strict or certain)
    bounds = "" if row.low is None or row.high is None else f" [{row.low:+.4f}, {row.high:+.4f}]"
    note = "" if kept or strict or certain else ", within chance"
    return Check(
        kind="no-regress",
        run=run.name,
        text=gate.text,
        status="pass" if met else "fail",
        value=row.delta,
        detail=f"{name} {row.delta:+.4f}{bounds}, p {chance:.4f} (Holm){note}",
    )
