"""The published shape of an extraction, read as plain values: what is absent reads as empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

Fields = Mapping[str, Any]
"""An object of the published JSON."""


def part(row: Fields, name: str) -> Fields:
    """The object in the field `name`; an empty one where there is none."""
    return cast("Fields", row.get(name) or {})


def items(row: Fields, name: str) -> Sequence[Fields]:
    """The list of objects in the field `name`; an empty one where there is none."""
    return cast("Sequence[Fields]", row.get(name) or ())


def words(row: Fields, name: str) -> Sequence[str]:
    """The list of words in the field `name`; an empty one where there is none."""
    return cast("Sequence[str]", row.get(name) or ())


def first(rows: Sequence[Fields]) -> Fields:
    """The first object; an empty one where there is none."""
    return rows[0] if rows else {}
