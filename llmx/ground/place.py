"""Placing: which place in the document each quote of a draft means.

A third of all quotes stand more than once in their article. Words that stand in one place settle themselves; of the
others, the sentence number decides, then the neighbourhood: the quotes of the same record that are settled already, or
those of the records around it. A speaker is looked for outside what is said. Where nothing tells, the first place is
taken and the citation says `ambiguous`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from pydantic import BaseModel

from llmx.document import Document
from llmx.ground.plan import FieldPlan, RecordPlan, plan_of
from llmx.ground.quotes import Offered, read_quote
from llmx.ground.ranges import sentence_reach, unfold
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


# Who speaks, and the words that say so, stand outside what is said: of "she denied that she knew", the first "she".
_SAID = "content"
_OUTSIDE_SAID = frozenset({"source", "cue"})
_KINDS = MappingProxyType({kind.value: kind for kind in MatchKind})

Placed = tuple[Citation, ...] | Unplaced
"""A quote's citation, one for each part of an elided quote; or why it has none."""


class Offer(NamedTuple):
    """One record of a draft as it was offered, with the places of its quotes.

    Attributes:
        path: Where it stands in the draft.
        plan: What its class is to grounding.
        value: What was offered.
        values: Its known fields that are not empty: each quote as `Placed`, each record as `Offer`, lists of them as
            lists, all else as it came; `None` when the value is no record.
    """

    path: Path
    plan: RecordPlan
    value: Any
    values: dict[str, Any] | None


class _Open(NamedTuple):
    """A quote that stands in several places, and where its citation is to be put."""

    into: Any
    key: str | int
    record: Path
    name: str
    offered: Offered
    match: Match


def place_quotes(
    draft: Mapping[str, Any], schema: type[BaseModel], document: Document, index: Index, *, example: str = ""
) -> Offer:
    """Place every quote of `draft`.

    Args:
        draft: What a model filled.
        schema: The report class.
        document: Where the quotes are to stand.
        index: The document's text, prepared.
        example: The text of the prompt's worked example; words that stand there alone were copied from the prompt.

    Returns:
        The draft with the citations of its quotes, or why they have none.
    """
    placing = _Placing(document, index, example)
    offer = placing.read(draft, plan_of(schema), ())
    placing.settle()
    return offer


