import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from llmx.batch.allowance import Allowances
from llmx.batch.lease import Lease, LeasedPace, Lessor
from llmx.batch.pace import Rates

Instantly = Callable[[Callable[[], Awaitable[Any]]], Any]


class Near:
    """A lessor in this process, asked as one in another would be."""

    def __init__(self, lessor: Lessor) -> None:
        self.lessor = lessor

    async def lease(self, wanted: int, tokens_each: float, given_back: float) -> Lease:
        await asyncio.sleep(0.002)
        return self.lessor.lease(wanted, tokens_each, given_back=given_back)

    def hold(self, seconds: float) -> None:
        self.lessor.hold(seconds)

    def hear(self, told: Allowances) -> None:
        self.lessor.hear(told)

    def cut(self) -> None:
        self.lessor.cut()


async def sent(paces: list[LeasedPace], clock: Any, each: int, tokens: float = 0.0) -> list[float]:
    """When requests went, from several processes at once."""
    times: list[float] = []

    async def one(pace: LeasedPace) -> None:
        await pace.turn(tokens)
        times.append(clock.now())

    await asyncio.gather(*(one(pace) for pace in paces for _ in range(each)))
    return sorted(times)


@pytest.mark.parametrize(
    ("rates", "tokens"), [(Rates(rpm=600), 0.0), (Rates(tpm=600_000), 1000.0)], ids=["requests", "tokens"]
)
def test_processes_share_one_limit_and_use_it(rates: Rates, tokens: float, clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        lessor = Near(Lessor(rates, clock=clock))
        return await sent([LeasedPace(lessor, clock=clock) for _ in range(4)], clock, 300, tokens)

    times = instantly(work)

    assert max(sum(1 for other in times if at <= other < at + 60.0) for at in times) <= 600
    assert len(times) / times[-1] * 60.0 >= 0.95 * 600


def test_hold_of_one_process_is_every_ones_after_a_lease(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        lessor = Near(Lessor(Rates(rpm=600), clock=clock))
        paces = [LeasedPace(lessor, clock=clock) for _ in range(2)]
        waiting = asyncio.create_task(sent(paces, clock, 50))
        await asyncio.sleep(1.5)
        paces[0].hold(3600.0)
        return await waiting

    times = instantly(work)

    assert not [at for at in times if 3.6 < at < 3600.0]


def test_hold_that_begins_while_a_request_waits_its_turn_stops_it(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        pace = LeasedPace(Near(Lessor(Rates(rpm=60), clock=clock)), clock=clock)
        waiting = asyncio.create_task(sent([pace], clock, 3))
        await asyncio.sleep(0.5)
        pace.hold(100.0)
        return await waiting

    times = instantly(work)

    assert not [at for at in times if 0.5 < at < 100.5]


@pytest.mark.parametrize(("refusals", "most"), [(1, 600.0), (40, 300.0)], ids=["one", "many"])
def test_many_refusals_lower_the_rate_of_all_and_one_does_not(
    refusals: int, most: float, clock: Any, instantly: Instantly
) -> None:
    async def work() -> list[float]:
        lessor = Near(Lessor(Rates(rpm=600), clock=clock))
        paces = [LeasedPace(lessor, clock=clock) for _ in range(2)]
        for _ in range(refusals):
            paces[0].refused()
        return await sent(paces, clock, 50)

    times = instantly(work)

    assert len(times) / times[-1] * 60.0 <= most * 1.1
    assert len(times) / times[-1] * 60.0 >= most * 0.9


def test_rate_that_was_lowered_grows_back(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        pace = LeasedPace(Near(Lessor(Rates(rpm=600), clock=clock)), clock=clock)
        for _ in range(40):
            pace.refused()
        return await sent([pace], clock, 2000)

    times = instantly(work)

    assert 100 / (times[-1] - times[-101]) * 60.0 >= 0.9 * 600


def test_limit_one_process_learns_binds_all(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        lessor = Near(Lessor(Rates(), clock=clock))
        paces = [LeasedPace(lessor, clock=clock) for _ in range(2)]
        paces[0].hear(Allowances.of({"x-ratelimit-limit-requests": "60"}))
        return await sent(paces, clock, 40)

    times = instantly(work)

    assert max(sum(1 for other in times if at <= other < at + 60.0) for at in times) <= 60


def test_tokens_not_used_come_back_with_the_next_lease(clock: Any, instantly: Instantly) -> None:
    async def work() -> float:
        pace = LeasedPace(Near(Lessor(Rates(tpm=60_000), clock=clock)), clock=clock)
        for _ in range(20):
            await pace.turn(6_000)
            pace.settle(estimated=6_000, used=1_000)
        return float(clock.now())

    assert instantly(work) <= 35.0
