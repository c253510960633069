from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from pydantic import TypeAdapter, ValidationError

from llmx.text.span import Span


@pytest.mark.parametrize(("start", "end"), [(3, 2), (-1, 4)], ids=["ends-before-it-starts", "starts-below-zero"])
def test_span_that_is_no_range_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="a span needs"):
        Span(start, end)


def test_span_that_is_no_range_is_refused_from_a_saved_record() -> None:
    with pytest.raises(ValidationError, match="a span needs"):
        TypeAdapter(Span).validate_json('{"start": 5, "end": 4}')


def test_span_comes_back_from_a_saved_record_as_it_was() -> None:
    spans = TypeAdapter(Span)

    read = spans.validate_json(spans.dump_json(Span(2, 7)))

    assert read == Span(2, 7)


def test_span_cannot_be_changed() -> None:
    span = Span(2, 7)

    with pytest.raises(FrozenInstanceError):
        span.start = 3  # type: ignore[misc]  # that is the point
