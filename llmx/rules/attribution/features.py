"""Features: what speaks for or against a candidate whose cue is a verb."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from llmx.lexicon.cues import cues
from llmx.lexicon.function_words import CLOSED
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.candidates import Complement, TokenRange
from llmx.rules.attribution.clues import Clue

_SIZES = (2, 4, 8)
_NEAR = 12


class GroupClues(NamedTuple):
    """What speaks for and against a verb group's being a cue, whatever follows it.

    Attributes:
        subject: What kind of words the source is.
        head: The source's head.
        behind: What stands behind the group.
        opener: What stands before the source.
        own: What the group itself says.
    """

    subject: str
    head: str
    behind: Clue
    opener: Clue
    own: tuple[Clue, ...]


def group_clues(analysis: Analysis, number: int, source: TokenRange | None) -> GroupClues:
    """The clues of a verb group and its source, for all that may follow it.

    Args:
        analysis: The analysis.
        number: The number of the verb group.
        source: The source.
    """
    lowers = analysis.lowers
    group = analysis.verb_groups[number]
    first = analysis.sentence_at(group.main).first
    behind = lowers[group.last] if group.last < len(lowers) else ""
    return GroupClues(
        *_subject_class(analysis, source),
        ("behind", behind if behind in CLOSED else analysis.tags[group.last : group.last + 1]),
        ("opener", _opener(analysis, source, first)),
        _own_clues(analysis, number, first),
    )


def verb_features(
    analysis: Analysis, rule: str, number: int, clues: GroupClues, *, lemma: str, complement: Complement
) -> tuple[Clue, ...]:
    """What speaks for and against a verb's being a cue, all but the size of its content.

    Args:
        analysis: The analysis.
        rule: The pattern that made the candidate.
        number: The number of the verb group.
        clues: The clues of the group and its source.
        lemma: Its lemma, with the adjective behind a form of be.
        complement: What follows, and where the content starts.
    """
    group = analysis.verb_groups[number]
    kind = _kind(rule, complement)
    stance = stance_of(lemma)
    start = complement.start
    quotations = analysis.quotation_of[start : start + _NEAR]
    return (
        ("verb", lemma, stance, kind),
        ("form", group.form, analysis.tags[group.main], stance, kind),
        ("subject", clues.subject, clues.head, stance, kind),
        ("opens", analysis.tags[start : start + 1] or "$", lemma, stance),
        clues.behind,
        ("object", _object(analysis, complement)),
        clues.opener,
        *clues.own,
        *(_QUOTED if quotations.count(NONE) < len(quotations) else ()),
    )


_QUOTED: tuple[Clue, ...] = (("quotation",),)


def _own_clues(analysis: Analysis, number: int, first: int) -> tuple[Clue, ...]:
    """What the verb group itself says: the verb it hangs on, voice, negation, modal, and verbs before it."""
    groups = analysis.verb_groups
    group = groups[number]
    found: list[Clue] = []
    before = groups[number - 1] if number else None
    if before and before.last == group.first:
        found.append(("chain", before.lemma))
    if group.passive:
        found.append(("passive", group.lemma))
    if group.negated:
        found.append(("negated",))
    if group.modal:
        found.append(("modal", group.modal))
    earlier = groups[max(0, number - 4) : number]
    depth = sum([one.form == "finite" for one in earlier if one.first >= first])
    found.append(("depth", min(depth, 3)))
    return tuple(found)


def size_feature(content: TokenRange) -> Clue:
    """How long a content is."""
    return ("size", bisect_right(_SIZES, content[1] - content[0]) + 1)


def _kind(rule: str, complement: Complement) -> str:
    """The kind of complement as features name it: with its preposition, and with what stands before or behind it."""
    kind = complement.kind if rule == "verb-content" else rule
    if kind == "pp":
        kind = f"pp-{complement.word}"
    if complement.between:
        return f"~{kind}"
    return f"{kind}~{complement.more}" if complement.more else kind


def _object(analysis: Analysis, complement: Complement) -> str:
    """The head of an object that is a noun phrase, in lower case; its tag if it is a name or a pronoun."""
    if complement.kind not in ("np", "pp") or complement.start >= len(analysis):
        return complement.kind
    number = analysis.noun_phrase_of[complement.start]
    if number == NONE:
        return analysis.tags[complement.start]
    head = analysis.noun_phrases[number].head
    return analysis.lowers[head] if analysis.tags[head] == "N" else analysis.tags[head]


def _opener(analysis: Analysis, source: TokenRange | None, first: int) -> str:
    """The word before the source, if it is a function word, or its tag."""
    if source is None or source[0] <= first:
        return "^"
    word = analysis.lowers[source[0] - 1]
    return word if word in CLOSED else analysis.tags[source[0] - 1]


@lru_cache(maxsize=1 << 13)
def stance_of(lemma: str) -> str:
    """The stance of a verb, or of the adjective behind a form of be; `none` for a word that is no known cue."""
    cue = cues().get((lemma.rpartition(" ")[2], "adjective") if " " in lemma else (lemma, "verb"))
    return cue.stance if cue else "none"


def _subject_class(analysis: Analysis, source: TokenRange | None) -> tuple[str, str]:
    """What kind of words the source is, and its head in lower case."""
    if source is None:
        return "none", ""
    first, last = source
    number = analysis.noun_phrase_of[first]
    if number == NONE:
        return f"w-{analysis.lowers[first]}", ""
    head = min(analysis.noun_phrases[number].head, last - 1)
    tag = analysis.tags[head]
    word = analysis.lowers[head]
    if tag == "O":
        return f"pronoun-{word}", word
    if tag == "N":
        return ("plural" if word.endswith("s") else "noun"), word
    return tag, word if tag == "P" else ""
