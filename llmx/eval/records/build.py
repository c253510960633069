"""Build records from lists in the published shape.

Every list comes out sorted by what its items say, never by where they stood: so the order of a file, of a model's
answer or of a merge cannot change a figure.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from llmx.eval.matching.region import NOWHERE, Region, region_at, region_of
from llmx.eval.matching.words import norm
from llmx.eval.records.items import Attribution, Claim, Count, Entity, Event, Participant, Place, Records, Time
from llmx.text.span import Span

_EVERYTHING = frozenset({"*"})
_EDTF_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

Fields = Mapping[str, Any]


class Builder:
    """Builds the records of one article.

    Args:
        text: The article's text.
        gold: Whether the lists are gold: then a field counts as given only where its key is there.
    """

    def __init__(self, text: str, *, gold: bool) -> None:
        self._text = text
        self._gold = gold
        self._entities: dict[str, Entity] = {}

    def build(self, lists: Fields) -> Records:
        """The records of the published `lists`."""
        entities = self._list(lists, "entities", self._entity)
        self._entities = {entity.id: entity for entity in entities or ()}
        return Records(
            entities=entities,
            events=self._list(lists, "events", self._event),
            attributions=self._list(lists, "attributions", self._attribution),
            claims=self._list(lists, "claims", self._claim),
            raw=lists,
        )

    def _list(self, lists: Fields, name: str, make: Any) -> Any:
        rows = cast("Sequence[Fields] | None", lists.get(name))
        if rows is None:
            return None
        return _sorted([make(row, at) for at, row in enumerate(rows)], _place_of, _order)

    def _given(self, row: Fields) -> frozenset[str]:
        return frozenset(row) if self._gold else _EVERYTHING

    def region(self, cites: Any) -> Region:
        """The region of a citation, of a list of them, or of `None`."""
        if not cites:
            return NOWHERE
        one = cast("Fields", cites)
        if isinstance(cites, dict) and not one.get("parts"):
            start, end = one.get("start"), one.get("end")
            if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(self._text):
                return region_at(start, end, self._text)
            return NOWHERE
        many = cast("list[Fields]", cites if isinstance(cites, list | tuple) else [cites])
        return region_of((span for cite in many for span in _spans(cite, self._text)), self._text)

    def _stands(self, cite: Fields | None) -> bool:
        return cite is None or (
            bool(cite.get("quote")) and self._text[cite.get("start", 0) : cite.get("end", 0)] == cite["quote"]
        )

    def _words(self, cite: Fields | None) -> str:
        return norm(str(cite["quote"])) if cite and cite.get("quote") else ""

    def _entity(self, row: Fields, at: int) -> Entity:
        mentions = [self.region(cite) for cite in row.get("mentions") or ()]
        for alias in self._aliases(row):
            mentions.extend(self._places_of(alias))
        named = [row.get("name"), *(row.get("aliases") or ()), *(cite["quote"] for cite in row.get("mentions") or ())]
        return Entity(
            id=str(row.get("id") or f"#{at}"),
            at=at,
            name=norm(row.get("name") or ""),
            mentions=_unique(mentions),
            names=frozenset(norm(name) for name in named if name),
        )

    def _aliases(self, row: Fields) -> Sequence[str]:
        return [alias for alias in row.get("aliases") or () if alias] if self._gold else ()

    def _places_of(self, alias: str) -> list[Region]:
        found: list[Region] = []
        at = self._text.find(alias)
        while at >= 0:
            found.append(region_of([Span(at, at + len(alias))], self._text))
            at = self._text.find(alias, at + len(alias))
        return found

    def _participant(self, row: Fields) -> Participant:
        cite = row.get("cite")
        region, words = self.region(cite), self._words(cite)
        entity = self._entities.get(row.get("entity") or "") if self._gold else None
        aliases = self._aliases(row)
        mentions = [region, *(place for alias in aliases for place in self._places_of(alias))] if aliases else [region]
        names = {words, *map(norm, aliases)} if aliases else {words}
        if entity is not None:
            mentions.extend(entity.mentions)
            names |= entity.names
        return Participant(
            role=str(row.get("role") or ""),
            region=region,
            words=words,
            mentions=_unique(mentions) if len(mentions) > 1 else (region,),
            names=frozenset(names - {""}),
            optional=bool(row.get("optional")),
            grounded=self._stands(cite),
        )

    def time(self, row: Fields | None) -> Time | None:
        """The time of a published `When`, or `None`."""
        if row is None:
            return None
        cite, value = row.get("cite"), row.get("value")
        first, last = as_day(row.get("start")), as_day(row.get("end"))
        if first is None and last is None:
            first, last = edtf_interval(value)
        return Time(
            region=self.region(cite),
            words=self._words(cite),
            first=first if first is not None else last,
            last=last if last is not None else first,
            edtf=value,
            grounded=self._stands(cite),
        )

    def _place(self, row: Fields) -> Place:
        cite = row.get("cite")
        words = self._words(cite)
        names = {words, norm(row.get("name") or ""), *map(norm, self._aliases(row))} - {""}
        return Place(
            region=self.region(cite),
            words=words,
            names=frozenset(names),
            country=row.get("country"),
            precision=row.get("precision"),
            optional=bool(row.get("optional")),
            grounded=self._stands(cite),
        )

    def _count(self, row: Fields) -> Count:
        low, best, high = row.get("low"), row.get("best"), row.get("high")
        if best is not None and low is None and high is None:
            low = high = best
        return Count(
            of=str(row.get("of") or ""),
            region=self.region(row.get("cite")),
            low=low,
            high=high,
            best=best,
            group=row.get("group"),
            qualifier=row.get("qualifier"),
            said_by=row.get("said_by"),
            optional=bool(row.get("optional")),
            grounded=self._stands(row.get("cite")),
        )

    def _event(self, row: Fields, at: int) -> Event:
        return Event(
            id=str(row.get("id") or f"#{at}"),
            at=at,
            type=str(row.get("type") or ""),
            trigger=self.region(row.get("trigger")),
            evidence=self.region(row.get("evidence")),
            participants=_sorted(
                [self._participant(item) for item in row.get("participants") or ()], _part_of, _order_part
            ),
            time=self.time(row.get("time")),
            places=_sorted([self._place(item) for item in row.get("places") or ()], _place_of_filler, _order_place),
            counts=_sorted([self._count(item) for item in row.get("counts") or ()], _place_of_filler, _order_count),
            modality=row.get("modality"),
            polarity=row.get("polarity"),
            aggregate=row.get("aggregate"),
            hedges=self.region(row.get("hedges")),
            asserted_by=tuple(row.get("asserted_by") or ()),
            given=self._given(row),
            optional=bool(row.get("optional")),
            grounded=self._stands(row.get("trigger")),
        )

    def _attribution(self, row: Fields, at: int) -> Attribution:
        source = row.get("source")
        entity = self._entities.get(row.get("source_entity") or "")
        words = self._words(source)
        content = row.get("content") or ()
        parts = cast("Sequence[Fields]", content if isinstance(content, list | tuple) else [content])
        return Attribution(
            id=str(row.get("id") or f"#{at}"),
            at=at,
            content=self.region(parts),
            content_parts=_unique([self.region(part) for part in parts]),
            source=self.region(source),
            cue=self.region(row.get("cue")),
            source_words=words,
            source_names=frozenset([*([words] if words else []), *(entity.names if entity else [])]),
            source_entity=row.get("source_entity"),
            source_kind=row.get("source_kind"),
            mode=row.get("mode"),
            stance=row.get("stance"),
            parent=row.get("parent"),
            given=self._given(row),
            optional=bool(row.get("optional")),
            grounded=all(self._stands(part) for part in parts),
        )

    def _claim(self, row: Fields, at: int) -> Claim:
        evidence = row.get("evidence") or ()
        parts = cast("Sequence[Fields]", evidence if isinstance(evidence, list | tuple) else [evidence])
        links = sorted((str(link["relation"]), str(link["claim"])) for link in row.get("links") or ())
        return Claim(
            id=str(row.get("id") or f"#{at}"),
            at=at,
            evidence=self.region(parts),
            text=str(row.get("text") or ""),
            kind=row.get("kind"),
            epistemic=row.get("epistemic"),
            polarity=row.get("polarity"),
            check_worthy=row.get("check_worthy"),
            claimer=tuple(row.get("claimer") or ()),
            links=tuple(links),
            given=self._given(row),
            optional=bool(row.get("optional")),
            grounded=all(self._stands(part) for part in parts),
        )


def as_day(value: Any) -> date | None:
    """A day from a date or an ISO string; `None` from anything else."""
    if isinstance(value, date) or value is None:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def edtf_interval(value: Any) -> tuple[date | None, date | None]:
    """First and last day of a complete EDTF date (year, month or day); two `None` for all else."""
    found = _EDTF_DATE.fullmatch(str(value or ""))
    if found is None:
        return None, None
    year, month, day = int(found[1]), found[2], found[3]
    try:
        if day:
            return date(year, int(month), int(day)), date(year, int(month), int(day))
        if month:
            last = calendar.monthrange(year, int(month))[1]
            return date(year, int(month), 1), date(year, int(month), last)
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None, None


def _spans(cite: Fields, text: str) -> Sequence[Span]:
    parts = cast("Sequence[Fields]", cite.get("parts") or (cite,))
    limit = len(text)
    found: list[Span] = []
    for part in parts:
        start, end = part.get("start"), part.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= limit:
            found.append(Span(start, end))
    return found


def _unique(regions: Sequence[Region]) -> tuple[Region, ...]:
    return tuple(sorted({region for region in regions if region}, key=lambda region: region.spans))


def _sorted(items: list[Any], quick: Callable[[Any], Any], whole: Callable[[Any], Any]) -> tuple[Any, ...]:
    """`items` in an order that depends on what they say alone: by `quick`, and by `whole` where that leaves ties."""
    if len(items) < 2:  # noqa: PLR2004 - nothing to sort
        return tuple(items)
    keys = [quick(item) for item in items]
    if len(set(keys)) < len(keys):
        return tuple(sorted(items, key=lambda item: (quick(item), whole(item))))
    order = sorted(range(len(items)), key=keys.__getitem__)
    return tuple(items[n] for n in order)


def _place_of(item: Any) -> tuple[int, int]:
    if isinstance(item, Entity):
        region = item.mentions[0] if item.mentions else NOWHERE
    else:
        region = cast("Region", item.anchor)
    return region.start, region.size


def _part_of(item: Participant) -> tuple[str, int, int]:
    return item.role, item.region.start, item.region.size


def _place_of_filler(item: Any) -> tuple[int, int]:
    return item.region.start, item.region.size


def _order(item: Any) -> Any:
    """A sort key that says all an item says, but for its id and place."""
    if isinstance(item, Event):
        rest = (item.type, str(item.modality), str(item.polarity), str(item.aggregate), item.optional)
        parts = tuple(_order_part(part) for part in item.participants)
        more = (repr(item.time), tuple(map(_order_place, item.places)), tuple(map(_order_count, item.counts)))
        return (item.anchor.spans, rest, item.evidence.spans, parts, more)
    if isinstance(item, Attribution):
        rest = (str(item.mode), str(item.stance), str(item.source_kind), item.source_words, item.optional)
        return (item.content.spans, item.source.spans, item.cue.spans, rest, tuple(sorted(item.source_names)))
    if isinstance(item, Claim):
        rest = (item.text, str(item.kind), str(item.epistemic), str(item.check_worthy), str(item.polarity))
        return (item.evidence.spans, rest, len(item.claimer), item.optional)
    entity = cast("Entity", item)
    return (tuple(region.spans for region in entity.mentions), entity.name, tuple(sorted(entity.names)))


def _order_part(item: Participant) -> Any:
    return (item.role, item.region.spans, item.words, item.optional, len(item.names))


def _order_place(item: Place) -> Any:
    return (item.region.spans, tuple(sorted(item.names)), str(item.country), str(item.precision), item.optional)


def _order_count(item: Count) -> Any:
    return (item.of, item.region.spans, str(item.low), str(item.high), str(item.best), str(item.group), item.optional)
