from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from pydantic import SecretStr

from llmx.errors import ConfigError
from llmx.model.settings import Settings

KEY = "sk-very-secret"


def test_environment_names_model_address_and_key() -> None:
    environ = {"LLMX_MODEL": "openai/x", "LLMX_BASE_URL": "http://127.0.0.1:8000/v1", "LLMX_API_KEY": KEY}

    settings = Settings.from_env(environ)

    assert settings.model == "openai/x"
    assert settings.base_url == "http://127.0.0.1:8000/v1"
    assert settings.api_key == SecretStr(KEY)


def test_empty_variables_count_as_not_set() -> None:
    settings = Settings.from_env({"LLMX_MODEL": "", "LLMX_BASE_URL": "", "LLMX_API_KEY": "", "OPENAI_API_KEY": ""})

    assert settings == Settings()


def test_keys_of_providers_are_read_from_their_own_variables() -> None:
    settings = Settings.from_env({"ANTHROPIC_API_KEY": KEY})

    assert settings.provider_keys == {"anthropic": SecretStr(KEY)}
    assert settings.api_key is None


def test_key_is_never_shown() -> None:
    settings = Settings.from_env({"LLMX_API_KEY": KEY, "OPENAI_API_KEY": KEY})

    shown = f"{settings!r} {settings} {settings.recorded()!r}"

    assert KEY not in shown


def test_key_given_as_plain_text_is_hidden_too() -> None:
    settings = Settings(api_key=KEY)

    assert KEY not in repr(settings)
    assert settings.key == SecretStr(KEY)


def test_recorded_address_holds_no_login() -> None:
    settings = Settings(base_url="https://ann:pass@models.example:8443/v1")

    assert settings.recorded()["base_url"] == "https://models.example:8443/v1"


def test_everything_that_changes_an_answer_is_recorded() -> None:
    recorded = Settings(temperature=0.7, seed=3, passes=2).recorded()

    assert (recorded["temperature"], recorded["seed"], recorded["passes"]) == (0.7, 3, 2)
    assert not recorded.keys() & {"api_key", "provider_keys", "timeout_s", "max_retries", "max_wait_s"}


def test_settings_do_not_change() -> None:
    settings = Settings()

    with pytest.raises(FrozenInstanceError):
        settings.temperature = 1.0  # type: ignore[misc] - that is the test


@pytest.mark.parametrize(
    ("wrong", "setting"),
    [
        ({"mode": "xml"}, "mode"),
        ({"base_url": "localhost:8000"}, "base_url"),
        ({"base_url": "http://"}, "base_url"),
        ({"base_url": "http://[::1/v1"}, "base_url"),
        ({"base_url": "http://host:99999/v1"}, "base_url"),
        ({"max_retries": -1}, "max_retries"),
        ({"passes": 0}, "passes"),
        ({"timeout_s": 0}, "timeout_s"),
        ({"budget_usd": -1.0}, "budget_usd"),
        ({"window_chars": 0}, "window_chars"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_value_is_refused_by_the_setting_s_name(wrong: dict[str, object], setting: str) -> None:
    with pytest.raises(ConfigError, match=setting) as caught:
        Settings(**wrong)  # type: ignore[arg-type] - that is the test

    assert caught.value.setting == setting
