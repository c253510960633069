"""Gold for the support benchmark: documents with reports that their texts support.

A row is one article: `{"id", "text", "published", "draft"}`, with quotes as a model would write them; a row with a
published report under `extraction` whose text stands beside the file as `ID`; or a row of house gold (`gold/v1`).
"""

from __future__ import annotations

import json
import re
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
        elif row.get("schema") == "gold/v1":
            text = (path.parent / row["text_file"]).read_text(encoding="utf-8")
            draft = {name: _without_marks(row.get(name, []), text, name) for name in _LISTS}
            yield _from_draft({**row, "text": text, "draft": draft})
        else:
            text = (path.parent / row["id"]).read_text(encoding="utf-8")
            document = Document.from_article(Article(text=text, id=row["id"], published=row.get("published")))
            yield Gold(document, NewsReport.model_validate(row["extraction"]).model_dump())


_LISTS = ("entities", "events", "attributions", "claims", "relations")
_SINGLE = frozenset({"cue", "source", "trigger", "cite", "addressee", "medium"})
"""Fields of one citation: a list in them is one that leaves words out."""
_MARKED = frozenset({"optional", "start", "end"})
"""What house gold says beside a draft: whether a record may be left out, and the days that llmx is to fill."""


def _without_marks(held: Any, text: str, name: str = "") -> Any:
    """A part of house gold as a draft holds it: its quotes with their places, without what only gold says."""
    if isinstance(held, dict) and "q" in held:
        around = held.get("in", held["q"])
        places = [found.start() for found in re.finditer(re.escape(around), text)]
        return {"quote": held["q"], "start": places[held.get("n", 1) - 1] + around.index(held["q"])}
    if isinstance(held, dict):
        extra = {"aliases"} if name in ("participants", "places") else set[str]()
        kept = {key: value for key, value in held.items() if key not in _MARKED | extra}
        return {key: _without_marks(value, text, key) for key, value in kept.items()}
    if isinstance(held, list) and name in _SINGLE:
        return " … ".join(part["q"] if isinstance(part, dict) else part for part in held)
    if isinstance(held, list):
        return [_without_marks(item, text, name) for item in held]
    return held


def _from_draft(row: dict[str, Any]) -> Gold:
    article = Article(text=row["text"], id=row["id"], published=row["published"])
    document = Document.from_article(article)
    built = build(place_quotes(row["draft"], NewsReport, document, Index(document.text)), {}, document.text)
    assert built.report is not None
    assert not built.losses, f"{row['id']}: {built.losses}"
    return Gold(document, built.report.model_dump())
