from __future__ import annotations

import asyncio

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from llmx.document import Article, Document
from llmx.errors import ModelRefusedError
from llmx.model.endpoint import Reply
from llmx.model.modes import Ask
from llmx.model.network import NetworkModel
from llmx.model.providers import OPENAI_URL, Target
from llmx.model.settings import Settings
from llmx.model.telemetry import Traced
from llmx.port import Message, Request
from llmx.schema.news import NewsReport

TEXT = "The mayor of Ostrel left."
TARGET = Target("openai/gpt-4o", "openai", "gpt-4o", OPENAI_URL, None)


class One:
    """An endpoint with one reply."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    async def send(self, ask: Ask) -> Reply:
        del ask
        return self._reply

    async def aclose(self) -> None:
        return None


def _span(reply: Reply) -> ReadableSpan:
    """The span that one fill leaves."""
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    model = Traced(NetworkModel(TARGET, Settings(), One(reply)), provider.get_tracer("llmx"))
    request = Request(
        document=Document.from_article(Article(text=TEXT, id="d1")),
        schema=NewsReport,
        messages=(Message("user", TEXT),),
    )
    if reply.finish == "refused":
        with pytest.raises(ModelRefusedError):
            asyncio.run(model.fill(request))
    else:
        asyncio.run(model.fill(request))
    (span,) = kept.get_finished_spans()
    return span


def test_fill_leaves_a_span_with_model_purpose_and_tokens() -> None:
    span = _span(Reply('{"events": []}', "done", 1000, 100))

    assert span.name == "chat gpt-4o"
    assert dict(span.attributes or {}) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.output.type": "json",
        "gen_ai.usage.input_tokens": 1000,
        "gen_ai.usage.output_tokens": 100,
        "llmx.purpose": "fill",
        "llmx.document.id": "d1",
        "llmx.requests": 1,
        "llmx.cost_usd": pytest.approx(0.0035),
    }


def test_failed_fill_leaves_its_error_and_what_it_took() -> None:
    span = _span(Reply("No.", "refused", 1000, 10))

    assert span.attributes is not None
    assert span.attributes["error.type"] == "ModelRefusedError"
    assert span.attributes["gen_ai.usage.input_tokens"] == 1000
    assert not span.status.is_ok


def test_article_and_answer_stand_in_no_span() -> None:
    span = _span(Reply('{"events": ["Ostrel"]}', "done", 1000, 100))

    assert "mayor" not in span.to_json()
    assert "Ostrel" not in span.to_json()
