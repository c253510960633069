"""Promises of the number grammar: which numbers a text states, and how its words bound them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.text.numbers import Number, find_numbers
from llmx.text.times import find_times


def only(text: str) -> Number:
    (number,) = find_numbers(text)
    return number


@pytest.mark.parametrize(
    ("text", "bounds", "qualifier"),
    [
        pytest.param("30 raids", (30, 30, 30), "exact", id="exact"),
        pytest.param("over 30 raids", (31, None, None), "more_than", id="over"),
        pytest.param("more than two dozen men", (25, None, None), "more_than", id="more than two dozen"),
        pytest.param("at least 50 members", (50, None, None), "at_least", id="at least"),
        pytest.param("no fewer than 12", (12, None, None), "at_least", id="no fewer than"),
        pytest.param("50 or more men", (50, None, None), "at_least", id="or more"),
        pytest.param("50+ men", (50, None, None), "at_least", id="plus sign"),
        pytest.param("at least another 30", (30, None, None), "at_least", id="filler between"),
        pytest.param("at least some 30", (30, None, None), "at_least", id="the first comparator decides"),
        pytest.param("up to 40 rockets", (None, None, 40), "at_most", id="up to"),
        pytest.param("as many as 12", (None, None, 12), "at_most", id="as many as"),
        pytest.param("no more than five", (None, None, 5), "at_most", id="no more than"),
        pytest.param("fewer than 40 men", (None, None, 39), "fewer_than", id="fewer than"),
        pytest.param("about 100 people", (None, 100, None), "about", id="about"),
        pytest.param("some 1,200 residents", (None, 1200, None), "about", id="some"),
        pytest.param("nearly four million people", (None, 4_000_000, 4_000_000), "nearly", id="nearly"),
        pytest.param("6 to 8 men", (6, None, 8), "range", id="to"),
        pytest.param("between six and eight militants", (6, None, 8), "range", id="between"),
        pytest.param("two to three million", (2_000_000, None, 3_000_000), "range", id="range with one scale"),
        pytest.param("6–8 trucks", (6, None, 8), "range", id="dash"),
        pytest.param("dozens of men", (24, None, None), "vague", id="dozens"),
        pytest.param("scores of men", (40, None, None), "vague", id="scores"),
        pytest.param("hundreds injured", (200, None, None), "vague", id="hundreds"),
        pytest.param("thousands of homes", (2000, None, None), "vague", id="thousands"),
        pytest.param("tens of thousands", (20_000, None, None), "vague", id="tens of thousands"),
        pytest.param("several officers", (3, None, None), "vague", id="several"),
        pytest.param("several hundred men", (300, None, None), "vague", id="several hundred"),
        pytest.param("a dozen men", (None, 12, None), "vague", id="a dozen"),
        pytest.param("half a dozen men", (None, 6, None), "vague", id="half a dozen"),
        pytest.param("a couple of men", (None, 2, None), "vague", id="a couple"),
    ],
)
def test_words_around_a_number_bound_it(
    text: str, bounds: tuple[int | None, int | None, int | None], qualifier: str
) -> None:
    number = only(text)

    assert (number.low, number.best, number.high) == bounds
    assert number.qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("two hundred and fifty-three", 253, id="words"),
        pytest.param("five thousand three hundred and twelve", 5312, id="long words"),
        pytest.param("one hundred thousand", 100_000, id="scale of a scale"),
        pytest.param("TWENTY-FIVE", 25, id="capitals"),
        pytest.param("1,204 people", 1204, id="comma"),
        pytest.param("1\u00a0204 people", 1204, id="no-break space"),
        pytest.param("12 000 troops", 12_000, id="space"),
        pytest.param("1.204 people", 1204, id="point before people"),
        pytest.param("4m people", 4_000_000, id="suffix"),
        pytest.param("3.5 million", 3_500_000, id="decimal scale"),
        pytest.param("one and a half million", 1_500_000, id="and a half"),
        pytest.param("two-and-a-half million", 2_500_000, id="and a half with hyphens"),
        pytest.param("a million and a half", 1_500_000, id="and a half behind"),
        pytest.param("one and three quarter million", 1_750_000, id="and three quarters"),
        pytest.param("3½ million", 3_500_000, id="fraction sign"),
        pytest.param("3 1/2 million", 3_500_000, id="fraction in digits"),
        pytest.param("two trillion", 2 * 10**12, id="trillion"),
        pytest.param("a 100-strong force", 100, id="compound"),
    ],
)
def test_digits_and_words_give_the_same_value(text: str, value: int) -> None:
    assert only(text).values == (value,)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("a Su-25 plane", "code", id="aircraft"),
        pytest.param("Flight 370", "code", id="flight"),
        pytest.param("MH17 was shot down", "code", id="flight code"),
        pytest.param("the 21st time", "ordinal", id="ordinal"),
        pytest.param("a 34-year-old man", "age", id="age"),
        pytest.param("Smith, 34, said", "age", id="age in apposition"),
        pytest.param("12 percent", "percent", id="percent"),
        pytest.param("12% of voters", "percent", id="percent sign"),
        pytest.param("$30 was paid", "money", id="money sign"),
        pytest.param("50 million euros", "money", id="currency"),
        pytest.param("12 km away", "measure", id="distance"),
        pytest.param("3 hours later", "measure", id="duration"),
        pytest.param("in 2015 they met", "date", id="year"),
        pytest.param("on May 12", "date", id="day of a month"),
        pytest.param("at 5 pm", "clock", id="clock"),
    ],
)
def test_numbers_that_count_nothing_are_told_apart(text: str, kind: str) -> None:
    assert [number.kind for number in find_numbers(text)] == [kind]


def test_words_of_order_and_seconds_are_no_numbers() -> None:
    assert find_numbers("The second raid came first, on a third front.") == ()


def test_the_whole_of_a_part_is_marked_as_a_total() -> None:
    part, whole = find_numbers("two of the five hostages")

    assert (part.best, part.total, whole.best, whole.total) == (2, False, 5, True)


def test_a_change_is_not_a_range() -> None:
    assert [number.qualifier for number in find_numbers("The toll rose from 30 to 50.")] == ["exact", "exact"]


def test_about_after_a_verb_of_speaking_is_a_preposition() -> None:
    assert only("They talked about two soldiers.").qualifier == "exact"


def test_the_span_holds_the_comparator_and_the_core_does_not() -> None:
    text = "It killed at least 50 men."

    number = only(text)

    assert number.span.of(text) == "at least 50"
    assert number.core.of(text) == "50"


def test_digits_of_absurd_length_are_no_number() -> None:
    assert find_numbers("9" * 5000) == ()


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_written_with_commas_is_read_back(value: int) -> None:
    text = f"There were {value:,} people in it."

    assert only(text).values == (value,)


@given(st.text(max_size=200))
def test_spans_slice_the_text_in_order_without_overlap(text: str) -> None:
    spans = [number.span for number in find_numbers(text)]

    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert all(span.of(text).strip() for span in spans)


@pytest.mark.parametrize("text", ["a paır of boots", "fıfty mıllion", "ſix dozen", "twenty-fİve", "$2 bıllıon"])
def test_letters_that_a_pattern_takes_for_others_break_nothing(text: str) -> None:
    assert all(number.span.of(text) for number in find_numbers(text))


@pytest.mark.parametrize("text", ["on frİday", "3 aprıl 2014", "two mınutes ago", "ın sprıng 2019", "laſt Auguſt"])
def test_letters_that_a_pattern_takes_for_others_break_no_time(text: str) -> None:
    assert all(time.span.of(text) for time in find_times(text))
