"""The caller: sends a run's requests, each within the limits, the budget and the retries.

All requests of all articles pass here, since limits count requests and an article may need several. A *trace* collects
what was sent for one article, so that the ledger can hold every attempt, failed ones included.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from llmx.batch.allowance import Allowances
from llmx.batch.budget import Budget, Price
from llmx.batch.clock import Clock
from llmx.batch.gate import Gate
from llmx.batch.pace import Pacing
from llmx.batch.rows import Attempt, Fault, Reserved, Row
from llmx.batch.steps import Step, Watch, unwatched
from llmx.errors import BudgetError, ModelError, ModelOutputError, ModelRefusedError, ModelUnavailableError
from llmx.port import Answer
from llmx.result import Usage


class StoppedError(Exception):
    """The run is ending: a request that was not sent yet is not sent any more. Not an error of the article."""


@dataclass(frozen=True, slots=True)
class Retries:
    """When a request that did not get through is sent again.

    Attributes:
        tries: Requests for one answer, the first included, while the server is at fault.
        refusals: The same for answers that say "too many requests": they tell nothing about the article.
        first_s: The longest first wait; it doubles with each try. The wait is drawn evenly from 0 to there (full
            jitter), so that callers that failed together do not come back together.
        longest_s: The longest of these waits. A Retry-After is waited for however long it is.
        timeout_s: A request without an answer for so long is given up.
    """

    tries: int = 5
    refusals: int = 20
    first_s: float = 0.5
    longest_s: float = 30.0
    timeout_s: float = 300.0

    def wait_s(self, failed: int, draw: random.Random) -> float:
        """How long to wait after the `failed`-th failure."""
        return draw.uniform(0.0, min(self.longest_s, self.first_s * 2.0 ** min(failed - 1, 30)))


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request came back with.

    Attributes:
        answer: The answer.
        headers: The response's headers, in lower case, as far as they are known.
    """

    answer: Answer
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Size:
    """What a request is known to be before it is sent.

    Attributes:
        input_bytes: Its text in UTF-8: an upper bound of its tokens, since no token is shorter than a byte.
        most_output_tokens: The longest answer the model may give.
        most_answers: Answers it may take: a model may ask again by itself where it cannot read the first.
    """

    input_bytes: int
    most_output_tokens: int
    most_answers: int = 1


