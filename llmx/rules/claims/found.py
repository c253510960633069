"""What the claim rules find."""

from __future__ import annotations

from dataclasses import dataclass, field

from llmx.schema.terms import ClaimKind, Epistemic, LinkRelation
from llmx.text.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """One assertion.

    Attributes:
        text: The clause, as a sentence that stands alone.
        evidence: The words that assert it.
        kind: What sort of thing is asserted.
        claimer: Numbers of the attributions in whose content it stands, outermost first; none for the author's voice.
        epistemic: How far the claimer stands by it.
        check_worthy: Whether a fact-checker could and would check it.
        events: Numbers of the events it is about.
        loaded_terms: Words in the evidence that judge.
        links: How it stands to other claims: relation and number in the same result.
        rule: The rule that found it.
    """

    text: str
    evidence: Span
    kind: ClaimKind
    claimer: tuple[int, ...]
    epistemic: Epistemic
    check_worthy: bool
    events: tuple[int, ...]
    loaded_terms: tuple[Span, ...] = field(default=())
    links: tuple[tuple[LinkRelation, int], ...] = field(default=())
    rule: str
