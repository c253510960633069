"""Grounding and reliability: what can be counted of a result without gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from llmx.eval.metrics.tally import Tally
from llmx.eval.predictions import Prediction

_NOT_A_VALUE = frozenset({"id", "support"})
_INVALID = frozenset({"invalid-value", "missing-field", "unknown-field", "duplicate-id", "dangling-reference", "cycle"})

Node = Mapping[str, Any]


def score_grounding(prediction: Prediction, text: str, tally: Tally) -> None:
    """Count citations: how many values have one, how many stand where they say, and what the checks found."""
    cites: list[Node] = []
    covered = valued = 0
    for fields in _records(prediction.report, cites):
        held, cited = _holds(fields)
        valued += held
        covered += held and cited
    exact = sum(1 for cite in cites if cite["quote"] and text[cite["start"] : cite["end"]] == cite["quote"])
    places = [text.count(cite["quote"]) if cite["quote"] else 0 for cite in cites]
    tally.rate("grounding.quote_exact", exact, len(cites))
    tally.rate("grounding.quote_located", sum(1 for count in places if count > 0), len(cites))
    tally.rate("grounding.quote_ambiguous", sum(1 for count in places if count > 1), len(cites))
    tally.rate("grounding.coverage", covered, valued)
    verdicts = cast("Node", prediction.row.get("verdicts") or {})
    supported, contradicted, undecided = (
        float(verdicts.get(outcome) or 0) for outcome in ("supported", "contradicted", "undecided")
    )
    checked = supported + contradicted + undecided
    tally.rate("grounding.supported", supported, checked)
    tally.rate("grounding.contradicted", contradicted, checked)
    tally.rate("grounding.undecided", undecided, checked)
    _score_rejections(prediction, len(cites), tally)


def _score_rejections(prediction: Prediction, kept: int, tally: Tally) -> None:
    rejections = cast("list[Node]", prediction.row.get("rejections") or [])
    dropped = [row for row in rejections if row.get("action", "dropped") == "dropped"]
    proposed = len(dropped) + kept
    tally.rate("grounding.rejected", len(dropped), proposed)
    for reason in {str(row.get("reason")) for row in dropped}:
        tally.add(f"grounding.rejected@{reason}", sum(1 for row in dropped if row.get("reason") == reason))


def _records(node: Any, cites: list[Node]) -> Iterator[Node]:
    """Every record of a report, at any depth; the citations on the way are put into `cites`."""
    pending: list[Any] = [node]
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            fields = cast("dict[str, Any]", one)
            if "quote" in fields and "start" in fields and "end" in fields:
                cites.append(fields)
                continue
            yield fields
            pending.extend(fields.values())
        elif isinstance(one, (list, tuple)):
            pending.extend(cast("Sequence[Any]", one))


def _holds(fields: Node) -> tuple[bool, bool]:
    """Whether a record holds a value of its own, and whether a citation stands in it."""
    valued = cited = False
    for name, value in fields.items():
        if isinstance(value, (dict, list, tuple)):
            cited = cited or _is_cited(value)
        elif value is not None and name not in _NOT_A_VALUE:
            valued = True
    return valued, cited


def _is_cited(value: Any) -> bool:
    if isinstance(value, dict):
        cite = cast("Node", value)
        return "start" in cite and bool(cite.get("quote"))
    return any(isinstance(item, (dict, list, tuple)) and _is_cited(item) for item in cast("Sequence[Any]", value))


def score_reliability(prediction: Prediction, tally: Tally) -> None:
    """Count what became of the article, and what it took."""
    row = prediction.row
    tally.rate("reliability.failed", prediction.status != "ok", 1)
    tally.rate("reliability.missing", prediction.status == "missing", 1)
    if prediction.status != "ok":
        tally.rate("reliability.valid", 0, 1)
        tally.rate("reliability.valid_first", 0, 1)
        return
    usage = cast("Node", row.get("usage") or {})
    rejections = cast("list[Node]", row.get("rejections") or [])
    reasks = _reasks(row, usage)
    tally.rate("reliability.valid", 1, 1)
    tally.rate("reliability.valid_first", reasks == 0 and not any(r.get("reason") in _INVALID for r in rejections), 1)
    tally.rate("reliability.reasked", reasks > 0, 1)
    tally.rate("reliability.complete", row.get("complete", True) is not False, 1)
    tally.rate("reliability.with_rejections", bool(rejections), 1)
    for name in ("calls", "input_tokens", "output_tokens"):
        tally.add(f"cost.{name}", float(usage.get(name) or 0), 1)
    if usage.get("cost_usd") is not None:
        tally.add("cost.usd", float(usage["cost_usd"]), 1)
    if prediction.seconds is not None:
        tally.add("cost.seconds", prediction.seconds, 1)


def _reasks(row: Node, usage: Node) -> int:
    """Requests beyond the first; where the row tells the number of re-asks itself, that."""
    told = row.get("reasks")
    return int(told) if isinstance(told, int) else max(0, int(usage.get("calls") or 0) - 1)
