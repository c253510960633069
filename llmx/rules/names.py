"""Names: which runs of capitalised words name a person, a company or another body, by the words beside them.

    the lawyer Ada Lind       Ada Lind, a nurse,       Ada Lind, 52,          a person
    the mining firm Halden    Halden, a shipbuilder,   Halden Motors          a company
    the Council of Orlo       the aid group Open Hand                         a body

A name beside which nothing tells what it is of is left out: a place would pass for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from llmx.lexicon.function_words import MONTHS, WEEKDAYS, word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.schema.terms import EntityKind

_RUN = re.compile(r"P+(?:IP+)?")
_CALENDAR = MONTHS | WEEKDAYS
_OF = word_set("of for")
_KIND_OF: Mapping[str, EntityKind] = MappingProxyType(
    {
        **dict.fromkeys(
            word_set(
                "company firm corporation bank operator airline carmaker retailer manufacturer brewer insurer"
                " supplier maker brokerage shipbuilder shipyard steelmaker chipmaker drugmaker producer miner"
                " contractor employer startup conglomerate lender exporter importer utility corp corp. inc inc. ltd"
                " ltd. plc holdings motors airlines airways foods industries mining partners technologies systems"
                " textiles telecom pharma energy logistics"
            ),
            "company",
        ),
        **dict.fromkeys(
            word_set(
                "newspaper magazine broadcaster website daily weekly newswire tabloid blog times herald tribune gazette"
                " news"
            ),
            "news_outlet",
        ),
        **dict.fromkeys(word_set("charity ngo"), "ngo"),
        **dict.fromkeys(
            word_set(
                "ministry department agency bureau commission court tribunal parliament senate authority council"
                " directorate municipality secretariat inspectorate prosecution"
            ),
            "government",
        ),
        **dict.fromkeys(
            word_set(
                "union party alliance coalition league movement association federation foundation institute university"
                " society club chamber committee group organisation organization hospital clinic school college trust"
                " syndicate cooperative congress bloc team network"
            ),
            "organisation",
        ),
        **dict.fromkeys(word_set("militia brigade guards front"), "rebel_group"),
    }
)
"""Nouns of bodies, in or beside a name, and the kind of what they name."""
_MODIFIED: Mapping[str, EntityKind] = MappingProxyType(
    {
        **dict.fromkeys(
            word_set("rebel separatist militant insurgent armed jihadist islamist guerrilla extremist"), "rebel_group"
        ),
        **dict.fromkeys(
            word_set("aid rights relief humanitarian environmental advocacy watchdog conservation monitoring"), "ngo"
        ),
        **dict.fromkeys(word_set("media news"), "news_outlet"),
        **dict.fromkeys(word_set("mining oil tech technology shipping construction energy food"), "company"),
    }
)
"""Words before "group" or "organisation" that tell its kind."""
_ACROSS_BORDERS = word_set("european world international united african arab asian europe nations")
_LOOSE = word_set("group organisation organization movement network")
_PERSON = re.compile(r"(?:[a-z]{3,}(?:ist|man|woman|eer|ian|ant|wright)|[a-z]{3,}(?:er|or|keeper|worker))$")
_PERSONS = word_set(
    "nurse lawyer doctor judge widow wife husband son daughter brother sister mother father cousin uncle aunt friend"
    " chief head chairman chairwoman chair president secretary minister mayor governor director leader spokesman"
    " spokeswoman spokesperson aide captain colonel general professor analyst expert coach actor student pilot clerk"
    " chief executive founder owner author poet singer priest bishop imam deputy witness resident envoy ambassador"
    " partner colleague guard soldier policeman candidate incumbent rival predecessor successor victim suspect mechanic"
)
_NO_PERSONS = word_set(
    "centre center border quarter water matter paper number member order power letter winter summer river tower"
    " corner harbour harbor theatre theater factor sector motor error door floor server computer newspaper other"
    " another former under over after plant giant restaurant grant september october november december chamber"
    " trailer freighter tanker trawler carrier helicopter chapter cancer answer offer transfer disaster cover"
    " fighter bomber nationalist socialist communist islamist centrist populist leftist rightist separatist"
    " feminist farmer"
)
_WHERE = word_set("in at near from to into outside around via towards toward across through")
_NEAREST = 14
_TWO = 2


class Named(NamedTuple):
    """A name.

    Attributes:
        first: First token of the name.
        last: Behind its last token.
        opens: First token of the phrase that it ends: "the lawyer Ada Lind".
        kind: What it names.
    """

    first: int
    last: int
    opens: int
    kind: EntityKind


def find_names(analysis: Analysis, taken: frozenset[int]) -> Iterator[Named]:
    """The names of persons and bodies, in text order.

    Args:
        analysis: The analysis.
        taken: Tokens that are known to name a country, a place or a listed body.
    """
    for run in _RUN.finditer(analysis.tags):
        for first, last in _parts(analysis, *run.span()):
            if taken.isdisjoint(range(first, last)) and not is_opening_word(analysis, first, last):
                opens = _opens(analysis, first)
                kind = _kind(analysis, first, last, opens)
                if kind:
                    yield Named(first, last, opens, kind)


def _parts(analysis: Analysis, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The run as one name, "Council of Orlo", or as the two that a preposition parts; days and months cut off."""
    at = analysis.tags.find("I", first, last)
    if at != NONE and not (analysis.lowers[at] in _OF and analysis.lowers[at - 1] in _KIND_OF):
        yield from _parts(analysis, first, at)
        yield from _parts(analysis, at + 1, last)
        return
    while first < last and analysis.lowers[last - 1] in _CALENDAR:
        last -= 1
    while first < last and analysis.lowers[first] in _CALENDAR:
        first += 1
    if first < last and analysis.words[first][0].isupper() and not _is_broken(analysis, first, last):
        yield first, last


