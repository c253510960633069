"""Counts: how many were killed, hurt, held, or how many attacks there were, as the text words it.

A number is a count only if the words beside it say of what: a verb of harm whose subject or object it leads ("at least
50 members were killed", "killing dozens"), a noun of harm behind it ("30 deaths"), a death toll, or an event's own noun
("over 30 bombing raids"). Ages, dates, money and populations never are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from llmx.lexicon.function_words import WEEKDAYS
from llmx.rules.analysis import NONE, Analysis, VerbGroup
from llmx.rules.count_words import (
    ADJECTIVES,
    CIVILIAN,
    CROWDS,
    DEPLOYING,
    DRAWING,
    FIGURES,
    FINDING,
    HARMED,
    INCIDENTS,
    LEAVING,
    NOUNS,
    OF_PARTS,
    PROTESTS,
    PUTTING,
    REMAINS,
    SUFFERED,
    VERBS,
    is_deadly,
    is_year,
)
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.found import FoundEvent, tells_whole_war
from llmx.rules.events.sorts import Sorts
from llmx.text.numbers import Number, find_numbers
from llmx.text.span import Span

_STATE = 4
_NEAR = 6
_REACH = 10
_THINGS = frozenset(["site", "vehicle", "thing", "place", "weapon"])


class FoundCount(NamedTuple):
    """A count as it stands in the text.

    Attributes:
        of: What is counted.
        group: Whom; `None` where the words do not tell.
        number: The number with its bounds.
        first: First token of what to cite: the number with its qualifier and what it counts.
        last: Behind the last token of it.
        event: Index of the event it belongs to.
    """

    of: str
    group: str | None
    number: Number
    first: int
    last: int
    event: int


def find_counts(analysis: Analysis, clauses: Clauses, sorts: Sorts, events: Sequence[FoundEvent]) -> list[FoundCount]:
    """The counts of the events, in text order. A count that belongs to no event is left out."""
    reader = _Reader(analysis, clauses, sorts, events)
    found: list[FoundCount] = []
    for sentence in reader.sentences():
        if tells_whole_war(analysis.lowers[sentence[0] : sentence[1]]):
            continue
        span = analysis.span(*sentence)
        for number in find_numbers(span.of(analysis.text)):
            if number.kind == "count" and not number.total:
                count = reader.read(number.shifted(span.start))
                if count:
                    found.append(count)
    return found


@dataclass(frozen=True)
class _Reader:
    analysis: Analysis
    clauses: Clauses
    sorts: Sorts
    events: Sequence[FoundEvent]

    def sentences(self) -> list[tuple[int, int]]:
        """The sentences in which a count may stand: those that tell an event, and the one behind each."""
        size = len(self.analysis)
        behind = [self.clauses.sentence(last) for _, last in self.told_in if last < size]
        return sorted({*self.told_in, *behind})

    def read(self, number: Number) -> FoundCount | None:
        first, last = self._tokens(number.span)
        if first >= last or (number.low is None and number.best is None and number.high is None):
            return None
        begin, end = self._phrase(first, last)
        if end == last and is_year(self.analysis.words[first]):
            return None
        if self._is_aside(first, last) or ((number.qualifier == "vague" or number.best == 1) and self._is_share(last)):
            return None
        of = self._of(first, begin, end)
        told = self._by_part(begin, end) if of is None else None
        if told:
            of, event = told
        elif of is not None:
            event = self._event(of, first)
        else:
            return None
        if event is None:
            return None
        return FoundCount(
            of=of,
            group=self._group(begin, end) if of != "incidents" else None,
            number=number,
            first=begin,
            last=end,
            event=event,
        )

    def _is_aside(self, first: int, last: int) -> bool:
        """Whether the number stands alone between commas, as an age does: "a teacher, 35, "."""
        tags = self.analysis.tags
        return first > 0 and tags[first - 1] == "," and tags[last : last + 1] in (",", ".")

    def _is_share(self, last: int) -> bool:
        """Whether a vague number is a share of what was told before: "several of the raids"."""
        return self.analysis.lowers[last : last + 1] == ("of",) and self.analysis.tags[last + 1 : last + 2] == "D"

    def _tokens(self, span: Span) -> tuple[int, int]:
        starts = self.analysis.starts
        first = bisect_left(self.analysis.ends, span.start + 1)
        return first, bisect_left(starts, span.end)

    def _phrase(self, first: int, last: int) -> tuple[int, int]:
        """The number's noun phrase from the number on, with its "of" phrase: "at least 50 members of the army"."""
        number = self.clauses.phrase_at(last - 1)
        if last < len(self.analysis) and self.analysis.tags[last] == "G" and self.clauses.phrase_at(last + 1) != NONE:
            number = self.clauses.phrase_at(last + 1)
        end = last
        if number != NONE:
            end = max(last, self.analysis.noun_phrases[number].last)
        lowers = self.analysis.lowers
        if lowers[end : end + 1] == ("others",):
            end += 1
        if end < len(lowers) and lowers[end] == "of":
            inner = self.clauses.phrase_at(end + 1)
            if inner != NONE:
                end = self.analysis.noun_phrases[inner].last
        while end > last and self.analysis.tags[end - 1] in "s,.R":
            end -= 1
        return first, end

    def _of(self, first: int, begin: int, end: int) -> str | None:
        """What is counted, by the words in and around the phrase; `None` if they do not say."""
        lowers, tags = self.analysis.lowers, self.analysis.tags
        head = lowers[end - 1]
        if head in NOUNS and "of" in lowers[begin:end] and "the" in lowers[begin:end]:
            return None
        if head in NOUNS and end - begin <= _REACH:
            return NOUNS[head]
        if end < len(lowers) and lowers[end] in HARMED:
            return ADJECTIVES[lowers[end]]
        if lowers[end : end + 2] == ("still", "missing"):
            return "missing"
        if end < len(lowers) and lowers[end] in ADJECTIVES and (end + 1 == len(lowers) or tags[end + 1] in ".,:ICSR-"):
            return ADJECTIVES[lowers[end]]
        toll = self._toll(first)
        if toll:
            return toll
        put = self._put_at(first)
        if put:
            return put
        if head in INCIDENTS:
            return "incidents"
        return self._by_state(begin, end) or self._by_verb(begin, end) or self._by_crowd(begin)

    def _by_crowd(self, begin: int) -> str | None:
        """How many came: "drew 5,000 people", "put the crowd at 6,000", "a crowd of about 400"."""
        before = self.analysis.lowers[max(0, begin - _NEAR) : begin]
        group = self.clauses.group_at(begin - 1) if begin else None
        crowd = before[-1:] in (("at",), ("of",)) and not CROWDS.isdisjoint(before)
        return "people" if crowd or (group and group.lemma in DRAWING) else None

    def _toll(self, first: int) -> str | None:
        """A death toll: "the toll rose to 50"."""
        start, _ = self.clauses.sentence(first)
        before = self.analysis.lowers[max(start, first - _REACH) : first]
        if (
            "toll" in before
            and "of" not in before[-2:-1]
            and ("to" in before[-2:] or "at" in before[-2:] or "of" in before[-2:] or "is" in before[-2:])
        ):
            return "killed"
        return None

    def _put_at(self, first: int) -> str | None:
        """What is counted in "put the number of dead at 40": the dead; without a word for it those who take part."""
        if first < _NEAR or self.analysis.lowers[first - 1] not in ("at", "to"):
            return None
        start, _ = self.clauses.sentence(first)
        for i in range(first - 2, max(start, first - _REACH) - 1, -1):
            group = self.clauses.group_at(i)
            if group:
                between = self.analysis.lowers[group.last : first - 1]
                if group.lemma not in PUTTING or FIGURES.isdisjoint(between):
                    return None
                return next((NOUNS[word] for word in between if word in NOUNS), "people")
        return None

    def _by_verb(self, begin: int, end: int) -> str | None:
        """The verb of harm whose subject or object the phrase is."""
        lowers = self.analysis.lowers
        before = self._group_before(begin - 2 if lowers[max(0, begin - 2) : begin] == ("to", "death") else begin)
        if before and is_deadly(before.lemma, lowers[before.last], lowers[end : end + 2]):
            return "killed"
        if before and before.lemma in VERBS and not self.clauses.is_passive(before):
            return VERBS[before.lemma]
        if before and before.lemma in DEPLOYING and self.sorts.of_token(end - 1, first=begin).sort == "force":
            return "troops"
        if begin and lowers[begin - 1] == "from" and self._leaves(begin - 1):
            return "incidents" if self.sorts.of_token(end - 1, first=begin).sort in ("site", "place") else None
        behind = self._group_behind(end)
        if behind and behind.lemma in VERBS and (self.clauses.is_passive(behind) or behind.lemma in SUFFERED):
            return VERBS[behind.lemma]
        return None

    def _leaves(self, token: int) -> bool:
        """Whether a withdrawal's verb stands right before "from": from each of so many posts."""
        group = self.clauses.group_at(token - 1) or self.clauses.group_at(token - 2)
        return group is not None and group.lemma in LEAVING

    def _by_state(self, begin: int, end: int) -> str | None:
        """What the words behind a number say of those it counts: "were still missing", "from their homes", "lives"."""
        lowers, tags = self.analysis.lowers, self.analysis.tags
        behind = lowers[end : end + _STATE]
        if behind[:3] == ("from", "their", "homes") or behind[:1] == ("homeless",):
            return "displaced"
        group = self.clauses.group_at(end) if end < len(lowers) else None
        if group and group.lemma == "be":
            at = group.last
            while at < len(tags) and tags[at] == "R":
                at += 1
            return ADJECTIVES.get(lowers[at]) if at < len(lowers) else None
        if group and group.lemma == "miss" and group.form == "finite" and self.analysis.tags[group.main] == "G":
            return "missing"
        if group and group.negated and group.lemma in FINDING:
            return "missing"
        before = self.clauses.group_at(begin - 1) if begin else None
        if lowers[end - 1] == "lives" and (lowers[max(0, begin - 2) : begin] == ("loss", "of") or _costs(before)):
            return "killed"
        found = group or before
        return "killed" if lowers[end - 1] in REMAINS and found and found.lemma in FINDING else None

    def _by_part(self, begin: int, end: int) -> tuple[str, int] | None:
        """What is counted, and the event, where the phrase is who takes part in an event that counts such people."""
        for at in range(begin, end):
            event, role = self.parts_at.get(at, (-1, ""))
            of = OF_PARTS.get((self.events[event].type, role)) if event >= 0 else None
            things = self.sorts.of_token(end - 1, first=begin).sort in _THINGS
            if (
                of
                and not (of == "people" and things)
                and not (of == "troops" and self.sorts.of_token(end - 1, first=begin).sort != "force")
            ):
                return of, event
        return None

    def _group_before(self, begin: int) -> VerbGroup | None:
        """The verb whose object starts at `begin`; over what is joined to it: "killing 3 men and 2 women"."""
        start, _ = self.clauses.sentence(begin)
        i = begin - 1
        while i >= start and begin - i < _REACH:
            group = self.clauses.group_at(i)
            if group:
                return group
            if self.analysis.tags[i] not in "RHDNPAC,":
                return None
            i -= 1
        return None

    def _group_behind(self, end: int) -> VerbGroup | None:
        """The verb whose subject ends at `end`, over an "of", "in" or "who" phrase."""
        _, stop = self.clauses.sentence(max(0, end - 1))
        for i in range(end, min(stop, end + _REACH)):
            group = self.clauses.group_at(i)
            if group:
                return group
            if self.analysis.tags[i] in ".:S-":
                return None
        return None

    def _group(self, begin: int, end: int) -> str | None:
        words = self.analysis.lowers[begin:end]
        if any(word in CIVILIAN and word != "people" for word in words):
            return "civilian"
        sort = self.sorts.of_token(end - 1, first=begin)
        return "combatant" if sort.sort in ("force", "body") else None

    def _event(self, of: str, first: int) -> int | None:
        """The event the count belongs to: of its sentence, else of the sentence above."""
        sentence = self.clauses.sentence(first)
        here = [at for at in self.told_in.get(sentence, ()) if _suits(of, self.events[at])]
        dated = self._of_day(of, sentence, first)
        if dated is not None and not any(at == dated for at in here) and all(self.events[at].is_harm for at in here):
            return dated
        if here:
            return min(here, key=lambda at: abs(self.events[at].first - first))
        if of == "incidents" or not sentence[0]:
            return None
        above = self.clauses.sentence(sentence[0] - 1)
        before = [at for at in self.told_in.get(above, ()) if _suits(of, self.events[at])]
        return before[-1] if before else None

    def _of_day(self, of: str, sentence: tuple[int, int], first: int) -> int | None:
        """The one event told before on the weekday that the sentence names: "Tuesday's toll"."""
        days = WEEKDAYS.intersection(self.analysis.lowers[sentence[0] : sentence[1]])
        if not days:
            return None
        told = {at for day in days for at in self.of_days.get(day, ()) if self.events[at].first < first}
        fitting = [at for at in told if _suits(of, self.events[at]) and self.events[at].is_told]
        return fitting[0] if len(fitting) == 1 else None

    @cached_property
    def parts_at(self) -> Mapping[int, tuple[int, str]]:
        """Token -> the event in which it takes part, and the role."""
        return {
            i: (at, part.role)
            for at, event in enumerate(self.events)
            for part in event.parts
            for i in range(part.first, part.last)
        }

    @cached_property
    def of_days(self) -> Mapping[str, list[int]]:
        """Weekday -> the events whose first sentence names it."""
        found: dict[str, list[int]] = {}
        for at, event in enumerate(self.events):
            for day in WEEKDAYS.intersection(self.analysis.lowers[event.sentence[0] : event.sentence[1]]):
                found.setdefault(day, []).append(at)
        return found

    @cached_property
    def told_in(self) -> Mapping[tuple[int, int], list[int]]:
        """Sentence -> the events that it tells."""
        found: dict[tuple[int, int], list[int]] = {}
        for at, event in enumerate(self.events):
            for sentence in (event.sentence, *event.others):
                found.setdefault(sentence, []).append(at)
        return found


