"""The one file that imports openai and instructor: clients, requests, and their errors in our words.

Both SDKs take seconds to import, so each is imported on first use. OpenAI-compatible servers are spoken to through the
openai SDK with bodies of our own; every other provider through instructor, with a response model that is wrapped once
and accepts any tree, so that one invalid value does not lose the rest. Neither retries: see `retry`.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypedDict, cast
from weakref import WeakKeyDictionary

import httpx2
from pydantic import BaseModel, ConfigDict

from llmx.errors import ConfigError, LlmxError, ModelOutputError, ModelRefusedError, ModelUnavailableError
from llmx.model.endpoint import Endpoint, RejectedRequestError, Reply, limits_in, read_completion
from llmx.model.modes import Ask, AskedSchema
from llmx.model.network import NetworkModel
from llmx.model.providers import OPENAI_URL, Target, find_target
from llmx.model.retry import asked_wait_s
from llmx.model.settings import KEY_VARIABLES, Settings

if TYPE_CHECKING:
    import instructor
    import openai

_NO_KEY = "none"
"""Sent to servers of one's own that need no key; the SDK wants one."""

_PASSING = frozenset({408, 409, 425, 429})
_TOO_LARGE, _NOT_FOUND, _FIRST_SERVER_FAULT = 413, 404, 500
_SPENT_CODES = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
_ANSWER_TOKENS = 16_000
"""For the providers that must be told how long an answer may be."""


def open_model(name: str, settings: Settings) -> NetworkModel:
    """The model `name`, ready to fill; nothing is sent or imported before the first request.

    It may be used from many tasks, threads and event loops at once: each loop has a client of its own.

    Args:
        name: `openai/NAME`, any `provider/NAME` that instructor knows, or a server's own name with `base_url`.
        settings: Where it lives and how it is asked.

    Raises:
        ConfigError: The provider is unknown, its SDK is not installed, or its key is missing.
    """
    target = find_target(name, settings)
    endpoint: Endpoint = OpenAIEndpoint(target, settings) if target.base_url else ProviderEndpoint(target, settings)
    return NetworkModel(target, settings, endpoint)


class _PerLoop:
    """One client for each event loop that is alive: an async client belongs to the loop that opened it."""

    def __init__(self, open_client: Callable[[], Any]) -> None:
        self._open_client = open_client
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, Any] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def client(self) -> Any:
        loop = asyncio.get_running_loop()
        with self._lock:
            found = self._clients.get(loop)
            if found is None:
                for other in [known for known in self._clients if known.is_closed()]:
                    del self._clients[other]
                found = self._clients[loop] = self._open_client()
            return found

    def take(self) -> Any | None:
        """The running loop's client, forgotten; `None` where it has none."""
        with self._lock:
            return self._clients.pop(asyncio.get_running_loop(), None)


class OpenAIEndpoint:
    """An OpenAI-compatible server, through the openai SDK."""

    def __init__(self, target: Target, settings: Settings) -> None:
        self._target = target
        self._settings = settings
        self._clients = _PerLoop(self._open)

    async def send(self, ask: Ask) -> Reply:
        """See `Endpoint.send`."""
        return await _post(self._clients.client(), ask, self._target, self._settings)

    async def aclose(self) -> None:
        """See `Endpoint.aclose`."""
        client = self._clients.take()
        if client is not None:
            await client.close()

    def _open(self) -> openai.AsyncOpenAI:
        from openai import AsyncOpenAI  # noqa: PLC0415 - takes seconds to import

        key = self._target.api_key
        return AsyncOpenAI(
            api_key=key.get_secret_value() if key else _NO_KEY,
            base_url=self._target.base_url,
            timeout=self._settings.timeout_s,
            max_retries=0,
        )


class ProviderEndpoint:
    """Any other provider that instructor knows; those that speak through the openai SDK are sent our own bodies."""

    def __init__(self, target: Target, settings: Settings) -> None:
        self._target = target
        self._settings = settings
        self._clients = _PerLoop(self._open)

    async def send(self, ask: Ask) -> Reply:
        """See `Endpoint.send`."""
        from openai import AsyncOpenAI  # noqa: PLC0415 - takes seconds to import

        client = self._clients.client()
        inner = client.client
        if isinstance(inner, AsyncOpenAI):
            return await _post(inner, ask, self._target, self._settings)
        return await fill_by_instructor(client, ask, self._target, self._settings)

    async def aclose(self) -> None:
        """See `Endpoint.aclose`."""
        client = self._clients.take()
        close = getattr(getattr(client, "client", None), "close", None)
        if close is not None and inspect.iscoroutinefunction(close):
            await close()

    def _open(self) -> instructor.AsyncInstructor:
        import instructor  # noqa: PLC0415 - takes seconds to import
        from instructor.core.exceptions import InstructorError  # noqa: PLC0415
        from openai import AsyncOpenAI, OpenAIError  # noqa: PLC0415

        # It logs each failure as an error, and without a handler that goes to stderr; ours are raised.
        logging.getLogger("instructor").addHandler(logging.NullHandler())
        key = self._target.api_key
        try:
            client = instructor.from_provider(
                self._target.name, async_client=True, api_key=key.get_secret_value() if key else None
            )
        except (InstructorError, OpenAIError, ImportError, ValueError) as error:
            raise ConfigError(f"cannot open {self._target.name}: {_line(error)}", setting="model") from error
        if isinstance(client.client, AsyncOpenAI):
            client.client = client.client.with_options(max_retries=0, timeout=self._settings.timeout_s)
        return client


