"""Promises of the time grammar: what words tell of a time, and which days follow from an anchor."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.text.times import TimeExpression, count_from, find_times, resolve, season_of

WEDNESDAY = date(2020, 10, 28)


def only(text: str) -> TimeExpression:
    (time,) = find_times(text)
    return time


@pytest.mark.parametrize(
    ("text", "kind", "value", "precision"),
    [
        pytest.param("On Monday", "weekday", None, "day", id="weekday"),
        pytest.param("late Monday", "weekday", None, "day", id="part of a day"),
        pytest.param("in the past week", "relative_range", None, "week", id="past week"),
        pytest.param("in the past three days", "relative_range", None, "day", id="past three days"),
        pytest.param("In May of 2017", "absolute", "2017-05", "month", id="month of a year"),
        pytest.param("the July 2016 coup", "absolute", "2016-07", "month", id="month before a noun"),
        pytest.param("the 1990s", "absolute", "199X", "decade", id="decade"),
        pytest.param("the nineties", "absolute", "199X", "decade", id="decade in words"),
        pytest.param("September 28", "absolute", "XXXX-09-28", "day", id="day without a year"),
        pytest.param("25 November 2015", "absolute", "2015-11-25", "day", id="day month year"),
        pytest.param("On November 25, 2015", "absolute", "2015-11-25", "day", id="month day year"),
        pytest.param("Wednesday, 12 October 2015", "absolute", "2015-10-12", "day", id="with its weekday"),
        pytest.param("2015-11-25", "absolute", "2015-11-25", "day", id="ISO"),
        pytest.param("11/25/2015", "absolute", "2015-11-25", "day", id="figures that tell"),
        pytest.param("11/12/2015", "absolute", None, "day", id="figures that do not tell"),
        pytest.param("September 28-30", "absolute", "XXXX-09-28/XXXX-09-30", "day", id="two days"),
        pytest.param("between 2011 and 2015", "absolute", "2011/2015", "year", id="years"),
        pytest.param("since 2011", "absolute", "2011/..", "year", id="since"),
        pytest.param("in 2017", "absolute", "2017", "year", id="year"),
        pytest.param("in March", "month_name", None, "month", id="month"),
        pytest.param("yesterday", "relative", None, "day", id="yesterday"),
        pytest.param("last month", "relative", None, "month", id="last month"),
        pytest.param("two days ago", "relative", None, "day", id="ago"),
        pytest.param("two weeks later", "event_relative", None, "week", id="later"),
        pytest.param("the next day", "event_relative", None, "day", id="next day"),
        pytest.param("During their flights", "event_relative", None, "unknown", id="during"),
        pytest.param("recently", "vague", None, "unknown", id="recently"),
    ],
)
def test_words_tell_kind_value_and_precision(text: str, kind: str, value: str | None, precision: str) -> None:
    time = only(text)

    assert (time.kind, time.value, time.precision) == (kind, value, precision)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("On Monday", date(2020, 10, 26), date(2020, 10, 26), id="last Monday"),
        pytest.param("on Wednesday", WEDNESDAY, WEDNESDAY, id="the day of publication itself"),
        pytest.param("next Monday", date(2020, 11, 2), date(2020, 11, 2), id="next Monday"),
        pytest.param("yesterday", date(2020, 10, 27), date(2020, 10, 27), id="yesterday"),
        pytest.param("two days ago", date(2020, 10, 26), date(2020, 10, 26), id="two days ago"),
        pytest.param("in the past week", date(2020, 10, 21), WEDNESDAY, id="past week"),
        pytest.param("last month", date(2020, 9, 1), date(2020, 9, 30), id="last month"),
        pytest.param("last year", date(2019, 1, 1), date(2019, 12, 31), id="last year"),
        pytest.param("in March", date(2020, 3, 1), date(2020, 3, 31), id="month"),
        pytest.param("in December", date(2019, 12, 1), date(2019, 12, 31), id="month that is still to come"),
        pytest.param("in March last year", date(2019, 3, 1), date(2019, 3, 31), id="month of last year"),
        pytest.param("September 28", date(2020, 9, 28), date(2020, 9, 28), id="day without a year"),
        pytest.param("September 28-30", date(2020, 9, 28), date(2020, 9, 30), id="two days"),
        pytest.param("since 2011", date(2011, 1, 1), WEDNESDAY, id="since"),
        pytest.param("this week", date(2020, 10, 26), date(2020, 11, 1), id="this week"),
    ],
)
def test_an_anchor_gives_the_days(text: str, first: date, last: date) -> None:
    assert resolve(only(text), WEDNESDAY) == (first, last)


@pytest.mark.parametrize(
    "text", ["On Monday", "in the past week", "September 28", "in March", "yesterday", "since Monday", "last year"]
)
def test_nothing_relative_is_resolved_without_an_anchor(text: str) -> None:
    assert resolve(only(text), None) is None


def test_a_full_date_needs_no_anchor() -> None:
    assert resolve(only("25 November 2015"), None) == (date(2015, 11, 25), date(2015, 11, 25))


@pytest.mark.parametrize("text", ["recently", "During their flights", "over the last few weeks", "before May 2017"])
def test_what_the_words_leave_open_stays_open(text: str) -> None:
    assert resolve(only(text), WEDNESDAY) is None


def test_what_lies_ahead_is_resolved_forwards() -> None:
    assert resolve(only("on Friday"), WEDNESDAY, ahead=True) == (date(2020, 10, 30), date(2020, 10, 30))


@pytest.mark.parametrize(
    "text",
    [
        "A Su-25 fell.",
        "They may march in a second.",
        "March on the city!",
        "Theresa May said so.",
        "He won by 11 to 12.",
        "It killed 2000 people.",
        "The 31 February deadline passed 44 June.",
    ],
)
def test_these_are_no_times(text: str) -> None:
    assert [time.value for time in find_times(text) if time.kind == "absolute"] == []


def test_the_span_holds_the_preposition() -> None:
    text = "They met on Monday in Oslo."

    assert only(text).span.of(text) == "on Monday"


def test_an_event_ends_where_a_date_starts() -> None:
    text = "after the attack on Monday"

    assert [time.span.of(text) for time in find_times(text)] == ["after the attack", "on Monday"]


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2099, 12, 31)))
def test_a_written_date_is_read_back(day: date) -> None:
    time = only(f"It was on {day.day} {day:%B} {day.year:04d}.")

    assert resolve(time, None) == (day, day)


@given(st.text(max_size=200))
def test_spans_slice_the_text_in_order_without_overlap(text: str) -> None:
    spans = [time.span for time in find_times(text)]

    assert all(first.end <= second.start for first, second in pairwise(spans))


COUNTED = (date(2024, 3, 5), date(2024, 3, 5))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("two days earlier", (date(2024, 3, 3), date(2024, 3, 3)), id="days earlier"),
        pytest.param("the next morning", (date(2024, 3, 6), date(2024, 3, 6)), id="next morning"),
        pytest.param("later that day", (date(2024, 3, 5), date(2024, 3, 5)), id="that day"),
        pytest.param("the day before", (date(2024, 3, 4), date(2024, 3, 4)), id="day before"),
        pytest.param("the following week", (date(2024, 3, 11), date(2024, 3, 17)), id="following week"),
        pytest.param("the year before", (date(2023, 1, 1), date(2023, 12, 31)), id="year before"),
        pytest.param("two days after the vote", None, id="before and after name the event themselves"),
        pytest.param("some days later", None, id="no number"),
    ],
)
def test_times_beside_an_event_count_from_its_day_alone(text: str, days: tuple[date, date] | None) -> None:
    found = find_times(text)[0]

    assert count_from(found, COUNTED) == days
    assert resolve(found, date(2024, 3, 6)) is None


def test_days_of_an_event_of_several_days_fix_none_beside_it() -> None:
    (found,) = find_times("two days earlier")

    assert count_from(found, (date(2024, 3, 5), date(2024, 3, 9))) is None


@pytest.mark.parametrize(
    ("text", "published", "season"),
    [
        pytest.param("this summer", date(2024, 3, 6), "2024-22", id="this"),
        pytest.param("last summer", date(2024, 3, 6), "2023-22", id="last, before it"),
        pytest.param("last summer", date(2024, 10, 6), None, id="last, behind it"),
        pytest.param("next spring", date(2024, 10, 6), "2025-21", id="next, behind it"),
        pytest.param("next spring", date(2024, 1, 6), None, id="next, before it"),
        pytest.param("last winter", date(2024, 3, 6), None, id="a winter has two years"),
        pytest.param("this summer", None, None, id="no anchor"),
    ],
)
def test_a_season_has_a_year_where_only_one_is_meant(text: str, published: date | None, season: str | None) -> None:
    (found,) = find_times(text)

    assert season_of(found, published) == season


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("on Christmas Eve", date(2023, 12, 24), id="Christmas Eve"),
        pytest.param("this Christmas", date(2024, 12, 25), id="this Christmas"),
        pytest.param("on New Year’s Day", date(2024, 1, 1), id="New Year’s Day"),
        pytest.param("the day after tomorrow", date(2024, 3, 8), id="in two days"),
        pytest.param("on Wednesday next week", date(2024, 3, 13), id="a day of next week"),
        pytest.param("Monday of last week", date(2024, 2, 26), id="a day of last week"),
        pytest.param("in two days’ time", date(2024, 3, 8), id="in two days’ time"),
    ],
)
def test_days_with_a_name_or_a_week_are_found(text: str, days: date) -> None:
    (found,) = find_times(text)

    assert resolve(found, date(2024, 3, 6)) == (days, days)
    assert resolve(found, None) is None


@pytest.mark.parametrize("text", ["Easter Monday", "Monday week", "on that Sunday", "from Monday to Friday"])
def test_weekdays_of_no_known_week_fix_no_day(text: str) -> None:
    (found,) = find_times(text)

    assert resolve(found, date(2024, 3, 6)) is None
