"""Find events: from triggers over frames to records, mentions merged, the main event first."""

from __future__ import annotations

from collections.abc import Sequence

from llmx.lexicon.signals import signals_of
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.events.antecedents import Antecedents
from llmx.rules.events.causes import BY_CAUSE, DEATH, Causes, as_affected, as_done
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.enough import is_told_enough
from llmx.rules.events.found import BY_HAND, BY_WEAPON, FoundEvent, tells_whole_war
from llmx.rules.events.frames import Frames, Part
from llmx.rules.events.happening import happens
from llmx.rules.events.headlines import without_headline
from llmx.rules.events.meant import is_meant
from llmx.rules.events.merging import merge
from llmx.rules.events.modality import Moods
from llmx.rules.events.passage import put_main_first
from llmx.rules.events.sorts import Sorts
from llmx.rules.events.triggers import Triggers
from llmx.rules.vocabulary import Trigger, Words

_DEFINITE = frozenset(["the", "this", "that", "these", "those", "its", "their"])


def find_events(analysis: Analysis, words: Words, clauses: Clauses, sorts: Sorts) -> list[FoundEvent]:
    """The events of a document, the main event first, then in text order."""
    frames = Frames(analysis, words, clauses, sorts, Antecedents(analysis, clauses, sorts))
    moods = Moods(analysis, clauses)
    events: list[FoundEvent] = []
    told = list(Triggers(analysis, words, clauses).find())
    accidents = frozenset(clauses.sentence(one.first) for one in told if one.trigger.frame == "mishap")
    causes = Causes(analysis, words, clauses, accidents)
    for trigger, first, last, head, cited, typed in told:
        parts = frames.fill(trigger, first, last, head=head)
        kind = causes.settled(typed, trigger, first, parts)
        if kind in BY_CAUSE:
            parts = as_affected(parts)
        if not kind or (kind == DEATH and not causes.is_worth_telling(first, parts)):
            continue
        if trigger.verb and cited[0] == first:
            definite = trigger.frame == "explode" and _is_of_known(analysis, parts)
        else:
            definite = _is_definite(analysis, clauses, cited[0])
        by_outcome = kind == "natural_disaster" and trigger.verb and trigger.frame not in ("quake", "displace")
        named = by_outcome and (trigger.frame != "befall" or analysis.lowers[first].startswith("kill"))
        at = _disaster_word(analysis, words, clauses.sentence(first)) if named else None
        kind = _by_parts(kind, analysis.lowers[first], trigger.frame, parts)
        if not is_meant(kind, trigger, first, parts, clauses):
            continue
        event = FoundEvent(
            type=kind,
            first=at[0] if at else cited[0],
            last=at[1] if at else cited[1],
            sentence=clauses.sentence(first),
            parts=as_done(parts) if kind == SEARCH else parts,
            mood=moods.of(first, last, verb=trigger.verb),
            frame=trigger.frame,
            definite=definite,
            stands=_stands(trigger, first, last, analysis, clauses),
            rule=f"event.{trigger.frame}",
        )
        if is_told_enough(event, trigger) and _has_cue(event, analysis) and not _is_background(event, analysis):
            events.append(event)
    events = without_headline(events, analysis)
    merged = [event for event in merge(events, analysis) if event.parts or event.stands]
    return put_main_first(merged, analysis, words, clauses)


def _stands(trigger: Trigger, first: int, last: int, analysis: Analysis, clauses: Clauses) -> bool:
    """Whether an event is told although nobody is told to take part."""
    if trigger.frame in _SUFFICIENT and trigger.objects:
        group = clauses.group_at(first)
        return trigger.frame != "party" or (group is not None and not clauses.is_passive(group))
    if trigger.objects or trigger.frame == "change":
        group = clauses.group_at(first)
        return group is not None and group.passive
    if trigger.frame in _HAPPENING:
        return happens(analysis, clauses, first, last)
    if trigger.frame == "displace":
        group = clauses.group_at(first)
        numbers = [*clauses.phrases_from(group.last), *clauses.subjects(group)] if group else []
        return any(analysis.tags[analysis.noun_phrases[number].head] == "H" for number in numbers)
    return False


