import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from llmx.batch.allowance import Allowances
from llmx.batch.pace import Pace, Rates

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


def told(**headers: str) -> Allowances:
    return Allowances.of({f"x-ratelimit-{name.replace('_', '-')}": value for name, value in headers.items()})


def test_limit_that_the_server_names_is_taken_over(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        pace = Pace(Rates(), clock=clock)
        pace.hear(told(limit_requests="60"))
        return await times_of(pace, clock, 100)

    assert most_in_a_minute(instantly(work)) <= 60


@pytest.mark.parametrize(
    ("asked", "named", "kept"), [(60.0, "9000", 60.0), (600.0, "60", 60.0), (None, "60", 60.0)], ids=str
)
def test_lower_of_what_was_asked_for_and_named_is_kept(
    asked: float | None, named: str, kept: float, clock: Any, instantly: Instantly
) -> None:
    async def work() -> Rates:
        pace = Pace(Rates(rpm=asked, tpm=asked), clock=clock)
        pace.hear(told(limit_requests=named, limit_tokens=named))
        return pace.rates

    assert instantly(work) == Rates(kept, kept)


def test_nothing_remaining_is_waited_out_without_a_limit_too(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        pace = Pace(Rates(), clock=clock)
        pace.hear(told(remaining_requests="0", reset_requests="1m30s"))
        return await times_of(pace, clock, 1)

    assert instantly(work) == [pytest.approx(90.0, abs=0.02)]


@pytest.mark.parametrize(
    ("remaining", "tokens"),
    [
        ({"remaining_requests": "10", "reset_requests": "20s"}, 0.0),
        ({"remaining_tokens": "30", "reset_tokens": "60s"}, 3.0),
    ],
    ids=["requests", "tokens"],
)
def test_what_remains_is_spread_until_its_reset(
    remaining: dict[str, str], tokens: float, clock: Any, instantly: Instantly
) -> None:
    async def work() -> list[float]:
        pace = Pace(Rates(rpm=6000), clock=clock)
        pace.hear(told(**remaining))
        return await times_of(pace, clock, 12, tokens)

    passed = instantly(work)

    within = [at for at in passed if at < 19.9 or (tokens and at < 59.9)]
    assert len(within) <= 10
    assert passed[1] - passed[0] >= 1.9


def test_what_remains_binds_no_longer_than_until_its_reset(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        pace = Pace(Rates(rpm=6000), clock=clock)
        pace.hear(told(remaining_tokens="10", reset_tokens="5s"))
        return await times_of(pace, clock, 50, tokens=1000.0)

    assert instantly(work)[-1] <= 6.0


def test_plenty_remaining_slows_nothing_down(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        pace = Pace(Rates(rpm=600), clock=clock)
        pace.hear(told(limit_requests="600", remaining_requests="590", reset_requests="1s"))
        return await times_of(pace, clock, 100)

    assert instantly(work)[-1] <= 100 * 60 / 600 / 0.95


def test_refusals_in_the_round_in_which_a_limit_was_named_are_no_cut(clock: Any, instantly: Instantly) -> None:
    async def work() -> Rates:
        pace = Pace(Rates(rpm=6000), clock=clock)
        for _ in range(32):
            pace.hear(told(limit_requests="3000"))
            pace.refused()
        return pace.rates

    assert instantly(work).rpm == 3000


def test_refusals_at_the_limit_that_is_named_lower_the_rate_all_the_same(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float | None]:
        pace = Pace(Rates(rpm=600), clock=clock)
        pace.hear(told(limit_requests="600"))
        await clock.sleep(60.0)
        for _ in range(32):
            pace.hear(told(limit_requests="600"))
            pace.refused()
        low = pace.rates.rpm
        for _ in range(300):
            await clock.sleep(1.0)
            pace.hear(told(limit_requests="600"))
            pace.passed()
        return [low, pace.rates.rpm]

    assert instantly(work) == [300.0, 600.0]


def test_unexplained_refusal_halves_the_rate_once_a_round_and_it_grows_back(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[float | None, float | None]:
        pace = Pace(Rates(rpm=600), clock=clock)
        for _ in range(64):
            pace.refused()
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
                pace.refused()
        return pace.rates

    assert instantly(work) == Rates()
