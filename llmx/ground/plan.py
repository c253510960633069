"""Plans: what the fields of a report class are to grounding.

A plan is read off a Pydantic class once. It says which fields hold citations, records or plain values, which are
required, and which name other records.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import Annotated, Any, Union, cast, get_args, get_origin

from annotated_types import MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from llmx.errors import SchemaError
from llmx.schema.asked import is_filled
from llmx.schema.citation import Citation
from llmx.schema.marks import OnUnsupported, Ref

_SEQUENCES = (tuple, list, set, frozenset)


class Holds(Enum):
    """What a field holds."""

    CITATION = auto()
    RECORD = auto()
    VALUE = auto()


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """What one field is to grounding.

    Attributes:
        name: The field's name.
        holds: A citation, a record or a plain value.
        many: Whether it is a list of them.
        required: Whether the record cannot be without it.
        min_items: For a list, how many items it must keep.
        record: The class of the records it holds, if it holds records.
        ref: Where the ids it holds point, if it holds ids.
        policy: What happens when it is not supported, if the field itself says so.
        nullable: Whether `None` is one of its values.
    """

    name: str
    holds: Holds
    many: bool
    required: bool
    min_items: int
    nullable: bool
    record: type[BaseModel] | None = None
    ref: Ref | None = None
    policy: str | None = None

    @property
    def is_flat(self) -> bool:
        """Whether the records it holds hold no records themselves."""
        return self.record is None or not plan_of(self.record).nested


@dataclass(frozen=True)
class RecordPlan:
    """What a record class is to grounding."""

    schema: type[BaseModel]
    fields: tuple[FieldPlan, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the fields."""
        return frozenset(field.name for field in self.fields)

    @cached_property
    def required(self) -> frozenset[str]:
        """The names of the fields that a record cannot be without."""
        return frozenset(field.name for field in self.fields if field.required)

    @cached_property
    def followed(self) -> tuple[FieldPlan, ...]:
        """The fields that hold more than one plain value: lists, citations and records."""
        return tuple(field for field in self.fields if field.many or field.holds is not Holds.VALUE)

    @cached_property
    def nested(self) -> tuple[FieldPlan, ...]:
        """The fields that hold records."""
        return tuple(field for field in self.fields if field.holds is Holds.RECORD)

    @cached_property
    def quoted(self) -> tuple[FieldPlan, ...]:
        """The fields that hold quotes, or records that may."""
        return tuple(field for field in self.fields if field.holds is not Holds.VALUE)

    @cached_property
    def links(self) -> tuple[tuple[FieldPlan, Ref], ...]:
        """The fields that hold ids alone, with what they point at."""
        return tuple((field, field.ref) for field in self.fields if field.ref is not None and not field.ref.or_text)

    @cached_property
    def is_cited(self) -> bool:
        """Whether records of this class carry a citation of their own."""
        return any(field.holds is Holds.CITATION for field in self.fields)


@lru_cache(maxsize=512)
def plan_of(schema: type[BaseModel]) -> RecordPlan:
    """The plan of a record class."""
    fields = [_plan_field(schema, name, info) for name, info in schema.model_fields.items() if not is_filled(info)]
    return RecordPlan(schema=schema, fields=tuple(fields))


@lru_cache(maxsize=128)
def require_cited(schema: type[BaseModel]) -> None:
    """Make sure that `schema` can be used as a report class: that every value in it is cited.

    A record is cited when it holds a `Citation`; a record that names other records by their ids links cited ones and
    needs none of its own.

    Raises:
        SchemaError: Fields without a citation; the message names them.
    """
    uncited = sorted(set(_uncited(schema, schema.__name__, seen=set())))
    if uncited:
        raise SchemaError(
            f"{schema.__name__} has fields without a citation: {', '.join(uncited)}; "
            "make each a Cited[...], or put a Citation beside it"
        )
    if not any(plan.is_cited for plan in _reachable(schema, seen=set())):
        raise SchemaError(f"{schema.__name__} has no citation in it: use Cited[...] for its fields")


def _uncited(schema: type[BaseModel], where: str, *, seen: set[type[BaseModel]]) -> Iterator[str]:
    if schema in seen:
        return
    seen.add(schema)
    plan = plan_of(schema)
    links = any(field.ref is not None for field in plan.fields)
    for field in plan.fields:
        if field.record is not None:
            yield from _uncited(field.record, f"{where}.{field.name}", seen=seen)
        elif field.holds is Holds.VALUE and not (plan.is_cited or links):
            yield f"{where}.{field.name}"


def _reachable(schema: type[BaseModel], *, seen: set[type[BaseModel]]) -> Iterator[RecordPlan]:
    if schema in seen:
        return
    seen.add(schema)
    plan = plan_of(schema)
    yield plan
    for field in plan.fields:
        if field.record is not None:
            yield from _reachable(field.record, seen=seen)


def _plan_field(schema: type[BaseModel], name: str, info: FieldInfo) -> FieldPlan:
    marks = list(info.metadata)
    inner, nullable, many = _unwrap(info.annotation, marks)
    record = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    if record is None and any(_is_record(part) for part in get_args(inner)):
        raise SchemaError(f"{schema.__name__}.{name} is a union of records: give each kind a field of its own")
    if record is not None and issubclass(record, Citation):
        holds, record = Holds.CITATION, None
    elif record is not None:
        holds = Holds.RECORD
    else:
        holds = Holds.VALUE
    return FieldPlan(
        name=name,
        holds=holds,
        many=many,
        required=info.is_required(),
        min_items=next((mark.min_length for mark in marks if isinstance(mark, MinLen)), 0) if many else 0,
        nullable=nullable,
        record=record,
        ref=next((mark for mark in marks if isinstance(mark, Ref)), None),
        policy=next((mark.action for mark in marks if isinstance(mark, OnUnsupported)), None),
    )


def _unwrap(annotation: Any, marks: list[Any]) -> tuple[Any, bool, bool]:
    """The innermost type of a field, whether `None` is allowed, and whether it is a list; collects marks on the way."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        marks.extend(args[1:])
        return _unwrap(args[0], marks)
    if origin in (Union, types.UnionType):
        rest = [arg for arg in args if arg is not types.NoneType]
        if len(rest) < len(args) and len(rest) == 1:
            inner, _, many = _unwrap(rest[0], marks)
            return inner, True, many
        return annotation, len(rest) < len(args), False
    if origin in _SEQUENCES and args:
        inner, _, _ = _unwrap(args[0], marks)
        return inner, False, True
    return annotation, False, False


def _is_record(part: Any) -> bool:
    return isinstance(part, type) and issubclass(cast("type[Any]", part), BaseModel)
