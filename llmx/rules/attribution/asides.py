"""Asides: what is said beside source, cue and content: to whom, where, when, and how surely."""

from __future__ import annotations

from typing import NamedTuple

from llmx.lexicon.function_words import MONTHS, WEEKDAYS, word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.candidates import Candidate, TokenRange
from llmx.rules.attribution.sources import nouns_of_sources
from llmx.text.span import Span

_TELLING = word_set("tell inform remind assure reassure notify brief warn advise ask urge convince persuade")
_TIME_HEADS = word_set("yesterday today tonight morning afternoon evening night week month year weekend")
_IN_MEDIUM = word_set("in on at during via through by with from")
_DAYS = WEEKDAYS | MONTHS
HEDGES = word_set(
    "reportedly allegedly supposedly purportedly probably probable possibly possible likely unlikely apparently perhaps"
    " maybe might may could seemingly presumably potentially potential suspected alleged purported unconfirmed unclear"
    " uncertain arguably"
)


class Asides(NamedTuple):
    """What stands beside a cue.

    Attributes:
        addressee: To whom it is said.
        medium: Where it is said.
        time: When it is said.
    """

    addressee: Span | None = None
    medium: Span | None = None
    time: Span | None = None


def find_asides(analysis: Analysis, one: Candidate) -> Asides:
    """The asides of a candidate: between cue and content, or behind the cue where the content stands before it."""
    region = _region(analysis, one)
    if region is None:
        return Asides()
    addressee = medium = time = None
    i = region[0]
    while i < region[1]:
        number = analysis.noun_phrase_of[i]
        if number == NONE or analysis.noun_phrases[number].first != i:
            if analysis.lowers[i] in _TIME_HEADS:
                time = time or analysis.span(i, i + 1)
            i += 1
            continue
        phrase = analysis.noun_phrases[number]
        last = min(phrase.last, region[1])
        before = analysis.lowers[i - 1]
        head = analysis.lowers[last - 1]
        if any(analysis.lowers[k] in _DAYS or analysis.lowers[k] in _TIME_HEADS for k in range(i, last)):
            opens = i - 1 if before in ("on", "in", "at", "during", "earlier", "late", "since") and i > region[0] else i
            time = time or analysis.span(opens, last)
        elif before in _IN_MEDIUM and _names_medium(analysis, i, last):
            medium = medium or analysis.span(i, _with_carrier(analysis, last, region[1]))
        elif (
            before == "to"
            or (i == region[0] and one.lemma in _TELLING)
            or (head in ("reporters", "journalists") and before not in _IN_MEDIUM)
        ):
            addressee = addressee or analysis.span(i, last)
        i = last
    return Asides(addressee, medium, time)


def _region(analysis: Analysis, one: Candidate) -> TokenRange | None:
    if one.complement.between:
        return one.complement.between
    if not one.rule.startswith("content-"):
        return None
    first = one.source[1] if one.source and one.source[0] > one.cue[0] else one.cue[1]
    last = analysis.sentence_at(one.cue[0]).last
    for part in one.content:
        if part[0] > first:
            last = min(last, part[0])
    for i in range(first, last):
        if analysis.verb_group_of[i] != NONE or analysis.tags[i] in "q.:":
            last = i
            break
    return (first, last) if first < last else None


def _names_medium(analysis: Analysis, first: int, last: int) -> bool:
    media = nouns_of_sources()["medium"]
    return any(analysis.lowers[k] in media for k in range(first, last))


def _with_carrier(analysis: Analysis, at: int, end: int) -> int:
    """Behind "with the paper" or "to the council" that hangs on a medium."""
    if at + 1 < end and analysis.lowers[at] in ("with", "to", "for", "of") and analysis.noun_phrase_of[at + 1] != NONE:
        return min(end, analysis.noun_phrases[analysis.noun_phrase_of[at + 1]].last)
    return at


def find_hedges(analysis: Analysis, ranges: list[TokenRange]) -> tuple[Span, ...]:
    """The words in these tokens that lower commitment; the month of May is none."""
    return tuple(
        analysis.span(i, i + 1)
        for first, last in ranges
        if not HEDGES.isdisjoint(analysis.lowers[first:last])
        for i in range(first, last)
        if analysis.lowers[i] in HEDGES and not (analysis.words[i] == "May" and analysis.tags[i] == "P")
    )
