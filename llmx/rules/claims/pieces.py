"""Pieces: the single assertions that a longer clause is cut into, and the tails that are cut off.

Ten men were held and two were hurt.                    two assertions
The wall fell, killing two men.                         one, and a tail that tells its effect
The wall fell, though the mayor had been warned.        one, without its tail
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from llmx.lexicon.function_words import word_set
from llmx.lexicon.verbs import verb_form
from llmx.rules.analysis import NONE, Analysis

_JOINING = word_set("and but")
_SUBORDINATE = word_set("after before when because if while since as although though unless until whether where")
_BESIDE = word_set("though although whereas while")
_QUANTITIES = word_set("most some many none several half all more both few")
_DESCRIBING = word_set("a an the its his her their")
_FIXED = "XMZ"
"""Tags of words that make a verb finite beyond doubt."""
_REACH = 14
_LEAST = 3

Tokens = tuple[int, int]


class Piece(NamedTuple):
    """One assertion.

    Attributes:
        first: Its first token.
        last: Behind its last token, without its tail.
        tail: The tokens of what hangs on it behind a comma: from the comma on; empty where `first` equals `last`.
    """

    first: int
    last: int
    tail: Tokens


def pieces(analysis: Analysis, first: int, last: int) -> list[Piece]:
    """The assertions in the tokens of a clause, in order."""
    found: list[Piece] = []
    start = first
    for at in range(first + _LEAST, last - _LEAST):
        if analysis.tags[at] in ":C" and _parts(analysis, start, at, last):
            found.append(_without_tail(analysis, start, at))
            start = at + 1
    found.append(_without_tail(analysis, start, last))
    return found


def _parts(analysis: Analysis, first: int, at: int, last: int) -> bool:
    """Whether one assertion ends at a semicolon or at "and" and another begins behind it."""
    if analysis.words[at] == ";":
        return True
    if analysis.lowers[at] not in _JOINING or not _tells(analysis, first, at):
        return False
    that = analysis.lowers[at + 1] == "that"
    group = _verb_of_subject(analysis, at + 2 if that else at + 1, last)
    if group == NONE:
        return False
    comma = analysis.tags[at - 1] == ","
    if not (that or comma) and not _SUBORDINATE.isdisjoint(analysis.lowers[first:at]):
        return False
    return that or _is_fixed(analysis, group)


def _tells(analysis: Analysis, first: int, last: int) -> bool:
    """Whether a finite verb stands in the tokens."""
    low = bisect_left(analysis.finite, first)
    return low < bisect_left(analysis.finite, last)


def _verb_of_subject(analysis: Analysis, at: int, last: int) -> int:
    """The finite verb group of the subject that starts at token `at`, or behind an aside there; else `NONE`."""
    while at < last and analysis.tags[at] == "R" and analysis.noun_phrase_of[at] == NONE:
        at += 1
    if at + 1 < last and analysis.tags[at : at + 2] == "IH":
        at += 1  # "about 800 have arrived"
    elif at < last and analysis.tags[at] == "I":
        number = analysis.noun_phrase_of[at + 1] if at + 1 < last else NONE
        if number == NONE:
            return NONE
        at = analysis.noun_phrases[number].last
        group = analysis.verb_group_of[at] if at < last else NONE
        if group != NONE and analysis.verb_groups[group].form == "finite":
            return group  # "in 38 towns more votes were cast"
        at += at < last and analysis.tags[at] == ","
    number = analysis.noun_phrase_of[at] if at < last else NONE
    if number == NONE or analysis.noun_phrases[number].first != at:
        return NONE
    i = analysis.noun_phrases[number].last
    while i < last and i - at < _REACH:
        group = analysis.verb_group_of[i]
        if group != NONE:
            return group if analysis.verb_groups[group].form == "finite" else NONE
        if analysis.tags[i] not in "IDAHNOPRTsq":
            return NONE
        i += 1
    return NONE


def _is_fixed(analysis: Analysis, number: int) -> bool:
    """Whether a verb group can be no participle: "were held", "died"; not "parked" or "held" alone."""
    group = analysis.verb_groups[number]
    if analysis.tags[group.first] in _FIXED:
        return True
    form = verb_form(analysis.lowers[group.main])
    if form is not None and "d" in form.kinds and "n" not in form.kinds:
        return True
    behind = analysis.tags[group.last : group.last + 1]
    return behind in tuple("DHPONAR.") or analysis.noun_phrase_of[group.first - 1] == NONE


def _without_tail(analysis: Analysis, first: int, last: int) -> Piece:
    """The assertion without what hangs on its end behind a comma and does not belong to it."""
    at = first
    while True:
        at = analysis.tags.find(",", at + 1, last - 1)
        if at < 0:
            return Piece(first, last, (last, last))
        if _tells(analysis, first, at) and _hangs(analysis, at + 1, last):
            return Piece(first, at, (at, last))


def _hangs(analysis: Analysis, at: int, last: int) -> bool:
    """Whether a relative clause, a participle, a concession or a description starts at `at` and nothing follows it."""
    tags, lowers = analysis.tags, analysis.lowers
    if _returns(analysis, at, last):
        return False
    if tags[at] in "WG" or lowers[at] in _BESIDE:
        return True
    if "W" in tags[at + 1 : at + 4] and (tags[at] in "IH" or lowers[at] in _QUANTITIES):
        return True  # "in which", "two of which"
    if (tags[at] == "H" or lowers[at] in _QUANTITIES) and not _tells(analysis, at, last):
        return "C" not in tags[at:last] and "," not in tags[at:last]  # "most of them women", "a fifth above the price"
    number = analysis.noun_phrase_of[at]
    if number == NONE or tags[at] != "D" or lowers[at] not in _DESCRIBING:
        return False
    behind = analysis.noun_phrases[number].last
    if behind < last and tags[behind] in "WST":
        return True  # ", a condition that the ministry ruled out"
    if behind < last and lowers[behind] == "since":
        return True  # ", the first swap since the truce broke down"
    return "C" not in tags[at:last] and "," not in tags[at:last] and not _tells(analysis, at, last)


def _returns(analysis: Analysis, at: int, last: int) -> bool:
    """Whether the clause goes on with its verb behind a later comma: "the bank, which was fined, has closed"."""
    comma = analysis.tags.find(",", at, last - 1)
    while comma >= 0:
        i = comma + 1
        while i < last and analysis.tags[i] == "R":
            i += 1
        group = analysis.verb_group_of[i] if i < last else NONE
        if group != NONE and analysis.verb_groups[group].form == "finite":
            return True
        comma = analysis.tags.find(",", comma + 1, last - 1)
    return False
