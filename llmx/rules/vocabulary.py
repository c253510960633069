"""Vocabulary: the tables of `llmx.lexicon` that event rules use, and where their words stand in one document.

One pass over the words finds them all. A *hit* is a range of tokens with what a table says of it. Hyphenated tokens are
read piece by piece, so "Turkey-backed" holds the country and "car-bomb" the weapon.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, TypeVar

from llmx.lexicon.countries import CountryWord, countries
from llmx.lexicon.table import read_rows, words
from llmx.lexicon.terms import TermTable, expand
from llmx.rules.analysis import Analysis

ValueT = TypeVar("ValueT")


class Trigger(NamedTuple):
    """One row of `triggers.tsv` or `acts.tsv`: words that name an event.

    Attributes:
        rank: The row's number; where two rows claim the same words, the lower wins.
        verb: Whether the words are a verb, not a noun.
        type: The event type, unless the passage says better.
        frame: Which frame tells the roles.
        needs: Concepts of which the sentence must hold one; empty where none is needed.
        bars: Concepts of which the sentence may hold none.
        anywhere: Concepts of which the document must hold one; empty where none is needed.
        blockers: Words that, right before or behind, make it another thing.
        objects: Heads of which the verb's object, or its passive's subject, must be one; empty where any will do.
        cited: How many of the term's words name the event: the "sent" of "sent back"; 0 for all of them.
    """

    rank: int
    verb: bool
    type: str
    frame: str
    needs: frozenset[str]
    bars: frozenset[str]
    anywhere: frozenset[str]
    blockers: frozenset[str]
    objects: frozenset[str] = frozenset()
    cited: int = 0


class Noun(NamedTuple):
    """What a head noun says of its phrase: a class (`nouns.tsv`) and an entity kind, empty where none."""

    sort: str
    kind: str


class Body(NamedTuple):
    """A named body: its row, its kind, its country (empty where none), and whether the name is written in capitals."""

    row: int
    kind: str
    country: str
    capitals: bool


class Nation(NamedTuple):
    """A word that stands for a country, and how."""

    code: str
    how: CountryWord


class Concept(NamedTuple):
    """A concept of `concepts.tsv`."""

    name: str


class Site(NamedTuple):
    """A place of `places.tsv`."""

    country: str
    admin1: str
    precision: str


Value = Trigger | Noun | Body | Nation | Concept | Site


class Hit(NamedTuple):
    """Tokens `first` to `last` (half-open) and what a table says of them."""

    first: int
    last: int
    value: Value


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of one document, in text order.

    Attributes:
        concepts: Hits of concepts.
        triggers: Hits of triggers.
        nations: Countries, demonyms, capitals, seats; only with a capital in the text.
        bodies: Named bodies.
        sites: Places of the gazetteer.
        nouns: Last token of a head noun -> the longest noun that ends there.
        firsts: The first token of each hit in `concepts`, for searching.
    """

    concepts: Sequence[tuple[str, int, int]]
    triggers: Sequence[tuple[Trigger, int, int]]
    nations: Sequence[tuple[Nation, int, int]]
    bodies: Sequence[tuple[Body, int, int]]
    sites: Sequence[tuple[Site, int, int]]
    nouns: Mapping[int, tuple[Noun, int]]
    firsts: Sequence[int]

    def concepts_in(self, first: int, last: int) -> Sequence[tuple[str, int, int]]:
        """The concepts whose first token lies in the range."""
        return self.concepts[bisect_left(self.firsts, first) : bisect_left(self.firsts, last)]


@lru_cache(maxsize=1)
def vocabulary() -> TermTable[Value]:
    """All tables in one; read once a process."""
    table: TermTable[Value] = TermTable()
    for name, terms in read_rows("concepts.tsv", columns=2):
        concept = Concept(name)
        for term in words(terms):
            table.add(term, concept)
    for rank, (part, kind, frame, terms, needs, blockers) in enumerate(read_rows("triggers.tsv", columns=6)):
        trigger = _trigger(kind, frame, needs, blockers)._replace(rank=rank, verb=part == "v")
        for term in words(terms):
            named, parted, more = term.partition(" < ")
            cited = trigger._replace(cited=len(named.split())) if parted else trigger
            table.add(f"{named} {more}" if parted else term, cited)
    for rank, (kind, frame, terms, objects, needs, blockers) in enumerate(read_rows("acts.tsv", columns=6)):
        heads = frozenset(form for word in words(objects) for form in expand(word))
        act = _trigger(kind, frame, needs, blockers)._replace(rank=rank, objects=heads)
        for term in words(terms):
            table.add(term, act)
    for sort, kind, nouns in read_rows("nouns.tsv", columns=3):
        value = Noun(sort, kind)
        for noun in words(nouns):
            table.add(noun if "/" in noun else f"{noun}+", value)
    for row, (kind, country, names) in enumerate(read_rows("groups.tsv", columns=3)):
        for name in words(names):
            table.add(_plain(name), Body(row, kind, country, name.isupper()))
    _add_places(table)
    return table


def _trigger(kind: str, frame: str, needs: str, blockers: str) -> Trigger:
    """A verb of `triggers.tsv` or `acts.tsv`, before its row's number is known."""
    asked = frozenset(need for need in needs.split("|") if need)
    return Trigger(
        0,
        True,
        kind,
        frame,
        frozenset(need for need in asked if need[0] not in "-^"),
        frozenset(need[1:] for need in asked if need[0] == "-"),
        frozenset(need[1:] for need in asked if need[0] == "^"),
        frozenset(words(blockers)),
    )


