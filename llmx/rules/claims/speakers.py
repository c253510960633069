"""Speakers: how a claim names who speaks, where the article's words have "he", "it" or "its" for it."""

from __future__ import annotations

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution import FoundAttribution

_PERSON = word_set("he she")
_OWN = word_set("his her its their")
_OWNED = word_set("its his her their our my your")
_PEOPLE = word_set("people police authorities")
_SINGLE = frozenset(["named_person", "unnamed_official", "anonymous_person"])
_SEVERAL = frozenset(
    ["anonymous_collective", "named_collective", "unnamed_official", "government", "named_organisation"]
)
_BODIES = frozenset(
    ["government", "news_outlet", "named_organisation", "anonymous_collective", "named_collective", "document"]
)
_LONGEST = 8
_NEAR = 5
_EXPLETIVE = word_set(
    "early late unclear clear possible impossible likely unlikely important necessary time too difficult hard easy best"
    " better wrong right seemed seems appeared appears raining snowing"
)


def stand_in(analysis: Analysis, one: FoundAttribution, at: int, pronoun: str = "") -> str:
    """Who or what the pronoun at a token of a content stands for, if the source can be it; else empty.

    "its", "his" and "their" become "the ministry's".
    """
    pronoun = pronoun or analysis.lowers[at]
    if one.source is None or one.source.start > analysis.starts[at]:
        return ""  # a pronoun before the source is of somebody else
    first, last = analysis.tokens_in(one.source)
    if first >= last or _is_pronoun(analysis, first, last) or analysis.lowers[first] in _OWNED:
        return ""
    if pronoun in _OWN:
        owner = _PERSON_OF.get(pronoun)
        name = stand_in(analysis, one, at, owner) if owner else ""
        mark = "'" if "’" not in analysis.text else "’"
        return name and name + (mark if name.endswith("s") else f"{mark}s")
    if pronoun in _PERSON and one.source_kind == "named_person":
        return name_of(analysis, one)
    _, behind = _base(analysis, first, last)
    head = analysis.lowers[behind - 1]
    named = analysis.tags[behind - 1] == "P"
    plural = (head.endswith("s") and not head.endswith("ss")) or head in _PEOPLE
    fits = (
        (pronoun == "they" and plural and one.source_kind in _SEVERAL)
        or (pronoun == "it" and (not plural or named) and one.source_kind in _BODIES)
        or (pronoun in _PERSON and not plural and one.source_kind in _SINGLE)
    )
    return subject_of(analysis, one) if fits else ""


def is_expletive(analysis: Analysis, first: int) -> bool:
    """Whether "it" at a token stands for what follows: "it was too early to tell"."""
    return analysis.lowers[first] == "it" and not _EXPLETIVE.isdisjoint(analysis.lowers[first + 1 : first + _NEAR])


_PERSON_OF = {"his": "he", "her": "she", "its": "it", "their": "they"}


def subject_of(analysis: Analysis, one: FoundAttribution) -> str:
    """The source without what hangs on it behind a comma, as a subject; empty for a pronoun."""
    if one.source is None:
        return ""
    if one.source_kind == "named_person":
        name = name_of(analysis, one)
        if name:
            return name
    first, last = analysis.tokens_in(one.source)
    if first >= last or _is_pronoun(analysis, first, last) or analysis.lowers[first] in _OWNED:
        return ""
    begin, behind = _base(analysis, first, last)
    alone = behind - begin == 1 and analysis.tags[begin] == "N" and analysis.words[begin][0].islower()
    if alone and not analysis.lowers[begin].endswith("s") and analysis.lowers[begin] not in _PEOPLE:
        return ""  # what is left of a name that was not read
    return analysis.span(begin, behind).of(analysis.text) if behind - begin <= _LONGEST else ""


def name_of(analysis: Analysis, one: FoundAttribution) -> str:
    """The source's name without what hangs on it; empty if it is no name."""
    first, last = analysis.tokens_in(one.source) if one.source else (0, 0)
    number = analysis.noun_phrase_of[first] if first < last else NONE
    if number == NONE:
        return ""
    phrase = analysis.noun_phrases[number]
    names = [i for i in range(phrase.first, min(phrase.last, last)) if analysis.tags[i] == "P"]
    return analysis.span(names[0], names[-1] + 1).of(analysis.text) if names else ""


def _base(analysis: Analysis, first: int, last: int) -> tuple[int, int]:
    """The tokens of a source up to its first comma, bracket, relative word or participle."""
    behind = first + 1
    while behind < last and analysis.tags[behind] not in ",(-WG:":
        behind += 1
    return first, behind


def _is_pronoun(analysis: Analysis, first: int, last: int) -> bool:
    return last - first == 1 and analysis.tags[first] in "OW"
