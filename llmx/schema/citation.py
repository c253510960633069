"""Citations: words of the document, with the place where they stand.

A *quote* is words offered as evidence. A *citation* is a quote that was located: `text[start:end] == quote`, always.
Only grounding makes citations; a model is never asked for offsets.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, ValidationInfo, field_validator

from llmx.text.span import Span

ValueT = TypeVar("ValueT")


class MatchKind(StrEnum):
    """How the offered quote differs from the words it was located at."""

    EXACT = "exact"
    """Not at all."""
    FOLDED = "folded"
    """In quote marks, dashes, white space, case or Unicode form alone."""
    REPAIRED = "repaired"
    """In a harmless slip: a dropped function word, one wrong letter in an ordinary word."""
    ELIDED = "elided"
    """It leaves words out, and says so: "A … B"; `parts` holds the spans of A and B."""


class Record(BaseModel):
    """What all records share: no unknown fields, and no change once built."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _is_absent(value: object) -> bool:
    return not value


class Citation(Record):
    """Words of the article that support a field, and where they stand."""

    quote: InstanceOf[str] = Field(min_length=1, description="The article's own words: text[start:end].")
    start: int = Field(ge=0, description="Offset of the first code point in the document's text.")
    end: int = Field(gt=0, description="Offset behind the last code point.")
    match: MatchKind = Field(
        default=MatchKind.EXACT, description="How the words the model offered differ from the article's."
    )
    parts: tuple[Span, ...] | None = Field(
        default=None,
        exclude_if=_is_absent,
        description="For an elided quote in one field, the spans that were offered; only they are evidence.",
    )
    ambiguous: bool = Field(
        default=False,
        exclude_if=_is_absent,
        description="True when the words stand elsewhere too and nothing told which place is meant.",
    )

    @field_validator("end")  # not of the whole model: that would run again wherever a citation is put into a record
    @classmethod
    def _length_agrees(cls, end: int, info: ValidationInfo) -> int:
        quote, start = info.data.get("quote"), info.data.get("start")
        if quote is not None and start is not None and end - start != len(quote):
            raise ValueError(f"quote has {len(quote)} code points, span [{start}, {end}) has another")
        return end

    @classmethod
    def of_span(cls, span: Span, text: str, *, match: MatchKind = MatchKind.EXACT, ambiguous: bool = False) -> Citation:
        """The citation of `span` of `text`, which is not empty.

        It is built without validation, in the way of Pydantic's own `model_construct`: what is sliced agrees with its
        offsets, and dozens are built for each article.
        """
        made = cls.__new__(cls)
        fields = {
            "quote": text[span.start : span.end],
            "start": span.start,
            "end": span.end,
            "match": match,
            "parts": None,
            "ambiguous": ambiguous,
            "span": span,  # what the property would keep here when it is first asked
        }
        object.__setattr__(made, "__dict__", fields)
        object.__setattr__(made, "__pydantic_fields_set__", {"quote", "start", "end", "match", "ambiguous"})
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made

    @cached_property
    def span(self) -> Span:
        """The span from the first word to the last."""
        return Span(self.start, self.end)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The spans that are evidence: the parts of an elided quote, else the one span."""
        return self.parts or (self.span,)


class Cited(Record, Generic[ValueT]):
    """A value and the words that support it. Use it for the leaves of your own report class.

    Example:
        >>> from pydantic import BaseModel
        >>> class Recall(BaseModel):
        ...     product: Cited[str]
        ...     units: Cited[int] | None = None
    """

    value: ValueT
    cite: Citation
