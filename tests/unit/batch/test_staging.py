from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from llmx.batch.recipe import Recipe, article_key
from llmx.batch.records import FieldMap
from llmx.batch.staging import clear_staged, shard_folder, shard_folders, stage, staged_entries
from llmx.document import Article

RECIPE = Recipe(model="m", schema_id="s", schema_sha256="0", prompt_id="p", prompt_sha256="0", llmx="0")
ROWS = [{"id": f"a{n}", "text": f"Text {n}.", "outlet": None} for n in range(50)]


def put(folder: Path, rows: list[dict[str, Any]], *, shards: int = 4, **columns: str) -> tuple[int, int]:
    return stage(rows, folder, recipe=RECIPE, shards=shards, fields=FieldMap.of(columns))


def ids_by_shard(folder: Path) -> list[set[str]]:
    return [{entry.source for entry in staged_entries(shard)} for shard in shard_folders(folder)]


def test_every_row_is_in_one_shard(tmp_path: Path) -> None:
    counts = put(tmp_path, ROWS)

    shards = ids_by_shard(tmp_path)
    assert counts == (50, 0)
    assert sum(len(shard) for shard in shards) == 50
    assert set().union(*shards) == {row["id"] for row in ROWS}


def test_rows_in_another_order_and_cut_fall_to_the_same_shards(tmp_path: Path) -> None:
    put(tmp_path / "one", ROWS)
    put(tmp_path / "two", ROWS[30:][::-1])
    put(tmp_path / "two", ROWS[:30])

    assert ids_by_shard(tmp_path / "one") == ids_by_shard(tmp_path / "two")


def test_rows_that_come_again_are_staged_once(tmp_path: Path) -> None:
    put(tmp_path, ROWS)
    put(tmp_path, ROWS)

    assert sum(1 for shard in shard_folders(tmp_path) for _ in staged_entries(shard)) == 50


@pytest.mark.parametrize(
    "row",
    [
        {"id": 7, "body": "A \x00 and \ud800.", "published": date(2024, 3, 5)},
        {"text": "{{ x }}", "published": "2024-03-05", "title": "T", "url": "u", "outlet": "o"},
        {"html": "<p>Words</p>", "published": datetime(2024, 3, 5, 12, 0)},  # noqa: DTZ001 - as columns hold them
    ],
    ids=["odd", "whole", "page"],
)
def test_article_keeps_its_key_and_its_words(row: dict[str, Any], tmp_path: Path) -> None:
    put(tmp_path, [row], shards=1)

    (entry,) = staged_entries(shard_folder(tmp_path, 1))
    assert entry.article is not None
    assert entry.article.text in (row.get("body"), row.get("text"), row.get("html"))
    assert entry.article.published_on == date(2024, 3, 5)
    assert article_key(entry.article, RECIPE) == article_key(
        Article(
            text=entry.article.text,
            markup="html" if "html" in row else "text",
            id=str(row["id"]) if "id" in row else None,
            published=date(2024, 3, 5),
            title=row.get("title"),
            url=row.get("url"),
            outlet=row.get("outlet"),
        ),
        RECIPE,
    )


def test_row_that_is_no_article_is_an_entry_with_its_reason(tmp_path: Path) -> None:
    counts = put(tmp_path, [{"id": "x", "text": b"bytes"}, {"id": "y"}], shards=1)

    entries = {entry.source: entry for entry in staged_entries(shard_folder(tmp_path, 1))}
    assert counts == (2, 2)
    assert "not a string" in entries["x"].fault
    assert "no text" in entries["y"].fault


def test_columns_are_read_from_where_they_are_said_to_stand(tmp_path: Path) -> None:
    put(tmp_path, [{"doc": "d1", "content": "Words."}], shards=1, text="content", id="doc")

    (entry,) = staged_entries(shard_folder(tmp_path, 1))
    assert entry.article == Article(text="Words.", id="d1")


def test_what_was_staged_can_be_forgotten(tmp_path: Path) -> None:
    put(tmp_path, ROWS)

    clear_staged(tmp_path)

    assert [list(staged_entries(shard)) for shard in shard_folders(tmp_path)] == [[], [], [], []]
