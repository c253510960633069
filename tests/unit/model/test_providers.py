from __future__ import annotations

import pytest
from instructor.v2.core.provider_specs import ALIAS_TO_PROVIDER
from pydantic import SecretStr

from llmx.errors import ConfigError
from llmx.model.providers import OPENAI_URL, PROVIDERS, find_target
from llmx.model.settings import KEY_VARIABLES, Settings

KEY = SecretStr("k")


def test_every_provider_of_instructor_is_known() -> None:
    assert set(PROVIDERS) == set(ALIAS_TO_PROVIDER)


def test_every_key_variable_belongs_to_a_known_provider() -> None:
    assert set(KEY_VARIABLES) <= set(PROVIDERS)


def test_openai_model_lives_at_openai() -> None:
    target = find_target("openai/gpt-x", Settings(provider_keys={"openai": KEY}))

    assert (target.provider, target.model, target.base_url, target.api_key) == ("openai", "gpt-x", OPENAI_URL, KEY)


@pytest.mark.parametrize(
    ("name", "served", "full"),
    [
        ("openai/llama3", "llama3", "openai/llama3"),
        ("llama3", "llama3", "openai/llama3"),
        ("org/llama3", "org/llama3", "org/llama3"),
        ("openai/org/llama3", "org/llama3", "openai/org/llama3"),
    ],
    ids=["with-openai", "bare", "with-organisation", "with-both"],
)
def test_server_of_one_s_own_is_asked_for_the_name_it_knows(name: str, served: str, full: str) -> None:
    target = find_target(name, Settings(base_url="http://127.0.0.1:8000/v1"))

    assert (target.model, target.name, target.base_url) == (served, full, "http://127.0.0.1:8000/v1")


def test_provider_s_own_key_is_not_sent_to_another_address() -> None:
    settings = Settings(base_url="http://models.example/v1", provider_keys={"openai": KEY})

    assert find_target("openai/x", settings).api_key is None


def test_explicit_key_wins_over_the_provider_s_variable() -> None:
    explicit = SecretStr("explicit")

    target = find_target("openai/x", Settings(api_key=explicit, provider_keys={"openai": KEY}))

    assert target.api_key == explicit


def test_provider_that_needs_no_key_is_opened_without_one() -> None:
    assert find_target("ollama/llama3", Settings()).api_key is None


@pytest.mark.parametrize(
    ("name", "said", "setting"),
    [
        ("openai/x", "set OPENAI_API_KEY or LLMX_API_KEY", "api_key"),
        ("nobody/x", "provider 'nobody'", "model"),
        ("gpt-x", "write rules, openai/NAME", "model"),
        ("openai/", "no name behind the slash", "model"),
        ("xai/grok", "pip install xai-sdk", "model"),
        ("google/gemini", "pip install google-genai", "model"),
    ],
    ids=["no-key", "unknown-provider", "no-provider", "no-name", "no-sdk", "no-dotted-sdk"],
)
def test_model_that_cannot_be_opened_is_told_in_one_line(name: str, said: str, setting: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        find_target(name, Settings())

    assert caught.value.setting == setting
    assert "\n" not in str(caught.value)
