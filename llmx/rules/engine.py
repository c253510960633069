"""The engine: a model that needs no network and no key, made of rules and word lists.

It reads one document and fills the draft of a news report; grounding and the checks trust it no more than any other
model. What no rule finds stays empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from llmx.document import Document
from llmx.errors import ConfigError
from llmx.port import Answer, Message, Request
from llmx.result import Path, Usage
from llmx.rules.analysis import analyse
from llmx.rules.attribution import find_attributions
from llmx.rules.claims import draft_claim, find_claims
from llmx.rules.counts import FoundCount, find_counts
from llmx.rules.drafting import Drafting
from llmx.rules.entities import Entities
from llmx.rules.events import Clauses, FoundEvent, Side, Sorts, find_events, sides_of
from llmx.rules.places import FoundPlace, Places
from llmx.rules.relations import find_relations
from llmx.rules.silence import why_silent
from llmx.rules.vocabulary import find_words
from llmx.schema.news import NewsReport

_EMPTY: dict[str, Any] = {"entities": [], "events": [], "attributions": [], "claims": [], "relations": []}


class RulesModel:
    """The embedded engine as a model (`llmx.port.Model`)."""

    @property
    def name(self) -> str:
        """The name that provenance carries."""
        return "rules"

    @property
    def prompted(self) -> bool:
        """It reads no messages, and is never asked again."""
        return False

    def estimate(self, messages: Sequence[Message]) -> Usage:
        """Nothing: it sends no request."""
        del messages
        return Usage()

    async def fill(self, request: Request) -> Answer:
        """Fill the draft of a news report.

        Raises:
            ConfigError: The report asked for is not the news report.
        """
        if request.schema is not NewsReport:
            raise ConfigError(
                f"the embedded engine fills NewsReport alone, not {request.schema.__name__}: pass model=...",
                setting="model",
            )
        return read(request.document)


def read(document: Document) -> Answer:
    """The draft of a news report, with the rule that made each record."""
    analysis = analyse(document)
    words = find_words(analysis)
    silent = why_silent(analysis, words)
    if silent:
        return Answer(draft={name: list(records) for name, records in _EMPTY.items()}, notes=(silent,))
    clauses = Clauses(analysis)
    sorts = Sorts(analysis, words, clauses)
    attributions = find_attributions(analysis, document)
    events = find_events(analysis, words, clauses, sorts)
    relations = find_relations(analysis, events)
    counts = find_counts(analysis, clauses, sorts, events)
    claims = find_claims(analysis, attributions, events, counts)
    entities = Entities(analysis, words, clauses, sorts)
    entities.collect(events, attributions)
    named = entities.all()
    drafting = Drafting(analysis, clauses, entities, attributions)
    ids = drafting.entity_ids(named)
    draft = {
        "entities": [drafting.entity(key, found, ids) for key, found in named],
        "events": _draft_events(events, counts, Places(analysis, words, clauses), drafting, ids),
        "attributions": [drafting.attribution(number, one, ids) for number, one in enumerate(attributions)],
        "claims": [draft_claim(one, number, document.text) for number, one in enumerate(claims)],
        "relations": [drafting.relation(one) for one in relations],
    }
    made_by: dict[Path, str] = {
        **{("entities", at): found.rule for at, (_, found) in enumerate(named)},
        **{("events", at): event.rule for at, event in enumerate(events)},
        **{("attributions", at): one.rule for at, one in enumerate(attributions)},
        **{("claims", at): one.rule for at, one in enumerate(claims)},
        **{("relations", at): f"relation.{one.relation}" for at, one in enumerate(relations)},
    }
    empty = not any(draft.values())
    notes = ("the embedded engine found nothing in this text that its rules cover",) if empty else ()
    return Answer(draft=draft, made_by=made_by, notes=notes)


def _draft_events(
    events: Sequence[FoundEvent],
    counts: Sequence[FoundCount],
    places: Places,
    drafting: Drafting,
    ids: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The events as a draft holds them, each with its places and counts."""
    of_event: dict[int, list[FoundCount]] = {}
    for count in counts:
        of_event.setdefault(count.event, []).append(count)
    sides = sides_of(events, drafting.analysis, drafting.clauses)
    return [
        drafting.event(
            number,
            event,
            side=side,
            places=_places(event, side, places, drafting),
            counts=of_event.get(number, ()),
            ids=ids,
        )
        for number, (event, side) in enumerate(zip(events, sides, strict=True))
    ]


def _places(event: FoundEvent, side: Side, places: Places, drafting: Drafting) -> list[FoundPlace]:
    """The places on an event's side of its sentence, or of the first of its other mentions that has any."""
    for told in (side, *((sentence,) for sentence in event.others)):
        found = [place for part in told for place in _of_part(part, places, drafting.dateline)]
        if found:
            return found
    return []


def _of_part(part: tuple[int, int], places: Places, dateline: int) -> list[FoundPlace]:
    """The places of a part of a sentence, without those of the dateline."""
    first = max(part[0], dateline) if dateline < part[1] else part[0]
    return places.of_sentence((first, part[1]))
