"""Senses: cues that attribute nothing here.

In news of war "attacked the town" is a deed. Elsewhere somebody who "declined to comment" says nothing, doses are
delivered and losses posted without a word, and a curfew is declared in an act, not in a speech.
"""

from __future__ import annotations

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.candidates import Candidate

_WAR = word_set(
    "killed wounded injured troops rebels rebel airstrike airstrikes strikes bombing bombings militants soldiers army"
    " shelling fighters gunmen guerrillas guerrilla missile missiles rockets artillery warplanes insurgents ceasefire"
    " offensive jets raids bombs explosion clashes militia jihadists terrorists bombardment"
)
DEEDS = word_set("attack target hit strike blast slam knock rip press push challenge fire block resist capture assail")
DEED_NOUNS = word_set(
    "attack campaign strike bid effort fire protest offensive call assault resistance hostility operation"
)
_DECLINING = word_set("decline refuse")
_ANSWERING = word_set("comment respond answer reply elaborate return speak talk")
_REPLYING = word_set("comment respond reply return")
_SPOKEN = {
    "deliver": word_set(
        "speech address statement message remarks sermon lecture verdict ruling ultimatum warning news"
    ),
    "post": word_set("message comment statement photo video tweet note letter warning picture text reply"),
}
"""Verbs that speak only with one of these as their object."""
_DONE = {
    "recall": word_set("ambassador ambassadors envoy envoys diplomat diplomats troops product products cars vehicles"),
    "call": word_set("meeting meetings summit election elections referendum strike session vote conference police"),
    "cite": word_set("people person sources source officials diplomats"),
}
"""Verbs that are deeds with one of these as their object, or name who speaks."""
_ENACTED = word_set(
    "curfew emergency mourning holiday holidays bankruptcy day days state siege law lockdown dividend truce"
)
"""What is declared by an act."""
_BARE = 3
"""Tokens of a subject that says nothing by itself: "a decision is expected"."""
_LEAST = 2
_RATE = 150


def tells_of_war(analysis: Analysis) -> bool:
    """Whether words of war are frequent enough that cues such as "attack" mean deeds."""
    seen = len(list(filter(_WAR.__contains__, analysis.lowers)))
    return seen >= max(_LEAST, len(analysis) / _RATE)


def says_nothing(analysis: Analysis, one: Candidate) -> bool:
    """Whether the cue tells that somebody keeps silent, or does what is no speech."""
    first, last = one.content[0]
    lowers = analysis.lowers
    if lowers[one.cue[0] - 1 : one.cue[0]] and lowers[one.cue[0] - 1].startswith(("declin", "refus")):
        return one.lemma in _ANSWERING
    if one.lemma in _DECLINING:
        return lowers[first] == "to" and first + 1 < last and lowers[first + 1] in _ANSWERING
    if one.lemma in _REPLYING and ("negated",) in one.features:
        return True
    if one.lemma == "reach" and one.complement.kind == "left":
        return True
    if one.rule == "passive":
        return one.source is None and last - first <= _BARE and lowers[first] in ("no", "a", "an", "any")
    if one.complement.kind != "np":
        return False
    number = analysis.noun_phrase_of[first]
    head = lowers[analysis.noun_phrases[number].head] if number != NONE else ""
    if one.lemma in _SPOKEN:
        return head not in _SPOKEN[one.lemma]
    if head in _DONE.get(one.lemma, ()):
        return True
    return one.lemma == "declare" and head in _ENACTED
