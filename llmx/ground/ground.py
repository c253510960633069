"""Grounding: from a draft to a report in which every field is cited and every citation checked.

    draft ──place──> citations ──build──> typed report ──check──> verdicts ──exclude──> build again, until nothing falls

To *ground* a draft is to find where its quotes stand, to check that its values follow from them, and to take out what
does not stand. Nothing is repaired and nothing vanishes: each loss is a rejection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from pydantic import BaseModel

from llmx.document import Document
from llmx.ground.build import Built, Loss, build
from llmx.ground.context import Context
from llmx.ground.derive import Derived, derive
from llmx.ground.judge import Judged, judge
from llmx.ground.place import Offer, place_quotes
from llmx.ground.plan import FieldPlan, plan_of, require_cited
from llmx.ground.reading import Reading
from llmx.ground.references import broken_references
from llmx.ground.times import fill_times
from llmx.result import Outcome, Path, Reason, Rejection, Verdict, VerdictCounts, show_path
from llmx.schema.citation import Citation
from llmx.text.locate import Index

OnUnsupported = Literal["drop", "flag", "raise"]
"""What happens to a value that its words contradict: it goes, it stays flagged, or the call stops."""

_Judged = tuple[Path, Verdict]
"""A record's path in the report, and what a check says of a value in it."""

_MAX_ROUNDS = 8
_OUTCOMES = (Outcome.CONTRADICTED, Outcome.SUPPORTED, Outcome.UNDECIDED)


@dataclass(frozen=True, kw_only=True)
class Grounded:
    """A draft, grounded.

    Attributes:
        report: What stands; an empty report when nothing does.
        lost: What fell or was flagged, by its path in the draft and in its order.
        verdicts: How many values were checked, and what was found.
        paths: For each record of the report, by its path there: its path in the draft.
        stopped: Whether a value fell whose policy is `"raise"`.
    """

    report: BaseModel
    lost: Mapping[Path, Rejection]
    verdicts: VerdictCounts
    paths: Mapping[Path, Path]
    stopped: bool

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """What fell or was flagged, in the order of the draft."""
        return tuple(self.lost.values())


def ground(
    draft: Mapping[str, Any],
    schema: type[BaseModel],
    document: Document,
    *,
    index: Index | None = None,
    on_unsupported: OnUnsupported = "drop",
    example: str = "",
) -> Grounded:
    """Ground `draft` in `document`.

    Args:
        draft: What a model filled: the asked form of `schema` as plain values.
        schema: The report class.
        document: The document its quotes are to stand in.
        index: The document's text prepared for locating, if it is at hand.
        on_unsupported: What happens to contradicted values of fields that have no policy of their own.
        example: The text of the prompt's worked example; quotes that stand there alone are named as leaks.

    Raises:
        SchemaError: `schema` has fields without a citation.
    """
    require_cited(schema)
    offer = place_quotes(draft, schema, document, index or Index(document.text), example=example)
    return _Grounding(offer, document, on_unsupported).run()


