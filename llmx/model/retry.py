"""Retries: when a request that failed on its way is sent again.

A *transport fault* is one of the way, not of the request: no connection, a timeout, a 5xx answer, a rate limit. Waits
grow and are drawn at random between zero and their bound (full jitter), so that many callers do not come back at once.
A server that names a time is obeyed, however long it is, up to `max_wait_s`; beyond that the caller is told at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from llmx.errors import ModelUnavailableError
from llmx.model.settings import Settings

FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0
"""Bounds of the drawn waits; the second does not bound a wait that the server asks for."""

Sleep = Callable[[float], Awaitable[None]]


def asked_wait_s(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Seconds a server asks to wait, by `retry-after-ms` or `Retry-After` (seconds or a date); `None` if it does not.

    Args:
        headers: The response's headers, any case (a plain dict: lower case).
        now: The present, with a time zone.

    Source: RFC 9110, section 10.2.3; `retry-after-ms` is what OpenAI and Azure send for parts of a second.
    """
    in_ms = _number(headers.get("retry-after-ms"))
    if in_ms is not None:
        return in_ms / 1000
    value = headers.get("retry-after")
    seconds = _number(value)
    if seconds is not None or value is None:
        return seconds
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def retrying(settings: Settings, *, random: Random, sleep: Sleep) -> AsyncRetrying:
    """The retries of one request; the last error is raised as it is."""
    return AsyncRetrying(
        stop=stop_after_attempt(settings.max_retries + 1),
        wait=lambda state: _wait_s(state, random),
        retry=retry_if_exception(lambda error: _is_worth_it(error, settings.max_wait_s)),
        sleep=sleep,
        reraise=True,
    )


def _is_worth_it(error: BaseException, max_wait_s: float) -> bool:
    return isinstance(error, ModelUnavailableError) and (error.retry_after_s or 0.0) <= max_wait_s


def _wait_s(state: RetryCallState, random: Random) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after_s if isinstance(error, ModelUnavailableError) else None
    bound = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (state.attempt_number - 1))
    drawn = random.uniform(0.0, bound)
    return drawn if asked is None else asked + min(drawn, FIRST_WAIT_S)


def _number(value: str | None) -> float | None:
    try:
        number = float(value) if value is not None else None
    except ValueError:
        return None
    return number if number is not None and number >= 0 else None
