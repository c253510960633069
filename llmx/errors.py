"""The exceptions llmx raises.

    LlmxError
    ├─ ConfigError              a setting is missing or wrong
    ├─ ResourceNotFoundError    no bundled template or contract of that name
    ├─ SchemaError              the class cannot be used as a report
    ├─ PromptError              a template cannot be read or rendered
    ├─ DocumentError            the input is not an article that can be read
    ├─ ModelError               the model gave no usable answer
    │  ├─ ModelUnavailableError     worth trying again later
    │  ├─ ModelRefusedError         not worth trying again
    │  ├─ ModelOutputError          answered, but no draft could be read
    │  └─ BudgetError               a limit that the caller set would be exceeded: nothing was sent
    ├─ UnsupportedError         a field is not supported, and the caller asked to be stopped
    ├─ BatchError               a batch run cannot go on
    └─ GoldError                a label file is wrong

A field that the article does not support is not an error: it is a `Rejection` in the result.
Messages are one line: what was wrong, where, and what would mend it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llmx.result import Rejection, Usage


_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class LlmxError(Exception):
    """The root: one `except` catches all that llmx raises."""


class ConfigError(LlmxError):
    """A setting is missing or wrong.

    Attributes:
        setting: The name of the setting, as `Settings` spells it; empty where none fits.
    """

    def __init__(self, message: str, *, setting: str = "") -> None:
        super().__init__(message)
        self.setting = setting


class ResourceNotFoundError(LlmxError):
    """No bundled template or contract has that name; the message lists those there are."""


class SchemaError(LlmxError):
    """A class cannot be used as a report; the message names the fields that have no citation."""


class PromptError(LlmxError):
    """A template cannot be read, has a syntax error, or names an unknown variable."""


class DocumentError(LlmxError):
    """The input is empty, cannot be decoded, or has no text."""


class ModelError(LlmxError):
    """The model gave no usable answer.

    Attributes:
        attempts: Requests that were sent, failed ones included.
        usage: Tokens and cost of those requests, or `None` where the server reported none.
        status: The HTTP status of the last answer, or `None` where none came or it is not known.
        limits: What its headers said of rate limits, names in lower case (`x-ratelimit-remaining-requests`,
            `retry-after`); empty where they said nothing.
    """

    def __init__(
        self,
        message: str,
        *,
        attempts: int = 0,
        usage: Usage | None = None,
        status: int | None = None,
        limits: Mapping[str, str] = _NO_HEADERS,
    ) -> None:
        super().__init__(message)
        self.attempts = attempts
        self.usage = usage
        self.status = status
        self.limits = dict(limits)


class ModelUnavailableError(ModelError):
    """The network, a 5xx answer or a rate limit, after all transport retries: worth trying again later.

    Attributes:
        retry_after_s: Seconds the server asked to wait, or `None` where it named none.
    """

    def __init__(
        self,
        message: str,
        *,
        attempts: int = 0,
        usage: Usage | None = None,
        status: int | None = None,
        limits: Mapping[str, str] = _NO_HEADERS,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, attempts=attempts, usage=usage, status=status, limits=limits)
        self.retry_after_s = retry_after_s


class ModelRefusedError(ModelError):
    """A wrong key, a bad request, a content filter or a refusal: trying again gives the same."""


class ModelOutputError(ModelError):
    """The model answered, but no draft could be read from it.

    Attributes:
        raw: The last answer, as it came.
    """

    def __init__(self, message: str, *, attempts: int = 0, usage: Usage | None = None, raw: str = "") -> None:
        super().__init__(message, attempts=attempts, usage=usage)
        self.raw = raw


class BudgetError(ModelError):
    """The next request would exceed a limit that the caller set, and was not sent.

    Attributes:
        setting: The limit, as `Settings` spells it: `budget_usd` or `max_tokens_per_article`.
    """

    def __init__(self, message: str, *, setting: str = "", attempts: int = 0, usage: Usage | None = None) -> None:
        super().__init__(message, attempts=attempts, usage=usage)
        self.setting = setting


class UnsupportedError(LlmxError):
    """A field is not supported by the article and `on_unsupported="raise"` was asked for.

    Attributes:
        rejections: Every field that was found unsupported, not only the first.
    """

    def __init__(self, message: str, *, rejections: Sequence[Rejection] = ()) -> None:
        super().__init__(message)
        self.rejections = tuple(rejections)


class BatchError(LlmxError):
    """A batch run cannot start or go on: its ledger is locked, damaged, or of another run."""


class GoldError(LlmxError):
    """A label file is wrong; the message names file, line and JSON path."""
