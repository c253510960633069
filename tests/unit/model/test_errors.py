"""Every error of the SDKs has one of ours: a new class in an SDK fails here until it is mapped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import openai
import pytest
from instructor.core import exceptions as instructor_errors
from instructor.v2.core import exceptions as late_errors
from openai import _exceptions as openai_errors
from pydantic import BaseModel, SecretStr

from llmx.errors import ConfigError, LlmxError, ModelOutputError, ModelRefusedError, ModelUnavailableError
from llmx.model.client import translate, translate_instructor
from llmx.model.endpoint import RejectedRequestError
from llmx.model.modes import asked_schema_of
from llmx.model.providers import OPENAI_URL, Target
from llmx.model.settings import Settings

KEY = "sk-very-secret"
OPENAI = Target("openai/x", "openai", "x", OPENAI_URL, SecretStr(KEY))
OTHER = Target("anthropic/x", "anthropic", "x", None, SecretStr(KEY))
REQUEST = httpx2.Request("POST", OPENAI_URL)


class Report(BaseModel):
    """Something to ask for."""


ASKED = asked_schema_of(Report)


def _response(status: int, headers: dict[str, str] | None = None) -> httpx2.Response:
    return httpx2.Response(status, headers=headers, request=REQUEST)


def _status(kind: type[Any], status: int, **body: Any) -> Exception:
    return kind("said so", response=_response(status), body=body)


def _instances() -> dict[type[BaseException], tuple[BaseException, type[LlmxError]]]:
    """One of each error the openai SDK defines, and what it must become."""
    broken, refused, rejected = ModelUnavailableError, ModelRefusedError, RejectedRequestError
    completion: Any = type("Completion", (), {"usage": None})()
    made: list[tuple[BaseException, type[LlmxError]]] = [
        (openai.OpenAIError("odd"), refused),
        (openai.APIError("odd", REQUEST, body=None), broken),
        (openai.APIConnectionError(request=REQUEST), broken),
        (openai.APITimeoutError(REQUEST), broken),
        (openai.APIResponseValidationError(_response(200), None), ModelOutputError),
        (_status(openai.APIStatusError, 418), rejected),
        (_status(openai.BadRequestError, 400), rejected),
        (_status(openai.UnprocessableEntityError, 422), rejected),
        (_status(openai.AuthenticationError, 401), refused),
        (openai.OAuthError(response=_response(401), body=None), refused),
        (_status(openai.PermissionDeniedError, 403), refused),
        (_status(openai.NotFoundError, 404), refused),
        (_status(openai.ConflictError, 409), broken),
        (_status(openai.RateLimitError, 429), broken),
        (_status(openai.InternalServerError, 500), broken),
        (openai.LengthFinishReasonError(completion=completion), ModelOutputError),
        (openai.ContentFilterFinishReasonError(), refused),
        (openai.InvalidWebhookSignatureError("odd"), refused),
        (openai_errors.SubjectTokenProviderError("odd"), refused),
        (openai.WebSocketConnectionClosedError("odd", unsent_messages=[]), broken),
        (openai.WebSocketQueueFullError("odd"), broken),
    ]
    return {type(error): (error, expected) for error, expected in made}


RAISED_WHILE_OPENING = {
    "MissingDependencyError",
    "MutuallyExclusiveAuthError",
    "APIRemovedInV1",
    "MissingStreamClassError",
    "StreamAlreadyConsumed",
    "_AmbiguousModuleClientUsageError",
}
"""Errors of wrong use of the SDK itself, before anything is sent; they are `ConfigError` where a client is opened."""


def _below(root: type[BaseException]) -> set[type[BaseException]]:
    """The class and all that inherit from it in the SDK."""
    found = {root}.union(*(_below(kind) for kind in root.__subclasses__()))
    return {kind for kind in found if kind.__module__.startswith(root.__module__.partition(".")[0])}


def test_every_error_of_the_openai_sdk_is_in_the_table() -> None:
    names = {kind.__name__ for kind in _below(openai.OpenAIError)} | {openai.InvalidWebhookSignatureError.__name__}

    assert names - RAISED_WHILE_OPENING == {kind.__name__ for kind in _instances()}


@pytest.mark.parametrize(("error", "expected"), _instances().values(), ids=lambda value: type(value).__name__)
def test_error_of_the_openai_sdk_becomes_one_of_ours(error: BaseException, expected: type[LlmxError]) -> None:
    ours = translate(error, OPENAI, Settings())

    assert type(ours) is expected
    assert "\n" not in str(ours)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, RejectedRequestError),
        (401, ModelRefusedError),
        (403, ModelRefusedError),
        (404, ModelRefusedError),
        (408, ModelUnavailableError),
        (409, ModelUnavailableError),
        (413, ModelRefusedError),
        (422, RejectedRequestError),
        (425, ModelUnavailableError),
        (429, ModelUnavailableError),
        (500, ModelUnavailableError),
        (501, RejectedRequestError),
        (503, ModelUnavailableError),
        (529, ModelUnavailableError),
    ],
)
def test_status_decides(status: int, expected: type[LlmxError]) -> None:
    assert type(translate(_status(openai.APIStatusError, status), OPENAI, Settings())) is expected


def test_rate_limit_of_an_empty_account_is_not_worth_trying_again() -> None:
    error = _status(openai.RateLimitError, 429, code="insufficient_quota")

    assert type(translate(error, OPENAI, Settings())) is ModelRefusedError


def test_wait_the_server_asks_for_is_carried() -> None:
    error = openai.RateLimitError("slow", response=_response(429, {"retry-after": "300"}), body=None)

    ours = translate(error, OPENAI, Settings())

    assert isinstance(ours, ModelUnavailableError)
    assert ours.retry_after_s == 300


def test_status_and_rate_limits_of_an_answer_are_carried() -> None:
    told = {"X-RateLimit-Remaining-Tokens": "0", "X-RateLimit-Reset-Tokens": "6m0s", "X-Request-Id": "r1"}
    error = openai.RateLimitError("slow", response=_response(429, told), body=None)

    ours = translate(error, OPENAI, Settings())

    assert isinstance(ours, ModelUnavailableError)
    assert ours.status == 429
    assert ours.limits == {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"}


def test_code_and_parameter_of_a_refused_request_are_carried() -> None:
    error = _status(openai.BadRequestError, 400, code="unsupported_value", param="temperature")

    ours = translate(error, OPENAI, Settings())

    assert isinstance(ours, RejectedRequestError)
    assert (ours.status, ours.code, ours.param) == (400, "unsupported_value", "temperature")


def test_key_the_server_repeats_is_not_shown() -> None:
    error = _status(openai.AuthenticationError, 401, message=f"no such key: {KEY}")

    ours = translate(error, OPENAI, Settings())

    assert KEY not in str(ours)
    assert "OPENAI_API_KEY" in str(ours)


@pytest.mark.parametrize(
    "error", [ConnectionResetError("reset"), TimeoutError("slow")], ids=lambda error: type(error).__name__
)
def test_fault_of_the_wire_is_worth_trying_again(error: OSError) -> None:
    assert type(translate(error, OTHER, Settings())) is ModelUnavailableError


def _retry_exception(cause: BaseException | None) -> Exception:
    made = instructor_errors.InstructorRetryException("gave up", n_attempts=1, total_usage=0, last_completion="so far")
    made.__cause__ = cause
    return made


INSTRUCTOR: dict[str, Callable[[], tuple[Exception, type[LlmxError]]]] = {
    "InstructorError": lambda: (instructor_errors.InstructorError("odd"), ModelOutputError),
    "IncompleteOutputException": lambda: (instructor_errors.IncompleteOutputException(), ModelOutputError),
    "InstructorRetryException": lambda: (_retry_exception(None), ModelOutputError),
    "TokenBudgetError": lambda: (
        instructor_errors.TokenBudgetError("b", budget=1, n_attempts=1, total_usage=1),
        ModelOutputError,
    ),
    "TokenBudgetExceeded": lambda: (
        instructor_errors.TokenBudgetExceeded("b", budget=1, n_attempts=1, total_usage=1),
        ModelOutputError,
    ),
    "TokenUsageUnavailableError": lambda: (
        instructor_errors.TokenUsageUnavailableError("b", budget=1, n_attempts=1, total_usage=1),
        ModelOutputError,
    ),
    "ValidationError": lambda: (instructor_errors.ValidationError("odd"), ModelOutputError),
    "ProviderError": lambda: (instructor_errors.ProviderError("anthropic", "odd"), ModelOutputError),
    "ConfigurationError": lambda: (instructor_errors.ConfigurationError("odd"), ConfigError),
    "RegistryError": lambda: (late_errors.RegistryError("odd"), ConfigError),
    "ValidationContextError": lambda: (late_errors.ValidationContextError("odd"), ConfigError),
    "ModeError": lambda: (instructor_errors.ModeError("m", "p", ["x"]), ConfigError),
    "ClientError": lambda: (instructor_errors.ClientError("odd"), ConfigError),
    "AsyncValidationError": lambda: (instructor_errors.AsyncValidationError("odd"), ModelOutputError),
    "ResponseParsingError": lambda: (instructor_errors.ResponseParsingError("odd"), ModelOutputError),
    "MultimodalError": lambda: (instructor_errors.MultimodalError("odd"), ConfigError),
}


def test_every_error_of_instructor_is_in_the_table() -> None:
    assert {kind.__name__ for kind in _below(instructor_errors.InstructorError)} == set(INSTRUCTOR)


@pytest.mark.parametrize("name", INSTRUCTOR)
def test_error_of_instructor_becomes_one_of_ours(name: str) -> None:
    error, expected = INSTRUCTOR[name]()

    assert type(translate_instructor(error, ASKED, OTHER, Settings())) is expected


def test_transport_s_error_inside_instructor_s_decides() -> None:
    error = _retry_exception(_status(openai.RateLimitError, 429))

    assert type(translate_instructor(error, ASKED, OTHER, Settings())) is ModelUnavailableError


def test_request_that_instructor_formed_is_not_sent_in_another_form() -> None:
    ours = translate_instructor(_retry_exception(_status(openai.BadRequestError, 400)), ASKED, OTHER, Settings())

    assert type(ours) is ModelRefusedError
    assert ours.status == 400


def test_last_answer_is_kept_with_an_unreadable_one() -> None:
    ours = translate_instructor(_retry_exception(None), ASKED, OTHER, Settings())

    assert isinstance(ours, ModelOutputError)
    assert ours.raw == "so far"
