"""Articles and documents: what the caller gives, and the text that every offset refers to.

An *article* is the caller's: text or HTML, and what is known about it. A *document* is llmx's: one text (the
coordinate system of all offsets), its numbered sentences, and the spans that are boilerplate. Making one from the
other never changes plain text: `Document.text` is the caller's text, code point for code point.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from llmx.errors import DocumentError
from llmx.text.boilerplate import find_boilerplate
from llmx.text.decode import decode, read_encodings
from llmx.text.html import extract_main_text
from llmx.text.sentences import split_sentences
from llmx.text.span import Span

Markup = Literal["text", "html"]
"""How an article's `text` is to be read."""

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True, kw_only=True)
class Article:
    """What the caller gives: a text and what is known about it.

    Attributes:
        text: The article as plain text, or as an HTML page when `markup` is `"html"`.
        markup: How `text` is to be read.
        id: The caller's name for the article; the document takes a digest of the text where it is `None`.
        published: The day of publication, to which "on Monday" is resolved; an ISO 8601 string is accepted.
            `None` means unknown: then nothing relative is resolved.
        outlet: Who published it.
        title: Its headline, where `text` does not hold it.
        url: Where it stands.

    Raises:
        DocumentError: `published` is not a date.
    """

    text: str
    markup: Markup = "text"
    id: str | None = None
    published: date | str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "published", _as_date(self.published))

    @property
    def published_on(self) -> date | None:
        """The day of publication, or `None` where it is unknown."""
        return _as_date(self.published)

    @classmethod
    def from_bytes(
        cls, data: bytes, *, name: str, markup: Markup | None = None, encoding: str | None = None
    ) -> Article:
        """Read an article from the bytes of a file.

        Args:
            data: The bytes; UTF-8, UTF-16 with a byte order mark, or what the file's own HTML declares.
            name: The file's name, for messages and to tell HTML from text.
            markup: How to read it; by the name's ending where it is `None`.
            encoding: Its encoding where that is known; several with commas between: the first that fits.

        Raises:
            DocumentError: The bytes are not text.
            ConfigError: There is no such encoding.
        """
        known = markup or ("html" if Path(name).suffix.lower() in _HTML_SUFFIXES else "text")
        encodings = read_encodings(encoding) if encoding else ()
        return cls(text=decode(data, name=name, html=known == "html", encodings=encodings), markup=known)


@dataclass(frozen=True, kw_only=True)
class Document:
    """One text and its parts: the coordinate system of every offset.

    Attributes:
        id: The article's id, or the first 16 hexadecimal digits of the text's SHA-256.
        text: The text that all spans refer to.
        published: The day of publication, or `None` where it is unknown.
        boilerplate: Spans that are not the article (share bars, teasers, comment rules), in order, not touching.
            Nothing in them is evidence.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: date | None = None
    boilerplate: tuple[Span, ...] = field(default=())

    @classmethod
    def from_article(cls, article: Article) -> Document:
        """Clean `article`: extract the main text of HTML, find the boilerplate, name it.

        Raises:
            DocumentError: There is no text in it.
        """
        text, title = article.text, article.title
        if article.markup == "html":
            page = extract_main_text(article.text)
            text, title = page.text, title or page.title
        if not any(char.isalnum() for char in text):
            raise DocumentError("the article has no text: not one letter or digit")
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(
            id=article.id or digest[:16],
            text=text,
            title=title,
            url=article.url,
            outlet=article.outlet,
            published=article.published_on,
            boilerplate=find_boilerplate(text),
        )

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, in order; number them from 1. Headings and list items count as sentences."""
        return split_sentences(self.text)

    def sentence_of(self, span: Span) -> Span:
        """The sentence in which `span` starts, or the nearest one before it."""
        return self.sentences[self.sentence_index(span)]

    def sentence_index(self, span: Span) -> int:
        """The index (from 0) of the sentence in which `span` starts, or of the nearest one before it."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].start <= span.start:
                low = middle + 1
            else:
                high = middle
        return max(0, low - 1)

    def in_boilerplate(self, span: Span) -> bool:
        """Whether any part of `span` is boilerplate."""
        at = bisect_right(self.boilerplate, span.start, key=_end)
        return at < len(self.boilerplate) and self.boilerplate[at].overlaps(span)


def _end(span: Span) -> int:
    return span.end


def _as_date(value: date | str | None) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(value).date()
    except ValueError as error:
        raise DocumentError(
            f"the publication date {value!r} is not a date: write it as 2024-03-05 (ISO 8601)"
        ) from error
