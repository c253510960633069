"""Causes: what people died of or were hurt by, where the verb alone does not say.

"Killed" and "died" tell an attack only if somebody or some weapon did it. A fire, a storm, a crash or a disease makes
it a disaster; a death of which nothing of the kind is told is a death, and no attack.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from llmx.lexicon.function_words import MONTHS, WEEKDAYS, word_set
from llmx.rules.analysis import Analysis
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.roles import Part
from llmx.rules.vocabulary import Trigger, Words

DEATH = "other:death"
DISASTERS = frozenset(["natural_disaster", "man_made_disaster"])
BY_CAUSE = DISASTERS | {DEATH}
"""Types of events that nobody does: whoever suffers them is affected, not a victim."""

_NEUTRAL = word_set(
    "kill kills killed killing die dies died dying perish perishes perished perishing wound wounds wounded wounding"
    " injure injures injured injuring hurt hurts hurting maim maimed drown drowns drowned drowning death deaths lose"
    " loses lost losing suffocate suffocated starve starved starving freeze froze frozen burn burned burnt burning"
)
_FRAMES = frozenset(["harm", "wound", "die", "killing_of"])
_VIOLENT = word_set("gunman rebel bomb airstrike shelling suicide grenade clash attack live_fire mob_core rioter")
_NO_VIOLENCE = word_set(
    "kill kills killed killing killings beat beaten strike strikes struck hit hits hitting encounter combat fighting"
    " battle battles battled battling fight fought hostilities storm storms"
)
"""Words of those concepts that alone fires and floods do as well: "killed", "struck", "firefighters battled"."""
_STOPPAGES = word_set("strike strikes")
_KINDS = (
    ("nature", "natural_disaster"),
    ("accident", "man_made_disaster"),
    ("mishap", "man_made_disaster"),
    ("disease", "natural_disaster"),
    ("ailment", DEATH),
)
_BEFORE, _BEHIND = 150, 60
_CALENDAR = MONTHS | WEEKDAYS
_FIGHTERS = word_set("force body")


@dataclass(frozen=True)
class Causes:
    """Tells the causes of harm in one document.

    Attributes:
        analysis: The analysed document.
        words: Its vocabulary.
        clauses: Its reading.
        accidents: The sentences that tell of something that crashed, sank or collapsed.
    """

    analysis: Analysis
    words: Words
    clauses: Clauses
    accidents: frozenset[tuple[int, int]]

    def settled(self, kind: str, trigger: Trigger, first: int, parts: Sequence[Part]) -> str:
        """The event's type: `kind`, unless nobody did it.

        Args:
            kind: The type by the trigger and its sentence.
            trigger: The trigger.
            first: Its first token.
            parts: Who takes part.

        Returns:
            Its type; empty where it only is the end of something violent told nearby.
        """
        if trigger.frame not in _FRAMES or trigger.type != "attack" or self.analysis.lowers[first] not in _NEUTRAL:
            return kind
        if any(part.role in ("attacker", "instrument") for part in parts):
            return kind
        begin, end = self.clauses.sentence(first)
        if kind in DISASTERS or self._is_violent(begin, end):
            return kind
        if "war" in self.analysis.lowers[begin:end]:
            return ""  # the dead of a whole war
        here = self._cause(begin, end) or ("man_made_disaster" if (begin, end) in self.accidents else None)
        if here:
            return here
        if trigger.frame == "die" and self._tells_of_violence(begin, end):
            return kind
        near = max(0, begin - _BEFORE), end + _BEHIND
        if self._is_violent(*near):
            return kind if trigger.frame != "die" or self._fights(parts) else ""
        cause = self._cause(*near)
        if trigger.frame == "wound":
            return cause if cause in DISASTERS else kind if self._tells_of_protest(*near) else ""
        return cause or DEATH

    def is_worth_telling(self, first: int, parts: Sequence[Part]) -> bool:
        """Whether a death is news here: a number of people, or a day, a month or a year is told with it."""
        begin, end = self.clauses.sentence(first)
        lowers = self.analysis.lowers
        if any("H" in self._tags_of(part) for part in parts):
            return True
        return any(lowers[i] in _CALENDAR or (len(lowers[i]) == 4 and lowers[i].isdigit()) for i in range(begin, end))  # noqa: PLR2004 - a year

    def _tags_of(self, part: Part) -> str:
        phrase = self.analysis.noun_phrases[part.phrase]
        return self.analysis.tags[phrase.first : phrase.last]

    def _fights(self, parts: Sequence[Part]) -> bool:
        return any(part.sort in _FIGHTERS for part in parts)

    def _is_violent(self, begin: int, end: int) -> bool:
        """Whether somebody attacks, or a weapon is told of, in these tokens."""
        violent = any(
            name in _VIOLENT
            and not (name == "attack" and self._is_on_computers)
            and (last - first > 1 or self.analysis.lowers[first] not in _NO_VIOLENCE)
            for name, first, last in self.words.concepts_in(begin, end)
        )
        return violent or (self._explodes(begin, end) and self._cause(begin, end) is None)

    @cached_property
    def _is_on_computers(self) -> bool:
        """Whether the document tells of attacks on computers, from which nobody dies."""
        return any(name == "cyber" for name, _, _ in self.words.concepts)

    def _tells_of_protest(self, begin: int, end: int) -> bool:
        return any(name in ("protest", "strong_protester") for name, _, _ in self.words.concepts_in(begin, end))

    def _tells_of_violence(self, begin: int, end: int) -> bool:
        """Whether these tokens hold any word of violence, even one that fires and floods share."""
        return any(
            name == "chemical"
            or (
                name in _VIOLENT
                and self.analysis.lowers[last - 1] not in _STOPPAGES
                and not (name == "attack" and self._is_on_computers)
            )
            for name, _, last in self.words.concepts_in(begin, end)
        )

    def _explodes(self, begin: int, end: int) -> bool:
        return any(name == "explosion" for name, _, _ in self.words.concepts_in(begin, end))

    def _cause(self, begin: int, end: int) -> str | None:
        """The kind of cause that nobody means, where these tokens tell one."""
        found = {name for name, _, _ in self.words.concepts_in(begin, end)}
        return next((kind for name, kind in _KINDS if name in found), None)


def as_affected(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of an event that nobody does: who suffers is affected, and nobody acts."""
    return tuple(
        part._replace(role="affected") if part.role in ("victim", "target") else part
        for part in parts
        if part.role != "attacker"
    )


def as_done(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of a deed that is no violence: who does it acts, and it is done to a recipient."""
    roles = {"attacker": "actor", "target": "recipient"}
    return tuple(part._replace(role=roles.get(part.role, part.role)) for part in parts)
