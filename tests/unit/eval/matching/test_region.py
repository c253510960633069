"""Regions and words: when two places or two wordings are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.eval.matching.region import NOWHERE, covers_half, iou, region_of, shared
from llmx.eval.matching.words import altered, muc_norm, norm
from llmx.text.span import Span

TEXT = "He said, “the depot burned” on Monday."


def test_edges_of_space_and_punctuation_do_not_make_two_places_differ() -> None:
    with_marks, without = region_of([Span(9, 27)], TEXT), region_of([Span(10, 26)], TEXT)

    assert with_marks.same(without)


def test_touching_spans_are_one_span() -> None:
    assert region_of([Span(3, 7), Span(0, 3)], TEXT).spans == (Span(0, 7),)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param([(0, 4)], [(0, 4)], 1.0, id="same"),
        pytest.param([(0, 4)], [(2, 6)], 2 / 6, id="overlap"),
        pytest.param([(0, 4)], [(4, 8)], 0.0, id="touch"),
        pytest.param([(0, 4), (10, 14)], [(0, 4)], 0.5, id="one of two parts"),
    ],
)
def test_iou_counts_code_points(one: list[tuple[int, int]], other: list[tuple[int, int]], expected: float) -> None:
    left, right = (region_of([Span(*bounds) for bounds in part], TEXT) for part in (one, other))

    assert iou(left, right) == expected


def test_two_empty_regions_are_the_same_and_share_nothing() -> None:
    assert NOWHERE.same(NOWHERE)
    assert iou(NOWHERE, NOWHERE) == 0


@pytest.mark.parametrize(
    ("inner", "expected"), [pytest.param((2, 3), True, id="within"), pytest.param((9, 30), False, id="little shared")]
)
def test_half_is_covered_by_overlap_or_containment(inner: tuple[int, int], expected: bool) -> None:  # noqa: FBT001
    assert covers_half(region_of([Span(0, 10)], TEXT), region_of([Span(*inner)], TEXT)) is expected


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=6))
def test_a_region_shares_with_itself_what_it_covers(bounds: list[tuple[int, int]]) -> None:
    region = region_of([Span(start, start + length) for start, length in bounds], TEXT)

    assert (
        shared(region, region) == region.size == len({i for span in region.spans for i in range(span.start, span.end)})
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("  “The Depot”, ", "the depot", id="marks and case"),
        pytest.param("Ｄepot\u00a0fire", "depot fire", id="unicode forms and spaces"),
    ],
)
def test_words_are_folded(words: str, expected: str) -> None:
    assert norm(words) == expected


def test_the_muc_form_drops_articles_and_punctuation_and_keeps_diacritics() -> None:
    assert muc_norm("The U.S. embassy, a café") == "us embassy café"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("Five died.", "Six died.", True, id="number word"),
        pytest.param("5 % died.", "6 % died.", True, id="number"),
        pytest.param("He did not go.", "He did go.", True, id="negation"),
        pytest.param("It fell on Monday.", "It fell on Tuesday.", True, id="date"),
        pytest.param("The depot fell.", "The depot has fallen.", False, id="wording alone"),
    ],
)
def test_values_that_may_not_change_are_guarded(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    assert altered(one, other) is expected
