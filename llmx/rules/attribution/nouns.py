"""Nominal cues: nouns that attribute what hangs on them.

the ministry's refusal to …     her criticism of …     a statement that …     support for …
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmx.lexicon.cues import cues
from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.boundaries import content_end
from llmx.rules.attribution.candidates import Candidate, Complement, TokenRange
from llmx.rules.attribution.clues import Clue
from llmx.rules.attribution.subjects import subject_before
from llmx.rules.attribution.weights import Weights

_CARRYING = re.compile(r"[NG](?=[ITS].)")
_CARRIERS = word_set("of for to on about against with toward towards over from in at by into between")


def noun_candidates(analysis: Analysis, weights: Weights, *, every: bool = False) -> Iterator[Candidate]:
    """The candidates of nouns outside quotations that have a weight.

    Args:
        analysis: The analysis.
        weights: The weights; a noun without one is passed over.
        every: Take every noun, as for learning the weights.
    """
    tags, lowers = analysis.tags, analysis.lowers
    known = weights.cue
    for match in _CARRYING.finditer(tags):
        i = match.start()
        if analysis.quotation_of[i] != NONE or analysis.sentence_of[i] != analysis.sentence_of[i + 1]:
            continue
        word = singular(lowers[i])
        if not every and f"noun={word}" not in known:
            continue
        found = _candidate(analysis, weights, i, word)
        if found:
            yield found


def singular(word: str) -> str:
    """A noun without its plural ending; good enough for the nouns of the list.

    Example:
        >>> singular("claims"), singular("denies"), singular("focus")
        ('claim', 'deny', 'focus')
    """
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _candidate(analysis: Analysis, weights: Weights, at: int, word: str) -> Candidate | None:
    tags, lowers = analysis.tags, analysis.lowers
    opener = lowers[at + 1]
    if opener == "that":
        complement = Complement(kind="that", word="that", start=at + 1)
    elif tags[at + 1] == "T" and analysis.verb_group_of[at + 1] != NONE:
        complement = Complement(kind="to", word="to", start=at + 1)
    elif opener in _CARRIERS and tags[at + 2] not in "W,.":
        complement = Complement(kind="pp", word=opener, start=at + 2)
    else:
        return None
    number = analysis.noun_phrase_of[at]
    first = analysis.noun_phrases[number].first if number != NONE else at
    owner = _owner(analysis, first, at)
    before = _word_before(analysis, first)
    source, how = (owner, "owner") if owner else _subject_of_verb(analysis, first)
    kind = complement.kind if complement.kind != "pp" else f"pp-{complement.word}"
    cue = cues().get((word, "noun"))
    stance = cue.stance if cue else "none"
    features: tuple[Clue, ...] = (
        ("noun", word, stance, kind, how),
        ("noun before", before),
        ("noun tag", tags[at]),
        ("noun det", lowers[first] if tags[first] == "D" else tags[first]),
        ("noun opens", tags[complement.start]),
    )
    if weights.hopeless(features):
        return None
    end = content_end(analysis, complement, f"{word}/n", weights.ends)
    if end <= complement.start:
        return None
    return Candidate(
        rule="noun",
        cue=(at, at + 1 if complement.kind != "pp" else at + 2),
        lemma=word,
        source=source,
        content=((complement.start, end),),
        complement=complement,
        features=features,
    )


def _owner(analysis: Analysis, first: int, at: int) -> TokenRange | None:
    """The possessor in the noun phrase: "Orlo's", "his"."""
    tags = analysis.tags
    for i in range(at - 1, first - 1, -1):
        if tags[i] == "s":
            return (first, i + 1)
    if analysis.lowers[first] in ("his", "her", "their", "my", "our", "its", "your") and first < at:
        return (first, first + 1)
    return None


def _word_before(analysis: Analysis, first: int) -> str:
    """What stands before the noun phrase: a verb's lemma, or the word's tag."""
    i = first - 1
    if i < 0:
        return "^"
    group = analysis.verb_group_of[i]
    if group != NONE:
        return analysis.verb_groups[group].lemma
    return analysis.lowers[i] if analysis.tags[i] in "ICST" else analysis.tags[i]


def _subject_of_verb(analysis: Analysis, first: int) -> tuple[TokenRange | None, str]:
    """The subject of the verb whose object the noun is: "the ministry made the claim that"."""
    i = first - 1
    if i >= 0 and analysis.verb_group_of[i] != NONE:
        group = analysis.verb_groups[analysis.verb_group_of[i]]
        if not group.passive:
            source = subject_before(analysis, group.first)
            return source, "object" if source else "bare"
    return None, "bare"
