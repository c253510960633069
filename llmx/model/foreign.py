"""Foreign completions: what the answers of other providers' SDKs say of themselves, under any of the names they use.

Nothing is imported from any SDK: an answer is looked into by attribute, and what it does not have is not said.
"""

from __future__ import annotations

from typing import Any, Literal, cast

_INPUT = ("prompt_tokens", "input_tokens", "prompt_token_count")
_OUTPUT = ("completion_tokens", "output_tokens", "candidates_token_count")
_FILTERED = frozenset({"content_filter", "safety", "prohibited_content", "blocklist", "spii", "recitation"})
"""Reasons to stop that name a filter, in lower case: OpenAI's and those alike, then Gemini's."""


def tokens_of(completion: Any) -> tuple[int, int]:
    """Tokens in and out; 0 where nothing is said."""
    usage = getattr(completion, "usage", None) or getattr(completion, "usage_metadata", None)
    sent, received = (
        next((n for name in names if isinstance(n := getattr(usage, name, None), int)), 0)
        for names in (_INPUT, _OUTPUT)
    )
    return sent, received


def declined(completion: Any) -> Literal["refused", "filtered"] | None:
    """Whether the model declined or a filter stopped it, rather than that it wrote badly; `None` where neither is said.

    Source: Anthropic's `stop_reason` "refusal"; OpenAI's `message.refusal` and `finish_reason`; Gemini's
    `finish_reason` of a candidate and `block_reason` of the prompt.
    """
    if getattr(completion, "stop_reason", None) == "refusal":
        return "refused"
    first = _first(getattr(completion, "choices", None)) or _first(getattr(completion, "candidates", None))
    if getattr(getattr(first, "message", None), "refusal", None):
        return "refused"
    reason = getattr(first, "finish_reason", None)
    blocked = getattr(getattr(completion, "prompt_feedback", None), "block_reason", None)
    if blocked or str(getattr(reason, "name", reason)).lower() in _FILTERED:
        return "filtered"
    return None


def _first(rows: Any) -> Any:
    return cast("list[Any]", rows)[0] if isinstance(rows, (list, tuple)) and rows else None
