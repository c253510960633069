"""Selection: which claims bear on the story and can be checked."""

from __future__ import annotations

from collections.abc import Sequence

from llmx.rules.analysis import Analysis
from llmx.rules.attribution import FoundAttribution
from llmx.rules.claims.clauses import is_existential
from llmx.rules.claims.found import FoundClaim
from llmx.rules.claims.kinds import has_figure, looks_ahead

_TOLD = frozenset(["event", "quantity", "responsibility", "causal", "affiliation"])


def matters(analysis: Analysis, claim: FoundClaim, attributions: Sequence[FoundAttribution]) -> bool:
    """Whether a claim gives a figure, blames, or tells what happened.

    What somebody will do, and what is felt or judged in a quotation, does not matter; of what the author tells the
    first sentence does, and figures and causes.
    """
    tokens = analysis.tokens_in(claim.evidence)
    if has_figure(analysis, tokens):
        return True
    if not claim.claimer:
        first = analysis.sentence_of[analysis.behind_dateline]
        return claim.kind == "causal" or analysis.sentence_of[tokens[0]] <= first + 1
    if looks_ahead(analysis, tokens):
        return False
    quoted = attributions[claim.claimer[-1]].mode in ("direct", "mixed")
    return claim.kind in _TOLD or not quoted or is_existential(analysis, *tokens)
