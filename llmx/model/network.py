"""The model behind a network: modes, retries, reading and counting around an endpoint.

Its only memory is what it learned of its server: the firmest mode it takes, the parameters it does not, how many
characters a token holds, and what was spent. That changes no answer that could have been had otherwise.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from llmx.errors import BudgetError, ModelError, ModelOutputError, ModelRefusedError
from llmx.model.endpoint import Endpoint, RejectedRequestError, Reply
from llmx.model.modes import Ask, AskedSchema, asked_schema_of, modes_from
from llmx.model.prices import cost_usd
from llmx.model.providers import Target
from llmx.model.reading import read_draft
from llmx.model.retry import Sleep, retrying
from llmx.model.settings import Mode, Settings
from llmx.model.tokens import TokenGauge
from llmx.port import Answer, Message, Request
from llmx.result import Usage
from llmx.schema.asked import asked_class

_FORM_STATUSES = frozenset({400, 415, 422, 501})
"""A request refused so may be taken in another mode."""

_NOT_THE_FORM = frozenset({"context_length_exceeded", "model_not_found", "content_filter", "invalid_api_key"})
"""Codes that say the form is not at fault."""

_TOKEN_KEYS = ("max_tokens", "max_completion_tokens")
_ASSUMED_ANSWER_TOKENS = 2_000


@dataclass(slots=True)
class _Learned:
    """What a model has learned of its server."""

    mode: Mode | None = None
    unsent: frozenset[str] = frozenset()
    tokens_key: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    gauge: TokenGauge = field(default_factory=TokenGauge)
    spent_usd: float = 0.0
    reserved_usd: float = 0.0
    longest_answer: int = _ASSUMED_ANSWER_TOKENS


@dataclass(slots=True)
class _Tally:
    """What one fill took so far."""

    usage: Usage = field(default_factory=Usage)

    def add(self, usage: Usage) -> None:
        self.usage = self.usage + usage


class NetworkModel:
    """A language model behind a network; see `open_model`."""

    def __init__(
        self,
        target: Target,
        settings: Settings,
        endpoint: Endpoint,
        *,
        random: Random | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._target = target
        self._settings = settings
        self._endpoint = endpoint
        self._random = random or Random()  # noqa: S311 - jitter, not a secret
        self._sleep = sleep
        self._learned = _Learned()
        if _is_reasoning(target):
            self._learned.unsent |= {"temperature"}
        if target.provider in ("openai", "azure_openai") and settings.base_url is None:
            self._learned.tokens_key = "max_completion_tokens"

    @property
    def name(self) -> str:
        """The name that provenance carries: `provider/NAME`."""
        return self._target.name

    @property
    def prompted(self) -> bool:
        """Always: it reads messages."""
        return True

    @property
    def mode(self) -> Mode | None:
        """How the server is made to answer in JSON; `None` before the first answer."""
        return self._learned.mode

    @property
    def unsent(self) -> frozenset[str]:
        """Settings that requests do not carry, since the model or its provider takes no such thing, as far as known."""
        return self._learned.unsent

    def through(self, wrap: Callable[[Endpoint], Endpoint]) -> NetworkModel:
        """The same model with its endpoint wrapped, for a caller that watches each request; all else is shared."""
        other = copy.copy(self)
        other._endpoint = wrap(self._endpoint)  # noqa: SLF001 - of its own class
        return other

    async def aclose(self) -> None:
        """Close the connections opened in the running event loop; a later request opens new ones."""
        await self._endpoint.aclose()

    def estimate(self, messages: Sequence[Message], *, answer_tokens: int = _ASSUMED_ANSWER_TOKENS) -> Usage:
        """What a request with `messages` will take, about; nothing is sent.

        Args:
            messages: The prompt.
            answer_tokens: How long the answer is taken to be.
        """
        expected = Usage(
            calls=1,
            input_tokens=self._learned.gauge.estimate(sum(len(message.content) for message in messages)),
            output_tokens=min(answer_tokens, self._settings.max_tokens or answer_tokens),
        )
        return expected.model_copy(update={"cost_usd": cost_usd(self._target, expected)})

    async def fill(self, request: Request) -> Answer:
        """Fill a draft; see `llmx.port.Model.fill`.

        Raises:
            ModelUnavailableError: The server could not be reached, or failed, after all retries.
            ModelRefusedError: The server or the model declined.
            ModelOutputError: No draft can be read from what came back.
            BudgetError: `budget_usd` would be exceeded; what came before it in the same fill is in `usage`.
        """
        asked = asked_schema_of(request.asked or asked_class(request.schema))
        tally = _Tally()
        try:
            return await self._fill(request.messages, asked, tally)
        except ModelError as error:
            error.attempts, error.usage = tally.usage.calls, tally.usage
            raise

    async def _fill(self, messages: Sequence[Message], asked: AskedSchema, tally: _Tally) -> Answer:
        modes = list(modes_from(self._learned.mode, self._settings.mode))
        unread: Reply | None = None
        refused: RejectedRequestError | None = None
        while modes:
            mode = modes.pop(0)
            try:
                reply = await self._send(messages, asked, mode, tally)
            except RejectedRequestError as error:
                if not modes or not _may_be_the_form(error):
                    raise refused or error from None
                refused = refused or error
                continue
            _require_willing(reply)
            reading = read_draft(reply.text, fields=asked.fields, truncated=reply.finish == "length")
            if reading is not None:
                self._learned.mode = mode
                return Answer(
                    draft=reading.draft, raw=reply.text, usage=tally.usage, notes=reading.notes, limits=reply.limits
                )
            if unread is not None or reply.finish == "length":
                raise _unreadable(reply)
            unread = reply
            modes = modes or [mode]
        assert refused is not None, "each mode answers, raises or is refused"
        raise refused

    async def _send(self, messages: Sequence[Message], asked: AskedSchema, mode: Mode, tally: _Tally) -> Reply:
        """Send one request in one mode, again after transport faults and without what the server does not take."""
        while True:
            ask = self._ask(messages, asked, mode)
            reserved = self._reserve(messages)
            try:
                async for attempt in retrying(self._settings, random=self._random, sleep=self._sleep):
                    with attempt:
                        return await self._send_once(ask, tally)
            except RejectedRequestError as error:
                if not self._give_up(error.param):
                    raise
            finally:
                self._learned.reserved_usd -= reserved

    async def _send_once(self, ask: Ask, tally: _Tally) -> Reply:
        tally.add(Usage(calls=1))
        try:
            reply = await self._endpoint.send(ask)
        except ModelError as error:
            if error.usage is not None:  # an answer came, and could not be read
                self._charge(error.usage, tally)
            raise
        tokens = Usage(input_tokens=reply.input_tokens, output_tokens=reply.output_tokens)
        self._charge(tokens, tally, cached_tokens=reply.cached_tokens)
        self._learned.unsent |= reply.left_out
        self._learned.longest_answer = max(self._learned.longest_answer, reply.output_tokens)
        self._learned.gauge.learn(sum(len(message.content) for message in ask.messages), reply.input_tokens)
        return reply

    def _charge(self, tokens: Usage, tally: _Tally, *, cached_tokens: int = 0) -> None:
        """Count what one answer took; the request itself is counted when it is sent."""
        price = cost_usd(self._target, tokens, cached_tokens=cached_tokens)
        tally.usage = Usage(
            calls=tally.usage.calls,
            input_tokens=tally.usage.input_tokens + tokens.input_tokens,
            output_tokens=tally.usage.output_tokens + tokens.output_tokens,
            cost_usd=None if price is None else (tally.usage.cost_usd or 0.0) + price,
        )
        self._learned.spent_usd += price or 0.0

    def _ask(self, messages: Sequence[Message], asked: AskedSchema, mode: Mode) -> Ask:
        settings, learned = self._settings, self._learned
        return Ask(
            model=self._target.model,
            messages=messages,
            schema=asked,
            mode=mode,
            temperature=None if "temperature" in learned.unsent else settings.temperature,
            seed=None if "seed" in learned.unsent else settings.seed,
            max_tokens=settings.max_tokens,
            tokens_key=learned.tokens_key,
        )

    def _give_up(self, param: str) -> bool:
        """Whether the refused parameter could be left out or renamed; then the request is worth sending again."""
        learned = self._learned
        if param in ("temperature", "seed") and param not in learned.unsent:
            learned.unsent |= {param}
            return True
        if param == learned.tokens_key and learned.tokens_key == _TOKEN_KEYS[0]:
            learned.tokens_key = "max_completion_tokens"
            return True
        return False

    def _reserve(self, messages: Sequence[Message]) -> float:
        """Set aside what a request will cost, so that requests side by side do not spend the same dollar.

        The answer is taken to be as long as the longest so far: what is too much is given back.
        """
        budget, learned = self._settings.budget_usd, self._learned
        if budget is None:
            return 0.0
        expected = self.estimate(messages, answer_tokens=learned.longest_answer).cost_usd
        if expected is None:
            raise BudgetError(
                f"no price is known for {self.name}, so that a budget in dollars cannot be kept: "
                "leave budget_usd out, or set max_tokens_per_article",
                setting="budget_usd",
            )
        if learned.spent_usd + learned.reserved_usd + expected > budget:
            raise BudgetError(
                f"the budget of {budget} USD would be exceeded: {learned.spent_usd:.4f} spent, "
                f"{learned.reserved_usd:.4f} under way, about {expected:.4f} for the next request",
                setting="budget_usd",
            )
        learned.reserved_usd += expected
        return expected


def _may_be_the_form(error: RejectedRequestError) -> bool:
    return error.status in _FORM_STATUSES and error.code not in _NOT_THE_FORM


def _require_willing(reply: Reply) -> None:
    if reply.finish == "refused":
        raise ModelRefusedError(f"the model declined: {' '.join(reply.text.split())[:200]}")
    if reply.finish == "filtered":
        raise ModelRefusedError("a content filter of the provider stopped the answer")


def _unreadable(reply: Reply) -> ModelOutputError:
    if reply.finish == "length":
        return ModelOutputError(
            f"the answer was cut off after {reply.output_tokens} tokens, before any record: raise max_tokens",
            raw=reply.text,
        )
    start = " ".join(reply.text.split())[:80]
    return ModelOutputError(f"the model's answer holds no JSON report; it begins {start!r}", raw=reply.text)


def _is_reasoning(target: Target) -> bool:
    """Whether OpenAI's naming says that the model reasons, and so takes no temperature."""
    return target.provider in ("openai", "azure_openai") and target.model.startswith(("o1", "o3", "o4", "gpt-5"))
