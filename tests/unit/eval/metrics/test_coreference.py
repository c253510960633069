"""Coreference: the worked example of the reference scorer's paper, and edge cases counted by hand."""

from typing import Any

import pytest

from llmx.eval.metrics.coreference import b_cubed_counts, blanc_counts, ceaf_e_counts, muc_counts

KEY = [frozenset("abc"), frozenset("defg")]
RESPONSE = [frozenset("ab"), frozenset("cd"), frozenset("fghi")]
"""Example 1 of Pradhan et al. (2014), figure 1: `i` and `h` are spurious, `e` is missed."""


def test_muc_counts_the_links_of_the_published_example() -> None:
    assert muc_counts(KEY, RESPONSE) == (2, 5, 2, 5)


def test_b_cubed_gives_the_published_precision_and_recall() -> None:
    precision, mentions, recall, gold = b_cubed_counts(KEY, RESPONSE)

    assert precision / mentions == pytest.approx(0.50)
    assert recall / gold == pytest.approx(0.417, abs=0.001)


def test_ceaf_gives_the_published_precision_and_recall() -> None:
    credit, predicted, _, gold = ceaf_e_counts(KEY, RESPONSE)

    assert credit / predicted == pytest.approx(0.433, abs=0.001)
    assert credit / gold == pytest.approx(0.65)


def test_blanc_counts_both_kinds_of_links_of_the_published_example() -> None:
    assert blanc_counts(KEY, RESPONSE) == (2, 8, 2, 9, 8, 20, 8, 12)


@pytest.mark.parametrize(
    ("gold", "pred", "expected"),
    [
        pytest.param([], [], (0, 0, 0, 0), id="both empty"),
        pytest.param([frozenset("ab")], [], (0, 0, 0, 1), id="empty prediction"),
        pytest.param([frozenset("ab")], [frozenset("ab")], (1, 1, 1, 1), id="perfect"),
        pytest.param([frozenset("a")], [frozenset("a")], (0, 0, 0, 0), id="a singleton has no link"),
    ],
)
def test_muc_of_edge_cases(gold: Any, pred: Any, expected: Any) -> None:
    assert muc_counts(gold, pred) == expected
