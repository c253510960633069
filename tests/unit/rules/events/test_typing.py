"""What kind of event a text is about."""

from collections.abc import Callable
from typing import Any

import pytest

from llmx.rules.events.typing import hand_scores, type_scores, votes
from llmx.schema.terms import EVENT_TYPES

Event = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Warplanes bombed the village of Orlo, killing four people.", "air_strike"),
        ("Rockets and mortar shells fired by rebels hit the town of Orlo.", "shelling_missile"),
        ("A suicide bomber blew himself up at a market in Orlo.", "suicide_bomb"),
        ("A roadside bomb exploded near an army convoy in Orlo.", "remote_explosive"),
        ("Two policemen were wounded when a grenade was thrown at their car.", "grenade"),
        ("Residents choked on chlorine after a gas attack on the town.", "chemical_weapon"),
        ("Thousands of protesters marched peacefully through the capital.", "peaceful_protest"),
        ("Police fired tear gas and water cannon to disperse the demonstration.", "protest_with_intervention"),
        ("Gunmen kidnapped three aid workers near Orlo.", "abduction"),
        ("An earthquake of magnitude 6 destroyed hundreds of houses.", "natural_disaster"),
        ("The government and the rebels signed a ceasefire agreement.", "agreement"),
        ("The ministry expelled two diplomats and recalled its ambassador.", "diplomatic"),
        ("Rebel forces recaptured the town of Orlo from the army.", "non_state_actor_overtakes_territory"),
        ("Floodwater broke through a dyke on Sunday, killing 17 people.", "natural_disaster"),
        ("Police seized a cache of weapons and ammunition in Orlo.", "disrupted_weapons_use"),
        ("Police fired tear gas at striking miners who had blocked the road to Orlo.", "protest_with_intervention"),
        ("The rebels fired a missile at the barracks in Orlo.", "shelling_missile"),
        ("A corporal was killed by a sniper at the outpost in Orlo.", "armed_clash"),
        ("A judge sentenced two smugglers to nine years in prison.", "legal_proceeding"),
        ("A peaceful march of teachers ended in Orlo without a clash.", "peaceful_protest"),
        ("The council imposed new sanctions on two banks.", "sanction"),
        ("Rebels plan to storm Orlo before winter.", "armed_offensive"),
    ],
    ids=[
        "air strike",
        "shelling",
        "suicide",
        "bomb",
        "grenade",
        "chemical",
        "protest",
        "dispersed",
        "abduction",
        "nature",
        "agreement",
        "diplomacy",
        "rebels gain",
        "flood",
        "weapons",
        "tear gas at strikers",
        "missile",
        "sniper",
        "court",
        "march",
        "sanctions",
        "town to be stormed",
    ],
)
def test_the_first_event_has_the_type_of_the_text(text: str, kind: str, event_of: Event) -> None:
    assert event_of(text)["type"] == kind


def test_every_vote_is_for_a_type_of_the_schema() -> None:
    assert {vote.type for vote in votes()} <= EVENT_TYPES


def test_early_words_count_more_than_late_ones() -> None:
    early = hand_scores([("suicide", 2, 3)], start=0)["suicide_bomb"]
    late = hand_scores([("suicide", 60, 61)], start=0)["suicide_bomb"]

    assert early > late


def test_no_concepts_speak_for_no_type_of_the_hand_written_votes() -> None:
    assert hand_scores([], start=0) == {}
    assert set(type_scores([], start=0)) <= EVENT_TYPES


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("The miners met the ministers, striking workers said.", []),
        ("The mayor took gifts in exchange for contracts.", []),
        ("The plan was met with opposition from the ministry.", []),
        ("The bill was sent to the council in March of last year.", []),
    ],
    ids=["strikers", "in exchange for", "met with", "the month"],
)
def test_words_that_look_like_a_deed_make_no_event(text: str, triggers: list[str], draft_of: Event) -> None:
    kinds = {"attack", "agreement", "peaceful_protest"}

    assert [event["type"] for event in draft_of(text)["events"] if event["type"] in kinds] == triggers


def test_a_disaster_is_named_by_its_noun_not_by_its_harm(event_of: Event) -> None:
    event = event_of("A strong earthquake struck the islands on Monday, killing eight people and damaging a school.")

    assert (event["type"], event["trigger"]["quote"]) == ("natural_disaster", "earthquake")


def test_a_time_before_a_noun_is_the_time_of_that_nouns_event(draft_of: Event) -> None:
    events = draft_of("Police detained two men after the July 2016 attempted coup against the president.")["events"]

    assert [(event["type"], event["time"] and event["time"]["value"]) for event in events] == [
        ("arrest", None),
        ("coup", "2016-07"),
    ]


def test_a_verb_of_speech_is_no_event_of_its_own(draft_of: Event) -> None:
    text = "The union accused the board on Sunday of starving the clinics; nurses went home."

    assert draft_of(text)["events"] == []
