"""Sources: what kind of speaker a source is, and through whom it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from llmx.lexicon.countries import country_words, fold_name
from llmx.lexicon.function_words import word_set
from llmx.lexicon.table import read_rows, words
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.candidates import TokenRange
from llmx.schema.terms import SourceKind
from llmx.text.span import Span

_KINDS: Mapping[str, SourceKind] = MappingProxyType(
    {
        "unnamed_official": "unnamed_official",
        "government": "government",
        "news_outlet": "news_outlet",
        "document": "document",
        "named_organisation": "anonymous_collective",
        "collective": "anonymous_collective",
    }
)
_NAMED: Mapping[str, SourceKind] = MappingProxyType(
    {"names_outlet": "news_outlet", "names_body": "government", "names_group": "named_organisation"}
)
_STATE_BODIES = word_set("authorities prosecution tribunal municipality secretariat directorate brigade coastguard")
_OFFICES = word_set("office service services board boards")
_GUARDS = word_set("coast national border republican presidential revolutionary civil")
"""Whose guard is a force of the state; any other guard is a person."""
_FIRMS = word_set(
    "lines mills textiles industries motors airlines airways holdings foods mining energy shipping steel oil gas power"
    " telecom pharma chemicals cement mines logistics systems technologies partners bank inc ltd corp plc gmbh"
)
"""Last words of names of firms."""
_OF_STATE = word_set(
    "prosecutor prosecutors president premier minister governor mayor sheriff attorney chancellor ombudsman coroner"
    " weather meteorological fire rescue emergency ambulance intelligence security secret border customs prison tax"
    " statistics migration immigration forest seismological geological health post postal"
)
"""What makes an office or a service one of the state: "the prosecutor's office", "the weather service"."""
_PRIVATE = word_set(
    "party union unions company companies firm group association charity club hospital opposition rebel industry"
    " airline insurers insurer factory plant business labour labor trade church school university foundation campaign"
    " team militia student community tribal protest strike"
)
"""Whose spokesman or leader is no official of the state."""
_BEHIND_NOUN = word_set("familiar close aware present involved responsible opposed loyal knowledgeable")
"""Adjectives that stand behind their noun: "two people familiar with the plan"."""
_NAME_WORDS = 2
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 7
_GROUP_NAMES = word_set("cross crescent nations")
"""Last words of names of organisations that the table lacks, "Red Cross"."""
_GO_BETWEENS = word_set("source sources correspondent correspondents reporter reporters informant informants")


@lru_cache(maxsize=1)
def nouns_of_sources() -> Mapping[str, frozenset[str]]:
    """Kind -> its nouns, from `source_nouns.tsv`."""
    return MappingProxyType({kind: frozenset(words(cell)) for kind, cell in read_rows("source_nouns.tsv", columns=2)})


def source_kind(analysis: Analysis, source: TokenRange | None) -> SourceKind:
    """What kind of source the tokens are, as far as their words tell."""
    if source is None:
        return "unattributed"
    at = _head(analysis, source)
    if at is None:
        return "unattributed"
    word, tag = analysis.lowers[at], analysis.tags[at]
    if tag == "O" or (tag == "D" and source[1] - source[0] == 1):
        return _pronoun(word)
    lists = nouns_of_sources()
    apposed = _by_apposition(analysis, source, at, lists)
    if apposed:
        return apposed
    if tag == "P" and not (source[1] - source[0] == 1 and any(word in lists[listed] for listed in _KINDS)):
        return _name(analysis, source, at, lists)
    for listed, kind in _KINDS.items():
        if word in lists[listed]:
            if listed == "government" and analysis.tags[source[0]] == "D" and analysis.lowers[source[0]] in ("a", "an"):
                return "anonymous_collective"
            if kind == "unnamed_official" and _is_private(analysis, source, at):
                return "anonymous_collective" if word.endswith("s") else "anonymous_person"
            return kind
    if word in ("guard", "guards") and at and analysis.lowers[at - 1] in _GUARDS:
        return "government"
    named = any(analysis.tags[i] == "P" for i in range(source[0], min(source[1], at + 1)))
    if word in _STATE_BODIES or word in _OFFICES:
        of_state = word in _STATE_BODIES or not _OF_STATE.isdisjoint(analysis.lowers[source[0] : source[1]])
        return "government" if of_state else "named_organisation" if named else "anonymous_collective"
    if named:
        return "named_collective" if word.endswith("s") else "named_person"
    return "anonymous_collective" if word.endswith("s") else "anonymous_person"


def _by_apposition(
    analysis: Analysis, source: TokenRange, at: int, lists: Mapping[str, frozenset[str]]
) -> SourceKind | None:
    """The kind by the name in an apposition: "the company, Brandt Mills", "his lawyer, Ada Lind"."""
    tags, lowers = analysis.tags, analysis.lowers
    comma = tags.find(",", at, source[1] - 1)
    if comma < 0 or tags[at] not in "NA" or analysis.noun_phrase_of[comma - 1] == NONE:
        return None
    end = comma + 1
    while end < source[1] and tags[end] == "P":
        end += 1
    names = end - comma - 1
    if not names or (end < source[1] and tags[end] != ","):
        return None
    head = lowers[at]
    if comma == at + 1 and head in lists["named_organisation"]:
        return "named_organisation"
    if comma == at + 1 and head in lists["news_outlet"]:
        return "news_outlet"
    if names >= _NAME_WORDS and lowers[end - 1] in _FIRMS:
        return "named_organisation"
    if names < _NAME_WORDS or any(lowers[end - 1] in lists[listed] for listed in _NAMED):
        return None
    official = head in lists["unnamed_official"] and not head.endswith("s")
    beside = comma == at + 1 or tags[at + 1] == "I"
    person = beside and not head.endswith("s") and not any(head in lists[listed] for listed in _KINDS)
    return "named_person" if official or (person and head not in _STATE_BODIES | _OFFICES) else None


def _is_private(analysis: Analysis, source: TokenRange, at: int) -> bool:
    """Whether a spokesman or leader is not the state's: "a union leader", "a spokesman for the company"."""
    lowers = analysis.lowers
    first = analysis.noun_phrases[analysis.noun_phrase_of[at]].first
    if not _PRIVATE.isdisjoint(lowers[max(first, source[0]) : at]):
        return True
    number = analysis.noun_phrase_of[at + 2] if lowers[at + 1 : at + 2] in (("for",), ("of",)) else NONE
    return number != NONE and at + 2 < source[1] and lowers[analysis.noun_phrases[number].head] in _PRIVATE