def _add_places(table: TermTable[Value]) -> None:
    for one in countries():
        listed: tuple[tuple[CountryWord, tuple[str, ...]], ...] = (
            ("name", (one.name, *one.aliases)),
            ("demonym", one.demonyms),
            ("capital", one.capitals),
            ("seat", one.seats),
        )
        for how, names in listed:
            nation = Nation(one.code, how)
            for name in names:
                table.add(_plain(name).removeprefix("the "), nation)
    for country, admin1, precision, names in read_rows("places.tsv", columns=4):
        site = Site(country, admin1, precision)
        for name in words(names):
            table.add(_plain(name), site)


def _plain(name: str) -> str:
    """A name in the form of the table's words: lower case, straight apostrophes, no sign that means an alternative."""
    return name.lower().replace("’", "'").replace("/", " ").replace(",", " ")


_MINES = frozenset(["mine", "mines"])
_ORES = frozenset(["coal", "copper", "gold", "silver", "iron", "tin", "diamond", "uranium", "salt", "lithium", "jade"])


def _are_dug(lowers: Sequence[str]) -> bool:
    """Whether a document's mines are dug, not laid: miners work in them, or they are named for what they yield."""
    if "miners" in lowers or "miner" in lowers:
        return True
    return any(word in _MINES and lowers[i - 1] in _ORES for i, word in enumerate(lowers) if i)


def find_words(analysis: Analysis) -> Words:
    """What of the vocabulary stands in a document."""
    pieces, tokens = _pieces(analysis.lowers)
    hits = vocabulary().find(pieces)
    if not _MINES.isdisjoint(pieces) and _are_dug(pieces):
        hits = [read for hit in hits if (read := _as_dug(hit, pieces))]
    words = analysis.words
    found = _Found([], [], [], [])
    concepts: set[tuple[str, int, int]] = set()
    nouns: dict[int, tuple[Noun, int]] = {}
    for value, first, last in hits:
        begin, end = tokens[first], tokens[last - 1] + 1
        if isinstance(value, Concept):
            concepts.add((value.name, begin, end))
        elif isinstance(value, Noun):
            known = nouns.get(end - 1)
            if (known is None or begin < known[1]) and (last == len(tokens) or tokens[last] >= end):
                nouns[end - 1] = (value, begin)
        elif isinstance(value, Trigger):
            found.triggers.append((value, begin, end))
        elif isinstance(value, Body):
            if _is_body(value, words[begin:end]):
                found.bodies.append((value, begin, end))
        elif words[begin][0].isupper():
            found.add_place(value, begin, end)
    if "March" in words:
        concepts = {hit for hit in concepts if not _is_month(words, *hit[1:])}
        found.triggers[:] = [hit for hit in found.triggers if not _is_month(words, *hit[1:])]
    return found.in_order(concepts, nouns)


def _as_dug(hit: tuple[Value, int, int], pieces: Sequence[str]) -> tuple[Value, int, int] | None:
    """A hit in a document whose mines are dug: the mines alone are a site, and no weapon."""
    value, first, last = hit
    if last > first + 1 or pieces[first] not in _MINES:
        return hit
    if isinstance(value, Concept):
        return None
    return (Noun("site", ""), first, last) if isinstance(value, Noun) else hit


def _is_month(words: Sequence[str], first: int, last: int) -> bool:
    return last == first + 1 and words[first] == "March"


def _pieces(lowers: Sequence[str]) -> tuple[Sequence[str], Sequence[int]]:
    """The words with hyphenated ones in pieces, and the token that each is of."""
    hyphenated = [i for i, lower in enumerate(lowers) if "-" in lower and len(lower) > 1]
    pieces: list[str] = []
    tokens: list[int] = []
    at = 0
    for i in [*hyphenated, len(lowers)]:
        pieces += lowers[at:i]
        tokens += range(at, i)
        if i < len(lowers):
            parts = lowers[i].split("-")
            pieces += parts
            tokens += [i] * len(parts)
        at = i + 1
    return pieces, tokens


def _is_body(body: Body, said: Sequence[str]) -> bool:
    """Whether the words are written as a body's name: in capitals where it is, else with a capital anywhere."""
    if body.capitals:
        return all(map(str.isupper, said))
    return any(map(str.isupper, "".join(said)))


class _Found(NamedTuple):
    """Hits of one document, as they come."""

    triggers: list[tuple[Trigger, int, int]]
    nations: list[tuple[Nation, int, int]]
    bodies: list[tuple[Body, int, int]]
    sites: list[tuple[Site, int, int]]

    def add_place(self, value: Nation | Site, first: int, last: int) -> None:
        """Add a country or a place."""
        if isinstance(value, Nation):
            self.nations.append((value, first, last))
        else:
            self.sites.append((value, first, last))

    def in_order(self, concepts: Iterable[tuple[str, int, int]], nouns: Mapping[int, tuple[Noun, int]]) -> Words:
        """The vocabulary of the document."""
        in_order = sorted(concepts, key=itemgetter(1, 2, 0))
        return Words(
            concepts=in_order,
            triggers=self.triggers,
            nations=_longest(self.nations),
            bodies=_longest(self.bodies),
            sites=_longest(self.sites),
            nouns=nouns,
            firsts=[first for _, first, _ in in_order],
        )


def _longest(hits: list[tuple[ValueT, int, int]]) -> list[tuple[ValueT, int, int]]:
    """Without those that lie in a longer one."""
    kept: list[tuple[ValueT, int, int]] = []
    for hit in sorted(hits, key=lambda one: (one[1], -one[2])):
        if not kept or hit[1] >= kept[-1][2]:
            kept.append(hit)
    return kept
