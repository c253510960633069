"""Laws of the engine that hold for any text."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from llmx.document import Article, Document
from llmx.lexicon.function_words import word_set
from llmx.rules.engine import read

WORDS = st.sampled_from(
    sorted(
        word_set(
            "gunmen killed the two soldiers in Orlo , and by a bomb exploded at said that rebels attacked - ("
            " ) “ ” ’s who were Monday Syria of on with was not “They”. . 12 least at Mr. U.S. Turkey-backed"
            " forces president Vess among others : including left dead him armed set fire to between clashes"
        )
    )
)
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)


def _quotes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if {"quote", "start"} <= node.keys():
            yield node
        for value in node.values():
            yield from _quotes(value)
    elif isinstance(node, list):
        for value in node:
            yield from _quotes(value)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_quote_slices_to_its_words_in_any_text(words: str) -> None:
    document = Document.from_article(Article(text=words + " x"))

    draft = read(document).draft

    assert [one for one in _quotes(draft) if document.text[one["start"] :][: len(one["quote"])] != one["quote"]] == []


@given(st.text(min_size=1, max_size=60).filter(lambda text: any(map(str.isalnum, text))))
@settings(max_examples=100, deadline=None)
def test_any_characters_are_read(text: str) -> None:
    answer = read(Document.from_article(Article(text=text)))

    assert set(answer.draft) == {"entities", "events", "attributions", "claims", "relations"}
