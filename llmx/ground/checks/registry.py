"""The registry: which checks a record of a class goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from llmx.ground.checks import (
    attributions,
    claim_senses,
    claim_texts,
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
)
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
            claim_texts.check_claim_numbers,
            claim_texts.check_claim_times,
            claim_texts.check_claim_names,
            claim_texts.check_claim_negation,
            claim_texts.check_claim_words,
            claim_senses.check_claim_sense,
            claim_senses.check_claim_certainty,
            claim_senses.check_claim_currency,
            claim_senses.check_claim_roles,
            claims.check_epistemic,
            claims.check_claimer,
            claims.check_claim_kind,
            claims.check_claim_events,
            claims.check_claim_links,
            loaded.check_loaded_terms,
            claims.check_worth,
        ),
        Relation: (relations.check_relation,),
        NewsReport: (),
        Participant: (),
        ClaimLink: (),
    }
)


@lru_cache(maxsize=512)
def checks_for(record_class: type[BaseModel]) -> tuple[Check, ...]:
    """The checks of `record_class`: those of the news record that it is, else of its fields' types; then its marks.

    A class that extends a news record goes through that record's checks; the fields it adds through those of their
    marks.
    """
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
    return tuple(found)
