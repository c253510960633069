"""What the tests of the checks share: a report built from a draft, and the verdicts on one of its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from llmx.document import Article, Document
from llmx.ground.build import build
from llmx.ground.checks import verdicts_on
from llmx.ground.context import Context
from llmx.ground.place import place_quotes
from llmx.schema.news import NewsReport
from llmx.text.locate import Index

Outcomes = Callable[..., set[tuple[str, str]]]


def built(text: str, draft: Mapping[str, Any], schema: Any, published: str | None) -> tuple[Any, Context]:
    """The records of a draft before any of them is taken out, and their context."""
    document = Document.from_article(Article(text=text, published=published))
    made = build(place_quotes(draft, schema, document, Index(document.text)), {}, document.text)
    assert made.report is not None
    assert not made.losses, made.losses
    return made, Context(document=document, report=made.report)


@pytest.fixture
def outcomes() -> Outcomes:
    """The outcomes and rules of all verdicts on the value at a path of the report."""

    def judge(
        text: str,
        draft: Mapping[str, Any],
        path: tuple[str | int, ...],
        *,
        schema: Any = NewsReport,
        published: str | None = None,
    ) -> set[tuple[str, str]]:
        made, context = built(text, draft, schema, published)
        found = [
            ((*at, *verdict.path), verdict)
            for _, at, record in made.records
            for verdict in verdicts_on(record, context)
        ]
        return {(str(verdict.outcome), verdict.rule) for at, verdict in found if at == path}

    return judge
