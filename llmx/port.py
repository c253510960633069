"""The port: what a model is to the rest of llmx.

A *model* turns a request into an answer that holds a *draft*: a tree of plain values whose quotes are strings. A
language model behind a network and the embedded rule engine are both models; grounding trusts neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from llmx.document import Document
from llmx.result import Path, Usage

Draft = dict[str, Any]
"""What a model filled: the asked schema's fields, as plain values, not yet grounded."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a model is asked.

    Attributes:
        document: The document; a model that needs no prompt reads this alone.
        schema: The report class (published); what is asked is made from it.
        messages: The rendered prompt; empty for a model that needs none.
        asked: The class the answer must fill, where it is not the one made from `schema` (a re-ask's patch).
        purpose: What the request is for, for logs and the ledger.
    """

    document: Document
    schema: type[BaseModel]
    messages: Sequence[Message] = ()
    asked: type[BaseModel] | None = None
    purpose: Literal["fill", "re-ask"] = "fill"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a model answered.

    Attributes:
        draft: The tree it filled.
        raw: The answer as it came; empty for a model without text.
        usage: What it took, failed attempts included.
        made_by: For a rule engine: path of a record in the draft -> the rule that made it.
        notes: One line each for what the reader of the result should know.
        limits: What the server's headers said of its rate limits, names in lower case: `x-ratelimit-limit-requests`,
            `x-ratelimit-remaining-tokens`, …; empty where it said nothing.
    """

    draft: Draft
    raw: str = ""
    usage: Usage = field(default_factory=Usage)
    made_by: Mapping[Path, str] = field(default_factory=dict[Path, str])
    notes: Sequence[str] = ()
    limits: Mapping[str, str] = field(default_factory=dict[str, str])


class Model(Protocol):
    """What fills a draft."""

    @property
    def name(self) -> str:
        """The name that provenance carries: `rules`, `openai/gpt-x`."""
        ...

    @property
    def prompted(self) -> bool:
        """Whether it reads messages; one that does not is never asked again."""
        ...

    def estimate(self, messages: Sequence[Message]) -> Usage:
        """What a request with `messages` will take, about; nothing is sent. Asked only of models that read messages."""
        ...

    async def fill(self, request: Request) -> Answer:
        """Fill a draft.

        Raises:
            ModelError: It gave no usable answer.
        """
        ...
