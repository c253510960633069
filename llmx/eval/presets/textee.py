"""TextEE's event scores: sets of triggers and arguments, so that a duplicate costs nothing.

Source: Huang et al. (2024), TextEE; its scorer of end-to-end extraction.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TexteeEvent:
    """An event: its type, its trigger's place, and role and place of each argument."""

    type: str
    trigger: Bounds | None
    arguments: tuple[tuple[str, Bounds], ...]


def textee_counts(gold: Sequence[TexteeEvent], pred: Sequence[TexteeEvent]) -> dict[str, tuple[float, ...]]:
    """Counts of Tri-I, Tri-C, Arg-I, Arg-C and the attached forms of the last two."""
    wanted, offered = _sets(gold), _sets(pred)
    counts: dict[str, tuple[float, ...]] = {}
    for name, keys in wanted.items():
        hits = len(keys & offered[name])
        counts[name] = (hits, len(offered[name]), hits, len(keys))
    return counts


def _sets(events: Sequence[TexteeEvent]) -> dict[str, set[Hashable]]:
    arguments = [(event.trigger, event.type, at, role) for event in events for role, at in event.arguments]
    return {
        "trigger_i": {event.trigger for event in events if event.trigger},
        "trigger_c": {(event.trigger, event.type) for event in events if event.trigger},
        "arg_i": {(kind, at) for _, kind, at, _ in arguments},
        "arg_c": {(kind, at, role) for _, kind, at, role in arguments},
        "arg_i_attached": {(trigger, kind, at) for trigger, kind, at, _ in arguments},
        "arg_c_attached": {(trigger, kind, at, role) for trigger, kind, at, role in arguments},
    }
