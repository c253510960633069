"""Assemble gold records from labelled spans and the relations between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from llmx.eval.gold.format import GOLD_SCHEMA
from llmx.eval.importers.anchor import Anchors
from llmx.eval.importers.labelmap import LabelMap
from llmx.text.span import Span


@dataclass(frozen=True, kw_only=True)
class ToolSpan:
    """A labelled span as a tool exports it.

    Attributes:
        key: Its id in the export.
        label: Its label.
        fragments: Start and end of each part, in the tool's own count.
        words: The words the tool exported, one for each fragment, or `None`.
        attributes: Attributes or choices set on it.
    """

    key: str
    label: str
    fragments: tuple[tuple[int, int], ...]
    words: tuple[str, ...] | None = None
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, kw_only=True)
class ToolDocument:
    """A text with its spans and relations (from, to, label) as a tool exports it."""

    id: str
    text: str
    spans: tuple[ToolSpan, ...]
    relations: tuple[tuple[str, str, str], ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict[str, Any])
    annotator: str | None = None


@dataclass(frozen=True)
class Assembled:
    """A gold line, and how many of its spans there are, were moved, and were lost."""

    row: dict[str, Any]
    spans: int
    moved: int
    lost: int


def assemble(document: ToolDocument, labels: LabelMap) -> Assembled:
    """The gold line of a tool's document; labels that the map does not name are left out."""
    cites, moved, lost = _cites(document, labels)
    spans = {span.key: span for span in document.spans if span.key in cites}
    row: dict[str, Any] = {"id": document.id, "schema": GOLD_SCHEMA, "text": document.text}
    if document.annotator:
        row["annotator"] = document.annotator
    if document.meta:
        row["meta"] = dict(document.meta)
    if labels.entities:
        row["entities"] = [
            {"id": key, "kind": labels.entities[span.label], "mentions": [cites[key]]}
            for key, span in spans.items()
            if span.label in labels.entities
        ]
    if labels.triggers:
        row["events"] = _events(spans, cites, document.relations, labels)
    if labels.attributions:
        row["attributions"] = _attributions(spans, cites, document.relations, labels)
    if labels.claims:
        row["claims"] = [
            {"evidence": [cites[key]], "kind": labels.claims[span.label]}
            for key, span in spans.items()
            if span.label in labels.claims
        ]
    return Assembled(row, len(document.spans), moved, lost)


def _cites(document: ToolDocument, labels: LabelMap) -> tuple[dict[str, Any], int, int]:
    """Each span's citation, and how many spans were moved and lost."""
    anchors = Anchors(document.text)
    offsets = labels.offsets
    if offsets == "auto":
        bare = [part for span in document.spans if span.words is None for part in span.fragments]
        offsets = "utf16" if bare and anchors.counts_units(bare) else "codepoints"
    cites: dict[str, Any] = {}
    moved = lost = 0
    for span in document.spans:
        found = [
            anchors.place(start, end, span.words[n] if span.words else None, offsets)
            for n, (start, end) in enumerate(span.fragments)
        ]
        places = [one.span for one in found if one.span is not None]
        if not places or len(places) < len(found):
            lost += 1
            continue
        moved += any(one.moved for one in found)
        parts = [_cite(place, document.text) for place in _joined(places, document.text)]
        cites[span.key] = parts[0] if len(parts) == 1 else parts
    return cites, moved, lost


def _joined(places: Sequence[Span], text: str) -> list[Span]:
    """Fragments with nothing but white space between them are one: tools cut spans at line ends."""
    ordered = sorted(places)
    joined = [ordered[0]]
    for place in ordered[1:]:
        if not text[joined[-1].end : place.start].strip():
            joined[-1] = joined[-1].hull(place)
        else:
            joined.append(place)
    return joined


def _cite(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "q": span.of(text)}


def _events(
    spans: Mapping[str, ToolSpan],
    cites: Mapping[str, Any],
    relations: Sequence[tuple[str, str, str]],
    labels: LabelMap,
) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    for key, span in spans.items():
        if span.label not in labels.triggers:
            continue
        held = [(other, label) for one, other, label in relations if one == key]
        held.extend(
            (one, label) for one, other, label in relations if other == key and one not in _triggers(spans, labels)
        )
        event: dict[str, Any] = {
            "id": key,
            "type": labels.triggers[span.label],
            "trigger": cites[key],
            "participants": [
                {"role": labels.participants[label], "cite": cites[other]}
                for other, label in held
                if label in labels.participants and other in cites
            ],
        }
        for name, value in span.attributes.items():
            if name in labels.attributes:
                event[labels.attributes[name]] = value
        events.append(event)
    return events


def _triggers(spans: Mapping[str, ToolSpan], labels: LabelMap) -> set[str]:
    return {key for key, span in spans.items() if span.label in labels.triggers}


def _attributions(
    spans: Mapping[str, ToolSpan],
    cites: Mapping[str, Any],
    relations: Sequence[tuple[str, str, str]],
    labels: LabelMap,
) -> list[dict[str, Any]]:
    """Sources, cues and contents that relations join are one attribution; a content alone is one too."""
    parts = {key: labels.attributions[span.label] for key, span in spans.items() if span.label in labels.attributions}
    home = {key: key for key in parts}

    def root(key: str) -> str:
        while home[key] != key:
            key = home[key]
        return key

    joined = False
    for one, other, label in relations:
        if one in parts and other in parts and (labels.relations is None or label in labels.relations):
            home[root(other)] = root(one)
            joined = True
    groups: dict[str, list[str]] = {}
    for key in parts:
        groups.setdefault(root(key), []).append(key)
    found: list[dict[str, Any]] = []
    for keys in groups.values():
        held = {part: [cites[key] for key in keys if parts[key] == part] for part in ("source", "cue", "content")}
        if not held["content"]:
            continue
        row: dict[str, Any] = {"content": held["content"]}
        for part in ("source", "cue"):
            if held[part]:
                row[part] = held[part][0] if len(held[part]) == 1 else _flat(held[part])
            elif joined:
                row[part] = None
        found.append(row)
    return found


def _flat(cites: Sequence[Any]) -> list[Any]:
    return [part for cite in cites for part in (cast("list[Any]", cite) if isinstance(cite, list) else [cite])]
