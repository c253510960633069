"""Assignment: the best one-to-one pairs, whatever the order."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.eval.matching.assign import best_pairs, pair_up


def total(scores: dict[tuple[int, int], float]) -> float:
    return sum(scores[pair] for pair in best_pairs(scores))


def exhaustive(scores: dict[tuple[int, int], float], left: int, right: int) -> float:
    columns = [*range(right), *([-1] * left)]
    return max(
        sum(scores.get((i, j), 0.0) for i, j in enumerate(chosen[:left])) for chosen in permutations(columns, left)
    )


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({(0, 0): 0.2}, [(0, 0)], id="one pair"),
        pytest.param({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}, [(0, 1), (1, 0)], id="not the largest first"),
        pytest.param({(0, 0): 0.5, (0, 1): 0.6}, [(0, 1)], id="one left item"),
        pytest.param({(0, 0): 0.5, (1, 1): 0.5}, [(0, 0), (1, 1)], id="two components"),
    ],
)
def test_the_pairs_have_the_largest_sum(scores: dict[tuple[int, int], float], expected: list[tuple[int, int]]) -> None:
    assert best_pairs(scores) == expected


def test_ties_are_decided_by_the_second_score() -> None:
    scores = {(0, 0): 1.0, (0, 1): 1.0}

    assert best_pairs(scores, {(0, 1): 0.5}) == [(0, 1)]


def test_pairs_below_the_least_score_do_not_compete() -> None:
    found = pair_up([1.0, 3.0], [1.0], lambda a, b: a * b / 4, least=0.5)

    assert found == {(1, 0): 0.75}


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 8).map(lambda n: n / 8), max_size=12
    )
)
def test_no_other_one_to_one_choice_has_a_larger_sum(scores: dict[tuple[int, int], float]) -> None:
    pairs = best_pairs(scores)

    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert total(scores) == pytest.approx(exhaustive(scores, 4, 4))
