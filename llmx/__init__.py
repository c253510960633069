"""Events, claims and attributions from news articles: every field cited, every citation checked.

    >>> from llmx import Article, extract
    >>> result = extract(Article(text="Police said on Monday that two men were arrested in Ankara."), model="rules")
    >>> result.report.attributions[0].cue.quote
    'said'

Names come on first use, so that importing llmx is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llmx.api import Extractor, aextract, extract
    from llmx.document import Article, Document
    from llmx.errors import LlmxError
    from llmx.model.settings import Settings
    from llmx.result import Extraction, Rejection
    from llmx.schema.citation import Citation, Cited
    from llmx.schema.marks import Check, OnUnsupported, Ref
    from llmx.schema.news import Attribution, Claim, Entity, Event, NewsReport
    from llmx.text.locate import Match, locate
    from llmx.text.span import Span
    from llmx.view import to_html

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Attribution",
    "Check",
    "Citation",
    "Cited",
    "Claim",
    "Document",
    "Entity",
    "Event",
    "Extraction",
    "Extractor",
    "LlmxError",
    "Match",
    "NewsReport",
    "OnUnsupported",
    "Ref",
    "Rejection",
    "Settings",
    "Span",
    "aextract",
    "extract",
    "locate",
    "to_html",
]

_HOMES = {
    "llmx.api": ("Extractor", "aextract", "extract"),
    "llmx.document": ("Article", "Document"),
    "llmx.errors": ("LlmxError",),
    "llmx.model.settings": ("Settings",),
    "llmx.result": ("Extraction", "Rejection"),
    "llmx.schema.citation": ("Citation", "Cited"),
    "llmx.schema.marks": ("Check", "OnUnsupported", "Ref"),
    "llmx.schema.news": ("Attribution", "Claim", "Entity", "Event", "NewsReport"),
    "llmx.text.locate": ("Match", "locate"),
    "llmx.text.span": ("Span",),
    "llmx.view": ("to_html",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name on its first use (PEP 562): pydantic alone would cost a fifth of a second."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'llmx' has no attribute {name!r}")
    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
