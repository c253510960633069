import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from llmx.batch.gate import Gate

Instantly = Callable[[Callable[[], Awaitable[Any]]], Any]


async def serve(gate: Gate, clock: Any, requests: int, good: Callable[[], bool]) -> None:
    """Callers that all come at once; each takes a second."""

    async def one() -> None:
        await gate.enter()
        await clock.sleep(1.0)
        if good():
            gate.passed()
        else:
            gate.refused()
        gate.leave()

    await asyncio.gather(*(one() for _ in range(requests)))


def test_limit_doubles_until_the_most_while_all_goes_well(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[int, float]:
        gate = Gate(256, clock=clock, start=4)
        await serve(gate, clock, 1500, lambda: True)
        return gate.limit, clock.now()

    limit, took = instantly(work)

    assert limit == 256
    assert took <= 16.0


def test_limit_does_not_grow_while_it_is_not_used(clock: Any, instantly: Instantly) -> None:
    async def work() -> int:
        gate = Gate(256, clock=clock, start=8)
        for _ in range(50):
            await serve(gate, clock, 2, lambda: True)
        return gate.limit

    assert instantly(work) == 8


def test_round_of_refusals_is_one_cut_and_recovery_is_slow(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[int, int]:
        gate = Gate(100, clock=clock, start=100)
        await serve(gate, clock, 100, lambda: False)
        cut = gate.limit
        await serve(gate, clock, 400, lambda: True)
        return cut, gate.limit

    cut, grown = instantly(work)

    assert cut == 80
    assert cut < grown < 100


def test_limit_never_falls_below_one(clock: Any, instantly: Instantly) -> None:
    async def work() -> int:
        gate = Gate(4, clock=clock)
        for _ in range(30):
            gate.refused()
            await clock.sleep(16.0)
        return gate.limit

    assert instantly(work) == 1


def test_never_more_in_flight_than_the_limit(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[bool]:
        gate = Gate(10, clock=clock, start=10)
        held: list[bool] = []

        async def one() -> None:
            await gate.enter()
            held.append(gate.active <= gate.limit)
            await clock.sleep(1.0)
            gate.leave()

        await asyncio.gather(*(one() for _ in range(100)))
        return held

    assert all(instantly(work))


def test_place_of_a_cancelled_caller_goes_to_the_next(clock: Any, instantly: Instantly) -> None:
    async def work() -> int:
        gate = Gate(1, clock=clock, start=1)
        await gate.enter()
        waiting = [asyncio.create_task(gate.enter()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        gate.leave()
        await waiting[1]
        gate.leave()
        await waiting[2]
        gate.leave()
        return gate.active

    assert instantly(work) == 0
