"""Locate quotes: find the span where offered words stand in a text.

First version: exact occurrence only. A near miss is a miss. Whether the span supports a value is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from llmx.text.span import Span

How = Literal["exact", "folded", "repaired", "elided"]
"""How the offered words differ from the text's: see `MatchKind`."""


class Refusal(StrEnum):
    """Why a quote has no span."""

    MISSING = "missing-quote"
    AMBIGUOUS = "ambiguous-quote"
    NUMBER = "number-mismatch"
    DATE = "date-mismatch"
    NAME = "name-mismatch"
    NEGATION = "negation-mismatch"
    HEDGE = "hedge-mismatch"
    UNIT = "unit-mismatch"


@dataclass(frozen=True, slots=True)
class Match:
    """Where a quote stands, or why it has no place.

    Attributes:
        span: From its first word to its last; `None` when it is not located.
        how: How the offered words differ from the text's; `None` when it is not located.
        parts: The spans of the parts of an elided quote ("A … B"); one span otherwise; empty when not located.
        reason: Why it is not located; `None` when it is.
        candidates: All places where it could stand, in order, when there are several.
        nearest: The text that comes nearest to a quote that is not located; `None` where nothing does.
        detail: Both sides in words, such as `number-mismatch: quote 50, text 30 at 812:814`.
    """

    span: Span | None
    how: How | None = None
    parts: tuple[Span, ...] = ()
    reason: Refusal | None = None
    candidates: tuple[Span, ...] = ()
    nearest: Span | None = None
    detail: str = ""


class Index:
    """A text prepared for locating many quotes in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def locate(self, quote: str, *, near: Span | None = None) -> Match:
        """Find where `quote` stands.

        Args:
            quote: Words offered as evidence.
            near: Where it is expected; decides between several places, and never rejects a place that is the only one.
        """
        found: list[Span] = []
        at = self.text.find(quote) if quote.strip() else -1
        while at >= 0:
            found.append(Span(at, at + len(quote)))
            at = self.text.find(quote, at + 1)
        if not found:
            return Match(span=None, reason=Refusal.MISSING)
        if len(found) > 1 and near is None:
            return Match(span=None, reason=Refusal.AMBIGUOUS, candidates=tuple(found))
        chosen = found[0] if near is None else min(found, key=near.gap)
        return Match(span=chosen, how="exact", parts=(chosen,), candidates=tuple(found))


def locate(quote: str, text: str, *, near: Span | None = None) -> Match:
    """Find where `quote` stands in `text`; for many quotes in one text build an `Index` once."""
    return Index(text).locate(quote, near=near)
