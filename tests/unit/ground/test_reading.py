"""What a reading tells of single words without folding all of them is what all of them tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.document import Article, Document
from llmx.ground.reading import Reading
from llmx.ground.spelling import is_written

_TEXTS = st.text(alphabet="aBb sS'’.é, \n", max_size=40).map("x {}".format)
_TOKENS = st.sampled_from(["a", "b", "s", "ab", "ba", "bb", "as", "bs", "aba", "abs", "é", "bé"])


def _reading(text: str) -> Reading:
    return Reading(Document.from_article(Article(text=text)))


@given(text=_TEXTS, token=_TOKENS)
def test_a_word_is_capitalised_when_it_is_among_all_that_are(text: str, token: str) -> None:
    told = _reading(text).capitalises(token)

    assert told == (token in _reading(text).capitalised)


@given(text=_TEXTS, token=_TOKENS)
def test_a_word_is_written_when_it_is_a_form_of_one_of_all_words(text: str, token: str) -> None:
    told = _reading(text).writes(token)

    assert told == is_written(token, _reading(text).tokens)


@pytest.mark.parametrize(
    ("token", "stands"),
    [
        pytest.param("orsk", True, id="behind the first word"),
        pytest.param("haydar", True, id="with an apostrophe within"),
        pytest.param("talks", False, id="at the start of a sentence alone"),
        pytest.param("met", False, id="without a capital"),
    ],
)
def test_a_capital_counts_where_no_sentence_starts(token: str, *, stands: bool) -> None:
    reading = _reading("Talks went on in Orsk’s hall. They met Hay’dar there.")

    assert reading.capitalises(token) is stands
