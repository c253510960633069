"""Freeze gold: write offsets beside the quotes and digests beside the text, so that a changed text is noticed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, cast

from llmx.eval.gold.cites import CiteError, resolve_cite
from llmx.eval.gold.resolve import RECORD_LISTS

_LINE_DIGEST = 6
_ONE = frozenset({"trigger", "cite", "source", "cue", "addressee", "medium"})
_MANY = frozenset({"evidence", "content", "hedges", "mentions", "loaded_terms", "spans"})


def text_digest(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def line_digests(text: str) -> str:
    """A short digest of every line of the text, parted by spaces: enough to tell which line changed."""
    return " ".join(text_digest(line)[:_LINE_DIGEST] for line in text.split("\n"))


def first_changed_line(text: str, frozen: str | None) -> tuple[int, str] | None:
    """Number (from 1) and words of the first line that differs from the frozen text; `None` where it is not known."""
    if frozen is None:
        return None
    before, now = frozen.split(" "), text.split("\n")
    for number, line in enumerate(now, 1):
        if number > len(before) or before[number - 1] != text_digest(line)[:_LINE_DIGEST]:
            return number, line[:80]
    return len(now) + 1, ""


def freeze_line(line: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A gold line with `{"start", "end", "q"}` in place of every citation, and the text's digests.

    Args:
        line: A line that `check_gold` found no error in.
        text: Its text.
    """
    frozen: dict[str, Any] = {}
    for key, value in line.items():
        if key in RECORD_LISTS and value is not None:
            frozen[key] = [_freeze(item, text) for item in value]
        elif key == "scope" and value is not None:
            frozen[key] = _freeze(value, text)
        elif key == "report" and value is not None:
            frozen[key] = _freeze_report(value, text)
        else:
            frozen[key] = value
    return {**frozen, "text_sha256": text_digest(text), "text_lines": line_digests(text)}


def _freeze(node: Any, text: str) -> Any:
    if isinstance(node, list):
        return [_freeze(item, text) for item in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    fields = cast("dict[str, Any]", node)
    return {key: _freeze_field(key, value, text) for key, value in fields.items()}


def _freeze_field(key: str, value: Any, text: str) -> Any:
    if value is None or key.startswith("_"):
        return value
    if key in _MANY and isinstance(value, list):
        return [_freeze_cite(item, text) for item in cast("list[Any]", value)]
    if key in _ONE or key in _MANY:
        return _freeze_cite(value, text)
    return _freeze(value, text)


def _freeze_report(node: Any, text: str) -> Any:
    if isinstance(node, list):
        return [_freeze_report(item, text) for item in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    fields = cast("dict[str, Any]", node)
    if "value" in fields:
        return _freeze(fields, text)
    return {key: _freeze_report(value, text) for key, value in fields.items()}


def _freeze_cite(cite: Any, text: str) -> Any:
    try:
        placed = [{"start": span.start, "end": span.end, "q": span.of(text)} for span in resolve_cite(cite, text)]
    except CiteError:
        return cite
    return placed[0] if len(placed) == 1 else placed
