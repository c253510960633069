from __future__ import annotations

from types import SimpleNamespace as Said
from typing import Any

import pytest

from llmx.model.foreign import declined, tokens_of


@pytest.mark.parametrize(
    ("completion", "tokens"),
    [
        (Said(usage=Said(prompt_tokens=9, completion_tokens=4)), (9, 4)),
        (Said(usage=Said(input_tokens=9, output_tokens=4)), (9, 4)),
        (Said(usage_metadata=Said(prompt_token_count=9, candidates_token_count=4)), (9, 4)),
        (Said(usage=Said(prompt_tokens=None)), (0, 0)),
        (None, (0, 0)),
    ],
    ids=["openai", "anthropic", "gemini", "unsaid", "nothing"],
)
def test_tokens_are_found_under_any_name(completion: Any, tokens: tuple[int, int]) -> None:
    assert tokens_of(completion) == tokens


@pytest.mark.parametrize(
    ("completion", "why"),
    [
        (Said(stop_reason="refusal"), "refused"),
        (Said(choices=[Said(message=Said(refusal="I will not."), finish_reason="stop")]), "refused"),
        (Said(choices=[Said(message=Said(refusal=None), finish_reason="content_filter")]), "filtered"),
        (Said(candidates=[Said(finish_reason=Said(name="SAFETY"))]), "filtered"),
        (Said(candidates=[], prompt_feedback=Said(block_reason="OTHER")), "filtered"),
        (Said(stop_reason="end_turn"), None),
        (Said(choices=[Said(message=Said(refusal=None), finish_reason="stop")]), None),
        (Said(choices=None), None),
        (None, None),
    ],
    ids=[
        "anthropic",
        "openai-refusal",
        "openai-filter",
        "gemini-answer",
        "gemini-prompt",
        "anthropic-done",
        "openai-done",
        "no-choice",
        "nothing",
    ],
)
def test_declining_is_told_from_bad_writing(completion: Any, why: str | None) -> None:
    assert declined(completion) == why
