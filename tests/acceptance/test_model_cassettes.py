"""What a language model's answers become: recorded answers for articles of our own, through the whole pipeline."""

from __future__ import annotations

import json
import os
import runpy
from pathlib import Path
from typing import Any

import pytest
from citing import assert_all_cited
from pydantic import BaseModel

from llmx import Article, Extraction, Extractor, Settings

ROOT = Path(__file__).parent.parent.parent
ARTICLES = ROOT / "examples" / "articles"
SCHEMAS = ROOT / "examples" / "schemas"
BASE_URL = os.environ.get("LLMX_BASE_URL") or "http://127.0.0.1:8099/v1"
MODEL = os.environ.get("LLMX_MODEL") or "openai/recorded"
KEY = os.environ.get("LLMX_API_KEY") or None

pytestmark = [pytest.mark.cassette, pytest.mark.vcr, pytest.mark.block_network]


def extract(article: Article, schema: type[BaseModel] | None = None) -> Extraction[Any]:
    settings = Settings(api_key=KEY, max_retries=0, max_reasks=0, timeout_s=7200.0)
    chosen = {} if schema is None else {"schema": schema}
    with Extractor(model=MODEL, base_url=BASE_URL, settings=settings, **chosen) as extractor:
        return extractor.extract(article)


def news(name: str) -> Extraction[Any]:
    known = json.loads((ARTICLES / f"{name}.json").read_text(encoding="utf-8"))
    return extract(Article(text=(ARTICLES / f"{name}.txt").read_text(encoding="utf-8"), **known))


def own(module: str, name: str, text: str) -> Extraction[Any]:
    schema = runpy.run_path(str(SCHEMAS / f"{module}.py"), run_name="examples")[name]
    return extract(Article(text=(SCHEMAS / f"{text}.txt").read_text(encoding="utf-8")), schema)


@pytest.mark.parametrize(
    ("name", "attributions"),
    [("marova-courier", 10), ("marova-voice", 8), ("oslo-talks", 10), ("harbour-strike", 6), ("lanna-floods", 6)],
    ids=["marova-courier", "marova-voice", "oslo-talks", "harbour-strike", "lanna-floods"],
)
def test_recorded_answer_gives_a_report_whose_every_citation_slices(name: str, attributions: int) -> None:
    result = news(name)

    assert_all_cited(result.document, result.report)
    assert len(result.report.attributions) >= attributions
    assert result.report.events
    assert result.report.claims
    assert result.complete


@pytest.mark.parametrize(
    ("module", "name", "text", "filled"),
    [
        ("court_ruling", "CourtRuling", "court-ruling", ("outcome", "partly_granted")),
        ("product_recall", "ProductRecall", "product-recall", ("company", "Lumera Home")),
        ("clinical_trial", "ClinicalTrial", "clinical-trial", ("patients", 318)),
    ],
    ids=["court-ruling", "product-recall", "clinical-trial"],
)
def test_report_class_of_one_s_own_is_filled_and_every_citation_slices(
    module: str, name: str, text: str, filled: tuple[str, object]
) -> None:
    result = own(module, name, text)

    assert_all_cited(result.document, result.report)
    assert getattr(result.report, filled[0]).value == filled[1]
    assert result.rejections == ()


@pytest.mark.parametrize("name", ["marova-courier"], ids=["marova-courier"])
def test_numbers_of_opposed_sources_stay_apart_on_one_event(name: str) -> None:
    report = news(name).report

    strike = next(event for event in report.events if event.type == "air_strike")
    speakers = {one.id: one.source.quote for one in report.attributions if one.source is not None}
    killed = {(count.low, speakers.get(count.said_by)) for count in strike.counts if count.of == "killed"}
    assert {(19, "the Ministry of Defence"), (31, "Media close to the Front")} <= killed


@pytest.mark.parametrize("name", ["marova-courier"], ids=["marova-courier"])
def test_teaser_of_another_story_gives_no_record(name: str) -> None:
    result = news(name)

    assert "ALSO READ" in result.document.text
    assert "defence budget" not in result.report.model_dump_json()


@pytest.mark.parametrize("name", ["marova-voice"], ids=["marova-voice"])
def test_speech_within_speech_knows_what_it_stands_in(name: str) -> None:
    attributions = {one.id: one for one in news(name).report.attributions}

    inner = next(one for one in attributions.values() if one.source is not None and one.source.quote == "which")
    assert inner.parent is not None
    assert attributions[inner.parent].source.quote == "the Front"
