"""Headlines: what stands over a report is told again below it, in clearer words.

An event of the headline that the report's own sentences tell too is left to them; one that they do not tell stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from llmx.rules.analysis import Analysis
from llmx.rules.events.found import FoundEvent, same_family

_LONGEST = 24
_SHORTEST_BODY = 40
_LEAD = 120
_ALIKE = (
    frozenset(["arrest", "legal_proceeding"]),
    frozenset(["diplomatic", "sanction", "statement", "meeting", "agreement"]),
)


def headline_end(analysis: Analysis) -> int:
    """The token behind the headline, or 0: a first line without a full stop, with an empty line below it."""
    if not len(analysis):
        return 0
    start = analysis.starts[0]
    line, broken, below = analysis.text[start:].partition("\n")
    if not broken or below[: len(below) - len(below.lstrip())].count("\n") < 1:
        return 0
    said = line.rstrip()
    if not said or said[-1] in '.!?”"]:)' or "[" in said or " -- " in said:
        return 0
    end = next((at for at, place in enumerate(analysis.starts) if place >= start + len(line)), len(analysis))
    return end if end <= _LONGEST and len(analysis) - end >= _SHORTEST_BODY else 0


def without_headline(events: Sequence[FoundEvent], analysis: Analysis) -> list[FoundEvent]:
    """The events without those of the headline that the report's opening tells again."""
    end = headline_end(analysis)
    body = [event for event in events if end <= event.first < end + _LEAD]
    return [event for event in events if event.first >= end or not any(_is_alike(event, one) for one in body)]


def _is_alike(event: FoundEvent, other: FoundEvent) -> bool:
    return same_family(event.type, other.type) or any({event.type, other.type} <= kinds for kinds in _ALIKE)
