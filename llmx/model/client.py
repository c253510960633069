"""The one file that imports openai and instructor: clients, requests, and their errors in our words.

Both SDKs take seconds to import, so each is imported on first use. OpenAI-compatible servers need neither (see
`compatible`); providers that speak the same language under other addresses and signatures are sent the same bodies
through the openai SDK; every other provider is asked through instructor, with a response model that is wrapped once and
accepts any tree, so that one invalid value does not lose the rest. Neither SDK retries: see `retry`.
"""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel, ConfigDict

from llmx.errors import ConfigError, LlmxError, ModelOutputError, ModelRefusedError, ModelUnavailableError
from llmx.model.endpoint import Endpoint, RejectedRequestError, Reply, read_completion
from llmx.model.faults import fault_of_status, one_line, place_of
from llmx.model.foreign import declined, tokens_of
from llmx.model.loops import PerLoop
from llmx.model.modes import Ask, AskedSchema
from llmx.model.network import NetworkModel
from llmx.model.providers import PROVIDERS, Target, find_target
from llmx.model.settings import Settings
from llmx.result import Usage

if TYPE_CHECKING:
    import instructor
    import openai

_OPTIONS = ("temperature", "seed", "max_tokens")
"""Settings that a request may carry, by the names of `Ask`."""

_NEED_A_LENGTH = frozenset({"anthropic", "bedrock"})
_ANSWER_TOKENS = 16_000
"""For the providers that must be told how long an answer may be."""


def open_model(name: str, settings: Settings) -> NetworkModel:
    """The model `name`, ready to fill; nothing is sent before the first request.

    It may be used from many tasks, threads and event loops at once: each loop has a client of its own.

    Args:
        name: `openai/NAME`, any `provider/NAME` that instructor knows, or a server's own name with `base_url`.
        settings: Where it lives and how it is asked.

    Raises:
        ConfigError: The provider is unknown, its SDK is not installed, or its key is missing.
    """
    target = find_target(name, settings)
    return NetworkModel(target, settings, _endpoint(target, settings))


def _endpoint(target: Target, settings: Settings) -> Endpoint:
    if target.base_url is None:
        return ProviderEndpoint(target, settings)
    from llmx.model.compatible import OpenAIEndpoint  # noqa: PLC0415 - aiohttp takes a third of a second to import

    return OpenAIEndpoint(target, settings)


class ProviderEndpoint:
    """Any other provider that instructor knows; those that speak through the openai SDK are sent our own bodies."""

    def __init__(self, target: Target, settings: Settings) -> None:
        self._target = target
        self._settings = settings
        self._clients = PerLoop(self._holding)

    async def send(self, ask: Ask) -> Reply:
        """See `Endpoint.send`."""
        from openai import AsyncOpenAI  # noqa: PLC0415 - takes seconds to import

        client: Any = await self._clients.client()
        inner = client.client
        if isinstance(inner, AsyncOpenAI):
            return await _post(inner, ask, self._target, self._settings)
        return await fill_by_instructor(client, ask, self._target, self._settings)

    async def aclose(self) -> None:
        """See `Endpoint.aclose`."""
        await self._clients.aclose()

    async def _holding(self) -> AsyncGenerator[instructor.AsyncInstructor]:
        client = self._open()
        try:
            yield client
        finally:
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
            raise ConfigError(f"cannot open {self._target.name}: {one_line(error)}", setting="model") from error
        if isinstance(client.client, AsyncOpenAI):
            client.client = client.client.with_options(max_retries=0, timeout=self._settings.timeout_s)
        return client


async def _post(client: openai.AsyncOpenAI, ask: Ask, target: Target, settings: Settings) -> Reply:
    import openai  # noqa: PLC0415 - loaded by now

    where = place_of(target)
    import httpx2  # noqa: PLC0415 - loaded by now

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

    wanted = {name: value for name in _OPTIONS if (value := getattr(ask, name)) is not None}
    sent = {name: value for name, value in wanted.items() if name in _takes(target)}
    heard: list[Any] = []
    try:
        try:
            filled, completion = await _create(client, ask, _options(sent, target), heard)
        except InstructorError as error:
            if not (sent and _is_wrong_call(error)):
                raise
            sent = {name: value for name, value in sent.items() if name in _needed(target)}
            filled, completion = await _create(client, ask, _options(sent, target), heard)
    except InstructorError as error:
        last = heard[-1] if heard else None
        raise translate_instructor(error, ask.schema, target, settings, last=last) from error
    tokens = tokens_of(completion)
    left_out = frozenset(wanted.keys() - sent.keys()) | {"mode"}
    return Reply(filled.model_dump_json(), input_tokens=tokens[0], output_tokens=tokens[1], left_out=left_out)


def _takes(target: Target) -> Mapping[str, str]:
    known = PROVIDERS.get(target.provider)
    return known.takes if known else {}