def _costs(group: VerbGroup | None) -> bool:
    """Whether lives are lost: "claimed 40 lives", "cost two lives"."""
    return group is not None and group.lemma in ("claim", "cost", "take", "lose")


_WITHOUT_TOLL = frozenset(
    {
        "agreement", "meeting", "statement", "diplomatic", "sanction", "arrest", "withdrawal", "base_established",
        "legal_proceeding", "election", "support", "aid", "threat", "mobilization", "intelligence_sharing",
        "overflight", "attribution_of_responsibility", "non_violent_transfer",
    }
)  # fmt: skip
"""Acts in which nobody comes to harm: the dead of whom an inquiry is told are another event's."""


_DEADLY = frozenset({"other:death", "other:displacement", "other:illness", "other:stranding", "other:strike"})
"""Events of no type of their own in which people die, fall ill or go missing."""


def _suits(of: str, event: FoundEvent) -> bool:
    """Whether an event of this type can have such a count."""
    if of == "detained":
        return event.type in (
            "arrest",
            "protest_with_intervention",
            "excessive_force",
            "violent_demonstration",
            "peaceful_protest",
            "disrupted_weapons_use",
            "organised_crime",
        )
    if of == "abducted":
        return event.type == "abduction"
    if of == "incidents":
        return True
    if of == "people":
        return event.type in PROTESTS
    if of == "troops":
        return event.type in ("mobilization", "change_to_group_activity", "withdrawal", "armed_offensive")
    return event.type in _DEADLY if event.type.startswith("other:") else event.type not in _WITHOUT_TOLL