class _Placing:
    """One draft's placing: unique quotes first, then the ones they decide."""

    def __init__(self, document: Document, index: Index, example: str) -> None:
        self._document = document
        self._index = index
        self._example = example
        self._open: list[_Open] = []
        self._same: dict[Offered, Placed] = {}
        self._unsorted: list[tuple[Path, str, tuple[Citation, ...]]] = []
        self._settled: dict[Path, list[Span]] = {}
        self._said: dict[Path, list[Span]] = {}

    def read(self, value: Any, plan: RecordPlan, path: Path) -> Offer:
        """The record at `path` with the places of its quotes, save of those that stand in several places."""
        if not isinstance(value, (dict, Mapping)):  # the first is the common one, and told at once
            return Offer(path, plan, value, None)
        record, names = cast("Mapping[str, Any]", value), plan.names
        values = {name: held for name, held in record.items() if held is not None and name in names}
        for field in plan.quoted:
            name = field.name
            held = values.get(name)
            if held is None or held == []:
                continue
            if field.many:
                items = cast("Sequence[Any]", held) if isinstance(held, (list, tuple)) else (held,)
                values[name] = self._read_list(items, field, path)
            elif field.record is not None:
                values[name] = self.read(held, plan_of(field.record), (*path, name))
            else:
                values[name] = self._place(held, path, name, values, name)
        return Offer(path, plan, value, values)

    def _read_list(self, items: Sequence[Any], field: FieldPlan, path: Path) -> list[Any]:
        name = field.name
        if field.record is not None:
            plan = plan_of(field.record)
            return [self.read(item, plan, (*path, name, number)) for number, item in enumerate(items)]
        placed: list[Any] = []
        for number, item in enumerate(items):
            placed.append(self._place(item, path, name, placed, number))
        return placed

    def settle(self) -> None:
        """Choose among the places of the quotes that stand in several."""
        for one in self._open:
            match, certain = one.match, True
            if match.span is None:
                chosen, certain = self._choose(one.record, one.name, one.offered, match.candidates)
                match = self._index.locate(one.offered.words, near=chosen)
            one.into[one.key] = placed = self._cited(one.offered, match, ambiguous=not certain)
            self._note(one.record, one.name, placed)

    def _place_told(self, value: dict[str, Any], record: Path, name: str) -> Placed | None:
        """The citation of a quote that was offered with its place and stands there; `None` for any other.

        An engine knows the places of all its quotes.
        """
        words, start = value.get("quote"), value.get("start")
        if not isinstance(words, str) or not isinstance(start, int) or start < 0 or "~" in words:
            return None
        if not words or words[0].isspace() or words[-1].isspace():
            return None
        here = self._index.at(start, words)
        if here is None:
            return None
        if self._is_boilerplate(here):
            return Unplaced(Reason.BOILERPLATE, words, here)
        placed = (Citation.of_span(here, self._document.text),)
        self._unsorted.append((record, name, placed))
        return placed

    def _place(self, value: Any, record: Path, name: str, into: Any, key: str | int) -> Placed | None:
        """The citation of a quote, or why it has none; `None` where that is open, which is noted."""
        told = self._place_told(cast("dict[str, Any]", value), record, name) if isinstance(value, dict) else None
        if told is not None:
            return told
        offered = read_quote(value)
        if offered is None:
            return Unplaced(Reason.INVALID_VALUE, detail=f"not a quote: {value!r:.80}")
        known = self._same.get(offered)
        if known is None:
            full = unfold(offered, self._document, self._index)
            here = self._as_told(full)
            if here is not None and (full.start is not None or self._document.text.count(full.words) == 1):
                known = self._cited_at((here,), full.words, MatchKind.EXACT)
            else:
                match, is_open = self._find(full, here)
                if is_open:
                    self._open.append(_Open(into, key, record, name, full, match))
                    return None
                known = self._cited(full, match)
            self._same[offered] = known
        self._note(record, name, known)
        return known

    def _as_told(self, offered: Offered) -> Span | None:
        """Where the words stand as they were written at the start, or first in the sentence, that was told."""
        words = offered.words
        if words != words.strip():
            return None
        if offered.start is not None:
            return self._index.at(offered.start, words)
        reach = sentence_reach(offered.sentence, self._document)
        return self._index.first(words, *reach) if reach is not None else None

    def _find(self, offered: Offered, here: Span | None) -> tuple[Match, bool]:
        """The place of a quote, or the places it could have outside boilerplate; and whether it has several.

        `here` is where it stands as it was told.
        """
        if offered.start is not None:
            start = Span(offered.start, offered.start + len(offered.words))
            return self._index.locate(offered.words, near=start), False
        told = self._in_sentence(offered, here) if here is not None and not self._is_boilerplate(here) else None
        if told is not None:
            return told, len(told.candidates) > 1
        match = self._index.locate(offered.words)
        if match.reason is Refusal.MISSING and offered.raw != offered.words:
            literal = self._index.locate(offered.raw)
            match = literal if literal.span or literal.candidates else match
        if match.reason is not Refusal.AMBIGUOUS:
            return match, False
        outside = tuple(span for span in match.candidates if not self._is_boilerplate(span))
        if len(outside) == 1:
            return self._index.locate(offered.words, near=outside[0]), False
        candidates = outside or match.candidates
        return match._replace(candidates=candidates), len(candidates) > 1

    def _in_sentence(self, offered: Offered, here: Span) -> Match | None:
        """The one place where the words stand in the sentence that was told; `None` where they stand there twice.

        Where they stand elsewhere too, the first such place is among its candidates.
        """
        reach = sentence_reach(offered.sentence, self._document)
        if reach is None or self._index.first(offered.words, here.start + 1, reach[1]) is not None:
            return None
        end = len(self._document.text)
        other = self._index.first(offered.words, 0, reach[0]) or self._index.first(offered.words, reach[1], end)
        candidates = (here,) if other is None or self._is_boilerplate(other) else (here, other)
        return Match(here, how="exact", parts=(here,), candidates=candidates)

    def _choose(self, record: Path, name: str, offered: Offered, candidates: Sequence[Span]) -> tuple[Span, bool]:
        """The candidate that is meant, and whether anything told so."""
        anchors = self._anchors(record)
        sentence = self._sentence(offered.sentence)
        if sentence is None and not anchors:
            return candidates[0], False

        said = self._said.get(record, ()) if name in _OUTSIDE_SAID else ()

        def distance(span: Span) -> tuple[int, bool, int, int]:
            to_sentence = 0 if sentence is None else self._sentences_away(span, sentence)
            within = any(content.contains(span) for content in said)
            return to_sentence, within, min((span.gap(anchor) for anchor in anchors), default=0), span.start

        return min(candidates, key=distance), True

    def _leaked(self, words: str) -> bool:
        """Whether words that do not stand in the document stand in the prompt's worked example."""
        if not self._example:
            return False
        match = locate(words, self._example)
        return match.span is not None or bool(match.candidates)

    def _anchors(self, record: Path) -> list[Span]:
        """Settled spans of the record, or of the nearest record around it that has any."""
        for at, name, placed in self._unsorted:
            span = placed[0].span.hull(placed[-1].span)
            for length in range(len(at), 0, -1):
                self._settled.setdefault(at[:length], []).append(span)
            if name == _SAID:
                self._said.setdefault(at, []).append(span)
        self._unsorted.clear()
        for length in range(len(record), 0, -1):
            found = self._settled.get(record[:length])
            if found:
                return found
        return []

    def _sentence(self, number: int | None) -> int | None:
        return number - 1 if number is not None and 1 <= number <= len(self._document.sentences) else None

    def _sentences_away(self, span: Span, sentence: int) -> int:
        return abs(self._document.sentence_index(span) - sentence)

    def _cited(self, offered: Offered, match: Match, *, ambiguous: bool = False) -> Placed:
        if match.span is None:
            reason = Reason(match.reason.value) if match.reason else Reason.MISSING_QUOTE
            if self._leaked(offered.words):
                reason = Reason.EXAMPLE_LEAK
            return Unplaced(reason, offered.words, match.nearest, match.detail)
        return self._cited_at(
            match.parts or (match.span,), offered.words, _KINDS[match.how or "exact"], ambiguous=ambiguous
        )

    def _cited_at(self, parts: tuple[Span, ...], words: str, how: MatchKind, *, ambiguous: bool = False) -> Placed:
        if any(map(self._is_boilerplate, parts)):
            return Unplaced(Reason.BOILERPLATE, words, parts[0].hull(parts[-1]))
        text = self._document.text
        return tuple([Citation.of_span(part, text, match=how, ambiguous=ambiguous) for part in parts])

    def _is_boilerplate(self, span: Span) -> bool:
        return bool(self._document.boilerplate) and self._document.in_boilerplate(span)

    def _note(self, record: Path, name: str, placed: Placed) -> None:
        if not isinstance(placed, Unplaced):
            self._unsorted.append((record, name, placed))