def _options(sent: Mapping[str, Any], target: Target) -> dict[str, Any]:
    """What goes with the messages, under the names of the provider's SDK."""
    return {_takes(target)[name]: value for name, value in {**_needed(target), **sent}.items()}


def _needed(target: Target) -> dict[str, Any]:
    return {"max_tokens": _ANSWER_TOKENS} if target.provider in _NEED_A_LENGTH else {}


async def _create(
    client: instructor.AsyncInstructor, ask: Ask, options: dict[str, Any], heard: list[Any]
) -> tuple[BaseModel, Any]:
    """Send once; what came back is in `heard` even where it could not be read."""
    from instructor.core.hooks import HookName, Hooks  # noqa: PLC0415 - loaded by now

    hooks = Hooks()
    hooks.on(HookName.COMPLETION_RESPONSE, heard.append)
    rows: Any = [{"role": message.role, "content": message.content} for message in ask.messages]
    model = _response_model(ask.schema.name, ask.schema.text)
    return await client.create_with_completion(
        messages=rows, response_model=model, max_retries=0, hooks=hooks, **options
    )


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

    where = place_of(target)
    if isinstance(error, openai.APITimeoutError):
        return ModelUnavailableError(f"{where} did not answer within {settings.timeout_s:g} s", attempts=1)
    if isinstance(error, openai.APIResponseValidationError):
        return ModelOutputError(f"{where} answered, but not with a chat completion: {one_line(error)}", attempts=1)
    if isinstance(error, openai.LengthFinishReasonError):
        return ModelOutputError(f"the answer of {where} was cut off: raise max_tokens", attempts=1)
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return ModelRefusedError("a content filter of the provider stopped the answer", attempts=1)
    if isinstance(error, (openai.WebSocketConnectionClosedError, openai.WebSocketQueueFullError)):
        return ModelUnavailableError(f"the connection to {where} broke: {one_line(error)}", attempts=1)
    if isinstance(error, openai.InvalidWebhookSignatureError):
        return ModelRefusedError(f"{where} does not accept the credentials: {one_line(error)}", attempts=1)
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _fault_of_status(error, status, target)
    if isinstance(error, (openai.APIConnectionError, OSError)) or hasattr(error, "request"):
        cause = one_line(error.__cause__ or error)
        return ModelUnavailableError(
            f"cannot reach {where}: {cause}; is the address right and the server up", attempts=1
        )
    return ModelRefusedError(f"the request to {where} failed: {one_line(error)}", attempts=1)


def _fault_of_status(error: BaseException, status: int, target: Target) -> LlmxError:
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    body: Any = getattr(error, "body", None)
    fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    payload = fields or {"message": getattr(error, "message", None) or one_line(error)}
    return fault_of_status(status, headers, payload, target, now=datetime.now(UTC))


def translate_instructor(
    error: Exception, schema: AskedSchema, target: Target, settings: Settings, *, last: Any = None
) -> LlmxError:
    """The error of ours for one of instructor's; the SDK's error inside it decides where there is one.

    An answer that instructor could not read is `ModelOutputError`, with what came, unless the model declined.

    Args:
        error: The error.
        schema: What was asked for.
        target: Where the request went.
        settings: How it was sent.
        last: What came back, where it was heard; the error does not always hold it.
    """
    from instructor.core import exceptions as known  # noqa: PLC0415 - loaded by now

    if isinstance(error, (known.ConfigurationError, known.ModeError, known.ClientError, known.MultimodalError)):
        return ConfigError(f"cannot ask {target.name} for {schema.name}: {one_line(error)}", setting="model")
    inner = _cause_of(error)
    if inner is not None:
        fault = translate(inner, target, settings)
        if isinstance(fault, RejectedRequestError):  # instructor chose its form, and would choose it again
            return ModelRefusedError(str(fault), attempts=1, status=fault.status, limits=fault.limits)
        return fault
    last = last or getattr(error, "last_completion", None)
    sent, received = tokens_of(last)
    usage = Usage(input_tokens=sent, output_tokens=received) if sent or received else None
    match declined(last):
        case "refused":
            return ModelRefusedError(f"the model {target.name} declined", attempts=1, usage=usage)
        case "filtered":
            return ModelRefusedError("a content filter of the provider stopped the answer", attempts=1, usage=usage)
        case None:
            pass
    said = f"holds no {schema.name}: {one_line(error.__cause__ or error)}"
    if isinstance(error, known.IncompleteOutputException):
        said = "was cut off: raise max_tokens"
    raw = str(last) if last else ""
    return ModelOutputError(f"the answer of {target.name} {said}", attempts=1, usage=usage, raw=raw)


def _cause_of(error: BaseException) -> BaseException | None:
    """The transport's error that an error of instructor wraps, or `None` where the answer itself was at fault."""
    seen: BaseException | None = error.__cause__
    while seen is not None:
        if isinstance(seen, OSError) or hasattr(seen, "status_code") or hasattr(seen, "request"):
            return seen
        seen = seen.__cause__
    return None
