"""Frames: which phrase around a trigger fills which role. The frames are listed in `roles`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from llmx.rules.analysis import NONE, Analysis, VerbGroup
from llmx.rules.events.antecedents import Antecedents
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.frame_words import (
    APART,
    ARMED,
    AT,
    BETWEEN,
    CALLING,
    COMPARING,
    HOSTING,
    LIGHT,
    MONEY,
    NO_MODIFIER,
    NOTHING,
    PERSONAL,
    PRONOUN_ROLES,
    STRUCK,
    SUFFERED_BY,
    UNSUFFERED,
)
from llmx.rules.events.roles import NOUN_ROLES, VERB_ROLES, Part, Roles
from llmx.rules.events.sorts import AGENTS, AIMS, SUFFERERS, Sorts
from llmx.rules.vocabulary import Noun, Trigger, Words

_KEPT = SUFFERERS | {"vehicle"}
"""Sorts of objects that name an act and take part in it too."""
_SUFFERED = frozenset({"affected", "recipient", "actor"})


@dataclass(frozen=True)
class Frames:
    """Fills the roles of triggers in one document."""

    analysis: Analysis
    words: Words
    clauses: Clauses
    sorts: Sorts
    meant: Antecedents

    def fill(self, trigger: Trigger, first: int, last: int, *, head: int = NONE) -> tuple[Part, ...]:
        """The parts of the event that `trigger`, at tokens `first` to `last`, names; each phrase once.

        Args:
            trigger: The trigger.
            first: Its first token.
            last: Behind its last token.
            head: The head of the object that names the event with it, and takes part only if it is somebody.
        """
        parts = self._of_verb(trigger, first, last) if trigger.verb else self._of_noun(trigger, first, last)
        kept: dict[tuple[int, int], Part] = {}
        for found in parts:
            part = self._behind(found, last) if trigger.verb and first <= found.first < last < found.last else found
            named = part.first <= head < part.last and trigger.frame not in SUFFERED_BY
            apart = (part.last <= first or last <= part.first) and not named
            if (
                apart
                or (first < part.first and part.last < last)
                or (trigger.objects and (part.sort in _KEPT or trigger.frame in SUFFERED_BY))
            ):
                aimed = part._replace(role="target") if trigger.type == "coup" and part.role == "victim" else part
                kept.setdefault((part.first, part.last), aimed)
        return tuple(kept.values())

    def _behind(self, part: Part, last: int) -> Part:
        """The rest of a phrase into which the trigger runs: the people of "shot dead nine people"."""
        while last < part.last - 1 and self.analysis.tags[last] in "DH":
            last += 1
        return part._replace(first=last)

    # --- verbs

    def _of_verb(self, trigger: Trigger, first: int, last: int) -> Iterator[Part]:
        group = self.clauses.group_at(first) or self.clauses.group_at(last - 1)
        if group is None or (trigger.frame == "meet" and group.passive):
            return
        roles = VERB_ROLES[trigger.frame]
        passive = trigger.frame not in UNSUFFERED and self.clauses.is_passive(group)
        passive = passive or (trigger.frame == "party" and group.passive)
        goes_on = last > group.last and (trigger.objects or self.analysis.tags[last : last + 1] in tuple("DHAN"))
        passive = passive and (group.passive or not (goes_on or trigger.frame == "openfire"))  # "stabbed to death two"
        subjects = self.clauses.subjects(group)
        if passive and not group.passive:
            subjects = self._hanging_on(group) or subjects
        behind = max(group.last, last)
        at, other = (group.last, behind) if trigger.objects else (behind, group.last)
        objects = [] if passive else self.clauses.phrases_from(at) or self.clauses.phrases_from(other)
        tails = self.clauses.tails(behind)
        if passive:
            yield from self._suffering(roles, subjects)
        else:
            yield from self._doing(roles, self._who_did(group, subjects), bool(objects))
            yield from self._suffering(roles, objects)
        yield from self._hanging(roles, tails, passive=passive)

    def _hanging_on(self, group: VerbGroup) -> list[int]:
        """The phrase right before a participle, if it can suffer or be aimed at."""
        found = self.clauses.nearest(group)
        return found if found and self.sorts.of_phrase(found[-1]).sort in (SUFFERERS | AIMS | {"weapon"}) else []

    def _who_did(self, group: VerbGroup, subjects: list[int]) -> list[int]:
        """The subjects that may do it: a country before "which" is where it happened, not who did it."""
        if not self.clauses.is_relative(group):
            return subjects
        return [number for number in subjects if self.sorts.of_phrase(number).sort not in ("state", "capital")]

    def _doing(self, roles: Roles, numbers: list[int], has_object: bool) -> Iterator[Part]:  # noqa: FBT001 - private
        for number in numbers:
            noun = self.sorts.of_phrase(number)
            if noun.sort == "weapon" and roles.weapon:
                yield self._part("instrument", number, noun)
            elif roles.subject == "affected":
                if noun.sort in STRUCK or noun.sort in SUFFERERS or roles.anyone:
                    yield self._part("affected", number, noun)
            elif roles.subject == "victim":
                yield from self._sufferer("victim", number, noun)
            elif (
                roles.subject
                and (noun.sort in AGENTS or self._is_armed(noun, number))
                and not (roles.subject == "instrument" and not has_object)
            ):
                role = "attacker" if roles.subject == "instrument" else roles.subject
                yield self._part(role, number, noun)
                yield from self._inner_body(role, number)
                yield from self._armed_with(number)
            elif roles.subject in PRONOUN_ROLES and self._is_personal(number, noun):
                yield self._part(roles.subject, number, noun)
            elif noun.sort == "pronoun" and roles.subject == "attacker":
                yield from self._instead("attacker", self.meant.armed(number))

    def _is_named(self, number: int) -> bool:
        """Whether a name of two words or more stands beside the phrase: "the miller, Peter Vance"."""
        last = self.analysis.noun_phrases[number].last
        return self.analysis.tags[last : last + 3] == ",PP"

    def _is_common(self, number: int) -> bool:
        """Whether the head of a phrase is a noun in small letters."""
        return self.analysis.tags[self.analysis.noun_phrases[number].last - 1] == "N"

    def _is_personal(self, number: int, noun: Noun) -> bool:
        """Whether it is a pronoun that stands for somebody: "he", "they"."""
        return noun.sort == "pronoun" and self.analysis.lowers[self.analysis.noun_phrases[number].first] in PERSONAL

    def _instead(self, role: str, number: int) -> Iterator[Part]:
        """The phrase that a pronoun stands for, if it is known."""
        if number != NONE:
            yield self._part(role, number, self.sorts.of_phrase(number))

    def _inner_body(self, role: str, number: int) -> Iterator[Part]:
        """The body named inside a phrase: the front in "Red Front guerrillas"."""
        phrase = self.analysis.noun_phrases[number]
        for token in range(phrase.first, phrase.last - 1):
            known = self.sorts.body_ending_at(token)
            if known and self.analysis.tags[token + 1] != "s" and known[1] >= self.clauses.begin_of(number):
                yield self._cut(role, known[1], token + 1, Noun("body", known[0].kind), number)

    def _armed_with(self, number: int) -> Iterator[Part]:
        """The weapons of "men armed with rifles"."""
        lowers = self.analysis.lowers
        last = self.clauses.end_of(number)
        if lowers[last : last + 2] == ("armed", "with"):
            inner = self.clauses.phrase_at(last + 2)
            for weapon in self.clauses.listed(inner, len(lowers)) if inner != NONE else ():
                noun = self.sorts.of_phrase(weapon)
                if noun.sort == "weapon":
                    yield self._part("instrument", weapon, noun)

    def _is_armed(self, noun: Noun, number: int) -> bool:
        """Whether a vehicle acts like who is in it: warplanes, tanks."""
        phrase = self.analysis.noun_phrases[number]
        return noun.sort == "vehicle" and self.analysis.lowers[phrase.last - 1] in ARMED

    def _suffering(self, roles: Roles, numbers: list[int]) -> Iterator[Part]:
        for number in numbers:
            if self.analysis.lowers[self.analysis.noun_phrases[number].last - 1] in MONEY:
                yield from self._before_money(roles, number)
                continue
            noun = self.sorts.of_phrase(number)
            if noun.sort == "pronoun" and roles.object == "victim":
                yield from self._instead("victim", self.meant.person(number))
            if roles.object == "recipient" and roles.subject == "actor" and self._is_personal(number, noun):
                yield self._part("recipient", number, noun)
            if noun.sort == "weapon" and (roles.weapon or (roles.object, roles.subject) == ("recipient", "actor")):
                yield self._part("instrument" if roles.weapon else "recipient", number, noun)
            elif roles.object == "instrument":
                if roles.aims and noun.sort in ("site", "vehicle"):
                    yield self._part("target", number, noun)
            elif roles.object == "victim" and not noun.sort and self._is_named(number):
                yield self._part("victim", number, Noun("person", "civilians"))
            elif roles.object in ("victim", "target"):
                yield from self._sufferer(roles.object, number, noun)
            elif roles.object == "party" and noun.sort not in AGENTS:
                continue
            elif (roles.anyone and not noun.sort and self._is_common(number)) or (
                roles.object and noun.sort not in ("act", "pronoun", "number", "")
            ):
                yield self._part(roles.object, number, noun)

    def _before_money(self, roles: Roles, number: int) -> Iterator[Part]:
        """Who pays, where a sum runs into the phrase: "fined the firm Orlo Maps 48 million euros"."""
        phrase = self.analysis.noun_phrases[number]
        sum_at = self.analysis.tags.find("H", phrase.first, phrase.last)
        if roles.object == "recipient" and sum_at > phrase.first:
            noun = self.sorts.of_token(sum_at - 1, first=phrase.first)
            first = phrase.first + (self.analysis.tags[phrase.first] == "D")
            if noun.sort in AGENTS and first < sum_at:
                yield self._cut("recipient", first, sum_at, noun, number)

    def _sufferer(self, role: str, number: int, noun: Noun) -> Iterator[Part]:
        hurt = noun.sort in ("person", "crowd") or noun.kind == "person"
        if hurt or (noun.sort in SUFFERERS and role == "victim"):
            yield self._part("victim", number, noun)
            yield from self._including(number)
        elif noun.sort in AIMS or noun.sort in SUFFERERS:
            yield self._part("target", number, noun)

    def _including(self, number: int) -> Iterator[Part]:
        """Who is "including" among the victims."""
        lowers = self.analysis.lowers
        last = self.analysis.noun_phrases[number].last
        for at in (last, last + 1):
            if at < len(lowers) and lowers[at] == "including":
                for inner in self.clauses.phrases_from(at + 1):
                    noun = self.sorts.of_phrase(inner)
                    if noun.sort in SUFFERERS:
                        yield self._part("victim", inner, noun)

    def _hanging(self, roles: Roles, tails: list[tuple[str, list[int]]], *, passive: bool) -> Iterator[Part]:
        aimed = False
        for preposition, numbers in tails:
            if preposition in APART:
                return
            for number in numbers:
                noun = self.sorts.of_phrase(number)
                if preposition == "by" and passive and noun.sort in AGENTS and roles.by:
                    yield self._part(roles.by, number, noun)
                elif (
                    preposition in ("by", "with", "using")
                    and noun.sort == "weapon"
                    and roles.weapon
                    and roles.object != "instrument"
                ):
                    yield self._part("instrument", number, noun)
                elif preposition in ("with", "and", "against") and roles.partner and noun.sort in AGENTS:
                    yield self._part(roles.partner, number, noun)
                elif roles.aims and not aimed and preposition in AT and self._is_aim(preposition, noun):
                    aimed = True
                    yield from self._sufferer("target", number, noun)

    def _is_aim(self, preposition: str, noun: Noun) -> bool:
        if preposition in ("at", "against", "on", "upon", "into", "in front of", "outside", "near", "inside", "under"):
            return noun.sort in AIMS - {"place", "state"} or (
                preposition in ("at", "on", "against", "upon") and noun.sort in SUFFERERS
            )
        return noun.sort in ("site", "vehicle")

    # --- nouns

    def _of_noun(self, trigger: Trigger, first: int, last: int) -> Iterator[Part]:
        frame = NOUN_ROLES[trigger.frame]
        number = self.clauses.phrase_at(first)
        if number == NONE:
            number = self.clauses.phrase_at(last - 1)
        if number != NONE:
            yield from self._modifiers(frame, number, first)
            yield from self._victim_of(number)
        yield from self._nominal_tails(frame, last)
        yield from self._light_verb(frame, number, first, last)

    def _victim_of(self, number: int) -> Iterator[Part]:
        """Who "was the victim of an attack"."""
        start = self.clauses.begin_of(number)
        before = self.analysis.lowers[max(0, start - 2) : start]
        if before[1:] != ("of",) or before[0] not in ("victim", "victims", "target", "targets"):
            return
        outer = self.clauses.phrase_at(start - 2)
        group = self.clauses.group_at(self.analysis.noun_phrases[outer].first - 1) if outer != NONE else None
        if group and group.lemma == "be":
            for subject in self.clauses.subjects(group):
                yield from self._sufferer("victim", subject, self.sorts.of_phrase(subject))

    def _modifiers(self, frame: Roles, number: int, token: int) -> Iterator[Part]:
        """What stands before the noun in its own phrase: "a rebel bomb attack", "the army's attack"."""
        tags = self.analysis.tags
        i = token - 1
        start = self.analysis.noun_phrases[number].first
        while i >= start:
            if tags[i] == "s":
                owner_last = i
                owner_first = owner_last
                while owner_first > start and tags[owner_first - 1] != "s":
                    owner_first -= 1
                noun = (
                    self.sorts.of_token(owner_last - 1, first=owner_first) if owner_last > owner_first else Noun("", "")
                )
                role = "victim" if frame.object == "victim" else frame.by
                while owner_first < owner_last - 1 and tags[owner_first] in "DHR":
                    owner_first += 1
                if role and noun.sort in (SUFFERERS if role in ("victim", frame.object) else AGENTS):
                    yield self._cut(role, owner_first, owner_last, noun, number)
                return
            noun = self.sorts.of_token(i, first=start)
            begin = self.words.nouns[i][1] if i in self.words.nouns else i
            begin = max(begin, start)
            if noun.sort == "weapon" and frame.weapon:
                yield self._cut("instrument", begin, i + 1, noun, number)
            elif frame.by and self._is_doer(noun, i):
                yield self._cut(frame.by, begin, i + 1, noun, number)
            i = begin - 1

    def _is_doer(self, noun: Noun, token: int) -> bool:
        """Whether a modifier tells who does it: "rebel attack", not "Paris attack" nor "terrorist attack"."""
        lower = self.analysis.lowers[token]
        return noun.sort in ("force", "body") and lower not in NO_MODIFIER and "-" not in lower

    def _nominal_tails(self, frame: Roles, last: int) -> Iterator[Part]:
        tags = self.analysis.tags
        if last < len(tags) and tags[last] not in "IT(":
            return
        aimed = False
        for preposition, numbers in self.clauses.tails(last):
            for number in numbers:
                noun = self.sorts.of_phrase(number)
                if preposition == "by" and frame.by and (noun.sort in AGENTS or self._is_armed(noun, number)):
                    yield self._part(frame.by, number, noun)
                elif preposition in ("with", "by") and noun.sort == "weapon" and frame.weapon:
                    yield self._part("instrument", number, noun)
                elif preposition == "of" and frame.object == "target" and not aimed and noun.sort in AIMS:
                    yield from self._sufferer("target", number, noun)
                elif preposition == "of" and frame.object in _SUFFERED and noun.sort in SUFFERERS:
                    yield self._part(frame.object, number, noun)
                elif preposition == "of" and frame.object == "victim" and noun.sort in SUFFERERS:
                    yield from self._sufferer("victim", number, noun)
                elif preposition == "of" and frame.weapon and noun.sort == "weapon":
                    yield self._part("instrument", number, noun)
                elif (
                    preposition in (*BETWEEN, *(("of",) if frame.object == "party" else ()))
                    and frame.partner
                    and noun.sort in AGENTS
                ):
                    yield self._part(frame.partner, number, noun)
                elif frame.aims and not aimed and preposition in AT and self._is_aim(preposition, noun):
                    yield from self._sufferer("target", number, noun)
            aimed = aimed or preposition in ("on", "against", "at")

    def _light_verb(self, frame: Roles, number: int, first: int, last: int) -> Iterator[Part]:
        """Who "carried out" the attack."""
        if not frame.by or number == NONE:
            return
        lowers = self.analysis.lowers
        before = min(first, self.analysis.noun_phrases[number].first) - 1
        while before > 0 and (lowers[before] in COMPARING or self.analysis.tags[before] == "H"):
            before -= 1
        if frame.object == "party" and lowers[before - 1 : before + 1] in (("rounds", "of"), ("round", "of")):
            before = self.analysis.noun_phrases[self.clauses.phrase_at(before - 1)].first - 1
        group = self.clauses.group_at(before)
        if group is None and before > 0 and lowers[before] in ("out", "off"):
            group = self.clauses.group_at(before - 1)
        elif group is None and before > 0 and lowers[before] == "on":
            group = self.clauses.group_at(before - 1)  # "is on hunger strike"
            if group and group.lemma in ("be", "go") and frame.object == "actor":
                yield from self._named(frame.by, self.clauses.subjects(group))
            return
        known = lowers[self.analysis.noun_phrases[number].first] == "the"
        more = HOSTING if frame.object == "party" else CALLING if frame.object == "actor" and not known else NOTHING
        if group and group.lemma in LIGHT | more and not self.clauses.is_passive(group):
            yield from self._named(frame.by, self.clauses.subjects(group))
            return
        if (behind := self._group_behind(last)) and behind.lemma in LIGHT | more and self.clauses.is_passive(behind):
            for preposition, numbers in self.clauses.tails(behind.last):
                if preposition == "by":
                    yield from self._named(frame.by, numbers)

    def _group_behind(self, last: int) -> VerbGroup | None:
        _, end = self.clauses.sentence(max(0, last - 1))
        for i in range(last, min(end, last + 14)):
            group = self.clauses.group_at(i)
            if group:
                return group
        return None

    def _named(self, role: str, numbers: list[int]) -> Iterator[Part]:
        for number in numbers:
            noun = self.sorts.of_phrase(number)
            if noun.sort in AGENTS:
                yield self._part(role, number, noun)

    def _part(self, role: str, number: int, noun: Noun) -> Part:
        return self._cut(role, *self.clauses.whole(number), noun, number)

    def _cut(self, role: str, first: int, last: int, noun: Noun, number: int) -> Part:
        text = " ".join(self.analysis.lowers[first:last])
        return Part(role, first, last, noun.sort, noun.kind, number, text)
