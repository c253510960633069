"""Doubt: the words of other languages that negate or hedge, as far as a short list of forms can hold them.

German, French, Spanish, Turkish, Russian and Arabic have a table in `doubt.tsv`. A Turkish verb carries its negation in
a suffix, which a pattern knows. What a language's words govern is decided by whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from llmx.lexicon.signals import Family, Signal
from llmx.lexicon.table import read_rows, words
from llmx.lexicon.terms import TermTable

_WORD = re.compile(r"[^\W\d_]+")
_NEGATED_VERB: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "tr": re.compile(
            r"\w{2,}(?:m[ae]d[ıi](?:lar|ler|k|m|n|ğı\w*|ği\w*)?|m[ae]y[ae]c[ae]\w+|m[ae]m[ıi]ş\w*|m[ae]z(?:l[ae]r)?"
            r"|[lnrştkdz]m[ıiuü]yor\w*)"
        )
    }
)
"""Language -> verbs that are negated by their own ending."""
_OWN_I = str.maketrans({"İ": "i", "I": "ı"})


@lru_cache(maxsize=1)
def _tables() -> Mapping[tuple[str, str], TermTable[str]]:
    """The terms of each language and family, with the name of each."""
    tables: dict[tuple[str, str], TermTable[str]] = {}
    for language, family, name, terms in read_rows("doubt.tsv", columns=4):
        table = tables.setdefault((language, family), TermTable())
        for term in words(terms):
            table.add(_lower(term, language), name)
    return MappingProxyType(tables)


def languages_of_doubt() -> frozenset[str]:
    """The languages, other than English, that have a table."""
    return frozenset(language for language, _ in _tables())


@lru_cache(maxsize=1024)  # each check of a sentence asks again
def doubts_of(family: Family, text: str, language: str) -> tuple[Signal, ...]:
    """The negations or hedges of `text`, in order of their start; none for a language or family without a table."""
    table = _tables().get((language, family))
    if table is None:
        return ()
    matches = list(_WORD.finditer(text))
    lowered = [_lower(match.group(), language) for match in matches]
    found = [
        Signal(family, name, matches[first].start(), matches[last - 1].end())
        for name, first, last in table.find(lowered)
    ]
    verb = _NEGATED_VERB.get(language) if family == "negation" else None
    if verb is not None:
        spans = [match.span() for match, word in zip(matches, lowered, strict=True) if verb.fullmatch(word)]
        found += [Signal(family, "core", start, end) for start, end in spans]
    return tuple(sorted(found, key=lambda signal: (signal.start, signal.end)))


def _lower(word: str, language: str) -> str:
    return (word.translate(_OWN_I) if language == "tr" else word).lower()
