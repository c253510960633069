"""Re-asks: ask a model again for the fields that failed, and put its fixes into the draft.

A *re-ask* shows the failed fields alone, each with the reason, the record it stands in and the sentences it comes from;
the article is not sent again. The answer is a list of *fixes* by number, which patch the draft; grounding then judges
the patched draft as if it had come so.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel, Field

from llmx.document import Document
from llmx.port import Draft, Message
from llmx.prompt.layout import fence_for, numbered_sentences, sendable
from llmx.prompt.template import Template
from llmx.result import Path, show_path
from llmx.text.span import Span

_RECORD_CHARS = 600
_AROUND = 1
_MOST_QUOTED = 5
_NUMBER = re.compile(r'"(\d{1,6})\|')


@dataclass(frozen=True, slots=True)
class Failure:
    """A field of the draft that failed.

    Attributes:
        path: Where it stands in the draft.
        reason: The reason's code.
        detail: Both sides in words; may be empty.
        near: The document's words that come nearest, or where the record's other quotes stand; `None` if unknown.
    """

    path: Path
    reason: str
    detail: str = ""
    near: Span | None = None


class Fix(BaseModel):
    """The new value of one failed field."""

    number: int = Field(description="The failed field's number.")
    value: str | int | float | bool | list[str] | dict[str, Any] | None = Field(
        default=None, description="Its new value, of the same form as the old one; null to leave it out."
    )


class Fixes(BaseModel):
    """What a re-ask asks for: a fix for each failed field that can be mended."""

    fixes: list[Fix] = Field(description="One for each failed field.")


def render_reask(
    template: Template, document: Document, draft: Draft, failures: Sequence[Failure], *, report: str
) -> tuple[Message, ...]:
    """The messages that ask again for `failures`, numbered from 1 in their order.

    Args:
        template: A re-ask template, read with `REASK_VARIABLES`.
        document: The document.
        draft: The draft they stand in.
        failures: The failed fields.
        report: The name of the report class.

    Raises:
        PromptError: The template fails while rendering.
    """
    records: dict[Path, dict[str, Any]] = {}
    for number, failure in enumerate(failures, start=1):
        path = _record_path(draft, failure.path)
        entry = records.setdefault(path, {"path": show_path(path), "failures": [], "near": []})
        entry["near"].extend(_sentences_near(document, failure.near) or _sentences_quoted(document, _at(draft, path)))
        entry["failures"].append(
            {
                "number": number,
                "path": show_path(failure.path),
                "reason": failure.reason,
                "detail": _one_line(failure.detail),
                "value": _compact(_at(draft, failure.path)),
            }
        )
    for path, entry in records.items():
        entry["record"] = _compact(_at(draft, path))
        entry["sentences"] = numbered_sentences(document, set(entry.pop("near")))
    published = document.published.isoformat() if document.published else None
    rows = list(records.values())
    fence = fence_for(json.dumps(rows, ensure_ascii=False))
    return template.messages({"records": rows, "fence": fence, "published": published, "report": report})


def apply_fixes(draft: Draft, failures: Sequence[Failure], answer: Draft) -> Draft:
    """The draft with the fixes of `answer` in place; fixes that name no failed field are ignored.

    A fix of `null`, or none at all, leaves the field as it was: grounding rejects it again, and says why.
    """
    patched = copy.deepcopy(draft)
    fixes = answer.get("fixes")
    for entry in cast("list[Any]", fixes) if isinstance(fixes, list) else []:
        fix = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
        number, value = fix.get("number"), fix.get("value")
        if not isinstance(number, int) or not 1 <= number <= len(failures) or value is None:
            continue
        path = failures[number - 1].path
        _put(patched, path, _read_back(value, _at(draft, path)))
    return patched


def _read_back(value: Any, old: Any) -> Any:
    """`value`, read as JSON where it stands for a record or a list and came as a string: some models write it so."""
    shape = next((shape for shape in (dict, list) if isinstance(old, shape)), None)
    if not isinstance(value, str) or shape is None:
        return value
    try:
        read: Any = json.loads(value)
    except ValueError:
        return value
    return cast("Any", read) if isinstance(read, shape) else value


def _sentences_near(document: Document, near: Span | None) -> list[int]:
    if near is None:
        return []
    middle = document.sentence_index(near)
    last = document.sentence_index(Span(max(near.start, near.end - 1), max(near.start, near.end - 1)))
    return list(range(max(0, middle - _AROUND), min(len(document.sentences), last + _AROUND + 1)))


def _sentences_quoted(document: Document, record: Any) -> list[int]:
    """The sentences that the quotes of a record name, where nothing nearer is known."""
    numbers = {int(found) for found in _NUMBER.findall(json.dumps(record, ensure_ascii=False, default=str))}
    return sorted(number - 1 for number in numbers if 1 <= number <= len(document.sentences))[:_MOST_QUOTED]


def _record_path(draft: Draft, path: Path) -> Path:
    """The path of the nearest record around `path`."""
    for length in range(len(path) - 1, 0, -1):
        if isinstance(_at(draft, path[:length]), dict):
            return path[:length]
    return path


def _at(draft: Any, path: Path) -> Any:
    value = draft
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = cast("dict[str, Any]", value).get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(cast("list[Any]", value)):
            value = cast("list[Any]", value)[step]
        else:
            return value if step == 0 and not isinstance(value, (dict, list)) else None
    return value


def _put(draft: Any, path: Path, value: Any) -> None:
    if not path:
        return
    holder, step = _at(draft, path[:-1]), path[-1]
    if isinstance(holder, dict) and isinstance(step, str):
        cast("dict[str, Any]", holder)[step] = value
    elif isinstance(holder, list) and isinstance(step, int):
        items = cast("list[Any]", holder)
        items[step : step + 1] = [value] if step < len(items) else []
    elif step == 0 and len(path) > 1:
        _put(draft, path[:-1], [value])


def _compact(value: Any) -> str:
    shown = sendable(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str))
    return shown if len(shown) <= _RECORD_CHARS else shown[:_RECORD_CHARS] + "…"


def _one_line(text: str) -> str:
    return sendable(" ".join(text.split()))
