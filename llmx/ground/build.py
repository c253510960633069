"""Building: a typed report from a draft and the citations of its quotes, with what is lost taken out.

What is lost is lost alone: an optional field becomes empty, a list item goes, a record goes when a required field of it
goes. Every loss is noted under its path in the draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from llmx.ground.place import Offer, Placed, Unplaced
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


def build(offer: Offer, excluded: Mapping[Path, Loss], text: str, *, made: dict[int, BaseModel] | None = None) -> Built:
    """Build the report of a draft without the paths that are `excluded`.

    Args:
        offer: What a model filled, its quotes placed.
        excluded: What is left out, and why.
        text: The document's text.
        made: The records that came out whole when the same draft was built before, by the identity of their offers;
            those that lose nothing now are taken as they are, and the new ones are added.
    """
    built = Built(report=None)
    built.report = _Builder(excluded, built, text, made if made is not None else {}).record(offer)
    if built.report is not None:
        _walk(built.report, (), (), built)
    return built


def _walk(record: BaseModel, path: Path, draft_path: Path, built: Built) -> None:
    """Note a record and those in it."""
    built.records.append((draft_path, path, record))
    for held in plan_of(type(record)).nested:
        name, value = held.name, getattr(record, held.name)
        if not value:
            continue
        draft_at = (*draft_path, name)
        if not held.many:
            _walk(value, (*path, name), draft_at, built)
            continue
        numbers, is_flat = built.kept.get(draft_at) or range(len(value)), held.is_flat
        for number, item in enumerate(cast("Sequence[BaseModel]", value)):
            at, offered_at = (*path, name, number), (*draft_at, numbers[number])
            if is_flat:
                built.records.append((offered_at, at, item))
            else:
                _walk(item, at, offered_at, built)


class _Builder:
    def __init__(self, excluded: Mapping[Path, Loss], built: Built, text: str, made: dict[int, BaseModel]) -> None:
        self._text = text
        self._excluded = excluded
        self._touched = {path[:length] for path in excluded for length in range(len(path))}
        self._built = built
        self._made = made

    def record(self, offer: Offer) -> BaseModel | None:
        """The record that was offered, or `None` when it is lost; the loss is noted."""
        values = offer.values
        if values is None:
            detail = f"not a {offer.plan.schema.__name__}: {offer.value!r:.80}"
            self._lose(offer.path, Loss(Reason.INVALID_VALUE, detail=detail))
            return None
        touched = bool(self._touched) and offer.path in self._touched
        known = self._made.get(id(offer)) if not touched else None
        if known is not None:
            return known
        before = len(self._built.losses), len(self._built.kept)
        record = self._record(offer, values.copy(), touched=touched)
        if record is not None and before == (len(self._built.losses), len(self._built.kept)):
            self._made[id(offer)] = record
        return record

    def _record(self, offer: Offer, values: dict[str, Any], *, touched: bool) -> BaseModel | None:
        plan, path = offer.plan, offer.path
        offered = cast("Mapping[str, Any]", offer.value)
        if not plan.names.issuperset(offered):
            for name in (name for name in offered if name not in plan.names):
                detail = f"{plan.schema.__name__} has no such field"
                self._lose((*path, name), Loss(Reason.UNKNOWN_FIELD, detail=detail))
        # Plain values come as they were offered, save where one of the record's parts is left out.
        for held in plan.fields if touched or not plan.required <= values.keys() else plan.followed:
            name = held.name
            found = values.get(name)
            if found is None and not touched and not held.required:
                continue
            if touched and (*path, name) in self._excluded:
                self._lose((*path, name), self._excluded[(*path, name)])
                found = None
            elif found is not None:
                found = self._items(found, held, path, touched) if held.many else self._item(found, held, path)
            if found is not None:
                values[name] = found
            elif held.required:
                self._lose_part(path, plan, held, offered)
                return None
            else:
                values.pop(name, None)
        return self._validated(values, plan, path)

    def _item(self, offered: Any, held: FieldPlan, path: Path) -> Any:
        """The one value of a field, `None` when it is lost."""
        if held.holds is Holds.VALUE:
            return offered
        if held.holds is Holds.RECORD:
            return self.record(offered)
        if isinstance(offered, Unplaced):
            self._lose_quote((*path, held.name), offered)
            return None
        return self._united(offered)

    def _items(self, value: Any, held: FieldPlan, path: Path, touched: bool) -> tuple[Any, ...] | None:  # noqa: FBT001
        """The items of a list that stand, `None` when they are too few; `touched` says that some may be left out."""
        offered = cast("Sequence[Any]", value) if isinstance(value, (list, tuple)) else (value,)
        items = _whole(offered, held) if not touched else None
        if items is None:
            items, numbers = self._standing(offered, held, (*path, held.name))
            if numbers != list(range(len(offered))):
                self._built.kept[(*path, held.name)] = numbers
        return items if len(items) >= held.min_items else None

    def _standing(self, offered: Sequence[Any], held: FieldPlan, path: Path) -> tuple[tuple[Any, ...], list[int]]:
        """The items that stand, and the number of each in the draft; an elided quote gives several."""
        items: list[Any] = []
        numbers: list[int] = []
        for number, item in enumerate(offered):
            if self._excluded and (*path, number) in self._excluded:
                self._lose((*path, number), self._excluded[(*path, number)])
                continue
            if held.holds is Holds.CITATION:
                if isinstance(item, Unplaced):
                    self._lose_quote((*path, number), item)
                    continue
                items.extend(item)
                numbers.extend([number] * len(item))
                continue
            found = self.record(item) if held.holds is Holds.RECORD else item
            if found is not None:
                items.append(found)
                numbers.append(number)
        return tuple(items), numbers

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
            return plan.schema.__pydantic_validator__.validate_python(values)
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

    def _lose_quote(self, path: Path, quote: Unplaced) -> None:
        self._lose(path, Loss(quote.reason, quote.quote, quote.nearest, quote.detail, "quote.locate"))

    def _lose(self, path: Path, loss: Loss) -> None:
        self._built.losses.setdefault(path, loss)


def _whole(offered: Sequence[Any], held: FieldPlan) -> tuple[Any, ...] | None:
    """The items of a list of values or quotes that all stand, one for one; `None` for any other list."""
    if held.holds is Holds.VALUE:
        return tuple(offered) if None not in offered else None
    if held.holds is Holds.RECORD:
        return None
    quotes = cast("Sequence[Placed]", offered)
    found = [placed[0] for placed in quotes if not isinstance(placed, Unplaced) and len(placed) == 1]
    return tuple(found) if len(found) == len(quotes) else None
