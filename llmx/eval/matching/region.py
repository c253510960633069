"""Regions: what a citation covers, as a union of spans, and how alike two of them are."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from llmx.text.span import Span

EDGE = frozenset(string.whitespace + string.punctuation + "“”‘’„‚«»‹›…–—\u00a0\u200b\ufeff")
"""White space, punctuation and quote marks: at an edge they do not make two places differ."""


@dataclass(frozen=True, slots=True)
class Region:
    """A union of spans of one text.

    Attributes:
        spans: The spans, sorted and disjoint; empty for "nowhere".
        tight: Starts and ends of the spans without white space and punctuation at their edges, as one flat key: regions
            are compared by it far more often than they are made.
        size: Code points covered.
    """

    spans: tuple[Span, ...]
    tight: tuple[int, ...] = field(compare=False)
    size: int = field(compare=False)

    def __bool__(self) -> bool:
        return bool(self.spans)

    @property
    def start(self) -> int:
        """The first code point; -1 for an empty region."""
        return self.spans[0].start if self.spans else -1

    def same(self, other: Region) -> bool:
        """Whether both are the same place, edges aside; two empty regions are."""
        return self.tight == other.tight


NOWHERE = Region((), (), 0)
"""The empty region."""


def region_of(spans: Iterable[Span], text: str) -> Region:
    """The union of `spans` as a region of `text`; empty spans are left out."""
    ordered = sorted(span for span in spans if len(span))
    if not ordered:
        return NOWHERE
    joined = [ordered[0]]
    for span in ordered[1:]:
        if span.start <= joined[-1].end:
            joined[-1] = joined[-1].hull(span)
        else:
            joined.append(span)
    kept = tuple(part for part in (_trim(span, text) for span in joined) if part is not None)
    tight = tuple(bound for span in kept or joined for bound in (span.start, span.end))
    return Region(tuple(joined), tight, sum(len(span) for span in joined))


def region_at(start: int, end: int, text: str) -> Region:
    """The region of one span that lies within `text` and is not empty."""
    span = Span(start, end)
    tight = _trim(span, text) or span
    return Region((span,), (tight.start, tight.end), end - start)


def _trim(span: Span, text: str) -> Span | None:
    start, end = span.start, min(span.end, len(text))
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    if start == span.start and end == span.end:
        return span
    return Span(start, end) if start < end else None


def shared(one: Region, other: Region) -> int:
    """Code points that both regions cover."""
    total = 0
    for left in one.spans:
        for right in other.spans:
            both = min(left.end, right.end) - max(left.start, right.start)
            if both > 0:
                total += both
    return total


def overlapping(left: Sequence[Region], right: Sequence[Region]) -> list[tuple[int, int]]:
    """Indices of the pairs whose hulls overlap: only they can share a code point."""
    hulls = [(j, region.spans[0].start, region.spans[-1].end) for j, region in enumerate(right) if region.spans]
    found: list[tuple[int, int]] = []
    for i, region in enumerate(left):
        if not region.spans:
            continue
        start, end = region.spans[0].start, region.spans[-1].end
        for j, first, last in hulls:
            if first < end and start < last:
                found.append((i, j))
    return found


def iou(one: Region, other: Region) -> float:
    """Shared code points over those of either; 0 where one is empty."""
    if one.spans == other.spans:
        return 1.0 if one.spans else 0.0
    both = shared(one, other)
    return both / (one.size + other.size - both) if both else 0.0


def covers_half(one: Region, other: Region) -> bool:
    """Whether the two share at least half of their union, or one lies wholly within the other."""
    both = shared(one, other)
    return both > 0 and (both * 2 >= one.size + other.size - both or both in (one.size, other.size))
