"""Modes: how the asked schema goes into a request, and how a request climbs down when a server takes less.

A *mode* is how a model is made to answer in JSON (see `Settings.mode`). Bodies are those of the chat completions API.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from llmx.model.settings import MODES, Mode
from llmx.model.strict import strict_schema
from llmx.port import Message

_SCHEMA_HEAD = "# The schema\nAnswer with one JSON document that satisfies this JSON Schema, and nothing else:\n"


_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST_NAME = 64
"""What servers take as the name of a tool or a schema."""


@dataclass(frozen=True, eq=False)
class AskedSchema:
    """A class to fill, its JSON Schemas made once.

    Attributes:
        name: The class's name.
        fields: The names of its fields.
        plain: Its JSON Schema.
        strict: The same in strict form.
        text: The plain schema as compact text, for a prompt.
    """

    name: str
    fields: frozenset[str]
    plain: Mapping[str, Any]
    strict: Mapping[str, Any]
    text: str


@lru_cache(maxsize=128)
def asked_schema_of(asked: type[BaseModel]) -> AskedSchema:
    """The schemas of the class `asked`."""
    plain = _without_titles(asked.model_json_schema())
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    name = _NOT_IN_NAMES.sub("_", asked.__name__)[:_LONGEST_NAME]
    return AskedSchema(name, frozenset(asked.model_fields), plain, strict_schema(plain), text)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request, before it is put into a server's form.

    Attributes:
        model: The name the server knows.
        messages: The prompt.
        schema: What is to be filled.
        mode: How.
        temperature: `None` sends none.
        seed: `None` sends none.
        max_tokens: `None` sends none.
        tokens_key: What the server calls the longest answer.
    """

    model: str
    messages: Sequence[Message]
    schema: AskedSchema
    mode: Mode
    temperature: float | None = None
    seed: int | None = None
    max_tokens: int | None = None
    tokens_key: str = "max_tokens"

    def body(self) -> dict[str, Any]:
        """The body of a chat completions request."""
        return {"model": self.model, "messages": self._messages(), **_format(self.schema, self.mode), **self._options()}

    def encoded(self) -> bytes:
        """The body as it is sent; what asks for the schema is written once for each class and mode."""
        own = {"model": self.model, "messages": self._messages(), **self._options()}
        text = json.dumps(own, ensure_ascii=False)
        form = _format_text(self.schema, self.mode)
        return f"{text[:-1]}{form}}}".encode("utf-8", "replace")

    def _options(self) -> dict[str, float | int]:
        options = {"temperature": self.temperature, "seed": self.seed, self.tokens_key: self.max_tokens}
        return {key: value for key, value in options.items() if value is not None}

    def _messages(self) -> list[dict[str, str]]:
        rows = [{"role": message.role, "content": message.content} for message in self.messages]
        if self.mode not in ("json", "text"):
            return rows
        schema = _SCHEMA_HEAD + self.schema.text
        if rows and rows[0]["role"] == "system":
            return [{**rows[0], "content": f"{rows[0]['content']}\n\n{schema}"}, *rows[1:]]
        return [{"role": "system", "content": schema}, *rows]


def _format(schema: AskedSchema, mode: Mode) -> dict[str, Any]:
    """The part of a body that says in which form to answer."""
    name = schema.name
    if mode == "strict":
        shape = {"name": name, "strict": True, "schema": schema.strict}
        return {"response_format": {"type": "json_schema", "json_schema": shape}}
    if mode == "json-schema":
        return {"response_format": {"type": "json_schema", "json_schema": {"name": name, "schema": schema.plain}}}
    if mode == "tools":
        function = {"name": name, "description": f"Hand in the {name}.", "parameters": schema.plain}
        return {
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": {"name": name}},
        }
    return {"response_format": {"type": "json_object"}} if mode == "json" else {}


@lru_cache(maxsize=128)
def _format_text(schema: AskedSchema, mode: Mode) -> str:
    """The same as JSON text, to be set behind other fields; empty where there is none."""
    form = _format(schema, mode)
    return f", {json.dumps(form, ensure_ascii=False)[1:-1]}" if form else ""


def modes_from(first: Mode | None, asked_for: str) -> tuple[Mode, ...]:
    """The modes to try, in order.

    Args:
        first: The mode this server is known to take, or `None`.
        asked_for: The setting: a mode, or `auto`.
    """
    if asked_for != "auto":
        return tuple(mode for mode in MODES if mode == asked_for)
    return (first,) if first else MODES


def _without_titles(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without the titles Pydantic makes from field names: they say nothing new and cost tokens."""

    def clean(node: Any, *, names: bool = False) -> Any:
        if isinstance(node, dict):
            return {
                key: clean(value, names=key in ("properties", "$defs") and not names)
                for key, value in node.items()  # pyright: ignore[reportUnknownVariableType] - JSON
                if names or key != "title"
            }
        if isinstance(node, list):
            return [clean(part) for part in node]  # pyright: ignore[reportUnknownVariableType] - JSON
        return node

    return clean(schema)
