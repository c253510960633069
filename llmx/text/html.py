"""HTML: the main text of a page."""

from __future__ import annotations

from dataclasses import dataclass

from llmx.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of an HTML page, and its title."""

    text: str
    title: str | None = None


def extract_main_text(html: str) -> Page:
    """The main text of `html`.

    Raises:
        DocumentError: There is none, or the extra that reads HTML is not installed.
    """
    raise DocumentError(f"cannot read HTML yet ({len(html)} code points)")
