import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.batch.pace import Pace, Rates, parse_duration

Instantly = Callable[[Callable[[], Awaitable[Any]]], Any]


async def times_of(pace: Pace, clock: Any, count: int, tokens: float = 0.0) -> list[float]:
    """When `count` callers, all asking at once, are let through."""
    passed: list[float] = []

    async def one() -> None:
        await pace.turn(tokens)
        passed.append(clock.now())

    await asyncio.gather(*(one() for _ in range(count)))
    return passed


def most_in_a_minute(times: list[float]) -> int:
    return max(sum(1 for other in times if at <= other < at + 60.0) for at in times)


@pytest.mark.parametrize("rpm", [6.0, 60.0, 500.0, 6000.0], ids=str)
def test_no_minute_has_more_requests_than_the_limit_and_it_is_used(
    rpm: float, clock: Any, instantly: Instantly
) -> None:
    async def work() -> list[float]:
        return await times_of(Pace(Rates(rpm=rpm), clock=clock), clock, int(rpm) + 30)

    passed = instantly(work)

    assert most_in_a_minute(passed) <= rpm
    assert len(passed) / (passed[-1] or 1.0) * 60.0 >= 0.95 * rpm


def test_tokens_are_limited_beside_requests(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        return await times_of(Pace(Rates(rpm=1e6, tpm=60_000), clock=clock), clock, 100, tokens=3_000.0)

    passed = instantly(work)

    assert 3_000 * 100 / passed[-1] * 60 <= 60_000 * 1.05
    assert most_in_a_minute(passed) * 3_000 <= 60_000 * 1.05


def test_what_was_reserved_too_much_is_given_back(clock: Any, instantly: Instantly) -> None:
    async def work() -> float:
        pace = Pace(Rates(tpm=60_000), clock=clock)
        for _ in range(20):
            await pace.turn(6_000)
            pace.settle(estimated=6_000, used=1_000)
        return float(clock.now())

    assert instantly(work) <= 25.0


def test_hold_stops_every_caller_however_long(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        pace = Pace(Rates(rpm=6000), clock=clock)
        waiting = asyncio.create_task(times_of(pace, clock, 50))
        await asyncio.sleep(0.1)
        pace.hold(86_400.0)
        pace.hold(1.0)
        return await waiting

    passed = instantly(work)

    late = [at for at in passed if at > 0.11]
    assert late
    assert min(late) >= 86_400.0


def test_limit_that_the_server_names_is_taken_over(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[bool, list[float]]:
        pace = Pace(Rates(), clock=clock)
        named = pace.learn({"x-ratelimit-limit-requests": "60"})
        return named, await times_of(pace, clock, 100)

    named, passed = instantly(work)

    assert named
    assert most_in_a_minute(passed) <= 60


def test_limit_that_was_asked_for_stays_when_the_server_allows_more(clock: Any, instantly: Instantly) -> None:
    async def work() -> Rates:
        pace = Pace(Rates(rpm=60), clock=clock)
        pace.learn({"x-ratelimit-limit-requests": "9000"})
        return pace.rates

    assert instantly(work).rpm == 60


def test_nothing_remaining_without_a_limit_is_a_hold(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        pace = Pace(Rates(), clock=clock)
        pace.learn({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m30s"})
        return await times_of(pace, clock, 1)

    assert instantly(work) == [90.0]


def test_unexplained_refusal_halves_the_rate_once_a_round_and_it_grows_back(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[float | None, float | None]:
        pace = Pace(Rates(rpm=600), clock=clock)
        for _ in range(64):
            pace.refused(named=False)
        low = pace.rates.rpm
        for _ in range(300):
            await clock.sleep(1.0)
            pace.passed()
        return low, pace.rates.rpm

    assert instantly(work) == (300.0, 600.0)


def test_few_refusals_among_many_answers_do_not_slow_a_run_down(clock: Any, instantly: Instantly) -> None:
    async def work() -> Rates:
        pace = Pace(Rates(), clock=clock)
        for number in range(3000):
            await clock.sleep(0.02)
            if number % 33:
                pace.passed()
            else:
                pace.refused(named=False)
        return pace.rates

    assert instantly(work) == Rates()


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
