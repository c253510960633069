"""The gold format, `gold/v1`: one article a line, its labels written as quotes instead of offsets.

A *citation* in gold is the article's own words: a string that stands once in the text; `{"q", "n"}` for the n-th
occurrence; `{"q", "in"}` for the one inside a longer quote; `{"start", "end", "q"}` once frozen; or a list of these for
words that do not stand together. An empty list says "annotated, there is none"; a missing key says "not annotated",
and what is not annotated is not scored. Keys that begin with `_` are comments.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

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

GOLD_SCHEMA = "gold/v1"


_LISTS = (
    *("entities", "events", "attributions", "claims", "relations"),
    *("participants", "places", "counts", "hedges", "evidence", "content", "mentions"),
    *("asserted_by", "claimer", "links", "loaded_terms", "aliases", "spans", "types"),
)


class GoldRecord(BaseModel):
    """What all gold records share: comments allowed, unknown keys not."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, json_schema_extra={"patternProperties": {"^_": {}}}
    )

    @model_validator(mode="before")
    @classmethod
    def _drop_comments(cls, value: Any) -> object:
        if not isinstance(value, dict):
            return cast("object", value)
        fields = cast("dict[str, Any]", value)
        null = [key for key in _LISTS if key in fields and fields[key] is None]
        if null:
            raise ValueError(f"{null[0]!r} is null: [] says that there is none, no key that it was not annotated")
        return {key: item for key, item in fields.items() if not key.startswith("_")}

    def annotates(self, field: str) -> bool:
        """Whether the annotator wrote the key `field`, if only to say that there is none."""
        return field in self.model_fields_set


class Quoted(GoldRecord):
    """Words of the article that stand more than once: the n-th, or the one inside a longer quote."""

    q: str = Field(min_length=1, description="The article's own words, copied exactly.")
    n: int | None = Field(default=None, ge=1, description="Which occurrence, from 1; occurrences do not overlap.")
    within: str | Quoted | None = Field(
        default=None, alias="in", description="A longer quote that stands once and holds the words; n counts in it."
    )


class Placed(GoldRecord):
    """Words with their offsets, as `freeze` writes them: `text[start:end]` must be `q`."""

    start: int = Field(ge=0, description="Offset of the first code point in the article's text.")
    end: int = Field(gt=0, description="Offset behind the last code point.")
    q: str = Field(min_length=1, description="The words that stand there.")


OneCite = str | Placed | Quoted
"""Words that stand together: a string, offsets with their words, or a quote with its occurrence."""

Cite = OneCite | list[OneCite]
"""A citation: words that stand together, or a list of them where they stand apart."""

Cites = list[Cite]
"""Several citations, each one its own."""


class GoldEntity(GoldRecord):
    """Someone or something that acts or speaks, with all its mentions that matter."""

    id: str = Field(min_length=1)
    name: str | None = None
    aliases: list[str] = Field(default=[], description="Other names; every occurrence in the text is a mention.")
    kind: EntityKind | str | None = None
    mentions: Cites = Field(default=[], description="Where the article names it, pronouns too.")


class GoldParticipant(GoldRecord):
    """Who or what takes part in an event, in which role."""

    role: ParticipantRole | str
    cite: Cite
    entity: str | None = Field(default=None, description="Id of the entity it is; its mentions then count as right.")
    aliases: list[str] = Field(default=[], description="Other words that would be as right.")
    optional: bool = Field(default=False, description="Right if predicted, no miss if not.")


class GoldTime(GoldRecord):
    """When it happened: the words, and what they say."""

    cite: Cite
    kind: TimeKind | None = None
    value: str | None = Field(default=None, description="EDTF of what the words say: 2015-11-25, XXXX-09-28, 199X.")
    start: date | None = Field(default=None, description="First day, where the words or the dateline tell.")
    end: date | None = Field(default=None, description="Last day, inclusive.")
    precision: TimePrecision | None = None
    anchor: str | None = Field(default=None, description="publication, or an event's id.")


class GoldPlace(GoldRecord):
    """Where it happened."""

    cite: Cite
    name: str | None = None
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2.")
    admin1: str | None = None
    precision: PlacePrecision | None = None
    aliases: list[str] = Field(default=[], description="Other words that would be as right.")
    optional: bool = False


class GoldCount(GoldRecord):
    """A number of people or things, as one source gives it."""

    of: CountOf | str
    cite: Cite
    group: CountGroup | None = None
    low: int | None = Field(default=None, ge=0)
    best: int | None = Field(default=None, ge=0)
    high: int | None = Field(default=None, ge=0)
    qualifier: Qualifier | None = None
    said_by: str | None = Field(default=None, description="document, or an attribution's id.")
    optional: bool = False