async def _post(client: openai.AsyncOpenAI, ask: Ask, target: Target, settings: Settings) -> Reply:
    import openai  # noqa: PLC0415 - loaded by now

    where = _where(target)
    try:
        response = await client.post("/chat/completions", cast_to=httpx2.Response, body=ask.body())
    except openai.OpenAIError as error:
        raise translate(error, target, settings) from error
    try:
        payload: Any = response.json()
    except ValueError:
        payload = None
    return read_completion(payload, where=where, headers=response.headers)


class AnyTree(BaseModel):
    """Accepts any object: grounding judges each value by itself."""

    model_config = ConfigDict(extra="allow")


@lru_cache(maxsize=64)
def _response_model(name: str, text: str) -> type[BaseModel]:
    """A class that asks for the schema `text` and accepts any object, wrapped for instructor once."""
    import instructor  # noqa: PLC0415 - loaded by now

    class Lenient(AnyTree):
        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
            return {"title": name, **json.loads(text)}

    Lenient.__name__ = Lenient.__qualname__ = name
    Lenient.__doc__ = f"The {name}."
    return instructor.response_schema(Lenient)


async def fill_by_instructor(client: instructor.AsyncInstructor, ask: Ask, target: Target, settings: Settings) -> Reply:
    """Send `ask` through instructor, once, in the mode it takes for that provider.

    Raises:
        LlmxError: As `Endpoint.send`.
    """
    from instructor.core.exceptions import InstructorError  # noqa: PLC0415 - loaded by now

    options: dict[str, Any] = {"max_tokens": ask.max_tokens or _ANSWER_TOKENS} if _needs_length(target) else {}
    cooler = {"temperature": ask.temperature} if ask.temperature is not None and _takes_temperature(target) else {}
    model = _response_model(ask.schema.name, ask.schema.text)
    try:
        filled, completion = await _create(client, ask, model, {**options, **cooler})
    except InstructorError as error:
        if not (cooler and _is_wrong_call(error)):
            raise translate_instructor(error, ask.schema, target, settings) from error
        try:
            filled, completion = await _create(client, ask, model, options)
        except InstructorError as other:
            raise translate_instructor(other, ask.schema, target, settings) from other
    tokens = _tokens_of(completion)
    return Reply(filled.model_dump_json(), input_tokens=tokens[0], output_tokens=tokens[1])


async def _create(
    client: instructor.AsyncInstructor, ask: Ask, model: type[BaseModel], options: dict[str, Any]
) -> tuple[BaseModel, Any]:
    rows: Any = [{"role": message.role, "content": message.content} for message in ask.messages]
    return await client.create_with_completion(messages=rows, response_model=model, max_retries=0, **options)


def _is_wrong_call(error: BaseException) -> bool:
    """Whether the SDK below instructor has no such parameter; nothing was sent then."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, TypeError):
            return True
        seen = seen.__cause__
    return False


def translate(error: BaseException, target: Target, settings: Settings) -> LlmxError:
    """The error of ours that says what an error of an SDK says.

    Args:
        error: Any error of the openai SDK, or of one built alike: with `status_code`, `response`, `body`.
        target: Where the request went.
        settings: How it was sent.
    """
    import openai  # noqa: PLC0415 - loaded by now

    where = _where(target)
    if isinstance(error, openai.APITimeoutError):
        return ModelUnavailableError(f"{where} did not answer within {settings.timeout_s:g} s", attempts=1)
    if isinstance(error, openai.APIResponseValidationError):
        return ModelOutputError(f"{where} answered, but not with a chat completion: {_line(error)}", attempts=1)
    if isinstance(error, openai.LengthFinishReasonError):
        return ModelOutputError(f"the answer of {where} was cut off: raise max_tokens", attempts=1)
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return ModelRefusedError("a content filter of the provider stopped the answer", attempts=1)
    if isinstance(error, (openai.WebSocketConnectionClosedError, openai.WebSocketQueueFullError)):
        return ModelUnavailableError(f"the connection to {where} broke: {_line(error)}", attempts=1)
    if isinstance(error, openai.InvalidWebhookSignatureError):
        return ModelRefusedError(f"{where} does not accept the credentials: {_line(error)}", attempts=1)
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _translate_status(error, status, target)
    if isinstance(error, (openai.APIConnectionError, OSError)) or hasattr(error, "request"):
        cause = _line(error.__cause__ or error)
        return ModelUnavailableError(
            f"cannot reach {where}: {cause}; is the address right and the server up", attempts=1
        )
    return ModelRefusedError(f"the request to {where} failed: {_line(error)}", attempts=1)


class _Known(TypedDict):
    """What every error of a server's answer carries."""

    attempts: int
    status: int
    limits: Mapping[str, str]


