"""Anchor a tool's spans in the text: by code points, else by UTF-16 units, else by their words.

Tools written in JavaScript count UTF-16 units: behind a sign beyond the basic plane, such as an emoji, their offsets
are too large. A span whose words do not stand at its offsets is moved to them, and counted; it is never moved by guess.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from llmx.eval.gold.cites import occurrences
from llmx.eval.importers.labelmap import Offsets
from llmx.text.span import Span

_BEYOND = 0xFFFF


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a span stands: `None` where that cannot be told; and whether it was moved."""

    span: Span | None
    moved: bool


class Anchors:
    """Anchors spans in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        # For each code point the UTF-16 units before it.
        self._units = [0, *accumulate(2 if ord(sign) > _BEYOND else 1 for sign in text)]

    def place(self, start: int, end: int, words: str | None, offsets: Offsets = "auto") -> Anchored:
        """Where the span `[start, end)` of the tool stands.

        Args:
            start: The tool's start.
            end: The tool's end.
            words: The words the tool exported for it, or `None`.
            offsets: What the offsets count, where there are no words to tell.
        """
        plain = Span(start, end) if 0 <= start < end <= len(self._text) else None
        wide = self._from_units(start, end)
        if words is None:
            span = wide if offsets == "utf16" else plain
            return Anchored(span, moved=span is not None and span != plain)
        if plain is not None and plain.of(self._text) == words:
            return Anchored(plain, moved=False)
        if wide is not None and wide.of(self._text) == words:
            return Anchored(wide, moved=True)
        places = occurrences(words, self._text) if words.strip() else []
        return Anchored(places[0], moved=True) if len(places) == 1 else Anchored(None, moved=False)

    def counts_units(self, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether the offsets look like UTF-16 units: more of them then stand at the edges of words."""
        plain = sum(self._at_edges(Span(a, b)) for a, b in spans if 0 <= a < b <= len(self._text))
        wide = sum(self._at_edges(span) for a, b in spans if (span := self._from_units(a, b)) is not None)
        return wide > plain

    def _from_units(self, start: int, end: int) -> Span | None:
        first, last = bisect_left(self._units, start), bisect_left(self._units, end)
        if first < last < len(self._units) and self._units[first] == start and self._units[last] == end:
            return Span(first, last)
        return None

    def _at_edges(self, span: Span) -> bool:
        text = self._text
        before = text[span.start - 1] if span.start else " "
        after = text[span.end] if span.end < len(text) else " "
        inside = text[span.start].isalnum() and text[span.end - 1].isalnum()
        return inside and not before.isalnum() and not after.isalnum()
