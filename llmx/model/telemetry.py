"""Telemetry: a model whose requests leave OpenTelemetry spans.

    from opentelemetry import trace
    model = Traced(open_model("openai/NAME", settings), trace.get_tracer("llmx"))
    Extractor(model=model)

One span for each fill, under the names of the GenAI conventions. Neither the article nor the answer nor a key stands
in a span. Nothing is imported from OpenTelemetry: any tracer will do that has `start_as_current_span`.

Source: OpenTelemetry semantic conventions for generative client AI spans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from llmx.errors import ModelError
from llmx.model.network import NetworkModel
from llmx.port import Answer, Message, Request
from llmx.result import Usage


class Span(Protocol):
    """What is used of a span."""

    def set_attribute(self, key: str, value: Any) -> None:
        """Note a value on the span."""
        ...


class Tracer(Protocol):
    """What is used of a tracer."""

    def start_as_current_span(self, name: str, *, attributes: Mapping[str, Any]) -> AbstractContextManager[Span]:
        """Open a span for the time of a `with` block; an error that leaves the block is noted on it."""
        ...


class Traced:
    """A model behind a network that leaves a span for each fill."""

    def __init__(self, model: NetworkModel, tracer: Tracer) -> None:
        self._model = model
        self._tracer = tracer

    @property
    def name(self) -> str:
        """The name that provenance carries."""
        return self._model.name

    @property
    def prompted(self) -> bool:
        """Whether it reads messages."""
        return self._model.prompted

    @property
    def unsent(self) -> frozenset[str]:
        """Settings that requests do not carry; see `NetworkModel.unsent`."""
        return self._model.unsent

    async def fill(self, request: Request) -> Answer:
        """Fill a draft within a span; see `llmx.port.Model.fill`."""
        provider, _, name = self._model.name.partition("/")
        known = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": provider,
            "gen_ai.request.model": name,
            "gen_ai.output.type": "json",
            "llmx.purpose": request.purpose,
            "llmx.document.id": request.document.id,
        }
        with self._tracer.start_as_current_span(f"chat {name}", attributes=known) as span:
            try:
                answer = await self._model.fill(request)
            except ModelError as error:
                span.set_attribute("error.type", type(error).__name__)
                _note(span, error.usage)
                raise
            _note(span, answer.usage)
            return answer

    def estimate(self, messages: Sequence[Message]) -> Usage:
        """What a request will take; see `NetworkModel.estimate`."""
        return self._model.estimate(messages)

    async def aclose(self) -> None:
        """Close the connections of the running event loop."""
        await self._model.aclose()


def _note(span: Span, usage: Usage | None) -> None:
    if usage is None:
        return
    span.set_attribute("gen_ai.usage.input_tokens", usage.input_tokens)
    span.set_attribute("gen_ai.usage.output_tokens", usage.output_tokens)
    span.set_attribute("llmx.requests", usage.calls)
    if usage.cost_usd is not None:
        span.set_attribute("llmx.cost_usd", usage.cost_usd)
