"""Same: which records of a report mean the same thing.

Records are told apart by what makes them what they are: entities by name, events by type, day, place and who took part,
attributions by the words of source and content, claims by their text or evidence. Two records are the same only where
that agrees; a wrong union hides a record, a missed one shows it twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from llmx.schema.citation import Citation
from llmx.schema.news import Attribution, Claim, Entity, Event

_SAME_SHARE = 0.5
"""Two spans of quotes are the same when they share so much of the longer one."""

_STRETCH = 64
"""Code points; records are compared when their quotes touch the same stretch of this length."""


def mean_the_same(one: BaseModel, other: BaseModel) -> bool:
    """Whether the two records are the same thing, by the rule for their class."""
    judge = _JUDGES.get(type(one), _same_throughout)
    return type(one) is type(other) and judge(one, other)


def _same_entity(one: Entity, other: Entity) -> bool:
    kinds = {one.kind, other.kind} - {"unknown"}
    shared = _names(one) & _names(other)
    return len(kinds) <= 1 and (bool(shared) or (one.name is None and _meet(one.mentions, other.mentions)))


def _names(entity: Entity) -> set[str]:
    return {" ".join(name.casefold().split()) for name in (entity.name, *entity.aliases) if name}


def _same_event(one: Event, other: Event) -> bool:
    if one.type != other.type or one.aggregate != other.aggregate or one.polarity != other.polarity:
        return False
    if _meet([one.trigger], [other.trigger]):
        return True
    times = {one.time.start, other.time.start} if one.time and other.time else {None}
    places = [{place.name.casefold() for place in event.places} for event in (one, other)]
    apart = (len(times) > 1) or (all(places) and not places[0] & places[1])
    together = (None not in times and len(times) == 1) and bool(places[0] & places[1])
    return together and not apart and bool(_cast(one) & _cast(other))


def _cast(event: Event) -> set[tuple[str, str]]:
    """Who takes part in which role: by entity, or by the words where it is not listed."""
    return {(part.role, part.entity or part.cite.quote.casefold()) for part in event.participants}


def _same_attribution(one: Attribution, other: Attribution) -> bool:
    sources = [source for source in (one.source, other.source) if source is not None]
    spoken = len(sources) == 0 or (len(sources) > 1 and _meet(sources[:1], sources[1:]))
    return spoken and _meet(one.content, other.content)


def _same_claim(one: Claim, other: Claim) -> bool:
    if one.text.casefold().strip(" .") == other.text.casefold().strip(" ."):
        return True
    return one.kind == other.kind and one.claimer == other.claimer and _meet(one.evidence, other.evidence, share=0.8)


def _same_throughout(one: BaseModel, other: BaseModel) -> bool:
    """Every field equal but the id and the support; the default for classes this module does not know."""
    return plain(one) == plain(other)


_JUDGES: Mapping[type[BaseModel], Callable[[Any, Any], bool]] = {
    Entity: _same_entity,
    Event: _same_event,
    Attribution: _same_attribution,
    Claim: _same_claim,
}


def _meet(one: Sequence[Citation], other: Sequence[Citation], *, share: float = _SAME_SHARE) -> bool:
    """Whether the words of two sets of citations are, by their larger part, the same."""
    left = {at for cite in one for span in cite.spans for at in range(span.start, span.end)}
    right = {at for cite in other for span in cite.spans for at in range(span.start, span.end)}
    return len(left & right) >= share * max(len(left), len(right), 1)


def keys_of(record: BaseModel) -> set[object]:
    """Keys of which two records that mean the same share at least one."""
    if isinstance(record, Entity):
        return {*_names(record), *_stretches(record.mentions)}
    if isinstance(record, Event):
        day = record.time.start if record.time else None
        return {*_stretches([record.trigger]), *((day, place.name.casefold()) for place in record.places)}
    if isinstance(record, Attribution):
        return set(_stretches(record.content))
    if isinstance(record, Claim):
        return {record.text.casefold().strip(" ."), *_stretches(record.evidence)}
    return {repr(plain(record))}


def _stretches(cites: Sequence[Citation]) -> Iterator[int]:
    """The stretches of the document that citations touch, by number."""
    for cite in cites:
        for span in cite.spans:
            yield from range(span.start // _STRETCH, (span.end - 1) // _STRETCH + 1)


def plain(record: BaseModel) -> dict[str, Any]:
    """What a record says, without its id and its support."""
    return record.model_dump(exclude={"id", "support"})
