"""Providers: what a model's name says of where it lives.

A model is named `provider/NAME`. This table tells, without importing any SDK, which module a provider needs and which
package brings it, so that a mistake is answered at once and in one line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from types import MappingProxyType

from pydantic import SecretStr

from llmx.errors import ConfigError
from llmx.model.settings import KEY_VARIABLES, Settings

OPENAI_URL = "https://api.openai.com/v1"
"""Given to the SDK in so many words, so that no variable of its own changes it."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider that instructor knows.

    Attributes:
        module: The module its SDK is imported as.
        package: What to install to have it.
        takes: Of `temperature`, `seed` and `max_tokens`, those that a request through instructor may carry, under the
            SDK's own name; the others are not sent. Of no account where llmx builds the body itself.
    """

    module: str
    package: str
    takes: Mapping[str, str] = field(default_factory=dict[str, str])


def _taking(*plain: str, **renamed: str) -> Mapping[str, str]:
    return MappingProxyType({**{name: name for name in plain}, **renamed})


_OPENAI = Provider("openai", "openai")

PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {
        "openai": _OPENAI,
        "azure_openai": _OPENAI,
        "anyscale": _OPENAI,
        "together": _OPENAI,
        "databricks": _OPENAI,
        "perplexity": _OPENAI,
        "ollama": _OPENAI,
        "deepseek": _OPENAI,
        "openrouter": _OPENAI,
        "anthropic": Provider("anthropic", "anthropic", _taking("temperature", "max_tokens")),
        "google": Provider("google.genai", "google-genai", _taking("temperature", "seed", "max_tokens")),
        "vertexai": Provider("vertexai", "google-cloud-aiplatform"),
        "generative-ai": Provider("google.genai", "google-genai", _taking("temperature", "seed", "max_tokens")),
        "gemini": Provider("google.generativeai", "google-generativeai"),
        "mistral": Provider("mistralai", "mistralai", _taking("temperature", "max_tokens", seed="random_seed")),
        "cohere": Provider("cohere", "cohere", _taking("temperature", "seed", "max_tokens")),
        "groq": Provider("groq", "groq", _taking("temperature", "seed", "max_tokens")),
        "writer": Provider("writerai", "writer-sdk", _taking("temperature", "max_tokens")),
        "bedrock": Provider("boto3", "boto3", _taking("temperature", "max_tokens")),
        "cerebras": Provider(
            "cerebras", "cerebras-cloud-sdk", _taking("temperature", "seed", max_tokens="max_completion_tokens")
        ),
        "fireworks": Provider("fireworks", "fireworks-ai", _taking("temperature", "max_tokens")),
        "xai": Provider("xai_sdk", "xai-sdk", _taking("temperature", "seed", "max_tokens")),
        "litellm": Provider("litellm", "litellm", _taking("temperature", "seed", "max_tokens")),
    }
)
"""Every provider that instructor knows, by the name it goes by there."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a model lives.

    Attributes:
        name: The full name, for provenance: `openai/NAME`.
        provider: The provider; `openai` for any OpenAI-compatible server.
        model: The name the server knows.
        base_url: The server's address; `None` for a provider other than OpenAI at its own.
        api_key: The key; `None` where none is needed or the SDK signs otherwise.
    """

    name: str
    provider: str
    model: str
    base_url: str | None
    api_key: SecretStr | None


def find_target(name: str, settings: Settings) -> Target:
    """Where the model `name` lives, with the key that goes there.

    With `settings.base_url` every name is taken to that server; `openai/` in front of it is left out.

    Raises:
        ConfigError: The provider is unknown, its SDK is not installed, or its key is missing.
    """
    provider, slash, model = name.partition("/")
    if settings.base_url is not None:
        served = model if slash and provider == "openai" else name
        _require_model(served, name)
        full = name if slash else f"openai/{name}"
        return Target(full, "openai", served, settings.base_url, settings.key)
    if not slash:
        raise ConfigError(
            f"no model is named {name!r}: write rules, openai/NAME, another provider/NAME, or give a base_url",
            setting="model",
        )
    known = PROVIDERS.get(provider)
    if known is None:
        raise ConfigError(
            f"provider {provider!r} of model {name!r} is unknown: there are {', '.join(sorted(PROVIDERS))}; "
            "an OpenAI-compatible server needs a base_url",
            setting="model",
        )
    _require_model(model, name)
    if not _installed(known.module):
        raise ConfigError(
            f"model {name!r} needs the package {known.package}: pip install {known.package}", setting="model"
        )
    base_url = OPENAI_URL if provider == "openai" else None
    return Target(name, provider, model, base_url, _key_for(provider, settings))


def _require_model(model: str, name: str) -> None:
    if not model.strip():
        raise ConfigError(f"model {name!r} has no name behind the slash: write openai/NAME", setting="model")


def _key_for(provider: str, settings: Settings) -> SecretStr | None:
    key = settings.key or settings.provider_keys.get(provider)
    variable = KEY_VARIABLES.get(provider)
    if key is None and variable is not None:
        raise ConfigError(
            f"no API key for {provider}: set {variable} or LLMX_API_KEY, or pass Settings(api_key=...)",
            setting="api_key",
        )
    return key


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the parent package of a dotted name is not there
        return False
