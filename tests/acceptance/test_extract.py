"""Extracting with the embedded engine, from Python and from the command line."""

import asyncio
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from citing import assert_all_cited
from pydantic import BaseModel

from llmx import Article, Cited, Document, Extraction, Extractor, Settings, aextract, extract
from llmx.cli.main import run
from llmx.errors import ConfigError, DocumentError, SchemaError

ARTICLES = sorted((Path(__file__).parents[2] / "examples" / "articles").glob("*.txt"))


def article(path: Path) -> Article:
    known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return Article(text=path.read_text(encoding="utf-8"), **known)


@pytest.fixture(autouse=True)
def no_model_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LLMX_MODEL", "LLMX_BASE_URL", "LLMX_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def printed(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        run(words)
    streams = capsys.readouterr()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code, streams.out, streams.err


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_citation_slices_to_its_quote_and_none_stands_in_boilerplate(path: Path) -> None:
    result = extract(article(path), model="rules")

    assert result.document.text == path.read_text(encoding="utf-8")
    assert result.report.events
    assert_all_cited(result.document, result.report)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_same_article_gives_the_same_bytes(path: Path) -> None:
    first = extract(article(path), model="rules").to_json()

    second = extract(article(path), model="rules").to_json()

    assert first == second


def test_waiting_and_awaited_calls_give_the_same() -> None:
    waiting = extract(article(ARTICLES[0]), model="rules")

    awaited = asyncio.run(aextract(article(ARTICLES[0]), model="rules"))

    assert awaited == waiting


def test_waiting_call_works_inside_a_running_event_loop() -> None:
    async def inside() -> str:
        return extract(article(ARTICLES[0]), model="rules").document.id

    assert asyncio.run(inside()) == Document.from_article(article(ARTICLES[0])).id


def test_provenance_tells_all_that_changed_the_answer() -> None:
    provenance = extract(article(ARTICLES[0]), model="rules").provenance

    assert provenance.model == "rules"
    assert provenance.prompt.id == "none"
    assert provenance.schema_.id == "news-report/v1"
    assert provenance.settings == {"on_unsupported": "drop"}
    assert provenance.rules["events[0]"]


def test_no_model_configured_means_the_embedded_engine() -> None:
    assert Extractor(settings=Settings()).model.name == "rules"


def test_relative_time_is_not_resolved_without_a_publication_date() -> None:
    text = "Two soldiers were killed near Idlib on Monday when their patrol was ambushed by gunmen."

    dated = extract(Article(text=text, published="2024-03-06"), model="rules").report.events[0].time
    undated = extract(Article(text=text), model="rules").report.events[0].time

    assert dated is not None
    assert str(dated.start) == "2024-03-04"
    assert undated is not None
    assert (undated.start, undated.end, undated.value) == (None, None, None)


class Recall(BaseModel):
    product: Cited[str]


class Note(BaseModel):
    text: str


def test_embedded_engine_says_that_it_fills_the_news_report_alone() -> None:
    with pytest.raises(ConfigError, match="NewsReport"):
        extract(Article(text="Dorvan Foods is recalling honey."), model="rules", schema=Recall)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param("Two men were arrested.", "Article(text=...)", id="a bare string"),
        pytest.param(Article(text=b"Two men."), "Article.from_bytes", id="bytes for a text"),  # type: ignore[arg-type]
        pytest.param(Article(text=None), "not NoneType", id="no text"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_article_is_told(given: object, said: str) -> None:
    with pytest.raises(DocumentError) as error:
        extract(given, model="rules")  # type: ignore[arg-type]

    assert said in str(error.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param({"model": 3}, "llmx.port.Model", id="model"),
        pytest.param({"on_unsupported": "shout"}, "drop, flag, raise", id="policy"),
        pytest.param({"schema": dict}, "BaseModel", id="schema"),
    ],
)
def test_argument_of_the_wrong_kind_is_told_when_the_extractor_is_built(words: dict[str, object], said: str) -> None:
    with pytest.raises((ConfigError, SchemaError)) as error:
        Extractor(**words)  # type: ignore[arg-type]

    assert said in str(error.value)


def test_report_class_without_citations_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(SchemaError, match=r"Note\.text"):
        Extractor(model="rules", schema=Note)


def test_command_prints_one_extraction_and_says_which_engine_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = printed(["extract", str(ARTICLES[0]), "--published", "2019-05-08", "--outlet", "Post"], capsys)

    result = Extraction.from_json(out)
    assert code == 0
    assert out.count("\n") == 1
    assert "embedded rule engine" in err
    assert (str(result.document.published), result.document.outlet) == ("2019-05-08", "Post")


def test_named_engine_is_not_announced(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = printed(["extract", str(ARTICLES[0]), "--model", "rules"], capsys)

    assert (code, err) == (0, "")


def test_article_is_read_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(ARTICLES[0].read_bytes())))

    code, out, _ = printed(["extract", "-", "--model", "rules"], capsys)

    assert code == 0
    assert Extraction.from_json(out).document.text == ARTICLES[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"<!DOCTYPE html>\n<html>", id="a doctype"),
        pytest.param(b"\xef\xbb\xbf\n<HTML lang='en'>", id="a byte order mark and capitals"),
        pytest.param(b'<?xml version="1.0"?><!doctype html><html>', id="an XML declaration"),
    ],
)
def test_page_on_standard_input_is_known_by_its_beginning(
    head: bytes, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = head + b"<body><article><p>Two men were arrested in Ankara, police said.</p></article></body></html>"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(page)))

    code, out, _ = printed(["extract", "-", "--model", "rules"], capsys)

    assert code == 0
    assert Extraction.from_json(out).document.text == "Two men were arrested in Ankara, police said."


def test_result_and_page_are_written_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made, page, again = tmp_path / "result.json", tmp_path / "page.html", tmp_path / "again.html"

    first, out, _ = printed(["extract", str(ARTICLES[0]), "-o", str(made), "--html", str(page)], capsys)
    second, _, _ = printed(["view", str(made), "-o", str(again)], capsys)

    assert (first, second, out) == (0, 0, "")
    assert page.read_text(encoding="utf-8") == again.read_text(encoding="utf-8")


def test_rendered_prompt_shows_the_messages_and_sends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    path = next(path for path in ARTICLES if path.stem == "harbour-strike")

    code, out, _ = printed(["prompt", "render", str(path), "--json"], capsys)

    messages = json.loads(out)
    assert code == 0
    assert [message["role"] for message in messages] == ["system", "user"]
    assert "[2] Police fire tear gas" in messages[1]["content"]


@pytest.mark.parametrize(
    ("words", "listed"),
    [(["schema", "list"], "news-report/v1"), (["prompt", "list"], "news-report.v1"), (["schema", "check"], "")],
    ids=["schema list", "prompt list", "schema check"],
)
def test_listings_name_what_is_bundled(words: list[str], listed: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(words, capsys)

    assert code == 0
    assert listed in out
