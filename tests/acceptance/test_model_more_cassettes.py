"""Recorded answers, more of them: three further articles, other modes, an empty report, and a re-ask."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from citing import assert_all_cited
from vcr.cassette import Cassette
from vcr.persisters.filesystem import FilesystemPersister
from vcr.serializers import yamlserializer

from llmx import Article, Extraction, Extractor, Settings
from llmx.model.client import open_model
from llmx.port import Answer, Message, Request
from llmx.result import Usage
from llmx.schema.news import NewsReport

ROOT = Path(__file__).parent.parent.parent
ARTICLES = ROOT / "examples" / "articles"
CASSETTES = ROOT / "cassettes"
BASE_URL = os.environ.get("LLMX_BASE_URL") or "http://127.0.0.1:8099/v1"
MODEL = os.environ.get("LLMX_MODEL") or "openai/recorded"
KEY = os.environ.get("LLMX_API_KEY") or None

SHORT = (
    "VELLA, April 3 — Customs officers in Vella seized 40 kilos of cocaine on Tuesday, the port authority said. Two "
    "sailors were arrested. Their lawyer, Nina Orr, said that both men had believed the crates to be full of tiles.\n\n"
    "The captain has not been found. A police source told Radio Vella that he may have left the country on Monday.\n"
)
NOTHING = (
    "Tide table for Harrow Bay\n\nHigh water 05:12 and 17:36, low water 11:20 and 23:48. Height of high water 4.1 and "
    "4.3 metres. Sunrise 06:41, sunset 18:59. Times are British Summer Time. Heights are above chart datum. The table "
    "is computed from the harmonic constants of the standard port and takes no account of the weather.\n"
)
FAULTY = {
    "entities": [],
    "events": [
        {
            "id": "e1",
            "type": "arrest",
            "trigger": "arrested",
            "evidence": ["Fourteen people were arrested"],
            "modality": "asserted",
            "counts": [
                {"of": "detained", "best": 40, "qualifier": "exact", "said_by": "a1", "cite": "Fourteen people"}
            ],
        }
    ],
    "attributions": [
        {
            "id": "a1",
            "source": "the city police",
            "cue": "said",
            "content": ["Fourteen people were arrested and six officers were slightly hurt"],
        },
        {
            "id": "a2",
            "source": "she",
            "cue": "said",
            "content": ["Three warnings were given over loudspeakers, and all of them were met with stones"],
        },
        {
            "id": "a3",
            "source": "The dockers’ union spokesman",
            "cue": "said",
            "content": ["that at least 30 of its members had been treated for burns, bruises and breathing trouble"],
        },
    ],
    "claims": [],
    "relations": [],
}
"""A draft with three faults made on purpose: a number, a misquotation, and a source who is not in the article."""

pytestmark = [pytest.mark.cassette, pytest.mark.vcr, pytest.mark.block_network]


def settings(**chosen: Any) -> Settings:
    return Settings(**{"api_key": KEY, "max_retries": 0, "max_reasks": 0, "timeout_s": 7200.0, **chosen})


def article(name: str) -> Article:
    known = json.loads((ARTICLES / f"{name}.json").read_text(encoding="utf-8"))
    return Article(text=(ARTICLES / f"{name}.txt").read_text(encoding="utf-8"), **known)


def extract(given: Article, **chosen: Any) -> Extraction[NewsReport]:
    with Extractor(model=MODEL, base_url=BASE_URL, settings=settings(**chosen)) as extractor:
        return extractor.extract(given)


class Faulty:
    """Hands in the faulty draft; asked again, it asks the real model."""

    def __init__(self) -> None:
        self._model = open_model(MODEL, settings(base_url=BASE_URL))
        self.name = self._model.name
        self.prompted = True

    def estimate(self, messages: Sequence[Message]) -> Usage:
        return self._model.estimate(messages)

    async def fill(self, request: Request) -> Answer:
        return Answer(draft=FAULTY) if request.purpose == "fill" else await self._model.fill(request)

    async def aclose(self) -> None:
        await self._model.aclose()


def recorded(name: str) -> tuple[list[Any], list[Any]]:
    """Requests and responses of a cassette."""
    return FilesystemPersister.load_cassette(CASSETTES / f"{name}.yaml", yamlserializer)


def length_of(requests: Sequence[Any], responses: Sequence[Any]) -> int:
    """Bytes of requests with their schemas, and of the answers in the responses."""
    answers = [json.loads(response["body"]["string"])["choices"][0]["message"] for response in responses]
    return sum(len(request.body) for request in requests) + sum(len(json.dumps(answer)) for answer in answers)


@pytest.mark.parametrize("name", ["sandar-libel", "brannock-silo", "ilmari-interview"])
def test_recorded_answer_gives_a_report_whose_every_citation_slices(name: str) -> None:
    result = extract(article(name))

    assert_all_cited(result.document, result.report)
    assert len(result.report.attributions) >= 8
    assert result.report.events
    assert result.report.claims
    assert result.complete


@pytest.mark.parametrize("name", ["sandar-libel"])
def test_answer_that_a_witness_tells_of_stands_in_the_testimony(name: str) -> None:
    attributions = {one.id: one for one in extract(article(name)).report.attributions}

    inner = next(
        one for one in attributions.values() if one.source is not None and one.source.quote == "a superintendent"
    )
    assert inner.parent is not None
    outer = attributions[inner.parent].source
    assert outer is not None
    assert "Jonas Wiik" in outer.quote


@pytest.mark.parametrize("mode", ["text", "json", "tools"], ids=["text-mode", "json-mode", "tools-mode"])
def test_answer_in_another_mode_is_read_as_well(mode: str) -> None:
    result = extract(Article(text=SHORT, published="2019-04-04", outlet="Vella Post"), mode=mode)

    assert_all_cited(result.document, result.report)
    assert len(result.report.attributions) >= 3
    assert "arrest" in {event.type for event in result.report.events}


@pytest.mark.parametrize("text", [NOTHING], ids=["nothing-to-report"])
def test_text_without_news_gives_an_empty_report(text: str) -> None:
    result = extract(Article(text=text))

    assert (result.report.events, result.report.attributions) == ((), ())
    assert result.complete


@pytest.mark.parametrize("name", ["harbour-strike"], ids=["re-ask"])
def test_re_ask_mends_faults_for_a_quarter_of_what_asking_for_everything_takes(name: str, vcr: Cassette) -> None:
    with Extractor(model=Faulty(), settings=settings(max_reasks=1)) as extractor:
        result = extractor.extract(article(name))

    said = {one.id: one for one in result.report.attributions}
    assert result.usage.reasks == 1
    assert "Three warnings were given over loudspeakers" in said["a2"].content[0].quote
    assert said["a3"].source is not None
    assert said["a3"].source.quote == "The dockers’ union"
    assert [count.best for event in result.report.events for count in event.counts] == [14]
    assert_all_cited(result.document, result.report)
    assert length_of(vcr.requests, vcr.responses) <= 0.25 * length_of(*recorded(name))
