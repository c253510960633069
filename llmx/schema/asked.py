"""What a model is asked to fill: a report class with quotes in place of citations.

A *quote* is words offered as evidence, not yet located. In an answer it is a string, `12|the words`: the number of the
sentence it starts in, a bar, and the words; the number may be left out. It is a hint that settles which of several
mentions is meant, and never rejects words that stand in one place only.
"""

from __future__ import annotations

import types
import typing
from functools import lru_cache
from typing import Annotated, Any, Union, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

from llmx.schema.citation import Citation
from llmx.schema.marks import Filled

Quote = Annotated[
    str,
    Field(description="A quote: 12|the words"),
]
"""The asked form of a citation."""


class Asked(BaseModel):
    """What asked classes share. Unknown fields are kept, so that grounding can reject them by name."""

    model_config = ConfigDict(extra="allow")


@lru_cache(maxsize=256)
def asked_class(schema: type[BaseModel]) -> type[BaseModel]:
    """The class whose JSON Schema a model is given for the report class `schema`.

    Every `Citation` becomes a `Quote`, every record its asked form, and fields marked `Filled` are left out. Field
    names, descriptions and defaults stay.
    """
    fields: dict[str, Any] = {}
    for name, info in schema.model_fields.items():
        if is_filled(info):
            continue
        annotation = _asked_annotation(info.annotation)
        default = ... if info.is_required() else info.get_default(call_default_factory=True)
        fields[name] = (annotation, Field(default, description=info.description))
    made = create_model(schema.__name__, __base__=Asked, __doc__=schema.__doc__, **fields)
    return cast("type[BaseModel]", made)


def is_filled(info: FieldInfo) -> bool:
    """Whether the library fills the field, so that no model is asked for it."""
    return any(isinstance(mark, Filled) for mark in info.metadata)


def _asked_annotation(annotation: Any) -> Any:
    """`annotation` with citations and records replaced by what is asked for them."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _asked_annotation(args[0])
    if origin in (Union, types.UnionType):
        return Union[tuple(_asked_annotation(arg) for arg in args)]  # noqa: UP007 - built from a tuple
    if origin in (tuple, list, set, frozenset, typing.Sequence) and args:
        return cast("Any", list[_asked_annotation(args[0])])
    if isinstance(annotation, type) and issubclass(annotation, Citation):
        return Quote
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return asked_class(annotation)
    return cast("Any", annotation)
