from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.model.tokens import FIRST_CHARS_PER_TOKEN, TokenGauge


def test_estimate_rounds_up() -> None:
    assert TokenGauge(chars_per_token=4.0).estimate(9) == 3


def test_estimate_moves_towards_what_the_server_reports() -> None:
    gauge = TokenGauge()

    gauge.learn(5000, 1000)

    assert FIRST_CHARS_PER_TOKEN < gauge.chars_per_token < 5.0


def test_server_that_reports_nothing_changes_nothing() -> None:
    gauge = TokenGauge()

    gauge.learn(5000, 0)

    assert gauge.chars_per_token == FIRST_CHARS_PER_TOKEN


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), max_size=30))
def test_no_report_makes_the_estimate_absurd(reports: list[tuple[int, int]]) -> None:
    gauge = TokenGauge()

    [gauge.learn(chars, tokens) for chars, tokens in reports]

    assert 0.4 < gauge.chars_per_token < 12.1


def test_estimate_of_nothing_is_small() -> None:
    assert TokenGauge().estimate(0) == pytest.approx(1)
