"""The main event: what an article's opening tells, by all its words together.

Reports put their news first. The opening's concepts are typed together, and the event that names that type there is the
main event; it stands first in the report. Only a brief is about one event so surely that its words together make one
that no frame found, and only where the votes are clear.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from math import exp

from llmx.lexicon.function_words import word_set
from llmx.lexicon.table import read_rows, words
from llmx.rules.analysis import Analysis
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.found import BY_WEAPON, VIOLENT, FoundEvent, same_family
from llmx.rules.events.modality import Moods
from llmx.rules.events.typing import Hits, hand_scores, type_scores, uses_chemical
from llmx.rules.vocabulary import Words

OPENING = 90
"""Tokens of an article that make its opening."""

_ENOUGH = 1.2
_HAND = 1.5
_SHARE = 0.175
_SURE = 0.5
_NAMED = 1.5
_GAINS = frozenset(["government_regains_territory", "non_state_actor_overtakes_territory"])
_BY_ACTOR = {"rebel_group": "non_state_actor_overtakes_territory", "state_forces": "government_regains_territory"}
_CALLED = {"diplomatic": ("sanction", "statement", "meeting"), "agreement": ("other:agreement collapse",)}
"""What is diplomacy or about an agreement too, and is called by its own name."""
_CROWDS = frozenset(["protest", "protester", "strong_protester", "rioter", "dispersal", "violent_protest"])
_FLIES = word_set("jets jet warplanes warplane planes plane aircraft helicopters helicopter drones drone bombers")
_FALLING = ("collaps", "crash", "sank", "sink", "plung")
_FIGURATIVE = word_set(
    "talks deal agreement market markets shares stocks prices government coalition economy currency bank website system"
    " ratings support truce ceasefire negotiations"
)
_BACK = 8
_ARMED = frozenset(["army", "rebel", "gunman"])
_UNARMED = frozenset(["strong_protester"])
_SAYING = word_set(
    "agree accuse blame allege claim deny reject admit announce urge warn condemn say tell report demand insist call"
    " confirm"
)
_NO_NAME = "PITCDRSO"
_BRIEF = 130
"""Tokens: a text up to this length is a brief, which is about one event; of a longer one its opening is not enough."""


@lru_cache(maxsize=1)
def _naming() -> dict[str, tuple[str, ...]]:
    return {kind: words(cell) for kind, cell in read_rows("naming.tsv", columns=2)}


def put_main_first(
    events: Sequence[FoundEvent], analysis: Analysis, found: Words, clauses: Clauses
) -> list[FoundEvent]:
    """The events with the main event of the opening first, made or retyped where the opening says so."""
    if not len(analysis):
        return list(events)
    end = min(len(analysis), OPENING)
    hits = found.concepts_in(0, end)
    scores = type_scores(hits, start=0)
    ranked = sorted(scores, key=lambda kind: (-scores[kind], kind))
    if not ranked or scores[ranked[0]] < _ENOUGH:
        return list(events)
    names = {name for name, _, _ in hits}
    if ranked[0] == "excessive_force" and _CROWDS.isdisjoint(names):
        ranked = ranked[1:]
    if ranked[0] == "chemical_weapon" and not uses_chemical(hits, analysis):
        ranked = ranked[1:]
    best = ranked[0]
    named = {event.sentence for event in events if event.type == best}
    for at, event in enumerate(events):
        if event.first >= end:
            break
        if event.type in _CALLED.get(best, ()):
            return [event, *events[:at], *events[at + 1 :]]
        if event.type == best or (event.sentence not in named and same_family(event.type, best) and event.is_told):
            main = event._replace(type=_sharper(event, best, found, hits))
            return [main, *events[:at], *events[at + 1 :]]
    if len(analysis) > _BRIEF or not _is_sure(best, scores, hits) or _is_without(best, names):
        return list(events)
    for concept in _naming().get(best, ()):
        for name, first, last in hits:
            if (
                name == concept
                and not _is_exchange(analysis, first)
                and not _is_saying(analysis, clauses, first, last)
                and not _is_figurative(analysis, first)
                and analysis.tags[first] not in _NO_NAME
                and not any(e.first == first or _charges(e, best, first, analysis) for e in events)
            ):
                return [_made(best, (first, last), analysis, clauses), *events]
    return list(events)


def _is_without(best: str, names: Collection[str]) -> bool:
    """Whether those are missing who make the event: nobody but an army marches, nothing seized is a weapon."""
    if best == "disrupted_weapons_use":
        return "weapons" not in names
    return best == "peaceful_protest" and not _ARMED.isdisjoint(names) and _UNARMED.isdisjoint(names)


def _charges(event: FoundEvent, best: str, token: int, analysis: Analysis) -> bool:
    """Whether the crime that would name an event is only what a court holds against somebody: "guilty of fraud"."""
    if best != "organised_crime" or event.type != "legal_proceeding" or token < event.last:
        return False
    return token < event.sentence[1] and analysis.lowers[token - 1] in ("of", "with", "for")


def _is_exchange(analysis: Analysis, token: int) -> bool:
    """Whether it is "in exchange for", which names no deal."""
    return analysis.lowers[token] == "exchange" and token > 0 and analysis.lowers[token - 1] == "in"


def _is_saying(analysis: Analysis, clauses: Clauses, first: int, last: int) -> bool:
    """Whether the words only tell that somebody speaks, which is no event: "accused", "denied", "announced"."""
    group = clauses.group_at(first)
    return group is not None and group.lemma in _SAYING and analysis.lowers[last - 1] != "responsibility"


def _is_figurative(analysis: Analysis, token: int) -> bool:
    """Whether what collapsed, crashed or sank are talks or markets."""
    if not analysis.lowers[token].startswith(_FALLING):
        return False
    return not _FIGURATIVE.isdisjoint(analysis.lowers[max(0, token - _BACK) : token + 2])


def _sharper(event: FoundEvent, best: str, found: Words, hits: Hits) -> str:
    """The event's own type where its sentence names the weapon and the opening only says that there was an attack."""
    if best == "violent_demonstration" and hand_scores(hits, start=0).get(best, 0.0) <= 0:
        return event.type  # nothing in the opening is violent
    if best in _GAINS:
        kinds = {part.kind for part in event.of_role("actor")}
        return _BY_ACTOR.get(next(iter(kinds)), best) if len(kinds) == 1 else best
    if event.type == "protest_with_intervention" and event.frame == "openfire" and best != "excessive_force":
        return event.type
    if (
        event.type == "air_strike"
        and best in BY_WEAPON
        and any(_FLIES & set(part.text.split()) for part in event.of_role("attacker"))
    ):
        return event.type
    if event.type not in BY_WEAPON or best in BY_WEAPON or best not in VIOLENT:
        return best
    own = hand_scores(found.concepts_in(*event.sentence), start=event.sentence[0]).get(event.type, 0.0)
    return event.type if own >= _NAMED else best


def _is_sure(best: str, scores: Mapping[str, float], hits: Hits) -> bool:
    """Whether the votes are clear enough to make an event that no frame found."""
    share = exp(scores[best]) / sum(exp(score) for score in scores.values())
    own = hand_scores(hits, start=0).get(best, 0.0)
    return (own >= _HAND and share >= _SHARE) or (own >= _HAND / 2 and share >= _SURE)


def _made(kind: str, trigger: tuple[int, int], analysis: Analysis, clauses: Clauses) -> FoundEvent:
    """An event that its passage tells, named by one of the passage's words."""
    first, last = trigger
    verb = clauses.group_at(first) is not None
    return FoundEvent(
        type=kind,
        first=first,
        last=last,
        sentence=clauses.sentence(first),
        parts=(),
        mood=Moods(analysis, clauses).of(first, last, verb=verb),
        frame="passage",
        rule="event.passage",
    )
