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
    if tag == "P" and not (source[1] - source[0] == 1 and any(word in lists[listed] for listed in _KINDS)):
        return _name(analysis, source, at, lists)
    for listed, kind in _KINDS.items():
        if word in lists[listed]:
            if listed == "government" and analysis.tags[source[0]] == "D" and analysis.lowers[source[0]] in ("a", "an"):
                return "anonymous_collective"
            return kind
    if any(analysis.tags[i] == "P" for i in range(source[0], min(source[1], at + 1))):
        return "named_collective" if word.endswith("s") else "named_person"
    return "anonymous_collective" if word.endswith("s") else "anonymous_person"


def _head(analysis: Analysis, source: TokenRange) -> int | None:
    """The head of the source; for a relative pronoun that of what it stands for."""
    first = source[0]
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
    return max(first, min(phrase.head, source[1] - 1))


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
    if first == at == analysis.sentence_at(at).first and analysis.words[at] not in analysis.names:
        return "anonymous_collective" if analysis.lowers[at].endswith("s") else "anonymous_person"
    here = [analysis.lowers[i] for i in range(min(at, max(first, source[0])), at + 1)]
    where = country_words().get(fold_name(" ".join(analysis.words[max(first, source[0]) : at + 1])))
    if where and where[1] != "demonym":
        return "government"
    for listed, kind in _NAMED.items():
        if here[-1] in lists[listed] or (listed == "names_outlet" and any(word in ("news", "times") for word in here)):
            return kind
    if here[-1].endswith("s") and here[0] in ("the", "some", "many", "most", "several") and len(here) <= 3:  # noqa: PLR2004
        return "named_collective"
    if len(here) == 1 and here[0].endswith(("ans", "ers", "ists", "rats", "cans")):
        return "named_collective"
    return "named_person"


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
