from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from random import Random

import pytest

from llmx.errors import ModelError, ModelRefusedError, ModelUnavailableError
from llmx.model.retry import FIRST_WAIT_S, LONGEST_WAIT_S, asked_wait_s, retrying
from llmx.model.settings import Settings

NOW = datetime(2031, 3, 4, 12, 0, 0, tzinfo=UTC)


class Clock:
    """Notes the waits instead of waiting."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


class Failing:
    """Fails with `errors`, one after the other, and then succeeds."""

    def __init__(self, *errors: ModelError) -> None:
        self._errors = list(errors)
        self.calls = 0

    async def __call__(self) -> str:
        self.calls += 1
        if self._errors:
            raise self._errors.pop(0)
        return "done"


def _call(work: Failing, clock: Clock, **settings: float) -> str:
    policy = retrying(Settings(**settings), random=Random(1), sleep=clock.sleep)  # type: ignore[arg-type] - test input
    return asyncio.run(policy(work))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "3600"}, 3600.0),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Tue, 04 Mar 2031 12:05:00 GMT"}, 300.0),
        ({"retry-after": "Tue, 04 Mar 2031 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({}, None),
    ],
    ids=["seconds", "fraction", "an-hour", "milliseconds", "date", "date-gone-by", "words", "negative", "none"],
)
def test_server_s_wait_is_read_in_all_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_wait_s(headers, now=NOW) == seconds


def test_passing_fault_is_tried_again() -> None:
    work, clock = Failing(ModelUnavailableError("503"), ModelUnavailableError("503")), Clock()

    answer = _call(work, clock)

    assert (answer, work.calls) == ("done", 3)


def test_tries_are_bounded_and_the_last_error_is_raised() -> None:
    work, clock = Failing(*[ModelUnavailableError(f"fault {n}") for n in range(9)]), Clock()

    with pytest.raises(ModelUnavailableError, match="fault 2"):
        _call(work, clock, max_retries=2)

    assert work.calls == 3


def test_lasting_fault_is_not_tried_again() -> None:
    work, clock = Failing(ModelRefusedError("401")), Clock()

    with pytest.raises(ModelRefusedError):
        _call(work, clock)

    assert (work.calls, clock.waits) == (1, [])


def test_waits_grow_and_stay_below_their_bounds() -> None:
    work, clock = Failing(*[ModelUnavailableError("503") for _ in range(9)]), Clock()

    _call(work, clock, max_retries=9)

    bounds = [min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**n) for n in range(9)]
    assert all(0 <= wait <= bound for wait, bound in zip(clock.waits, bounds, strict=True))


@pytest.mark.parametrize("asked", [3.0, 121.0, 600.0], ids=["short", "longer-than-the-sdk-obeys", "ten-minutes"])
def test_wait_the_server_asks_for_is_obeyed(asked: float) -> None:
    work, clock = Failing(ModelUnavailableError("429", retry_after_s=asked)), Clock()

    _call(work, clock)

    assert asked <= clock.waits[0] <= asked + FIRST_WAIT_S


def test_wait_beyond_the_bound_is_told_to_the_caller_at_once() -> None:
    work, clock = Failing(ModelUnavailableError("429", retry_after_s=3600.0)), Clock()

    with pytest.raises(ModelUnavailableError) as caught:
        _call(work, clock, max_wait_s=900.0)

    assert (caught.value.retry_after_s, work.calls, clock.waits) == (3600.0, 1, [])
