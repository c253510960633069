"""Stances: what a cue does, by its lemma, by what follows it, and by who speaks.

The table of cues gives the usual stance, which the learned weights know; what the words around a cue change of it is
told here.
"""

from __future__ import annotations

from typing import cast, get_args

from llmx.lexicon.cues import cues
from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import Analysis
from llmx.rules.attribution.candidates import Candidate
from llmx.rules.attribution.features import stance_of
from llmx.schema.terms import Stance

_DENIED = {"praises": "criticises", "denies": "asserts"}
"""What a stance becomes when its cue is negated: who does not support criticises."""
_STANCES = frozenset(get_args(Stance))
_OF_RULE: dict[str, Stance] = {
    "according-to": "reports",
    "evidential-adverb": "reports",
    "estimate": "asserts",
    "colon": "asserts",
    "signed": "asserts",
}
_ASKING = word_set("demand urge recommend appeal plead beg press")
_CALLING = word_set("call appeal push press campaign")
_GUESSING = word_set("estimate reckon guess")
_SPEAKING = word_set("say confirm comment disclose name specify identify elaborate discuss reveal give provide tell")
_SAYING = word_set("say announce tell add state")
_WARNING = word_set("warn caution")
_SPEAKERS = word_set("i we it he she they")
_FUTURE = word_set("will would 'll 'd won't wouldn't")
_POSSIBLE = _FUTURE | word_set("could may might can")
_EXPECTED: dict[str, Stance] = {
    **dict.fromkeys(word_set("expect predict forecast project"), "predicts"),
    **dict.fromkeys(word_set("believe suspect think presume fear consider assume"), "believes"),
    **dict.fromkeys(word_set("say report allege understand rumour rumor"), "reports"),
}
"""Verbs that tell hearsay in the passive: "is said to", "are expected to"."""
_OPENING = 4


def stance(analysis: Analysis, one: Candidate) -> Stance:
    """What the cue does; a denied support is no support."""
    if one.rule in _OF_RULE:
        return _OF_RULE[one.rule]
    if one.rule == "noun":
        cue = cues().get((one.lemma, "noun"))
        found = cue.stance if cue else "discusses"
    else:
        found = _EXPECTED[one.lemma] if is_hearsay(one) else _by_context(analysis, one) or stance_of(one.lemma)
    if ("negated",) in one.features:
        found = _DENIED.get(found, found)
    if found not in _STANCES:
        found = "asserts" if one.complement.kind in ("that", "quote", "clause", "left") else "discusses"
    return cast("Stance", found)


def is_hearsay(one: Candidate) -> bool:
    """Whether nobody is named who says, expects or believes it: "is said to be ill"."""
    left = one.rule == "passive" and one.complement.kind == "left"
    return one.source is None and (one.rule == "verb-content" or left) and one.lemma in _EXPECTED


def _by_context(analysis: Analysis, one: Candidate) -> Stance | None:
    """The stance where the words around the cue decide it."""
    first, last = one.content[0]
    opens = analysis.lowers[first : min(last, first + _OPENING)]
    lemma, kind = one.lemma, one.complement.kind
    if ("negated",) in one.features and lemma in _SPEAKING:
        return "discusses"
    if lemma in _ASKING or (lemma in _CALLING and kind == "pp" and one.complement.word in ("on", "for")):
        return "asks"
    if lemma in _GUESSING:
        return "believes"
    if lemma == "complain":
        return "criticises"
    if lemma == "rule" and analysis.lowers[one.cue[1] - 1] == "out":
        return "denies"
    if lemma in _WARNING and kind != "to":
        return "predicts" if not _POSSIBLE.isdisjoint(analysis.lowers[first:last]) else None
    if lemma in _SAYING and kind in ("that", "clause") and _tells_own_plan(opens):
        return "intends"
    return None


def _tells_own_plan(opens: tuple[str, ...]) -> bool:
    """Whether a clause opens with what its speaker will do: "it would cut 40 jobs"."""
    at = 1 if opens[:1] == ("that",) else 0
    return len(opens) > at + 1 and opens[at] in _SPEAKERS and opens[at + 1] in _FUTURE
