"""Merging: mentions of one event become one record.

Two mentions in one sentence are one event if one tells the deed and the other its outcome. A later "the attack" without
parts of its own is the violent event told before it. Mentions of one type that share a part are one event.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from llmx.lexicon.function_words import MONTHS, WEEKDAYS, word_set
from llmx.rules.analysis import Analysis
from llmx.rules.events.causes import DISASTERS
from llmx.rules.events.found import BY_HAND, BY_WEAPON, PROTEST, VIOLENT, FoundEvent, same_family

_BACK = 260
_NEXT = 30
_YEAR = 4
_HARMING = ("harm", "wound", "die")
_ORDER = frozenset(["after", "before", "since", "following", "days", "weeks", "hours"])
_ANSWERING = frozenset(["retaliation", "response", "revenge", "reprisal"])
"""Words that part a deed from the one it answers."""
_CALENDAR = MONTHS | WEEKDAYS
_EARLIER = frozenset(["last", "ago", "earlier", "previous", "since", "year", "years", "month", "week"])
_WEAK = word_set(
    "people person persons men man women children others victims civilians soldiers police policemen troops rebels"
    " guerrillas forces army members group individuals they attackers house vehicle car building bomb"
    " officer officers protesters demonstrators"
)


def merge(events: Sequence[FoundEvent], analysis: Analysis) -> list[FoundEvent]:
    """The events, each once, in text order of their first mention."""
    kept: list[FoundEvent] = []
    for event in _merge_sentences(events, analysis):
        at = _told_before(event, kept, analysis)
        if at is None:
            kept.append(event)
        else:
            kept[at] = _sharpened(kept[at].joined(event), event, analysis)
    return kept


def _merge_sentences(events: Sequence[FoundEvent], analysis: Analysis) -> list[FoundEvent]:
    """The events with those of one sentence joined that are deed and outcome."""
    kept: list[FoundEvent] = []
    for event in events:
        at = len(kept) - 1
        while at >= 0 and kept[at].sentence == event.sentence and not _is_one_told(kept[at], event, analysis):
            at -= 1
        if at >= 0 and kept[at].sentence == event.sentence:
            kept[at] = _join(kept[at], event, analysis)
        else:
            kept.append(event)
    return kept


def _is_one_told(known: FoundEvent, event: FoundEvent, analysis: Analysis) -> bool:
    """Whether two mentions of one sentence name one event; what is agreed to be done is the agreement's."""
    if known.type == "agreement" and analysis.lowers[event.first - 1] == "to" and event.first <= known.last + 2:
        return True
    return same_family(known.type, event.type) and known.is_told == event.is_told and _one_deed(known, event, analysis)


def _join(known: FoundEvent, event: FoundEvent, analysis: Analysis) -> FoundEvent:
    """One record of two mentions; the deed names it, not the outcome."""
    if _is_step(known, event) and event.sentence == known.sentence:
        joined = event.joined(known)
        return joined._replace(others=known.others)
    return _sharpened(known.joined(event), event, analysis)


def _is_step(known: FoundEvent, event: FoundEvent) -> bool:
    """Whether `known` only tells the outcome of a deed, or how it was prepared: a bomb hidden, then exploding."""
    return (known.is_harm and not event.is_harm) or (known.frame == "plant" and event.frame == "explode")


def _sharpened(joined: FoundEvent, event: FoundEvent, analysis: Analysis) -> FoundEvent:
    """An attack whose other mention names the weapon is of the weapon's type."""
    by_weapon = (
        joined.type == "attack" and event.type in BY_WEAPON and not analysis.lowers[joined.first].startswith(BY_HAND)
    )
    return joined._replace(type=event.type) if by_weapon else joined


