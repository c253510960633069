from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, Field

from llmx.model.strict import strict_schema
from llmx.prompt import Fixes
from llmx.schema.asked import asked_class
from llmx.schema.citation import Cited
from llmx.schema.news import NewsReport

KNOWN_KEYWORDS = {"type", "description", "properties", "required", "additionalProperties", "enum", "items", "anyOf"} | {
    "$ref",
    "$defs",
    "pattern",
}


class Recall(BaseModel):
    product: Cited[str] = Field(description="What is called back.")
    units: Cited[int] | None = None


def _schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema."""
    yield node
    for key in ("properties", "$defs"):
        for part in node.get(key, {}).values():
            yield from _schemas(part)
    for part in node.get("anyOf", []):
        yield from _schemas(part)
    if "items" in node:
        yield from _schemas(node["items"])


def _strict(schema: type[BaseModel]) -> dict[str, Any]:
    return strict_schema(schema.model_json_schema())


@pytest.fixture(params=[asked_class(NewsReport), asked_class(Recall), Fixes], ids=lambda schema: schema.__name__)
def parts(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    return list(_schemas(_strict(request.param)))


def test_every_object_is_closed_and_requires_all_its_fields(parts: list[dict[str, Any]]) -> None:
    objects = [part for part in parts if part.get("type") == "object"]

    assert objects
    assert [part for part in objects if part["additionalProperties"] is not False] == []
    assert [part for part in objects if list(part["properties"]) != part["required"]] == []


def test_no_keyword_is_used_that_strict_servers_do_not_know(parts: list[dict[str, Any]]) -> None:
    assert {key for part in parts for key in part} <= KNOWN_KEYWORDS


def test_reference_stands_alone(parts: list[dict[str, Any]]) -> None:
    assert [part for part in parts if "$ref" in part and len(part) > 1] == []


def test_optional_field_may_be_null() -> None:
    units = _strict(asked_class(Recall))["properties"]["units"]

    assert {"type": "null"} in units["anyOf"]


def test_record_with_many_optional_fields_has_short_forms() -> None:
    bare, named, whole = _strict(asked_class(NewsReport))["$defs"]["Attribution"]["anyOf"]

    assert list(bare["properties"]) == ["id", "source", "source_kind", "cue", "content"]
    assert set(named["properties"]) - set(bare["properties"]) == {"source_entity", "via"}
    assert len(whole["properties"]) > len(named["properties"])


def test_record_with_few_optional_fields_has_one_form() -> None:
    assert _strict(asked_class(NewsReport))["$defs"]["Place"]["type"] == "object"
