"""Promises of reading and writing EDTF."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.text.edtf import read_edtf, write_edtf


@pytest.mark.parametrize(
    ("value", "start", "end", "precision"),
    [
        pytest.param("2015", date(2015, 1, 1), date(2015, 12, 31), "year", id="year"),
        pytest.param("2016-02", date(2016, 2, 1), date(2016, 2, 29), "month", id="month"),
        pytest.param("2015-11-25", date(2015, 11, 25), date(2015, 11, 25), "day", id="day"),
        pytest.param("199X", date(1990, 1, 1), date(1999, 12, 31), "decade", id="decade"),
        pytest.param("XXXX-09-28", None, None, "day", id="day without a year"),
        pytest.param("2015-22", date(2015, 6, 1), date(2015, 8, 31), "month", id="season"),
        pytest.param("2011/2015", date(2011, 1, 1), date(2015, 12, 31), "year", id="interval"),
        pytest.param("2011/..", date(2011, 1, 1), None, "year", id="open end"),
        pytest.param("2015~", date(2015, 1, 1), date(2015, 12, 31), "year", id="approximate"),
    ],
)
def test_a_value_gives_its_days(value: str, start: date | None, end: date | None, precision: str) -> None:
    read = read_edtf(value)

    assert read is not None
    assert (read.start, read.end, read.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "value", ["", "2015-13", "2015-02-30", "15-11-2015", "2015/2011", "May 2017", "../..", "2015-XX-31x"]
)
def test_what_is_no_date_is_not_read(value: str) -> None:
    assert read_edtf(value) is None


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_written_day_is_read_back(day: date) -> None:
    read = read_edtf(write_edtf(day.year, day.month, day.day))

    assert read is not None
    assert (read.start, read.end) == (day, day)
