"""Loaded terms: whether words that are said to judge stand in the evidence, and can judge at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from llmx.ground.checks.nearness import is_within, sentences_away
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.names import fold_tokens, is_country, proper_tokens
from llmx.lexicon.function_words import CLOSED, word_set
from llmx.lexicon.table import read_rows
from llmx.result import Path, Reason, Verdict
from llmx.schema.citation import Citation
from llmx.schema.news import Claim


def check_loaded_terms(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether each loaded term stands in the evidence, or at least in its sentence."""
    for number, term in enumerate(claim.loaded_terms):
        path: Path = ("loaded_terms", number)
        rule = "claim.loaded_term"
        if _is_plain(term, context):
            yield contradicted(path, rule, Reason.VALUE_MISMATCH, f"{term.quote[:60]!r} judges nothing")
        elif is_within(term, claim.evidence):
            listed = any(word in _loaded() for word in fold_tokens(term.quote))
            yield supported(path, rule) if listed else undecided(path, rule, "in no list of loaded terms")
        elif sentences_away(term, claim.evidence, context) == 0:
            yield undecided(path, rule, "in the sentence, not in the evidence")
        else:
            detail = f"{term.quote[:60]!r} stands outside the evidence"
            yield contradicted(path, rule, Reason.OUTSIDE_EVIDENCE, detail)


@lru_cache(maxsize=1)
def _loaded() -> frozenset[str]:
    return frozenset(token for _, cell in read_rows("loaded.tsv", columns=2) for token in fold_tokens(cell))


def _is_plain(term: Citation, context: Context) -> bool:
    """Whether a term is nothing but function words, numbers, names, and plain words for harm, time and speaking."""
    tokens = fold_tokens(term.quote)
    if any(token in _loaded() for token in tokens):
        return False
    if context.reading.quoted(term.span) is not None and len(tokens) > 1:
        return False
    neutral = {
        token
        for family in ("harm", "thing", "modality", "negation")
        for signal in context.reading.signals(term.span, family)
        for token in fold_tokens(context.text[signal.start : signal.end])
    }
    named = set(proper_tokens(term.quote, capitalised=context.reading.capitalised))
    plain = (neutral | named | _NEUTRAL) - _CRIMES
    return all(token in CLOSED or token in plain or token[0].isdigit() or is_country(token) for token in tokens)


_CRIMES = word_set(
    """murder murders murdered murdering massacre massacres massacred slaughter slaughtered slaughtering martyr martyrs
    martyred lynch lynched lynching execute executed execution executions assassinated assassination"""
)
"""Words for killing that say what kind of deed it was."""
_NEUTRAL = word_set(
    """people official officials minister ministers president government said says told police court scientists study
    report reports year years month months week weeks day days million billion percent prices construction income
    officers doctors patients experts authorities city town village country countries region area number numbers
    company bank two three four five six seven eight nine ten first second third last new old former senior local
    national"""
)
