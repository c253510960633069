"""Datasets: Ray Data in and out.

`extract_dataset` takes a `ray.data.Dataset` whose rows are articles and gives one whose rows are what became of them.
In between it is a run like any other, on a cluster: shards cut by key, a ledger for each, one actor that leases out the
pace, and the same call again goes on where the last one stopped. Ray is an extra: `pip install 'llmx[ray]'`.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol, cast

from llmx.batch.budget import Price
from llmx.batch.caller import Retries
from llmx.batch.cluster import Cluster, ShardDone, run_on_ray, start_ray
from llmx.batch.export import open_ledger
from llmx.batch.feed import Shard
from llmx.batch.ledger import LEDGER
from llmx.batch.pace import Rates
from llmx.batch.parquet import nested_columns, nested_row
from llmx.batch.readers import Source
from llmx.batch.recipe import Recipe
from llmx.batch.records import FieldMap
from llmx.batch.runner import Job, Limits
from llmx.batch.session import Choice, Order, cluster_order, job_of
from llmx.batch.staging import clear_staged, shard_folders, stage, staged_entries
from llmx.errors import BatchError
from llmx.schema.contracts import NEWS_REPORT

__all__ = ["Choice", "Cluster", "Columns", "Limits", "Price", "Rates", "Retries", "extract_dataset", "read_dataset"]

_STAGED_ROWS = 4_096
"""Rows of the input that are held at once."""

_READ_ROWS = 256
"""Rows of the output that are held at once; an extraction is some tens of kilobytes."""


class Dataset(Protocol):
    """What llmx uses of a `ray.data.Dataset`; what it gives is a whole one."""

    def map_batches(self, fn: Any, /, **options: Any) -> Dataset:
        """See Ray."""
        ...

    def iter_rows(self) -> Iterator[dict[str, Any]]:
        """See Ray."""
        ...


@dataclass(frozen=True, slots=True)
class Columns:
    """From which columns an article is read, and in which form extractions come out.

    Attributes:
        articles: Field -> column, for the fields that do not stand under their own names; see `FieldMap`.
        nested: Whether extractions come as columns of their own, nested as published, instead of as JSON.
    """

    articles: Mapping[str, str] = field(default_factory=dict[str, str])
    nested: bool = False


def extract_dataset(
    dataset: Dataset,
    out: Path | str,
    *,
    choice: Choice | None = None,
    limits: Limits | None = None,
    columns: Columns | None = None,
    cluster: Cluster | None = None,
) -> Dataset:
    """Extract every row of a Ray Dataset, and wait for the end.

    The same call again asks for nothing twice: rows are known by what they say, not by their place, so the Dataset may
    be cut or ordered differently. `llmx batch status`, `export` and `retry` work on `out`.

    Args:
        dataset: Rows with the columns `text` (or `body`, or `html`) and, as far as there are, `id`, `title`, `url`,
            `outlet` and `published`. It is read once.
        out: RUN, a folder on a file system that all machines see.
        choice: How articles are extracted; the embedded engine where it is `None`.
        limits: What all actors together keep to; `workers` is for each of them.
        columns: Names of columns, and the form of the output.
        cluster: How to spread it.

    Returns:
        A Dataset with one row an article, in no particular order: `id` (`None` where a dead letter has none), `key`,
        `status` (`ok` or `dead`), `reason` and `detail` of a dead letter, and `extraction`, the published JSON; or the
        columns of the published object instead, with `columns.nested`. It is read from the ledgers each time it is
        consumed.

    Raises:
        ConfigError: Ray is not installed, or a setting is wrong.
        BatchError: The run was stopped by the budget or by failures before its end; `read_dataset` gives what is there.
    """
    how = columns or Columns()
    spread = cluster or Cluster()
    folder = Path(out)
    fields = FieldMap.of(how.articles)
    order = cluster_order(
        Order(source=Source(_NAME, fields), folder=folder, choice=choice or Choice(), limits=limits or Limits()), spread
    )
    start_ray(spread)
    clear_staged(folder)
    staged = _staged(dataset, folder, recipe=order.choice.recipe(), shards=spread.shards, fields=fields)
    make_job = partial(_staged_job, order, -(-staged // spread.shards))
    done = run_on_ray(folder, make_job, order.limits.rates, spread)
    stopped = [one for one in done if one.why != "done"]
    if stopped:
        raise BatchError(_said(folder, stopped))
    return read_dataset(folder, nested=how.nested)


_NAME = "a Ray Dataset"


def read_dataset(out: Path | str, *, nested: bool = False) -> Dataset:
    """What the ledgers of a clustered run hold, as a Ray Dataset; see `extract_dataset`.

    Raises:
        BatchError: There is no run.
        ConfigError: Ray is not installed.
    """
    folder = Path(out)
    parts = [part for part in shard_folders(folder) if (part / LEDGER).is_file()] or [folder]
    start_ray(Cluster())
    data = importlib.import_module("ray.data")  # an extra
    listed = data.from_items([{"folder": str(part)} for part in parts], override_num_blocks=len(parts))
    news = nested and _is_news(parts[0])
    return cast("Dataset", listed.map_batches(partial(_rows, nested=nested, news=news), batch_size=1, num_cpus=_FEW))


_FEW = 0.1
"""Processors that a task takes which does little but wait for a disk."""


def _staged(dataset: Dataset, folder: Path, *, recipe: Recipe, shards: int, fields: FieldMap) -> int:
    """Stage the rows; gives how many there were."""
    put = partial(_stage, folder=folder, recipe=recipe, shards=shards, fields=fields)
    counts = dataset.map_batches(put, batch_size=_STAGED_ROWS, batch_format="pyarrow")
    return sum(int(row["rows"]) for row in counts.iter_rows())


def _stage(table: Any, *, folder: Path, recipe: Recipe, shards: int, fields: FieldMap) -> dict[str, list[int]]:
    known = [name for name in table.column_names if name in fields.wanted]
    rows = table.select(known).to_pylist()
    count, bad = stage(rows, folder, recipe=recipe, shards=shards, fields=fields)
    return {"rows": [count], "bad": [bad]}


def _staged_job(order: Order, total: int, shard: Shard, folder: Path) -> Job:
    job = job_of(replace(order, folder=folder, shard=shard), entries=staged_entries(folder))
    return replace(job, total=total)


def _rows(batch: Mapping[str, Any], *, nested: bool, news: bool) -> Iterator[Any]:
    """The rows of some shards, as tables."""
    arrow = importlib.import_module("pyarrow")  # an extra, which Ray Data needs too
    names = ("id", "key", "status", "reason", "detail")
    extraction = nested_columns(news=news) if nested else [("extraction", arrow.string())]
    schema = arrow.schema([*((name, arrow.string()) for name in names), *extraction])
    for folder in batch["folder"]:
        connection = open_ledger(Path(str(folder)))
        try:
            found = connection.execute(_SETTLED)
            while some := found.fetchmany(_READ_ROWS):
                yield arrow.Table.from_pylist([_row(cells, nested=nested, news=news) for cells in some], schema=schema)
        finally:
            connection.close()


def _row(cells: tuple[Any, ...], *, nested: bool, news: bool) -> dict[str, Any]:
    key, status, reason, detail, source, text = cells
    row = {"key": key, "status": status, "reason": reason or None, "detail": detail or None}
    if text is None:
        return {**row, "id": source}
    published = json.loads(text)
    named = {**row, "id": published["document"]["id"]}
    return {**named, **(nested_row(published, news=news) if nested else {"extraction": text})}


_SETTLED = (
    "SELECT key, status, reason, detail, source, json FROM article LEFT JOIN result USING (key) "
    "WHERE recipe = (SELECT recipe FROM run ORDER BY id DESC LIMIT 1) AND status IN ('ok', 'dead') ORDER BY seq, key"
)


def _is_news(part: Path) -> bool:
    """Whether the reports are of llmx's own class, whose nested columns are known."""
    connection = open_ledger(part)
    try:
        found = connection.execute(
            "SELECT recipe.json FROM run JOIN recipe ON recipe.digest = run.recipe ORDER BY run.id DESC LIMIT 1"
        ).fetchone()
    finally:
        connection.close()
    return found is not None and Recipe.from_json(found[0]).schema_id == NEWS_REPORT


def _said(folder: Path, stopped: list[ShardDone]) -> str:
    """Why a run did not come to its end, in one line."""
    reasons = ", ".join(sorted({one.why for one in stopped}))
    return (
        f"{len(stopped)} shards in {folder} stopped before their end ({reasons}); "
        "what is done is kept: call it again, with a larger budget where that was the reason"
    )
