"""Cards: what the page shows of each record, for the news schema and for any report class.

A report is walked field by field: a citation becomes a *quote* that links to the text, the id of another record a
link to its card, everything else words. The walk numbers the citations, and gives the marks for the text.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from llmx.schema.citation import Citation, Cited, MatchKind
from llmx.schema.marks import Ref
from llmx.view.phrases import Phrase, describe, label
from llmx.view.segments import Mark, Weight

NEWS_SLOTS: Mapping[str, str] = {"events": "0", "attributions": "1", "claims": "2", "entities": "3", "relations": "4"}
"""The colours of the news schema's kinds; other kinds take the six in turn."""

REJECTED_SLOT = "x"
_SLOTS = 6
_LONG_QUOTE = 160
_ORDER = tuple(NEWS_SLOTS)
_OPENING = frozenset("\"“„«‘'‹「『")
_LAST = frozenset({"evidence"})
_NAMING = ("name", "source", "trigger", "mentions")
_INLINE: Mapping[str, str] = {
    "entity": "",
    "claim": "",
    "said_by": "said by",
    "source_entity": "",
    "anchor": "counted from",
    "head": "",
    "tail": "",
}
"""Fields whose link stands beside the words and not in a row of its own, and what is said before it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation on a card.

    Attributes:
        mark: The number of its mark in the text.
        words: The article's words.
        match: How they differ from those offered; empty where they do not.
        is_extent: Whether it marks an extent (a sentence, a content) and not the words of a value.
    """

    mark: int
    words: str
    match: str = ""
    is_extent: bool = False

    @property
    def is_speech(self) -> bool:
        """Whether the words bring their own quotation marks."""
        return self.words[0] in _OPENING


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another card; `card` is empty where the id names none. `before` says what the link is for."""

    card: str
    words: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One value: words, chips, quotes, links, and rows of what is left; `lead` is a link that comes first."""

    text: str = ""
    chips: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    links: tuple[Link, ...] = ()
    rows: tuple[Row, ...] = ()
    lead: Link | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A field with its values."""

    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One record.

    Attributes:
        anchor: Its id in the page.
        path: Where it stands in the report: `events[0]`.
        name: The record's own id, or its number.
        item: What it holds.
    """

    anchor: str
    path: str
    name: str
    item: Item


@dataclass(frozen=True, slots=True)
class Kind:
    """All cards of one list of the report."""

    name: str
    slot: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """All kinds of a report, and the marks of their citations."""

    kinds: tuple[Kind, ...]
    marks: tuple[Mark, ...]


def deal(report: BaseModel) -> Deck:
    """The cards of `report`, kind by kind, and the marks of everything they cite."""
    return _Walk(report).deal()


