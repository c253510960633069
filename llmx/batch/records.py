"""Records: one row of an input, and the article that is read from it.

An *entry* is a position of the input: an article, or the reason why there is none. A bad record never stops a run; it
becomes a dead letter that names its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from llmx.document import Article
from llmx.errors import ConfigError, DocumentError

FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body"),
    "html": ("html",),
    "id": ("id",),
    "title": ("title",),
    "url": ("url",),
    "outlet": ("outlet",),
    "published": ("published",),
}
"""What an article takes from a record, and the names it is looked for by, first to last."""


_NAMES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One position of an input.

    Attributes:
        seq: Its number in the input, from 0; exports keep this order.
        source: Where it stands, for people: `news.jsonl:12`, `folder/a.txt`.
        article: The article, or `None` where none could be read.
        fault: Why there is none; empty when there is one.
        raw: The record's bytes where there is no article: they give it its key.
    """

    seq: int
    source: str
    article: Article | None
    fault: str = ""
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class FieldMap:
    """From which column of a record each field of an article is read.

    Attributes:
        columns: Field -> column, for the fields that are not found under their own names.
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, columns: Mapping[str, str]) -> FieldMap:
        """Take field -> column.

        Raises:
            ConfigError: There is no such field.
        """
        return cls.parse(tuple(f"{name}={column}" for name, column in columns.items()))

    @classmethod
    def parse(cls, pairs: tuple[str, ...]) -> FieldMap:
        """Read `field=column` pairs; several may stand in one string, with commas between.

        Raises:
            ConfigError: A pair is not of that form, or names an unknown field.
        """
        columns: dict[str, str] = {}
        for pair in (part for given in pairs for part in given.split(",") if part.strip()):
            name, equals, column = (piece.strip() for piece in pair.partition("="))
            if not equals or not column or name not in FIELDS:
                raise ConfigError(
                    f"cannot read the mapping {pair!r}: write field=column with a field of {', '.join(FIELDS)}",
                    setting="map",
                )
            columns[name] = column
        return cls(columns)

    def names(self, wanted: str) -> tuple[str, ...]:
        """The columns in which the field `wanted` is looked for."""
        mapped = self.columns.get(wanted)
        return (mapped,) if mapped else FIELDS[wanted]

    @property
    def wanted(self) -> frozenset[str]:
        """Every column that may be read."""
        return frozenset(name for wanted in FIELDS for name in self.names(wanted))


def read_record(record: Mapping[str, Any], fields: FieldMap) -> Article:
    """Make an article of one record.

    Raises:
        DocumentError: It has no text, or a field is not of the right kind.
    """
    text, html = _take(record, fields, "text"), _take(record, fields, "html")
    body = text if text is not None else html
    if body is None:
        columns = ", ".join((*fields.names("text"), *fields.names("html")))
        raise DocumentError(f"the record has no text in {columns}: {_filled(record)}")
    if not isinstance(body, str):
        raise DocumentError(f"the record's text is not a string but {type(body).__name__}")
    published = _take(record, fields, "published")
    if published is not None and not isinstance(published, str | date):
        raise DocumentError(f"the publication date {published!r} is not a date: write it as 2024-03-05 (ISO 8601)")
    return Article(
        text=body,
        markup="html" if text is None else "text",
        id=_words(record, fields, "id"),
        title=_words(record, fields, "title"),
        url=_words(record, fields, "url"),
        outlet=_words(record, fields, "outlet"),
        published=published.date() if isinstance(published, datetime) else published,
    )


def _filled(record: Mapping[str, Any]) -> str:
    """Which fields of a record hold words, and how one of them is made its text."""
    names = [repr(name) for name, value in record.items() if isinstance(value, str) and value.strip()]
    if not names:
        return "--map text=NAME tells which field holds it"
    shown = ", ".join(names[:_NAMES_SHOWN]) + (", …" if len(names) > _NAMES_SHOWN else "")
    return f"--map text=NAME takes another of its fields, {shown}"


def _take(record: Mapping[str, Any], fields: FieldMap, wanted: str) -> Any:
    """The first of the field's columns that the record fills; `None` where none does."""
    for name in fields.names(wanted):
        value = record.get(name)
        if value is not None and value != "":
            return value
    return None


def _words(record: Mapping[str, Any], fields: FieldMap, wanted: str) -> str | None:
    """A field of words; a number is taken as it is written."""
    value = _take(record, fields, wanted)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise DocumentError(f"the record's {wanted} is neither a string nor a number but {type(value).__name__}")