def _is_broken(analysis: Analysis, first: int, last: int) -> bool:
    """Whether an empty line parts the words, so that they are no one name."""
    return last > first + 1 and "\n\n" in analysis.text[analysis.starts[first] : analysis.ends[last - 1]]


def is_opening_word(analysis: Analysis, first: int, last: int) -> bool:
    """Whether the run is a single word that has its capital from the start of a sentence."""
    return (
        last - first == 1 and first == analysis.sentence_at(first).first and analysis.words[first] not in analysis.names
    )


def _opens(analysis: Analysis, first: int) -> int:
    """The start of the noun phrase around a name."""
    number = analysis.noun_phrase_of[first]
    return analysis.noun_phrases[number].first if number != NONE else first


def _kind(analysis: Analysis, first: int, last: int, opens: int) -> EntityKind | None:
    lowers = analysis.lowers
    if last > first + 1 or lowers[opens] == "the":
        for at in (last - 1, first):
            kind = _KIND_OF.get(lowers[at])
            if kind and (at == last - 1 or lowers[at + 1 : at + 2] in (("of",), ("for",))):
                return "igo" if kind != "company" and not _ACROSS_BORDERS.isdisjoint(lowers[first:last]) else kind
    for at in (first - 1 if first > opens else NONE, last if _phrase_goes_on(analysis, last) else NONE):
        kind = kind_of_noun(analysis, at, opens) if at != NONE else None
        if kind:
            return kind
    if last - first < _TWO:
        return _kind_of_apposed(analysis, first, last)
    if first > opens and analysis.tags[first - 1] == "N" and is_person(lowers[first - 1]):
        return "person"
    return _kind_of_full_name(analysis, first, last)


def _kind_of_apposed(analysis: Analysis, first: int, last: int) -> EntityKind | None:
    """The kind of body that a description behind a comma tells: "Halden, a shipbuilder,"."""
    apposed = _apposed(analysis, last) or _before_comma(analysis, first)
    return kind_of_noun(analysis, *apposed) if apposed else None


