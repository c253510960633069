"""Readings: what a document's words say, found once and kept: numbers, times, hedges, negations, quotation marks.

A document is read sentence by sentence, and only the sentences that are asked for. Nothing here decides anything.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Protocol, TypeVar

from llmx.document import Document
from llmx.ground.languages import is_english
from llmx.ground.names import (
    find_capitals,
    find_countries,
    find_words,
    fold_token,
    fold_tokens,
    is_form,
    proper_tokens,
    stands_alone,
    with_plain_marks,
    words_of,
)
from llmx.ground.quotations import find_quotations
from llmx.ground.spelling import is_written
from llmx.lexicon.function_words import CLOSED
from llmx.lexicon.signals import Family, Signal, Worded
from llmx.text.numbers import Number, find_numbers
from llmx.text.span import Span
from llmx.text.time_expressions import TimeExpression
from llmx.text.time_grammar import find_calendar_times
from llmx.text.times import find_times


class _Shiftable(Protocol):
    def shifted(self, by: int) -> Any: ...


FoundT = TypeVar("FoundT", bound=_Shiftable)


class Reading:
    """A document's words, read once: each sentence when it is first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._numbers: dict[int, tuple[Number, ...]] = {}
        self._times: dict[int, tuple[TimeExpression, ...]] = {}
        self._calendar: dict[int, tuple[TimeExpression, ...]] = {}
        self._worded: dict[int, Worded] = {}
        self._signals: dict[tuple[int, Family], Sequence[Signal]] = {}
        self._capitals: dict[str, bool] = {}

    def sentence_numbers(self, index: int) -> tuple[Number, ...]:
        """The numbers of the sentence with this index, with spans in the document."""
        return self._once(self._numbers, index, find_numbers)

    def numbers(self, span: Span) -> tuple[Number, ...]:
        """The numbers whose core lies within `span`."""
        found = [number for index in self.sentences(span) for number in self.sentence_numbers(index)]
        return tuple([number for number in found if span.contains(number.core)]) if found else ()

    def times(self, span: Span) -> tuple[TimeExpression, ...]:
        """The time expressions that overlap `span`."""
        found = [time for index in self.sentences(span) for time in self._once(self._times, index, find_times)]
        return tuple(time for time in found if time.span.overlaps(span)) if found else ()

    def calendar_times(self, span: Span) -> tuple[TimeExpression, ...]:
        """The time expressions that overlap `span`, without those that count from events."""
        found = [
            time for index in self.sentences(span) for time in self._once(self._calendar, index, find_calendar_times)
        ]
        return tuple(time for time in found if time.span.overlaps(span)) if found else ()

    def signals(self, span: Span, family: Family) -> tuple[Signal, ...]:
        """The signals of a family that lie within `span`, in order."""
        found: list[Signal] = []
        for index in self.sentences(span):
            found.extend(self._of_family(index, family))
        if not found:
            return ()
        start, end = span.start, span.end
        return tuple([signal for signal in found if start <= signal.start and signal.end <= end])

    def _of_family(self, index: int, family: Family) -> Sequence[Signal]:
        """The signals of a family in the sentence with this index."""
        kept = self._signals.get((index, family))
        if kept is None:
            worded = self._worded.get(index)
            if worded is None:
                sentence = self.document.sentences[index]
                worded = self._worded[index] = Worded(sentence.of(self.document.text), start=sentence.start)
            kept = self._signals[(index, family)] = worded.signals_of(family)
        return kept

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """What stands between quotation marks, marks included, in order."""
        return find_quotations(self.document.text)

    @cached_property
    def _quotation_ends(self) -> list[int]:
        return [quotation.end for quotation in self.quotations]

    def quoted(self, span: Span) -> Span | None:
        """The first quotation that overlaps `span`."""
        at = bisect_right(self._quotation_ends, span.start)
        if at < len(self.quotations) and self.quotations[at].overlaps(span):
            return self.quotations[at]
        return None

    def quotations_in(self, span: Span) -> tuple[Span, ...]:
        """The quotations that overlap `span`."""
        at = bisect_right(self._quotation_ends, span.start)
        found: list[Span] = []
        while at < len(self.quotations) and self.quotations[at].start < span.end:
            found.append(self.quotations[at])
            at += 1
        return tuple(found)

    @cached_property
    def english(self) -> bool:
        """Whether the document is in English."""
        return is_english(self.document.text)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every word of the document as `fold_token` folds it, boilerplate included."""
        return frozenset([word for words in self._folded for word in words])

    @cached_property
    def capitalised(self) -> frozenset[str]:
        """The folded words that the document writes with a capital where no sentence starts."""
        text = self.document.text
        sentences = [words_of(sentence.of(text)) for sentence in self.document.sentences]
        return frozenset(map(fold_token, {word for words in sentences for word in words[1:] if word[0].isupper()}))

    def proper_tokens(self, text: str) -> tuple[str, ...]:
        """The tokens of `text` that are written as names; its first word is one if the document writes it so elsewhere.

        See `names.proper_tokens`.
        """
        (first,) = words_of(text)[:1] or ("",)
        token = fold_token(first) if first[:1].isupper() and first[1:].islower() else ""
        known = bool(token) and token not in CLOSED and self.capitalises(token)
        return proper_tokens(text, capitalised=(token,) if known else ())

    def capitalises(self, token: str) -> bool:
        """Whether a folded word is among those that the document writes with a capital where no sentence starts."""
        known = self._capitals.get(token)
        if known is None:
            known = self._capitals[token] = self._find_capital(token)
        return known

    def _find_capital(self, token: str) -> bool:
        plain = self._plain
        if "capitalised" in self.__dict__ or not plain.isascii() or not token.isascii():
            return token in self.capitalised
        sentences, near = self.document.sentences, set[int]()
        for at in find_capitals(plain, token):
            index, end = max(0, bisect_right(self.starts, at) - 1), at + len(token)
            sentence = sentences[index]
            if stands_alone(plain, at, end) and end <= sentence.end and fold_token(plain[at:end]) == token:
                if any(map(str.isalnum, plain[sentence.start : at])):
                    return True
            else:
                near.add(index)
        words = (word for index in near for word in words_of(sentences[index].of(self.document.text))[1:])
        return any(word[0].isupper() and fold_token(word) == token for word in words)

    def writes(self, token: str) -> bool:
        """Whether the document writes a folded word, or another form of it; see `is_written`."""
        return self._shows(token) or is_written(token, self.tokens)

    def inflects(self, token: str) -> bool:
        """Whether an English document writes a folded word with other last letters alone, as it inflects no name."""
        if self._shows(token) or token in self.tokens or not self.english:
            return False
        return not any(is_form(token, other) for other in self.tokens)

    def _shows(self, token: str) -> bool:
        """Whether a folded word is seen to stand in the document without all of its words being folded."""
        plain, sentences = self._lowered, self.document.sentences
        if not plain or not token.islower() or not sentences:
            return False
        for at in find_words(plain, token):
            end = at + len(token)
            sentence = sentences[max(0, bisect_right(self.starts, at) - 1)]
            if sentence.start <= at and end <= sentence.end and fold_token(self._plain[at:end]) == token:
                return True
        return False

    @cached_property
    def _lowered(self) -> str:
        """The text with plain marks, in lower case; empty if letters are left that are folded otherwise."""
        return self._plain.lower() if self._plain.isascii() else ""

    @cached_property
    def _plain(self) -> str:
        return with_plain_marks(self.document.text)

    @cached_property
    def folded(self) -> str:
        """The document's folded words, one space between them and at both ends."""
        return f" {' '.join([word for words in self._folded for word in words])} "

    @cached_property
    def _folded(self) -> tuple[tuple[str, ...], ...]:
        """The folded words of each sentence."""
        text = self.document.text
        return tuple([fold_tokens(sentence.of(text)) for sentence in self.document.sentences])

    def sentences_with(self, token: str) -> list[int]:
        """The indices of the sentences that hold a folded word."""
        return [index for index, words in enumerate(self._folded) if token in words]

    @cached_property
    def _sentence_countries(self) -> dict[int, frozenset[str]]:
        return {}

    def countries(self, span: Span) -> frozenset[str]:
        """The codes of the countries that the sentences of `span` name, by name, people, capital or seat."""
        found: set[str] = set()
        for index in self.sentences(span):
            kept = self._sentence_countries.get(index)
            if kept is None:
                words = fold_tokens(self.document.sentences[index].of(self.document.text))
                kept = find_countries(frozenset(words), f" {' '.join(words)} ")
                self._sentence_countries[index] = kept
            found |= kept
        return frozenset(found)

    @cached_property
    def all_countries(self) -> frozenset[str]:
        """The codes of all countries that the document names."""
        return find_countries(self.tokens, self.folded)

    def holds(self, name: str) -> bool:
        """Whether the document holds the words of `name` one behind the other, however written."""
        words = " ".join(fold_tokens(name))
        return bool(words) and f" {words} " in self.folded

    def sentences(self, span: Span) -> range:
        """The indices of the sentences that `span` touches."""
        starts, end = self.starts, span.end
        behind = bisect_right(starts, span.start) or 1
        if behind == len(starts) or end <= starts[behind]:
            return self._singles[behind - 1]
        return range(behind - 1, bisect_right(starts, end - 1))

    @cached_property
    def _singles(self) -> list[range]:
        """For each sentence, its index as a range."""
        return [range(index, index + 1) for index in range(max(1, len(self.starts)))]

    @cached_property
    def starts(self) -> list[int]:
        """Where the sentences start, in order."""
        return [sentence.start for sentence in self.document.sentences]

    def sentence_span(self, span: Span) -> Span:
        """From the start of the first sentence that `span` touches to the end of the last one."""
        touched = self.sentences(span)
        sentences = self.document.sentences
        first, last = sentences[touched.start], sentences[touched.stop - 1]
        if first is last and first.contains(span):
            return first
        return Span(min(first.start, span.start), max(last.end, span.end))

    def _once(
        self, kept: dict[int, tuple[FoundT, ...]], index: int, find: Callable[[str], Iterable[FoundT]]
    ) -> tuple[FoundT, ...]:
        found = kept.get(index)
        if found is None:
            sentence = self.document.sentences[index]
            found = tuple(item.shifted(sentence.start) for item in find(sentence.of(self.document.text)))
            kept[index] = found
        return found
