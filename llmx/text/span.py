"""Spans: half-open ranges of code points in a document's text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of Unicode code points; sorts by start, then end.

    Attributes:
        start: Index of the first code point.
        end: Index behind the last code point; never below `start`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not [{self.start}, {self.end})")

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