class _Grounding:
    def __init__(self, offer: Offer, document: Document, on_unsupported: OnUnsupported) -> None:
        self._offer = offer
        self._draft: Mapping[str, Any] = offer.value
        self._schema = offer.plan.schema
        self._document = document
        self._default: OnUnsupported = on_unsupported
        self._excluded: dict[Path, Loss] = {}
        self._flagged: dict[Path, tuple[Path, Loss]] = {}
        self._contradicted: Counter[str] = Counter()
        self._stopped = False
        self._reading: Reading | None = None
        self._made: dict[int, BaseModel] = {}
        self._derived: dict[Path, Derived] = {}
        self._judged: Judged | None = None

    def run(self) -> Grounded:
        built = self._settle()
        report = built.report
        if report is not None:
            report = fill_times(report, self._document, read_before=self._reading)
        verdicts = self._judged.all_verdicts() if self._judged is not None and built.report is not None else ()
        counts = _count(verdicts, self._contradicted)
        return Grounded(
            report=report if report is not None else _empty(self._schema),
            lost=self._rejections(built),
            verdicts=counts,
            paths={path: draft_path for draft_path, path, _ in built.records},
            stopped=self._stopped or (self._default == "raise" and bool(built.losses or self._excluded)),
        )

    def _settle(self) -> Built:
        """Build, look for what cannot stand, and build again without it."""
        built = self._build()
        for _ in range(_MAX_ROUNDS):
            fallen = broken_references(built) or self._fallen(built)
            new = {path: loss for path, loss in fallen.items() if path and path not in self._excluded}
            if not new:
                break
            self._excluded.update(new)
            built = self._build()
        return built

    def _build(self) -> Built:
        built = build(self._offer, self._excluded, self._document.text, made=self._made)
        if built.report is not None:
            derive(built, self._draft, self._excluded, self._context(built.report), before=self._derived)
        return built

    def _context(self, report: BaseModel) -> Context:
        context = Context(document=self._document, report=report, read_before=self._reading)
        self._reading = context.reading
        return context

    def _against(self, built: Built) -> Sequence[_Judged]:
        """What the checks contradict, with the path of the record in the report."""
        if built.report is None:
            return []
        self._judged = judge(built, self._context(built.report), self._judged)
        return self._judged.against

    def _fallen(self, built: Built) -> dict[Path, Loss]:
        """What the checks contradict, by its path in the draft; what is flagged alone stays."""
        fallen: dict[Path, Loss] = {}
        for record, verdict in self._against(built):
            path = (*record, *verdict.path)
            reason = verdict.reason or Reason.VALUE_MISMATCH
            draft_path = built.draft_path(path)
            cite = _citation_at(built.report, path)
            quote, place = (cite.quote, cite.span) if cite else (None, None)
            loss = Loss(reason, quote=quote, nearest=place, detail=verdict.detail, rule=verdict.rule)
            policy = self._policy(path)
            if policy == "flag":
                self._flagged.setdefault(draft_path, (path, loss))
                continue
            if draft_path not in self._excluded and draft_path not in fallen:
                self._contradicted[verdict.rule] += 1
                self._stopped = self._stopped or policy == "raise"
            fallen.setdefault(self._movable(draft_path), loss)
        return fallen

    def _policy(self, path: Path) -> str:
        """What the innermost field on the way to `path` that has a policy says, else the call's."""
        policy: str = self._default
        for held in self._fields(path):
            policy = held.policy or policy
        return policy

    def _movable(self, draft_path: Path) -> Path:
        """What to leave out: the value, or its record when the value is out already and its default cannot stand."""
        while draft_path in self._excluded and draft_path:
            draft_path = draft_path[:-1]
        return draft_path

    def _fields(self, path: Path) -> list[FieldPlan]:
        found: list[FieldPlan] = []
        schema: type[BaseModel] | None = self._schema
        for step in path:
            if isinstance(step, int) or schema is None:
                continue
            held = next((held for held in plan_of(schema).fields if held.name == step), None)
            if held is None:
                break
            found.append(held)
            schema = held.record
        return found

    def _rejections(self, built: Built) -> dict[Path, Rejection]:
        losses = {**self._excluded, **{path: loss for path, loss in built.losses.items() if path not in self._excluded}}
        found = {path: self._rejection(path, loss) for path, loss in losses.items()}
        for path, (published, loss) in self._flagged.items():
            if path in found:
                continue
            flagged = {"action": "flagged", "path_published": show_path(published)}
            found[path] = self._rejection(path, loss).model_copy(update=flagged)
        return {path: found[path] for path in sorted(found, key=_order)}

    def _rejection(self, path: Path, loss: Loss) -> Rejection:
        return Rejection(
            path=show_path(path),
            reason=loss.reason,
            value=_value_at(self._draft, path),
            quote=loss.quote,
            nearest=loss.nearest,
            detail=loss.detail,
            rule=loss.rule,
        )


def _order(path: Path) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in path)


def _value_at(value: Any, path: Path) -> Any:
    found = value
    for step in path:
        if isinstance(found, Mapping):
            found = cast("Mapping[Any, Any]", found).get(step)
        elif isinstance(found, (list, tuple)) and isinstance(step, int):
            items = cast("Sequence[Any]", found)
            found = items[step] if step < len(items) else None
        elif step != 0:
            return None
    return cast("Any", found)


def _citation_at(report: BaseModel | None, path: Path) -> Citation | None:
    """The citation that was to support the value at `path`: the nearest one in or around it."""
    trail: list[Any] = [report]
    for step in path:
        held = trail[-1]
        trail.append(held[step] if isinstance(step, int) else getattr(held, step, None))
        if trail[-1] is None:
            break
    for held in reversed(trail):
        for candidate in (held, *(getattr(held, name, None) for name in ("cite", "trigger", "cue", "source"))):
            if isinstance(candidate, Citation):
                return candidate
    return None


def _count(verdicts: Sequence[Verdict], contradicted: Mapping[str, int]) -> VerdictCounts:
    """How often each rule came to each outcome; `contradicted` adds what fell in rounds before."""
    by_rule: dict[str, dict[Outcome, int]] = {}
    totals: list[int] = []
    for outcome in _OUTCOMES:
        rules = Counter([verdict.rule for verdict in verdicts if verdict.outcome is outcome])
        if outcome is Outcome.CONTRADICTED:
            rules.update(contradicted)
        totals.append(rules.total())
        for rule, number in rules.items():
            by_rule.setdefault(rule, {})[outcome] = number
    return VerdictCounts.model_construct(
        contradicted=totals[0], supported=totals[1], undecided=totals[2], by_rule=dict(sorted(by_rule.items()))
    )


def _empty(schema: type[BaseModel]) -> BaseModel:
    """A report with nothing in it; its required fields are left out."""
    required = any(info.is_required() for info in schema.model_fields.values())
    return schema.model_construct() if required else schema()
