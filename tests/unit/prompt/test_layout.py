from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.document import Document
from llmx.prompt.layout import fence_for, numbered, numbered_sentences, sendable
from llmx.text.span import Span

TEXT = "The mayor left. He was tired.\n\nNobody followed him."


def _document(text: str = TEXT, boilerplate: tuple[Span, ...] = ()) -> Document:
    return Document(id="d", text=text, boilerplate=boilerplate)


def test_sentences_are_numbered_from_one_and_paragraphs_stay_apart() -> None:
    assert numbered(_document()) == "[1] The mayor left.\n[2] He was tired.\n\n[3] Nobody followed him."


def test_sentence_that_is_boilerplate_is_left_out_and_the_others_keep_their_numbers() -> None:
    document = _document(boilerplate=(Span(16, 29),))

    assert numbered(document) == "[1] The mayor left.\n\n[3] Nobody followed him."


def test_part_of_a_document_keeps_the_document_s_numbers() -> None:
    assert numbered(_document(), within=Span(16, len(TEXT))) == "[2] He was tired.\n\n[3] Nobody followed him."


def test_chosen_sentences_stand_in_the_document_s_order() -> None:
    assert numbered_sentences(_document(), [2, 0]).index("[1]") < numbered_sentences(_document(), [2, 0]).index("[3]")


@pytest.mark.parametrize(
    "text",
    ["{{ 7 * 7 }} {% raw %} {# x #}", "tab\tand\x00null", "“Über”\u00a0naïve", "\u202eright to left"],
    ids=["template", "control", "typographic", "bidi"],
)
def test_sentence_stands_in_the_prompt_as_it_is(text: str) -> None:
    assert text in numbered(_document(f"He wrote {text} there."))


def test_lone_surrogate_becomes_one_character_that_can_be_sent() -> None:
    sent = sendable("a\ud800b")

    assert sent == "a\ufffdb"
    assert sent.encode("utf-8")


@given(st.lists(st.text(alphabet="~ab\n", max_size=40), max_size=3))
def test_fence_stands_in_none_of_the_texts(texts: list[str]) -> None:
    fence = fence_for(*texts)

    assert set(fence) == {"~"}
    assert not any(fence in text for text in texts)
