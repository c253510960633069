"""Endpoints: what one request to one server gives, before anyone reads it.

An *endpoint* sends an `Ask` once and gives a `Reply`, or raises one of llmx's errors. It neither retries nor reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, cast

from llmx.errors import ModelOutputError, ModelRefusedError, ModelUnavailableError
from llmx.model.modes import Ask

Finish = Literal["done", "length", "filtered", "refused"]
"""Why a model stopped: it was done, it ran out of tokens, a filter stopped it, or it declined."""

_FINISH: dict[str, Finish] = {"length": "length", "max_tokens": "length", "content_filter": "filtered"}
_RATE_LIMITED, _FIRST_SERVER_FAULT = 429, 500


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        text: What the model wrote; the arguments of its tool call where it made one.
        finish: Why it stopped.
        input_tokens: As reported; 0 where nothing was.
        output_tokens: As reported, hidden reasoning included.
        cached_tokens: Those of the input the server had in its cache.
        limits: What the headers said of rate limits; see `limits_in`.
        left_out: Settings that the request did not carry, since what it went through takes no such thing.
    """

    text: str
    finish: Finish = "done"
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    limits: Mapping[str, str] = field(default_factory=dict[str, str])
    left_out: frozenset[str] = frozenset()


class RejectedRequestError(ModelRefusedError):
    """The server takes no such request; another form of it may be taken.

    Attributes:
        code: The server's own code for it; empty without one.
        param: The request's field it names; empty without one.
    """

    def __init__(self, message: str, *, status: int, code: str = "", param: str = "") -> None:
        super().__init__(message, attempts=1, status=status)
        self.code = code
        self.param = param


class Endpoint(Protocol):
    """One server, reached."""

    async def send(self, ask: Ask) -> Reply:
        """Send one request.

        Raises:
            ModelUnavailableError: It may be sent again later.
            RejectedRequestError: Another form of it may be taken.
            ModelRefusedError: It is of no use to send it again.
            ModelOutputError: What came back is no answer.
        """
        ...

    async def aclose(self) -> None:
        """Close the connections of the running event loop."""
        ...


def limits_in(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that speak of rate limits, names in lower case.

    Source: `x-ratelimit-{limit,remaining,reset}-{requests,tokens}` as OpenAI, Azure, Groq and vLLM's gateways send
    them; `anthropic-ratelimit-*`; `ratelimit` and `ratelimit-policy` of the IETF draft; `retry-after` of RFC 9110.
    """
    return {
        name: value
        for name, value in ((name.lower(), value) for name, value in headers.items())
        if "ratelimit" in name or name.startswith("retry-after")
    }


def read_completion(payload: Any, *, where: str, headers: Mapping[str, str] | None = None) -> Reply:
    """The reply in the body of a chat completion, however carelessly a server wrote it.

    Args:
        payload: The decoded body.
        where: The server's name, for messages.
        headers: The response's headers, where there are any.

    Raises:
        ModelOutputError: It is no chat completion.
        ModelUnavailableError: It holds an error of the server.
        RejectedRequestError: It holds an error of the request.
    """
    body = _mapping(payload)
    if body.get("error"):
        _raise_enclosed(body["error"], where=where)
    choices = body.get("choices")
    choice = _mapping(cast("list[Any]", choices)[0]) if isinstance(choices, list) and choices else {}
    message = _mapping(choice.get("message"))
    if not message:
        raise ModelOutputError(
            f"{where} answered, but not with a chat completion: is it the right base_url?", attempts=1
        )
    usage = _mapping(body.get("usage"))
    finish = _FINISH.get(str(choice.get("finish_reason")), "done")
    text = _tool_arguments(message) or _content(message.get("content"))
    if isinstance(message.get("refusal"), str) and message["refusal"]:
        finish, text = "refused", cast("str", message["refusal"])
    return Reply(
        text=text,
        finish=finish,
        input_tokens=_count(usage.get("prompt_tokens")),
        output_tokens=_count(usage.get("completion_tokens")),
        cached_tokens=_count(_mapping(usage.get("prompt_tokens_details")).get("cached_tokens")),
        limits=limits_in(headers or {}),
    )


def _tool_arguments(message: dict[str, Any]) -> str:
    calls = message.get("tool_calls")
    first = _mapping(cast("list[Any]", calls)[0]) if isinstance(calls, list) and calls else {}
    arguments = _mapping(first.get("function")).get("arguments")
    return json.dumps(arguments) if isinstance(arguments, dict) else str(arguments or "")


def _content(content: Any) -> str:
    if isinstance(content, list):
        return "".join(str(_mapping(part).get("text") or "") for part in cast("list[Any]", content))
    return content if isinstance(content, str) else ""


def _raise_enclosed(error: Any, *, where: str) -> None:
    """Raise for an error that a server sent with status 200, as some gateways do."""
    fields = _mapping(error)
    said = " ".join(str(fields.get("message") or error).split())[:300]
    code = fields.get("code")
    status = code if isinstance(code, int) else _FIRST_SERVER_FAULT
    if status == _RATE_LIMITED or status >= _FIRST_SERVER_FAULT:
        raise ModelUnavailableError(f"{where} failed: {said}", attempts=1)
    raise RejectedRequestError(
        f"{where} takes no such request: {said}", status=status, code=str(fields.get("type", ""))
    )


def _mapping(value: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _count(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0
