"""Patches: what a re-ask brings, put into the draft.

A re-ask names only the paths that failed; the answer is a list of paths and new values. A patch may change the path it
was asked for and its siblings in the same record, and nothing else: an answer that wants to rewrite the rest is ignored
there. `null` withdraws a value.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any, cast

from pydantic import BaseModel, Field

from llmx.port import Draft
from llmx.result import Path, Rejection, show_path

PatchValue = str | int | float | bool | list[str] | None


class Patch(BaseModel):
    """One changed value."""

    path: str = Field(description="The path as it was named, or that of a field beside it.")
    value: PatchValue = Field(description="The new value; a quote as number|words; null to withdraw it.")


class Patches(BaseModel):
    """The changed values, one for each path that was named."""

    patches: list[Patch] = Field(description="One for each path that was named; none for a path to be left out.")


def patched(draft: Draft, answer: Draft, failed: Sequence[Rejection]) -> Draft:
    """`draft` with the patches of `answer`; the draft itself is not changed.

    Args:
        draft: What the model filled.
        answer: Its answer to the re-ask, as plain values; what is no patch in it is ignored.
        failed: What it was asked for again.
    """
    result = copy.deepcopy(draft)
    allowed = {rejection.path for rejection in failed}
    around = {path.rpartition(".")[0] for path in allowed}
    offered = answer.get("patches")
    for item in cast("list[Any]", offered) if isinstance(offered, list) else []:
        if not isinstance(item, dict):
            continue
        patch = cast("dict[str, Any]", item)
        path = read_path(str(patch.get("path", "")))
        shown = show_path(path)
        if path and "value" in patch and (shown in allowed or shown.rpartition(".")[0] in around):
            _put(result, path, patch["value"])
    return result


_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d{1,6})\]")


def read_path(text: str) -> Path:
    """The path that `show_path` writes as `text`; empty when it is none.

    Example:
        >>> read_path("events[1].counts[0].low")
        ('events', 1, 'counts', 0, 'low')
    """
    steps: list[str | int] = []
    at = 0
    for found in _STEP.finditer(text):
        if found.start() != at:
            return ()
        at = found.end()
        steps.append(found.group(1) or int(found.group(2)))
    return tuple(steps) if at == len(text) else ()


def _put(draft: Any, path: Path, value: object) -> None:
    """Set the value at `path`, where the way to it exists."""
    holder = draft
    for step in path[:-1]:
        holder = _step(holder, step)
    last = path[-1]
    if isinstance(holder, dict) and isinstance(last, str):
        cast("dict[str, object]", holder)[last] = value
    elif isinstance(holder, list) and isinstance(last, int):
        items = cast("list[object]", holder)
        if last < len(items):
            items[last] = value


def _step(holder: Any, step: str | int) -> Any:
    if isinstance(holder, dict):
        return cast("dict[str | int, Any]", holder).get(step)
    if isinstance(holder, list) and isinstance(step, int):
        items = cast("list[Any]", holder)
        return items[step] if step < len(items) else None
    return None
