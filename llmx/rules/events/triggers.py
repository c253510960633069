"""Triggers: which words of a document name an event, and of which type.

A trigger counts if its part of speech fits, its sentence holds what its row needs, and no blocker stands beside it.
Where rows claim the same words, the longer wins, then the earlier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.found import VIOLENT
from llmx.rules.events.typing import hand_scores, uses_chemical
from llmx.rules.vocabulary import Trigger, Words

_HARM = frozenset(["harm", "wound", "die", "hit", "killing_of"])
_ATTACKING = frozenset(
    [
        "gunman",
        "rebel",
        "bomb",
        "airstrike",
        "shelling",
        "army",
        "police",
        "rioter",
        "mob_core",
        "protest",
        "clash",
    ]
)
_ANYBODY_DOES = frozenset(["destroy", "damage", "displace", "topple", "uproot", "cut", "bury", "engulf", "flatten"])
_AGENT = 8
_MARGIN = 0.5
_ENOUGH = 2.0
_BY_PASSAGE = (
    "air_strike", "shelling_missile", "suicide_bomb", "remote_explosive", "grenade", "chemical_weapon", "armed_clash"
)  # fmt: skip
_SCORED = frozenset(
    [*_BY_PASSAGE, "attack", "armed_offensive", "property_destruction", "mob_violence", "excessive_force"]
)
_BESIDE = 1
_LONGEST = 3
_SUBJECT_ONLY = frozenset(["undergo", "emerge"])
"""Frames of acts whose verbs have no object: "the truce collapsed"."""
_INQUIRY = word_set("investigation investigations inquiry inquiries probe probes")
_MEETING = word_set("coalition security cabinet council board crisis trade budget party committee")
_SPANS = word_set(
    "day days week period moment tonnes tons kilos kilograms litres gallons gigabytes megabytes boxes crates truckloads"
)
_LIGHT = word_set(
    "open launch begin start file hold take make reach declare issue stage conduct order impose submit give"
)
"""Verbs that name an act only with their object: "imposed sanctions"."""


class Told(NamedTuple):
    """A trigger that fits, its tokens, the head of the object it asks for, the tokens to cite, the event's type."""

    trigger: Trigger
    first: int
    last: int
    head: int
    cited: tuple[int, int]
    type: str


