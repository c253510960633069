"""What every test that yields a citation holds it to: it slices to its own quote."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from llmx.document import Document
from llmx.schema.citation import Citation


def assert_cited(document: Document, citation: Citation | None) -> None:
    """Slice the document again by the citation's offsets and compare."""
    assert citation is not None
    assert citation.quote
    assert document.text[citation.start : citation.end] == citation.quote
    for part in citation.spans:
        assert citation.start <= part.start < part.end <= citation.end
        assert not document.in_boilerplate(part)


def citations_of(value: object) -> Iterator[Citation]:
    """Every citation in a report or a part of one."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from citations_of(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from citations_of(item)


def assert_all_cited(document: Document, report: BaseModel) -> None:
    """Hold every citation of a report to its quote."""
    for citation in citations_of(report):
        assert_cited(document, citation)
