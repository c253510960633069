"""An engine that dies of some articles, for the tests of the pool of processes."""

from __future__ import annotations

import os

from llmx.document import Article, Document
from llmx.result import Digest, Extraction, Provenance
from llmx.schema.news import NewsReport


class Fragile:
    """Extracts nothing; an article that says so ends the process, or breaks the engine."""

    def extract(self, article: Article) -> Extraction[NewsReport]:
        if "KILL" in article.text:
            os._exit(9)
        if "BREAK" in article.text:
            raise ZeroDivisionError("broken by design")
        digest = Digest(id="news-report/v1", sha256="0")
        provenance = Provenance(model="fragile", prompt=digest, schema=digest, llmx="0")
        return Extraction(document=Document.from_article(article), report=NewsReport(), provenance=provenance)


def build(name: str) -> Fragile:
    """The engine, whatever it is called."""
    del name
    return Fragile()
