"""The map file: what a tool's labels mean in gold.

[triggers]                    # span label -> event type
Attack = "attack"
[participants]                # relation or role label -> role
Attacker = "attacker"
[attributions]                # span label -> source, cue or content
Speaker = "source"
[claims]                      # span label -> kind of claim
Claim = "event"
[entities]                    # span label -> kind of entity
PER = "person"
[attributes]                  # attribute or choice -> field of the event: modality, polarity
Modality = "modality"
[options]
relations = ["said-by"]       # relation labels that join source, cue and content; all others where it is absent
offsets = "auto"              # or "codepoints", "utf16": for tools that export no words
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from llmx.errors import GoldError

Offsets = Literal["auto", "codepoints", "utf16"]
_PARTS = frozenset({"source", "cue", "content"})
_TABLES = ("triggers", "participants", "attributions", "claims", "entities", "attributes")


@dataclass(frozen=True, kw_only=True)
class LabelMap:
    """What a tool's labels mean: see the module."""

    triggers: Mapping[str, str] = field(default_factory=dict[str, str])
    participants: Mapping[str, str] = field(default_factory=dict[str, str])
    attributions: Mapping[str, str] = field(default_factory=dict[str, str])
    claims: Mapping[str, str] = field(default_factory=dict[str, str])
    entities: Mapping[str, str] = field(default_factory=dict[str, str])
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])
    relations: frozenset[str] | None = None
    offsets: Offsets = "auto"


def read_map(path: Path) -> LabelMap:
    """Read a map file.

    Raises:
        GoldError: It is no TOML, or has a table or value that means nothing.
    """
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GoldError(f"{path}: the map cannot be read: {error}") from error
    unknown = sorted(set(held) - {*_TABLES, "options"})
    if unknown:
        raise GoldError(f"{path}: no table is called [{unknown[0]}]: there are {', '.join(_TABLES)}, options")
    tables = {name: _strings(path, name, held.get(name, {})) for name in _TABLES}
    wrong = sorted(set(tables["attributions"].values()) - _PARTS)
    if wrong:
        raise GoldError(f"{path}: [attributions] maps to source, cue or content, not {wrong[0]!r}")
    options = cast("Mapping[str, Any]", held.get("options", {}))
    offsets = str(options.get("offsets", "auto"))
    if offsets not in ("auto", "codepoints", "utf16"):
        raise GoldError(f"{path}: options.offsets is auto, codepoints or utf16, not {offsets!r}")
    relations = options.get("relations")
    return LabelMap(**tables, offsets=offsets, relations=None if relations is None else frozenset(relations))


def _strings(path: Path, name: str, table: Any) -> dict[str, str]:
    if not isinstance(table, dict):
        raise GoldError(f"{path}: [{name}] is a table of label = meaning")
    return {str(key): str(value) for key, value in cast("dict[str, Any]", table).items()}
