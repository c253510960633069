"""The gold contract: the JSON Schema of one line of a gold file, for editors and other languages."""

from __future__ import annotations

from typing import Any

from llmx.eval.gold.format import GOLD_SCHEMA, GoldArticle


def gold_contract() -> dict[str, Any]:
    """The JSON Schema that `schemas/gold/v1.json` holds."""
    body = GoldArticle.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": GOLD_SCHEMA, **body}
