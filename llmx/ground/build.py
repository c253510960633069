"""Building: a typed report from a draft and the citations of its quotes, with what is lost taken out.

What is lost is lost alone: an optional field becomes empty, a list item goes, a record goes when a required field of it
goes. Every loss is noted under its path in the draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from llmx.ground.place import Placed, Unplaced
from llmx.ground.plan import FieldPlan, Holds, RecordPlan, plan_of
from llmx.result import Path, Reason
from llmx.schema.citation import Citation
from llmx.text.span import Span


@dataclass(frozen=True, slots=True)
class Loss:
    """Why a path of the draft did not come out."""

    reason: Reason
    quote: str | None = None
    nearest: Span | None = None
    detail: str = ""
    rule: str = ""


@dataclass
class Built:
    """A typed report and where its parts stood in the draft.

    Attributes:
        report: The report; `None` when a required part of the report itself was lost.
        records: Every record in it, outermost first, with its path in the draft and its path in the report.
        kept: For each list that lost items, by its path in the draft: the draft's number of each item that is left.
        losses: What was lost, by its path in the draft.
    """

    report: BaseModel | None
    records: list[tuple[Path, Path, BaseModel]] = field(default_factory=list[tuple[Path, Path, BaseModel]])
    kept: dict[Path, list[int]] = field(default_factory=dict[Path, list[int]])
    losses: dict[Path, Loss] = field(default_factory=dict[Path, Loss])

    def draft_path(self, path: Path) -> Path:
        """Where the value at `path` of the report stood in the draft."""
        found: Path = ()
        for step in path:
            numbers = self.kept.get(found) if isinstance(step, int) else None
            if numbers is not None and isinstance(step, int) and step < len(numbers):
                found = (*found, numbers[step])
            else:
                found = (*found, step)
        return found


def build(
    draft: Mapping[str, Any],
    schema: type[BaseModel],
    placed: Mapping[Path, Placed],
    excluded: Mapping[Path, Loss],
    text: str,
    *,
    made: dict[Path, BaseModel] | None = None,
) -> Built:
    """Build the report of class `schema` from `draft`, without the paths that are `excluded`.

    Args:
        draft: What a model filled.
        schema: The report class.
        placed: The citations of its quotes.
        excluded: What is left out, and why.
        text: The document's text.
        made: The records that came out whole when the same draft was built before, by their path in it; those that
            lose nothing now are taken as they are, and the new ones are added.
    """
    built = Built(report=None)
    builder = _Builder(placed, excluded, built, text, made if made is not None else {})
    built.report = builder.record(draft, plan_of(schema), ())
    if built.report is not None:
        _walk(built.report, (), (), built)
    return built


def _walk(record: BaseModel, path: Path, draft_path: Path, built: Built) -> None:
    built.records.append((draft_path, path, record))
    for held in plan_of(type(record)).nested:
        value = getattr(record, held.name)
        if value is None:
            continue
        at, draft_at = (*path, held.name), (*draft_path, held.name)
        if isinstance(value, BaseModel):
            _walk(value, at, draft_at, built)
            continue
        items = cast("Sequence[BaseModel]", value)
        for number, (item, offered) in enumerate(
            zip(items, built.kept.get(draft_at) or range(len(items)), strict=True)
        ):
            _walk(item, (*at, number), (*draft_at, offered), built)


class _Builder:
    def __init__(
        self,
        placed: Mapping[Path, Placed],
        excluded: Mapping[Path, Loss],
        built: Built,
        text: str,
        made: dict[Path, BaseModel],
    ) -> None:
        self._text = text
        self._placed = placed
        self._excluded = excluded
        self._touched = {path[:length] for path in excluded for length in range(len(path))}
        self._built = built
        self._made = made

    def record(self, value: Any, plan: RecordPlan, path: Path) -> BaseModel | None:
        """The record at `path`, or `None` when it is lost; the loss is noted."""
        if not isinstance(value, (dict, Mapping)):  # the first is the common one, and told at once
            self._lose(path, Loss(Reason.INVALID_VALUE, detail=f"not a {plan.schema.__name__}: {value!r:.80}"))
            return None
        touched = path in self._touched
        if not touched and path in self._made:
            return self._made[path]
        before = len(self._built.losses), len(self._built.kept)
        record = self._record(cast("Mapping[str, Any]", value), plan, path, touched=touched)
        if record is not None and before == (len(self._built.losses), len(self._built.kept)):
            self._made[path] = record
        return record

    def _record(self, offered: Mapping[str, Any], plan: RecordPlan, path: Path, *, touched: bool) -> BaseModel | None:
        if not plan.names.issuperset(offered):
            for name in (name for name in offered if name not in plan.names):
                detail = f"{plan.schema.__name__} has no such field"
                self._lose((*path, name), Loss(Reason.UNKNOWN_FIELD, detail=detail))
        values = {name: value for name, value in offered.items() if value is not None and name in plan.names}
        # Plain values come as they were offered, save where one of the record's parts is left out.
        followed = plan.fields if touched or not plan.required <= values.keys() else plan.followed
        for held in followed:
            name = held.name
            found = values.get(name)
            if touched or found is not None:
                found = self._field(found, held, (*path, name))
            if found is not None:
                values[name] = found
            elif held.required:
                self._lose_part(path, plan, held, offered)
                return None
            else:
                values.pop(name, None)
        return self._validated(values, plan, path)

    def _field(self, value: Any, held: FieldPlan, path: Path) -> Any:
        if path in self._excluded:
            self._lose(path, self._excluded[path])
            return None
        if value is None:
            return None
        if not held.many:
            return self._item(value, held, path)
        offered = cast("Sequence[Any]", value) if isinstance(value, (list, tuple)) else (value,)
        items, numbers = self._items(offered, held, path)
        if numbers is not None:
            self._built.kept[path] = numbers
        return items if len(items) >= held.min_items else None

    def _items(self, offered: Sequence[Any], held: FieldPlan, path: Path) -> tuple[tuple[Any, ...], list[int] | None]:
        """The items that stand, and the number in the draft of each where those differ from their numbers now."""
        excluded = self._excluded
        if held.holds is Holds.VALUE and not excluded and None not in offered:
            return tuple(offered), None
        items: list[Any] = []
        numbers: list[int] = []
        for number, item in enumerate(offered):
            at = (*path, number)
            if excluded and at in excluded:
                self._lose(at, excluded[at])
            elif held.holds is Holds.CITATION:
                found = self._citations(item, at)
                items.extend(found)
                numbers.extend([number] * len(found))
            else:
                found = self._item(item, held, at)
                if found is not None:
                    items.append(found)
                    numbers.append(number)
        return tuple(items), None if numbers == list(range(len(offered))) else numbers

    def _item(self, value: Any, held: FieldPlan, path: Path) -> Any:
        if held.record is not None:
            return self.record(value, plan_of(held.record), path)
        if held.holds is Holds.VALUE:
            return value
        citations = self._citations(value, path)
        return self._united(citations) if citations else None

    def _citations(self, value: Any, path: Path) -> tuple[Citation, ...]:
        found = self._placed.get(path)
        if found is None:
            self._lose(path, Loss(Reason.INVALID_VALUE, detail=f"not a quote: {value!r:.80}"))
            return ()
        if isinstance(found, Unplaced):
            self._lose(path, Loss(found.reason, found.quote, found.nearest, found.detail, "quote.locate"))
            return ()
        return found

    def _united(self, citations: tuple[Citation, ...]) -> Citation:
        """One citation for a field that holds one: an elided quote's parts and all between them."""
        first, last = citations[0], citations[-1]
        if len(citations) == 1:
            return first
        return Citation(
            quote=self._text[first.start : last.end],
            start=first.start,
            end=last.end,
            match=first.match,
            parts=tuple(part.span for part in citations),
        )

    def _validated(self, values: dict[str, Any], plan: RecordPlan, path: Path) -> BaseModel | None:
        """The record; fields whose values are not of their type are lost, and it is when one of them is required."""
        try:
            return plan.schema.model_validate(values)
        except ValidationError as error:
            faults = error.errors(include_url=False)
        fields = {held.name: held for held in plan.fields}
        dropped: set[str] = set()
        for fault in faults:
            loc: Path = tuple(fault["loc"])
            name = str(loc[0]) if loc else ""
            if name in dropped:
                continue
            loss = Loss(Reason.INVALID_VALUE, detail=fault["msg"], rule="schema.type")
            held = fields.get(name)
            if held is None or name not in values:
                self._lose(path, loss)
                return None
            dropped.add(name)
            if self._drop_item(values, held, (*path, name), loc, loss):
                continue
            self._lose((*path, name), loss)
            del values[name]
            if held.required:
                self._lose(path, Loss(Reason.LOST_PART, detail=name))
                return None
        return self._validated(values, plan, path)

    def _drop_item(self, values: dict[str, Any], held: FieldPlan, path: Path, loc: Path, loss: Loss) -> bool:
        """Take the one item that is at fault out of a list of values, if the list can spare it."""
        number = loc[1] if held.many and len(loc) > 1 else None
        items = values[held.name]
        if not isinstance(number, int) or len(items) <= max(held.min_items, 0):
            return False
        numbers = self._built.kept.get(path, list(range(len(items))))
        self._lose((*path, numbers[number]), loss)
        values[held.name] = (*items[:number], *items[number + 1 :])
        self._built.kept[path] = numbers[:number] + numbers[number + 1 :]
        return True

    def _lose_part(self, path: Path, plan: RecordPlan, held: FieldPlan, offered: Mapping[str, Any]) -> None:
        at = (*path, held.name)
        absent = offered.get(held.name) in (None, [], (), "")
        if absent and at not in self._excluded:
            detail = f"{plan.schema.__name__} needs {held.name}"
            self._lose(path or at, Loss(Reason.MISSING_FIELD, detail=detail, rule="schema.required"))
            return
        self._lose(path or at, Loss(Reason.LOST_PART, detail=held.name))

    def _lose(self, path: Path, loss: Loss) -> None:
        self._built.losses.setdefault(path, loss)