def _told_before(event: FoundEvent, kept: Sequence[FoundEvent], analysis: Analysis) -> int | None:
    named = event.definite and event.type in BY_WEAPON and any(one.type == event.type for one in kept)
    for at in range(len(kept) - 1, -1, -1):
        known = kept[at]
        if event.first - known.first > _BACK * 4:
            return None
        if known.is_told != event.is_told:
            continue
        if known.type in PROTEST and event.type in VIOLENT and _is_outcome_of(event, known, analysis):
            return at
        if not same_family(known.type, event.type) or (named and known.type != event.type):
            continue
        if known.sentence == event.sentence or _is_of_another_year(event, known, analysis):
            continue
        if event.definite and (_is_dated(event, analysis) or _hurts_others(event, known, analysis)):
            continue
        if event.definite and not event.parts and known.type == event.type and known.type not in VIOLENT:
            return at
        if event.definite and _same_word(known, event, analysis) and event.first - known.first < 2 * _BACK:
            return at
        if (
            event.definite
            and event.type in VIOLENT
            and not event.of_role("attacker", "target")
            and event.first - known.first < _BACK
        ):
            return at
        if _goes_on(event, known, analysis):
            return at
        if _share_part(known, event, analysis) or _is_outcome_of(event, known, analysis):
            return at
    return None


def _is_of_another_year(event: FoundEvent, known: FoundEvent, analysis: Analysis) -> bool:
    """Whether a year stands in a mention's sentence that the other's sentences do not tell."""
    figures = [analysis.lowers[i] for i in analysis.tagged("H", *event.sentence)]
    years = set(filter(_is_year, figures))
    if not years:
        return False
    return all(years.isdisjoint(analysis.lowers[slice(*one)]) for one in (known.sentence, *known.others))


def _is_year(word: str) -> bool:
    return len(word) == _YEAR and word.isdigit() and word[:2] in ("19", "20")


def _hurts_others(event: FoundEvent, known: FoundEvent, analysis: Analysis) -> bool:
    """Whether a mention names its own victim: "the killing of a judge" is not the raid told before."""
    own = _names(event, ("victim",), analysis) - _WEAK
    return event.frame == "killing_of" and bool(own) and own.isdisjoint(_names(known, ("victim", "target"), analysis))


def _is_dated(event: FoundEvent, analysis: Analysis) -> bool:
    """Whether a year right behind sets a mention apart: "the shelling of 2018"."""
    said, year = analysis.lowers[event.last : event.last + 2] if event.last + 2 <= len(analysis) else ("", "")
    return said in ("of", "in") and len(year) == _YEAR and year.isdigit()


def _same_word(known: FoundEvent, event: FoundEvent, analysis: Analysis) -> bool:
    """Whether both triggers end in one word: "the raids" after "bombing raids"."""
    return analysis.lowers[event.last - 1] == analysis.lowers[known.last - 1]


def _one_deed(known: FoundEvent, event: FoundEvent, analysis: Analysis) -> bool:
    """Whether two mentions of one sentence are deed and outcome, or deed twice."""
    if known.type not in VIOLENT or event.type not in VIOLENT:
        apart = known.frame == event.frame == "do" and "C" in analysis.tags[known.last : event.first]
        return known.type == event.type and not (apart and event.type in ("diplomatic", "sanction"))
    between = analysis.lowers[known.last : event.first]
    if event.definite and not event.parts and "during" in between:
        return False  # "a guard was shot during the raids" is not the raids
    if _are_two_passives(known, event) and any(pair == (",", "and") for pair in pairwise(between)):
        return False
    if "which" not in analysis.lowers[known.last : event.first] and any(
        _is_past_mark(analysis, i) for i in range(known.last, event.first)
    ):
        return False
    if known.definite and not _ORDER.isdisjoint(analysis.lowers[max(0, known.first - 3) : known.first]):
        return False  # "hours after the bombing, troops raided"
    if not _ANSWERING.isdisjoint(analysis.lowers[known.last : event.first]):
        return False
    one, other = _names(known, ("attacker",), analysis), _names(event, ("attacker",), analysis)
    if one and other and one.isdisjoint(other):
        return False
    if known.is_harm != event.is_harm:
        return not _is_own_deed(event, known, analysis)
    if known.definite or event.definite:
        return _ORDER.isdisjoint(analysis.lowers[known.last : event.first])
    aims, others = _names(known, ("target", "victim"), analysis), _names(event, ("target", "victim"), analysis)
    kinds = {known.type, event.type}
    deeds = analysis.tags[event.first] != "G" and ("property_destruction" not in kinds or "looting" in kinds)
    if aims and others and aims.isdisjoint(others) and deeds and not known.is_harm:
        return False
    return not (one and other) or not one.isdisjoint(other)


