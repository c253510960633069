"""Replaced articles: failures of a content that no longer stands in the input.

A dead letter's key is made of the article's content: once its file is mended, or its line, the key that failed does not
come back, and the failure would stay open for good. It is *replaced* when its place in the input was read with another
content, and its own content stands nowhere else in that input.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

_OPEN = "status IN ('dead', 'pending')"
"""As the ledger's index has it, word for word: SQLite takes a partial index only so."""


class Replaced:
    """Collects what was replaced while an input is read from its beginning to its end.

    Memory depends on how many failures were replaced or moved, not on the input.
    """

    def __init__(self, known: sqlite3.Connection, recipe: str, *, source: str) -> None:
        """Begin.

        Args:
            known: The ledger.
            recipe: The recipe's digest; failures under others are not looked at.
            source: The input's name. Where it is no file or folder, or other inputs were read into the same ledger, a
                place says nothing about what stood there before, and nothing is replaced.
        """
        self._known = known
        self._recipe = recipe
        self._gone: set[str] = set()
        self._elsewhere: set[str] = set()
        self._is_needed = self._has_open() and _is_one_input(known, recipe, source)

    def _has_open(self) -> bool:
        found = self._known.execute(
            f"SELECT EXISTS (SELECT 1 FROM article WHERE recipe = ? AND {_OPEN})",  # noqa: S608 - a constant
            (self._recipe,),
        )
        return bool(found.fetchone()[0])

    def see(self, placed: Mapping[str, str]) -> None:
        """Look at some places of the input.

        Args:
            placed: Place -> the key of what stands there now.
        """
        if not self._is_needed or not placed:
            return
        for key, place in self._open_ones("source", list(placed)):
            if placed[place] != key:
                self._gone.add(key)
        for key, place in self._open_ones("key", list(set(placed.values()))):
            if placed.get(place) != key:
                self._elsewhere.add(key)

    def keys(self) -> frozenset[str]:
        """The failures that were replaced; known when the input was read to its end, and not before."""
        return frozenset(self._gone - self._elsewhere)

    def _open_ones(self, column: str, wanted: list[str]) -> list[tuple[str, str]]:
        marks = ",".join("?" * len(wanted))
        return self._known.execute(
            f"SELECT key, source FROM article WHERE recipe = ? AND {_OPEN} AND {column} IN ({marks})",  # noqa: S608 - constants and question marks
            (self._recipe, *wanted),
        ).fetchall()


def _is_one_input(known: sqlite3.Connection, recipe: str, source: str) -> bool:
    """Whether `source` is a file or folder, and the only one that was read under the recipe."""
    path = Path(source)
    if source in ("", "-") or not path.exists():
        return False
    names = known.execute("SELECT DISTINCT source FROM run WHERE recipe = ?", (recipe,)).fetchall()
    return {Path(str(name)).resolve() for (name,) in names} == {path.resolve()}
