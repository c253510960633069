"""Judging: what the checks say of every record of a report, with paths from the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from pydantic import BaseModel

from llmx.ground.checks import verdicts_on
from llmx.ground.context import Context
from llmx.ground.plan import Holds, plan_of
from llmx.result import Path, Verdict


def judge(report: BaseModel, context: Context, *, home: Path = ()) -> Iterator[tuple[Path, Verdict]]:
    """The verdicts on all records; with `home`, on those alone that hold that path or stand in it."""
    for path, record in records(report):
        if path[: len(home)] != home[: len(path)]:
            continue
        for verdict in verdicts_on(record, context):
            yield (*path, *verdict.path), verdict


def records(record: BaseModel, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    yield path, record
    for held in plan_of(type(record)).fields:
        value: Any = getattr(record, held.name)
        if held.holds is not Holds.RECORD or value is None:
            continue
        if isinstance(value, BaseModel):
            yield from records(value, (*path, held.name))
        else:
            for number, item in enumerate(cast("Sequence[BaseModel]", value)):
                yield from records(item, (*path, held.name, number))
