"""Extract gold's articles, so that a model is run and scored in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from llmx.api import Extractor
from llmx.document import Article
from llmx.errors import DocumentError, ModelError, UnsupportedError
from llmx.eval.gold.case import Case
from llmx.eval.predictions import Run, run_of

Clock = Callable[[], float]
"""Seconds from any fixed moment."""

OnArticle = Callable[[str], None]
"""Told of each article that is done."""


def article_of(case: Case) -> Article:
    """The article that a model is given: the text, and what gold knows about it beside its labels."""
    return Article(
        text=case.text,
        id=case.id,
        title=case.title,
        outlet=case.outlet,
        published=case.published,
        url=case.url,
    )


def extract_run(
    cases: Sequence[Case],
    extractor: Extractor[Any],
    *,
    name: str,
    clock: Clock,
    workers: int = 4,
    on_article: OnArticle = lambda _: None,
) -> Run:
    """Extract every article of gold.

    An article that fails becomes a row with an error; it is counted, not left out.

    Args:
        cases: The gold articles.
        extractor: The configured way to extract.
        name: What the run is called.
        clock: Tells the time, for the seconds an article takes.
        workers: How many articles are under way at once, for a model behind a network.
        on_article: Told of each article that is done.
    """
    if extractor.model.prompted:
        rows = asyncio.run(_all(cases, extractor, clock, workers, on_article))
    else:
        rows = [_one(case, extractor, clock, on_article) for case in cases]
    return run_of(rows, name=name, source=f"extracted with {extractor.model.name}")


def _one(case: Case, extractor: Extractor[Any], clock: Clock, on_article: OnArticle) -> dict[str, Any]:
    start = clock()
    try:
        row = extractor.extract(article_of(case)).to_dict()
    except (ModelError, UnsupportedError, DocumentError) as error:
        row = _failed(case, error)
    on_article(case.id)
    return {**row, "seconds": clock() - start}


async def _all(
    cases: Sequence[Case], extractor: Extractor[Any], clock: Clock, workers: int, on_article: OnArticle
) -> list[dict[str, Any]]:
    places = asyncio.Semaphore(max(1, workers))

    async def one(case: Case) -> dict[str, Any]:
        async with places:
            start = clock()
            try:
                row = (await extractor.aextract(article_of(case))).to_dict()
            except (ModelError, UnsupportedError, DocumentError) as error:
                row = _failed(case, error)
            on_article(case.id)
            return {**row, "seconds": clock() - start}

    return list(await asyncio.gather(*(one(case) for case in cases)))


def _failed(case: Case, error: Exception) -> dict[str, Any]:
    return {"id": case.id, "error": f"{type(error).__name__}: {error}"}
