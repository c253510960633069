"""Context: what a check may look at beside its record: the document, the report, and what was read in them before.

A *reading* is what a document's words say, found once and kept: numbers, times, hedges, negations, quotation marks. It
is read sentence by sentence, and only the sentences that are asked for. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from llmx.document import Document
from llmx.schema.news import Attribution, Claim, Entity, Event, NewsReport
from llmx.text.numbers import Number, find_numbers
from llmx.text.span import Span


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


class _Shiftable(Protocol):
    def shifted(self, by: int) -> Any: ...


PlacedT = TypeVar("PlacedT", bound=_Placed)
FoundT = TypeVar("FoundT", bound=_Shiftable)


class Reading:
    """A document's words, read once: each sentence when it is first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._numbers: dict[int, tuple[Number, ...]] = {}

    def sentence_numbers(self, index: int) -> tuple[Number, ...]:
        """The numbers of the sentence with this index, with spans in the document."""
        return self._once(self._numbers, index, find_numbers)

    def numbers(self, span: Span) -> tuple[Number, ...]:
        """The numbers whose core lies within `span`."""
        found = (number for index in self.sentences(span) for number in self.sentence_numbers(index))
        return tuple(number for number in found if span.contains(number.core))

    def sentences(self, span: Span) -> range:
        """The indices of the sentences that `span` touches."""
        first = self.document.sentence_index(span)
        last = self.document.sentence_index(Span(max(span.start, span.end - 1), span.end))
        return range(first, last + 1)

    def sentence_span(self, span: Span) -> Span:
        """From the start of the first sentence that `span` touches to the end of the last one."""
        touched = self.sentences(span)
        sentences = self.document.sentences
        return span.hull(sentences[touched.start]).hull(sentences[touched.stop - 1])

    def _once(
        self, kept: dict[int, tuple[FoundT, ...]], index: int, find: Callable[[str], Iterable[FoundT]]
    ) -> tuple[FoundT, ...]:
        found = kept.get(index)
        if found is None:
            sentence = self.document.sentences[index]
            found = tuple(item.shifted(sentence.start) for item in find(sentence.of(self.document.text)))
            kept[index] = found
        return found


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a check may look at beside its record.

    Attributes:
        document: The document that every citation of the report slices.
        report: The report, grounded: every citation in it stands in the document.
        read_before: The document's reading, if another report of the same document was checked before.
    """

    document: Document
    report: BaseModel
    read_before: Reading | None = None

    @cached_property
    def reading(self) -> Reading:
        """The document's words as read so far."""
        before = self.read_before
        return before if before is not None and before.document is self.document else Reading(self.document)

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """The report's entities by id; empty for a report that is no news report."""
        return _by_id(self._news.entities)

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """The report's events by id."""
        return _by_id(self._news.events)

    @cached_property
    def attributions(self) -> Mapping[str, Attribution]:
        """The report's attributions by id."""
        return _by_id(self._news.attributions)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """The report's claims by id."""
        return _by_id(self._news.claims)

    @property
    def _news(self) -> NewsReport:
        return self.report if isinstance(self.report, NewsReport) else NewsReport()

    def sentence(self, span: Span) -> Span:
        """From the start of the first sentence that `span` touches to the end of the last one."""
        return self.reading.sentence_span(span)

    def numbers(self, span: Span) -> tuple[Number, ...]:
        """The numbers whose core lies within `span`."""
        return self.reading.numbers(span)


def _by_id(records: Sequence[Any]) -> dict[str, Any]:
    return {record.id: record for record in records}
