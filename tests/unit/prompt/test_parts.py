from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.document import Document
from llmx.prompt import split
from llmx.prompt.parts import CONTEXT_CHARS

PARAGRAPH = "The mayor left on Monday. Nobody followed him home. The town was quiet."
LONG = "\n\n".join([PARAGRAPH] * 40)


def _document(text: str) -> Document:
    return Document(id="d", text=text)


def test_document_that_fits_has_no_parts() -> None:
    assert split(_document(PARAGRAPH), window_chars=1000) == ()


def test_part_holds_whole_paragraphs() -> None:
    parts = split(_document(LONG), window_chars=400)

    assert {part.span.of(LONG).count("\n\n") + 1 for part in parts} == {5}
    assert {part.span.of(LONG)[:9] for part in parts} == {"The mayor"}


def test_parts_are_numbered_and_know_how_many_they_are() -> None:
    parts = split(_document(LONG), window_chars=400)

    assert [(part.number, part.of) for part in parts] == [(number, 8) for number in range(1, 9)]


def test_context_is_what_stands_right_before() -> None:
    first, *others = split(_document(LONG), window_chars=400)

    assert first.before is None
    assert [part.before.end for part in others if part.before] == [part.span.start for part in others]
    assert all(0 < len(part.before) <= CONTEXT_CHARS for part in others if part.before)


@pytest.mark.parametrize("window_chars", [1, 60, 200], ids=["tiny", "a-sentence", "some-sentences"])
def test_paragraph_longer_than_a_window_is_cut_between_sentences(window_chars: int) -> None:
    document = _document(" ".join([PARAGRAPH] * 6))

    parts = split(document, window_chars=window_chars)

    assert {part.span.start for part in parts} <= {sentence.start for sentence in document.sentences}
    assert {part.span.end for part in parts} <= {sentence.end for sentence in document.sentences}


@given(
    st.lists(st.sampled_from([PARAGRAPH, "A heading", "One. Two. Three."]), min_size=1, max_size=30),
    st.integers(20, 400),
)
def test_every_sentence_stands_in_exactly_one_part(paragraphs: list[str], window_chars: int) -> None:
    document = _document("\n\n".join([*paragraphs, LONG]))

    parts = split(document, window_chars=window_chars)

    holders = [sum(part.span.contains(sentence) for part in parts) for sentence in document.sentences]
    assert set(holders) == {1}
