from __future__ import annotations

import pytest

from llmx.schema.citation import Citation
from llmx.schema.news import Count
from llmx.schema.terms import Qualifier
from llmx.view.phrases import count_words, label

WORDS = Citation(quote="12 guards", start=0, end=9)


@pytest.mark.parametrize(
    ("low", "best", "high", "qualifier", "words"),
    [
        pytest.param(19, 19, 19, "exact", "19 killed", id="exact"),
        pytest.param(50, None, None, "at_least", "at least 50 killed", id="at least"),
        pytest.param(31, None, None, "more_than", "more than 30 killed", id="more than"),
        pytest.param(None, None, 40, "at_most", "up to 40 killed", id="at most"),
        pytest.param(None, None, 39, "fewer_than", "fewer than 40 killed", id="fewer than"),
        pytest.param(None, 1200, None, "about", "about 1,200 killed", id="about"),
        pytest.param(6, None, 8, "range", "6 to 8 killed", id="range"),
        pytest.param(24, None, None, "vague", "at least 24 killed (vague)", id="dozens"),
        pytest.param(0, 0, 0, "exact", "0 killed", id="none"),
    ],
)
def test_a_count_is_told_with_its_bounds(
    low: int | None, best: int | None, high: int | None, qualifier: Qualifier, words: str
) -> None:
    count = Count(of="killed", low=low, best=best, high=high, qualifier=qualifier, cite=WORDS)

    assert count_words(count) == words


def test_a_field_without_a_word_of_its_own_is_called_by_its_name() -> None:
    assert label("loaded_terms") == "loaded terms"
