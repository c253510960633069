"""Claims: what is asserted, by whom, and how surely.

    found = find_claims(analysis, attributions, events, counts)     # tuple of FoundClaim
    record = draft_claim(found, number, analysis.text)              # as a draft holds it

A claim's text is a clause of the article, word for word; only a subject "he" or "she" may be replaced, by the name of
who speaks. A clause that cannot stand alone makes no claim.
"""

from llmx.rules.claims.drafting import draft_claim
from llmx.rules.claims.find import find_claims
from llmx.rules.claims.found import FoundClaim

__all__ = ["FoundClaim", "draft_claim", "find_claims"]
