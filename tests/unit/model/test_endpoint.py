from __future__ import annotations

from typing import Any

import pytest

from llmx.errors import ModelOutputError, ModelUnavailableError
from llmx.model.endpoint import Finish, RejectedRequestError, read_completion


def _completion(message: dict[str, Any], finish: str = "stop", **more: Any) -> dict[str, Any]:
    return {"choices": [{"message": message, "finish_reason": finish}], **more}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"content": "x"}, "x"),
        ({"content": [{"type": "text", "text": "x"}, {"type": "text", "text": "y"}]}, "xy"),
        ({"content": None, "tool_calls": [{"function": {"name": "r", "arguments": "{}"}}]}, "{}"),
        ({"content": "", "tool_calls": [{"function": {"arguments": {"a": 1}}}]}, '{"a": 1}'),
        ({"content": "x", "tool_calls": []}, "x"),
        ({"role": "assistant", "content": None}, ""),
    ],
    ids=["text", "parts", "tool-call", "arguments-as-object", "no-tool-call", "nothing"],
)
def test_text_is_found_wherever_a_server_puts_it(message: dict[str, Any], text: str) -> None:
    assert read_completion(_completion(message), where="w").text == text


@pytest.mark.parametrize(
    ("said", "finish"),
    [("stop", "done"), ("tool_calls", "done"), ("length", "length"), ("content_filter", "filtered"), ("", "done")],
    ids=["stop", "tool-call", "length", "filter", "unsaid"],
)
def test_reason_to_stop_is_read(said: str, finish: Finish) -> None:
    assert read_completion(_completion({"content": "x"}, said), where="w").finish == finish


def test_refusal_is_told_in_the_model_s_words() -> None:
    reply = read_completion(_completion({"content": None, "refusal": "I will not."}), where="w")

    assert (reply.finish, reply.text) == ("refused", "I will not.")


def test_tokens_are_read_with_those_from_the_cache() -> None:
    usage = {"prompt_tokens": 9, "completion_tokens": 4, "prompt_tokens_details": {"cached_tokens": 5}}

    reply = read_completion(_completion({"content": "x"}, usage=usage), where="w")

    assert (reply.input_tokens, reply.output_tokens, reply.cached_tokens) == (9, 4, 5)


@pytest.mark.parametrize(
    "payload",
    [None, "<html>", [], {}, {"choices": []}, {"choices": [None]}, {"choices": [{"message": None}]}],
    ids=["nothing", "html", "list", "object", "no-choice", "null-choice", "no-message"],
)
def test_answer_that_is_no_completion_is_told(payload: Any) -> None:
    with pytest.raises(ModelOutputError, match="not with a chat completion"):
        read_completion(payload, where="w")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (429, ModelUnavailableError),
        (502, ModelUnavailableError),
        ("odd", ModelUnavailableError),
        (400, RejectedRequestError),
    ],
    ids=["rate-limit", "server-fault", "no-status", "bad-request"],
)
def test_error_sent_with_status_200_is_an_error_all_the_same(code: object, expected: type[Exception]) -> None:
    with pytest.raises(expected, match="over there"):
        read_completion({"error": {"message": "over there", "code": code}}, where="w")
