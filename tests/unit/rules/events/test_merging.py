"""Mentions of one event give one record."""

from collections.abc import Callable
from typing import Any

Draft = Callable[[str], dict[str, Any]]


def test_deed_and_outcome_of_one_sentence_are_one_event(draft_of: Draft) -> None:
    events = draft_of("Gunmen attacked a church in Orlo, killing two nuns.")["events"]

    assert [(event["type"], event["trigger"]["quote"]) for event in events] == [("attack", "attacked")]


def test_a_later_mention_with_the_is_the_event_told_before(draft_of: Draft) -> None:
    events = draft_of("Gunmen attacked a church in Orlo. The attack wounded two nuns.")["events"]

    assert [event["trigger"]["quote"] for event in events] == ["attacked"]
    assert [part["cite"]["quote"] for part in events[0]["participants"]] == ["Gunmen", "a church", "nuns"]
    assert len(events[0]["evidence"]) == 2


def test_the_hurt_of_a_protest_belong_to_the_protest(draft_of: Draft) -> None:
    text = "Riot police fired tear gas at protesters in Orlo. Six officers were hurt, the police said."

    assert [event["type"] for event in draft_of(text)["events"]] == ["protest_with_intervention"]


def test_an_attack_told_again_with_its_weapon_is_of_the_weapons_type(draft_of: Draft) -> None:
    text = "Rebels attacked a prison near Orlo on Monday. The prison was hit by two rockets."

    assert [event["type"] for event in draft_of(text)["events"]] == ["shelling_missile"]


def test_a_headline_is_left_to_the_sentences_below_it(draft_of: Draft) -> None:
    body = "A court in Orlo convicted the former mayor on Monday. " + "The sun shone on the hills and the mill. " * 5
    events = draft_of(f"Mayor jailed for nine years\n\n{body}")["events"]

    assert [event["trigger"]["quote"] for event in events] == ["convicted"]


def test_a_mention_with_a_year_of_its_own_stays_apart(draft_of: Draft) -> None:
    text = "Rebels shelled the village of Orlo on Monday. Many had fled the shelling of 2018 by the army."

    assert len(draft_of(text)["events"]) == 2


def test_events_with_other_attackers_stay_apart(draft_of: Draft) -> None:
    text = "Gunmen attacked a church in Orlo. In Marl, the army bombed a mosque."

    assert len(draft_of(text)["events"]) == 2


def test_another_toll_of_a_flood_is_told_of_that_flood(draft_of: Draft) -> None:
    text = "Floods have killed at least 23 people in the north, the agency said. The governor said 31 people had died."

    events = draft_of(text)["events"]

    assert [event["type"] for event in events] == ["natural_disaster"]
    assert [(one["low"], one["said_by"]) for one in events[0]["counts"]] == [(23, "a1"), (31, "a2")]
