"""Results: what came out of one article, what did not and why, and what it took.

An *extraction* is the result: the document, the report, the rejections, usage and provenance. A *verdict* says whether
a value follows from its citation, and which rule decided. A *rejection* is a part of the draft that did not come out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, Literal, NamedTuple, TypeVar, cast, overload

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, SerializeAsAny, ValidationError

from llmx.document import Document
from llmx.errors import SchemaError
from llmx.schema.citation import Record
from llmx.schema.contracts import schema_name
from llmx.schema.news import NewsReport
from llmx.text.span import Span

ReportT = TypeVar("ReportT", bound=BaseModel)
ReadT = TypeVar("ReadT", bound=BaseModel)

EXTRACTION_SCHEMA = "extraction/v1"

Path = tuple[str | int, ...]
"""Where a value stands in a report or a draft: field names and list indices."""


def show_path(path: Path) -> str:
    """The path as people write it.

    Example:
        >>> show_path(("events", 1, "counts", 0, "low"))
        'events[1].counts[0].low'
    """
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(steps).lstrip(".")


class Outcome(StrEnum):
    """What a check found."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNDECIDED = "undecided"


class Reason(StrEnum):
    """Why a part of the draft did not come out. The values are published; a new one may be added."""

    MISSING_QUOTE = "missing-quote"
    """The words do not stand in the article."""
    AMBIGUOUS_QUOTE = "ambiguous-quote"
    """The words stand in several places and nothing tells which."""
    BOILERPLATE = "boilerplate"
    """The words stand in a part that is not the article."""
    NUMBER_MISMATCH = "number-mismatch"
    DATE_MISMATCH = "date-mismatch"
    NAME_MISMATCH = "name-mismatch"
    NEGATION_MISMATCH = "negation-mismatch"
    HEDGE_MISMATCH = "hedge-mismatch"
    UNIT_MISMATCH = "unit-mismatch"
    COUNTRY_MISMATCH = "country-mismatch"
    POLARITY_MISMATCH = "polarity-mismatch"
    MODALITY_MISMATCH = "modality-mismatch"
    STANCE_MISMATCH = "stance-mismatch"
    MODE_MISMATCH = "mode-mismatch"
    SPEAKER_MISMATCH = "speaker-mismatch"
    VALUE_MISMATCH = "value-mismatch"
    """The value of a user's own field does not follow from its quote."""
    UNANCHORED_DATE = "unanchored-date"
    """A date that needs a publication date or an event, and neither is known."""
    ADDED_INFORMATION = "added-information"
    """A claim's text says more than its evidence."""
    SOURCE_IN_CONTENT = "source-in-content"
    CUE_IN_CONTENT = "cue-in-content"
    OUTSIDE_EVIDENCE = "outside-evidence"
    NESTING_MISMATCH = "nesting-mismatch"
    LINK_MISMATCH = "link-mismatch"
    INVALID_VALUE = "invalid-value"
    """The value is not of the field's type, or not one of its words."""
    MISSING_FIELD = "missing-field"
    """A required field is absent or empty."""
    UNKNOWN_FIELD = "unknown-field"
    DUPLICATE_ID = "duplicate-id"
    DANGLING_REFERENCE = "dangling-reference"
    """It names a record that is not there, or no longer."""
    CYCLE = "cycle"
    LOST_PART = "lost-part"
    """A required part of it was rejected; that part has its own rejection."""
    EXAMPLE_LEAK = "example-leak"
    """The words stand in the prompt's worked example and not in the article."""
    CUSTOM = "custom"
    """A check of the user's own said no."""


class Verdict(NamedTuple):
    """What one rule says of one value.

    A named tuple, since hundreds are made for each article.

    Attributes:
        path: The value's path, from the record that was checked.
        outcome: Supported, contradicted or undecided.
        rule: The rule's name, such as `count.bounds`.
        reason: Why it is contradicted; `None` otherwise.
        detail: Both sides in words, such as `quote says 30, value says 50`.
    """

    path: Path
    outcome: Outcome
    rule: str
    reason: Reason | None = None
    detail: str = ""