@dataclass(frozen=True)
class Triggers:
    """Finds the triggers of one document."""

    analysis: Analysis
    words: Words
    clauses: Clauses

    def find(self) -> Iterator[Told]:
        """Each trigger that fits, in text order; no token twice."""
        hits = [
            (trigger, first, last, head)
            for trigger, first, last in self.words.triggers
            if (head := self._object(trigger, first, last) if trigger.objects else NONE) is not None
        ]
        taken: set[int] = set()
        kept: list[tuple[Trigger, int, int, int]] = []
        for trigger, first, last, head in sorted(hits, key=lambda hit: (hit[1] - max(hit[2], hit[3]), hit[0].rank)):
            if not taken.isdisjoint(range(first, last)) or not self._fits(trigger, first, last):
                continue
            taken.update(range(first, last))
            if head != NONE:
                taken.add(head)
            kept.append((trigger, first, last, head))
        scored: dict[int, dict[str, float]] = {}
        for trigger, first, last, head in sorted(kept, key=lambda hit: hit[1]):
            cited = self._cited(trigger, first, last, head)
            yield Told(trigger, first, max(last, head + 1), head, cited, self._type(trigger, first, scored))

    def _object(self, trigger: Trigger, first: int, last: int) -> int | None:
        """The head of the verb's object, or of its passive's or intransitive's subject, if the trigger asks for it."""
        group = self.clauses.group_at(first)
        if group is None:
            return None
        if trigger.frame in _SUBJECT_ONLY:
            numbers = self.clauses.subjects(group)
        elif group.passive:
            numbers = [*self.clauses.subjects(group), *self.clauses.phrases_from(max(last, group.last))]
        elif last <= group.last and self.clauses.is_passive(group):
            numbers = self.clauses.nearest(group)
        else:
            numbers = self.clauses.phrases_from(max(last, group.last)) or self.clauses.phrases_from(group.last)
        for number in numbers:
            head = self._head(number)
            if self.analysis.lowers[head] in trigger.objects:
                return head
        return None

    def _head(self, number: int) -> int:
        """The head of a phrase; of "220 of the 900 jobs" and "a package of sanctions" the inner one."""
        lowers, tags = self.analysis.lowers, self.analysis.tags
        head = self.clauses.end_of(number) - 1
        if (tags[head] == "H" or lowers[head] in _SPANS) and lowers[head + 1 : head + 2] == ("of",):
            inner = self.clauses.phrase_at(head + 2)
            return self.clauses.end_of(inner) - 1 if inner != NONE else head + 2
        return self.clauses.end_of(self.clauses.head_number(number)) - 1

    def _cited(self, trigger: Trigger, first: int, last: int, head: int) -> tuple[int, int]:
        """The tokens that name the event: the verb with its particle, or with the object that it is nothing without."""
        if trigger.cited:
            return first, first + trigger.cited
        group = self.clauses.group_at(first)
        if head != NONE and trigger.type == "statement":
            return first, last
        if head != NONE and self.analysis.lowers[head] in _INQUIRY:
            return head, head + 1
        if head != NONE and trigger.type == "election" and group and group.lemma != "elect":
            return head, head + 1
        if head != NONE and group and group.lemma in _LIGHT and (group.passive or head > first):
            return (first, head + 1) if first < head < first + _LONGEST else (head, head + 1)
        if trigger.frame == "meeting_of" and first and self.analysis.lowers[first - 1] in _MEETING:
            return (first - 1, last)  # "coalition talks"
        return (first, first + 1) if trigger.verb and last - first > _LONGEST else (first, last)

    def _fits(self, trigger: Trigger, first: int, last: int) -> bool:
        return (
            self._part_fits(trigger, first, last)
            and self._beside_fits(trigger, first, last)
            and self._needs_met(trigger, first, last)
        )

    def _part_fits(self, trigger: Trigger, first: int, last: int) -> bool:
        tags = self.analysis.tags
        if self.analysis.lowers[first] == "striking" and tags[last : last + 1] in ("N", "A"):
            return False  # "striking dockers": workers on strike
        if self.analysis.lowers[first:last] == ("shot", "at") and self._is_passive(first):
            return False  # "was shot at the market": that is where
        moved = self.analysis.lowers[first].startswith(("march", "rall")) and tags[last : last + 1] in ("D", "H", "N")
        if moved and trigger.type == "peaceful_protest":
            return False  # "marched 31 pupils into the forest"
        verbal = not self._is_nominal(first, last) and any(
            self.analysis.verb_group_of[i] != NONE and tags[i] in "VZEG" for i in range(first, last)
        )
        if not trigger.verb:
            if self.analysis.words[first] == "March" and last == first + 1:
                return False
            return tags[last - 1] in "NPA" or (tags[last - 1] in "GE" and not verbal)
        return verbal or (tags[first] in "VZE" and tags[last - 1] != "N")

    def _is_passive(self, token: int) -> bool:
        group = self.clauses.group_at(token)
        return group is not None and group.passive

    def _is_nominal(self, first: int, last: int) -> bool:
        """Whether an -ing form is a noun: "the recent shelling", "shelling of"."""
        tags, lowers = self.analysis.tags, self.analysis.lowers
        if tags[first] != "G" or last - first > 1:
            return False
        return (first > 0 and tags[first - 1] in "DAHs") or lowers[last : last + 1] in (("of",), ("between",))

    def _beside_fits(self, trigger: Trigger, first: int, last: int) -> bool:
        if not trigger.blockers:
            return True
        lowers = self.analysis.lowers
        beside = lowers[max(0, first - _BESIDE) : first] + lowers[last : last + _BESIDE]
        return trigger.blockers.isdisjoint(beside)

    def _needs_met(self, trigger: Trigger, first: int, last: int) -> bool:
        if not trigger.needs and not trigger.bars and not trigger.anywhere:
            return True
        if trigger.anywhere and trigger.anywhere.isdisjoint(self._everywhere):
            return False
        begin, end = self.clauses.sentence(first)
        if trigger.frame == "befall" and (self._disaster(begin, end) is None or not self._is_done_by_nature(first)):
            return False
        concepts = self.words.concepts_in(begin, end)
        if trigger.bars and any(name in trigger.bars for name, at, behind in concepts if behind <= first or last <= at):
            return False
        return not trigger.needs or any(
            name in trigger.needs
            for name, at, behind in concepts
            if not (at <= first < behind) or name in ("airstrike", "shelling")
        )

    def _is_done_by_nature(self, first: int) -> bool:
        """Whether what destroys, cuts or buries is a flood or a storm, not only somewhere in the sentence."""
        group = self.clauses.group_at(first)
        if group is None or group.lemma not in _ANYBODY_DOES:
            return True
        ranges = [self.analysis.noun_phrases[number] for number in self.clauses.subjects(group)]
        if self.clauses.is_passive(group) or not ranges:
            return self._tells_nature(group.last, group.last + _AGENT)
        return any(self._tells_nature(phrase.first, phrase.last) for phrase in ranges)

    def _tells_nature(self, begin: int, end: int) -> bool:
        return any(name == "nature" for name, _, _ in self.words.concepts_in(begin, end))

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        """The concepts of the whole document."""
        return frozenset([name for name, _, _ in self.words.concepts])

    def _disaster(self, begin: int, end: int) -> str | None:
        """The kind of disaster, where nature or an accident did it and nobody attacks."""
        found = {name for name, _, _ in self.words.concepts_in(begin, end)}
        if not found.isdisjoint(_ATTACKING):
            return None
        return "natural_disaster" if "nature" in found else "man_made_disaster" if "accident" in found else None

    def _type(self, trigger: Trigger, first: int, scored: dict[int, dict[str, float]]) -> str:
        """The trigger's own type, unless its sentence speaks clearly for another violent one."""
        if trigger.type not in VIOLENT or (trigger.needs and trigger.type in _BY_PASSAGE):
            return trigger.type
        begin, end = self.clauses.sentence(first)
        disaster = self._disaster(begin, end) if trigger.frame in _HARM else None
        if disaster:
            return disaster
        if begin not in scored:
            scored[begin] = hand_scores(self.words.concepts_in(begin, end), start=begin, kinds=_SCORED)
        scores = scored[begin]
        if not scores:
            return trigger.type
        kinds = _BY_PASSAGE[:-1] if trigger.type in _BY_PASSAGE else _BY_PASSAGE  # a shelling is no mere clash
        best = max(kinds, key=lambda kind: scores.get(kind, 0.0))
        if best == "chemical_weapon" and not uses_chemical(self.words.concepts_in(begin, end), self.analysis):
            return trigger.type
        clear = scores.get(best, 0.0) >= _ENOUGH and scores[best] >= scores.get(trigger.type, 0.0) + _MARGIN
        return best if clear else trigger.type
