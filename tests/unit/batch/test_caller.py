import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from llmx.batch.budget import Budget, BudgetSpentError, Price
from llmx.batch.caller import Caller, Estimate, Retries, Sent, Size, StoppedError, Trace, traced
from llmx.batch.gate import Gate
from llmx.batch.pace import Pace, Rates
from llmx.batch.rows import Row
from llmx.errors import ModelOutputError, ModelUnavailableError
from llmx.port import Answer
from llmx.result import Usage

Instantly = Callable[[Callable[[], Awaitable[Any]]], Any]
SIZE = Size(400, 100)
GOOD = Sent(Answer(draft={}, usage=Usage(calls=1, input_tokens=100, output_tokens=50)))


class Server:
    """Gives what it is told, in turn, and notes when it was asked."""

    def __init__(self, clock: Any, *answers: Sent | Exception) -> None:
        self.clock = clock
        self.answers = list(answers)
        self.asked: list[float] = []

    async def send(self) -> Sent:
        self.asked.append(self.clock.now())
        answer = self.answers.pop(0) if self.answers else GOOD
        if isinstance(answer, Exception):
            raise answer
        return answer


def caller_of(clock: Any, **options: Any) -> Caller:
    async def commit(row: Row) -> None:
        options.get("rows", []).append(row)

    return Caller(
        gate=Gate(64, clock=clock),
        pace=Pace(options.get("rates", Rates()), clock=clock),
        retries=options.get("retries", Retries()),
        clock=clock,
        draw=random.Random(1),
        commit=commit,
        budget=options.get("budget"),
    )


async def call(caller: Caller, server: Server, key: str = "k") -> tuple[Answer | Exception, Trace]:
    with traced(Trace(key)) as trace:
        try:
            return await caller.call(server.send, SIZE), trace
        except (ModelUnavailableError, ModelOutputError, StoppedError, BudgetSpentError) as error:
            return error, trace


