"""A long quote may be offered by its ends."""

from __future__ import annotations

import pytest

from llmx.document import Article, Document
from llmx.ground.quotes import read_quote
from llmx.ground.ranges import LONGEST_RANGE, unfold
from llmx.text.locate import Index

TEXT = (
    "The mayor said that the bridge was closed for two weeks. "
    "Engineers said that the bridge was safe, and that traffic could return for two weeks at most."
)


def _unfolded(quote: str, text: str = TEXT) -> str:
    document = Document.from_article(Article(text=text))
    offered = read_quote(quote)
    assert offered is not None
    return unfold(offered, document, Index(text)).words


@pytest.mark.parametrize(
    ("quote", "meant"),
    [
        ("1|that the bridge ~ two weeks", "that the bridge was closed for two weeks"),
        ("2|that the bridge ~ two weeks", "that the bridge was safe, and that traffic could return for two weeks"),
        ("that the bridge ~ two weeks", "that the bridge was closed for two weeks"),
        (
            "2|Engineers ~ at most",
            "Engineers said that the bridge was safe, and that traffic could return for two weeks at most",
        ),
    ],
    ids=["first-sentence", "second-sentence", "no-number", "whole-sentence"],
)
def test_range_runs_to_the_next_place_of_its_last_words(quote: str, meant: str) -> None:
    assert _unfolded(quote) == meant


@pytest.mark.parametrize(
    ("quote", "refused"),
    [("1|that the tunnel ~ two weeks", "that the tunnel"), ("1|that the bridge ~ three weeks", "three weeks")],
    ids=["first-end", "last-end"],
)
def test_end_that_is_not_in_the_article_is_refused_by_its_own_words(quote: str, refused: str) -> None:
    assert _unfolded(quote) == refused


def test_ends_in_the_wrong_order_are_no_range() -> None:
    assert _unfolded("2|at most ~ The mayor") == "at most"


def test_ends_too_far_apart_are_no_range() -> None:
    text = "The start is here. " + "Nothing. " * (LONGEST_RANGE // 9 + 1) + "The end is there."

    assert _unfolded("1|The start ~ end is there", text) == "The start"


def test_words_that_hold_a_tilde_in_the_article_are_meant_literally() -> None:
    text = "The label read: north ~ south of the wall, and then north again to the south."

    assert _unfolded("1|north ~ south", text) == "north ~ south"


def test_quote_without_a_tilde_is_left_as_it_came() -> None:
    assert _unfolded("1|The mayor") == "The mayor"
