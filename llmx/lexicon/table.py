"""Tables: the word lists' own file form, and its one reader.

A *table* is a UTF-8 file with one row a line, columns parted by tabs, several words in a column parted by semicolons.
Empty lines and lines that start with `#` are for people. Reading raises for a row with too many columns: a table is
part of the package, so that is a fault of ours.
"""

from __future__ import annotations

from importlib.resources import files


def read_rows(name: str, *, columns: int) -> list[tuple[str, ...]]:
    """The rows of the table `name`, each with exactly `columns` columns; missing ones at the end are empty.

    Args:
        name: The file's name in `llmx/lexicon`, such as `countries.tsv`.
        columns: How many columns a row has.
    """
    text = files("llmx.lexicon").joinpath(name).read_text(encoding="utf-8")
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        assert len(cells) <= columns, f"{name}:{number}: {len(cells)} columns, not {columns}"
        rows.append((*cells, *[""] * (columns - len(cells))))
    return rows


def words(cell: str) -> tuple[str, ...]:
    """The words of a cell that holds several."""
    return tuple(word for word in (part.strip() for part in cell.split(";")) if word)
