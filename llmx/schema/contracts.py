"""Contracts: the JSON Schemas that report classes publish, and what a model is asked to fill.

Two schemas come from one class. The *published* one has citations with offsets. The *asked* one has quotes: every
`Citation` becomes a `Quote`, and fields marked `Filled` are left out. `$id` holds name and version, never the
package's version, so that a release alone changes no contract.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from llmx.resources import resource_text
from llmx.schema.asked import asked_class
from llmx.schema.news import NewsReport

NEWS_REPORT = "news-report/v1"
NEWS_REPORT_ASKED = "news-report-asked/v1"


def schema_name(schema: type[BaseModel]) -> str:
    """The name that an extraction carries for its report class: a contract's `$id`, or `module:Class`."""
    if schema is NewsReport:
        return NEWS_REPORT
    return f"{schema.__module__}:{schema.__qualname__}"


def published_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of what llmx publishes for `schema`."""
    return _contract(schema, schema_name(schema), mode="serialization")


def asked_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of what a model is asked to fill for `schema`."""
    name, _, version = schema_name(schema).partition("/")
    return _contract(asked_class(schema), f"{name}-asked/{version}" if version else f"{name}-asked", mode="validation")


@lru_cache(maxsize=64)
def schema_digest(schema: type[BaseModel]) -> str:
    """SHA-256 of the published and the asked schema: it changes when what is asked or published changes.

    The contracts of the news report ship with llmx; reading them is ten times as quick as making them from the class.
    """
    if schema is NewsReport:
        contracts = [json.loads(resource_text("schemas", name)) for name in (NEWS_REPORT, NEWS_REPORT_ASKED)]
    else:
        contracts = [published_schema(schema), asked_schema(schema)]
    both = json.dumps(contracts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(both.encode()).hexdigest()


def contract_text(contract: dict[str, Any]) -> str:
    """A contract as it stands in `schemas/`."""
    return json.dumps(contract, indent=2, ensure_ascii=False) + "\n"


def _contract(model: type[BaseModel], identity: str, *, mode: Any) -> dict[str, Any]:
    body = model.model_json_schema(mode=mode)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": identity, **body}
