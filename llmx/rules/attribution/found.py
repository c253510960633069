"""What the attribution rules find: spans, kinds, and the rule that found them."""

from __future__ import annotations

from typing import NamedTuple

from llmx.schema.terms import AttributionMode, SourceKind, Stance
from llmx.text.span import Span


class FoundAttribution(NamedTuple):
    """One attribution, as spans of the document's text.

    Attributes:
        content: What is attributed, one span for each separate part, in order; at least one.
        source: Who speaks, the whole noun phrase; `None` where nobody is named.
        cue: The words that attribute; `None` only for a quotation without one.
        rule: The rule that found it.
        addressee: To whom it is said.
        medium: Where it is said: "in an interview".
        time: When it is said: "on Monday".
        hedges: Words in cue or content that lower commitment.
        via: Through whom the source speaks: "Radio Orlo" in "Radio Orlo's sources".
        source_kind: What kind of source it is.
        mode: Direct, mixed, indirect and so on, by quotation marks and cue.
        stance: What the cue does.
        parent: Number of the attribution, in the same result, in whose content this one stands.
        clausal: Whether the content is a clause, or a quotation, and no noun phrase or infinitive.
        confidence: How often the rule is right where it looks like this, from 0 to 1.
    """

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    rule: str
    addressee: Span | None = None
    medium: Span | None = None
    time: Span | None = None
    hedges: tuple[Span, ...] = ()
    via: Span | None = None
    source_kind: SourceKind = "unattributed"
    mode: AttributionMode = "indirect"
    stance: Stance = "reports"
    parent: int | None = None
    clausal: bool = True
    confidence: float = 1.0

    @property
    def hull(self) -> Span:
        """From the first to the last code point of the content."""
        return self.content[0].hull(self.content[-1])
