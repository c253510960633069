"""Gold for the support benchmark: documents with reports that their texts support.

A row is one article: `{"id", "text", "published", "draft"}`, with quotes as a model would write them; or a row with a
published report under `extraction` whose text stands beside the file as `ID`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llmx.document import Article, Document
from llmx.ground.build import build
from llmx.ground.place import place_quotes
from llmx.schema.news import NewsReport
from llmx.text.locate import Index


@dataclass(frozen=True)
class Gold:
    """One document and a report that it supports."""

    document: Document
    report: dict[str, Any]


def read_gold(path: Path) -> Iterator[Gold]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "draft" in row:
            yield _from_draft(row)
        else:
            text = (path.parent / row["id"]).read_text(encoding="utf-8")
            document = Document.from_article(Article(text=text, id=row["id"], published=row.get("published")))
            yield Gold(document, NewsReport.model_validate(row["extraction"]).model_dump())


def _from_draft(row: dict[str, Any]) -> Gold:
    article = Article(text=row["text"], id=row["id"], published=row["published"])
    document = Document.from_article(article)
    placed = place_quotes(row["draft"], NewsReport, document, Index(document.text))
    built = build(row["draft"], NewsReport, placed, {}, document.text)
    assert built.report is not None
    assert not built.losses, f"{row['id']}: {built.losses}"
    return Gold(document, built.report.model_dump())