class Rejection(Record):
    """A part of the draft that did not come out, or came out flagged.

    Paths count in the draft, as the model wrote it, so that a list item keeps its number when one before it goes.
    """

    path: str = Field(description="Where it stood in the draft: events[1].counts[0].low.")
    reason: Reason = Field(description="The reason's code.")
    value: Any = Field(default=None, description="The value that was offered.")
    quote: InstanceOf[str] | None = Field(default=None, description="The words that were offered as evidence.")
    nearest: Span | None = Field(default=None, description="The article's words that come nearest to the quote.")
    detail: str = Field(default="", description="Both sides in words.")
    rule: str = Field(default="", description="The rule that decided.")
    action: Literal["dropped", "flagged"] = Field(
        default="dropped", description="flagged: the value stayed in the report all the same."
    )
    path_published: str | None = Field(default=None, description="Where a flagged value stands in the report.")


def _is_none_of_them(count: int) -> bool:
    return count == 0


class Usage(Record):
    """Requests, tokens and cost, failed attempts included."""

    calls: int = Field(default=0, ge=0, description="Requests that were sent.")
    input_tokens: int = Field(default=0, ge=0, description="Tokens sent.")
    output_tokens: int = Field(default=0, ge=0, description="Tokens received, hidden reasoning included.")
    cost_usd: float | None = Field(default=None, description="US dollars; null when the model's price is unknown.")
    reasks: int = Field(
        default=0,
        ge=0,
        exclude_if=_is_none_of_them,
        description="How often failed fields were asked for again; absent: never.",
    )

    def __add__(self, other: Usage) -> Usage:
        """The sum; its cost is known only where both costs are, or one side sent nothing."""
        known = [part.cost_usd for part in (self, other) if part.calls or part.cost_usd is not None]
        cost = None if not known or None in known else sum(cast("list[float]", known))
        return Usage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost_usd=cost,
            reasks=self.reasks + other.reasks,
        )


class Digest(Record):
    """A name and the SHA-256 of what it named at the time."""

    id: str
    sha256: str


class Provenance(Record):
    """All that changed the answer: the same again gives the same."""

    model: str
    prompt: Digest
    schema_: Digest = Field(alias="schema")
    llmx: str
    settings: dict[str, Any] = Field(default_factory=dict)
    rules: dict[str, str] = Field(
        default_factory=dict,
        description="For the embedded engine: published path of a record -> the rule that made it.",
    )

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class VerdictCounts(Record):
    """How many values were checked, and what was found."""

    supported: int = 0
    contradicted: int = 0
    undecided: int = 0
    by_rule: dict[str, dict[Outcome, int]] = Field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Extraction(Generic[ReportT]):
    """The result for one article.

    Attributes:
        document: The text that every offset refers to, and what is known about it.
        report: The records; every citation in it slices to its quote.
        rejections: What did not come out, with the reason, in the order of the draft.
        usage: Requests, tokens and cost.
        provenance: All that changed the answer.
        verdicts: How many values were checked, and what was found.
        notes: One line each for what the reader should know: a window that failed, a text in another language.
        complete: False when a part of the article was not read, as when the model failed on a window.
    """

    document: Document
    report: ReportT
    provenance: Provenance
    rejections: tuple[Rejection, ...] = ()
    usage: Usage = field(default_factory=Usage)
    verdicts: VerdictCounts = field(default_factory=VerdictCounts)
    notes: tuple[str, ...] = ()
    complete: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The published shape, `extraction/v1`, as plain JSON values: what `to_json` writes, read back.

        Objects are `dict`, arrays are `list`, a day is its ISO 8601 string; `json.dumps` takes it as it is.
        """
        return json.loads(self.to_json())

    def to_json(self, *, indent: int | None = None) -> str:
        """The published shape as JSON; the same extraction gives the same bytes."""
        separators = (",", ":") if indent is None else None
        text = json.dumps(self._values(), ensure_ascii=False, indent=indent, separators=separators, default=_plain)
        return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)

    def _values(self) -> dict[str, Any]:
        return ExtractionShape(
            document=_published_document(self.document),
            report=self.report,
            rejections=self.rejections,
            usage=self.usage,
            provenance=self.provenance,
            verdicts=self.verdicts,
            notes=self.notes,
            complete=self.complete,
        ).model_dump(mode="python", by_alias=True)

    @overload
    @staticmethod
    def from_json(source: str | bytes) -> Extraction[NewsReport]: ...
    @overload
    @staticmethod
    def from_json(source: str | bytes, *, schema: type[ReadT]) -> Extraction[ReadT]: ...
    @staticmethod
    def from_json(source: str | bytes, *, schema: type[BaseModel] = NewsReport) -> Extraction[Any]:
        """Read an extraction back.

        Args:
            source: What `to_json` gave.
            schema: The report class it was made with.

        Raises:
            SchemaError: It is no extraction, of an unknown version, or of another report class.
        """
        return read_extraction(source, schema=schema)


class PublishedDocument(Record):
    """A document as it is published."""

    id: str
    text: InstanceOf[str] = Field(description="The coordinate system: every offset counts code points of this text.")
    title: InstanceOf[str] | None = None
    url: InstanceOf[str] | None = None
    outlet: InstanceOf[str] | None = None
    published: date | None = None
    boilerplate: tuple[Span, ...] = Field(default=(), description="Parts that are not the article, never evidence.")


class ExtractionShape(BaseModel):
    """The published shape of an extraction, `extraction/v1`."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    schema_: Literal["extraction/v1"] = Field(default=EXTRACTION_SCHEMA, alias="schema")
    document: PublishedDocument
    report: SerializeAsAny[BaseModel]
    rejections: tuple[Rejection, ...] = ()
    usage: Usage = Usage()
    provenance: Provenance
    verdicts: VerdictCounts = VerdictCounts()
    notes: tuple[str, ...] = ()
    complete: bool = True


