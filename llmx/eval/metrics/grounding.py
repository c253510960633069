"""Grounding and reliability: what can be counted of a result without gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from llmx.eval.metrics.tally import Tally
from llmx.eval.predictions import Prediction

_CITATION = frozenset({"quote", "start", "end"})
_NOT_A_VALUE = frozenset({"id", "support"})
_INVALID = frozenset({"invalid-value", "missing-field", "unknown-field", "duplicate-id", "dangling-reference", "cycle"})

Node = Mapping[str, Any]


def score_grounding(prediction: Prediction, text: str, tally: Tally) -> None:
    """Count citations: how many values have one, how many stand where they say, and what the checks found."""
    for cite in citations(prediction.report):
        quote, start, end = cite["quote"], cite["start"], cite["end"]
        exact = bool(quote) and text[start:end] == quote
        places = text.count(quote) if quote else 0
        tally.rate("grounding.quote_exact", exact, 1)
        tally.rate("grounding.quote_located", places > 0, 1)
        tally.rate("grounding.quote_ambiguous", places > 1, 1)
    for covered in _coverage(prediction.report):
        tally.rate("grounding.coverage", covered, 1)
    verdicts = cast("Node", prediction.row.get("verdicts") or {})
    supported, contradicted, undecided = (
        float(verdicts.get(outcome) or 0) for outcome in ("supported", "contradicted", "undecided")
    )
    checked = supported + contradicted + undecided
    tally.rate("grounding.supported", supported, checked)
    tally.rate("grounding.contradicted", contradicted, checked)
    tally.rate("grounding.undecided", undecided, checked)
    _score_rejections(prediction, tally)


def _score_rejections(prediction: Prediction, tally: Tally) -> None:
    rejections = cast("list[Node]", prediction.row.get("rejections") or [])
    dropped = [row for row in rejections if row.get("action", "dropped") == "dropped"]
    proposed = len(dropped) + sum(1 for _ in citations(prediction.report))
    tally.rate("grounding.rejected", len(dropped), proposed)
    for reason in {str(row.get("reason")) for row in dropped}:
        tally.add(f"grounding.rejected@{reason}", sum(1 for row in dropped if row.get("reason") == reason))


def citations(node: Any) -> Iterator[Node]:
    """Every citation in a report, at any depth."""
    if isinstance(node, Mapping):
        fields = cast("Node", node)
        if fields.keys() >= _CITATION:
            yield fields
            return
        for value in fields.values():
            yield from citations(value)
    elif isinstance(node, list | tuple):
        for item in cast("list[Any]", node):
            yield from citations(item)


def _coverage(node: Any) -> Iterator[bool]:
    """For every record that holds a value of its own: whether a citation stands in it too."""
    if isinstance(node, list | tuple):
        for item in cast("list[Any]", node):
            yield from _coverage(item)
    if not isinstance(node, Mapping):
        return
    fields = cast("Node", node)
    if fields.keys() >= _CITATION:
        return
    valued = any(
        value is not None and not isinstance(value, Mapping | list | tuple)
        for name, value in fields.items()
        if name not in _NOT_A_VALUE
    )
    if valued:
        yield any(_is_cited(value) for value in fields.values())
    for value in fields.values():
        yield from _coverage(value)


def _is_cited(value: Any) -> bool:
    if isinstance(value, Mapping):
        cite = cast("Node", value)
        return cite.keys() >= _CITATION and bool(cite["quote"])
    return isinstance(value, list | tuple) and any(_is_cited(item) for item in cast("list[Any]", value))


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
