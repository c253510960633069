"""Speaking: what kind of entity an unnamed speaker is, by the nouns that name it."""

from __future__ import annotations

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import Analysis
from llmx.rules.attribution.sources import nouns_of_sources
from llmx.rules.events.sorts import Sorts
from llmx.rules.names import is_person, kind_of_noun
from llmx.schema.terms import EntityKind, SourceKind

_STATE = word_set("prosecutors prosecutor authorities officials")
_CIVIL = word_set("residents villagers civilians locals neighbours neighbors families inhabitants townspeople")
_BODIES = frozenset(
    ["government", "state_forces", "company", "organisation", "ngo", "news_outlet", "igo", "rebel_group"]
)
_FORCES = word_set("police army military navy force forces coastguard guard gendarmerie troops soldiers")
_SINGLE = frozenset(["named_person", "anonymous_person", "unnamed_official"])
_NOBODY = word_set("side sides man men woman women one ones others another source sources people data figures")
_OF_KIND: dict[SourceKind, EntityKind] = {
    "government": "government",
    "news_outlet": "news_outlet",
    "named_organisation": "organisation",
    "named_collective": "unknown",
}
_NOTHING = frozenset(["document", "author", "unattributed"])


def kind_of_speaker(analysis: Analysis, sorts: Sorts, number: int, source_kind: SourceKind) -> EntityKind | None:
    """The kind of entity of a source; `None` where it is a pronoun, a document, a thing or nobody in particular.

    Args:
        analysis: The analysis.
        sorts: The sorts of its phrases.
        number: The number of the source's first noun phrase.
        source_kind: The kind of source it is.
    """
    phrase = analysis.noun_phrases[number]
    head = analysis.lowers[phrase.head]
    if analysis.tags[phrase.head] not in "NPA" or head in _NOBODY or source_kind in _NOTHING:
        return None
    if head in _FORCES:
        return "state_forces"
    if head in _CIVIL:
        return "civilians"
    noun = kind_of_noun(analysis, phrase.head, phrase.first)
    if noun and source_kind not in _SINGLE:
        return noun
    if source_kind in _OF_KIND:
        return "government" if head in _STATE else _OF_KIND[source_kind]
    if not (_acts(head) or sorts.of_phrase(number).sort in ("person", "crowd", "force")):
        return None
    if source_kind in _SINGLE and not head.endswith("s"):
        return "person"
    return "government" if head in _STATE and phrase.head == phrase.first else "unknown"


def _acts(head: str) -> bool:
    """Whether a noun is of somebody who can speak."""
    lists = nouns_of_sources()
    return (
        is_person(head) or is_person(head.removesuffix("s")) or head in lists["unnamed_official"] | lists["collective"]
    )


def speaks_as_body(kind: EntityKind) -> bool:
    """Whether speakers of a kind are bodies, each one wherever it is named."""
    return kind in _BODIES
