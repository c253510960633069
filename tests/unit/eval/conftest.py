"""What the evaluation tests share: one short article, its citations, and scoring in one call."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from llmx.eval.gold.case import Case
from llmx.eval.metrics.options import ScoreOptions
from llmx.eval.predictions import Prediction
from llmx.eval.score import annotated_fields, score_article

TEXT = (
    "Rebels attacked the depot in Arven on Monday. Two guards died, Mirel Osk said. "
    "Police arrested a baker in Lund. The depot burned all night, the mayor said. No deal was signed."
)


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def cite() -> Callable[..., dict[str, Any]]:
    def make(words: str, n: int = 1, text: str = TEXT) -> dict[str, Any]:
        start = -1
        for _ in range(n):
            start = text.index(words, start + 1)
        return {"quote": words, "start": start, "end": start + len(words)}

    return make


@pytest.fixture
def counts() -> Callable[..., dict[str, tuple[float, ...]]]:
    """Score one article: its gold lists against a predicted report; gives the counts by metric."""

    def score(
        gold: Mapping[str, Any],
        pred: Mapping[str, Any],
        *,
        options: ScoreOptions | None = None,
        text: str = TEXT,
        **known: Any,
    ) -> dict[str, tuple[float, ...]]:
        return dict(article(gold, pred, options=options, text=text, **known).counts)

    return score


def article(
    gold: Mapping[str, Any],
    pred: Mapping[str, Any],
    *,
    options: ScoreOptions | None = None,
    text: str = TEXT,
    **known: Any,
) -> Any:
    case = Case(id="one", text=text, sha256="", lists=gold, **known)
    row = {"document": {"id": "one", "text": text}, "report": pred}
    return score_article(
        case, Prediction(row=row), annotated=annotated_fields([case]), options=options or ScoreOptions()
    )


@pytest.fixture
def scored() -> Callable[..., Any]:
    """Score one article and give all that scoring found, mistakes too."""
    return article
