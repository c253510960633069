"""Fields: the checks that a user's own class goes through, read off its types and marks.

A `Cited[T]` is checked by `T`. In a record that holds `Citation` fields beside plain ones, each plain value is checked
against all of the record's citations. A field's `Check` marks are run on its value and the words cited for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from llmx.ground.checks.values import judge_value
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.result import Path, Reason, Verdict
from llmx.schema.asked import is_filled
from llmx.schema.citation import Citation, Cited
from llmx.schema.marks import Check as CheckMark
from llmx.schema.marks import Ref


def check_cited(cited: Cited[Any], context: Context) -> Iterator[Verdict]:
    """Whether the value of a `Cited[T]` follows from its citation, by `T`."""
    yield from judge_value(cited.value, _declared(type(cited)), (cited.cite,), context, ("value",))


@lru_cache(maxsize=256)
def _declared(cited_class: type[BaseModel]) -> Any:
    return cited_class.model_fields["value"].annotation


def is_cited(record_class: type[BaseModel]) -> bool:
    """Whether a class is a `Cited[T]`."""
    return issubclass(record_class, Cited)


def check_plain_fields(record: BaseModel, context: Context) -> Iterator[Verdict]:
    """Whether the plain values of a record follow from the citations beside them."""
    cites = _citations(record)
    for name, info in plain_fields(type(record)):
        yield from judge_value(getattr(record, name), info.annotation, cites, context, (name,))


@lru_cache(maxsize=256)
def plain_fields(record_class: type[BaseModel]) -> tuple[tuple[str, FieldInfo], ...]:
    """The fields of a class that hold neither citations nor records nor ids."""
    return tuple(
        (name, info)
        for name, info in record_class.model_fields.items()
        if name != "id"
        and not is_filled(info)
        and not any(isinstance(mark, Ref) for mark in info.metadata)
        and not _holds_model(info.annotation)
    )


def holds_citations(record_class: type[BaseModel]) -> bool:
    """Whether a class has fields that are citations or lists of them."""
    return any(_holds_model(info.annotation, Citation) for info in record_class.model_fields.values())


def _holds_model(annotation: Any, wanted: type[BaseModel] = BaseModel) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, wanted):
        return True
    return any(_holds_model(arg, wanted) for arg in get_args(annotation))


def has_marks(record_class: type[BaseModel]) -> bool:
    """Whether a field of the class has a check of the user's own."""
    return bool(_marked(record_class))


@lru_cache(maxsize=256)
def _marked(record_class: type[BaseModel]) -> tuple[tuple[str, CheckMark], ...]:
    return tuple(
        (name, mark)
        for name, info in record_class.model_fields.items()
        for mark in info.metadata
        if isinstance(mark, CheckMark)
    )


def check_marks(record: BaseModel, context: Context) -> Iterator[Verdict]:
    """What the user's own checks say of the fields they are put beside."""
    del context
    for name, mark in _marked(type(record)):
        held = getattr(record, name)
        if isinstance(held, (list, tuple)):
            for number, item in enumerate(cast("Sequence[Any]", held)):
                yield from _run(mark, item, record, (name, number))
        elif held is not None:
            yield from _run(mark, held, record, (name,))


def _run(mark: CheckMark, held: Any, record: BaseModel, path: Path) -> Iterator[Verdict]:
    cites = (held.cite,) if isinstance(held, Cited) else _citations(record)
    value = cast("Any", held).value if isinstance(held, Cited) else held
    said = mark.judge(value, " … ".join(cite.quote for cite in cites))
    if said is None:
        yield undecided(path, mark.rule)
    elif said is True:
        yield supported(path, mark.rule)
    else:
        yield contradicted(path, mark.rule, Reason.CUSTOM, said or f"{mark.rule} says no")


def _citations(record: BaseModel) -> tuple[Citation, ...]:
    """The citations that stand in the record itself."""
    found: list[Citation] = []
    for name in type(record).model_fields:
        held = getattr(record, name)
        items = cast("Sequence[Any]", held) if isinstance(held, (list, tuple)) else (held,)
        found.extend(item for item in items if isinstance(item, Citation))
    return tuple(found)
