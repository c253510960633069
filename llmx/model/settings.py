"""Settings: all that is asked of a model beside the article, in one frozen value.

Nothing is read from the environment but in `Settings.from_env`. A key is never shown and never recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr

from llmx.errors import ConfigError

Mode = Literal["strict", "tools", "json-schema", "json", "text"]
"""How a model is made to answer in JSON, from the firmest to the loosest.

strict: the server lets nothing pass that breaks the schema. tools: a forced tool call. json-schema: the schema is
given, not enforced. json: the server promises JSON, the schema stands in the prompt. text: the prompt alone.
"""

MODES: tuple[Mode, ...] = get_args(Mode)

KEY_VARIABLES: Mapping[str, str] = {
    "openai": "OPENAI_API_KEY",
    "azure_openai": "AZURE_OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
    "google": "GOOGLE_API_KEY",
    "gemini": "GOOGLE_API_KEY",
    "generative-ai": "GOOGLE_API_KEY",
    "mistral": "MISTRAL_API_KEY",
    "cohere": "CO_API_KEY",
    "groq": "GROQ_API_KEY",
    "cerebras": "CEREBRAS_API_KEY",
    "fireworks": "FIREWORKS_API_KEY",
    "perplexity": "PERPLEXITY_API_KEY",
    "writer": "WRITER_API_KEY",
    "deepseek": "DEEPSEEK_API_KEY",
    "xai": "XAI_API_KEY",
    "openrouter": "OPENROUTER_API_KEY",
    "together": "TOGETHER_API_KEY",
    "anyscale": "ANYSCALE_API_KEY",
    "databricks": "DATABRICKS_TOKEN",
}
"""The variable that holds each provider's key; providers that sign otherwise, or need no key, are not listed."""

_UNRECORDED = frozenset(
    {
        *("api_key", "provider_keys", "model", "concurrency", "budget_usd", "timeout_s", "max_retries", "max_wait_s"),
        "encoding",  # recorded where it was named
    }
)
"""What changes no answer: who pays for it, and how it is fetched. A batch run's keys leave these out too."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is asked of a model beside the article.

    Attributes:
        model: `provider/NAME`, or a bare name together with `base_url`; `None` means the embedded engine.
        base_url: The address of an OpenAI-compatible server; `None` means the provider's own.
        api_key: The key for `base_url` or the provider, kept as a `SecretStr`; never shown, never recorded.
        provider_keys: Keys found under the providers' own variables. Each is sent to its provider's own address only.
        temperature: 0 for the likeliest answer; `None` leaves it to the server. Models that take none are not sent one.
        seed: Asks the server to answer the same again; `None` sends none.
        timeout_s: Seconds one request may take.
        max_retries: Further tries after a transport fault (network, 5xx, rate limit).
        max_wait_s: The longest wait between two tries. A server that asks for more is told to the caller at once, as
            `ModelUnavailableError.retry_after_s`.
        max_reasks: How often failed fields are asked for again.
        max_tokens: The longest answer; `None` leaves it to the server.
        max_tokens_per_article: Tokens, in and out, one article may take; `None` sets no limit.
        budget_usd: Dollars that one `Extractor` may spend; `None` sets no limit.
        mode: How the model is made to answer in JSON; `"auto"` takes the firmest the server accepts.
        passes: How often each article is read; records are united.
        window_chars: Longer documents are read in windows of about this many characters.
        concurrency: Requests for one article that may run side by side.
        encoding: In which encoding the article's file was read, where the caller named one. It is only recorded: see
            `Article.from_bytes`.
    """

    model: str | None = None
    base_url: str | None = None
    api_key: SecretStr | str | None = None
    provider_keys: Mapping[str, SecretStr] = field(default_factory=dict[str, SecretStr], repr=False)
    temperature: float | None = 0.0
    seed: int | None = None
    timeout_s: float = 180.0
    max_retries: int = 4
    max_wait_s: float = 900.0
    max_reasks: int = 1
    max_tokens: int | None = None
    max_tokens_per_article: int | None = None
    budget_usd: float | None = None
    mode: Mode | Literal["auto"] = "auto"
    passes: int = 1
    window_chars: int = 24_000
    concurrency: int = 4
    encoding: str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.api_key, str):
            object.__setattr__(self, "api_key", SecretStr(self.api_key))
        if self.mode != "auto" and self.mode not in MODES:
            raise ConfigError(f"mode {self.mode!r} is unknown: take auto, {', '.join(MODES)}", setting="mode")
        if self.base_url is not None and not _is_address(self.base_url):
            raise ConfigError(
                f"base_url {self.base_url!r} is not an address: write http://host:port/v1", setting="base_url"
            )
        for name, least in (("max_retries", 0), ("max_reasks", 0), ("passes", 1), ("concurrency", 1)):
            if getattr(self, name) < least:
                raise ConfigError(f"{name} must be at least {least}, not {getattr(self, name)}", setting=name)
        for name in ("timeout_s", "max_wait_s", "max_tokens", "max_tokens_per_article", "budget_usd", "window_chars"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise ConfigError(f"{name} must be above 0, not {value}", setting=name)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read `LLMX_MODEL`, `LLMX_BASE_URL`, `LLMX_API_KEY` and the providers' own key variables.

        Args:
            environ: The environment, such as `os.environ`; empty values count as not set.
        """
        key = environ.get("LLMX_API_KEY")
        return cls(
            model=environ.get("LLMX_MODEL") or None,
            base_url=environ.get("LLMX_BASE_URL") or None,
            api_key=SecretStr(key) if key else None,
            provider_keys={
                provider: SecretStr(environ[variable])
                for provider, variable in KEY_VARIABLES.items()
                if environ.get(variable)
            },
        )

    @property
    def key(self) -> SecretStr | None:
        """The key, hidden from `repr`; `None` without one."""
        return SecretStr(self.api_key) if isinstance(self.api_key, str) else self.api_key

    def recorded(self) -> dict[str, Any]:
        """What provenance stores: every setting that can change an answer, and no key."""
        kept = {part.name: getattr(self, part.name) for part in fields(self) if part.name not in _UNRECORDED}
        return {**kept, "base_url": _without_login(self.base_url), **self.recorded_of_input()}

    def recorded_of_input(self) -> dict[str, Any]:
        """What provenance stores for every model, the embedded engine too: how the article's bytes were read."""
        return {} if self.encoding is None else {"encoding": self.encoding}


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets or a port that cannot be
        return False


def _without_login(url: str | None) -> str | None:
    """`url` without the name and password that may stand in it."""
    if url is None:
        return None
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
