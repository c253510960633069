"""Read answers: from the text a model wrote to a plain draft.

Small models wrap their JSON in fences, talk around it, write single quotes, or stop in the middle. What can be read
without guessing is read, and a note says what was done. Values are not judged here: an invalid one is grounding's to
reject, so that it does not take the valid ones with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

import json_repair

from llmx.port import Draft

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_RECORD_DEPTH = 3
"""How deep the end of a record of a report's list is: report, list, record."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft as it was read.

    Attributes:
        draft: The tree.
        notes: What was done to read it, one line each.
    """

    draft: Draft
    notes: tuple[str, ...] = ()


def read_draft(raw: str, *, fields: Collection[str], truncated: bool = False) -> Reading | None:
    """The draft in `raw`, or `None` where no JSON object can be read.

    Args:
        raw: The answer's text.
        fields: The field names the draft should have; tells the draft from what is wrapped around it.
        truncated: Whether the server said that the answer ends early.
    """
    if not truncated:
        whole = _load(raw)
        if isinstance(whole, dict):
            draft = _unwrapped(cast("Draft", whole), fields)
            return Reading(draft) if _is_draft(draft, fields) else None
    text = _THOUGHTS.sub("", raw)
    for start in _openings(text):
        found = _read_from(text[start:], fields)
        if found is not None:
            return found
    return None


def _read_from(text: str, fields: Collection[str]) -> Reading | None:
    """The draft that starts at the first character of `text`, if that reads as one."""
    end = _end_of_object(text)
    if end is None:
        kept = _complete_records(text)
        value = _load(kept) if kept else None
        if kept and not isinstance(value, dict):
            value = _repaired(kept)
        note = "the model's answer ends early; records that were not finished are left out"
    else:
        value = _load(text[:end])
        note = "text around the model's JSON was left out"
        if not isinstance(value, dict):
            value = _repaired(text[:end])
            note = "the model's JSON had faults and was repaired"
    if not isinstance(value, dict):
        return None
    draft = _unwrapped(cast("Draft", value), fields)
    return Reading(draft, (note,)) if _is_draft(draft, fields) else None


def _is_draft(value: Draft, fields: Collection[str]) -> bool:
    """Whether the object has a field that was asked for, or says with an empty one that there is nothing."""
    return not value or bool(value.keys() & set(fields))


def _openings(text: str) -> list[int]:
    """Where the JSON may begin: the first brace on a line of its own or behind a fence, then the first of all."""
    first = text.find("{")
    if first < 0:
        return []
    at_line = [found.start(1) for found in re.finditer(r"(?:^|\n|```(?:json)?)\s*(\{)", text)]
    return list(dict.fromkeys([*at_line[:3], first]))


def _end_of_object(text: str) -> int | None:
    """The offset behind the object that `text` begins with, or `None` where it is not closed."""
    depth = 0
    for at, char in _structure(text):
        depth += 1 if char in "{[" else -1
        if depth == 0:
            return at + 1
    return None


def _complete_records(text: str) -> str:
    """The object that `text` begins with, up to its last complete record, closed; empty where none is complete."""
    stack: list[str] = []
    kept, closers = 0, ""
    for at, char in _structure(text):
        if char in "{[":
            stack.append("}" if char == "{" else "]")
            continue
        if not stack:
            break
        stack.pop()
        if len(stack) < _RECORD_DEPTH:
            kept, closers = at + 1, "".join(reversed(stack))
    return text[:kept] + closers if kept else ""


def _structure(text: str) -> list[tuple[int, str]]:
    """The brackets outside of strings, with their offsets."""
    found: list[tuple[int, str]] = []
    inside = escaped = False
    for at, char in enumerate(text):
        if inside:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                inside = False
        elif char == '"':
            inside = True
        elif char in "{}[]":
            found.append((at, char))
    return found


def _unwrapped(value: Draft, fields: Collection[str]) -> Draft:
    """The draft itself, where it is the only value of an object around it, such as `{"report": {…}}`."""
    inner = next(iter(value.values())) if len(value) == 1 else None
    if isinstance(inner, dict) and not value.keys() & set(fields) and inner.keys() & set(fields):
        return cast("Draft", inner)
    return value


def _load(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _repaired(text: str) -> Any:
    try:
        return json_repair.loads(text, skip_json_loads=True)
    except (ValueError, RecursionError, IndexError):
        return None
