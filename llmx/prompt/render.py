"""Render the messages of a first request: template + document + report class."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from llmx.document import Document
from llmx.port import Message
from llmx.prompt.layout import fence_for, numbered, sendable
from llmx.prompt.parts import Part
from llmx.prompt.template import Template
from llmx.schema.asked import is_filled
from llmx.schema.news import NewsReport


@dataclass(frozen=True, slots=True)
class FieldNote:
    """A field of a report class, as a template sees it."""

    name: str
    description: str


def render(
    template: Template, document: Document, schema: type[BaseModel], *, part: Part | None = None
) -> tuple[Message, ...]:
    """The messages that ask for a report of class `schema` on `document`.

    Raises:
        PromptError: The template fails while rendering.
    """
    text = numbered(document, within=part.span if part else None)
    before = numbered(document, within=part.before) if part and part.before else ""
    published = document.published.isoformat() if document.published else None
    return template.messages(
        {
            "sentences": text,
            "fence": fence_for(text, before),
            "title": _one_line(document.title),
            "outlet": _one_line(document.outlet),
            "url": _one_line(document.url),
            "published": published,
            "report": schema.__name__,
            "about": inspect.cleandoc(schema.__doc__ or ""),
            "fields": _fields(schema),
            "news": schema is NewsReport,
            "example": template.example if schema is NewsReport else None,
            "part": {"number": part.number, "of": part.of, "before": before} if part else None,
        }
    )


@lru_cache(maxsize=64)
def _fields(schema: type[BaseModel]) -> tuple[FieldNote, ...]:
    return tuple(
        FieldNote(name, info.description or "") for name, info in schema.model_fields.items() if not is_filled(info)
    )


def _one_line(value: str | None) -> str | None:
    return sendable(" ".join(value.split())) if value else None
