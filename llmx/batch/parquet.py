"""Parquet: extractions as they are published (nested), and as flat tables.

The columns are fixed by the classes, not guessed from the rows, so that every file of every run has the same schema and
files can be read together. pyarrow is an extra, and is imported here alone, on first use.
"""

from __future__ import annotations

import importlib
import json
import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel

from llmx.batch.ledger import plain
from llmx.batch.tables import Table
from llmx.errors import ConfigError
from llmx.result import PublishedDocument, Rejection, Usage
from llmx.schema.contracts import NEWS_REPORT
from llmx.schema.news import NewsReport
from llmx.text.span import Span

_ROWS = 512
"""Rows a row group; an extraction is some tens of kilobytes."""


def write_nested(path: Path, extractions: Iterator[dict[str, Any]]) -> None:
    """Write extractions as they are published, one a row.

    The report is nested where it is a news report; a report of another class is its JSON, in one column.
    """
    first = next(extractions, None)
    news = first is None or first["provenance"]["schema"]["id"] == NEWS_REPORT
    rows = (nested_row(row, news=news) for row in _again(first, extractions))
    _write(path, _arrow().schema(nested_columns(news=news)), rows)


def nested_columns(*, news: bool) -> list[tuple[str, Any]]:
    """The names and Arrow types of a published extraction's columns; `news`: whether its report is a news report."""
    arrow = _arrow()
    return [
        ("schema", arrow.string()),
        ("document", _arrow_type(PublishedDocument)),
        ("report", _arrow_type(NewsReport) if news else arrow.string()),
        ("rejections", arrow.list_(_arrow_type(Rejection))),
        ("usage", _arrow_type(Usage)),
        ("provenance", arrow.string()),
        ("complete", arrow.bool_()),
        ("notes", arrow.list_(arrow.string())),
    ]


def write_table(path: Path, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    """Write the rows of a flat table."""
    arrow = _arrow()
    kinds = {"text": arrow.string(), "int": arrow.int64(), "bool": arrow.bool_(), "date": arrow.date32()}
    schema = arrow.schema([(column.name, kinds[column.kind]) for column in table.columns])
    dates = [column.name for column in table.columns if column.kind == "date"]
    _write(path, schema, (_dated(cast("dict[str, Any]", _clean(row)), dates) for row in rows))


def _write(path: Path, schema: Any, rows: Iterator[dict[str, Any]]) -> None:
    arrow, parquet = _arrow(), importlib.import_module("pyarrow.parquet")
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(rows, _ROWS)):
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))


def nested_row(row: Mapping[str, Any], *, news: bool) -> dict[str, Any]:
    """A published extraction as a row of these columns."""
    clean = cast("dict[str, Any]", _clean(row))
    for rejection in clean["rejections"]:
        rejection["value"] = _as_json(rejection.get("value"))
    clean["provenance"] = _as_json(clean["provenance"])
    if not news:
        clean["report"] = _as_json(clean["report"])
    return clean


def _dated(row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    for name in names:
        row[name] = date.fromisoformat(row[name]) if row.get(name) else None
    return row


def _clean(value: Any) -> Any:
    """The value with lone surrogates written as escapes: Parquet's strings are UTF-8."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: _clean(item) for name, item in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in cast("list[Any]", value)]
    return value


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _again(first: dict[str, Any] | None, rest: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    if first is not None:
        yield first
    yield from rest


def _arrow_type(annotation: Any) -> Any:
    """The Arrow type of what a field of this type publishes."""
    arrow = _arrow()
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _arrow_type(args[0])
    if origin in (Union, types.UnionType):
        return _arrow_type(next(arg for arg in args if arg is not type(None)))
    if origin in (tuple, list):
        return arrow.list_(_arrow_type(args[0]))
    if annotation is Span:
        return arrow.struct([("start", arrow.int64()), ("end", arrow.int64())])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return arrow.struct([(info.alias or name, _arrow_type(info.annotation)) for name, info in fields])
    # A Literal, a date, an enum and a value of any type are published as words.
    numbers: dict[object, Any] = {bool: arrow.bool_(), int: arrow.int64(), float: arrow.float64()}
    return arrow.string() if origin is Literal else numbers.get(cast("object", annotation), arrow.string())


def _arrow() -> Any:
    try:
        return importlib.import_module("pyarrow")  # an extra: large, and needed for this format alone
    except ImportError as error:
        raise ConfigError("writing Parquet needs pyarrow: pip install 'llmx[parquet]'", setting="to") from error
