"""Staging: rows that come from elsewhere, cut into shards by key and kept beside each shard's ledger.

A Ray Dataset's rows arrive in any order and any cut, and may arrive again; a shard of them must hold the same articles
each time. So each row is put into the shard its key falls to, in a file that is named by its content: the same rows
staged again write the same file. A shard then reads its own files alone, one article at a time.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from llmx.batch.atomic import replacing
from llmx.batch.recipe import Recipe, article_key, record_key, shard_of
from llmx.batch.records import Entry, FieldMap, read_record
from llmx.document import Article
from llmx.errors import DocumentError

SHARDS = "shards"
"""The folder in RUN that holds the shards' ledgers."""

_STAGED = "input"
_NAMELESS = "dataset"
"""Where a record without an id stands, for people."""


def shard_folder(folder: Path, index: int) -> Path:
    """The folder of shard `index` (from 1) of the run in `folder`."""
    return folder / SHARDS / f"{index:05d}"


def shard_folders(folder: Path) -> tuple[Path, ...]:
    """The folders of the shards there are, in order."""
    return tuple(sorted(path for path in (folder / SHARDS).glob("*") if path.is_dir()))


def stage(
    rows: Iterable[Mapping[str, Any]], folder: Path, *, recipe: Recipe, shards: int, fields: FieldMap
) -> tuple[int, int]:
    """Put rows into their shards.

    Args:
        rows: Some rows of the input; all are held at once.
        folder: RUN.
        recipe: What makes keys.
        shards: How many shards there are.
        fields: From which columns an article is read.

    Returns:
        How many rows there were, and how many of them are no articles.

    Raises:
        BatchError: They cannot be written.
    """
    parts: dict[int, list[bytes]] = {}
    bad = count = 0
    for row in rows:
        count += 1
        entry = _entry(row, fields)
        key = (
            record_key(entry.raw, entry.source, recipe) if entry.article is None else article_key(entry.article, recipe)
        )
        bad += entry.article is None
        parts.setdefault(shard_of(key, of=shards), []).append(_line(entry))
    for index, lines in parts.items():
        content = b"".join(lines)
        name = hashlib.blake2b(content, digest_size=12).hexdigest()
        with replacing(shard_folder(folder, index) / _STAGED / f"{name}.jsonl.gz") as temporary:
            temporary.write_bytes(gzip.compress(content, compresslevel=1, mtime=0))
    return count, bad


def staged_entries(folder: Path) -> Iterator[Entry]:
    """The entries staged in a shard's folder, one at a time, in an order of their own that does not change."""
    seq = 0
    for path in sorted((folder / _STAGED).glob("*.jsonl.gz")):
        with gzip.open(path, "rb") as lines:
            for line in lines:
                yield _read(seq, json.loads(line))
                seq += 1


def clear_staged(folder: Path) -> None:
    """Forget what was staged for the run in `folder`; its ledgers stay."""
    for shard in shard_folders(folder):
        shutil.rmtree(shard / _STAGED, ignore_errors=True)


def _entry(row: Mapping[str, Any], fields: FieldMap) -> Entry:
    try:
        article = read_record(row, fields)
    except DocumentError as error:
        raw = hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        named = next((str(row[name]) for name in fields.names("id") if row.get(name) is not None), _NAMELESS)
        return Entry(0, named, None, str(error), raw.encode())
    return Entry(0, article.id or _NAMELESS, article)


def _line(entry: Entry) -> bytes:
    article = None if entry.article is None else asdict(entry.article)
    parts = {"source": entry.source, "article": article, "fault": entry.fault, "raw": entry.raw.decode()}
    return json.dumps(parts, default=str).encode() + b"\n"


def _read(seq: int, parts: dict[str, Any]) -> Entry:
    article = None if parts["article"] is None else Article(**parts["article"])
    return Entry(seq, parts["source"], article, parts["fault"], parts["raw"].encode())