def _by_parts(kind: str, word: str, frame: str, parts: Sequence[Part]) -> str:
    """The type that the parts make clear: a missile fired is a missile strike, a town stormed an offensive."""
    weapons = {part.text.split()[-1] for part in parts if part.role == "instrument"}
    if frame == "throw" and kind == "remote_explosive" and not weapons.isdisjoint(_SHOT):
        return "shelling_missile"
    if word.startswith(BY_HAND) and not weapons:
        hurt = {part.sort for part in parts if part.role == "victim"}
        kind = "attack" if kind in BY_WEAPON or (kind == "armed_clash" and hurt == {"person"}) else kind
    if kind == "property_destruction" and any(part.role == "attacker" and part.sort == "crowd" for part in parts):
        return "violent_demonstration"
    if word.startswith("raid") and frame == "hit" and _is_search(parts):
        return SEARCH
    if word.startswith("storm") and kind in ("attack", "armed_clash"):
        aims = {part.sort for part in parts if part.role == "target"}
        return "armed_offensive" if aims and aims <= {"place", "name", "capital"} else kind
    doers = {part.text.split()[-1] for part in parts if part.role == "attacker"}
    if frame in _HURTING and doers and doers <= _SHOOTERS:
        hurt = {part.sort for part in parts if part.role == "victim"}
        return "armed_clash" if hurt == {"force"} else "attack"
    return kind


def _is_search(parts: Sequence[Part]) -> bool:
    """Whether police raid homes or offices, or troops raid homes, and hurt nobody."""
    doers = {part.text.split()[-1] for part in parts if part.role == "attacker"}
    aims = {part.text.split()[-1] for part in parts if part.role == "target"}
    searching = doers <= _POLICE or (doers <= _TROOPS and bool(aims) and aims <= _HOMES)
    return bool(doers) and searching and not any(part.role in ("victim", "instrument") for part in parts)


def _disaster_word(analysis: Analysis, words: Words, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """The words that name a disaster in its sentence: "earthquake", not "killing"; "burst its banks" as a whole."""
    for name, first, last in words.concepts_in(*sentence):
        if name == "nature" and analysis.tags[last - 1] in "NP" and analysis.lowers[last - 1] not in _MEASURES:
            return (first, last) if "D" in analysis.tags[first:last] else (last - 1, last)
    return None


def _is_definite(analysis: Analysis, clauses: Clauses, token: int) -> bool:
    number = clauses.phrase_at(token)
    return number != NONE and analysis.lowers[analysis.noun_phrases[number].first] in _DEFINITE


def _is_of_known(analysis: Analysis, parts: Sequence[Part]) -> bool:
    """Whether all that a verb tells is a weapon told before: "the explosive was set off"."""
    return bool(parts) and all(
        part.role == "instrument" and analysis.lowers[analysis.noun_phrases[part.phrase].first] in _DEFINITE
        for part in parts
    )


def _has_cue(event: FoundEvent, analysis: Analysis) -> bool:
    """Whether the sentence itself says that an event is planned, tried, threatened: else nobody could check it."""
    if event.is_told or event.mood.modality == "denied":
        return True
    sentence = analysis.span(*event.sentence).of(analysis.text)
    return any(signal.name == event.mood.modality for signal in signals_of("modality", sentence))


def _is_background(event: FoundEvent, analysis: Analysis) -> bool:
    """Whether it sums up a whole war: "40,000 have been killed since the conflict began"."""
    return event.is_harm and tells_whole_war(analysis.lowers[event.sentence[0] : event.sentence[1]])


SEARCH = "other:search"
_TROOPS = frozenset(["troops", "soldiers", "forces", "army"])
_HOMES = frozenset(
    ["house", "houses", "home", "homes", "apartment", "apartments", "flat", "flats", "office", "offices"]
)
_POLICE = frozenset(
    [
        "police",
        "officers",
        "investigators",
        "detectives",
        "prosecutors",
        "agents",
        "authorities",
        "inspectors",
        "customs",
    ]
)
_SUFFICIENT = frozenset(["move", "undergo", "emerge", "party"])
"""Frames of acts that are told by what they are done to alone."""
_HAPPENING = frozenset(
    ["accident_of", "election_of", "quake", "protest_of", "trial_of", "meeting_of", "agreement_of", "clash_bare"]
)
_SHOT = frozenset(["missile", "missiles", "rocket", "rockets", "mortar", "mortars", "artillery", "shell", "shells"])
_SHOOTERS = frozenset(["sniper", "snipers"])
_HURTING = frozenset(["harm", "wound"])
_MEASURES = frozenset(["magnitude", "winds", "outbreak", "epidemic"])


def part_text(analysis: Analysis, part: Part) -> str:
    """The words of a part."""
    return analysis.span(part.first, part.last).of(analysis.text)
