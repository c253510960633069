"""Happening: whether a noun is told as something that took place, though nobody is told to take part.

"The strike began on Monday", "Sunday's election", "a fire broke out": the noun is the subject of a verb of happening,
or a day belongs to it. "Strike law" and "the next election" are no events.
"""

from __future__ import annotations

from llmx.lexicon.function_words import MONTHS, WEEKDAYS, word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.events.clauses import Clauses

_ACTIVE = word_set(
    "begin start end resume happen occur erupt break follow kill injure destroy damage hit strike leave sweep displace"
    " bury flood cut collapse continue rage spread claim devastate last force trap expire infect sicken hospitalise"
    " hospitalize affect ravage engulf"
)
_PASSIVE = word_set(
    "hold schedule postpone cancel plan set call delay bring extinguish suspend adjourn announce sign break"
)
_AHEAD = word_set("be expect schedule plan set")
_STARTING = word_set("begin start resume open reopen")
_LASTING = word_set("day days week weeks month months night wake aftermath")
_BEHIND = 12
_CALENDAR = WEEKDAYS | MONTHS


def happens(analysis: Analysis, clauses: Clauses, first: int, last: int) -> bool:
    """Whether the noun at tokens `first` to `last` is told as having happened, or as going to on a day."""
    number = clauses.phrase_at(last - 1)
    if number == NONE:
        return clauses.group_at(first) is not None and _is_verb_of_nature(analysis, first)
    phrase = analysis.noun_phrases[number]
    if phrase.last > last:
        return False
    if any(analysis.lowers[i] in _CALENDAR and analysis.tags[i + 1 : i + 2] == "s" for i in range(phrase.first, first)):
        return True
    before = analysis.lowers[max(0, phrase.first - 2) : phrase.first]
    if before[1:] == ("of",) and before[0] in _LASTING:
        return True
    if before in (("followed", "by"), ("toll", "from"), ("toll", "of")):
        return True
    end = min(clauses.sentence(first)[1], last + _BEHIND)
    if analysis.lowers[last : last + 1] == ("on",) and analysis.lowers[last + 1] in WEEKDAYS | MONTHS:
        return True
    for i in range(last, end):
        group = clauses.group_at(i)
        if group is None:
            relative = i == last and analysis.lowers[i] in ("that", "which")
            if analysis.tags[i] in ".:SWC" and not relative:
                return False
            continue
        if group.lemma in _AHEAD and number in clauses.subjects(group) and i == group.first:
            ahead = _infinitive_behind(analysis, clauses, group.last)
            if ahead:
                return ahead in _STARTING
        verbs = _PASSIVE if clauses.is_passive(group) else _ACTIVE
        told = group.lemma in verbs or (
            group.lemma == "take" and analysis.lowers[group.last : group.last + 1] == ("place",)
        )
        return told and group.form == "finite" and number in clauses.subjects(group)
    return False


def _infinitive_behind(analysis: Analysis, clauses: Clauses, at: int) -> str:
    """The verb that "are due to" or "is expected to" leads to."""
    while at < len(analysis) and (analysis.tags[at] in "RA" or analysis.lowers[at] == "due"):
        at += 1
    group = clauses.group_at(at)
    return group.lemma if group and group.form == "infinitive" and group.first == at else ""


def _is_verb_of_nature(analysis: Analysis, first: int) -> bool:
    """Whether the trigger is a verb, which tells by itself that it happened: "erupted"."""
    return analysis.tags[first] in "VZE"
