"""A document's text is the caller's, and every offset refers to it."""

from __future__ import annotations

from datetime import date

import pytest

from llmx.document import Article, Document
from llmx.errors import DocumentError
from llmx.text.span import Span

BODY = "The raid began at dawn. It ended at noon."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BODY, id="plain"),
        pytest.param(f"  {BODY}\r\n\r\n{BODY}\r\n", id="crlf"),
        pytest.param("The raid\x00 began at dawn.", id="nul"),
        pytest.param("The raid \ud800 began \udfff at dawn.", id="lone-surrogates"),
        pytest.param("The {{ raid }} began {% at %} dawn {# now #}.", id="template-syntax"),
        pytest.param("The raid began\nat dawn and it\nended at noon.", id="wrapped-lines"),
        pytest.param("\ufeffThe raid began.\u202e nwad ta", id="format-characters"),
        pytest.param("e\u0301te\u0301 ﬁn ½", id="decomposed"),
    ],
)
def test_text_of_a_plain_article_is_unchanged(text: str) -> None:
    document = Document.from_article(Article(text=text))

    assert document.text == text
    assert "".join("".join(s.of(text) for s in document.sentences).split()) == "".join(text.split())
    assert len(document.id) == 16


@pytest.mark.parametrize("text", ["", " \n\t ", "…!? — •", "\x00\x00", "🙂🙂"], ids=repr)
def test_article_without_text_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="no text"):
        Document.from_article(Article(text=text))


def test_five_megabytes_are_read_with_their_sentences() -> None:
    text = f"{BODY}\n" * 120_000

    document = Document.from_article(Article(text=text))

    assert len(document.sentences) == 240_000


def test_sentence_of_a_span_is_the_one_it_starts_in() -> None:
    document = Document.from_article(Article(text=BODY))

    found = document.sentence_of(Span(BODY.index("ended"), len(BODY)))

    assert found.of(BODY) == "It ended at noon."


def test_page_brings_its_text_and_title() -> None:
    article = Article.from_bytes(
        b"<html><head><title>Raid</title></head><body><article><p>The raid on the town began at dawn on Monday, "
        b"officials of the province told reporters.</p></article></body></html>",
        name="page.HTML",
    )

    document = Document.from_article(article)

    assert document.title == "Raid"
    assert document.text.startswith("The raid on the town")


def test_file_that_is_no_text_is_refused_by_name() -> None:
    with pytest.raises(DocumentError, match=r"scan\.txt"):
        Article.from_bytes(b"\x89PNG\r\n", name="scan.txt")


@pytest.mark.parametrize("given", ["2024-03-05", date(2024, 3, 5)], ids=["string", "date"])
def test_publication_date_is_read(given: str | date) -> None:
    assert Article(text=BODY, published=given).published_on == date(2024, 3, 5)


def test_publication_date_that_is_none_is_refused() -> None:
    with pytest.raises(DocumentError, match="ISO 8601"):
        Article(text=BODY, published="last Tuesday")


def test_boilerplate_is_known_to_the_document() -> None:
    long_body = f"{BODY} The governor told reporters that the attackers had fled.\n"
    document = Document.from_article(Article(text=f"{long_body}\nRELATED: Another raid\n\n{long_body}"))

    part = document.boilerplate[0]

    assert part.of(document.text) == "RELATED: Another raid"
    assert document.in_boilerplate(Span(part.start, part.start + 3))
    assert not document.in_boilerplate(Span(0, 3))
