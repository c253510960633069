"""Drafting: a found claim as a draft holds it."""

from __future__ import annotations

from typing import Any

from llmx.rules.claims.found import FoundClaim
from llmx.text.span import Span


def draft_claim(found: FoundClaim, number: int, text: str) -> dict[str, Any]:
    """The claim's record in a draft, with quotes that know their place.

    Args:
        found: The claim.
        number: Its number, from 0; its id is `c` and the number from 1. Attributions are `a…`, events `e…`.
        text: The document's text.
    """
    return {
        "id": f"c{number + 1}",
        "text": found.text,
        "evidence": [_quote(found.evidence, text)],
        "kind": found.kind,
        "claimer": [f"a{at + 1}" for at in found.claimer] or ["document"],
        "epistemic": found.epistemic,
        "check_worthy": found.check_worthy,
        "events": [f"e{at + 1}" for at in found.events],
        "links": [{"relation": relation, "claim": f"c{at + 1}"} for relation, at in found.links],
        "loaded_terms": [_quote(span, text) for span in found.loaded_terms],
    }


def _quote(span: Span, text: str) -> dict[str, Any]:
    return {"quote": span.of(text), "start": span.start}