def test_fault_on_the_way_is_sent_again_and_every_attempt_noted(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[Any, Trace]:
        return await call(caller_of(clock), Server(clock, ModelUnavailableError("500"), ModelUnavailableError("drop")))

    answer, trace = instantly(work)

    assert isinstance(answer, Answer)
    assert [attempt.outcome for attempt in trace.attempts] == ["unavailable", "unavailable", "ok"]


@pytest.mark.parametrize("seconds", [0.5, 121.0, 3600.0, 90_000.0], ids=str)
def test_no_caller_sends_before_a_retry_after_has_passed(seconds: float, clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[Server, Server]:
        caller = caller_of(clock)
        refused, other = Server(clock, ModelUnavailableError("429", retry_after_s=seconds)), Server(clock)
        first = asyncio.create_task(call(caller, refused, "a"))
        await asyncio.sleep(0.1)
        await asyncio.gather(first, *(call(caller, other, f"b{n}") for n in range(20)))
        return refused, other

    refused, other = instantly(work)

    assert len(refused.asked) == 2
    assert min(refused.asked[1], *other.asked) >= seconds


def test_server_that_stays_away_is_given_up(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[Any, Server]:
        server = Server(clock, *[ModelUnavailableError("503")] * 99)
        return (await call(caller_of(clock, retries=Retries(tries=4)), server))[0], server

    answer, server = instantly(work)

    assert isinstance(answer, ModelUnavailableError)
    assert len(server.asked) == 4


def test_waits_are_drawn_from_zero_to_a_doubling_bound() -> None:
    retries, draw = Retries(first_s=1.0, longest_s=8.0), random.Random(3)

    waits = [[retries.wait_s(failed, draw) for _ in range(500)] for failed in (1, 2, 3, 9)]

    assert [max(drawn) <= bound for drawn, bound in zip(waits, (1, 2, 4, 8), strict=True)] == [True] * 4
    assert all(min(drawn) < 0.1 * bound for drawn, bound in zip(waits, (1, 2, 4, 8), strict=True))


def test_request_without_an_answer_is_given_up_in_time(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[Any, float]:
        async def hang() -> Sent:
            await asyncio.sleep(1e6)
            return GOOD

        server = Server(clock)
        server.send = hang  # type: ignore[method-assign]
        answer, _ = await call(caller_of(clock, retries=Retries(tries=2, timeout_s=30.0)), server)
        return answer, clock.now()

    answer, took = instantly(work)

    assert isinstance(answer, ModelUnavailableError)
    assert took < 70.0


def test_answer_that_cannot_be_read_is_not_sent_again_here(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[Any, Server]:
        server = Server(clock, ModelOutputError("no draft"))
        return (await call(caller_of(clock), server))[0], server

    answer, server = instantly(work)

    assert isinstance(answer, ModelOutputError)
    assert len(server.asked) == 1


def test_closed_caller_sends_nothing(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[Any, Server]:
        caller, server = caller_of(clock), Server(clock)
        caller.close()
        return (await call(caller, server))[0], server

    answer, server = instantly(work)

    assert isinstance(answer, StoppedError)
    assert server.asked == []


def test_money_is_set_aside_on_disk_before_the_request_leaves(clock: Any, instantly: Instantly) -> None:
    async def work() -> list[float]:
        rows: list[Row] = []
        counted: list[float] = []
        caller = caller_of(clock, budget=(Budget(1.0, spent_usd=0.0), Price(1.0, 4.0)), rows=rows)

        async def send() -> Sent:
            counted.append(len(rows))
            return GOOD

        with traced(Trace("k")):
            await caller.call(send, SIZE)
        return counted

    assert instantly(work) == [1]


def test_request_that_does_not_fit_is_not_sent(clock: Any, instantly: Instantly) -> None:
    async def work() -> tuple[Any, Server]:
        budget = Budget(0.001, spent_usd=0.0009), Price(1.0, 4.0)
        server = Server(clock)
        return (await call(caller_of(clock, budget=budget), server))[0], server

    answer, server = instantly(work)

    assert isinstance(answer, BudgetSpentError)
    assert server.asked == []


def test_estimate_learns_what_a_byte_takes() -> None:
    estimate = Estimate()
    first = estimate.tokens(Size(4000, 10_000))

    for _ in range(100):
        estimate.learn(Size(4000, 10_000), Usage(calls=1, input_tokens=2000, output_tokens=300))

    assert first != pytest.approx(2000 * 1.05 + 330)
    assert estimate.tokens(Size(4000, 10_000)) == pytest.approx(2000 * 1.05 + 330, rel=0.01)


class Refusing(Server):
    """Refuses every seventh request for three seconds, after a latency; notes when a refusal was read."""

    def __init__(self, clock: Any) -> None:
        super().__init__(clock)
        self.read: list[float] = []

    async def send(self) -> Sent:
        self.asked.append(self.clock.now())
        number = len(self.asked)
        await self.clock.sleep(0.05 + 0.01 * (number % 11))
        if number % 7 == 0:
            self.read.append(self.clock.now())
            raise ModelUnavailableError("429", retry_after_s=3.0)
        return GOOD


@pytest.mark.parametrize("rates", [Rates(), Rates(rpm=600), Rates(tpm=600_000)], ids=["free", "requests", "tokens"])
def test_nothing_is_sent_once_a_refusal_has_been_read(rates: Rates, clock: Any, instantly: Instantly) -> None:
    async def work() -> Refusing:
        server = Refusing(clock)
        caller = caller_of(clock, rates=rates)
        await asyncio.gather(*(call(caller, server, f"k{n}") for n in range(120)))
        return server

    server = instantly(work)

    early = [at for at in server.asked for read in server.read if read < at < read + 3.0]
    assert len(server.read) > 5
    assert early == []


def test_further_request_of_an_exchange_waits_for_a_hold_and_does_not_time_out_meanwhile(
    clock: Any, instantly: Instantly
) -> None:
    async def work() -> float:
        caller = caller_of(clock, retries=Retries(timeout_s=10.0))

        async def send() -> Sent:
            caller.pace.hold(3600.0)
            await caller.again()
            return GOOD

        with traced(Trace("k")):
            await caller.call(send, SIZE)
        return float(clock.now())

    assert instantly(work) >= 3600.0
