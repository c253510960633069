"""Results: what is published can be read back, and nothing else is read."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from llmx.document import Article, Document
from llmx.errors import SchemaError
from llmx.result import Digest, Extraction, Provenance, Rejection, Usage, show_path
from llmx.schema.citation import Citation, Cited
from llmx.schema.contracts import NEWS_REPORT, schema_name
from llmx.schema.news import Attribution, Claim, NewsReport

DIGEST = Digest(id="none", sha256="0" * 64)


def extraction(text: str = "He said so.", **document: str) -> Extraction[NewsReport]:
    cite = Citation(quote=text[:2], start=0, end=2)
    return Extraction(
        document=Document.from_article(Article(text=text, published="2024-03-05", **document)),
        report=NewsReport(attributions=(Attribution(id="a1", source=cite, content=(cite,)),)),
        provenance=Provenance(
            model="rules", prompt=DIGEST, schema=Digest(id=NEWS_REPORT, sha256="1" * 64), llmx="0.1.0", settings={}
        ),
        rejections=(Rejection(path="events[0]", reason="missing-quote", value={"id": "e1"}, quote="gone"),),
    )


def test_published_extraction_has_the_documented_keys() -> None:
    row = json.loads(extraction().to_json())

    assert list(row)[:6] == ["schema", "document", "report", "rejections", "usage", "provenance"]
    assert row["schema"] == "extraction/v1"
    assert list(row["document"]) == ["id", "text", "title", "url", "outlet", "published", "boilerplate"]
    assert list(row["report"]) == ["entities", "events", "attributions", "claims", "relations"]
    assert row["document"]["published"] == "2024-03-05"
    assert row["provenance"]["schema"]["id"] == "news-report/v1"
    assert row["usage"] == {"calls": 0, "input_tokens": 0, "output_tokens": 0, "cost_usd": None}


def test_extraction_read_back_is_the_same() -> None:
    made = extraction(outlet="Example Post")

    read = Extraction.from_json(made.to_json())

    assert read == made
    assert read.document.published == date(2024, 3, 5)


def test_lone_surrogates_and_nul_survive_the_way_through_json() -> None:
    made = extraction("He \ud83d said\x00 so.")

    text = made.to_json()

    assert text.encode("utf-8")
    assert Extraction.from_json(text).document.text == "He \ud83d said\x00 so."


@given(st.text(min_size=2).filter(lambda text: any(char.isalnum() for char in text)))
def test_any_text_survives_the_way_through_json(text: str) -> None:
    assert Extraction.from_json(extraction(text).to_json()).document.text == text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("not json", "no JSON"),
        ("[]", "not an object"),
        ('{"schema": "extraction/v9"}', "extraction/v9"),
        ('{"schema": "extraction/v1"}', "provenance"),
        ("{}", r"not an extraction.*extraction/v1"),
    ],
    ids=["text", "list", "later version", "nothing but the version", "empty"],
)
def test_what_is_no_extraction_is_refused_by_name(source: str, said: str) -> None:
    with pytest.raises(SchemaError, match=said):
        Extraction.from_json(source)


def test_extraction_of_another_report_class_is_refused_by_name() -> None:
    with pytest.raises(SchemaError, match="news-report/v1"):
        Extraction.from_json(extraction().to_json(), schema=Claim)


class Recall(BaseModel):
    """A report of a user's own, one field of which must be there."""

    product: Cited[str]
    maker: Cited[str] | None = None
    batches: tuple[Cited[str], ...] = ()


def recall(report: Recall) -> Extraction[Recall]:
    return Extraction(
        document=Document.from_article(Article(text="The maker recalled its kettle.")),
        report=report,
        provenance=Provenance(
            model="rules", prompt=DIGEST, schema=Digest(id=schema_name(Recall), sha256="1" * 64), llmx="0.1.0"
        ),
        rejections=(Rejection(path="product", reason="missing-quote", value="toaster", quote="its toaster"),),
    )


def test_report_whose_required_field_was_rejected_is_read_back() -> None:
    made = recall(Recall.model_construct())

    read = Extraction.from_json(made.to_json(), schema=Recall)

    assert read.to_json() == made.to_json()
    assert read.rejections == made.rejections
    assert read.report.model_fields_set == set()


def test_report_that_lacks_a_required_field_beside_others_is_refused() -> None:
    row = recall(Recall.model_construct()).to_dict()
    row["report"]["batches"] = [{"value": "B7", "cite": {"quote": "kettle", "start": 23, "end": 29}}]

    with pytest.raises(SchemaError, match="product: Field required"):
        Extraction.from_json(json.dumps(row), schema=Recall)


def test_extraction_as_a_dictionary_holds_json_values_alone() -> None:
    made = extraction(outlet="Example Post")

    row = made.to_dict()

    assert row == json.loads(made.to_json())
    assert json.loads(json.dumps(row)) == row
    assert row["document"]["published"] == "2024-03-05"


@pytest.mark.parametrize(
    ("path", "shown"),
    [((), ""), (("events",), "events"), (("events", 1, "counts", 0, "low"), "events[1].counts[0].low")],
    ids=["whole", "field", "deep"],
)
def test_paths_are_shown_as_people_write_them(path: tuple[str | int, ...], shown: str) -> None:
    assert show_path(path) == shown


def test_cost_of_a_sum_is_unknown_where_one_cost_is() -> None:
    known, unknown = Usage(calls=1, input_tokens=5, cost_usd=0.5), Usage(calls=1, input_tokens=7)

    assert (known + known).cost_usd == 1.0
    assert (known + unknown).cost_usd is None
    assert (known + unknown).input_tokens == 12
    assert (known + Usage()).cost_usd == 0.5


def test_re_asks_are_summed_and_told_only_where_there_were_some() -> None:
    once = Usage(calls=1, reasks=1)

    assert (once + once).reasks == 2
    assert once.model_dump()["reasks"] == 1
    assert "reasks" not in Usage(calls=1).model_dump()
