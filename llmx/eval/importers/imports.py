"""Read the exports of annotation tools: Label Studio JSON, brat standoff, doccano JSONL and Prodigy JSONL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from llmx.errors import GoldError
from llmx.eval.importers.assemble import ToolDocument, ToolSpan, assemble
from llmx.eval.importers.brat import read_brat
from llmx.eval.importers.labelmap import LabelMap

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Imported:
    """Gold lines made of an export.

    Attributes:
        rows: The lines.
        spans: Spans of the export.
        moved: Spans that were moved to their words.
        lost: Spans whose place could not be told; they are left out.
        notes: What else should be known.
    """

    rows: tuple[dict[str, Any], ...]
    spans: int
    moved: int
    lost: int
    notes: tuple[str, ...] = ()


def import_gold(kind: str, source: Path, labels: LabelMap) -> Imported:
    """Make gold of an export.

    Args:
        kind: `labelstudio`, `brat`, `doccano` or `prodigy`.
        source: The export: a file, or brat's folder.
        labels: What the tool's labels mean.

    Raises:
        GoldError: The export cannot be read.
    """
    notes: list[str] = []
    try:
        found = [assemble(document, labels) for document in _READERS[kind](source, notes.append)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GoldError(f"{source}: not a {kind} export that can be read: {error!r}") from error
    return Imported(
        rows=tuple(one.row for one in found),
        spans=sum(one.spans for one in found),
        moved=sum(one.moved for one in found),
        lost=sum(one.lost for one in found),
        notes=tuple(notes),
    )


Note = Callable[[str], None]


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: cannot be read as JSON: {error}") from error


def _lines(path: Path) -> Iterator[tuple[int, Fields]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except ValueError as error:
            raise GoldError(f"{path}:{number}: not JSON: {error}") from error


def _label_studio(path: Path, note: Note) -> Iterator[ToolDocument]:
    for task in cast("Sequence[Fields]", _json(path)):
        data = cast("Fields", task["data"])
        name = next((key for key in ("text", "article", "body") if isinstance(data.get(key), str)), None)
        if name is None:
            raise GoldError(f"{path}: task {task.get('id')}: no text in data (text, article or body)")
        drafts = [a for a in cast("Sequence[Fields]", task.get("annotations") or ()) if not a.get("was_cancelled")]
        if not drafts:
            note(f"task {task.get('id')} has no annotation and is left out")
            continue
        if len(drafts) > 1:
            note(f"task {task.get('id')} has {len(drafts)} annotations, the first is taken")
        spans, relations = _label_studio_parts(cast("Sequence[Fields]", drafts[0].get("result") or ()))
        yield ToolDocument(
            id=str(data.get("id") or task.get("id")),
            text=str(data[name]),
            spans=spans,
            relations=relations,
            meta={
                key: value for key, value in data.items() if key not in (name, "id") and isinstance(value, str | int)
            },
            annotator=str(drafts[0]["completed_by"]) if isinstance(drafts[0].get("completed_by"), int | str) else None,
        )


def _label_studio_parts(
    result: Sequence[Fields],
) -> tuple[tuple[ToolSpan, ...], tuple[tuple[str, str, str], ...]]:
    choices: dict[str, dict[str, str]] = {}
    relations: list[tuple[str, str, str]] = []
    for item in result:
        if item.get("type") == "choices" and item.get("id"):
            chosen = cast("Fields", item["value"])["choices"]
            choices.setdefault(str(item["id"]), {})[str(item.get("from_name"))] = str(chosen[0])
        elif item.get("type") == "relation":
            one, other = str(item["from_id"]), str(item["to_id"])
            ends = (other, one) if item.get("direction") == "left" else (one, other)
            relations.extend((*ends, str(label)) for label in item.get("labels") or [""])
    spans: list[ToolSpan] = []
    for item in result:
        value = cast("Fields", item.get("value") or {})
        labels = value.get("labels") or value.get("hypertextlabels")
        if not labels or "start" not in value:
            continue
        offsets = cast("Fields", value.get("globalOffsets") or value)
        words = value.get("text")
        key = str(item["id"])
        spans.append(
            ToolSpan(
                key=key,
                label=str(labels[0]),
                fragments=((int(offsets["start"]), int(offsets["end"])),),
                words=(str(words),) if isinstance(words, str) else None,
                attributes=choices.get(key, {}),
            )
        )
    return tuple(spans), tuple(relations)


def _doccano(path: Path, note: Note) -> Iterator[ToolDocument]:
    del note
    for number, row in _lines(path):
        spans: list[ToolSpan] = []
        for at, item in enumerate(
            cast("Sequence[Any]", row.get("entities") or row.get("label") or row.get("labels") or ())
        ):
            if isinstance(item, dict):
                held = cast("Fields", item)
                bounds = (int(held["start_offset"]), int(held["end_offset"]))
                spans.append(ToolSpan(key=str(held.get("id", at)), label=str(held["label"]), fragments=(bounds,)))
            else:
                spans.append(ToolSpan(key=str(at), label=str(item[2]), fragments=((int(item[0]), int(item[1])),)))
        relations = tuple(
            (str(held["from_id"]), str(held["to_id"]), str(held["type"]))
            for held in cast("Sequence[Fields]", row.get("relations") or ())
        )
        meta = cast("Fields", row.get("meta") or row.get("metadata") or {})
        text = str(row.get("text") or row.get("data"))
        yield ToolDocument(id=str(row.get("id", number)), text=text, spans=tuple(spans), relations=relations, meta=meta)


def _prodigy(path: Path, note: Note) -> Iterator[ToolDocument]:
    for number, row in _lines(path):
        if row.get("answer", "accept") != "accept":
            note(f"line {number}: answer {row.get('answer')!r} is left out")
            continue
        text = str(row["text"])
        rows = cast("Sequence[Fields]", row.get("spans") or ())
        spans = tuple(
            ToolSpan(
                key=str(at),
                label=str(held["label"]),
                fragments=((int(held["start"]), int(held["end"])),),
                words=(str(held["text"]),) if isinstance(held.get("text"), str) else None,
            )
            for at, held in enumerate(rows)
        )
        relations: list[tuple[str, str, str]] = []
        for held in cast("Sequence[Fields]", row.get("relations") or ()):
            ends = _end_of(held, "head", rows), _end_of(held, "child", rows)
            if ends[0] is None or ends[1] is None:
                note(f"line {number}: relation {held.get('label')!r} joins tokens that are no span, and is left out")
                continue
            relations.append((ends[0], ends[1], str(held["label"])))
        meta = cast("Fields", row.get("meta") or {})
        yield ToolDocument(
            id=str(meta.get("id") or row.get("_task_hash") or number),
            text=text,
            spans=spans,
            relations=tuple(relations),
            meta=meta,
            annotator=row.get("_annotator_id"),
        )


def _end_of(relation: Fields, side: str, spans: Sequence[Fields]) -> str | None:
    """The span at one end of a relation: the tool points at tokens, not at spans."""
    exact = cast("Fields | None", relation.get(f"{side}_span"))
    for at, span in enumerate(spans):
        if exact is not None and (span["start"], span["end"]) == (exact.get("start"), exact.get("end")):
            return str(at)
    token = relation.get(side)
    for at, span in enumerate(spans):
        if isinstance(token, int) and span.get("token_start", token + 1) <= token <= span.get("token_end", -1):
            return str(at)
    return None


_READERS: Mapping[str, Callable[[Path, Note], Iterator[ToolDocument]]] = MappingProxyType(
    {"labelstudio": _label_studio, "brat": read_brat, "doccano": _doccano, "prodigy": _prodigy}
)
