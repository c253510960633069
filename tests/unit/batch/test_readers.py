import csv
import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from llmx.batch.readers import Source, count_entries
from llmx.batch.records import Entry, FieldMap
from llmx.errors import ConfigError

NOTHING = io.BytesIO()


def read(path: Path, *mapped: str) -> list[Entry]:
    return list(Source(str(path), FieldMap.parse(mapped)).entries(NOTHING))


def texts(entries: list[Entry]) -> list[str | None]:
    return [entry.article.text if entry.article else None for entry in entries]


def test_folder_is_read_by_path_and_names_its_articles(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Second.")
    (tmp_path / "a.txt").write_text("First.")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.html").write_text("<p>Third.</p>")
    (tmp_path / "notes.pdf").write_text("no article")

    entries = read(tmp_path)

    assert [entry.article.id for entry in entries if entry.article] == ["a", "b", "sub/c"]
    assert [entry.article.markup for entry in entries if entry.article] == ["text", "text", "html"]


def test_file_that_is_no_text_is_a_fault_and_not_the_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00bad \x81\x00\xd8")
    (tmp_path / "b.txt").write_text("Good.")

    entries = read(tmp_path)

    assert entries[0].article is None
    assert entries[0].fault
    assert texts(entries)[1] == "Good."


def test_bad_line_is_a_fault_that_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "One."}\n\n{"text": \n[1]\n{"title": "no text"}\n{"body": "Two."}\n')

    entries = read(path)

    assert texts(entries) == ["One.", None, None, None, "Two."]
    assert [entry.source for entry in entries] == [f"in.jsonl:{line}" for line in (1, 3, 4, 5, 6)]
    assert [entry.seq for entry in entries] == [0, 1, 2, 3, 4]


def test_gzip_reads_like_the_plain_file(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "One."}\n{"text": "Two."}\n'))

    assert texts(read(path)) == ["One.", "Two."]


def test_gzip_that_is_cut_short_gives_what_it_has_and_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    lines = "".join(json.dumps({"text": f"Number {n * 7919}."}) + "\n" for n in range(500))
    path.write_bytes(gzip.compress(lines.encode())[:-200])

    entries = read(path)

    assert entries[0].article is not None
    assert entries[-1].article is None
    assert "cut short" in entries[-1].fault


def test_csv_cells_become_fields(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    with path.open("w", newline="") as lines:
        csv.writer(lines).writerows([["id", "content"], ["7", "One,\nin two lines."], ["8", "Two."]])

    entries = read(path, "text=content")

    assert texts(entries) == ["One,\nin two lines.", "Two."]
    assert [entry.article.id for entry in entries if entry.article] == ["7", "8"]


def test_record_without_text_names_the_fields_that_hold_words(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("doc,content,empty\n7,One man was hurt.,\n")

    entries = read(path)

    assert entries[0].fault.endswith("--map text=NAME takes another of its fields, 'doc', 'content'")


def test_csv_record_is_told_by_the_line_it_begins_on(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text('id,text\n1,"In\ntwo lines."\n2,Next.\n')

    entries = read(path)

    assert [entry.source for entry in entries] == ["in.csv:2", "in.csv:4"]


def test_csv_line_of_other_bytes_or_too_many_cells_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"id,text\n1,Good.\n2,b\xe9d\n3,a,b\n4,Good too.\n")

    entries = read(path)

    assert texts(entries) == ["Good.", None, None, "Good too."]
    assert [entry.fault for entry in entries if not entry.article] == [
        "not UTF-8",
        "the line has more cells than the header",
    ]


def test_table_and_files_are_read_in_the_encoding_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes("id,text\n1,Café.\n".encode("cp1252"))
    (tmp_path / "in.txt").write_bytes("Café.".encode("cp1252"))

    rows = list(Source(str(tmp_path / "in.csv"), encoding="cp1252").entries(NOTHING))
    files = list(Source(str(tmp_path), encoding="utf-8,cp1252").entries(NOTHING))

    assert texts(rows) == texts(files) == ["Café."]


def test_parquet_is_read_by_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    table = pa.table({"body": [f"Number {n}." for n in range(300)], "published": ["2024-03-05"] * 300, "x": [1] * 300})
    parquet.write_table(table, path, row_group_size=100)

    entries = read(path)

    assert texts(entries)[299] == "Number 299."
    assert count_entries(Source(str(path))) == 300


def test_standard_input_is_json_lines() -> None:
    entries = list(Source("-").entries(io.BytesIO(b'{"text": "One."}\n')))

    assert texts(entries) == ["One."]
    assert entries[0].source == "stdin:1"


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"text": "T.", "published": "yesterday"}, id="date"),
        pytest.param({"text": ["T."]}, id="text"),
        pytest.param({"text": "T.", "url": {"href": "x"}}, id="url"),
        pytest.param({"text": ""}, id="empty"),
    ],
)
def test_field_of_the_wrong_kind_is_a_fault(tmp_path: Path, record: object) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(record) + "\n")

    entries = read(path)

    assert entries[0].article is None
    assert entries[0].fault


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{ 7*7 }} {% if x %} {# c #}", id="template"),
        pytest.param("a\x00b", id="nul"),
        pytest.param("lone \ud800 surrogate", id="surrogate"),
        pytest.param("x" * 5_000_000, id="5 MB"),
    ],
)
def test_hostile_text_is_read_as_it_stands(tmp_path: Path, text: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"text": text}) + "\n")

    assert texts(read(path)) == [text]


@pytest.mark.parametrize("name", ["missing.jsonl", "in.docx"], ids=["missing", "unknown kind"])
def test_unusable_input_is_said_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "in.docx").write_text("x")

    with pytest.raises(ConfigError, match=name):
        read(tmp_path / name)


def test_mapping_of_an_unknown_field_is_refused() -> None:
    with pytest.raises(ConfigError, match="colour"):
        FieldMap.parse(("colour=red",))
