"""The gazetteer: in which countries a place of a name lies.

It joins the places of `places.tsv`, the cities and regions of `cities.tsv` and the capitals of `countries.tsv`. A name
that stands under several countries, such as Tripoli, tells none of them for certain.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from llmx.lexicon.countries import countries
from llmx.lexicon.table import read_rows, words

_LONGEST = 4
"""Words of the longest names."""


def countries_of(name: str) -> frozenset[str]:
    """The codes of the countries in which a place of that name lies; empty where the name is in no table.

    Example:
        >>> sorted(countries_of("Dresden")), sorted(countries_of("Tripoli"))
        (['DE'], ['LB', 'LY'])
    """
    return _table().get(_fold(name), frozenset())


def countries_in(capitalised: Sequence[str]) -> frozenset[str]:
    """The codes that the longest names among some words, in their order, stand for: Sheffield Crown Court -> GB."""
    found: set[str] = set()
    at = 0
    while at < len(capitalised):
        for length in range(min(_LONGEST, len(capitalised) - at), 0, -1):
            codes = countries_of(" ".join(capitalised[at : at + length]))
            if codes:
                found |= codes
                at += length - 1
                break
        at += 1
    return frozenset(found)


def admin1_of(name: str) -> frozenset[str]:
    """The first-level divisions in which a place of that name lies; empty where the tables do not tell."""
    return _divisions().get(_fold(name), frozenset())


@lru_cache(maxsize=1)
def _divisions() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for _, division, precision, names in read_rows("places.tsv", columns=4):
        for name in words(names) if division and precision != "admin1" else ():
            folded = _fold(name)
            found[folded] = found.get(folded, frozenset()) | {division}
    return found


@lru_cache(maxsize=1)
def _table() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    rows = [(code, words(names)) for code, names in read_rows("cities.tsv", columns=2)]
    rows += [(code, words(names)) for code, _, _, names in read_rows("places.tsv", columns=4) if code]
    rows += [(country.code, country.capitals) for country in countries()]
    for code, names in rows:
        for name in names:
            folded = _fold(name)
            found[folded] = found.get(folded, frozenset()) | {code}
    return found


def _fold(name: str) -> str:
    """The name without case, accents, apostrophes and hyphens."""
    if name.isascii() and name.replace(" ", "").isalnum():  # most are, and all are folded before the first is asked for
        return " ".join(name.casefold().split())
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("Ł", "L"))
    kept = "".join(" " if char in "-–" else char for char in plain if char.isalnum() or char in " -–")
    return " ".join(kept.casefold().split())
