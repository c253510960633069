from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from llmx.errors import LlmxError, ModelRefusedError, ModelUnavailableError
from llmx.model.endpoint import RejectedRequestError
from llmx.model.faults import fault_of_status
from llmx.model.providers import OPENAI_URL, Target

KEY = "sk-very-secret"
NOW = datetime(2031, 3, 4, 12, 0, 0, tzinfo=UTC)
OPENAI = Target("openai/x", "openai", "x", OPENAI_URL, SecretStr(KEY))
LOCAL = Target("openai/x", "openai", "x", "http://127.0.0.1:1/v1", None)


def _fault(status: int, payload: Any = "", target: Target = LOCAL, **headers: str) -> LlmxError:
    return fault_of_status(
        status, {name.replace("_", "-"): it for name, it in headers.items()}, payload, target, now=NOW
    )


@pytest.mark.parametrize(
    "payload",
    [
        {"error": {"message": "No such  thing."}},
        {"error": "No such thing."},
        {"object": "error", "message": "No such\nthing.", "code": 400},
        {"detail": "No such thing."},
        "No such thing.",
    ],
    ids=["openai", "error-as-text", "bare", "detail", "text"],
)
def test_words_are_found_wherever_a_server_puts_them(payload: Any) -> None:
    assert str(_fault(400, payload)).endswith("(400): No such thing.")


@pytest.mark.parametrize("payload", ["<html><h1>Bad gateway</h1>", "", None, [], {}], ids=str)
def test_body_without_words_is_told_by_its_status(payload: Any) -> None:
    assert str(_fault(502, payload)) == "http://127.0.0.1:1/v1 answered 502: HTTP 502"


def test_wait_limits_and_status_are_carried() -> None:
    error = _fault(429, retry_after="7", x_ratelimit_limit_requests="60", x_request_id="r1")

    assert isinstance(error, ModelUnavailableError)
    assert (error.status, error.retry_after_s, error.attempts) == (429, 7, 1)
    assert error.limits == {"retry-after": "7", "x-ratelimit-limit-requests": "60"}


def test_code_and_parameter_of_a_refused_request_are_carried() -> None:
    error = _fault(400, {"error": {"message": "no", "code": "unsupported_value", "param": "temperature"}})

    assert isinstance(error, RejectedRequestError)
    assert (error.status, error.code, error.param) == (400, "unsupported_value", "temperature")


def test_rate_limit_of_an_empty_account_is_not_worth_trying_again() -> None:
    assert type(_fault(429, {"error": {"code": "insufficient_quota"}})) is ModelRefusedError


def test_redirect_that_leads_nowhere_is_a_refused_request() -> None:
    assert type(_fault(304)) is RejectedRequestError


def test_key_the_server_repeats_is_not_shown() -> None:
    error = _fault(401, {"error": {"message": f"no such key: {KEY}"}}, OPENAI)

    assert KEY not in str(error)
    assert "OPENAI_API_KEY" in str(error)
