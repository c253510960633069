"""HTML: the main text of a page.

The extraction itself is trafilatura's, an optional extra. What this file adds is the refusal of pages without text and
the page's title.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from llmx.errors import ConfigError, DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable


class _Extracted(Protocol):
    """The part of trafilatura's document that is read here; the library ships no types."""

    text: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of an HTML page, and its title."""

    text: str
    title: str | None = None


def extract_main_text(html: str) -> Page:
    """The main text of `html`, one paragraph a line, and the title the page gives itself.

    Raises:
        DocumentError: The page has no main text.
        ConfigError: The extra that reads HTML is not installed.
    """
    if not html.strip():
        raise DocumentError("the page is empty: no HTML to read")
    # the parser stops at a NUL and refuses lone surrogates; neither is text
    readable = html.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    found = _reader()(readable, with_metadata=True, include_comments=False, include_tables=True)
    text = (found.text or "").strip() if found is not None else ""
    if found is None or not any(char.isalnum() for char in text):
        raise DocumentError("the page has no main text: give the article's text, or a page that holds it")
    return Page(text=text, title=found.title or None)


def _reader() -> Callable[..., _Extracted | None]:
    try:
        # trafilatura is an optional extra, and loads lxml and its word lists
        from trafilatura import bare_extraction  # pyright: ignore[reportUnknownVariableType, reportMissingTypeStubs]  # noqa: PLC0415
    except ImportError as error:
        raise ConfigError("reading HTML needs an extra: pip install 'llmx[html]'", setting="html") from error
    return cast("Callable[..., _Extracted | None]", bare_extraction)