def _translate_status(error: Any, status: int, target: Target) -> LlmxError:
    where, said = _where(target), _said(error, target)
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    known: _Known = {"attempts": 1, "status": status, "limits": limits_in(headers)}
    code, param = str(getattr(error, "code", None) or ""), str(getattr(error, "param", None) or "")
    if code in _SPENT_CODES:
        return ModelRefusedError(f"the account at {where} has no credit left: {said}", **known)
    if status in _PASSING or (status >= _FIRST_SERVER_FAULT and status != 501):  # noqa: PLR2004 - not implemented
        wait = asked_wait_s(headers, now=datetime.now(UTC))
        asked = f", asks to wait {wait:g} s" if wait else ""
        return ModelUnavailableError(f"{where} answered {status}{asked}: {said}", **known, retry_after_s=wait)
    if status in (401, 403):
        variable = KEY_VARIABLES.get(target.provider, "LLMX_API_KEY")
        hint = variable if target.base_url in (None, OPENAI_URL) else "LLMX_API_KEY"
        return ModelRefusedError(f"{where} does not accept the API key ({status}): check {hint}; {said}", **known)
    if status == _NOT_FOUND:
        return ModelRefusedError(f"{where} knows no model {target.model!r}, or no such path: {said}", **known)
    if status == _TOO_LARGE:
        return ModelRefusedError(f"the article is too long for {where}: {said}", **known)
    return RejectedRequestError(
        f"{where} refused the request ({status}): {said}", status=status, code=code, param=param
    )


def translate_instructor(error: Exception, schema: AskedSchema, target: Target, settings: Settings) -> LlmxError:
    """The error of ours for one of instructor's; the SDK's error inside it decides where there is one.

    An answer that instructor could not read is `ModelOutputError`, with what came.
    """
    from instructor.core import exceptions as known  # noqa: PLC0415 - loaded by now

    if isinstance(error, (known.ConfigurationError, known.ModeError, known.ClientError, known.MultimodalError)):
        return ConfigError(f"cannot ask {target.name} for {schema.name}: {_line(error)}", setting="model")
    inner = _cause_of(error)
    if inner is not None:
        return translate(inner, target, settings)
    raw = str(getattr(error, "last_completion", None) or "")
    if isinstance(error, known.IncompleteOutputException):
        return ModelOutputError(f"the answer of {target.name} was cut off: raise max_tokens", attempts=1, raw=raw)
    return ModelOutputError(f"the answer of {target.name} holds no {schema.name}: {_line(error)}", attempts=1, raw=raw)


def _cause_of(error: BaseException) -> BaseException | None:
    """The transport's error that an error of instructor wraps, or `None` where the answer itself was at fault."""
    seen: BaseException | None = error.__cause__
    while seen is not None:
        if isinstance(seen, OSError) or hasattr(seen, "status_code") or hasattr(seen, "request"):
            return seen
        seen = seen.__cause__
    return None


def _tokens_of(completion: Any) -> tuple[int, int]:
    """Tokens in and out, under any of the names providers give them."""
    usage = getattr(completion, "usage", None) or getattr(completion, "usage_metadata", None)
    found = [
        next((n for name in names if isinstance(n := getattr(usage, name, None), int)), 0)
        for names in (
            ("prompt_tokens", "input_tokens", "prompt_token_count"),
            ("completion_tokens", "output_tokens", "candidates_token_count"),
        )
    ]
    return found[0], found[1]


def _needs_length(target: Target) -> bool:
    return target.provider in ("anthropic", "bedrock")


def _takes_temperature(target: Target) -> bool:
    return target.provider in ("anthropic", "mistral", "cohere", "groq", "cerebras", "writer", "litellm")


def _said(error: Any, target: Target) -> str:
    """The server's own words, without the key, should it repeat it."""
    body = getattr(error, "body", None)
    fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    inner = fields.get("error")
    message = fields.get("message") or (
        cast("dict[str, Any]", inner).get("message") if isinstance(inner, dict) else None
    )
    said = _line(message or getattr(error, "message", None) or error)
    return said.replace(target.api_key.get_secret_value(), "(key)") if target.api_key else said


def _where(target: Target) -> str:
    return target.base_url or target.provider


def _line(error: object) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
