import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.batch.allowance import Allowance, Allowances, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1s", 1.0), ("6m0s", 360.0), ("20ms", 0.02), ("1h2m3s", 3723.0), ("0.5", 0.5), ("soon", None), ("", None)],
    ids=str,
)
def test_durations_of_headers_are_read(text: str, seconds: float | None) -> None:
    assert parse_duration(text) == seconds


@given(st.text(alphabet="0123456789.hmsd ", max_size=12))
def test_any_header_gives_a_duration_or_nothing(text: str) -> None:
    seconds = parse_duration(text)

    assert seconds is None or seconds >= 0.0


def test_limits_of_requests_and_tokens_are_read() -> None:
    headers = {
        "x-ratelimit-limit-requests": "500",
        "x-ratelimit-remaining-requests": "499",
        "x-ratelimit-reset-requests": "120ms",
        "x-ratelimit-remaining-tokens": "0",
    }

    told = Allowances.of(headers)

    assert told == Allowances(Allowance(500.0, 499.0, 0.12), Allowance(None, 0.0, None))


@pytest.mark.parametrize("value", ["0", "-1", "many", "nan", "inf", ""], ids=str)
def test_limit_that_makes_no_sense_is_not_said(value: str) -> None:
    assert Allowances.of({"x-ratelimit-limit-requests": value}).is_empty


def test_reset_that_is_an_instant_of_the_calendar_is_no_duration() -> None:
    told = Allowances.of({"x-ratelimit-remaining-requests": "5", "x-ratelimit-reset-requests": "1763839000"})

    assert told.requests == Allowance(None, 5.0, None)
