"""Plans: what the pipeline does with each article, and what it tells whoever watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from llmx.ground.ground import OnUnsupported
from llmx.port import Model
from llmx.prompt import Template
from llmx.result import Provenance

ReportT = TypeVar("ReportT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Event:
    """Something the pipeline did, for whoever watches.

    Attributes:
        kind: `request`, `answer`, `verdicts`, `re-ask`, `failed` or `done`.
        document: The document's id.
        data: What happened, as plain values; never a key, never the article's text.
    """

    kind: str
    document: str
    data: Mapping[str, Any]


OnEvent = Callable[[Event], None]


def ignore(event: Event) -> None:
    """Watch nothing."""
    del event


@dataclass(frozen=True, kw_only=True)
class Plan(Generic[ReportT]):
    """What the pipeline does with each article.

    Attributes:
        model: What fills drafts.
        template: The prompt; not used by a model that reads none.
        reask_template: The prompt that asks again for what failed.
        schema: The report class.
        provenance: What is recorded of all this.
        on_unsupported: What happens to a value that its words contradict.
        max_reasks: How often, at most, failed fields are asked for again.
        passes: How often each article is read.
        window_chars: About how many code points are read at once.
        concurrency: Requests for one article that may run side by side.
        max_tokens: Tokens, in and out, one article may take; `None` sets no limit.
        on_event: Called with each step.
    """

    model: Model
    template: Template
    reask_template: Template
    schema: type[ReportT]
    provenance: Provenance
    on_unsupported: OnUnsupported = "drop"
    max_reasks: int = 1
    passes: int = 1
    window_chars: int = 24_000
    concurrency: int = 4
    max_tokens: int | None = None
    on_event: OnEvent = field(default=ignore)

    def tell(self, kind: str, document: str, **data: Any) -> None:
        """Tell whoever watches that something was done."""
        self.on_event(Event(kind, document, data))
