"""Unite: the records of a report that mean the same become one, and what names them follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from llmx.merge.same import keys_of, mean_the_same, plain
from llmx.merge.shape import is_reference, rename, shape_of
from llmx.schema.citation import Citation
from llmx.schema.news import Attribution, Claim, Entity

ReportT = TypeVar("ReportT", bound=BaseModel)


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
        value = getattr(report, name, None)  # a report may lack a required field that was rejected
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


def _groups(records: Sequence[BaseModel]) -> list[list[int]]:
    """The indices of records that mean the same, in the order of their first.

    Records are compared only where they share a key, so that a long report costs little more than its length.
    """
    groups: list[list[int]] = []
    homes: dict[object, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        keys = keys_of(record)
        near = sorted({number for key in keys for number in homes[key]})
        home = next(
            (number for number in near if any(mean_the_same(records[at], record) for at in groups[number])), None
        )
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(index)
        for key in keys:
            if home not in homes[key]:
                homes[key].append(home)
    return groups


def _united(records: Sequence[BaseModel]) -> BaseModel:
    """One record of several: the first one's values, the others' where it has none, and all evidence."""
    first = records[0]
    if len(records) == 1:
        return first
    update: dict[str, Any] = {}
    for name, info in type(first).model_fields.items():
        values: list[Any] = [getattr(record, name) for record in records]
        if isinstance(values[0], tuple) and not is_reference(info):
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
    return repr(plain(item)) if isinstance(item, BaseModel) else item


def _supported(record: BaseModel, count: int) -> BaseModel:
    return record.model_copy(update={"support": count}) if "support" in type(record).model_fields else record


def _with_references(value: Any, names: Mapping[str, str]) -> Any:
    """A copy of a record in which every reference follows `names`; the same object where nothing changes."""
    if not names or not isinstance(value, BaseModel):
        return value
    record: BaseModel = value
    return _with_references_in(record, names)


def _with_references_in(value: BaseModel, names: Mapping[str, str]) -> BaseModel:
    shape = shape_of(type(value))
    update: dict[str, Any] = {}
    for name in type(value).model_fields:
        held: Any = getattr(value, name)
        if name in shape.references:
            new = rename(held, names)
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
    ends = [getattr(record, name) for name in shape_of(type(record)).references]
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
