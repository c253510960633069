"""References: ids that name records which are there, once each, and chains that end.

A reference to a record that is gone is taken out. Where the field cannot be empty and its default would say something
else (a count's `said_by` would fall back to the document), the record that holds it goes instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from llmx.ground.build import Built, Loss
from llmx.ground.plan import FieldPlan, plan_of
from llmx.result import Path, Reason
from llmx.schema.marks import Ref


def broken_references(built: Built) -> dict[Path, Loss]:
    """The references of a report that cannot stand, by their path in the draft."""
    if built.report is None:
        return {}
    ids = _ids(built.report)
    listed = [found for found in built.records if len(found[1]) == 2]  # noqa: PLR2004 - a list and a number
    losses = dict(_duplicates(listed))
    links: dict[type[BaseModel], list[tuple[FieldPlan, set[str]]]] = {}
    for draft_path, _, record in built.records:
        of_class = links.get(type(record))
        if of_class is None:
            of_class = [(held, _known(ref, ids)) for held, ref in plan_of(type(record)).links]
            links[type(record)] = of_class
        for held, known in of_class:
            value: Any = record.__dict__[held.name]
            if not (value is None or (known.issuperset(value) if held.many else value in known)):
                losses.update(_dangling(value, held, known, draft_path, built))
    losses.update(_cycles(listed))
    return losses


def _known(ref: Ref, ids: dict[str, set[str]]) -> set[str]:
    return set(ref.words).union(*(ids.get(name, set()) for name in ref.lists))


def _ids(report: BaseModel) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for held in plan_of(type(report)).fields:
        if held.record is not None and held.many and "id" in held.record.model_fields:
            found[held.name] = {str(record.id) for record in getattr(report, held.name) or ()}
    return found


_Found = tuple[Path, Path, BaseModel]
"""A record with its path in the draft and its path in the report."""


def _duplicates(listed: Sequence[_Found]) -> Iterator[tuple[Path, Loss]]:
    seen: set[tuple[str | int, str]] = set()
    for draft_path, path, record in listed:
        identity = record.__dict__.get("id")
        if identity is None:
            continue
        if (path[0], identity) in seen:
            yield draft_path, Loss(Reason.DUPLICATE_ID, detail=f"another of {path[0]} is called {identity}")
        seen.add((path[0], identity))


def _dangling(
    value: Any, held: FieldPlan, known: set[str], draft_path: Path, built: Built
) -> Iterator[tuple[Path, Loss]]:
    at = (*draft_path, held.name)
    if held.many:
        numbers = built.kept.get(at, range(len(value)))
        for number, item in zip(numbers, value, strict=True):
            if item not in known:
                yield (*at, number), _names_nobody(item, held)
    else:
        yield (at if held.nullable else draft_path), _names_nobody(value, held)


def _names_nobody(value: object, held: FieldPlan) -> Loss:
    assert held.ref is not None
    where = " or ".join(held.ref.lists)
    return Loss(Reason.DANGLING_REFERENCE, detail=f"{held.name} names {value!r}: no such id in {where}")


def _cycles(listed: Sequence[_Found]) -> Iterator[tuple[Path, Loss]]:
    """Chains of records of one list that come back to where they began, as parents do; the closing link goes."""
    for name in ("parent",):
        links: dict[str, tuple[Path, str]] = {}
        for draft_path, _, record in listed:
            target = record.__dict__.get(name)
            if target is not None:
                links[str(record.__dict__.get("id", ""))] = ((*draft_path, name), str(target))
        settled: set[str] = set()
        for start in links:
            trail: list[str] = []
            at = start
            while at in links and at not in settled and at not in trail:
                trail.append(at)
                at = links[at][1]
            if at in trail:
                path, target = links[trail[-1]]
                yield path, Loss(Reason.CYCLE, detail=f"the chain of {name}s comes back to {target}")
            settled.update(trail)
