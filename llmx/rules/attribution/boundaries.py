"""Boundaries: where a content that follows its cue ends.

The end is sought from left to right: at each place where a phrase ends, what stands there speaks for or against.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from llmx.lexicon.function_words import CLOSED, MONTHS, WEEKDAYS, word_set
from llmx.lexicon.remembered import Remembered
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.candidates import Complement
from llmx.rules.attribution.ends import End, Ends
from llmx.rules.attribution.weights import chance

_DAYS = MONTHS | WEEKDAYS
_LONGEST = 60
_MOST_VERBS = 2
_SIZES = (3, 6, 12)
_SAYING_ON = word_set("say add warn accuse announce urge insist deny")
"""Verbs of which the subject before "and" is sure to be who speaks."""
_LINKS = ",C:-R"
"""Tags of what may link a clause to the one before it."""


def boundaries(analysis: Analysis, start: int) -> Iterator[int]:
    """Tokens before which a content that starts at `start` could end, in order; the last is its sentence's end."""
    end = analysis.sentence_at(start).last
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
        yield i


def content_end(analysis: Analysis, complement: Complement, lemma: str, ends: Ends) -> int:
    """The token behind the content's last word.

    Args:
        analysis: The analysis.
        complement: Where the content starts, and how.
        lemma: The cue's lemma.
        ends: What speaks for and against an end.
    """
    best, best_at, left = -1.0, complement.start, 1.0
    for place, end in possible_ends(analysis, complement.start):
        here = left
        if end and complement.kind == "clause" and not end.verbs and analysis.tags[place : place + 2] == ",W":
            continue  # "said the bank, which owns it, would close": a clause has its verb
        if end:
            here *= chance(ends.odds(complement.kind, lemma, end))
            left -= here
        if here > best:
            best, best_at = here, place
        if left < best:
            break
    best_at = _before_next_saying(analysis, complement.start, best_at)
    while best_at > complement.start and analysis.tags[best_at - 1] in ".,:-":
        best_at -= 1
    return best_at


def _before_next_saying(analysis: Analysis, start: int, end: int) -> int:
    """Where the speaker's next verb cuts the content off: "denied that it fell and said that …"; else `end`."""
    tags = analysis.tags
    at = tags.find("C", start + 1, end - 1)
    while at != NONE:
        number = analysis.verb_group_of[at + 1]
        if number != NONE and analysis.quotation_of[at] == NONE:
            group = analysis.verb_groups[number]
            on = group.lemma == "call" and analysis.lowers[group.last : group.last + 1] == ("on",)
            if group.form == "finite" and tags[group.first] in "EZ" and (on or group.lemma in _SAYING_ON):
                return at
        at = tags.find("C", at + 1, end - 1)
    return end


def possible_ends(analysis: Analysis, start: int) -> Iterator[tuple[int, End | None]]:
    """Each token before which a content that starts at `start` could end, in order; the last one needs no reason."""
    tags, lowers, finite, shapes = analysis.tags, analysis.lowers, analysis.finite, _shapes()
    before = bisect_left(finite, start)
    place = NONE
    for following in islice(boundaries(analysis, start), _LONGEST):
        if place != NONE:
            here = shapes[lowers[place]] or tags[place]
            behind = (shapes[lowers[place + 1]] or tags[place + 1]) if place + 1 < len(tags) else "$"
            verbs = min(_MOST_VERBS, bisect_left(finite, place, before) - before)
            after = _clause_after(analysis, place) if tags[place] in _LINKS else "-"
            yield place, End(here, behind, verbs, tags[place - 1], after, bisect_right(_SIZES, place - start) + 1)
        place = following
    if place != NONE:
        yield place, None


@lru_cache(maxsize=1)
def _shapes() -> Remembered[str]:
    """What features call the words seen so far."""
    return Remembered(_shape, most=1 << 14)


def _shape(word: str) -> str:
    """What features call a word wherever it stands, as a function word, a day or a sign; empty where by its tag."""
    if word in _DAYS:
        return "DAY"
    return word if word in CLOSED or not word[0].isalnum() else ""


def _past_carried(analysis: Analysis, at: int, end: int) -> int:
    """Behind the noun phrase at `at`, what hangs on it, and adverbs."""
    last = analysis.noun_phrases[analysis.noun_phrase_of[at]].last
    while last < end:
        if analysis.tags[last] in "Rn":
            last += 1
        elif analysis.tags[last] == "I" and last + 1 < end and analysis.noun_phrase_of[last + 1] != NONE:
            last = analysis.noun_phrases[analysis.noun_phrase_of[last + 1]].last
        else:
            break
    return last


def _clause_after(analysis: Analysis, place: int) -> str:
    """What a comma, a coordinator or another opener is followed by: a clause, a verb phrase, a phrase."""
    i = place
    end = analysis.sentence_at(place - 1).last
    while i < end and analysis.tags[i] in _LINKS:
        i += 1
    if i >= end:
        return "$"
    if analysis.verb_group_of[i] != NONE:
        return analysis.verb_groups[analysis.verb_group_of[i]].form
    if analysis.noun_phrase_of[i] != NONE:
        last = _past_carried(analysis, i, end)
        if last < end and analysis.verb_group_of[last] != NONE:
            return "clause" if analysis.verb_groups[analysis.verb_group_of[last]].form == "finite" else "np-verb"
        return "np"
    return _shapes()[analysis.lowers[i]] or analysis.tags[i]
