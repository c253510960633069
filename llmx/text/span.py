"""Spans: half-open ranges of code points in a document's text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A half-open range `[start, end)` of Unicode code points; sorts by start, then end.

    Attributes:
        start: Index of the first code point.
        end: Index behind the last code point; never below `start`.
    """

    start: int
    end: int

    # hundreds are made for each article: the slots' own setters take half the time of the frozen class's way
    def __init__(self, start: int, end: int) -> None:
        if not 0 <= start <= end:
            raise _no_span(start, end)
        _set_start(self, start)
        _set_end(self, end)

    def __post_init__(self) -> None:
        # who reads a saved record sets the slots, and asks here
        if not 0 <= self.start <= self.end:
            raise _no_span(self.start, self.end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def gap(self, other: Span) -> int:
        """Code points between the two spans; 0 when they touch or overlap."""
        return max(0, max(self.start, other.start) - min(self.end, other.end))

    def hull(self, other: Span) -> Span:
        """The smallest span that contains both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def shifted(self, by: int) -> Span:
        """This span moved `by` code points to the right (to the left when negative)."""
        return Span(self.start + by, self.end + by)


_set_start: Callable[[Span, int], None] = Span.__dict__["start"].__set__
_set_end: Callable[[Span, int], None] = Span.__dict__["end"].__set__


def _no_span(start: int, end: int) -> ValueError:
    return ValueError(f"a span needs 0 <= start <= end, not [{start}, {end})")
