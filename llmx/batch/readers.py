"""Readers: the inputs a run takes, each read lazily and in a fixed order.

A folder of .txt and .html files (by path), JSON Lines (plain or gzip), CSV, Parquet (row group by row group) and
standard input (JSON Lines). A reader holds one record, or one small group of them, at a time.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import io
import json
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from llmx.batch.records import Entry, FieldMap, read_record
from llmx.document import Article
from llmx.errors import ConfigError, DocumentError

TEXT_SUFFIXES = frozenset({".txt", ".html", ".htm", ".xhtml"})
"""The files of a folder that are articles."""

MAX_RECORD_BYTES = 64 * 1024 * 1024
"""A longer line is a dead letter: it is a damaged file rather than an article, and must not fill the memory."""

_UTF_8 = "utf-8-sig"
"""A table's encoding unless another is named; a byte order mark is not part of it."""

_PARQUET_ROWS = 64
"""Rows decoded at a time: a row group may be larger than the memory."""


@dataclass(frozen=True, slots=True)
class Source:
    """An input: where it is and how its records are read.

    Attributes:
        name: A path, or `-` for standard input.
        fields: From which columns an article is read.
        encoding: The encoding of a folder's files or of a CSV table, where the user named it: see `Article.from_bytes`.
    """

    name: str
    fields: FieldMap = field(default_factory=FieldMap)
    encoding: str | None = None

    def entries(self, stdin: BinaryIO) -> Iterator[Entry]:
        """Every position of the input, in order.

        Args:
            stdin: What `-` stands for.

        Raises:
            ConfigError: There is no such input, it is of an unknown kind, or its encoding is not to be chosen.
        """
        path = Path(self.name)
        if path.is_dir():
            return _folder(path, self.encoding)
        if self.encoding is not None and path.suffix.lower() == ".csv" and path.exists():
            return _csv(path, self.fields, self.encoding)
        if self.encoding is not None:
            raise ConfigError(
                "an encoding is for a folder or a CSV table: others say it themselves", setting="encoding"
            )
        if self.name == "-":
            return _json_lines(stdin, "stdin", self.fields)
        if not path.exists():
            raise ConfigError(f"no such input: {path}", setting="input")
        return self._reader(path)(path, self.fields)

    @staticmethod
    def _reader(path: Path) -> Callable[[Path, FieldMap], Iterator[Entry]]:
        name = path.name.lower()
        for endings, reader in _BY_ENDING:
            if name.endswith(endings):
                return reader
        known = ", ".join(ending for endings, _ in _BY_ENDING for ending in endings)
        raise ConfigError(f"cannot tell what {path} is: its name must end in {known}, or be a folder", setting="input")


def count_entries(source: Source) -> int | None:
    """How many positions the input has, where that is cheap to learn; `None` where it is not.

    A count of lines: blank ones are counted too, so it may be a little high. It serves the progress line alone.
    """
    path = Path(source.name)
    name = path.name.lower()
    if source.name == "-" or name.endswith(".gz"):
        return None
    if path.is_dir():
        return sum(1 for _ in _files(path))
    if name.endswith(".parquet"):
        return int(_parquet_file(path).metadata.num_rows)
    if name.endswith((".jsonl", ".ndjson")):
        with path.open("rb") as lines:
            return sum(block.count(b"\n") for block in iter(lambda: lines.read(1 << 20), b""))
    return None


def _files(folder: Path) -> Iterator[Path]:
    """The articles under `folder`, by path; hidden files and linked folders are left out."""
    with os.scandir(folder) as found:
        names = sorted((item.name, item.is_dir(follow_symlinks=False)) for item in found if item.name[0] != ".")
    for name, is_folder in names:
        if is_folder:
            yield from _files(folder / name)
        elif Path(name).suffix.lower() in TEXT_SUFFIXES:
            yield folder / name


def _folder(folder: Path, encoding: str | None) -> Iterator[Entry]:
    for seq, path in enumerate(_files(folder)):
        place = path.relative_to(folder)
        source = _printable(str(place))
        try:
            data = path.read_bytes()
        except OSError as error:
            yield Entry(seq, source, None, f"cannot be read: {error.strerror}")
            continue
        try:
            article = Article.from_bytes(data, name=path.name, encoding=encoding)
        except DocumentError as error:
            yield Entry(seq, source, None, str(error), data)
            continue
        named = _printable(place.with_suffix("").as_posix())
        yield Entry(seq, source, Article(text=article.text, markup=article.markup, id=named))


def _json_lines_file(path: Path, fields: FieldMap) -> Iterator[Entry]:
    with path.open("rb") as raw:
        if path.name.lower().endswith(".gz"):
            with gzip.open(raw) as lines:
                yield from _json_lines(cast("BinaryIO", lines), path.name, fields)
            return
        yield from _json_lines(raw, path.name, fields)


