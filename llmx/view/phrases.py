"""Phrases: how the records of the news schema are told in a few words.

A *phrase* says what stands in a card's head or in a row, and which fields need no row of their own because the
phrase has said them. A report class of the user's has no phrases: all its fields get rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from llmx.schema.news import Attribution, Claim, ClaimLink, Count, Entity, Event, Participant, Place, Relation, When
from llmx.view.segments import Weight


@dataclass(frozen=True, slots=True)
class Phrase:
    """A record in a few words.

    Attributes:
        text: The words; may be empty.
        chips: Short labels behind them.
        told: Fields that the phrase has told.
        weights: How loud the citations of a field are in the text, where not as by default.
    """

    text: str = ""
    chips: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()
    weights: Mapping[str, Weight] = field(default_factory=dict[str, Weight])


LABELS: Mapping[str, str] = {
    "participants": "who",
    "time": "when",
    "places": "where",
    "counts": "how many",
    "parent": "inside",
    "cite": "",
}
"""What a field's row is called, where its name with spaces would not do."""


def label(name: str) -> str:
    """What the row of the field `name` is called."""
    return LABELS.get(name, name.replace("_", " "))


def describe(record: BaseModel) -> Phrase:
    """The phrase of a record; an empty one for a class that is not of the news schema."""
    match record:
        case Event():
            return _event(record)
        case Attribution():
            return _attribution(record)
        case Claim():
            return _claim(record)
        case Entity():
            return _entity(record)
        case Count():
            return Phrase(count_words(record), _chips(record.group), _told("of group low best high qualifier"))
        case When():
            return _when(record)
        case Place():
            where = ", ".join(part for part in (record.name, record.admin1, record.country) if part)
            return Phrase(where, _chips(record.precision), _told("name admin1 country precision"))
        case Participant():
            return Phrase("", (record.role,), _told("role"))
        case ClaimLink():
            return Phrase(_words(record.relation), (), _told("relation"))
        case Relation():
            return Phrase(_words(record.relation), (), _told("relation"))
        case _:
            return Phrase()


def count_words(count: Count) -> str:
    """A count as people say it: `at least 50 killed`."""
    low, best, high = count.low, count.best, count.high
    if low is not None and low == high:
        number = f"{low:,}"
    elif low is not None and high is not None:
        number = f"{low:,} to {high:,}"
    elif low and count.qualifier == "more_than":
        number = f"more than {low - 1:,}"
    elif high is not None and count.qualifier == "fewer_than":
        number = f"fewer than {high + 1:,}"
    elif low is not None:
        number = f"at least {low:,}"
    elif high is not None:
        number = f"up to {high:,}"
    else:
        number = f"about {best:,}"
    vague = " (vague)" if count.qualifier == "vague" else ""
    return f"{number} {_words(count.of)}{vague}"


def _event(event: Event) -> Phrase:
    chips = _chips(
        "" if event.modality == "asserted" else event.modality,
        "did not happen" if event.polarity == "negative" else "",
        "several incidents" if event.aggregate else "",
        "" if event.support is None else f"in {event.support} passes",
    )
    told = _told("id type modality polarity aggregate support")
    if event.asserted_by == ("document",):
        told |= {"asserted_by"}
    return Phrase(_words(event.type), chips, told, {"trigger": "fill", "evidence": "quiet"})


def _attribution(attribution: Attribution) -> Phrase:
    who = "no source named" if attribution.source is None else ""
    chips = _chips(
        _words(attribution.stance),
        attribution.mode,
        attribution.source_kind,
        "" if attribution.support is None else f"in {attribution.support} passes",
    )
    return Phrase(who, chips, _told("id stance mode source_kind support"), {"content": "tint"})


def _claim(claim: Claim) -> Phrase:
    chips = _chips(
        claim.kind,
        "" if claim.epistemic == "unknown" else claim.epistemic,
        "check-worthy" if claim.check_worthy else "",
        "" if claim.support is None else f"in {claim.support} passes",
    )
    told = _told("id text kind epistemic check_worthy support")
    if claim.claimer == ("document",):
        told |= {"claimer"}
    return Phrase(claim.text, chips, told)


def _entity(entity: Entity) -> Phrase:
    chips = _chips(
        "" if entity.kind == "unknown" else entity.kind,
        entity.role_title,
        "" if entity.support is None else f"in {entity.support} passes",
    )
    name = entity.name or entity.mentions[0].quote
    return Phrase(name, chips, _told("id name kind role_title support"), {"mentions": "quiet"})


def _when(when: When) -> Phrase:
    days = [day.isoformat() for day in (when.start, when.end) if day is not None]
    text = " to ".join(dict.fromkeys(days)) or when.value or "not resolved"
    told = _told("kind value start end precision")
    if when.anchor == "publication":
        told |= {"anchor"}
    return Phrase(text, _chips(when.kind, "" if when.precision == "unknown" else when.precision), told)


def _words(value: str) -> str:
    return value.removeprefix("other:").replace("_", " ").strip()


def _chips(*values: str | None) -> tuple[str, ...]:
    return tuple(_words(value) for value in values if value)


def _told(names: str) -> frozenset[str]:
    return frozenset(names.split())
