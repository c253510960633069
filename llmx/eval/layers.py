"""Layers: where the records of an article stand in its text, for the page that shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

Mark = tuple[int, int, str, str, str, int]
"""Start, end, list, part, label and index of the record."""

Fields = Mapping[str, Any]


def layers_of(lists: Fields) -> list[Mark]:
    """The marks of all records in published lists, sorted by place."""
    return sorted({*_events(lists), *_attributions(lists), *_claims(lists)})


def _spans(cites: Any) -> Iterator[tuple[int, int]]:
    if not cites:
        return
    for cite in cast("Sequence[Fields]", cites if isinstance(cites, list | tuple) else [cites]):
        for part in cast("Sequence[Fields]", cite.get("parts") or [cite]):
            start, end = part.get("start"), part.get("end")
            if isinstance(start, int) and isinstance(end, int) and start < end:
                yield start, end


def _events(lists: Fields) -> Iterator[Mark]:
    for at, row in enumerate(cast("Sequence[Fields]", lists.get("events") or ())):
        for start, end in _spans(row.get("trigger")):
            yield start, end, "events", "trigger", str(row.get("type")), at
        for part in row.get("participants") or ():
            for start, end in _spans(part.get("cite")):
                yield start, end, "events", "participant", str(part.get("role")), at
        for name in ("places", "counts"):
            for part in row.get(name) or ():
                label = str(part.get("of") or part.get("name") or name)
                for start, end in _spans(part.get("cite")):
                    yield start, end, "events", name, label, at
        time = row.get("time")
        if time:
            for start, end in _spans(time.get("cite")):
                yield start, end, "events", "time", str(time.get("start") or time.get("value") or "time"), at


def _attributions(lists: Fields) -> Iterator[Mark]:
    for at, row in enumerate(cast("Sequence[Fields]", lists.get("attributions") or ())):
        for part in ("source", "cue", "content"):
            for start, end in _spans(row.get(part)):
                yield start, end, "attributions", part, str(row.get("stance") or part), at


def _claims(lists: Fields) -> Iterator[Mark]:
    for at, row in enumerate(cast("Sequence[Fields]", lists.get("claims") or ())):
        for start, end in _spans(row.get("evidence")):
            yield start, end, "claims", "evidence", str(row.get("text") or row.get("kind") or ""), at