class Trace:
    """What was sent for one article."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.attempts: list[Attempt] = []
        self.in_flight = 0
        self._waiting = 0

    @property
    def is_waiting(self) -> bool:
        """Whether all that the article waits for is leave to send: then nothing paid is lost by giving it up."""
        return self._waiting > 0 and not self.in_flight

    @contextmanager
    def waiting(self) -> Generator[None]:
        """Within the block, the article waits for leave to send."""
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1


class _Exchange:
    """A request on its way, and those that the model sends by itself before it answers."""

    def __init__(self, tokens_each: float, timeout: asyncio.Timeout) -> None:
        self.tokens_each = tokens_each
        self.timeout = timeout
        self.turns = 1


_TRACE: ContextVar[Trace] = ContextVar("llmx_batch_trace")
_EXCHANGE: ContextVar[_Exchange] = ContextVar("llmx_batch_exchange")


@contextmanager
def traced(trace: Trace) -> Generator[Trace]:
    """Within the block, requests of this task belong to `trace`."""
    token = _TRACE.set(trace)
    try:
        yield trace
    finally:
        _TRACE.reset(token)


class Estimate:
    """Tokens of a request before it is sent, learned from those that were answered."""

    def __init__(self) -> None:
        self._per_byte = 0.3
        self._output = 800.0

    def tokens(self, size: Size) -> float:
        """Tokens of both ways, a little high: what is too much is given back."""
        return size.input_bytes * self._per_byte * 1.05 + min(self._output * 1.1, size.most_output_tokens)

    def learn(self, size: Size, usage: Usage) -> None:
        """Correct the ratios by an answer."""
        if usage.input_tokens and size.input_bytes:
            self._per_byte += _LEARN * (usage.input_tokens / size.input_bytes - self._per_byte)
        if usage.output_tokens:
            self._output += _LEARN * (usage.output_tokens - self._output)


_LEARN = 0.1


class Caller:
    """Sends requests for a run. Used by one event loop.

    Args:
        gate: How many at once.
        pace: How many a minute.
        retries: When to send again.
        clock: The time.
        draw: Randomness of the waits.
        commit: Writes a reservation; returns once it is on disk. Only used with a budget.
        budget: What may be spent, and at which price.
        first_attempt: The number of the first attempt.
        watch: Told of each step.
    """

    def __init__(
        self,
        *,
        gate: Gate,
        pace: Pacing,
        retries: Retries,
        clock: Clock,
        draw: random.Random,
        commit: Callable[[Row], Awaitable[None]],
        budget: tuple[Budget, Price] | None = None,
        price: Price | None = None,
        first_attempt: int = 1,
        watch: Watch = unwatched,
    ) -> None:
        self.gate = gate
        self.pace = pace
        self._retries = retries
        self._clock = clock
        self._draw = draw
        self._commit = commit
        self._budget = budget
        self._price = budget[1] if budget else price
        self._next_attempt = first_attempt
        self._watch = watch
        self._estimate = Estimate()
        self._closed = False

    def close(self) -> None:
        """Send nothing any more; what is in flight may come back."""
        self._closed = True

    async def call(self, send: Callable[[], Awaitable[Sent]], size: Size) -> Answer:
        """Send a request until it is answered or given up.

        Raises:
            ModelError: It was given up; `attempts` says after how many requests.
            StoppedError: The run is ending.
            BudgetSpentError: The budget does not allow it.
        """
        failed = refused = 0
        while True:
            try:
                return await self._once(send, size)
            except ModelUnavailableError as error:
                limited = _is_limit(error)
                refused, failed = refused + limited, failed + (not limited)
                if failed >= self._retries.tries or refused >= self._retries.refusals:
                    raise
                wait_s = self._retries.wait_s(max(1, failed), self._draw)
            with _TRACE.get().waiting():
                await self._clock.sleep(wait_s)

    async def _once(self, send: Callable[[], Awaitable[Sent]], size: Size) -> Answer:
        trace = _TRACE.get()
        estimated = self._estimate.tokens(size)
        with trace.waiting():
            await self.gate.enter()
        try:
            with trace.waiting():
                attempt = await self._reserve(trace, size)
            try:
                with trace.waiting():
                    await self.pace.turn(estimated)
                self._refuse_if_closed()
            except BaseException:
                # What was set aside is on disk and was never sent: it costs nothing.
                await self._settle(trace, attempt, "not-sent", cost=0.0)
                raise
            self._watch(Step.BEFORE_SEND)
            return await self._exchange(send, size, attempt, trace, estimated)
        finally:
            self.gate.leave()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise StoppedError

    async def _exchange(
        self, send: Callable[[], Awaitable[Sent]], size: Size, attempt: Attempt, trace: Trace, estimated: float
    ) -> Answer:
        trace.in_flight += 1
        timeout = asyncio.timeout(self._retries.timeout_s)
        exchange = _Exchange(estimated, timeout)
        token = _EXCHANGE.set(exchange)
        try:
            async with timeout:
                sent = await send()
        except TimeoutError as error:
            self.gate.refused()
            await self._settle(trace, attempt, Fault.TIMEOUT, cost=None)
            raise ModelUnavailableError(f"no answer within {self._retries.timeout_s:g} s", attempts=1) from error
        except ModelError as error:
            self._heed(error)
            usage = error.usage or Usage()
            self._correct(exchange, usage)
            cost = self._cost_of_failure(error)
            await self._settle(trace, attempt, fault_of(error), cost=cost, detail=str(error), usage=usage)
            raise
        finally:
            _EXCHANGE.reset(token)
            trace.in_flight -= 1
        usage = sent.answer.usage
        self._watch(Step.AFTER_ANSWER)
        self.gate.passed()
        self.pace.passed()
        self.pace.hear(Allowances.of(sent.headers))
        self._estimate.learn(size, usage)
        self._correct(exchange, usage)
        await self._settle(trace, attempt, "ok", cost=self._cost(usage), usage=usage)
        return sent.answer

    async def again(self) -> None:
        """Wait for the turn of a further request in the exchange that this task is in.

        A model may ask once more by itself, or in another form; such requests keep to holds and limits like any other.
        """
        exchange = _EXCHANGE.get()
        exchange.timeout.reschedule(None)
        await self.pace.turn(exchange.tokens_each)
        exchange.turns += 1
        exchange.timeout.reschedule(asyncio.get_running_loop().time() + self._retries.timeout_s)

    def _correct(self, exchange: _Exchange, usage: Usage) -> None:
        """Charge what a request really took, where it took more of them than had their turn too."""
        used = usage.input_tokens + usage.output_tokens
        estimated = exchange.tokens_each * exchange.turns
        self.pace.settle(estimated=estimated, used=used, more_requests=max(0, usage.calls - exchange.turns))

    def _heed(self, error: ModelError) -> None:
        """Slow down by what a failure says."""
        self.pace.hear(Allowances.of(error.limits))
        if not isinstance(error, ModelUnavailableError):
            return
        if error.retry_after_s is not None:
            self.pace.hold(error.retry_after_s)
        if _is_limit(error):
            self.pace.refused()
            self.gate.refused()

    async def _reserve(self, trace: Trace, size: Size) -> Attempt:
        attempt = Attempt(id=self._next_attempt, key=trace.key, started=self._clock.wall())
        self._next_attempt += 1
        if self._budget is None:
            return attempt
        budget, price = self._budget
        usd = price.cost(size.input_bytes, size.most_output_tokens) * size.most_answers
        await budget.reserve(usd)
        attempt = replace(attempt, reserved_usd=usd)
        self._watch(Step.BEFORE_RESERVE)
        await self._commit(Reserved(attempt))
        self._watch(Step.AFTER_RESERVE)
        return attempt

    async def _settle(
        self,
        trace: Trace,
        attempt: Attempt,
        outcome: str,
        *,
        cost: float | None,
        detail: str = "",
        usage: Usage | None = None,
    ) -> None:
        """Note how an attempt ended; the row goes to disk with the article, in one transaction."""
        trace.attempts.append(
            replace(
                attempt,
                ended=self._clock.wall(),
                outcome=outcome,
                detail=detail[:_DETAIL],
                input_tokens=usage.input_tokens if usage else 0,
                output_tokens=usage.output_tokens if usage else 0,
                cost_usd=cost,
            )
        )
        if self._budget is not None:
            spent = attempt.reserved_usd if cost is None else cost
            await self._budget[0].settle(reserved=attempt.reserved_usd, spent=spent)

    def _cost(self, usage: Usage) -> float | None:
        if self._price is not None:
            return self._price.cost(usage.input_tokens, usage.output_tokens)
        return usage.cost_usd

    def _cost_of_failure(self, error: ModelError) -> float | None:
        """What a failed request cost: nothing if it was refused; unknown if its answer was lost on the way."""
        if error.usage is not None:
            return self._cost(error.usage)
        lost = isinstance(error, ModelUnavailableError) and error.retry_after_s is None
        return None if lost or isinstance(error, ModelOutputError) else 0.0


_DETAIL = 500
"""Code points kept of a fault's message."""


def fault_of(error: ModelError) -> Fault:
    """The fault that an error of a model is."""
    if isinstance(error, (ModelRefusedError, BudgetError)):
        return Fault.REFUSED
    if isinstance(error, ModelOutputError):
        return Fault.OUTPUT
    return Fault.UNAVAILABLE


def _is_limit(error: ModelUnavailableError) -> bool:
    """Whether the server said that it is too much, rather than that it is broken."""
    return error.retry_after_s is not None or error.status == _TOO_MANY


_TOO_MANY = 429
