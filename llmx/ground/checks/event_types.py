"""Event types: whether the trigger can name an event of the type at all.

The trigger table knows which types a word can name. Types of one family are near to each other, and which of them it
is a reader judges; a type of no family of any of the trigger's words is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.names import fold_tokens
from llmx.lexicon.function_words import word_set
from llmx.lexicon.table import read_rows, words
from llmx.lexicon.terms import TermTable
from llmx.result import Reason, Verdict
from llmx.schema.news import Event

_FAMILIES = (
    word_set(
        """armed_clash armed_offensive government_regains_territory non_state_actor_overtakes_territory territorial_gain
        air_strike shelling_missile suicide_bomb remote_explosive grenade chemical_weapon attack sexual_violence
        abduction excessive_force mob_violence looting property_destruction weapon_intercept disrupted_weapons_use coup
        violent_demonstration man_made_disaster organised_crime overflight mobilization"""
    ),
    word_set("peaceful_protest protest_with_intervention violent_demonstration excessive_force mob_violence arrest"),
    word_set("natural_disaster man_made_disaster"),
    word_set(
        """agreement meeting statement diplomatic support aid mobilization withdrawal non_violent_transfer
        change_to_group_activity intelligence_sharing base_established sanction threat
        attribution_of_responsibility"""
    ),
    word_set(
        """arrest legal_proceeding sanction organised_crime abduction attribution_of_responsibility looting
        disrupted_weapons_use"""
    ),
    word_set("election legal_proceeding coup agreement"),
)


_ABOUT = word_set("threat statement diplomatic attribution_of_responsibility coup organised_crime")
"""Types of acts that are told in the words of other acts: a threat to kill, a flood warning."""


def check_event_type(event: Event, context: Context) -> Iterator[Verdict]:
    """Whether the type is of a family that one of the trigger's words can name."""
    del context
    path, rule = ("type",), "event.type"
    named = _named(event.trigger.quote)
    if not named or event.type.startswith("other") or event.type in _ABOUT:
        yield undecided(path, rule)
        return
    near = {one for family in _FAMILIES if named & family for one in family} | named
    if event.type in named:
        sure = len(named) == 1
        yield supported(path, rule) if sure else undecided(path, rule, "one of several the words can name")
    elif event.type in near or any(name.startswith("other") for name in named):
        yield undecided(path, rule)
    else:
        detail = f"{event.trigger.quote[:60]!r} names {', '.join(sorted(named))}, value says {event.type}"
        yield contradicted(path, rule, Reason.VALUE_MISMATCH, detail)


@lru_cache(maxsize=1)
def _table() -> TermTable[str]:
    table: TermTable[str] = TermTable()
    for _, event_type, _, terms, needs, _ in read_rows("triggers.tsv", columns=6):
        for term in words(terms) if not needs else ():
            table.add(term.replace(" < ", " "), event_type)
    for event_type, _, verbs, objects, needs, _ in read_rows("acts.tsv", columns=6):
        for verb in words(verbs) if not needs else ():
            for head in words(objects):
                table.add(f"{verb} {head}", event_type)
    return table


@lru_cache(maxsize=1024)
def _named(trigger: str) -> frozenset[str]:
    """The types that the words of a trigger can name."""
    tokens = [token.lower() for token in fold_tokens(trigger)]
    return frozenset(event_type for event_type, _, _ in _table().find(tokens))
