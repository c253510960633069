"""Placing: which place in the document each quote of a draft means.

A third of all quotes stand more than once in their article. Words that stand in one place settle themselves; of the
others, the sentence number decides, then the neighbourhood: the quotes of the same record that are settled already, or
those of the records around it. Where nothing tells, the first place is taken and the citation says `ambiguous`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from pydantic import BaseModel

from llmx.document import Document
from llmx.ground.plan import plan_of
from llmx.ground.quotes import Offered, read_quote
from llmx.ground.ranges import unfold
from llmx.result import Path, Reason
from llmx.schema.citation import Citation, MatchKind
from llmx.text.locate import Index, Match, Refusal, locate
from llmx.text.span import Span


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A quote that has no place.

    Attributes:
        reason: Why.
        quote: The words that were offered; `None` when the value was no quote.
        nearest: The words of the document that come nearest.
        detail: Both sides in words.
    """

    reason: Reason
    quote: str | None = None
    nearest: Span | None = None
    detail: str = ""


_KINDS = MappingProxyType({kind.value: kind for kind in MatchKind})

Placed = tuple[Citation, ...] | Unplaced
"""A quote's citation, one for each part of an elided quote; or why it has none."""


def place_quotes(
    draft: Mapping[str, Any], schema: type[BaseModel], document: Document, index: Index, *, example: str = ""
) -> dict[Path, Placed]:
    """Place every quote of `draft`.

    Args:
        draft: What a model filled.
        schema: The report class.
        document: Where the quotes are to stand.
        index: The document's text, prepared.
        example: The text of the prompt's worked example; words that stand there alone were copied from the prompt.

    Returns:
        For the path of each quote in the draft, its citations or why it has none.
    """
    quotes: dict[Path, tuple[Path, Any]] = {}
    _collect(draft, schema, (), quotes)
    return _Placing(document, index, example).settle(quotes)


def _collect(value: Any, schema: type[BaseModel], path: Path, into: dict[Path, tuple[Path, Any]]) -> None:
    """Note every quote below the record `value`, with the path of the record it belongs to."""
    if not isinstance(value, dict):
        return
    record = cast("dict[str, Any]", value)
    for field in plan_of(schema).quoted:
        held = record.get(field.name)
        if held is None:
            continue
        for at, item in _items(held, (*path, field.name), many=field.many):
            if field.record is not None:
                _collect(item, field.record, at, into)
            else:
                into[at] = (path, item)


def _items(held: Any, path: Path, *, many: bool) -> list[tuple[Path, Any]]:
    if many and isinstance(held, (list, tuple)):
        return [((*path, number), item) for number, item in enumerate(cast("Sequence[Any]", held))]
    return [((*path, 0), held)] if many else [(path, held)]


class _Placing:
    """One draft's placing: unique quotes first, then the ones they decide."""

    def __init__(self, document: Document, index: Index, example: str) -> None:
        self._document = document
        self._index = index
        self._example = example
        self._settled: dict[Path, list[Span]] = {}
        self._placed: dict[Path, Placed] = {}

    def settle(self, quotes: Mapping[Path, tuple[Path, Any]]) -> dict[Path, Placed]:
        open_quotes: list[tuple[Path, Path, Offered, tuple[Span, ...]]] = []
        for path, (record, value) in quotes.items():
            offered = read_quote(value)
            if offered is None:
                self._placed[path] = Unplaced(Reason.INVALID_VALUE, detail=f"not a quote: {value!r:.80}")
                continue
            offered = unfold(offered, self._document, self._index)
            match, candidates = self._find(offered)
            if match.span is None and len(candidates) > 1:
                open_quotes.append((path, record, offered, candidates))
            else:
                self._note(path, record, offered, match)
        for path, record, offered, candidates in open_quotes:
            chosen, certain = self._choose(record, offered, candidates)
            match = self._index.locate(offered.words, near=chosen)
            self._note(path, record, offered, match, ambiguous=not certain)
        return {path: self._placed[path] for path in quotes} if open_quotes else self._placed

    def _find(self, offered: Offered) -> tuple[Match, tuple[Span, ...]]:
        """The place of a quote, or the places it could have outside boilerplate."""
        if offered.start is not None:
            here = Span(offered.start, offered.start + len(offered.words))
            return self._index.locate(offered.words, near=here), ()
        match = self._index.locate(offered.words)
        if match.reason is Refusal.MISSING and offered.raw != offered.words:
            literal = self._index.locate(offered.raw)
            match = literal if literal.span or literal.candidates else match
        if match.reason is not Refusal.AMBIGUOUS:
            return match, ()
        outside = tuple(span for span in match.candidates if not self._document.in_boilerplate(span))
        if len(outside) == 1:
            return self._index.locate(offered.words, near=outside[0]), ()
        return match, outside or match.candidates

    def _choose(self, record: Path, offered: Offered, candidates: Sequence[Span]) -> tuple[Span, bool]:
        """The candidate that is meant, and whether anything told so."""
        anchors = self._anchors(record)
        sentence = self._sentence(offered.sentence)
        if sentence is None and not anchors:
            return candidates[0], False

        def distance(span: Span) -> tuple[int, int, int]:
            to_sentence = 0 if sentence is None else self._sentences_away(span, sentence)
            return to_sentence, min((span.gap(anchor) for anchor in anchors), default=0), span.start

        return min(candidates, key=distance), True

    def _leaked(self, words: str) -> bool:
        """Whether words that do not stand in the document stand in the prompt's worked example."""
        if not self._example:
            return False
        match = locate(words, self._example)
        return match.span is not None or bool(match.candidates)

    def _anchors(self, record: Path) -> list[Span]:
        """Settled spans of the record, or of the nearest record around it that has any."""
        for length in range(len(record), 0, -1):
            found = self._settled.get(record[:length])
            if found:
                return found
        return []

    def _sentence(self, number: int | None) -> int | None:
        return number - 1 if number is not None and 1 <= number <= len(self._document.sentences) else None

    def _sentences_away(self, span: Span, sentence: int) -> int:
        return abs(self._document.sentence_index(span) - sentence)

    def _note(self, path: Path, record: Path, offered: Offered, match: Match, *, ambiguous: bool = False) -> None:
        if match.span is None:
            reason = Reason(match.reason.value) if match.reason else Reason.MISSING_QUOTE
            if self._leaked(offered.words):
                reason = Reason.EXAMPLE_LEAK
            self._placed[path] = Unplaced(reason, offered.words, match.nearest, match.detail)
            return
        parts = match.parts or (match.span,)
        if self._document.boilerplate and any(self._document.in_boilerplate(part) for part in parts):
            self._placed[path] = Unplaced(Reason.BOILERPLATE, offered.words, match.span)
            return
        for length in range(len(record), 0, -1):
            self._settled.setdefault(record[:length], []).append(match.span)
        how = _KINDS[match.how or "exact"]
        self._placed[path] = tuple(
            Citation(
                quote=part.of(self._document.text),
                start=part.start,
                end=part.end,
                match=how,
                ambiguous=ambiguous,
            )
            for part in parts
        )
