"""The closed vocabularies of the news schema, each with the definition that decides doubtful cases.

Sources: event types follow the ACLED sub-types, with PLOVER's verbs where ACLED has none; stage and bounds of numbers
follow the MUC-4 key conventions; commitment of a claimer follows the AIDA claim frame.
"""

from __future__ import annotations

from typing import Literal, get_args

EventType = Literal[
    "armed_clash",
    "armed_offensive",
    "government_regains_territory",
    "non_state_actor_overtakes_territory",
    "territorial_gain",
    "air_strike",
    "shelling_missile",
    "suicide_bomb",
    "remote_explosive",
    "grenade",
    "chemical_weapon",
    "attack",
    "abduction",
    "sexual_violence",
    "peaceful_protest",
    "protest_with_intervention",
    "excessive_force",
    "violent_demonstration",
    "mob_violence",
    "agreement",
    "arrest",
    "change_to_group_activity",
    "disrupted_weapons_use",
    "weapon_intercept",
    "base_established",
    "looting",
    "property_destruction",
    "non_violent_transfer",
    "withdrawal",
    "organised_crime",
    "natural_disaster",
    "man_made_disaster",
    "attribution_of_responsibility",
    "meeting",
    "statement",
    "diplomatic",
    "support",
    "aid",
    "sanction",
    "threat",
    "mobilization",
    "intelligence_sharing",
    "overflight",
    "coup",
    "legal_proceeding",
    "election",
    "other",
]
"""What kind of thing happened; `other:` with a free label where none of these fits."""

EVENT_TYPES: frozenset[str] = frozenset(get_args(EventType))

ParticipantRole = Literal[
    "attacker",
    "target",
    "victim",
    "actor",
    "recipient",
    "party",
    "giver",
    "supporter",
    "mediator",
    "instrument",
    "affected",
]

EntityKind = Literal[
    "state_forces",
    "rebel_group",
    "political_militia",
    "identity_militia",
    "external_forces",
    "rioters",
    "protesters",
    "civilians",
    "government",
    "igo",
    "ngo",
    "news_outlet",
    "company",
    "person",
    "organisation",
    "unknown",
]

Modality = Literal[
    "asserted",
    "reported",
    "attempted",
    "planned",
    "predicted",
    "conditional",
    "threatened",
    "denied",
    "generic",
    "questioned",
]

Polarity = Literal["positive", "negative"]

TimeKind = Literal["absolute", "weekday", "month_name", "relative", "relative_range", "event_relative", "vague"]

TimePrecision = Literal["day", "week", "month", "year", "decade", "unknown"]

PlacePrecision = Literal["site", "town", "area", "admin2", "admin1", "region", "linear", "country", "international"]

CountOf = Literal[
    "killed",
    "injured",
    "detained",
    "displaced",
    "abducted",
    "missing",
    "incidents",
    "troops",
    "weapons",
    "people",
    "other",
]

CountGroup = Literal["civilian", "combatant", "mixed", "unknown"]

Qualifier = Literal["exact", "at_least", "more_than", "at_most", "fewer_than", "about", "range", "vague"]

SourceKind = Literal[
    "named_person",
    "named_organisation",
    "government",
    "news_outlet",
    "document",
    "unnamed_official",
    "anonymous_person",
    "anonymous_collective",
    "named_collective",
    "author",
    "unattributed",
]

AttributionMode = Literal["direct", "indirect", "mixed", "evidential_adverb", "according_to", "headline"]

Stance = Literal[
    "reports",
    "asserts",
    "denies",
    "accuses",
    "believes",
    "predicts",
    "intends",
    "orders",
    "asks",
    "praises",
    "criticises",
    "discusses",
]

ClaimKind = Literal[
    "event",
    "quantity",
    "state",
    "responsibility",
    "causal",
    "motive",
    "affiliation",
    "prediction",
    "evaluation",
    "norm",
]

Epistemic = Literal["true_certain", "true_uncertain", "false_uncertain", "false_certain", "unknown"]

LinkRelation = Literal["contradicts", "supports", "repeats", "refines", "compatible_with", "corrects"]

EventRelation = Literal["before", "after", "during", "causes", "purpose", "part_of", "same_as", "responds_to"]
