"""What the claim rules find."""

from __future__ import annotations

from typing import NamedTuple

from llmx.schema.terms import ClaimKind, Epistemic, LinkRelation
from llmx.text.span import Span


class FoundClaim(NamedTuple):
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
        rule: The rule that found it.
        links: How it stands to other claims: relation and number in the same result.
    """

    text: str
    evidence: Span
    kind: ClaimKind
    claimer: tuple[int, ...]
    epistemic: Epistemic
    check_worthy: bool
    events: tuple[int, ...]
    loaded_terms: tuple[Span, ...]
    rule: str
    links: tuple[tuple[LinkRelation, int], ...] = ()
