"""Strict schemas: a JSON Schema in the form that servers enforce while a model writes.

Such a server wants `additionalProperties: false` everywhere and every property required, and knows few keywords. An
optional field is then written as `null` each time, which makes answers long. So a record with many optional fields
is offered in several forms: the whole one, and *short* ones without what is seldom filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

PartT = TypeVar("PartT")

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
        whole, short = _strict(definition), _short_forms(definition)
        made[name] = {"anyOf": [*short, whole]} if short else whole
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
    if "$ref" in made and len(made) > 1:
        # A reference must stand alone there; what is said of it stands around it.
        made["anyOf"] = [{"$ref": made.pop("$ref")}]
    if "const" in made:
        made["enum"] = [made.pop("const")]
    return made


def _strict_object(node: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    required = set(cast("list[str]", node.get("required", [])))
    fields = {name: _field(part, required=name in required) for name, part in properties.items()}
    described = {"description": node["description"]} if node.get("description") else {}
    return {
        "type": "object",
        **described,
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _short_forms(definition: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The record up to its last required field, without and with optional names; none where that leaves out little.

    Report classes name what is seldom filled last, so that a short form holds what most records need.
    """
    properties = cast("dict[str, Any]", definition.get("properties", {}))
    order, required = list(properties), set(cast("list[str]", definition.get("required", [])))
    last = max((order.index(name) for name in required), default=-1)
    kept = order[: last + 1]
    if not kept or len(order) - len(kept) < _LEAST_SAVING:
        return []
    bare = [name for name in kept if not _is_optional_name(properties[name])]
    return [
        {
            "type": "object",
            "properties": {name: _undescribed(_field(properties[name], required=name in required)) for name in names},
            "required": names,
            "additionalProperties": False,
        }
        for names in _without_repeats([bare, kept])
    ]


def _field(node: Mapping[str, Any], *, required: bool) -> dict[str, Any]:
    return _strict(node) if required else _nullable(_strict(node))


def _is_optional_name(node: Mapping[str, Any]) -> bool:
    """Whether it is a plain string that may be left out: a name or an id. A quote is a string that says what it is."""
    parts = cast("list[Mapping[str, Any]]", node.get("anyOf", []))
    return any(part.get("type") == "string" and not {"description", "enum"} & part.keys() for part in parts)


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


def _without_repeats(parts: list[PartT]) -> list[PartT]:
    return [part for number, part in enumerate(parts) if part not in parts[:number]]


def _free_form(node: Mapping[str, Any]) -> str:
    return f"{node.get('description', '')} (any JSON value, written as a string)".strip()