class GoldEvent(GoldRecord):
    """One thing that happened, was tried, planned, threatened or denied."""

    id: str | None = Field(default=None, description="Needed only where another record names it.")
    type: EventType | str
    trigger: Cite | None = Field(default=None, description="The words that name the event.")
    evidence: Cites | None = Field(default=None, description="The sentences that tell it.")
    participants: list[GoldParticipant] | None = None
    time: GoldTime | None = Field(default=None, description="null: the article does not tell. No key: not annotated.")
    places: list[GoldPlace] | None = None
    counts: list[GoldCount] | None = None
    modality: Modality | None = None
    polarity: Polarity | None = None
    hedges: Cites | None = None
    aggregate: bool | None = None
    asserted_by: list[str] | None = None
    optional: bool = Field(default=False, description="Right if predicted, no miss if not.")


class GoldAttribution(GoldRecord):
    """Someone says, thinks, wants or denies something."""

    id: str | None = Field(default=None, description="Needed only where another record names it.")
    content: Cite | Cites = Field(description="What is attributed; a list where it stands in several parts.")
    source: Cite | None = Field(default=None, description="Who speaks; null: nobody is named. No key: not annotated.")
    cue: Cite | None = Field(default=None, description="The words that attribute; null: none. No key: not annotated.")
    source_entity: str | None = None
    source_kind: SourceKind | None = None
    via: str | None = None
    mode: AttributionMode | None = None
    stance: Stance | None = None
    hedges: Cites | None = None
    time: GoldTime | None = None
    addressee: Cite | None = None
    medium: Cite | None = None
    parent: str | None = Field(default=None, description="Id of the attribution in whose content this one stands.")
    optional: bool = Field(default=False, description="Right if predicted, no miss if not.")


class GoldLink(GoldRecord):
    """How one claim stands to another."""

    relation: LinkRelation
    claim: str


class GoldClaim(GoldRecord):
    """One assertion that could be checked."""

    id: str | None = Field(default=None, description="Needed only where another record names it.")
    text: str | None = Field(default=None, description="The claim as a sentence that stands alone.")
    evidence: Cite | Cites = Field(description="The words that assert it.")
    kind: ClaimKind | None = None
    claimer: list[str] | None = Field(default=None, description="document, or attribution ids, outermost first.")
    epistemic: Epistemic | None = None
    polarity: Polarity | None = None
    check_worthy: bool | None = None
    events: list[str] | None = None
    links: list[GoldLink] | None = None
    loaded_terms: Cites | None = None
    optional: bool = Field(default=False, description="Right if predicted, no miss if not.")


class GoldRelation(GoldRecord):
    """How two events stand to each other."""

    head: str
    relation: EventRelation
    tail: str
    cite: Cite | None = None


class Scope(GoldRecord):
    """What was annotated, where that is not the whole; predictions outside are not scored, and are counted."""

    types: list[str] | None = Field(default=None, description="Only events of these types were annotated.")
    spans: Cites | None = Field(default=None, description="Only these parts of the text were annotated.")


class GoldArticle(GoldRecord):
    """One line of a gold file: an article and its labels."""

    schema_: Literal["gold/v1"] = Field(default=GOLD_SCHEMA, alias="schema")
    id: str = Field(min_length=1, description="Unique in the file; predictions are paired by it, or by the text.")
    text: str | None = Field(default=None, description="The article; or text_file, or a folder of texts.")
    text_file: str | None = Field(default=None, description="File with the text (UTF-8), from the gold file's folder.")
    text_sha256: str | None = Field(default=None, description="Digest of the text, written by freeze.")
    text_lines: str | None = Field(default=None, description="Short digest of every line, written by freeze.")
    title: str | None = None
    outlet: str | None = None
    published: date | None = Field(default=None, description="Day of publication; relative dates count from it.")
    url: str | None = None
    meta: dict[str, Any] = Field(default={}, description="Whatever results should be sliced by: lang, split, story.")
    annotator: str | None = None
    scope: Scope | None = None
    entities: list[GoldEntity] | None = None
    events: list[GoldEvent] | None = None
    attributions: list[GoldAttribution] | None = None
    claims: list[GoldClaim] | None = None
    relations: list[GoldRelation] | None = None
    report: dict[str, Any] | None = Field(
        default=None, description='For a schema of your own: its fields, each a value or {"value": …, "cite": …}.'
    )
