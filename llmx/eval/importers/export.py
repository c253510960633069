"""Export extractions for correction: Label Studio tasks with predictions, and brat's standoff files.

What is exported can be corrected in the tool and imported again with a map of the same names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

Fields = Mapping[str, Any]

_NAME = re.compile(r"[^\w.-]+")
_BEYOND = 0xFFFF


@dataclass(frozen=True, slots=True)
class _Span:
    """One labelled span of an export: its key, label, and parts."""

    key: str
    label: str
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Labels:
    """The spans and relations of one article."""

    spans: tuple[_Span, ...]
    relations: tuple[tuple[str, str, str], ...]
    attributes: tuple[tuple[str, str, str], ...]


def _parts(cite: Fields) -> tuple[tuple[int, int], ...]:
    parts = cast("Sequence[Fields]", cite.get("parts") or (cite,))
    return tuple((int(part["start"]), int(part["end"])) for part in parts)


def _labels(report: Fields) -> _Labels:
    spans: list[_Span] = []
    relations: list[tuple[str, str, str]] = []
    attributes: list[tuple[str, str, str]] = []

    def add(label: str, cite: Fields) -> str:
        spans.append(_Span(f"T{len(spans) + 1}", label, _parts(cite)))
        return spans[-1].key

    for event in cast("Sequence[Fields]", report.get("events") or ()):
        if not event.get("trigger"):
            continue
        trigger = add(str(event["type"]), event["trigger"])
        parts = event.get("participants") or ()
        relations.extend([(trigger, add("participant", part["cite"]), str(part["role"])) for part in parts])
        attributes.extend((trigger, name, str(event[name])) for name in ("modality", "polarity") if event.get(name))
    for said in cast("Sequence[Fields]", report.get("attributions") or ()):
        contents = [add("content", cite) for cite in said.get("content") or ()]
        held = [part for part in ("source", "cue") if said.get(part) and contents]
        relations.extend([(contents[0], add(part, said[part]), f"has-{part}") for part in held])
        relations.extend((contents[0], other, "continues") for other in contents[1:])
    for claim in cast("Sequence[Fields]", report.get("claims") or ()):
        for cite in claim.get("evidence") or ():
            add("claim", cite)
    return _Labels(tuple(spans), tuple(relations), tuple(attributes))


def export_labelstudio(rows: Sequence[Fields], out: Path) -> int:
    """Write extractions as Label Studio tasks; offsets are UTF-16 units, as the tool counts.

    Returns:
        How many articles were written.
    """
    tasks = [_task(row) for row in rows if "report" in row]
    out.write_text(json.dumps(tasks, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(tasks)


def _task(row: Fields) -> dict[str, Any]:
    document = cast("Fields", row["document"])
    text = str(document["text"])
    units = _units(text)
    labels = _labels(cast("Fields", row["report"]))
    result: list[dict[str, Any]] = []
    first: dict[str, str] = {}
    for span in labels.spans:
        for number, (start, end) in enumerate(span.parts):
            key = span.key if number == 0 else f"{span.key}.{number}"
            first.setdefault(span.key, key)
            value = {"start": units[start], "end": units[end], "text": text[start:end], "labels": [span.label]}
            result.append({"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value})
    for target, name, value in labels.attributes:
        chosen = {"id": target, "from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [value]}}
        result.append(chosen)
    result.extend(
        {"type": "relation", "from_id": one, "to_id": other, "direction": "right", "labels": [label]}
        for one, other, label in labels.relations
    )
    model = cast("Fields", row.get("provenance") or {}).get("model", "llmx")
    data = {"id": document.get("id"), "text": text}
    return {"data": data, "predictions": [{"model_version": model, "result": result}]}


def _units(text: str) -> list[int]:
    """For each code point, and the end, the UTF-16 units before it."""
    units = [0]
    for sign in text:
        units.append(units[-1] + (2 if ord(sign) > _BEYOND else 1))
    return units


def export_brat(rows: Sequence[Fields], out: Path) -> int:
    """Write extractions into a folder, a `.txt` and an `.ann` each.

    Returns:
        How many articles were written.
    """
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    used: set[str] = set()
    for row in rows:
        if "report" not in row:
            continue
        document = cast("Fields", row["document"])
        name = _NAME.sub("_", str(document.get("id") or count)).strip(".") or str(count)
        while name in used:
            name = f"{name}_{count}"
        used.add(name)
        text = str(document["text"])
        (out / f"{name}.txt").write_bytes(text.encode("utf-8"))
        standoff = "".join(f"{line}\n" for line in _standoff(_labels(cast("Fields", row["report"])), text))
        (out / f"{name}.ann").write_text(standoff, encoding="utf-8", newline="\n")
        count += 1
    return count


def _standoff(labels: _Labels, text: str) -> Iterator[str]:
    for span in labels.spans:
        places = ";".join(f"{start} {end}" for start, end in span.parts)
        words = " ".join(" ".join(text[start:end].split("\n")) for start, end in span.parts)
        yield f"{span.key}\t{_token(span.label)} {places}\t{words}"
    for number, (one, other, label) in enumerate(labels.relations, 1):
        yield f"R{number}\t{_token(label)} Arg1:{one} Arg2:{other}"
    for number, (target, name, value) in enumerate(labels.attributes, 1):
        yield f"A{number}\t{_token(name)} {target} {_token(value)}"


def _token(label: str) -> str:
    """A label as the format can hold it: without spaces or tabs."""
    return _NAME.sub("_", label) or "_"
