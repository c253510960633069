"""Phrases: noun phrases and verb groups, found as patterns over the string of tags.

A *noun phrase* here is a base phrase: "the two Syrian soldiers", "Esref Yalin's office"; what hangs on it
("of the army", ", an analyst,") is for those who need it to join. A *verb group* is a main verb with its auxiliaries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from llmx.lexicon.function_words import BE, HAVE, word_set
from llmx.lexicon.remembered import Remembered
from llmx.lexicon.verbs import verb_form

_NOUN_PHRASE = re.compile(
    r"(?=[RDHANPOs-])(?:(?:RR(?=H)|R(?=[DHA]))?(?:D[DH]?|H)?[AHNP]*(?:s(?:[DAHNP])*)*(?<=[NPHA])(?:(?<=[PN])-?(?=[NP])[NP])*|D(?![AHNPEG])|O)"
)
_VERB_GROUP = re.compile(
    r"(?=[nTXMVEGZ])(?:(?P<to>n?TR*)(?:X[nR]*)*[VE]G?|(?P<to2>n?TR*)(?:X[nR]*)+(?:[VEG])?"
    r"|(?:[MX][nR]*)+(?P<main>[VEG])|(?P<modal>M[nR]*V)|(?P<copula>(?:[MX][nR]*)*X)n?|(?P<bare>[VZE])|(?P<ing>n?G))"
)


class NounPhrase(NamedTuple):
    """A base noun phrase.

    Attributes:
        first: Index of its first token.
        last: Index behind its last token.
        head: Index of its head: the last noun, number or name, or the pronoun.
    """

    first: int
    last: int
    head: int


class VerbGroup(NamedTuple):
    """A main verb with its auxiliaries.

    Attributes:
        first: Index of its first token: an auxiliary, "to" or the main verb.
        last: Index behind its last token.
        main: Index of the main verb; of the form of be, have or do where that is all there is.
        lemma: The main verb's base form.
        form: `finite`, `infinitive` ("to say"), `ing` ("saying") or `participle` (a past form without an auxiliary is
            `finite` here; which one it is only its clause can tell).
        passive: Whether it is a form of be and a past participle: "was killed", "being held".
        negated: Whether "not" or "never" stands in it.
        modal: The modal in lower case, or an empty string.
    """

    first: int
    last: int
    main: int
    lemma: str
    form: str
    passive: bool
    negated: bool
    modal: str


def find_noun_phrases(tags: str, firsts: Sequence[int]) -> tuple[NounPhrase, ...]:
    """The base noun phrases, in order, not overlapping; none goes over the start of a sentence.

    Args:
        tags: The tags of the document's tokens.
        firsts: The first token of each sentence.
    """
    found: list[NounPhrase] = []
    starts = frozenset(firsts)
    for match in _NOUN_PHRASE.finditer(tags):
        first, last = match.span()
        for at in range(first + 1, last):
            if at in starts:  # a headline has no full stop
                found.append(NounPhrase(first, at, at - 1))
                first = at
        if first < last:
            found.append(NounPhrase(first, last, last - 1))
    return tuple(found)


def find_verb_groups(tags: str, lowers: Sequence[str]) -> tuple[VerbGroup, ...]:
    """The verb groups, in order, not overlapping."""
    found: list[VerbGroup] = []
    alone = _seen_alone()
    for match in _VERB_GROUP.finditer(tags):
        first, last = match.span()
        kind = _FORMS.get(match.lastgroup, "finite")
        if last - first == 1:
            # two of three groups are one word
            lemma, negated = alone[lowers[first]]
            found.append(VerbGroup(first, last, first, lemma, kind, False, negated, ""))
            continue
        main = last - 1
        while tags[main] in "nR":
            main -= 1
        group = lowers[first:last]
        form = verb_form(group[main - first])
        is_past = tags[main] == "E" or (form is not None and "n" in form.kinds)
        aux = group[: main - first]
        found.append(
            VerbGroup(
                first,
                last,
                main,
                form.lemma if form else _auxiliary(group[main - first]),
                kind,
                is_past and not _PASSIVES.isdisjoint(aux[-3:]) and not _is_perfect(aux),
                not _NEGATIONS.isdisjoint(group) or "n't" in " ".join(group),
                next((word for word in aux if word in _MODALS), "") if aux else "",
            )
        )
    return tuple(found)


@lru_cache(maxsize=1)
def _seen_alone() -> Remembered[tuple[str, bool]]:
    """The verb groups of one word seen so far."""
    return Remembered(_alone, most=1 << 13)


def _alone(word: str) -> tuple[str, bool]:
    """The lemma of a verb group of one word, and whether it is negated."""
    form = verb_form(word)
    return (form.lemma if form else _auxiliary(word)), "n't" in word


_FORMS: dict[str | None, str] = {"to": "infinitive", "to2": "infinitive", "ing": "ing"}
_PASSIVES = BE | {"'s"}
_NEGATIONS = frozenset(["not", "never"])


_MODALS = word_set(
    "will would can could may might must shall should cannot can't won't wouldn't couldn't shouldn't 'll 'd"
)


def _is_perfect(aux: Sequence[str]) -> bool:
    """Whether the nearest auxiliary is a form of have: "has said"."""
    plain = [word for word in aux if word in BE or word in HAVE]
    return bool(plain) and plain[-1] in HAVE


def _auxiliary(word: str) -> str:
    return "be" if word in BE or word == "'s" else "have" if word in HAVE else "do" if word.startswith("d") else word
