"""Shapes: which fields of a class name other records, and which hold records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from llmx.schema.citation import Citation
from llmx.schema.marks import Ref


@dataclass(frozen=True, slots=True)
class Shape:
    """Which fields of a class name other records, and which hold records."""

    references: frozenset[str]
    records: Mapping[str, type[BaseModel]]


@lru_cache(maxsize=256)
def shape_of(schema: type[BaseModel]) -> Shape:
    """The shape of a class, read off its fields once."""
    references = {name for name, info in schema.model_fields.items() if is_reference(info)}
    records = {name: found for name, info in schema.model_fields.items() if (found := _record_class(info.annotation))}
    return Shape(frozenset(references), records)


def is_reference(info: FieldInfo) -> bool:
    """Whether the field holds the id of a record, or several."""
    return any(isinstance(mark, Ref) for mark in (*info.metadata, *_marks(info.annotation)))


def _marks(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks(part)


def _record_class(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None if issubclass(annotation, Citation) else annotation
    return next((found for part in get_args(annotation) if (found := _record_class(part))), None)


def rename(value: Any, names: Mapping[str, str]) -> Any:
    """`value` with each id in it that has a new name under that name."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [rename(item, names) for item in cast("list[Any]", value)]
    if isinstance(value, tuple):
        return tuple(rename(item, names) for item in cast("tuple[Any, ...]", value))
    return value
