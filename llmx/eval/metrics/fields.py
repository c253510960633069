"""Fields of a user's own schema: every leaf compared as its mark says, lists matched one to one.

Each field gets its own figures under `fields.PATH`, list items under `fields.items[].name`; `fields.all` sums them. A
key that gold does not hold is not annotated; null and [] say that there is none.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any, Union, cast, get_args, get_origin

from pydantic import BaseModel

from llmx.eval.marks import Score
from llmx.eval.matching.assign import pair_up
from llmx.eval.matching.words import likeness, norm
from llmx.eval.metrics.tally import Tally
from llmx.eval.records.build import as_day, edtf_interval
from llmx.schema.citation import Citation, Cited

_RIGHT = 0.5


@dataclass(frozen=True)
class Plan:
    """How a value is scored: a leaf by `score`, a record by its `fields`; `None` where the class does not tell."""

    score: Score | None = None
    fields: Mapping[str, Plan] = field(default_factory=dict[str, "Plan"])


@lru_cache(maxsize=64)
def plan_of(schema: type[BaseModel]) -> Plan:
    """How reports of class `schema` are scored, by the marks and types of its fields."""
    plans: dict[str, Plan] = {}
    for name, info in schema.model_fields.items():
        mark = next((m for m in info.metadata if isinstance(m, Score)), None)
        plans[name] = _plan(info.annotation, mark)
    return Plan(fields=plans)


def _plan(annotation: Any, mark: Score | None) -> Plan:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = next((m for m in args[1:] if isinstance(m, Score)), None)
        return _plan(args[0], inner or mark)
    if origin in (Union, types.UnionType) or (origin is not None and args):
        known = [arg for arg in args if arg is not type(None) and arg is not Ellipsis]
        return _plan(known[0], mark) if known else Plan(score=mark)
    if isinstance(annotation, type) and issubclass(annotation, Citation):
        return Plan(score=mark or Score("text"))
    if isinstance(annotation, type) and issubclass(annotation, Cited):
        return _plan(annotation.model_fields["value"].annotation, mark)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return plan_of(annotation)
    return Plan(score=mark)


def score_report(gold: Mapping[str, Any], pred: Mapping[str, Any], plan: Plan | None, tally: Tally) -> None:
    """Count the fields of one report, and whether all of them are right."""
    before = tally.counts.get("fields.all", [0.0, 0.0, 0.0, 0.0])[:]
    for name, value in gold.items():
        inner = plan.fields.get(name) if plan else None
        _score(_prepared(value), _prepared(pred.get(name)), inner, name, tally)
    after = tally.counts.get("fields.all", [0.0, 0.0, 0.0, 0.0])
    credit, predicted, _, wanted = (b - a for a, b in zip(before, after, strict=True))
    tally.rate("fields.record_exact", credit == predicted == wanted, 1)


def _score(gold: Any, pred: Any, plan: Plan | None, path: str, tally: Tally) -> None:
    if plan is not None and plan.score is not None and plan.score.metric == "skip":
        return
    if isinstance(gold, list) or isinstance(pred, list):
        _score_list(_listed(gold), _listed(pred), plan, path, tally)
        return
    if isinstance(gold, dict) or isinstance(pred, dict):
        _score_record(gold, pred, plan, path, tally)
        return
    _score_leaf(gold, pred, plan, path, tally)


def _prepared(node: Any) -> Any:
    """The tree with cited leaves as their values and every list in an order of its own: made once, walked often."""
    value = unwrap(node)
    if isinstance(value, list | tuple):
        items = [_prepared(item) for item in cast("Sequence[Any]", value)]
        return sorted(items, key=repr) if len(items) > 1 else items
    if isinstance(value, Mapping):
        fields = cast("Mapping[str, Any]", value)
        return {name: _prepared(item) for name, item in sorted(fields.items())}
    return value


def unwrap(value: Any) -> Any:
    """The value of a cited leaf, the quote of a citation, or `value` itself."""
    if isinstance(value, Mapping):
        fields = cast("Mapping[str, Any]", value)
        if "value" in fields and fields.keys() <= {"value", "cite", "optional"}:
            return fields["value"]
        if "quote" in fields and "start" in fields:
            return fields["quote"]
        return fields
    return value


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _score_record(gold: Any, pred: Any, plan: Plan | None, path: str, tally: Tally) -> None:
    wanted = cast("Mapping[str, Any]", gold or {})
    offered = cast("Mapping[str, Any]", pred or {})
    for name in wanted if gold is not None else offered:
        inner = plan.fields.get(name) if plan else None
        _score(wanted.get(name), offered.get(name), inner, f"{path}.{name}", tally)


def _score_list(gold: list[Any], pred: list[Any], plan: Plan | None, path: str, tally: Tally) -> None:
    found = pair_up(gold, pred, lambda one, two: _similarity(one, two, plan))
    inside = f"{path}[]"
    for i, j in found:
        _score(gold[i], pred[j], plan, inside, tally)
    met_gold, met_pred = {i for i, _ in found}, {j for _, j in found}
    for i, item in enumerate(gold):
        if i not in met_gold:
            _score(item, None, plan, inside, tally)
    for j, item in enumerate(pred):
        if j not in met_pred:
            _score(None, item, plan, inside, tally)


def _similarity(gold: Any, pred: Any, plan: Plan | None) -> float:
    """How alike two prepared values are: leaves by their metric, records by the weighted mean of their fields."""
    if gold is None or pred is None:
        return 0.0
    if isinstance(gold, list) or isinstance(pred, list):
        wanted, offered = _listed(gold), _listed(pred)
        if not wanted and not offered:
            return 1.0
        found = pair_up(wanted, offered, lambda a, b: _similarity(a, b, plan))
        return 2 * sum(found.values()) / (len(wanted) + len(offered))
    if not (isinstance(gold, dict) and isinstance(pred, dict)):
        return leaf_fit(gold, pred, plan.score if plan else None)
    return _record_similarity(cast("dict[str, Any]", gold), cast("dict[str, Any]", pred), plan)


def _record_similarity(gold: Mapping[str, Any], pred: Mapping[str, Any], plan: Plan | None) -> float:
    total = reached = 0.0
    for name, value in gold.items():
        inner = plan.fields.get(name) if plan else None
        score = inner.score if inner else None
        said = pred.get(name)
        if (value is None and said is None) or (score is not None and score.metric == "skip"):
            continue
        weight = score.weight if score else 1.0
        total += weight
        if value == said:
            reached += weight
        else:
            reached += weight * _similarity(value, said, inner)
    return reached / total if total else 0.0


def _score_leaf(gold: Any, pred: Any, plan: Plan | None, path: str, tally: Tally) -> None:
    name = f"fields.{path}"
    if gold is None and pred is None:
        return
    fit = leaf_fit(gold, pred, plan.score if plan else None) if gold is not None and pred is not None else 0.0
    credit = fit if fit >= _RIGHT else 0.0
    for metric in (name, "fields.all"):
        tally.prf(metric, credit, pred is not None, gold is not None)
    missing, invented = gold is not None and pred is None, gold is None
    wrong = gold is not None and pred is not None and not credit
    tally.add(f"outcome.{path}", missing, invented, wrong)


def leaf_fit(gold: Any, pred: Any, score: Score | None) -> float:
    """How well a predicted leaf fits the gold one, from 0 to 1."""
    metric = score.metric if score else _metric_for(gold)
    if metric == "number":
        return _number_fit(gold, pred, score.tolerance if score else 0.0)
    if metric == "date":
        return _date_fit(gold, pred, score.tolerance if score else 0.0)
    if metric == "text":
        return float(norm(str(gold)) == norm(str(pred)))
    if metric == "soft":
        alike = likeness(norm(str(gold)), norm(str(pred)))
        return alike if score is None or alike >= score.least else 0.0
    return float(gold == pred)


def _metric_for(gold: Any) -> str:
    if isinstance(gold, bool):
        return "exact"
    if isinstance(gold, int | float):
        return "number"
    return "text" if isinstance(gold, str) else "exact"


def _number_fit(gold: Any, pred: Any, tolerance: float) -> float:
    try:
        one, other = float(gold), float(pred)
    except (TypeError, ValueError):
        return 0.0
    return float(abs(one - other) <= tolerance * abs(one))


def _date_fit(gold: Any, pred: Any, days: float) -> float:
    one, other = as_day(gold), as_day(pred)
    if one is not None and other is not None:
        return float(abs((one - other).days) <= days)
    first, second = edtf_interval(gold), edtf_interval(pred)
    if first[0] is None or second[0] is None:
        return float(str(gold) == str(pred))
    return float(first == second)
