"""Sides: the part of its sentence that tells one event, where "after" or "before" parts it from another.

"She signed the law on Friday, a month after a gunman killed ten people in Orlo": the day is the law's, the place the
killing's.
"""

from __future__ import annotations

from collections.abc import Sequence

from llmx.rules.analysis import Analysis
from llmx.rules.events.found import FoundEvent

_PARTING = frozenset(["after", "before", "following", "while", "since"])

Tokens = tuple[int, int]


def sides_of(events: Sequence[FoundEvent], analysis: Analysis) -> list[Tokens]:
    """For each event the tokens of its first sentence that may tell its time and place; first, and behind the last."""
    mates: dict[Tokens, list[int]] = {}
    for event in events:
        mates.setdefault(event.sentence, []).append(event.first)
    return [_side(event, mates[event.sentence], analysis) for event in events]


def _side(event: FoundEvent, mates: Sequence[int], analysis: Analysis) -> Tokens:
    first, last = event.sentence
    for mate in mates:
        if mate > event.first:
            cuts = [i for i in range(event.last, mate) if analysis.lowers[i] in _PARTING]
            last = min(last, cuts[-1]) if cuts else last
        elif mate < event.first:
            cuts = [i for i in range(mate + 1, event.first) if analysis.lowers[i] in _PARTING]
            first = max(first, cuts[0]) if cuts else first
    return first, last
