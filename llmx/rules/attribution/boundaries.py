"""Boundaries: where a content that follows its cue ends.

The end is sought from left to right: at each place where a phrase ends, what stands there speaks for or against.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from llmx.lexicon.function_words import CLOSED, MONTHS, WEEKDAYS
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.candidates import Complement
from llmx.rules.attribution.weights import probability

_DAYS = MONTHS | WEEKDAYS
_LONGEST = 60
_SIZES = (3, 6, 12)


def boundaries(analysis: Analysis, start: int) -> list[int]:
    """Tokens before which a content that starts at `start` could end, in order; the last is its sentence's end."""
    end = analysis.sentence_at(start).last
    found: list[int] = []
    i = start
    phrase_of, group_of, quotation_of = analysis.noun_phrase_of, analysis.verb_group_of, analysis.quotation_of
    while i < end:
        if quotation_of[i] != NONE:
            _, behind = analysis.tokens_in(analysis.quotations[quotation_of[i]].span)
            i = max(behind, i + 1)
        elif phrase_of[i] != NONE:
            i = analysis.noun_phrases[phrase_of[i]].last
        elif group_of[i] != NONE:
            i = analysis.verb_groups[group_of[i]].last
        else:
            i += 1
        if i < end and analysis.tags[i] == "s":
            continue
        found.append(i)
    return found


def content_end(analysis: Analysis, complement: Complement, lemma: str, weights: Mapping[str, float]) -> int:
    """The token behind the content's last word.

    Args:
        analysis: The analysis.
        complement: Where the content starts, and how.
        lemma: The cue's lemma.
        weights: The weights of ends.
    """
    places = boundaries(analysis, complement.start)[:_LONGEST]
    best, best_at, left = -1.0, complement.start, 1.0
    for place in places:
        if place == places[-1]:
            here = left
        else:
            hazard = probability(end_features(analysis, complement, lemma, place), weights)
            here = left * hazard
            left *= 1.0 - hazard
        if here > best:
            best, best_at = here, place
        if left < best:
            break
    while best_at > complement.start and analysis.tags[best_at - 1] in ".,:-":
        best_at -= 1
    return best_at


def end_features(analysis: Analysis, complement: Complement, lemma: str, place: int) -> tuple[str, ...]:
    """What speaks for and against a content's end before token `place`."""
    tags = analysis.tags
    kind = complement.kind
    here, behind, before = _shape(analysis, place), _shape(analysis, place + 1), tags[place - 1]
    verbs = _finite_verbs(analysis, complement.start, place)
    after = _clause_after(analysis, place)
    size = place - complement.start
    length = bisect_right(_SIZES, size) + 1
    return (
        "bias",
        kind,
        f"{here}",
        f"{kind} {here}",
        f"{here} {behind}",
        f"{kind} {here} {behind}",
        f"{before}|{here}",
        f"{kind} {before}|{here}",
        f"{kind} v{verbs} {here}",
        f"v{verbs} {here} {behind}",
        f"{here} >{after}",
        f"{kind} {here} >{after}",
        f"{kind} {length} {here}",
        f"{kind} {length}",
        f"{lemma} {here}",
        f"{kind} v{verbs} {here} >{after}",
    )


def _shape(analysis: Analysis, at: int) -> str:
    """A token as features name it: a function word, a sign, or the tag."""
    if at >= len(analysis):
        return "$"
    word = analysis.lowers[at]
    if word in _DAYS:
        return "DAY"
    return word if word in CLOSED or not word[0].isalnum() else analysis.tags[at]


def _finite_verbs(analysis: Analysis, start: int, place: int) -> int:
    """Finite verbs of the content so far, at most 2."""
    groups = {analysis.verb_group_of[i] for i in range(start, place)}
    return min(2, sum(1 for group in groups if group != NONE and analysis.verb_groups[group].form == "finite"))


def _clause_after(analysis: Analysis, place: int) -> str:
    """What a comma, a coordinator or another opener is followed by: a clause, a verb phrase, a phrase."""
    i = place
    end = analysis.sentence_at(place - 1).last
    while i < end and analysis.tags[i] in ",C:-R":
        i += 1
    if i == place:
        return "-"
    if i >= end:
        return "$"
    if analysis.verb_group_of[i] != NONE:
        return analysis.verb_groups[analysis.verb_group_of[i]].form
    if analysis.noun_phrase_of[i] != NONE:
        last = analysis.noun_phrases[analysis.noun_phrase_of[i]].last
        while last < end and analysis.tags[last] in "Rn":
            last += 1
        if last < end and analysis.verb_group_of[last] != NONE:
            return "clause" if analysis.verb_groups[analysis.verb_group_of[last]].form == "finite" else "np-verb"
        return "np"
    return _shape(analysis, i)