def _json_lines(lines: BinaryIO, name: str, fields: FieldMap) -> Iterator[Entry]:
    seq = number = 0
    try:
        for number, line in _lines(lines):
            if line.strip():
                yield _json_entry(seq, f"{_printable(name)}:{number}", line, fields)
                seq += 1
    except (EOFError, zlib.error, OSError) as error:
        source = f"{_printable(name)}:{number + 1}"
        yield Entry(seq, source, None, f"the file is cut short or damaged here: {error}", source.encode())


def _json_entry(seq: int, source: str, line: bytes, fields: FieldMap) -> Entry:
    if len(line) > MAX_RECORD_BYTES:
        return Entry(seq, source, None, f"the line is longer than {MAX_RECORD_BYTES >> 20} MB", line[:1024])
    try:
        record = json.loads(line.decode("utf-8-sig" if seq == 0 else "utf-8"))
    except (ValueError, RecursionError) as error:
        return Entry(seq, source, None, f"not JSON: {error}", line)
    if not isinstance(record, dict):
        return Entry(seq, source, None, "the JSON is not an object", line)
    return _entry(seq, source, cast("dict[str, Any]", record), fields, line)


def _entry(seq: int, source: str, record: Mapping[str, Any], fields: FieldMap, raw: bytes) -> Entry:
    try:
        return Entry(seq, source, read_record(record, fields))
    except DocumentError as error:
        return Entry(seq, source, None, str(error), raw)


def _lines(lines: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers, from 1. Of one that is too long, only enough to tell that it is."""
    number = 0
    while True:
        number += 1
        line = rest = lines.readline(MAX_RECORD_BYTES + 1)
        while len(rest) > MAX_RECORD_BYTES and not rest.endswith(b"\n"):
            rest = lines.readline(MAX_RECORD_BYTES + 1)
        if not line:
            return
        yield number, line


def _csv(path: Path, fields: FieldMap, encoding: str = _UTF_8) -> Iterator[Entry]:
    if "," in encoding:
        raise ConfigError(f"a CSV table has one encoding, not {encoding}", setting="encoding")
    return _csv_entries(path, fields, encoding)


def _csv_entries(path: Path, fields: FieldMap, encoding: str) -> Iterator[Entry]:
    csv.field_size_limit(MAX_RECORD_BYTES)
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, "surrogateescape", newline="") as lines:
        rows = csv.DictReader(lines)
        seq = 0
        while True:
            line = max(rows.line_num, 1) + 1  # the header stands on the first, also while nothing is read
            source = f"{_printable(path.name)}:{line}"
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield Entry(seq, source, None, f"not CSV: {error}", source.encode())
            else:
                yield _csv_entry(seq, source, row, fields, encoding)
            seq += 1


def _csv_entry(seq: int, source: str, row: Mapping[str | Any, Any], fields: FieldMap, encoding: str) -> Entry:
    raw = repr(row).encode("utf-8", "surrogateescape")
    if any(isinstance(cell, str) and _has_stray_bytes(cell) for cell in row.values()):
        return Entry(seq, source, None, f"not {'UTF-8' if encoding == _UTF_8 else encoding}", raw)
    if None in row:
        return Entry(seq, source, None, "the line has more cells than the header", raw)
    return _entry(seq, source, row, fields, raw)


def _parquet(path: Path, fields: FieldMap) -> Iterator[Entry]:
    table = _parquet_file(path)
    columns = [name for name in table.schema_arrow.names if name in fields.wanted]
    seq = 0
    for group in range(table.num_row_groups):
        for batch in table.iter_batches(batch_size=_PARQUET_ROWS, row_groups=[group], columns=columns):
            for row in batch.to_pylist():
                source = f"{_printable(path.name)}:{seq + 1}"
                yield _entry(seq, source, row, fields, repr(row).encode("utf-8", "surrogatepass"))
                seq += 1


def _parquet_file(path: Path) -> Any:
    try:
        parquet = importlib.import_module("pyarrow.parquet")  # an extra: large, and needed for this input alone
    except ImportError as error:
        raise ConfigError("reading Parquet needs pyarrow: pip install 'llmx[parquet]'", setting="input") from error
    try:
        return parquet.ParquetFile(path)
    except ValueError as error:  # Arrow's own faults are of this class
        raise ConfigError(f"{path} is no whole Parquet file: {error}", setting="input") from error


def _has_stray_bytes(text: str) -> bool:
    """Whether bytes that were not of the encoding were let through."""
    return not text.isascii() and any("\udc80" <= char <= "\udcff" for char in text)


def _printable(name: str) -> str:
    """A file's name with what is not text in it written as escapes."""
    return name.encode("utf-8", "backslashreplace").decode()


_BY_ENDING: tuple[tuple[tuple[str, ...], Callable[[Path, FieldMap], Iterator[Entry]]], ...] = (
    ((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"), _json_lines_file),
    ((".csv",), _csv),
    ((".parquet",), _parquet),
)
