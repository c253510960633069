"""A model behind a real socket: faults of the wire, modes, and one model used from everywhere at once.

The server is a fake on loopback that answers by rule; the number of requests it saw is part of each promise.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from fakes.openai_server import FakeServer, Rule, Served, answering, completion, in_turn, refusing, taking

from llmx.document import Article, Document
from llmx.errors import ModelError, ModelOutputError, ModelRefusedError, ModelUnavailableError
from llmx.model.client import open_model
from llmx.model.network import NetworkModel
from llmx.model.settings import Settings
from llmx.port import Answer, Message, Request
from llmx.schema.news import NewsReport

DRAFT = {"events": [{"id": "e1"}]}
TEXT = "The mayor of Ostrel resigned, {{ he }} said. {% raw %} “Über” \x00 done."
MESSAGES = (Message("system", "Fill it."), Message("user", TEXT))
REQUEST = Request(
    document=Document.from_article(Article(text=TEXT)), schema=NewsReport, messages=MESSAGES, purpose="fill"
)
FAST = {"retry-after-ms": "1"}


@asynccontextmanager
async def opened(server: FakeServer, **settings: Any) -> AsyncIterator[NetworkModel]:
    model = open_model("openai/fake", Settings(base_url=server.url, **settings))
    try:
        yield model
    finally:
        await model.aclose()


def ask(server: FakeServer, work: Callable[[NetworkModel], Awaitable[Any]] | None = None, **settings: Any) -> Any:
    async def run() -> Any:
        async with opened(server, **settings) as model:
            return await (work(model) if work else model.fill(REQUEST))

    return asyncio.run(run())


Serve = Callable[[Rule | Served], FakeServer]


def test_article_reaches_the_model_character_for_character(serve: Serve) -> None:
    server = serve(answering(DRAFT))

    ask(server)

    assert server.requests[0]["messages"][1]["content"] == TEXT


def test_rate_limits_a_good_answer_names_are_carried(serve: Serve) -> None:
    told = {"X-RateLimit-Limit-Requests": "500", "X-RateLimit-Remaining-Requests": "499", "X-Request-Id": "r1"}
    server = serve(lambda request: replace(completion(DRAFT, request), headers=told))

    answer: Answer = ask(server)

    assert answer.limits == {"x-ratelimit-limit-requests": "500", "x-ratelimit-remaining-requests": "499"}


@pytest.mark.parametrize(
    "fault",
    [
        Served(fault="drop"),
        Served({"choices": []}, fault="truncate"),
        refusing(429, headers=FAST),
        refusing(500, headers=FAST),
        refusing(503, headers=FAST),
        refusing(529, headers=FAST),
    ],
    ids=["dropped", "cut-body", "rate-limit", "500", "503", "overloaded"],
)
def test_passing_fault_costs_one_more_request(serve: Serve, fault: Served) -> None:
    server = serve(in_turn(fault, answering(DRAFT)))

    answer: Answer = ask(server)

    assert answer.draft == DRAFT
    assert len(server.requests) == 2
    assert answer.usage.calls == 2


@pytest.mark.parametrize(
    ("fault", "error", "requests"),
    [
        (refusing(503, headers=FAST), ModelUnavailableError, 3),
        (refusing(429, headers={"retry-after": "3600"}), ModelUnavailableError, 1),
        (refusing(429, headers=FAST, code="insufficient_quota"), ModelRefusedError, 1),
        (refusing(401), ModelRefusedError, 1),
        (refusing(403), ModelRefusedError, 1),
        (refusing(404), ModelRefusedError, 1),
        (refusing(413), ModelRefusedError, 1),
        (refusing(400, code="context_length_exceeded"), ModelRefusedError, 1),
        (refusing(400), ModelRefusedError, 5),
        (Served("<html>Log in</html>"), ModelOutputError, 1),
        (Served('{"choices": [', headers={"content-type": "application/json"}), ModelOutputError, 1),
        (Served({"error": {"message": "upstream", "code": 401}}), ModelRefusedError, 1),
    ],
    ids=[
        "always-503",
        "an-hour-s-wait",
        "no-credit",
        "wrong-key",
        "forbidden",
        "no-such-model",
        "too-large",
        "too-long",
        "no-mode-taken",
        "a-login-page",
        "half-a-body",
        "error-with-status-200",
    ],
)
def test_lasting_fault_ends_after_a_known_number_of_requests(
    serve: Serve, fault: Served, error: type[ModelError], requests: int
) -> None:
    server = serve(fault)

    with pytest.raises(error) as caught:
        ask(server, max_retries=2)

    assert len(server.requests) == requests
    assert caught.value.attempts == requests
    assert "\n" not in str(caught.value)


def test_server_that_never_answers_is_left_after_the_timeout(serve: Serve) -> None:
    server = serve(Served(fault="hang"))

    with pytest.raises(ModelUnavailableError, match=r"did not answer within 0\.2 s"):
        ask(server, timeout_s=0.2, max_retries=0)

    assert len(server.requests) == 1


def test_server_that_once_does_not_answer_costs_one_more_request(serve: Serve) -> None:
    server = serve(in_turn(Served(fault="hang"), answering(DRAFT)))

    answer: Answer = ask(server, timeout_s=0.5)

    assert (answer.draft, len(server.requests), answer.usage.calls) == (DRAFT, 2, 2)


def test_address_where_nothing_listens_is_told() -> None:
    model = open_model("openai/fake", Settings(base_url="http://127.0.0.1:9/v1", max_retries=0))

    with pytest.raises(ModelUnavailableError, match=r"cannot reach http://127\.0\.0\.1:9/v1"):
        asyncio.run(model.fill(REQUEST))


@pytest.mark.parametrize(
    ("rule", "error", "requests"),
    [
        (answering("I would rather not."), ModelOutputError, 2),
        (answering(""), ModelOutputError, 2),
        (answering("", refusal="I cannot help with that."), ModelRefusedError, 1),
        (answering("", finish="content_filter"), ModelRefusedError, 1),
        (answering("", finish="length"), ModelOutputError, 1),
    ],
    ids=["prose", "nothing", "refusal", "content-filter", "only-hidden-tokens"],
)
def test_answer_without_a_draft_is_an_error(serve: Serve, rule: Rule, error: type[ModelError], requests: int) -> None:
    server = serve(rule)

    with pytest.raises(error):
        ask(server)

    assert len(server.requests) == requests


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"events": [{"id": "e1"}]}\n```',
        'Here you are:\n{"events": [{"id": "e1"}]}\nAnything else?',
        "{'events': [{'id': 'e1'}]}",
        '<think>{"events": []}</think>{"events": [{"id": "e1"}]}',
        '{"events": [{"id": "e1"}, {"id": "e2", "trigger": "1|res',
    ],
    ids=["fence", "talk", "single-quotes", "thoughts", "cut-unsaid"],
)
def test_faults_of_small_models_are_read_without_another_request(serve: Serve, text: str) -> None:
    server = serve(answering(text))

    answer: Answer = ask(server, mode="text")

    assert (answer.draft, len(server.requests), len(answer.notes)) == (DRAFT, 1, 1)


def test_cut_off_answer_keeps_what_was_complete(serve: Serve) -> None:
    server = serve(answering('{"events": [{"id": "e1"}, {"id": "e2", "trigger": "1|res', finish="length"))

    answer: Answer = ask(server)

    assert answer.draft == DRAFT
    assert answer.notes


@pytest.mark.parametrize("mode", ["strict", "tools", "json-schema", "json", "text"])
def test_server_s_mode_is_found_once(serve: Serve, mode: str) -> None:
    server = serve(taking([mode], DRAFT))

    async def twice(model: NetworkModel) -> tuple[int, int, str | None]:
        await model.fill(REQUEST)
        first = len(server.requests)
        await model.fill(REQUEST)
        return first, len(server.requests), model.mode

    first, both, found = ask(server, twice)

    assert (both - first, found) == (1, mode)


def test_parameter_of_other_models_is_dropped_when_refused(serve: Serve) -> None:
    server = serve(in_turn(refusing(400, param="temperature", code="unsupported_value"), answering(DRAFT)))

    ask(server)

    assert ["temperature" in request for request in server.requests] == [True, False]


def test_key_goes_into_the_header_alone(serve: Serve) -> None:
    server = serve(answering(DRAFT))

    ask(server, api_key="sk-secret")

    assert server.headers[0]["authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in str(server.requests)


def test_no_key_sends_no_header_for_one(serve: Serve) -> None:
    server = serve(answering(DRAFT))

    ask(server)

    assert "authorization" not in server.headers[0]


def test_login_in_the_address_is_sent_in_the_key_s_place(serve: Serve) -> None:
    server = serve(answering(DRAFT))
    model = open_model(
        "openai/fake", Settings(base_url=server.url.replace("//", "//reader:word@"), api_key="sk-secret")
    )

    asyncio.run(model.fill(REQUEST))

    assert server.headers[0]["authorization"] == "Basic cmVhZGVyOndvcmQ="


def test_proxy_of_the_environment_is_used(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(answering(DRAFT))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("http_proxy", server.url.removesuffix("/v1"))
    model = open_model("openai/fake", Settings(base_url="http://model.invalid/v1", max_retries=0))

    answer = asyncio.run(model.fill(REQUEST))

    assert (answer.draft, server.headers[0]["host"]) == (DRAFT, "model.invalid")


def test_requests_one_after_the_other_share_a_connection(serve: Serve) -> None:
    server = serve(answering(DRAFT))

    async def thrice(model: NetworkModel) -> None:
        for _ in range(3):
            await model.fill(REQUEST)

    ask(server, thrice)

    assert (len(server.requests), server.connections) == (3, 1)


def test_request_that_its_caller_gives_up_leaves_the_model_usable(serve: Serve) -> None:
    server = serve(in_turn(Served(fault="hang"), answering(DRAFT)))

    async def give_up(model: NetworkModel) -> Answer:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(model.fill(REQUEST), 0.1)
        return await model.fill(REQUEST)

    assert ask(server, give_up).draft == DRAFT
    assert len(server.requests) == 2


def test_model_that_nobody_closes_leaves_no_word_on_stderr(serve: Serve, capfd: pytest.CaptureFixture[str]) -> None:
    server = serve(answering(DRAFT))
    model = open_model("openai/fake", Settings(base_url=server.url))

    asyncio.run(model.fill(REQUEST))
    del model
    gc.collect()

    assert capfd.readouterr().err == ""


def test_one_model_serves_200_tasks_at_once(serve: Serve) -> None:
    server = serve(answering(DRAFT))

    async def many(model: NetworkModel) -> list[Answer]:
        return await asyncio.gather(*(model.fill(REQUEST) for _ in range(200)))

    answers: list[Answer] = ask(server, many)

    assert [answer.draft for answer in answers] == [DRAFT] * 200
    assert len(server.requests) == 200


def test_one_model_serves_two_event_loops_one_after_the_other(serve: Serve) -> None:
    server = serve(answering(DRAFT))
    model = open_model("openai/fake", Settings(base_url=server.url))

    async def once() -> Answer:
        try:
            return await model.fill(REQUEST)
        finally:
            await model.aclose()

    answers = [asyncio.run(once()), asyncio.run(once())]

    assert [answer.draft for answer in answers] == [DRAFT, DRAFT]


def test_one_model_serves_threads_with_loops_of_their_own(serve: Serve) -> None:
    server = serve(answering(DRAFT))
    model = open_model("openai/fake", Settings(base_url=server.url))

    async def some() -> int:
        try:
            return len(await asyncio.gather(*(model.fill(REQUEST) for _ in range(5))))
        finally:
            await model.aclose()

    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(lambda _: asyncio.run(some()), range(4)))

    assert counts == [5, 5, 5, 5]


def test_fake_server_says_that_no_model_is_behind_it() -> None:
    body: Mapping[str, Any] = {"messages": []}

    served = completion(DRAFT, body)

    assert "answered by rule" in str(served.body)
