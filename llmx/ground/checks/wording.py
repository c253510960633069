"""Wording: whether a claim's sentence says what its evidence says, no more and nothing else.

A *verbatim* text is its evidence word for word. It can say nothing else, so it needs none of the checks that compare
words, names, numbers, dates, negations and senses; most claims of the embedded engine are of this kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from llmx.ground.checks import claim_roles, claim_senses, claim_texts
from llmx.ground.checks.verdicts import supported
from llmx.ground.context import Context
from llmx.result import Verdict
from llmx.schema.news import Claim

_COMPARING = (
    claim_texts.check_claim_numbers,
    claim_texts.check_claim_times,
    claim_texts.check_claim_names,
    claim_texts.check_claim_negation,
    claim_texts.check_claim_words,
    claim_senses.check_claim_sense,
    claim_senses.check_claim_certainty,
    claim_senses.check_claim_currency,
    claim_roles.check_claim_roles,
)


def check_wording(claim: Claim, context: Context) -> Iterator[Verdict]:
    """The verdicts of all checks that compare a claim's text with its evidence, or the one that it is verbatim."""
    if _is_verbatim(claim):
        yield supported(("text",), "claim.verbatim")
        return
    for check in _COMPARING:
        yield from check(claim, context)


def _is_verbatim(claim: Claim) -> bool:
    """Whether the text is all of the evidence, save line breaks, a capital where it starts and a stop at its end."""
    if len(claim.evidence) != 1:
        return False
    quote, text = claim.evidence[0].quote, claim.text
    if "\n" in quote:  # a hard-wrapped article
        quote = " ".join(quote.split())
    same = text.startswith(quote[1:], 1) and text[len(quote) :] in ("", ".")
    return same and text[:1].lower() == quote[:1].lower()
