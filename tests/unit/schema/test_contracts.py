"""Contracts: what a model is asked, and what llmx publishes, from one class."""

import json

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from llmx.resources import resource_text
from llmx.schema.asked import asked_class
from llmx.schema.citation import Citation, Cited, MatchKind
from llmx.schema.contracts import asked_schema, published_schema, schema_digest, schema_name
from llmx.schema.news import NewsReport
from llmx.text.span import Span


class Recall(BaseModel):
    """A product recall."""

    product: Cited[str]
    units: Cited[int] | None = None


@pytest.mark.parametrize(
    "contract", [published_schema(NewsReport), asked_schema(NewsReport)], ids=["published", "asked"]
)
def test_contract_is_a_valid_json_schema_that_names_itself_without_a_package_version(
    contract: dict[str, object],
) -> None:
    Draft202012Validator.check_schema(contract)

    assert str(contract["$id"]).endswith("/v1")
    assert "0.1" not in json.dumps(contract)


def test_asked_schema_has_quotes_and_no_offsets() -> None:
    asked = json.dumps(asked_schema(NewsReport))

    assert '"start"' not in asked
    assert '"match"' not in asked
    assert "12|the words" in asked


def test_fields_that_the_library_fills_are_not_asked_for() -> None:
    when = asked_class(NewsReport).model_json_schema()["$defs"]["When"]["properties"]

    assert "value" in when
    assert "end" not in when


def test_every_field_of_the_news_report_tells_a_reader_what_it_is() -> None:
    records = published_schema(NewsReport)["$defs"]

    silent = [
        f"{name}.{field}"
        for name, record in records.items()
        for field, body in record.get("properties", {}).items()
        if "description" not in body and name != "Span"
    ]

    assert silent == []


def test_class_of_the_user_is_named_by_module_and_class() -> None:
    assert schema_name(Recall).endswith(":Recall")
    assert published_schema(Recall)["$id"] == schema_name(Recall)


def test_digest_differs_between_classes_and_is_stable_for_one() -> None:
    assert schema_digest(Recall) == schema_digest(Recall)
    assert schema_digest(Recall) != schema_digest(NewsReport)


@pytest.mark.parametrize(
    ("bundled", "made"),
    [("news-report/v1", published_schema(NewsReport)), ("news-report-asked/v1", asked_schema(NewsReport))],
    ids=["published", "asked"],
)
def test_bundled_contract_is_what_the_class_says(bundled: str, made: dict[str, object]) -> None:
    assert json.loads(resource_text("schemas", bundled)) == made


def test_citation_whose_quote_and_offsets_disagree_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="code points"):
        Citation(quote="four", start=0, end=5)


def test_citation_of_a_span_is_the_one_that_validation_would_give() -> None:
    validated = Citation(quote="two", start=4, end=7, match=MatchKind.FOLDED, ambiguous=True)

    sliced = Citation.of_span(Span(4, 7), "one two", match=MatchKind.FOLDED, ambiguous=True)

    assert sliced == validated
    assert repr(sliced) == repr(validated)
    assert sliced.model_dump_json() == validated.model_dump_json()
    assert sliced.model_copy(update={"match": MatchKind.EXACT}).model_fields_set == validated.model_fields_set


def test_citation_publishes_four_keys_where_nothing_else_is_to_be_said() -> None:
    assert list(Citation(quote="four", start=0, end=4).model_dump()) == ["quote", "start", "end", "match"]
