"""Faults: the error of ours that says what a server's refusal says. Statuses decide, and codes; never the wording."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, cast

from llmx.errors import LlmxError, ModelRefusedError, ModelUnavailableError
from llmx.model.endpoint import RejectedRequestError, limits_in
from llmx.model.providers import OPENAI_URL, Target
from llmx.model.retry import asked_wait_s
from llmx.model.settings import KEY_VARIABLES

_PASSING = frozenset({408, 409, 425, 429})
_TOO_LARGE, _NOT_FOUND, _FIRST_SERVER_FAULT, _NOT_IMPLEMENTED = 413, 404, 500, 501
_SPENT_CODES = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
_LONGEST = 300


class _Known(TypedDict):
    """What every error of a server's answer carries."""

    attempts: int
    status: int
    limits: Mapping[str, str]


def fault_of_status(
    status: int, headers: Mapping[str, str], payload: Any, target: Target, *, now: datetime
) -> LlmxError:
    """The error of ours for an answer that refuses.

    Args:
        status: The HTTP status, 300 or above.
        headers: The answer's headers, any case (a plain dict: lower case).
        payload: Its decoded body, whole or its `error` alone; the text where it is no JSON.
        target: Where the request went.
        now: The present, with a time zone.
    """
    where, told = place_of(target), _told(payload)
    said = _said(told, payload, target) or f"HTTP {status}"
    known: _Known = {"attempts": 1, "status": status, "limits": limits_in(headers)}
    code, param = str(told.get("code") or ""), str(told.get("param") or "")
    if code in _SPENT_CODES:
        return ModelRefusedError(f"the account at {where} has no credit left: {said}", **known)
    if status in _PASSING or (status >= _FIRST_SERVER_FAULT and status != _NOT_IMPLEMENTED):
        wait = asked_wait_s(headers, now=now)
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


def place_of(target: Target) -> str:
    """The server as messages call it."""
    return target.base_url or target.provider


def one_line(error: object) -> str:
    """An error's own words, on one line."""
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__


def without_key(text: str, target: Target) -> str:
    """`text` without the key, should a server repeat it."""
    return text.replace(target.api_key.get_secret_value(), "(key)") if target.api_key else text


def _told(payload: Any) -> Mapping[str, Any]:
    """The fields of an error's body: its `error` where it has one."""
    body = cast("dict[str, Any]", payload) if isinstance(payload, dict) else {}
    inner = body.get("error")
    return cast("dict[str, Any]", inner) if isinstance(inner, dict) else body


def _said(told: Mapping[str, Any], payload: Any, target: Target) -> str:
    """The server's own words; empty where it has none but a page for people."""
    message = told.get("message") or told.get("error") or told.get("detail")
    if message is None and isinstance(payload, str) and not payload.lstrip().startswith("<"):
        message = payload
    return without_key(" ".join(str(message).split())[:_LONGEST], target) if message else ""