def _kind_of_full_name(analysis: Analysis, first: int, last: int) -> EntityKind | None:
    """The kind of a name of several words, by a description beside a comma or by an age."""
    if _has_age(analysis, last):
        return "person"
    placed = first > 0 and analysis.tags[first - 1] == "I" and analysis.lowers[first - 1] in _WHERE
    apposed = _apposed(analysis, last) or _before_comma(analysis, first)
    if apposed is None or placed:
        return None
    return kind_of_noun(analysis, *apposed) or ("person" if is_person(analysis.lowers[apposed[0]]) else None)


def _phrase_goes_on(analysis: Analysis, last: int) -> bool:
    """Whether a noun follows in the noun phrase of the name: "the Common Home alliance"."""
    if last >= len(analysis) or analysis.tags[last] != "N":
        return False
    number = analysis.noun_phrase_of[last]
    return (
        number != NONE
        and number == analysis.noun_phrase_of[last - 1]
        and analysis.noun_phrases[number].last == last + 1
    )


def kind_of_noun(analysis: Analysis, at: int, begin: int) -> EntityKind | None:
    """The kind that the noun at a token tells, with the words before it: "a separatist group"."""
    kind = _KIND_OF.get(analysis.lowers[at])
    if kind == "rebel_group" and analysis.tags[at] != "P":
        return None  # "the fire brigade", "the guards"
    if kind and analysis.lowers[at] in _LOOSE:
        for i in range(begin, at):
            kind = _MODIFIED.get(analysis.lowers[i], kind)
    return kind


def is_body_noun(word: str) -> bool:
    """Whether a word in lower case, at the end of a name, tells that it is of a firm or another body."""
    return word in _KIND_OF


def is_person(word: str) -> bool:
    """Whether a noun in the singular is one of persons."""
    return word in _PERSONS or (word not in _NO_PERSONS and word not in _KIND_OF and _PERSON.match(word) is not None)


def _apposed(analysis: Analysis, last: int) -> tuple[int, int] | None:
    """The head and the start of a description behind a comma: "Ada Lind, a nurse from Orlo"."""
    if analysis.tags[last : last + 1] != "," or last + 1 >= len(analysis) or analysis.tags[last + 1] not in "DNA":
        return None
    number = analysis.noun_phrase_of[last + 1]
    if number == NONE or analysis.noun_phrases[number].first != last + 1:
        return None
    phrase = analysis.noun_phrases[number]
    behind = analysis.tags[phrase.last : phrase.last + 1]
    plain = analysis.tags[phrase.head] == "N" and behind and behind in ",.IWT"
    return (phrase.head, phrase.first) if plain else None


def _before_comma(analysis: Analysis, first: int) -> tuple[int, int] | None:
    """The head and the start of a description before a comma and a name: "her lawyer, Dan Popa"."""
    sentence = analysis.sentence_at(first).first
    if first - 1 <= sentence or analysis.tags[first - 1] != ",":
        return None
    low = max(sentence, first - _NEAREST)
    for i in range(first - 2, low - 1, -1):
        number = analysis.noun_phrase_of[i]
        if number != NONE and analysis.tags[i] != "P":
            phrase = analysis.noun_phrases[number]
            if phrase.first > low and analysis.tags[phrase.first - 1] == "I":
                continue  # "the head of the agency, Ada Lind"
            if analysis.tags[phrase.first] == "D" and analysis.tags[phrase.head] == "N":
                return phrase.head, phrase.first
            return None
        if analysis.tags[i] not in "PIDNAs":
            return None
    return None


def _has_age(analysis: Analysis, last: int) -> bool:
    """Whether an age follows between commas: "Ada Lind, 52,"."""
    words = analysis.words[last : last + 3]
    return len(words) == 3 and words[0] == "," and words[1].isdigit() and len(words[1]) == _TWO and words[2] in ",."  # noqa: PLR2004