def _head(analysis: Analysis, source: TokenRange) -> int | None:
    """The head of the source; for a relative pronoun that of what it stands for."""
    first = source[0]
    number = analysis.noun_phrase_of[first]
    if number == NONE and analysis.tags[first] == "E" and first + 1 < source[1]:
        first += 1  # "retired general Orlo"
        number = analysis.noun_phrase_of[first]
    if number == NONE:
        before = first - 1
        while before >= 0 and analysis.tags[before] in ",)":
            before -= 1
        number = analysis.noun_phrase_of[before] if before >= 0 else NONE
        if number == NONE:
            return None
        return analysis.noun_phrases[number].head
    phrase = analysis.noun_phrases[number]
    head = phrase.head
    if analysis.tags[head] == "H" and analysis.lowers[head + 1 : head + 2] == ("of",) and head + 2 < source[1]:
        inner = analysis.noun_phrase_of[head + 2]
        return analysis.noun_phrases[inner].head if inner != NONE else head
    if head > phrase.first and analysis.lowers[head] in _BEHIND_NOUN:
        head -= 1
    return max(first, min(head, source[1] - 1))


def _pronoun(word: str) -> SourceKind:
    if word in ("i", "me", "my"):
        return "author"
    if word in ("he", "she", "him", "her", "his"):
        return "named_person"
    if word in ("they", "them", "their", "we", "us", "our", "some", "many", "others", "most", "all", "both", "several"):
        return "anonymous_collective"
    if word == "it":
        return "anonymous_collective"
    return "unattributed" if word in ("this", "that", "these", "those") else "anonymous_person"


def _name(analysis: Analysis, source: TokenRange, at: int, lists: Mapping[str, frozenset[str]]) -> SourceKind:
    """The kind of a source with a name: by the words in it, else a person."""
    first = analysis.noun_phrases[analysis.noun_phrase_of[at]].first
    where = country_words().get(fold_name(" ".join(analysis.words[max(first, source[0]) : at + 1])))
    if where and where[1] != "demonym":
        return "government"
    if first == at and any(f"{analysis.words[at]}{end}" in analysis.names for end in ("n", "an", "ian")):
        return "government"  # "Orria said", where "Orrian troops" are told of
    acronym = first == at and _is_acronym(analysis.words[at])
    if first == at == analysis.sentence_at(at).first and analysis.words[at] not in analysis.names and not acronym:
        return "anonymous_collective" if analysis.lowers[at].endswith("s") else "anonymous_person"
    here = [analysis.lowers[i] for i in range(min(at, max(first, source[0])), at + 1)]
    listed = _said_before(analysis, max(first, source[0]), at, lists)
    if listed:
        return listed
    for listed, kind in _NAMED.items():
        if here[-1] in lists[listed] or (listed == "names_outlet" and any(word in ("news", "times") for word in here)):
            return kind
    if (len(here) > 1 and here[-1] in _GROUP_NAMES) or acronym:
        return "named_organisation"
    if here[-1].endswith("s") and here[0] in ("the", "some", "many", "most", "several") and len(here) <= 3:  # noqa: PLR2004
        return "named_collective"
    if len(here) == 1 and here[0].endswith(("ans", "ers", "ists", "rats", "cans")):
        return "named_collective"
    if here[0] == "the" and len(here) > 1 and "N" not in analysis.tags[at + 1 - len(here) : at + 1]:
        return "named_organisation"  # persons have no article: "the Orlo Harbour"
    return "named_person"


def _is_acronym(word: str) -> bool:
    """Whether a name is made of initials, as bodies have: UNICEF, OSCE."""
    return word.isupper() and _SHORTEST_ACRONYM <= len(word) <= _LONGEST_ACRONYM and word.isalpha()


def _said_before(analysis: Analysis, first: int, at: int, lists: Mapping[str, frozenset[str]]) -> SourceKind | None:
    """The kind by the noun right before a name: "the daily Morning Mail", "mining company Brandt Mills"."""
    begin = at
    while begin > first and analysis.tags[begin - 1] == "P":
        begin -= 1
    before = analysis.lowers[begin - 1] if begin > first else ""
    if before in lists["news_outlet"] or before in ("weekly", "tabloid"):
        return "news_outlet"
    return "named_organisation" if before in lists["named_organisation"] else None


def go_between(analysis: Analysis, source: TokenRange | None) -> Span | None:
    """Through whom the source speaks: the possessor of "sources", as in "Radio Orlo's sources"."""
    if source is None:
        return None
    first = source[0]
    number = analysis.noun_phrase_of[first]
    if number == NONE or analysis.lowers[analysis.noun_phrases[number].head] not in _GO_BETWEENS:
        return None
    for i in range(first + 1, analysis.noun_phrases[number].head):
        if analysis.tags[i] == "s":
            start = first + (analysis.tags[first] == "D")
            return analysis.span(start, i) if start < i else None
    return None
