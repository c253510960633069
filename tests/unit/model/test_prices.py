from __future__ import annotations

import pytest

from llmx.model.prices import cost_usd
from llmx.model.providers import OPENAI_URL, Target
from llmx.result import Usage

USAGE = Usage(calls=1, input_tokens=1000, output_tokens=100)


def _target(provider: str, model: str, base_url: str | None = None) -> Target:
    return Target(f"{provider}/{model}", provider, model, base_url, None)


def test_known_model_has_a_price() -> None:
    cost = cost_usd(_target("openai", "gpt-4o", OPENAI_URL), USAGE)

    assert cost == pytest.approx(0.0035)


def test_cached_input_is_cheaper() -> None:
    target = _target("openai", "gpt-4o", OPENAI_URL)

    assert (cost_usd(target, USAGE, cached_tokens=800) or 1) < (cost_usd(target, USAGE) or 0)


@pytest.mark.parametrize(
    "target",
    [
        _target("openai", "no-such-model", OPENAI_URL),
        _target("ollama", "llama3"),
        _target("openai", "gpt-4o", "http://h/v1"),
    ],
    ids=["unknown-model", "unknown-provider", "server-of-one-s-own"],
)
def test_unknown_price_is_none_and_not_zero(target: Target) -> None:
    assert cost_usd(target, USAGE) is None