class _Walk:
    """One walk through a report: it counts citations and remembers which card is being filled."""

    def __init__(self, report: BaseModel) -> None:
        self._report = report
        self._lists = dict(sorted(_record_lists(report), key=lambda pair: _rank(pair[0])))
        self._anchors: dict[tuple[str, str], str] = {}
        self._words: dict[tuple[str, str], str] = {}
        for name, records in self._lists.items():
            for index, record in enumerate(records):
                self._anchors.setdefault((name, _id_of(record, index)), f"{name}-{index}")
                self._words.setdefault((name, _id_of(record, index)), _called(record))
        self._marks: list[Mark] = []
        self._count = 0
        self._card = ""
        self._slot = ""

    def deal(self) -> Deck:
        kinds = [self._kind(name, records, turn) for turn, (name, records) in enumerate(self._lists.items())]
        rest = self._rest()
        return Deck(kinds=(*rest, *kinds), marks=tuple(self._marks))

    def _kind(self, name: str, records: tuple[BaseModel, ...], turn: int) -> Kind:
        self._slot = NEWS_SLOTS.get(name, str(turn % _SLOTS))
        return Kind(name, self._slot, tuple(self._one(name, record, at) for at, record in enumerate(records)))

    def _one(self, name: str, record: BaseModel, index: int) -> Card:
        self._card = f"{name}-{index}"
        return Card(self._card, f"{name}[{index}]", _id_of(record, index), self._record(record))

    def _rest(self) -> tuple[Kind, ...]:
        """The fields of the report that are no lists of records, as one card."""
        self._card, self._slot = "report", str(len(self._lists) % _SLOTS)
        rows = self._rows(self._report, told=frozenset(self._lists), phrase=Phrase())
        if not rows:
            return ()
        return (Kind("report", self._slot, (Card("report", "", "", Item(rows=rows)),)),)

    def _record(self, record: BaseModel) -> Item:
        phrase = describe(record)
        told, quotes, links = set(phrase.told), list[Quote](), list[Link]()
        lead: Link | None = None
        for name, lists in _references(type(record)).items():
            value = getattr(record, name)
            if isinstance(value, Citation) and name in ("cite", "trigger", "source"):
                quotes.append(self._quote(value, phrase.weights.get(name)))
                told.add(name)
            elif isinstance(value, str) and lists and name in _INLINE:
                told.add(name)
                found = self._link(value, lists, before=_INLINE[name])
                if name == "head":
                    lead = found
                elif value not in ("document", "publication"):
                    links.append(found)
        text = phrase.text
        if _is_cited(record):
            text = plain(getattr(record, "value", None))
            told.add("value")
        rows = self._rows(record, told=frozenset(told), phrase=phrase)
        return Item(text, phrase.chips, tuple(quotes), tuple(links), rows, lead)

    def _rows(self, record: BaseModel, *, told: AbstractSet[str], phrase: Phrase) -> tuple[Row, ...]:
        rows: list[Row] = []
        for name, lists in sorted(_references(type(record)).items(), key=lambda pair: pair[0] in _LAST):
            value = getattr(record, name, None)  # a report may lack a required field that was rejected
            if name in told or value is None or value == ():
                continue
            items = tuple(self._items(value, weight=phrase.weights.get(name), lists=lists))
            if items:
                rows.append(Row(label(name), items))
        return tuple(rows)

    def _items(self, value: object, *, weight: Weight | None, lists: tuple[str, ...]) -> Iterable[Item]:
        if value is None:
            return
        if isinstance(value, Citation):
            yield Item(quotes=(self._quote(value, weight),))
        elif isinstance(value, BaseModel):
            yield self._record(value)
        elif isinstance(value, Mapping):
            for key, held in cast("Mapping[object, object]", value).items():
                items = tuple(self._items(held, weight=weight, lists=lists))
                yield Item(rows=(Row(plain(key), items),))
        elif isinstance(value, list | tuple):
            for held in cast("list[object]", value):
                yield from self._items(held, weight=weight, lists=lists)
        elif isinstance(value, set | frozenset):
            for held in sorted(cast("set[object]", value), key=repr):
                yield from self._items(held, weight=weight, lists=lists)
        elif isinstance(value, str) and lists and value != "document":
            found = self._link(value, lists)
            yield Item(links=(found,)) if found.card else Item(text=value)
        else:
            yield Item(text=plain(value))

    def _link(self, value: str, lists: tuple[str, ...], *, before: str = "") -> Link:
        """A link to the record whose id is `value`, in the words of that record."""
        for name in lists:
            anchor = self._anchors.get((name, value))
            if anchor is not None:
                return Link(anchor, self._words[name, value] or value, before)
        return Link("", value, before)

    def _quote(self, citation: Citation, weight: Weight | None) -> Quote:
        number = self._count
        self._count += 1
        loud = weight or ("tint" if len(citation.quote) > _LONG_QUOTE else "line")
        self._marks.extend(Mark(number, self._card, self._slot, loud, span) for span in citation.spans)
        match = "" if citation.match is MatchKind.EXACT else citation.match.value
        return Quote(number, citation.quote, match, is_extent=loud in ("tint", "quiet"))


def _called(record: BaseModel) -> str:
    """What people would call `record`: its name, else who or what it cites first; empty where it has neither."""
    words = (_first_words(getattr(record, field, None)) for field in _NAMING)
    return next((each for each in words if each), "")


def _first_words(value: object) -> str:
    """The words of a name, a citation, or the first of several; empty for anything else."""
    first = value
    if isinstance(value, tuple):
        first = next(iter(cast("tuple[object, ...]", value)), None)
    if isinstance(first, Citation):
        return first.quote
    return first if isinstance(first, str) else ""


def _is_cited(record: BaseModel) -> bool:
    return isinstance(record, Cited)


def plain(value: object) -> str:
    """A value in words: `yes` and `no` for truths, the value of an enum, the ISO form of a date."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _record_lists(report: BaseModel) -> Iterable[tuple[str, tuple[BaseModel, ...]]]:
    """The report's fields that hold records: tuples or lists of classes that are no bare values."""
    for name in type(report).model_fields:
        value = getattr(report, name, None)
        if isinstance(value, list | tuple):
            held = tuple(cast("tuple[object, ...]", value))
            if held and all(isinstance(each, BaseModel) and not isinstance(each, Citation | Cited) for each in held):
                yield name, cast("tuple[BaseModel, ...]", held)
            elif not held and name in NEWS_SLOTS:
                yield name, ()


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _id_of(record: BaseModel, index: int) -> str:
    known = getattr(record, "id", None)
    return known if isinstance(known, str) and known else str(index + 1)


@lru_cache(maxsize=256)
def _references(of: type[BaseModel]) -> Mapping[str, tuple[str, ...]]:
    """For each field of the class the report's lists whose ids it holds."""
    return MappingProxyType({name: _referred(info) for name, info in of.model_fields.items()})


def _referred(info: FieldInfo) -> tuple[str, ...]:
    """The report's lists whose ids the field holds, also where the mark stands inside a tuple's type."""
    marks = [mark for mark in info.metadata if isinstance(mark, Ref)]
    marks += _inner_marks(info.annotation)
    return tuple(name for mark in marks for name in mark.lists)


def _inner_marks(annotation: Any) -> list[Ref]:
    found = [mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, Ref)]
    inner = () if typing.get_origin(annotation) is typing.Literal else get_args(annotation)
    return found + [mark for each in inner for mark in _inner_marks(each)]
