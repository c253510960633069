"""The news report: entities, events, attributions, claims and the relations between events.

The descriptions are read by language models and by people; they hold the definitions that decide doubtful cases.
Every field that states something about the world carries a citation, or stands in a record that does.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from llmx.schema.citation import Citation, Record
from llmx.schema.marks import Filled, Ref
from llmx.schema.terms import (
    AttributionMode,
    ClaimKind,
    CountGroup,
    CountOf,
    EntityKind,
    Epistemic,
    EventRelation,
    EventType,
    LinkRelation,
    Modality,
    ParticipantRole,
    PlacePrecision,
    Polarity,
    Qualifier,
    SourceKind,
    Stance,
    TimeKind,
    TimePrecision,
)

EntityRef = Annotated[str | None, Ref(("entities",))]
OtherEventType = Annotated[str, Field(pattern=r"^other:\S.{0,60}$")]


class Entity(Record):
    """Someone or something that acts, is acted on, or speaks: a person, a force, a government, an outlet."""

    id: str = Field(min_length=1, description="Short and unique in the report, for example n1.")
    name: str | None = Field(default=None, description="The fullest name the article gives; null if it has none.")
    aliases: tuple[str, ...] = Field(default=(), description="Other names the article uses for it, as written.")
    kind: EntityKind = Field(default="unknown", description="What it is; unknown when the article does not tell.")
    role_title: str | None = Field(default=None, description="Office or profession, as written: president, analyst.")
    affiliation: Annotated[str | None, Ref(("entities",), or_text=True)] = Field(
        default=None, description="Whom it belongs to or is backed by: an entity id, or a name the article gives."
    )
    mentions: tuple[Citation, ...] = Field(
        min_length=1, description="Where the article names it, whole noun phrases; the clearest one or two suffice."
    )
    support: Annotated[int | None, Filled()] = Field(default=None, description="Passes that found it, of several.")


class When(Record):
    """When something happened, in the article's words, resolved only as far as they and the anchor allow."""

    kind: TimeKind = Field(
        description="absolute: a calendar date, with or without its year; weekday: on Monday; month_name: in March; "
        "relative: yesterday; relative_range: in the past week; event_relative: after the raid; vague: recently."
    )
    value: str | None = Field(
        default=None,
        description="EDTF (ISO 8601-2) of what the words themselves say: 2015-11-25, 2017-05, XXXX-09-28, 199X. "
        "Null when they need an anchor.",
    )
    start: Annotated[date | None, Filled()] = Field(default=None, description="First day, when it can be resolved.")
    end: Annotated[date | None, Filled()] = Field(default=None, description="Last day, inclusive.")
    precision: TimePrecision = Field(default="unknown", description="The finest unit the words fix.")
    anchor: Annotated[str, Ref(("events",), words=("publication",))] = Field(
        default="publication", description="What a relative time counts from: publication, or an event id."
    )
    cite: Citation = Field(description="The words that tell the time, with their preposition: on Monday.")


class Place(Record):
    """Where something happened. No coordinates: a model does not know them."""

    name: str = Field(min_length=1, description="The name as the article writes it.")
    country: str | None = Field(
        default=None, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2 code of the country it lies in."
    )
    admin1: str | None = Field(default=None, description="Province or governorate, if the article names it.")
    precision: PlacePrecision = Field(
        default="area", description="site: a building; linear: a border, a road; region: part of a country or more."
    )
    cite: Citation = Field(description="The words that name the place.")


class Count(Record):
    """A number of people or things, as one source gives it. Different sources' numbers are different counts."""

    of: CountOf = Field(description="What is counted.")
    group: CountGroup | None = Field(default=None, description="Whom: civilian, combatant, mixed, unknown.")
    low: int | None = Field(default=None, ge=0, description="Lower bound: at least 50 -> 50; over 30 -> 31.")
    best: int | None = Field(default=None, ge=0, description="The number itself where the words give one.")
    high: int | None = Field(default=None, ge=0, description="Upper bound: up to 40 -> 40; fewer than 40 -> 39.")
    qualifier: Qualifier = Field(
        description="exact: 30 (low = best = high); at_least; more_than; at_most; fewer_than; about (best only); "
        "range: 6 to 8; vague: dozens (low 24), scores (40), hundreds (200), thousands (2000), several (3), best null."
    )
    said_by: Annotated[str, Ref(("attributions",), words=("document",))] = Field(
        default="document", description="The attribution that gives this number, or document."
    )
    cite: Citation = Field(description="The number with its qualifier and what it counts: at least 50 members.")

    @model_validator(mode="after")
    def _ordered(self) -> Count:
        bounds = [bound for bound in (self.low, self.best, self.high) if bound is not None]
        if not bounds:
            raise ValueError("a count needs a number")
        if bounds != sorted(bounds):
            raise ValueError("a count needs low <= best <= high")
        return self


class Participant(Record):
    """Who or what takes part in an event, in which role."""

    role: ParticipantRole = Field(
        description="Violence: attacker, target (what was aimed at), victim (who was hurt or threatened), instrument "
        "(weapon). Other acts: actor, recipient (whom or what it is done to: the arrested), party (a side of a deal, "
        "a meeting, a clash that nobody is said to have begun), giver, supporter, mediator, affected (by a disaster)."
    )
    entity: EntityRef = Field(default=None, description="The entity it is, if it is listed.")
    cite: Citation = Field(description="The noun phrase; one item each, without a leading number.")


