"""Tables: the flat form of extractions, one row a record, for programs that think in rows.

Every row names its article and carries the words and offsets of its evidence, so that a row can be checked without
the nested form. Lists of words are joined by `; `.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from llmx.batch.conflict_events import CONFLICT_COLUMNS, conflict_events
from llmx.batch.published import Fields, first, items, part, words

Kind = Literal["text", "int", "bool", "date"]
"""What a column holds; a date is ISO 8601."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its columns, and its rows for one extraction."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Fields], Iterator[dict[str, Any]]]


def _columns(names: str) -> tuple[Column, ...]:
    """Columns from `name` and `name:kind`, apart by spaces."""
    kinds: Mapping[str, Kind] = {"int": "int", "bool": "bool", "date": "date"}
    pairs = (name.partition(":") for name in names.split())
    return tuple(Column(name, kinds.get(kind, "text")) for name, _, kind in pairs)


_ARTICLE = "article_id published:date outlet title url"


def _article(extraction: Fields) -> dict[str, Any]:
    document = extraction["document"]
    return {
        "article_id": document["id"],
        "published": document.get("published"),
        "outlet": document.get("outlet"),
        "title": document.get("title"),
        "url": document.get("url"),
    }


def _words(citations: Sequence[Fields]) -> str | None:
    """The words of citations, in one line."""
    return " … ".join(citation["quote"] for citation in citations) or None


def _cited(name: str, citation: Fields | None) -> dict[str, Any]:
    """The three columns of one citation."""
    found = citation or {}
    return {name: found.get("quote"), f"{name}_start": found.get("start"), f"{name}_end": found.get("end")}


def _cover(name: str, citations: Sequence[Fields]) -> dict[str, Any]:
    """The three columns of several citations: their words, from the first to the last."""
    return {
        name: _words(citations),
        f"{name}_start": min((citation["start"] for citation in citations), default=None),
        f"{name}_end": max((citation["end"] for citation in citations), default=None),
    }


def _sources(report: Fields) -> Mapping[str, str | None]:
    """For each attribution, by its id, the words for its source."""
    return {item["id"]: part(item, "source").get("quote") for item in items(report, "attributions")}


def _speakers(sources: Mapping[str, str | None], chain: Sequence[str]) -> str | None:
    """The words for those who say it, outermost first; `None` where the document does."""
    return "; ".join(found for name in chain if (found := sources.get(name))) or None


def _events(extraction: Fields) -> Iterator[dict[str, Any]]:
    report, article = extraction["report"], _article(extraction)
    sources = _sources(report)
    for event in items(report, "events"):
        time, place = part(event, "time"), first(items(event, "places"))
        yield {
            **article,
            "event_id": event["id"],
            "type": event["type"],
            "modality": event["modality"],
            "polarity": event.get("polarity"),
            "aggregate": event.get("aggregate"),
            **_cited("trigger", event["trigger"]),
            **_cover("evidence", event["evidence"]),
            "time_words": part(time, "cite").get("quote"),
            "time_value": time.get("value"),
            "time_start": time.get("start"),
            "time_end": time.get("end"),
            "time_precision": time.get("precision"),
            "place": place.get("name"),
            "country": place.get("country"),
            "admin1": place.get("admin1"),
            "place_precision": place.get("precision"),
            "places": "; ".join(place["name"] for place in items(event, "places")) or None,
            "participants": "; ".join(f"{who['role']}: {who['cite']['quote']}" for who in items(event, "participants"))
            or None,
            "hedges": "; ".join(hedge["quote"] for hedge in items(event, "hedges")) or None,
            "asserted_by": "; ".join(words(event, "asserted_by")) or None,
            "asserted_by_words": _speakers(sources, words(event, "asserted_by")),
        }


def _counts(extraction: Fields) -> Iterator[dict[str, Any]]:
    article = _article(extraction)
    for event in items(extraction["report"], "events"):
        for count in items(event, "counts"):
            yield {
                **article,
                "event_id": event["id"],
                "event_type": event["type"],
                "of": count["of"],
                "group": count.get("group"),
                "low": count.get("low"),
                "best": count.get("best"),
                "high": count.get("high"),
                "qualifier": count["qualifier"],
                "said_by": count.get("said_by"),
                **_cited("words", count["cite"]),
            }


def _attributions(extraction: Fields) -> Iterator[dict[str, Any]]:
    report, article = extraction["report"], _article(extraction)
    names = {entity["id"]: entity.get("name") for entity in items(report, "entities")}
    for item in items(report, "attributions"):
        yield {
            **article,
            "attribution_id": item["id"],
            **_cited("source", item.get("source")),
            "source_name": names.get(item.get("source_entity")),
            "source_kind": item.get("source_kind"),
            "via": names.get(item.get("via"), item.get("via")),
            **_cited("cue", item.get("cue")),
            **_cover("content", item["content"]),
            "mode": item.get("mode"),
            "stance": item.get("stance"),
            "parent": item.get("parent"),
        }


def _claims(extraction: Fields) -> Iterator[dict[str, Any]]:
    report, article = extraction["report"], _article(extraction)
    sources = _sources(report)
    for claim in items(report, "claims"):
        yield {
            **article,
            "claim_id": claim["id"],
            "text": claim["text"],
            "kind": claim.get("kind"),
            "epistemic": claim.get("epistemic"),
            "check_worthy": claim.get("check_worthy"),
            "claimer": "; ".join(words(claim, "claimer")) or None,
            "claimer_words": _speakers(sources, words(claim, "claimer")),
            **_cover("evidence", claim["evidence"]),
            "events": "; ".join(words(claim, "events")) or None,
            "loaded_terms": "; ".join(term["quote"] for term in items(claim, "loaded_terms")) or None,
        }


TABLES: tuple[Table, ...] = (
    Table(
        "events",
        _columns(
            f"{_ARTICLE} event_id type modality polarity aggregate:bool trigger trigger_start:int trigger_end:int "
            "evidence evidence_start:int evidence_end:int time_words time_value time_start:date time_end:date "
            "time_precision place country admin1 place_precision places participants hedges asserted_by "
            "asserted_by_words"
        ),
        _events,
    ),
    Table(
        "claims",
        _columns(
            f"{_ARTICLE} claim_id text kind epistemic check_worthy:bool claimer claimer_words evidence "
            "evidence_start:int evidence_end:int events loaded_terms"
        ),
        _claims,
    ),
    Table(
        "attributions",
        _columns(
            f"{_ARTICLE} attribution_id source source_start:int source_end:int source_name source_kind via cue "
            "cue_start:int cue_end:int content content_start:int content_end:int mode stance parent"
        ),
        _attributions,
    ),
    Table(
        "counts",
        _columns(
            f"{_ARTICLE} event_id event_type of group low:int best:int high:int qualifier said_by words "
            "words_start:int words_end:int"
        ),
        _counts,
    ),
    Table("conflict-events", _columns(CONFLICT_COLUMNS), conflict_events),
)
"""The flat tables of a news report, in the order they are written."""
