"""Join: drafts of windows or passes side by side, as one draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel

from llmx.merge.shape import rename, shape_of
from llmx.port import Draft


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
    shape = shape_of(schema)
    for name, held in cast("dict[str, Any]", value).items():
        if name == "id" or name in shape.references:
            made[name] = rename(held, names)
        else:
            made[name] = _rename_tree(held, shape.records.get(name), names)
    return made
