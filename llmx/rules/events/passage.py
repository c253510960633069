"""The main event: what an article's opening tells, by all its words together.

Reports put their news first. The opening's concepts are typed together, and the event that names that type there is the
main event; it stands first in the report. Where the votes are weak, there is no main event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from llmx.lexicon.table import read_rows, words
from llmx.rules.analysis import Analysis
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.found import FoundEvent, same_family
from llmx.rules.events.modality import Moods
from llmx.rules.events.typing import type_scores
from llmx.rules.vocabulary import Words

OPENING = 90
"""Tokens of an article that make its opening."""

_ENOUGH = 1.2
_LEAD = 0.0


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
    best = ranked[0]
    for at, event in enumerate(events):
        if event.first >= end:
            break
        if event.type == best or (same_family(event.type, best) and event.is_told):
            main = replace(event, type=best)
            return [main, *events[:at], *events[at + 1 :]]
    for concept in _naming().get(best, ()):
        for name, first, last in hits:
            if name == concept:
                return [_made(best, (first, last), analysis, clauses), *events]
    return list(events)


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
