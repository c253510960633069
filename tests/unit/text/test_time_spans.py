"""Promises of spans of time: ranges of dates, parts of years, lengths."""

from __future__ import annotations

from datetime import date

import pytest

from llmx.text.times import find_times, resolve

ANCHOR = date(2024, 5, 15)


@pytest.mark.parametrize(
    ("text", "value", "days"),
    [
        pytest.param(
            "between 3 March and 7 April 2021",
            "2021-03-03/2021-04-07",
            (date(2021, 3, 3), date(2021, 4, 7)),
            id="between two dates",
        ),
        pytest.param("May 2020 to June 2021", "2020-05/2021-06", (date(2020, 5, 1), date(2021, 6, 30)), id="months"),
        pytest.param("in the first quarter of 2024", "2024-33", (date(2024, 1, 1), date(2024, 3, 31)), id="quarter"),
        pytest.param("in Q3 2023", "2023-35", (date(2023, 7, 1), date(2023, 9, 30)), id="short quarter"),
        pytest.param("in the second half of 2023", "2023-41", (date(2023, 7, 1), date(2023, 12, 31)), id="half"),
        pytest.param("in fiscal year 2023", "2023", None, id="a fiscal year has no days of its own"),
    ],
)
def test_span_of_dates_is_one_time(text: str, value: str, days: tuple[date, date] | None) -> None:
    (found,) = find_times(text)

    assert found.span.of(text) == text
    assert found.value == value
    assert resolve(found, ANCHOR) == days


@pytest.mark.parametrize(
    ("text", "kind", "precision"),
    [
        pytest.param("within a week", "relative_range", "week", id="within"),
        pytest.param("within 48 hours", "relative_range", "day", id="hours"),
        pytest.param("by the end of the month", "relative", "month", id="end of the month"),
        pytest.param("in the autumn", "relative", "month", id="season"),
        pytest.param("in the first quarter", "relative", "month", id="quarter of no year"),
        pytest.param("over the weekend", "relative", "week", id="weekend"),
    ],
)
def test_length_of_time_fixes_no_day_even_with_an_anchor(text: str, kind: str, precision: str) -> None:
    (found,) = find_times(text)

    assert (found.kind, found.value, found.precision) == (kind, None, precision)
    assert resolve(found, ANCHOR) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("last weekend", (date(2024, 5, 11), date(2024, 5, 12)), id="last"),
        pytest.param("this weekend", (date(2024, 5, 18), date(2024, 5, 19)), id="this"),
    ],
)
def test_weekend_is_saturday_and_sunday(text: str, days: tuple[date, date]) -> None:
    (found,) = find_times(text)

    assert resolve(found, ANCHOR) == days
    assert resolve(found, None) is None


def test_half_a_year_ago_is_not_a_year_ago() -> None:
    (found,) = find_times("half a year ago")

    assert resolve(found, ANCHOR) is None


def test_dates_with_a_plain_and_between_them_stay_two() -> None:
    assert len(find_times("on 3 March 2020 and 7 April 2021")) == 2
