"""Sides: the part of its sentence that tells one event, apart from what tells another.

"She signed the law on Friday, a month after a gunman killed ten people in Orlo": the day is the law's, the place the
killing's. Nor has an inquiry the day on which "the bridge, which collapsed on Sunday," fell: a relative clause, one
behind "that" and a second main clause with a subject of its own keep their times and places to themselves; and what
is said in quotation marks has not the day on which it is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llmx.rules.analysis import NONE, Analysis
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.found import FoundEvent

_PARTING = frozenset(["after", "before", "following", "while", "since"])
_RELATIVE = frozenset(["who", "which", "whose", "whom", "where"])
_REASON = frozenset(["because", "although", "though", "unless"])
_OPENS = frozenset("“„«")
_MARKS = _OPENS | frozenset('"”»')
_OPENING = _PARTING | _RELATIVE | _REASON | {"that"}

Tokens = tuple[int, int]
Side = tuple[Tokens, ...]
"""Ranges of tokens, in order: the parts of a sentence that tell one event."""


def sides_of(events: Sequence[FoundEvent], analysis: Analysis, clauses: Clauses) -> list[Side]:
    """For each event the tokens of its first sentence that may tell its time and place."""
    mates: dict[Tokens, list[int]] = {}
    for event in events:
        mates.setdefault(event.sentence, []).append(event.first)
    inner = {sentence: list(_inner_clauses(analysis, clauses, *sentence)) for sentence in mates}
    return [
        _within(_clause(event, inner[event.sentence], analysis, clauses), _part(event, mates[event.sentence], analysis))
        for event in events
    ]


def _within(ranges: Side, part: Tokens) -> Side:
    """The ranges as far as they lie in `part`."""
    cut = ((max(first, part[0]), min(last, part[1])) for first, last in ranges)
    return tuple((first, last) for first, last in cut if first < last)


def _part(event: FoundEvent, mates: Sequence[int], analysis: Analysis) -> Tokens:
    """The event's part of its sentence, where "after" or "before" parts it from another event."""
    first, last = _quotation(event, analysis)
    for mate in mates:
        if mate > event.first:
            cuts = [i for i in range(event.last, mate) if analysis.lowers[i] in _PARTING]
            last = min(last, cuts[-1]) if cuts else last
        elif mate < event.first:
            cuts = [i for i in range(mate + 1, event.first) if analysis.lowers[i] in _PARTING]
            first = max(first, cuts[0]) if cuts else first
    return first, last


def _quotation(event: FoundEvent, analysis: Analysis) -> Tokens:
    """The speech in quotation marks that tells the event, apart from who speaks and when; else its whole sentence."""
    begin, end = event.sentence
    words, tags = analysis.words, analysis.tags
    before = [i for i in range(begin, event.first) if tags[i] == "q" and words[i] in _MARKS]
    behind = next((i for i in range(event.last, end) if tags[i] == "q" and words[i] in _MARKS), end)
    within = before and (words[before[-1]] in _OPENS or (words[before[-1]] == '"' and len(before) % 2))
    if not within or behind == end or tags[behind - 1] not in ",.":
        return begin, end
    return before[-1], behind


def _clause(event: FoundEvent, inner: Sequence[Tokens], analysis: Analysis, clauses: Clauses) -> Side:
    """The clause of an event's trigger, without the clauses that stand in it."""
    begin, end = event.sentence
    around = [one for one in inner if one[0] <= event.first < one[1]]
    first, last = max(around, default=(begin, end))
    found: list[Tokens] = []
    own = clauses.phrase_at(event.last - 1)
    at = _antecedent(analysis, clauses, first) if analysis.lowers[first] == "where" else first
    for inner_first, inner_last in inner:
        of_event = own != NONE and own == clauses.phrase_at(inner_first - 1)  # "the raid that killed two on Friday"
        if first < inner_first < last and inner_first >= at and not of_event:
            found.append((at, inner_first))
            at = inner_last
    return (*found, (at, last)) if at < last else tuple(found)


def _inner_clauses(analysis: Analysis, clauses: Clauses, begin: int, end: int) -> Iterator[Tokens]:
    """The clauses of a sentence that keep what they tell to themselves, by their first token."""
    lowers, tags = analysis.lowers, analysis.tags
    for i in range(begin + 1, end - 1):
        if lowers[i] not in _OPENING and tags[i] != "C":
            continue
        if lowers[i] in _RELATIVE or (lowers[i] == "that" and tags[i] in "SW" and tags[i - 1] in "NP"):
            yield i, _relative_end(analysis, clauses, i, end)
        elif tags[i] == "C":
            if _opens_main(analysis, clauses, i + 1, end):
                yield i, end
        elif (
            lowers[i] in _REASON
            or (lowers[i] in _PARTING and _opens_main(analysis, clauses, i + 1, end))
            or (lowers[i] == "that" and tags[i] == "S")
        ):
            yield i, end


def _antecedent(analysis: Analysis, clauses: Clauses, token: int) -> int:
    """The first token of the place before "where", its preposition with it."""
    before = token - 2 if analysis.tags[token - 1] == "," else token - 1
    number = clauses.phrase_at(before)
    if number == NONE:
        return token
    first = analysis.noun_phrases[number].first
    return first - 1 if first and analysis.tags[first - 1] == "I" else first


def _relative_end(analysis: Analysis, clauses: Clauses, token: int, end: int) -> int:
    """Behind a relative clause: at the comma before the verb that goes on, or at the second verb."""
    tags = analysis.tags
    apart = tags[token - 1] == "," or (tags[token - 1] in "IT" and tags[token - 2] == ",")
    told = False
    for i in range(token + 1, end):
        group = clauses.group_at(i)
        starts = group is not None and group.first == i and group.form == "finite"
        if apart and tags[i] == "," and i + 1 < end and (tags[i + 1] in "XMVZE" or analysis.lowers[i + 1] in _PARTING):
            return i
        if not apart and starts and told and tags[i - 1] not in "CSW,":
            return i
        told = told or starts
    return end


def _opens_main(analysis: Analysis, clauses: Clauses, token: int, end: int) -> bool:
    """Whether a subject and its finite verb stand at `token`."""
    number = clauses.phrase_at(token)
    if number == NONE:
        return False
    at = analysis.noun_phrases[number].last
    while at + 1 < end and (
        analysis.tags[at] == "R" or (analysis.tags[at] == "I" and clauses.phrase_at(at + 1) != NONE)
    ):
        at = at + 1 if analysis.tags[at] == "R" else analysis.noun_phrases[clauses.phrase_at(at + 1)].last
    group = clauses.group_at(at) if at < end else None
    if group is None or group.form != "finite":
        return False
    left = clauses.phrase_at(token - 3) if analysis.tags[token - 2] == "," else NONE
    if left != NONE and analysis.tags[analysis.noun_phrases[left].first - 1] in "ITVZE":
        return True
    hangs = clauses.is_passive(group) and not group.passive
    subjects = clauses.subjects(group)
    return not hangs and bool(subjects) and analysis.noun_phrases[subjects[0]].first >= token
