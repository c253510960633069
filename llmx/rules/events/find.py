"""Find events: from triggers over frames to records, mentions merged, the main event first."""

from __future__ import annotations

from collections.abc import Sequence

from llmx.lexicon.signals import find_signals
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.found import VIOLENT, FoundEvent, tells_whole_war
from llmx.rules.events.frames import Frames, Part
from llmx.rules.events.headlines import without_headline
from llmx.rules.events.merging import merge
from llmx.rules.events.modality import Moods
from llmx.rules.events.passage import put_main_first
from llmx.rules.events.sorts import Sorts
from llmx.rules.events.triggers import Triggers
from llmx.rules.vocabulary import Trigger, Words

_DEFINITE = frozenset(["the", "this", "that", "these", "those", "its", "their"])


def find_events(analysis: Analysis, words: Words, clauses: Clauses, sorts: Sorts) -> list[FoundEvent]:
    """The events of a document, the main event first, then in text order."""
    frames = Frames(analysis, words, clauses, sorts)
    moods = Moods(analysis, clauses)
    events: list[FoundEvent] = []
    for trigger, first, last, kind in Triggers(analysis, words, clauses).find():
        parts = frames.fill(trigger, first, last)
        definite = not trigger.verb and _is_definite(analysis, clauses, first)
        at = _disaster_word(analysis, words, clauses.sentence(first)) if kind == "natural_disaster" else None
        event = FoundEvent(
            type=_by_parts(kind, analysis.lowers[first], trigger.frame, parts),
            first=at if at is not None else first,
            last=at + 1 if at is not None else last,
            sentence=clauses.sentence(first),
            parts=parts,
            mood=moods.of(first, last, verb=trigger.verb),
            frame=trigger.frame,
            definite=definite,
            rule=f"event.{trigger.frame}",
        )
        if _is_told_enough(event, trigger) and _has_cue(event, analysis) and not _is_background(event, analysis):
            events.append(event)
    events = without_headline(events, analysis)
    merged = [event for event in merge(events, analysis) if event.parts]
    return put_main_first(merged, analysis, words, clauses)


def _by_parts(kind: str, word: str, frame: str, parts: Sequence[Part]) -> str:
    """The type that the parts make clear: a missile fired is a missile strike, a town stormed an offensive."""
    weapons = {part.text.split()[-1] for part in parts if part.role == "instrument"}
    if frame == "throw" and kind == "remote_explosive" and not weapons.isdisjoint(_SHOT):
        return "shelling_missile"
    if word.startswith("storm") and kind in ("attack", "armed_clash"):
        aims = {part.sort for part in parts if part.role == "target"}
        return "armed_offensive" if aims and aims <= {"place", "name", "capital"} else kind
    doers = {part.text.split()[-1] for part in parts if part.role == "attacker"}
    if frame in _HURTING and doers and doers <= _SHOOTERS:
        hurt = {part.sort for part in parts if part.role == "victim"}
        return "armed_clash" if hurt == {"force"} else "attack"
    return kind


def _disaster_word(analysis: Analysis, words: Words, sentence: tuple[int, int]) -> int | None:
    """The noun that names a disaster in its sentence: "earthquake", not "killing"."""
    for name, _, last in words.concepts_in(*sentence):
        if name == "nature" and analysis.tags[last - 1] in "NP" and analysis.lowers[last - 1] not in _MEASURES:
            return last - 1
    return None


def _is_definite(analysis: Analysis, clauses: Clauses, token: int) -> bool:
    number = clauses.phrase_at(token)
    return number != NONE and analysis.lowers[analysis.noun_phrases[number].first] in _DEFINITE


def _has_cue(event: FoundEvent, analysis: Analysis) -> bool:
    """Whether the sentence itself says that an event is planned, tried, threatened: else nobody could check it."""
    if event.is_told or event.mood.modality == "denied":
        return True
    sentence = analysis.span(*event.sentence).of(analysis.text)
    return any(signal.family == "modality" and signal.name == event.mood.modality for signal in find_signals(sentence))


def _is_background(event: FoundEvent, analysis: Analysis) -> bool:
    """Whether it sums up a whole war: "40,000 have been killed since the conflict began"."""
    return event.is_harm and tells_whole_war(analysis.lowers[event.sentence[0] : event.sentence[1]])


def _is_told_enough(event: FoundEvent, trigger: Trigger) -> bool:
    """Whether it has a part that says who or what; "the attack" alone may still be an event told before."""
    if event.type in VIOLENT and (event.definite or trigger.frame == "attack_on"):
        return True  # one without parts lasts only where it is joined to another mention
    if trigger.frame == "meet" and len(event.of_role("party")) < _SIDES:
        return any(not _MANY.isdisjoint(part.text.split()) for part in event.of_role("party"))
    if event.is_harm and all(part.text.split()[-1] in _UNTOLD for part in event.parts):
        return False
    if trigger.frame == "disrupt" and not any(part.sort == "weapon" for part in event.parts):
        return False
    if trigger.frame == "strike" and not event.of_role("attacker", "instrument"):
        return False
    if event.type == "coup" and trigger.verb and event.last - event.first == 1 and not event.of_role("recipient"):
        return False
    if event.type == "protest_with_intervention":
        return bool(event.parts)
    needed = _NEEDED.get(trigger.frame)
    if needed:
        return bool(event.of_role(*needed))
    return bool(event.parts)


_SIDES = 2
_MANY = frozenset(["leaders", "ministers", "presidents", "delegations", "sides", "parties", "negotiators", "envoys"])
_SHOT = frozenset(["missile", "missiles", "rocket", "rockets", "mortar", "mortars", "artillery", "shell", "shells"])
_SHOOTERS = frozenset(["sniper", "snipers"])
_HURTING = frozenset(["harm", "wound"])
_MEASURES = frozenset(["magnitude", "winds", "outbreak", "epidemic"])
_UNTOLD = frozenset(["victim", "victims", "dead", "casualties", "wounded", "injured"])
_NEEDED: dict[str, tuple[str, ...]] = {
    "harm": ("victim", "target"),
    "wound": ("victim", "target"),
    "hit": ("target", "victim"),
    "strike": ("target", "victim"),
    "explode": ("instrument", "target"),
    "plant": ("instrument",),
    "throw": ("instrument",),
    "arrest": ("recipient",),
    "befall": ("affected",),
    "aid": ("giver", "recipient"),
    "clash": ("party",),
}


def part_text(analysis: Analysis, part: Part) -> str:
    """The words of a part."""
    return analysis.span(part.first, part.last).of(analysis.text)
