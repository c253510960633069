from __future__ import annotations

import copy
import pickle

import pytest

from llmx.errors import BudgetError, LlmxError, ModelOutputError, ModelRefusedError, ModelUnavailableError
from llmx.result import Usage


@pytest.mark.parametrize(
    "error",
    [
        ModelUnavailableError("no answer", attempts=2, retry_after_s=3.0, limits={"retry-after": "3"}),
        ModelRefusedError("wrong key", status=401, usage=Usage(calls=1)),
        ModelOutputError("no JSON", raw="Sorry"),
        BudgetError("too dear", setting="budget_usd"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_error_comes_whole_out_of_another_process(error: LlmxError) -> None:
    found = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert (type(found), str(found), vars(found)) == (type(error), str(error), vars(error))


def test_error_keeps_the_headers_it_was_given() -> None:
    headers = {"retry-after": "3"}
    error = ModelRefusedError("no", limits=headers)

    headers.clear()

    assert copy.copy(error).limits == {"retry-after": "3"}
