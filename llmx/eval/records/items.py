"""The records that are compared: events, attributions, claims and entities, with regions in place of citations.

An item is made from a gold label or from a prediction alike. `given` names the fields that its maker filled in: for
gold those that were annotated, for a prediction all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from llmx.eval.matching.region import NOWHERE, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who takes part in an event.

    Attributes:
        role: Its role.
        region: Where it is named.
        words: The words there, normalised.
        mentions: All places that would be right, its own among them.
        names: All wordings that would be right, normalised, its own among them.
        optional: Right if predicted, no miss if not.
        grounded: Whether its quote stands at its offsets.
    """

    role: str
    region: Region
    words: str
    mentions: tuple[Region, ...]
    names: frozenset[str]
    optional: bool = False
    grounded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """When: the words, and the interval of days they name."""

    region: Region
    words: str
    first: date | None = None
    last: date | None = None
    edtf: str | None = None
    grounded: bool = True

    @property
    def resolved(self) -> bool:
        """Whether it names days, or an EDTF value."""
        return self.first is not None or self.edtf is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: the words, and the names that would be right."""

    region: Region
    words: str
    names: frozenset[str]
    country: str | None = None
    precision: str | None = None
    optional: bool = False
    grounded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of what: an interval whose open end is `None`."""

    of: str
    region: Region
    low: int | None
    high: int | None
    best: int | None
    group: str | None = None
    qualifier: str | None = None
    said_by: str | None = None
    optional: bool = False
    grounded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event."""

    id: str
    at: int
    type: str
    trigger: Region = NOWHERE
    evidence: Region = NOWHERE
    participants: tuple[Participant, ...] = ()
    time: Time | None = None
    places: tuple[Place, ...] = ()
    counts: tuple[Count, ...] = ()
    modality: str | None = None
    polarity: str | None = None
    aggregate: bool | None = None
    hedges: Region = NOWHERE
    asserted_by: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()
    optional: bool = False
    grounded: bool = True

    @property
    def anchor(self) -> Region:
        """Where it stands: its trigger, else its evidence."""
        return self.trigger or self.evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution."""

    id: str
    at: int
    content: Region
    source: Region = NOWHERE
    cue: Region = NOWHERE
    content_parts: tuple[Region, ...] = ()
    source_words: str = ""
    source_names: frozenset[str] = frozenset()
    source_entity: str | None = None
    source_kind: str | None = None
    mode: str | None = None
    stance: str | None = None
    parent: str | None = None
    given: frozenset[str] = frozenset()
    optional: bool = False
    grounded: bool = True

    @property
    def anchor(self) -> Region:
        """Where it stands: its content."""
        return self.content


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim."""

    id: str
    at: int
    evidence: Region
    text: str = ""
    kind: str | None = None
    epistemic: str | None = None
    polarity: str | None = None
    check_worthy: bool | None = None
    claimer: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    given: frozenset[str] = frozenset()
    optional: bool = False
    grounded: bool = True

    @property
    def anchor(self) -> Region:
        """Where it stands: its evidence."""
        return self.evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One entity: the places and wordings that are it."""

    id: str
    at: int
    name: str
    mentions: tuple[Region, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All records of one article; a list is `None` where it was not annotated, or not predicted at all.

    Attributes:
        raw: The lists as published, for what needs no regions.
    """

    events: tuple[Event, ...] | None = None
    attributions: tuple[Attribution, ...] | None = None
    claims: tuple[Claim, ...] | None = None
    entities: tuple[Entity, ...] | None = None
    raw: Mapping[str, Any] = field(default_factory=dict[str, Any])
