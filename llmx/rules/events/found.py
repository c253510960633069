"""Found events: what the event rules hand to the engine, as ranges of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from llmx.lexicon.function_words import word_set
from llmx.rules.events.modality import Mood
from llmx.rules.events.roles import Part

VIOLENT = word_set(
    "attack armed_clash armed_offensive air_strike shelling_missile suicide_bomb remote_explosive grenade"
    " chemical_weapon mob_violence excessive_force property_destruction looting"
)
BY_WEAPON = word_set("air_strike shelling_missile suicide_bomb remote_explosive grenade chemical_weapon")
BY_HAND = ("shot", "shoot", "stab", "beat", "behead", "lynch", "hack", "gun", "execut")
"""How words begin that tell harm which no bomb of the same sentence does."""
PROTEST = word_set("peaceful_protest protest_with_intervention excessive_force violent_demonstration mob_violence")
TERRITORY = word_set(
    "government_regains_territory non_state_actor_overtakes_territory territorial_gain non_violent_transfer"
    " withdrawal change_to_group_activity mobilization"
)
_TOLD = frozenset(["asserted", "reported"])
_HARM_ONLY = frozenset(["harm", "wound", "die", "killing_of"])

_BEGINNING = word_set("conflict war uprising fighting insurgency rebellion revolution independence 2011 2003")


class FoundEvent(NamedTuple):
    """One event, before it is written into a draft.

    Attributes:
        type: Its type.
        first: First token of the trigger.
        last: Behind the trigger's last token.
        sentence: Its sentence's first token, and the one behind its last.
        parts: Who and what takes part.
        mood: Modality, polarity and hedges.
        frame: The frame that filled it, or `passage` for one told by its passage alone.
        rule: The rule that made it.
        definite: Whether the trigger is a noun with "the" or "this": it may name an event told before.
        others: The sentences of mentions that were merged into it.
        stands: Whether it is told even if nobody is told to take part: "the strike began on Monday".
    """

    type: str
    first: int
    last: int
    sentence: tuple[int, int]
    parts: tuple[Part, ...]
    mood: Mood
    frame: str
    rule: str
    definite: bool = False
    others: tuple[tuple[int, int], ...] = ()
    stands: bool = False

    @property
    def is_told(self) -> bool:
        """Whether it is told as having happened."""
        return self.mood.modality in _TOLD

    @property
    def is_harm(self) -> bool:
        """Whether only its outcome is told: who was killed or hurt."""
        return self.frame in _HARM_ONLY

    def of_role(self, *roles: str) -> tuple[Part, ...]:
        """The parts in any of the roles."""
        return tuple([part for part in self.parts if part.role in roles])

    def joined(self, other: FoundEvent) -> FoundEvent:
        """This event with what `other`, another mention of it, adds."""
        known = {(part.role, part.text) for part in self.parts}
        new = tuple(part for part in other.parts if (part.role, part.text) not in known)
        others = self.others if other.sentence == self.sentence else (*self.others, other.sentence)
        return self._replace(parts=(*self.parts, *new), others=others)


def same_family(one: str, other: str) -> bool:
    """Whether two types may name one happening."""
    if one == other:
        return True
    return any(one in family and other in family for family in (VIOLENT, PROTEST, TERRITORY))


def tells_whole_war(words: Sequence[str]) -> bool:
    """Whether a sentence sums up a whole war: "40,000 have been killed since the conflict began".

    Args:
        words: The sentence's words in lower case.
    """
    return "since" in words and not _BEGINNING.isdisjoint(words)
