"""Extracting gold's articles: what a model is given, and failures as rows."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest

from llmx.api import Extractor
from llmx.errors import ModelUnavailableError
from llmx.eval.extraction import article_of, extract_run
from llmx.eval.gold.case import Case
from llmx.eval.score import score_run
from llmx.port import Answer, Request
from llmx.result import Usage


@dataclass
class FakeModel:
    """Answers with an empty draft, and fails on articles that say so."""

    prompted: bool = True
    name: str = "fake"
    seen: list[str] = field(default_factory=list)

    async def fill(self, request: Request) -> Answer:
        self.seen.append(request.document.id)
        if "unreachable" in request.document.text:
            raise ModelUnavailableError("no answer", attempts=3)
        return Answer(draft={"events": []}, usage=Usage(calls=1, input_tokens=7, output_tokens=2))


def case(name: str, text: str) -> Case:
    return Case(id=name, text=text, sha256="", lists={"events": []}, published=date(2031, 3, 4), outlet="Courier")


@pytest.mark.parametrize("prompted", [pytest.param(True, id="behind a network"), pytest.param(False, id="embedded")])
def test_a_failed_article_becomes_a_row_with_its_error(prompted: bool) -> None:  # noqa: FBT001
    cases = [case("a", "The depot burned."), case("b", "The model is unreachable today.")]
    ticks = count()
    extractor: Extractor[Any] = Extractor(model=FakeModel(prompted=prompted))

    run = extract_run(cases, extractor, name="fake", clock=lambda: float(next(ticks)))

    found = score_run(cases, run)
    assert [article.status for article in found.articles] == ["ok", "failed"]
    assert run.rows[1]["error"] == "ModelUnavailableError: no answer"
    assert all(row["seconds"] > 0 for row in run.rows)


def test_a_model_is_given_what_gold_knows_beside_its_labels() -> None:
    article = article_of(case("a", "The depot burned."))

    assert (article.id, article.published_on, article.outlet) == ("a", date(2031, 3, 4), "Courier")
