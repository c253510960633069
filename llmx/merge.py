"""Merge: several drafts of one article -> one draft, and the records of one report that mean the same -> one record.

Long articles are read in windows, and any article may be read in several passes. *Joining* puts their drafts side by
side, with ids that do not collide; grounding then judges the whole. *Merging* unites records of the grounded report
that are the same thing: evidence is united, links follow, and numbers are kept apart, never averaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from llmx.port import Draft
from llmx.schema.citation import Citation
from llmx.schema.marks import Ref
from llmx.schema.news import Attribution, Claim, Entity, Event

ReportT = TypeVar("ReportT", bound=BaseModel)

_SAME_SHARE = 0.5
"""Two spans of quotes are the same when they share so much of the longer one."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Several drafts side by side.

    Attributes:
        draft: All of them as one.
        origins: For the list and index of each record: the number of the draft it came from, from 0.
        notes: One line for each value that had no room, because an earlier draft had filled its field.
    """

    draft: Draft
    origins: Mapping[tuple[str, int], int]
    notes: tuple[str, ...] = ()


def join_drafts(drafts: Sequence[Draft], schema: type[BaseModel]) -> Joined:
    """Put drafts side by side; ids of all but the first are renamed, and what refers to them with them.

    Args:
        drafts: The drafts of the windows or passes, in order.
        schema: The report class.
    """
    joined: Draft = {}
    origins: dict[tuple[str, int], int] = {}
    notes: list[str] = []
    for number, draft in enumerate(drafts):
        renamed = draft if number == 0 else _renamed(draft, schema, number)
        for name, value in renamed.items():
            if isinstance(value, list):
                items = cast("list[Any]", joined.setdefault(name, []))
                records = cast("list[Any]", value)
                origins |= {(name, len(items) + index): number for index in range(len(records))}
                items.extend(records)
            elif joined.get(name) is None:
                joined[name] = value
            elif value is not None and value != joined[name]:
                notes.append(f"{name} was found more than once; the first one was kept")
    return Joined(joined, origins, tuple(notes))


def merge_report(report: ReportT, origins: Mapping[tuple[str, int], int], *, passes: int = 1) -> ReportT:
    """Unite the records of `report` that mean the same.

    Args:
        report: A grounded report, made from joined drafts.
        origins: For the list and index of each of its records: the draft it came from; each window's passes stand
            together, so that the remainder by `passes` tells the pass.
        passes: How often the article was read; with more than one, each record's `support` says in how many of them
            it was found.
    """
    renames: dict[str, str] = {}
    lists: dict[str, list[BaseModel]] = {}
    for name in type(report).model_fields:
        value = getattr(report, name)
        if not _is_records(value):
            continue
        records = [_with_references(record, renames) for record in cast("Sequence[BaseModel]", value)]
        groups = _groups(records)
        lists[name] = [_united([records[index] for index in group]) for group in groups]
        renames |= {
            _id(records[index]): _id(records[group[0]]) for group in groups for index in group if _id(records[index])
        }
        if passes > 1:
            found = [len({origins.get((name, index), 0) % passes for index in group}) for group in groups]
            lists[name] = [_supported(one, count) for one, count in zip(lists[name], found, strict=True)]
    tidy = _numbers_for(lists)
    final = {old: tidy.get(new, new) for old, new in renames.items()} | tidy
    update = {name: tuple(_tidied(record, final)) for name, records in lists.items() for record in [records]}
    return report.model_copy(update=update)


# Joining


def _renamed(draft: Draft, schema: type[BaseModel], number: int) -> Draft:
    names = {old: f"{old}.{number + 1}" for value in draft.values() for old in _draft_ids(value)}
    return cast("Draft", _rename_tree(draft, schema, names))


def _draft_ids(value: Any) -> Iterator[str]:
    """The ids of the records in a list of a draft."""
    for record in cast("list[Any]", value) if isinstance(value, list) else []:
        found = cast("dict[str, Any]", record).get("id") if isinstance(record, dict) else None
        if isinstance(found, str):
            yield found


def _rename_tree(value: Any, schema: type[BaseModel] | None, names: Mapping[str, str]) -> Any:
    """A copy of a draft's value with its ids, and the references its class declares, renamed."""
    if isinstance(value, list):
        return [_rename_tree(item, schema, names) for item in cast("list[Any]", value)]
    if not isinstance(value, dict) or schema is None:
        return cast("Any", value)
    made: dict[str, Any] = {}
    shape = _shape(schema)
    for name, held in cast("dict[str, Any]", value).items():
        if name == "id" or name in shape.references:
            made[name] = _rename(held, names)
        else:
            made[name] = _rename_tree(held, shape.records.get(name), names)
    return made


