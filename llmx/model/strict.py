"""Strict schemas: a JSON Schema in the form that servers enforce while a model writes.

Such a server wants `additionalProperties: false` everywhere and every property required, and knows few keywords. An
optional field is then written as `null` each time, which makes answers long. So a record with many optional fields
is offered in two forms: the whole one, and a *short* one without what is seldom filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

_KEPT = ("type", "description", "enum", "const", "items", "anyOf", "$ref", "pattern")
_LEAST_SAVING = 4
"""A short form is offered when it leaves out at least so many fields."""


def strict_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """`schema` in strict form; what it cannot say there (bounds, defaults) is left to grounding.

    Args:
        schema: A JSON Schema as Pydantic writes it, `$defs` included.
    """
    definitions = cast("dict[str, Any]", schema.get("$defs", {}))
    made: dict[str, Any] = {}
    for name, definition in definitions.items():
        whole = _strict(definition)
        short = _short_form(definition)
        made[name] = whole if short is None else {"anyOf": [short, whole]}
    strict = _strict(schema)
    if made:
        strict["$defs"] = made
    return strict


def _strict(node: Mapping[str, Any]) -> dict[str, Any]:
    if "properties" in node:
        return _strict_object(node, cast("Mapping[str, Any]", node["properties"]))
    if node.get("type") == "object" or not node:
        return {"type": "string", "description": _free_form(node)}
    made = {key: node[key] for key in _KEPT if key in node}
    if "items" in made:
        made["items"] = _strict(made["items"])
    if "anyOf" in made:
        made["anyOf"] = _without_repeats([_strict(part) for part in made["anyOf"]])
    if "const" in made:
        made["enum"] = [made.pop("const")]
    return made


def _strict_object(node: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    required = set(cast("list[str]", node.get("required", [])))
    fields = {
        name: _strict(part) if name in required else _nullable(_strict(part)) for name, part in properties.items()
    }
    described = {"description": node["description"]} if node.get("description") else {}
    return {
        "type": "object",
        **described,
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _short_form(definition: Mapping[str, Any]) -> dict[str, Any] | None:
    """The record up to its last required field, or `None` where that leaves out little.

    Report classes name what is seldom filled last, so that a short form holds what most records need.
    """
    properties = cast("dict[str, Any]", definition.get("properties", {}))
    order, required = list(properties), set(cast("list[str]", definition.get("required", [])))
    last = max((order.index(name) for name in required), default=-1)
    kept = order[: last + 1]
    if not kept or len(order) - len(kept) < _LEAST_SAVING:
        return None
    fields = {
        name: _undescribed(_strict(properties[name]) if name in required else _nullable(_strict(properties[name])))
        for name in kept
    }
    return {"type": "object", "properties": fields, "required": kept, "additionalProperties": False}


def _nullable(node: dict[str, Any]) -> dict[str, Any]:
    if node.get("type") == "array":
        return node
    described = {"description": node["description"]} if "description" in node else {}
    parts = cast("list[dict[str, Any]]", node.get("anyOf")) if "anyOf" in node else None
    bare = {key: value for key, value in node.items() if key != "description"}
    return {**described, "anyOf": _without_repeats([*(parts or [bare]), {"type": "null"}])}


def _undescribed(node: Any) -> Any:
    if isinstance(node, dict):
        fields = cast("dict[str, Any]", node)
        return {key: _undescribed(value) for key, value in fields.items() if key != "description"}
    if isinstance(node, list):
        return [_undescribed(part) for part in cast("list[Any]", node)]
    return node


def _without_repeats(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [part for number, part in enumerate(parts) if part not in parts[:number]]


def _free_form(node: Mapping[str, Any]) -> str:
    return f"{node.get('description', '')} (any JSON value, written as a string)".strip()
