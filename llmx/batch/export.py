"""Exports: what the ledger holds, in files that other programs read. They are derived, and can be made again.

Articles come in the order of the input. Results of an earlier recipe (another schema, prompt or model) stay in the
ledger and are not exported.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from llmx.batch.atomic import replacing
from llmx.batch.claim_review import claim_reviews
from llmx.batch.ledger import LEDGER, connect, plain
from llmx.batch.parquet import write_nested, write_table
from llmx.batch.steps import Step, Watch, unwatched
from llmx.batch.tables import TABLES, Table
from llmx.errors import BatchError
from llmx.schema.contracts import NEWS_REPORT

Format = Literal["jsonl", "parquet", "csv"]
"""What `export` makes: JSON Lines; Parquet, nested and flat; CSV, flat."""

RESULTS = "results.jsonl"


def read_results(connection: sqlite3.Connection) -> Iterator[str]:
    """The extractions of the last recipe as JSON, one a line, in the order of the input."""
    rows = connection.execute(
        "SELECT result.json FROM article JOIN result USING (key) "
        "WHERE article.recipe = (SELECT recipe FROM run ORDER BY id DESC LIMIT 1) AND article.status = 'ok' "
        "ORDER BY article.seq, article.key"
    )
    for (text,) in rows:
        yield text


def export(folder: Path, to: Format, *, out: Path | None = None, watch: Watch = unwatched) -> tuple[Path, ...]:
    """Write a run's results.

    Args:
        folder: RUN.
        to: The format.
        out: The file of `jsonl`, or the folder of the others; RUN/results.jsonl and RUN/tables where it is `None`.
        watch: Told of each step.

    Returns:
        The files, in the order they were written.

    Raises:
        BatchError: There is no run, or a file cannot be written.
    """
    open_ledger(folder).close()
    if to == "jsonl":
        return (_export_lines(folder, out or folder / RESULTS, watch),)
    tables = out or folder / "tables"
    made: list[Path] = []
    if to == "parquet":
        made.append(_with_rows(folder, tables / "extractions.parquet", write_nested, watch))
    for table in TABLES:
        if to == "parquet":
            made.append(_with_rows(folder, tables / f"{table.name}.parquet", _parquet_writer(table), watch))
        else:
            made.append(_with_rows(folder, tables / f"{table.name}.csv", _csv_writer(table), watch))
    if to == "csv":
        made.append(_with_rows(folder, tables / "claim-review.jsonl", _write_claim_reviews, watch))
    return tuple(made)


def open_ledger(folder: Path) -> sqlite3.Connection:
    """Open a run's ledger for reading.

    Raises:
        BatchError: There is none.
    """
    if not (folder / LEDGER).is_file():
        raise BatchError(f"{folder} is no batch run: it has no {LEDGER}")
    return connect(folder / LEDGER, read_only=True)


def _export_lines(folder: Path, path: Path, watch: Watch) -> Path:
    connection = open_ledger(folder)
    try:
        with replacing(path, watch=watch) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as lines:
            for text in read_results(connection):
                lines.write(f"{text}\n")
                watch(Step.EXPORT_HALF)
    finally:
        connection.close()
    return path


Write = Callable[[Path, Iterator[dict[str, Any]]], None]


def _with_rows(folder: Path, path: Path, write: Write, watch: Watch) -> Path:
    """Write one file from the run's extractions, read one by one."""
    connection = open_ledger(folder)
    try:
        with replacing(path, watch=watch) as temporary:
            write(temporary, _watched((json.loads(text) for text in read_results(connection)), watch))
    finally:
        connection.close()
    return path


def _watched(rows: Iterable[dict[str, Any]], watch: Watch) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield row
        watch(Step.EXPORT_HALF)


def _parquet_writer(table: Table) -> Write:
    def write(path: Path, extractions: Iterator[dict[str, Any]]) -> None:
        write_table(path, table, _rows(table, extractions))

    return write


def _csv_writer(table: Table) -> Write:
    def write(path: Path, extractions: Iterator[dict[str, Any]]) -> None:
        with path.open("w", encoding="utf-8", newline="") as lines:
            cells = csv.writer(lines)
            cells.writerow(column.name for column in table.columns)
            for row in _rows(table, extractions):
                cells.writerow(_cell(row.get(column.name)) for column in table.columns)

    return write


def _rows(table: Table, extractions: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of a table; reports of a user's own class have none."""
    return (row for extraction in extractions if _is_news(extraction) for row in table.rows(extraction))


def _is_news(extraction: dict[str, Any]) -> bool:
    return extraction["provenance"]["schema"]["id"] == NEWS_REPORT


def _write_claim_reviews(path: Path, extractions: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for extraction in filter(_is_news, extractions):
            for review in claim_reviews(extraction):
                lines.write(plain(json.dumps(review, ensure_ascii=False)) + "\n")


def _cell(value: object) -> object:
    """A value as it stands in CSV; words that a spreadsheet would take for a formula get an apostrophe before them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return plain(f"'{value}" if value.startswith(_FORMULA) else value)
    return value


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
