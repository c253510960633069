"""Countries: their names, aliases, demonyms, capitals and seats of government.

Codes are ISO 3166-1 alpha-2, and `XK` for Kosovo, as is usual. A *demonym* is the adjective or the people's name
("Syrian", "Turks"); a *seat* stands for a government ("Kremlin"), as a capital may ("Damascus said").
Names are compared without case, a leading article, points in abbreviations and typographic apostrophes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from llmx.lexicon.table import read_rows, words

CountryWord = Literal["name", "demonym", "capital", "seat"]
"""How a word stands for a country; where one word is several, the earlier of these wins."""


@dataclass(frozen=True, slots=True)
class Country:
    """One row of the table.

    Attributes:
        code: ISO 3166-1 alpha-2.
        name: The usual English short name.
        aliases: Other names, short and long forms, older names.
        demonyms: Adjectives and names of the people.
        capitals: Capital and seat of government, in the spellings that news use.
        seats: Buildings and bodies that stand for the government.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """All countries, by code."""
    return tuple(
        Country(code, name, words(aliases), words(demonyms), words(capitals), words(seats))
        for code, name, aliases, demonyms, capitals, seats in read_rows("countries.tsv", columns=6)
    )


@lru_cache(maxsize=1)
def country_words() -> Mapping[str, tuple[str, CountryWord]]:
    """Every word that stands for a country, folded as `fold_name` does -> its code and how it stands for it."""
    found: dict[str, tuple[str, CountryWord]] = {}
    listed: tuple[tuple[CountryWord, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
        ("name", tuple((one.code, (one.name, *one.aliases)) for one in countries())),
        ("demonym", tuple((one.code, one.demonyms) for one in countries())),
        ("capital", tuple((one.code, one.capitals) for one in countries())),
        ("seat", tuple((one.code, one.seats) for one in countries())),
    )
    for how, entries in listed:
        for code, names in entries:
            for name in names:
                found.setdefault(fold_name(name), (code, how))
    return found


def fold_name(name: str) -> str:
    """`name` in the form in which names are compared.

    Example:
        >>> fold_name("the U.S.")
        'us'
    """
    folded = " ".join(name.replace("’", "'").replace("‘", "'").split()).casefold()
    folded = folded.removeprefix("the ")
    return folded.replace(".", "") if folded.count(".") > 1 else folded


def country_code(name: str) -> str | None:
    """The code of the country that `name` names: by name, alias, demonym, capital or seat; else `None`.

    The pronoun "us" in lower case is no country, nor is any other lower-case word.

    Example:
        >>> country_code("Türkiye"), country_code("Syrian"), country_code("the Kremlin"), country_code("us")
        ('TR', 'SY', 'RU', None)
    """
    if not any(char.isupper() for char in name):
        return None
    known = country_words().get(fold_name(name))
    return known[0] if known else None
