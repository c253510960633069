"""Drafting: found records become the records of a draft, with ids and with quotes that know their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.found import FoundAttribution
from llmx.rules.counts import FoundCount
from llmx.rules.entities import Entities, FoundEntity
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.found import FoundEvent
from llmx.rules.events.sides import Side
from llmx.rules.places import FoundPlace
from llmx.rules.relations import FoundRelation
from llmx.text.span import Span
from llmx.text.times import TimeExpression, find_times

Record = dict[str, Any]

_SPEECH = word_set("say tell add report announce confirm state claim write note warn declare explain insist argue")
_BEFORE_TIME = 4
_ARTICLES = word_set("the a an his her its their this that these those my our your")
_FAR = 40
_OPEN_KINDS = frozenset(["named_person", "anonymous_person", "anonymous_collective"])
_BY_ENTITY = {
    **dict.fromkeys(("company", "organisation", "ngo", "rebel_group", "igo"), "named_organisation"),
    "news_outlet": "news_outlet",
}
"""Kind of an entity -> the kind of source that it is."""
_BEFORE_NOUN = re.compile(r"[A-Za-z]+ the (?=[A-Z])")


@dataclass(frozen=True)
class Drafting:
    """Writes the draft of one document.

    Attributes:
        analysis: The analysed document.
        clauses: Its reading.
        entities: Its entities, collected.
        attributions: Its attributions, in the order in which they are drafted.
    """

    analysis: Analysis
    clauses: Clauses
    entities: Entities
    attributions: Sequence[FoundAttribution]

    # --- quotes and times

    def quote(self, span: Span) -> Record:
        """A quote that says where it stands."""
        return {"quote": span.of(self.analysis.text), "start": span.start}

    def _tokens(self, first: int, last: int) -> Record:
        return self.quote(self.analysis.span(first, last))

    @cached_property
    def _contents(self) -> tuple[tuple[int, int, int, int], ...]:
        """Each part of an attribution's content: start, end, the whole content's length, the attribution; by start."""
        return tuple(
            sorted(
                (part.start, part.end, sum(len(each) for each in one.content), at)
                for at, one in enumerate(self.attributions)
                for part in one.content
            )
        )

    @cached_property
    def _widest(self) -> int:
        """The longest part of any content, in code points."""
        return max((end - start for start, end, _, _ in self._contents), default=0)

    @property
    def dateline(self) -> int:
        """The token behind the dateline; 0 if the text has none."""
        return self.analysis.behind_dateline

    def time(self, event: FoundEvent, side: Side) -> Record | None:
        """When the event happened: the nearest time of its sentence that is not the time of saying so."""
        for sentence in (event.sentence, *event.others):
            first, last = max(sentence[0], self.dateline), sentence[1]
            if first >= last:
                continue
            span = self.analysis.span(first, last)
            here = [
                own
                for time in self._times_in(span, but="event_relative")
                if not self._is_of_saying(time) and (own := self._own(time, event))
            ]
            if sentence == event.sentence:
                opens = span.start if side and self.analysis.tags[side[0][0]] != "W" else -1
                here = [time for time in here if self._is_beside(time, side) or time.span.start == opens]
            start = self.analysis.starts[event.first] if sentence == event.sentence else span.start
            near = [time for time in here if abs(time.span.start - start) < _FAR * 6]
            if near:
                return self.when(min(near, key=lambda time: (time.kind == "vague", abs(time.span.start - start))))
        return None

    def _is_beside(self, time: TimeExpression, side: Side) -> bool:
        """Whether a time stands on an event's side of its sentence."""
        at, _ = self.analysis.tokens_in(time.span)
        return any(first <= at < last for first, last in side)

    def _times_in(self, span: Span, *, but: str = "") -> list[TimeExpression]:
        """The times that a sentence tells, but those of one kind."""
        return [time.shifted(span.start) for time in find_times(span.of(self.analysis.text)) if time.kind != but]

    def _own(self, time: TimeExpression, event: FoundEvent) -> TimeExpression | None:
        """The time without its preposition where it stands before a noun: "after the July 2016 coup" tells the coup's.

        `None` where that noun names another event.
        """
        text, tags = self.analysis.text, self.analysis.tags
        article = _BEFORE_NOUN.match(time.span.of(text))
        if article is None or time.kind not in ("absolute", "month_name"):
            return time
        _, behind = self.analysis.tokens_in(time.span)
        last = behind
        while last < len(tags) and tags[last] in "NAEGP":
            last += 1
        if last == behind:
            return time
        if not behind <= event.first < last:
            return None
        start = time.span.start + article.end()
        inner = [one.shifted(start) for one in find_times(text[start : time.span.end])]
        return inner[0] if inner else None

    def _is_of_saying(self, time: TimeExpression) -> bool:
        """Whether it tells when something was said: "said on Monday"."""
        first, _ = self.analysis.tokens_in(time.span)
        for i in range(first - 1, max(0, first - _BEFORE_TIME) - 1, -1):
            group = self.clauses.group_at(i)
            if group:
                return group.lemma in _SPEECH
        return False

    def when(self, time: TimeExpression) -> Record:
        """A time as a draft holds it; nothing is resolved here."""
        return {
            "kind": time.kind,
            "value": time.value,
            "precision": time.precision,
            "anchor": "publication",
            "cite": self.quote(time.span),
        }

    # --- records

    def entity_ids(self, found: Sequence[tuple[str, FoundEntity]]) -> dict[str, str]:
        """Key -> id."""
        return {key: f"n{number}" for number, (key, _) in enumerate(found, start=1)}

    def entity(self, key: str, found: FoundEntity, ids: Mapping[str, str]) -> Record:
        """An entity."""
        return {
            "id": ids[key],
            "name": found.name,
            "aliases": list(found.aliases),
            "kind": found.kind,
            "role_title": found.role_title or None,
            "affiliation": self.entities.affiliation(found, ids),
            "mentions": [self.quote(span) for span in found.mentions],
        }

    def event(
        self,
        number: int,
        found: FoundEvent,
        *,
        side: Side,
        places: Sequence[FoundPlace],
        counts: Sequence[FoundCount],
        ids: Mapping[str, str],
    ) -> Record:
        """An event."""
        trigger = self.analysis.span(found.first, found.last)
        chain = self.chain(trigger)
        return {
            "id": f"e{number + 1}",
            "type": found.type,
            "trigger": self.quote(trigger),
            "evidence": [self._sentence(sentence) for sentence in dict.fromkeys((found.sentence, *found.others))],
            "participants": [
                {
                    "role": part.role,
                    "entity": ids.get(self.entities.key_of(part.first, part.last) or ""),
                    "cite": self._tokens(self._with_article(part.first), part.last),
                }
                for part in found.parts
            ],
            "time": self.time(found, side),
            "places": [
                {
                    "name": self.analysis.span(place.first, place.last).of(self.analysis.text),
                    "country": place.country,
                    "admin1": place.admin1 if place.admin1 and self._names(place) else None,
                    "precision": place.precision,
                    "cite": self._tokens(place.first, place.last),
                }
                for place in places
            ],
            "counts": [self.count(one) for one in counts],
            "modality": self._modality(found, chain),
            "polarity": found.mood.polarity,
            "hedges": [self._tokens(i, i + 1) for i in found.mood.hedges],
            "aggregate": _is_aggregate(counts),
            "asserted_by": [f"a{at + 1}" for at in chain] or ["document"],
        }

    def _with_article(self, first: int) -> int:
        """The first token of a participant's phrase with "the", "a" or "its" before it; numbers stay outside."""
        before = first - 1
        phrase_of = self.analysis.noun_phrase_of
        opens = before >= 0 and self.analysis.tags[before] == "D" and phrase_of[before] == phrase_of[first] != NONE
        return before if opens and self.analysis.lowers[before] in _ARTICLES else first

    def _names(self, place: FoundPlace) -> bool:
        """Whether the article itself names the province."""
        return place.admin1 in self.analysis.text

    def _sentence(self, sentence: tuple[int, int]) -> Record:
        first = max(sentence[0], self.dateline if self.dateline < sentence[1] else 0)
        last = sentence[1]
        return self._tokens(first, last)

    def count(self, found: FoundCount) -> Record:
        """A count with its bounds and who says it."""
        number = found.number
        start = min(number.span.start, self.analysis.starts[found.first])
        span = Span(start, self.analysis.ends[found.last - 1])
        chain = self.chain(span)
        return {
            "of": found.of,
            "group": found.group,
            "low": number.low,
            "best": number.best,
            "high": number.high,
            "qualifier": "about" if number.qualifier == "nearly" else number.qualifier,
            "said_by": f"a{chain[-1] + 1}" if chain else "document",
            "cite": self.quote(span),
        }

    def chain(self, span: Span) -> list[int]:
        """The attributions in whose content `span` stands, outermost first."""
        first = bisect_left(self._contents, (span.start - self._widest, 0, 0, 0))
        last = bisect_left(self._contents, (span.start + 1, 0, 0, 0))
        found = {(size, at) for _, end, size, at in self._contents[first:last] if end >= span.end}
        return [at for _, at in sorted(found, key=lambda pair: (-pair[0], pair[1]))]

    def _modality(self, found: FoundEvent, chain: Sequence[int]) -> str:
        """What the sentence says, weakened by who says it."""
        modality = found.mood.modality
        if modality != "asserted":
            return modality
        stances = {self.attributions[at].stance for at in chain}
        for stance, weaker in (("denies", "denied"), ("intends", "planned"), ("predicts", "predicted")):
            if stance in stances:
                return weaker
        return "reported" if chain else modality

    def attribution(self, number: int, found: FoundAttribution, ids: Mapping[str, str]) -> Record:
        """An attribution."""
        source_key = None
        if found.source:
            first, last = self.analysis.tokens_in(found.source)
            source_key = self.entities.key_of(first, self._head_end(first, last)) if first < last else None
        via = found.via.of(self.analysis.text) if found.via else None
        times = self._times_in(found.time) if found.time else []
        return {
            "id": f"a{number + 1}",
            "source": self.quote(found.source) if found.source else None,
            "source_entity": ids.get(source_key or ""),
            "source_kind": self._source_kind(found, source_key),
            "via": via,
            "cue": self.quote(found.cue) if found.cue else None,
            "content": [self.quote(part) for part in found.content],
            "mode": found.mode,
            "stance": found.stance,
            "hedges": [self.quote(span) for span in found.hedges],
            "time": self.when(times[0]) if times else None,
            "addressee": self.quote(found.addressee) if found.addressee else None,
            "medium": self.quote(found.medium) if found.medium else None,
            "parent": f"a{found.parent + 1}" if found.parent is not None else None,
        }

    def _source_kind(self, found: FoundAttribution, key: str | None) -> str:
        """The kind of source; where its words leave open what it is, by the entity that they name."""
        if found.source_kind not in _OPEN_KINDS:
            return found.source_kind
        return _BY_ENTITY.get(self.entities.kind_of(key), found.source_kind)

    def relation(self, found: FoundRelation) -> Record:
        """A relation between two events."""
        return {
            "head": f"e{found.head + 1}",
            "relation": found.relation,
            "tail": f"e{found.tail + 1}",
            "cite": self._tokens(found.first, found.last),
        }

    def _head_end(self, first: int, last: int) -> int:
        """Behind the first noun phrase of a source, which holds its name."""
        number = self.clauses.phrase_at(first)
        return min(last, self.analysis.noun_phrases[number].last) if number >= 0 else last


def _is_aggregate(counts: Sequence[FoundCount]) -> bool:
    """Whether several incidents are summed up."""
    return any(one.of == "incidents" and (one.number.low or 0) > 1 for one in counts)
