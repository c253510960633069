"""Context: what a check may look at beside its record: the document, the report, and what was read in them before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from llmx.document import Document
from llmx.ground.reading import Reading
from llmx.lexicon.verbs import VerbForm, verb_form
from llmx.schema.citation import Citation
from llmx.schema.news import Attribution, Claim, Entity, Event, NewsReport
from llmx.text.numbers import Number
from llmx.text.span import Span

Look = tuple[str, str | int | None]
"""What a check looked at: a list and the id of one of its records, a list and `None` for all of them, or `IN_SENTENCE`
and the index of a sentence whose attributions it asked for."""

IN_SENTENCE = "attributions in sentence"
RecordT = TypeVar("RecordT")


class ById(Generic[RecordT]):
    """The records of one of the report's lists by id. Whatever is looked at is noted."""

    def __init__(self, name: str, records: Mapping[str, RecordT], seen: set[Look]) -> None:
        """Note in `seen` what is looked at of the list `name`, whose records by id are `records`."""
        self._name = name
        self._records = records
        self._seen = seen

    def get(self, name: str) -> RecordT | None:
        """The record with the id `name`, if there is one."""
        self._seen.add((self._name, name))
        return self._records.get(name)

    def __contains__(self, name: str) -> bool:
        """Whether there is a record with the id `name`."""
        return self.get(name) is not None

    def values(self) -> Iterable[RecordT]:
        """All records, in the report's order."""
        self._seen.add((self._name, None))
        return self._records.values()


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a check may look at beside its record.

    Attributes:
        document: The document that every citation of the report slices.
        report: The report, grounded: every citation in it stands in the document.
        read_before: The document's reading, if another report of the same document was checked before.
        seen: What of the report was looked at; whoever wants to know what a check looks at clears it before.
    """

    document: Document
    report: BaseModel
    read_before: Reading | None = None
    seen: set[Look] = field(default_factory=set[Look], compare=False)

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
    def entities(self) -> ById[Entity]:
        """The report's entities by id; empty for a report that is no news report."""
        return self._by_id("entities")

    @cached_property
    def events(self) -> ById[Event]:
        """The report's events by id."""
        return self._by_id("events")

    @cached_property
    def attributions(self) -> ById[Attribution]:
        """The report's attributions by id."""
        return self._by_id("attributions")

    @cached_property
    def claims(self) -> ById[Claim]:
        """The report's claims by id."""
        return self._by_id("claims")

    def _by_id(self, name: str) -> ById[Any]:
        return ById(name, {record.id: record for record in getattr(self._news, name)}, self.seen)

    def attributions_at(self, cites: Iterable[Citation]) -> Sequence[Attribution]:
        """The attributions that have a part in the sentences of `cites`, in the report's order.

        One whose content holds a citation, or whose cue stands in one, is always among them.
        """
        touched = {index for cite in cites for index in self.reading.sentences(cite.span)}
        self.seen.update((IN_SENTENCE, index) for index in touched)
        found = {number for index in touched for number in self._attributions_by_sentence.get(index, ())}
        return [self._news.attributions[number] for number in sorted(found)]

    @cached_property
    def _attributions_by_sentence(self) -> Mapping[int, Sequence[int]]:
        """For each sentence, the numbers of the attributions that have a part in it."""
        found: dict[int, list[int]] = {}
        for number, attribution in enumerate(self._news.attributions):
            for index in self.sentences_of(attribution):
                found.setdefault(index, []).append(number)
        return found

    def sentences_of(self, attribution: Attribution) -> set[int]:
        """The indices of the sentences in which an attribution has a part."""
        parts = (*attribution.content, *(part for part in (attribution.source, attribution.cue) if part))
        return {index for part in parts for index in self.reading.sentences(part.span)}

    @cached_property
    def _news(self) -> NewsReport:
        return self.report if isinstance(self.report, NewsReport) else NewsReport()

    def verb(self, word: str) -> VerbForm | None:
        """The verb of which `word`, in lower case, is a form."""
        return verb_form(word)

    def sentence(self, span: Span) -> Span:
        """From the start of the first sentence that `span` touches to the end of the last one."""
        return self.reading.sentence_span(span)

    def numbers(self, span: Span) -> tuple[Number, ...]:
        """The numbers whose core lies within `span`."""
        return self.reading.numbers(span)
