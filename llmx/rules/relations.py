"""Relations: how two events of one sentence stand to each other, where a word says so.

Only what is sure: the second event's clause starts with "after", "before", "in response to" and the like, and the first
event stands before that word. The word is cited. Everything else stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from llmx.rules.analysis import Analysis
from llmx.rules.events.found import FoundEvent

_CUES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("in", "response", "to"), "responds_to"),
    (("in", "retaliation", "for"), "responds_to"),
    (("in", "reprisal", "for"), "responds_to"),
    (("in", "revenge", "for"), "responds_to"),
    (("hours", "after"), "after"),
    (("days", "after"), "after"),
    (("after",), "after"),
    (("following",), "after"),
    (("before",), "before"),
    (("ahead", "of"), "before"),
    (("during",), "during"),
    (("amid",), "during"),
    (("led", "to"), "causes"),
    (("leading", "to"), "causes"),
    (("sparked",), "causes"),
    (("sparking",), "causes"),
    (("triggered",), "causes"),
    (("triggering",), "causes"),
    (("prompted",), "causes"),
    (("prompting",), "causes"),
    (("followed", "by"), "before"),
    (("followed",), "after"),
    (("as", "part", "of"), "part_of"),
    (("part", "of"), "part_of"),
    (("in", "protest", "at"), "responds_to"),
    (("in", "protest", "against"), "responds_to"),
    (("in", "revenge", "at"), "responds_to"),
    (("over", "the"), "responds_to"),
)
_BY_LAST_WORD = {
    last: tuple([(words, relation) for words, relation in _CUES if words[-1] == last])
    for last in {words[-1] for words, _ in _CUES}
}
_NEAR = 12
_SPANS = frozenset(["year", "month", "week", "day", "night", "years", "long", "shortly"])


class FoundRelation(NamedTuple):
    """A relation, as indices of events and the tokens of the word that tells it."""

    head: int
    relation: str
    tail: int
    first: int
    last: int


def find_relations(analysis: Analysis, events: Sequence[FoundEvent]) -> list[FoundRelation]:
    """The relations between neighbouring events of one sentence, in text order."""
    told = sorted((event.first, at) for at, event in enumerate(events) if event.is_told)
    found: list[FoundRelation] = []
    for (_, head), (_, tail) in pairwise(told):
        if events[head].sentence != events[tail].sentence:
            continue
        cue = _cue_before(analysis, events[head].last, events[tail].first)
        if cue:
            relation, first, last = cue
            found.append(FoundRelation(head, relation, tail, first, last))
    return found


def _cue_before(analysis: Analysis, start: int, end: int) -> tuple[str, int, int] | None:
    """The last cue between two triggers, close before the second and with no other verb of a main clause between."""
    lowers = analysis.lowers
    for i in range(end - 1, max(start, end - _NEAR) - 1, -1):
        if analysis.tags[i] in ".:":
            return None
        for words, relation in _BY_LAST_WORD.get(lowers[i], ()):
            first = i + 1 - len(words)
            if first >= start and lowers[first : i + 1] == words and lowers[first - 1] not in _SPANS:
                return relation, first, i + 1
    return None
