"""Metered models: an `Extractor` as a run's engine, every request of it within the run's limits.

The extractor's model sends through the run's `Caller`; so re-asks keep to the limits and the budget too, and so does a
request that the model repeats by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import lru_cache

from pydantic import BaseModel

from llmx.api import Extractor
from llmx.batch.caller import Caller, Sent, Size
from llmx.batch.engine import Engine, EngineMaker
from llmx.batch.recipe import Recipe
from llmx.batch.rows import Stored
from llmx.document import Article
from llmx.model.endpoint import Endpoint, Reply
from llmx.model.modes import Ask, asked_schema_of
from llmx.model.network import NetworkModel
from llmx.port import Answer, Message, Model, Request
from llmx.result import Provenance, Usage
from llmx.schema.asked import asked_class

BuildExtractor = Callable[[Model], Extractor[BaseModel]]
"""Makes an extractor around a model."""

MOST_OUTPUT_TOKENS = 16_384
"""What an answer may have at most where the settings name no bound."""


class MeteredEndpoint:
    """An endpoint whose requests after a fill's first one wait for their turn; the first one had it already."""

    def __init__(self, endpoint: Endpoint, caller: Caller) -> None:
        self._endpoint = endpoint
        self._caller = caller

    async def send(self, ask: Ask) -> Reply:
        """See `Endpoint.send`."""
        sent = _SENT.get()
        if sent.requests:
            await self._caller.again()
        sent.requests += 1
        return await self._endpoint.send(ask)

    async def aclose(self) -> None:
        """See `Endpoint.aclose`."""
        await self._endpoint.aclose()


class _Count:
    """Requests of one fill."""

    requests = 0


_SENT: ContextVar[_Count] = ContextVar("llmx_batch_sent")


class MeteredModel:
    """A model whose requests go through a `Caller`."""

    def __init__(self, model: Model, caller: Caller, *, most_output_tokens: int = MOST_OUTPUT_TOKENS) -> None:
        metered = isinstance(model, NetworkModel)
        self._model = model.through(lambda endpoint: MeteredEndpoint(endpoint, caller)) if metered else model
        self._caller = caller
        self._most_output_tokens = most_output_tokens

    @property
    def name(self) -> str:
        """The model's own name."""
        return self._model.name

    @property
    def prompted(self) -> bool:
        """Whether it reads messages."""
        return self._model.prompted

    @property
    def unsent(self) -> frozenset[str]:
        """Settings that requests do not carry; see `NetworkModel.unsent`."""
        return getattr(self._model, "unsent", frozenset())

    def estimate(self, messages: Sequence[Message]) -> Usage:
        """The model's own estimate."""
        return self._model.estimate(messages)

    async def fill(self, request: Request) -> Answer:
        """Fill a draft, when it is this request's turn.

        Raises:
            ModelError: It was given up.
        """

        async def send() -> Sent:
            _SENT.set(_Count())
            answer = await self._model.fill(request)
            return Sent(answer, answer.limits)

        text_bytes = sum(len(message.content.encode("utf-8", "surrogatepass")) for message in request.messages)
        schema_bytes = _schema_bytes(request.asked or asked_class(request.schema))
        size = Size(text_bytes + schema_bytes, self._most_output_tokens, most_answers=_MOST_ANSWERS)
        return await self._caller.call(send, size)


_MOST_ANSWERS = 2
"""A model asks once more by itself when it cannot read an answer."""

_FORM_BYTES = 1_000
"""What a request holds beside messages and schema: its field names."""


@lru_cache(maxsize=64)
def _schema_bytes(asked: type[BaseModel]) -> int:
    """The largest form in which the schema of `asked` is sent."""
    known = asked_schema_of(asked)
    return max(len(json.dumps(known.strict).encode()), len(known.text.encode())) + _FORM_BYTES


class ExtractorEngine:
    """An extractor as a run's engine."""

    def __init__(self, extractor: Extractor[BaseModel], model: Model) -> None:
        self._extractor = extractor
        self._model = model

    async def extract(self, article: Article) -> Stored:
        """Extract one article; see `Extractor.aextract`."""
        return Stored.of(await self._extractor.aextract(article))

    async def close(self) -> None:
        """Close the connections of the running event loop."""
        close = getattr(self._model, "aclose", None)
        if close is not None:
            await close()


def metered(model: Model, build: BuildExtractor, *, most_output_tokens: int = MOST_OUTPUT_TOKENS) -> EngineMaker:
    """The engine that runs `model` under a run's limits."""

    def make(caller: Caller) -> Engine:
        return ExtractorEngine(build(MeteredModel(model, caller, most_output_tokens=most_output_tokens)), model)

    return make


def recipe_of(provenance: Provenance) -> Recipe:
    """The recipe by which an extractor of this provenance works."""
    return Recipe(
        model=provenance.model,
        schema_id=provenance.schema_.id,
        schema_sha256=provenance.schema_.sha256,
        prompt_id=provenance.prompt.id,
        prompt_sha256=provenance.prompt.sha256,
        settings=provenance.settings,
        llmx=provenance.llmx,
    )