class Event(Record):
    """One thing that happened, was tried, planned, threatened or denied. Attempts and plans are told by modality."""

    id: str = Field(min_length=1, description="Short and unique in the report, for example e1.")
    type: EventType | OtherEventType = Field(description="The most specific type that fits; other:label if none does.")
    trigger: Citation = Field(description="The word or words that name the event: bombing raids, shot down.")
    evidence: tuple[Citation, ...] = Field(min_length=1, description="The sentence or clause that tells it.")
    participants: tuple[Participant, ...] = Field(default=(), description="Who and what takes part.")
    time: When | None = Field(default=None, description="When it happened.")
    places: tuple[Place, ...] = Field(default=(), description="Where it happened.")
    counts: tuple[Count, ...] = Field(default=(), description="How many; one count for each source's number.")
    modality: Modality = Field(
        description="asserted: told as fact; reported: fact by hearsay (reportedly) or in another's mouth only; "
        "attempted; planned; predicted; conditional (if); threatened; denied; generic (habit, no incident); questioned."
    )
    polarity: Polarity = Field(default="positive", description="negative when the text says it did not happen.")
    hedges: tuple[Citation, ...] = Field(default=(), description="Words that lower commitment: reportedly, probable.")
    aggregate: bool = Field(default=False, description="True when several incidents are summed up in one.")
    asserted_by: tuple[Annotated[str, Ref(("attributions",), words=("document",))], ...] = Field(
        default=("document",), description="document, or attribution ids, outermost first."
    )
    support: Annotated[int | None, Filled()] = Field(default=None, description="Passes that found it, of several.")


class Attribution(Record):
    """Someone says, thinks, wants or denies something: a source, a cue and a content."""

    id: str = Field(min_length=1, description="Short and unique in the report, for example a1.")
    source: Citation | None = Field(
        default=None, description="Who speaks: the whole noun phrase at this place, pronouns too; null if none."
    )
    source_entity: EntityRef = Field(default=None, description="The entity the source is, if it is listed.")
    source_kind: SourceKind = Field(default="unattributed", description="What kind of source it is.")
    via: Annotated[str | None, Ref(("entities",), or_text=True)] = Field(
        default=None, description="Through whom the source speaks: TRT's sources say -> TRT."
    )
    cue: Citation | None = Field(default=None, description="The words that attribute: said, according to, reportedly.")
    content: tuple[Citation, ...] = Field(
        min_length=1, description="What is attributed, to its end; one item for each separate part."
    )
    mode: AttributionMode = Field(
        default="indirect",
        description="direct: all of the content stands in quotation marks; mixed: part of it; indirect; "
        "according_to; evidential_adverb: reportedly, without a source; headline.",
    )
    stance: Stance = Field(
        default="reports", description="By the cue: say -> asserts, deny -> denies, want -> intends."
    )
    hedges: tuple[Citation, ...] = Field(default=(), description="Words in cue or content that lower commitment.")
    time: When | None = Field(default=None, description="When it was said.")
    addressee: Citation | None = Field(default=None, description="To whom: told reporters.")
    medium: Citation | None = Field(default=None, description="Where it was said: in an interview, on Twitter.")
    parent: Annotated[str | None, Ref(("attributions",))] = Field(
        default=None, description="The attribution in whose content this one stands."
    )
    support: Annotated[int | None, Filled()] = Field(default=None, description="Passes that found it, of several.")


class ClaimLink(Record):
    """How one claim stands to another."""

    relation: LinkRelation = Field(description="This claim contradicts, supports, repeats … the other.")
    claim: Annotated[str, Ref(("claims",))] = Field(description="The other claim's id.")


class Claim(Record):
    """One assertion that could be checked, as a sentence that stands alone."""

    id: str = Field(min_length=1, description="Short and unique in the report, for example c1.")
    text: str = Field(
        min_length=8,
        max_length=400,
        description="One self-contained sentence, pronouns resolved; no number, name or certainty the article lacks.",
    )
    evidence: tuple[Citation, ...] = Field(min_length=1, description="The words that assert it.")
    kind: ClaimKind = Field(default="state", description="What sort of thing is asserted.")
    claimer: tuple[Annotated[str, Ref(("attributions",), words=("document",))], ...] = Field(
        default=("document",), description="document, or attribution ids, outermost first."
    )
    epistemic: Epistemic = Field(
        default="unknown", description="How far the claimer stands by it; a hedge makes it true_uncertain at most."
    )
    check_worthy: bool = Field(default=False, description="Whether a fact-checker could and would check it.")
    events: tuple[Annotated[str, Ref(("events",))], ...] = Field(
        default=(), description="Ids of the events it is about."
    )
    links: tuple[ClaimLink, ...] = Field(default=(), description="How it stands to other claims.")
    loaded_terms: tuple[Citation, ...] = Field(
        default=(), description="Words in the evidence that judge: regime, terrorists, brutal."
    )
    support: Annotated[int | None, Filled()] = Field(default=None, description="Passes that found it, of several.")


class Relation(Record):
    """How two events stand to each other."""

    head: Annotated[str, Ref(("events",))] = Field(description="The event that stands so to the other.")
    relation: EventRelation = Field(description="head is before, causes, is part of … tail.")
    tail: Annotated[str, Ref(("events",))] = Field(description="The other event.")
    cite: Citation | None = Field(default=None, description="The words that tell the relation.")


class NewsReport(Record):
    """All records of one article."""

    entities: tuple[Entity, ...] = Field(default=(), description="Who acts, is acted on, or speaks.")
    events: tuple[Event, ...] = Field(default=(), description="What happened, was tried, planned or denied.")
    attributions: tuple[Attribution, ...] = Field(default=(), description="Who says, thinks, wants or denies what.")
    claims: tuple[Claim, ...] = Field(default=(), description="What is asserted and could be checked.")
    relations: tuple[Relation, ...] = Field(default=(), description="How events stand to each other.")
