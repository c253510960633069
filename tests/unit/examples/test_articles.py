from __future__ import annotations

import json
from pathlib import Path

import pytest

from llmx.document import Article, Document

EXAMPLES = Path(__file__).parents[3] / "examples"
TEXTS = sorted([*(EXAMPLES / "articles").glob("*.txt"), *(EXAMPLES / "gold" / "texts").glob("*.txt")])

each_article = pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])


def test_there_are_examples_to_read_and_to_score() -> None:
    folders = [path.parent.name for path in TEXTS]

    assert folders.count("articles") >= 4
    assert len(folders) >= 12


@each_article
def test_what_stands_beside_an_article_is_what_an_article_takes(path: Path) -> None:
    known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))

    article = Article(text=path.read_text(encoding="utf-8"), **known)

    assert sorted(known) == ["outlet", "published", "title", "url"]
    assert article.published_on is not None


@each_article
def test_an_article_is_as_long_as_news_is(path: Path) -> None:
    words = path.read_text(encoding="utf-8").split()

    assert 200 <= len(words) <= 700


@each_article
def test_an_articles_text_is_the_documents_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    document = Document.from_article(Article(text=text))

    assert document.text == text
