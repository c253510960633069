"""Providers that are asked through instructor: what is sent, what is not, and whose errors come out.

The SDK below instructor is openai's here, whatever the provider is called, and the server a fake on loopback.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import instructor
import pytest
from fakes.openai_server import FakeServer, Rule, Served, answering, refusing
from openai import AsyncOpenAI
from pydantic import SecretStr

from llmx.document import Article, Document
from llmx.errors import ModelError, ModelOutputError, ModelRefusedError, ModelUnavailableError
from llmx.model.client import fill_by_instructor, open_model
from llmx.model.modes import Ask, asked_schema_of
from llmx.model.providers import Target
from llmx.model.settings import Settings
from llmx.port import Answer, Message, Request
from llmx.schema.asked import asked_class
from llmx.schema.news import NewsReport

DRAFT = {"events": [{"id": "e1"}]}
TEXT = "The mayor of Ostrel resigned, {{ he }} said. {% raw %} “Über” \x00 done."
KEY = SecretStr("az-key")
MESSAGES = (Message("system", "Fill it."), Message("user", TEXT))


Serve = Callable[[Rule | Served], FakeServer]


def _through_instructor(server: FakeServer, mode: instructor.Mode, provider: str = "anthropic", **options: Any) -> Any:
    schema = asked_schema_of(asked_class(NewsReport))
    target = Target(f"{provider}/fake", provider, "fake", server.url, None)

    async def run() -> Any:
        async with AsyncOpenAI(base_url=server.url, api_key="none", max_retries=0) as client:
            wrapped = instructor.from_openai(client, model="fake", mode=mode)
            return await fill_by_instructor(
                wrapped,
                Ask(model="fake", messages=MESSAGES, schema=schema, mode="tools", **options),
                target,
                Settings(),
            )

    return asyncio.run(run())


@pytest.mark.parametrize("mode", [instructor.Mode.TOOLS, instructor.Mode.JSON_SCHEMA, instructor.Mode.MD_JSON])
def test_provider_behind_instructor_is_given_our_schema_and_any_tree_is_taken(
    serve: Serve, mode: instructor.Mode
) -> None:
    odd = {"events": [{"id": 7, "type": "no such type"}], "surplus": True}
    server = serve(answering(odd))

    reply = _through_instructor(server, mode)

    assert reply.text == '{"events":[{"id":7,"type":"no such type"}],"surplus":true}'
    assert reply.input_tokens > 0
    assert "armed_offensive" in str(server.requests[0])


def test_instructor_sends_the_article_unchanged(serve: Serve) -> None:
    server = serve(answering(DRAFT))

    _through_instructor(server, instructor.Mode.TOOLS)

    assert server.requests[0]["messages"][-1]["content"] == TEXT


@pytest.mark.parametrize(
    ("provider", "sent"),
    [
        ("anthropic", {"temperature": 0.5, "max_tokens": 99}),
        ("groq", {"temperature": 0.5, "seed": 7, "max_tokens": 99}),
        ("cerebras", {"temperature": 0.5, "seed": 7, "max_completion_tokens": 99}),
        ("vertexai", {}),
    ],
)
def test_provider_behind_instructor_is_sent_what_it_takes_and_the_rest_is_told(
    serve: Serve, provider: str, sent: dict[str, object]
) -> None:
    server = serve(answering(DRAFT))

    reply = _through_instructor(server, instructor.Mode.TOOLS, provider, temperature=0.5, seed=7, max_tokens=99)

    names = {"temperature", "seed", "max_tokens", "max_completion_tokens", "random_seed"}
    assert {name: value for name, value in server.requests[0].items() if name in names} == sent
    assert len(reply.left_out - {"mode"}) == 3 - len(sent)


def test_option_an_sdk_does_not_know_costs_no_request_and_is_told(serve: Serve) -> None:
    server = serve(answering(DRAFT))

    reply = _through_instructor(server, instructor.Mode.TOOLS, "mistral", temperature=0.5, seed=7)

    assert len(server.requests) == 1
    assert reply.left_out == {"temperature", "seed", "mode"}


def test_length_that_a_provider_must_be_told_is_sent_unasked(serve: Serve) -> None:
    server = serve(answering(DRAFT))

    _through_instructor(server, instructor.Mode.TOOLS, "anthropic")

    assert server.requests[0]["max_tokens"] > 0


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        (refusing(503), ModelUnavailableError),
        (refusing(401), ModelRefusedError),
        (refusing(400), ModelRefusedError),
        (Served(fault="drop"), ModelUnavailableError),
        (answering("not a call"), ModelOutputError),
        (answering('{"events": [{"id": "e1"}, {"id', finish="length"), ModelOutputError),
        (answering("", refusal="I cannot help with that."), ModelRefusedError),
        (answering("", finish="content_filter"), ModelRefusedError),
    ],
    ids=["503", "401", "400", "dropped", "prose", "cut-off", "refusal", "content-filter"],
)
def test_instructor_asks_once_and_its_errors_are_ours(
    serve: Serve, rule: Rule | Served, error: type[ModelError]
) -> None:
    server = serve(rule)

    with pytest.raises(error):
        _through_instructor(server, instructor.Mode.TOOLS)

    assert len(server.requests) == 1


def _through_azure(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> Answer:
    for name, value in (("ENDPOINT", server.url.removesuffix("/v1")), ("API_KEY", "az-key")):
        monkeypatch.setenv(f"AZURE_OPENAI_{name}", value)
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")
    model = open_model("azure_openai/gpt-4o", Settings(max_retries=0, provider_keys={"azure_openai": KEY}))
    document = Document.from_article(Article(text=TEXT))

    async def run() -> Answer:
        try:
            return await model.fill(Request(document=document, schema=NewsReport, messages=MESSAGES))
        finally:
            await model.aclose()

    return asyncio.run(run())


def test_provider_of_the_openai_sdk_is_sent_our_own_body(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(answering(DRAFT))

    answer = _through_azure(server, monkeypatch)

    assert (answer.draft, len(server.requests)) == (DRAFT, 1)
    assert server.requests[0]["response_format"]["json_schema"]["strict"] is True
    assert server.headers[0]["api-key"] == "az-key"


def test_limits_named_through_the_openai_sdk_are_carried(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"retry-after": "3600", "x-ratelimit-remaining-requests": "0"}
    server = serve(refusing(429, headers=told))

    with pytest.raises(ModelUnavailableError) as caught:
        _through_azure(server, monkeypatch)

    assert (caught.value.status, caught.value.retry_after_s, caught.value.limits) == (429, 3600, told)