def _is_own_deed(event: FoundEvent, known: FoundEvent, analysis: Analysis) -> bool:
    """Whether who was shot or stabbed was not hurt by the fire or the looting told beside it."""
    harm, other = (event, known) if event.is_harm else (known, event)
    return other.type in ("property_destruction", "looting") and analysis.lowers[harm.first].startswith(BY_HAND)


def _are_two_passives(known: FoundEvent, event: FoundEvent) -> bool:
    """Whether one tells who was hurt, the other what was damaged, and neither who did it."""
    roles = {part.role for part in known.parts}, {part.role for part in event.parts}
    return roles in (({"victim"}, {"target"}), ({"target"}, {"victim"}))


def _is_outcome_of(event: FoundEvent, known: FoundEvent, analysis: Analysis) -> bool:
    """Whether a mention tells only how many suffered, right after a deed and of no other place: "12 were killed"."""
    named = known.type in DISASTERS and analysis.tags[known.first] in "NP" and analysis.tags[event.first] not in "NP"
    hurt = event.frame == "wound" and known.type in PROTEST
    if not event.is_harm or (known.is_harm and not named) or event.of_role("attacker", "instrument", "target"):
        return False
    again = _is_told_again(event, analysis)
    if event.sentence[0] - max((known.sentence, *known.others))[1] > (_BACK if again else _NEXT) or not (
        hurt or again or _names(event, ("victim", "affected"), analysis) <= _WEAK
    ):
        return False
    there = set(analysis.lowers[known.sentence[0] : known.sentence[1]])
    first, last = event.sentence
    days = WEEKDAYS & set(analysis.lowers[first:last])
    return (not days or not days.isdisjoint(there)) and not any(
        analysis.tags[i] == "P"
        and analysis.lowers[i - 1] in ("in", "at", "near")
        and analysis.lowers[i] not in there | _CALENDAR
        for i in range(first + 1, last)
    )


def _goes_on(event: FoundEvent, known: FoundEvent, analysis: Analysis) -> bool:
    """Whether the next sentence tells more of one accident: "The train derailed" after "a train hit a truck"."""
    if known.type != "man_made_disaster" or event.type != known.type or event.frame not in ("mishap", *_HARMING):
        return False
    there = analysis.lowers[known.sentence[0] : known.sentence[1]]
    near = event.sentence[0] - max((known.sentence, *known.others))[1] <= _NEXT
    return near and any(
        analysis.lowers[part.last - 1] in there and analysis.tags[part.first - 1] == "D" for part in event.parts
    )


def _is_told_again(event: FoundEvent, analysis: Analysis) -> bool:
    """Whether "had been killed", with no time of its own, looks back at what the report tells: a claim of its toll."""
    if analysis.lowers[event.first - 2 : event.first] != ("had", "been"):
        return False
    return (_CALENDAR | _EARLIER).isdisjoint(analysis.lowers[event.sentence[0] : event.sentence[1]])


def _is_past_mark(analysis: Analysis, token: int) -> bool:
    """Whether a word leads to an earlier time: "the worst since 1996, when"."""
    lower = analysis.lowers[token]
    return lower in ("since", "before", "ago") or _is_year(lower)


def _share_part(known: FoundEvent, event: FoundEvent, analysis: Analysis) -> bool:
    roles = ("victim", "target", "affected")
    shared = _names(known, roles, analysis) & _names(event, roles, analysis)
    return bool(shared - _WEAK)


def _names(event: FoundEvent, roles: tuple[str, ...], analysis: Analysis) -> set[str]:
    """The heads of the parts in some roles, in lower case."""
    found: set[str] = set()
    for part in event.of_role(*roles):
        found.add(analysis.lowers[part.last - 1])
        found.update([analysis.lowers[i] for i in analysis.tagged("NP", part.first, part.last)])
    return found