def _rename(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_rename(item, names) for item in cast("list[Any]", value)]
    if isinstance(value, tuple):
        return tuple(_rename(item, names) for item in cast("tuple[Any, ...]", value))
    return value


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which fields of a class name other records, and which hold records."""

    references: frozenset[str]
    records: Mapping[str, type[BaseModel]]


@lru_cache(maxsize=256)
def _shape(schema: type[BaseModel]) -> _Shape:
    references = {name for name, info in schema.model_fields.items() if _is_reference(info)}
    records = {name: found for name, info in schema.model_fields.items() if (found := _record_class(info.annotation))}
    return _Shape(frozenset(references), records)


def _is_reference(info: FieldInfo) -> bool:
    return any(isinstance(mark, Ref) for mark in (*info.metadata, *_marks(info.annotation)))


def _marks(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks(part)


def _record_class(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None if issubclass(annotation, Citation) else annotation
    return next((found for part in get_args(annotation) if (found := _record_class(part))), None)


# Merging


def _groups(records: Sequence[BaseModel]) -> list[list[int]]:
    """The indices of records that mean the same, in the order of their first."""
    groups: list[list[int]] = []
    for index, record in enumerate(records):
        home = next((group for group in groups if any(_same(records[other], record) for other in group)), None)
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    return groups


def _same(one: BaseModel, other: BaseModel) -> bool:
    judge = _JUDGES.get(type(one), _same_throughout)
    return type(one) is type(other) and judge(one, other)


def _same_entity(one: Entity, other: Entity) -> bool:
    kinds = {one.kind, other.kind} - {"unknown"}
    shared = _names(one) & _names(other)
    return len(kinds) <= 1 and (bool(shared) or (one.name is None and _meet(one.mentions, other.mentions)))


def _names(entity: Entity) -> set[str]:
    return {" ".join(name.casefold().split()) for name in (entity.name, *entity.aliases) if name}


def _same_event(one: Event, other: Event) -> bool:
    if one.type != other.type or one.aggregate != other.aggregate or one.polarity != other.polarity:
        return False
    if _meet([one.trigger], [other.trigger]):
        return True
    times = {one.time.start, other.time.start} if one.time and other.time else {None}
    places = [{place.name.casefold() for place in event.places} for event in (one, other)]
    apart = (len(times) > 1) or (all(places) and not places[0] & places[1])
    together = (None not in times and len(times) == 1) and bool(places[0] & places[1])
    return together and not apart and bool(_cast(one) & _cast(other))


def _cast(event: Event) -> set[tuple[str, str]]:
    """Who takes part in which role: by entity, or by the words where it is not listed."""
    return {(part.role, part.entity or part.cite.quote.casefold()) for part in event.participants}


def _same_attribution(one: Attribution, other: Attribution) -> bool:
    sources = [source for source in (one.source, other.source) if source is not None]
    spoken = len(sources) == 0 or (len(sources) > 1 and _meet(sources[:1], sources[1:]))
    return spoken and _meet(one.content, other.content)


def _same_claim(one: Claim, other: Claim) -> bool:
    if one.text.casefold().strip(" .") == other.text.casefold().strip(" ."):
        return True
    return one.kind == other.kind and one.claimer == other.claimer and _meet(one.evidence, other.evidence, share=0.8)


def _same_throughout(one: BaseModel, other: BaseModel) -> bool:
    """Every field equal but the id and the support; the default for classes this module does not know."""
    return _plain(one) == _plain(other)


_JUDGES: Mapping[type[BaseModel], Callable[[Any, Any], bool]] = {
    Entity: _same_entity,
    Event: _same_event,
    Attribution: _same_attribution,
    Claim: _same_claim,
}


def _meet(one: Sequence[Citation], other: Sequence[Citation], *, share: float = _SAME_SHARE) -> bool:
    """Whether the words of two sets of citations are, by their larger part, the same."""
    left = {at for cite in one for span in cite.spans for at in range(span.start, span.end)}
    right = {at for cite in other for span in cite.spans for at in range(span.start, span.end)}
    return len(left & right) >= share * max(len(left), len(right), 1)


def _united(records: Sequence[BaseModel]) -> BaseModel:
    """One record of several: the first one's values, the others' where it has none, and all evidence."""
    first = records[0]
    if len(records) == 1:
        return first
    update: dict[str, Any] = {}
    for name, info in type(first).model_fields.items():
        values: list[Any] = [getattr(record, name) for record in records]
        if isinstance(values[0], tuple) and not _is_reference(info):
            update[name] = _without_repeats([item for value in values for item in value])
        elif values[0] == info.get_default(call_default_factory=True):
            told = [value for value in values if value != values[0]]
            update[name] = told[0] if told else cast("Any", values[0])
    if isinstance(first, Entity):
        others = [record.name for record in cast("Sequence[Entity]", records[1:]) if record.name]
        aliases = (*update["aliases"], *others)
        update["aliases"] = tuple(dict.fromkeys(name for name in aliases if name != first.name))
    return first.model_copy(update=update)


def _without_repeats(items: Sequence[Any]) -> tuple[Any, ...]:
    kept: dict[Any, Any] = {}
    for item in items:
        kept.setdefault(_identity(item), item)
    return tuple(kept.values())


def _identity(item: Any) -> object:
    """What makes two items of a list the same: a citation's place, a record's values and places, or the value."""
    if isinstance(item, Citation):
        return item.spans
    return repr(_plain(item)) if isinstance(item, BaseModel) else item


def _plain(record: BaseModel) -> dict[str, Any]:
    return record.model_dump(exclude={"id", "support"})


def _supported(record: BaseModel, count: int) -> BaseModel:
    return record.model_copy(update={"support": count}) if "support" in type(record).model_fields else record


# References


def _with_references(value: Any, names: Mapping[str, str]) -> Any:
    """A copy of a record in which every reference follows `names`; the same object where nothing changes."""
    if not names or not isinstance(value, BaseModel):
        return value
    record: BaseModel = value
    return _with_references_in(record, names)


def _with_references_in(value: BaseModel, names: Mapping[str, str]) -> BaseModel:
    shape = _shape(type(value))
    update: dict[str, Any] = {}
    for name in type(value).model_fields:
        held: Any = getattr(value, name)
        if name in shape.references:
            new = _rename(held, names)
        elif isinstance(held, tuple):
            new = tuple(_with_references(item, names) for item in cast("tuple[Any, ...]", held))
        else:
            new = _with_references(held, names)
        if new != held:
            update[name] = new
    return value.model_copy(update=update) if update else value


def _tidied(records: Sequence[BaseModel], names: Mapping[str, str]) -> Iterator[BaseModel]:
    """The records with their last names, without links of a record to itself and without repeats of links."""
    seen: set[object] = set()
    for record in records:
        made = _with_references_in(record, names)
        if "id" in type(made).model_fields:
            made = made.model_copy(update={"id": names.get(_id(made), _id(made))})
        elif _identity(made) in seen or _links_itself(made):
            continue
        seen.add(_identity(made))
        yield _without_own_links(made)


def _links_itself(record: BaseModel) -> bool:
    ends = [getattr(record, name) for name in _shape(type(record)).references]
    return len(ends) > 1 and len(set(ends)) == 1


def _without_own_links(record: BaseModel) -> BaseModel:
    own = _id(record)
    if isinstance(record, Attribution) and record.parent == own:
        return record.model_copy(update={"parent": None})
    if isinstance(record, Claim):
        kept = _without_repeats([link for link in record.links if link.claim != own])
        return record.model_copy(update={"links": kept})
    return record


def _numbers_for(lists: Mapping[str, Sequence[BaseModel]]) -> dict[str, str]:
    """New ids, counted through each list, for reports whose ids were renamed while joining."""
    ids = [_id(record) for records in lists.values() for record in records]
    if not any("." in known for known in ids):
        return {}
    counters: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for known in filter(None, ids):
        letters = known.rstrip("0123456789.") or "r"
        counters[letters] += 1
        names[known] = f"{letters}{counters[letters]}"
    return names


def _id(record: BaseModel) -> str:
    return str(getattr(record, "id", ""))


def _is_records(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, BaseModel) for item in cast("tuple[Any, ...]", value))
