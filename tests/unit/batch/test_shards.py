"""A clustered run, before and after its shards are merged: what `status`, `retry` and a Dataset say of it."""

import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from llmx.api import Extractor
from llmx.batch import dataset
from llmx.batch.engine import EngineMaker
from llmx.batch.export import export
from llmx.batch.feed import Shard
from llmx.batch.ledger import Ledger
from llmx.batch.merge import merge
from llmx.batch.pool import inline
from llmx.batch.rows import Fault
from llmx.batch.session import retry
from llmx.batch.staging import shard_folder, shard_folders
from llmx.batch.summary import summarise
from llmx.document import Article
from llmx.errors import BatchError, ConfigError, ModelOutputError


def behave(article: Article) -> dict[str, Any]:
    if article.id in ("a3", "a7"):
        raise ModelOutputError("poison")
    return {"said": article.text}


def do_shards(runs: Any, run: Path, *shards: int, answer: Any = behave, make: EngineMaker | None = None) -> Path:
    options = {} if make is None else {"make_engine": make}
    for index in shards:
        runs.folder = shard_folder(run, index)
        runs.run(answer, shard=Shard(index, 4), total=25, **options)
    return run


@pytest.fixture
def run(runs: Any, tmp_path: Path) -> Path:
    runs.articles(100)
    return do_shards(runs, tmp_path / "cluster", 1, 2, 3, 4)


def test_status_before_a_merge_is_the_sum_of_the_shards(run: Path) -> None:
    summary = summarise(run, now=time.time())

    assert (summary.state, summary.ok, summary.dead, summary.total) == ("done", 98, 2, 100)
    assert summary.deaths == {Fault.OUTPUT: 2}
    assert summary.kept == 98 * 3
    assert len(summary.examples) == 2


def test_status_says_the_same_after_the_merge(run: Path) -> None:
    before = summarise(run, now=0.0)
    merge(shard_folders(run), run)

    after = summarise(run, now=0.0)

    assert (after.ok, after.dead, after.calls, after.deaths) == (before.ok, before.dead, before.calls, before.deaths)


def test_run_whose_last_shards_were_never_begun_is_not_done(runs: Any, tmp_path: Path) -> None:
    runs.articles(100)
    some = do_shards(runs, tmp_path / "cluster", 1, 2)

    summary = summarise(some, now=time.time())

    assert summary.state == "killed"
    assert summary.total == 100
    assert 0 < summary.ok < 98


def test_shard_that_is_being_begun_does_not_hinder_the_status_of_the_others(run: Path) -> None:
    (shard_folder(run, 5)).mkdir()
    (shard_folder(run, 5) / "run.db").touch()

    assert summarise(run, now=time.time()).ok == 98


def test_dead_letters_are_put_back_in_the_shards_too(runs: Any, run: Path) -> None:
    merge(shard_folders(run), run)

    count = retry(run)
    do_shards(runs, run, 1, 2, 3, 4, answer=lambda article: {"said": article.text})
    merge(shard_folders(run), run)

    summary = summarise(run, now=time.time())
    assert count == 2
    assert (summary.ok, summary.dead, summary.pending) == (100, 0, 0)


def test_result_that_was_put_back_gives_way_to_the_new_one(runs: Any, run: Path) -> None:
    merge(shard_folders(run), run)
    for part in (run, *shard_folders(run)):
        _make_incomplete(part)

    retry(run, reason="incomplete")
    do_shards(runs, run, 1, 2, 3, 4, answer=lambda _: {"said": "anew"})
    merge(shard_folders(run), run)

    assert export(run, "jsonl")[0].read_text().count("anew") == 98


def test_retry_of_what_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no batch run"):
        retry(tmp_path)


def extracted(runs: Any, tmp_path: Path) -> Path:
    runs.write({"id": "n1", "text": "Two soldiers were killed in Hatay on Monday."}, {"id": "n2", "text": " "})
    return do_shards(runs, tmp_path / "cluster", 1, 2, 3, 4, make=inline(lambda name: Extractor(model=name)))


def rows_of(run: Path, *, nested: bool) -> list[dict[str, Any]]:
    batch = {"folder": [str(part) for part in shard_folders(run)]}
    tables = list(dataset._rows(batch, nested=nested, news=True))
    return sorted(pa.concat_tables(tables).to_pylist(), key=lambda row: row["status"], reverse=True)


def test_dataset_gives_every_article_once_as_json(runs: Any, tmp_path: Path) -> None:
    good, bad = rows_of(extracted(runs, tmp_path), nested=False)

    assert (good["id"], good["status"], good["reason"]) == ("n1", "ok", None)
    assert '"schema": "extraction/v1"' in good["extraction"] or '"schema":"extraction/v1"' in good["extraction"]
    assert (bad["status"], bad["reason"], bad["extraction"]) == ("dead", "no-text", None)


def test_dataset_gives_extractions_in_nested_columns(runs: Any, tmp_path: Path) -> None:
    good, bad = rows_of(extracted(runs, tmp_path), nested=True)

    assert good["report"]["events"][0]["counts"][0]["low"] == 2
    assert good["document"]["id"] == "n1"
    assert bad["report"] is None


def test_dataset_without_ray_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(ConfigError, match=r"llmx\[ray\]"):
        dataset.read_dataset(tmp_path)


def _make_incomplete(part: Path) -> None:
    with Ledger.locked(part) as ledger:
        ledger.connection.execute("UPDATE result SET complete = 0")