def extraction_schema() -> dict[str, Any]:
    """The contract of an extraction, whatever its report class: the report itself has a contract of its own."""
    body = ExtractionShape.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": EXTRACTION_SCHEMA, **body}


_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_extraction(source: str | bytes, *, schema: type[ReportT]) -> Extraction[ReportT]:
    """Read a published extraction whose report is of class `schema`. See `Extraction.from_json`."""
    try:
        row = json.loads(source)
    except ValueError as error:
        raise SchemaError(f"not an extraction: no JSON ({error})") from error
    if not isinstance(row, dict):
        raise SchemaError("not an extraction: the JSON is not an object")
    fields = cast("dict[str, Any]", row)
    named = fields.get("schema")
    if named is None:
        raise SchemaError(f"not an extraction: it does not say that its schema is {EXTRACTION_SCHEMA}")
    if named != EXTRACTION_SCHEMA:
        raise SchemaError(f"cannot read {named!r}: this llmx reads {EXTRACTION_SCHEMA}")
    try:
        made_with = str(fields["provenance"]["schema"]["id"])
        if made_with != schema_name(schema):
            raise SchemaError(
                f"the report was made with schema {made_with!r}, not {schema_name(schema)!r}: pass schema= that class"
            )
        report = _read_report(fields["report"], schema)
        shape = ExtractionShape.model_validate({**fields, "report": report})
    except (KeyError, TypeError, ValidationError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else None
        where = f"{show_path(first['loc'])}: {first['msg']}" if first else f"missing {error}"
        raise SchemaError(f"not a readable extraction: {where}") from error
    published = shape.document
    return Extraction(
        document=Document(**{name: getattr(published, name) for name in PublishedDocument.model_fields}),
        report=report,
        rejections=shape.rejections,
        usage=shape.usage,
        provenance=shape.provenance,
        verdicts=shape.verdicts,
        notes=shape.notes,
        complete=shape.complete,
    )


def _read_report(row: object, schema: type[ReportT]) -> ReportT:
    """The report; also one with nothing in it, as is published where a required field of its class was rejected.

    Raises:
        ValidationError: It is no report of that class.
    """
    try:
        return schema.model_validate(row)
    except ValidationError:
        empty = schema.model_construct()
        published = empty.model_dump(mode="python", by_alias=True, warnings="none")
        if row == json.loads(json.dumps(published, default=_plain)):
            return empty
        raise


def _published_document(document: Document) -> PublishedDocument:
    return PublishedDocument(**{name: getattr(document, name) for name in PublishedDocument.model_fields})


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, object]", value))
    return str(value)
