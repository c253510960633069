"""The registry: which checks a record of a class goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from llmx.ground.checks import (
    attributions,
    claim_links,
    claims,
    count_kinds,
    count_numbers,
    entities,
    event_types,
    events,
    fields,
    loaded,
    places,
    realis,
    relations,
    source_kinds,
    speech,
    stances,
    whens,
    wording,
)
from llmx.ground.checks.foreign import reread
from llmx.ground.context import Context
from llmx.result import Verdict
from llmx.schema.news import (
    Attribution,
    Claim,
    ClaimLink,
    Count,
    Entity,
    Event,
    NewsReport,
    Participant,
    Place,
    Relation,
    When,
)

Check = Callable[[Any, Context], Iterable[Verdict]]
"""A typed record and its context -> verdicts whose paths count from the record."""

_NEWS: Mapping[type[BaseModel], tuple[Check, ...]] = MappingProxyType(
    {
        Entity: (
            entities.check_entity_name,
            entities.check_entity_aliases,
            entities.check_entity_title,
            entities.check_entity_affiliation,
            entities.check_entity_kind,
            entities.check_entity_mentions,
        ),
        Event: (
            event_types.check_event_type,
            events.check_trigger,
            events.check_participants,
            events.check_event_settings,
            events.check_asserted_by,
            events.check_aggregate,
            realis.check_modality,
            realis.check_polarity,
            speech.check_event_hedges,
            count_kinds.check_said_by,
        ),
        When: (whens.check_when,),
        Place: (
            places.check_place_name,
            places.check_place_country,
            places.check_place_admin1,
            places.check_place_precision,
        ),
        Count: (count_numbers.check_count_number, count_kinds.check_count_of, count_kinds.check_count_group),
        Attribution: (
            attributions.check_attributed,
            attributions.check_source,
            attributions.check_content,
            attributions.check_cue,
            source_kinds.check_source_kind,
            attributions.check_source_entity,
            attributions.check_via,
            attributions.check_parent,
            attributions.check_setting,
            speech.check_mode,
            speech.check_attribution_hedges,
            stances.check_stance,
        ),
        Claim: (
            wording.check_wording,
            claims.check_epistemic,
            claims.check_claimer,
            claims.check_claim_kind,
            claims.check_claim_events,
            claim_links.check_claim_links,
            loaded.check_loaded_terms,
            claims.check_worth,
        ),
        Relation: (relations.check_relation,),
        NewsReport: (),
        Participant: (),
        ClaimLink: (),
    }
)


_ABOUT: Mapping[Check, str] = MappingProxyType(
    {
        entities.check_entity_name: "name",
        entities.check_entity_aliases: "aliases",
        entities.check_entity_title: "role_title",
        entities.check_entity_affiliation: "affiliation",
        events.check_participants: "participants",
        speech.check_event_hedges: "hedges",
        count_kinds.check_said_by: "counts",
        places.check_place_country: "country",
        places.check_place_admin1: "admin1",
        count_kinds.check_count_group: "group",
        attributions.check_source: "source",
        attributions.check_cue: "cue",
        attributions.check_source_entity: "source_entity",
        attributions.check_via: "via",
        attributions.check_parent: "parent",
        speech.check_attribution_hedges: "hedges",
        claims.check_claim_events: "events",
        claim_links.check_claim_links: "links",
        loaded.check_loaded_terms: "loaded_terms",
        claims.check_worth: "check_worthy",
    }
)
"""Checks that are about one field alone, and have nothing to say of a record that leaves it empty: most do."""


def verdicts_on(record: BaseModel, context: Context) -> list[Verdict]:
    """What all checks of its class say of `record`; paths count from it.

    A record goes through the checks of the news record that it is or extends, else through those of its fields' types;
    then through those of its marks.
    """
    values = record.__dict__
    found = [
        verdict
        for check, about in _checks(type(record))
        if not about or values[about] or values[about] == ""
        for verdict in check(record, context)
    ]
    return found if context.reading.english else reread(record, found, context)


@lru_cache(maxsize=512)
def _checks(record_class: type[BaseModel]) -> tuple[tuple[Check, str], ...]:
    """The checks of a class, each with the field that it is about; empty for one that always runs."""
    found: list[Check] = []
    news = next((base for base in record_class.__mro__ if base in _NEWS), None)
    if news is not None:
        found.extend(_NEWS[news])
    elif fields.is_cited(record_class):
        found.append(fields.check_cited)
    elif fields.holds_citations(record_class):
        found.append(fields.check_plain_fields)
    if fields.has_marks(record_class):
        found.append(fields.check_marks)
    return tuple((check, _ABOUT.get(check, "")) for check in found)
