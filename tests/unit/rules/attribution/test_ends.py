from __future__ import annotations

import pytest

from llmx.rules.attribution.clues import spelled
from llmx.rules.attribution.ends import End, Ends
from llmx.rules.attribution.weights import bundled_weights


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(End("and", "PRONOUN", 1, "N", "clause", 2), id="and-a-clause"),
        pytest.param(End(",", "while", 2, "E", "S", 4), id="comma-while"),
        pytest.param(End("zyx", "zyx", 0, "o", "-", 1), id="words-without-a-weight"),
    ],
)
def test_odds_of_an_end_are_the_weights_of_its_named_features(end: End) -> None:
    weights = bundled_weights()
    ends = Ends(weights.end)

    odds = ends.odds("that", "say", end)

    named = spelled(ends.clues("that", "say", end))
    assert odds == pytest.approx(sum(weights.end.get(name, 0.0) for name in named))
