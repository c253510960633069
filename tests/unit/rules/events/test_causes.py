"""Promises about deaths: what people died of decides what kind of event it is."""

from collections.abc import Callable
from typing import Any

import pytest

Draft = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(
            "At least six miners died after a gallery collapsed at a copper mine in Orlo.",
            "man_made_disaster",
            id="mine",
        ),
        pytest.param("A ferry carrying 90 people sank off Orlo, killing 12 people.", "man_made_disaster", id="ferry"),
        pytest.param("A storm in the same region killed 112 people in 2026.", "natural_disaster", id="storm"),
        pytest.param("An outbreak of cholera has killed 86 people in Orlo.", "natural_disaster", id="disease"),
        pytest.param("The former mayor Ann Lee died of cancer on Monday.", "other:death", id="illness"),
        pytest.param("A court heard that two men were killed in Orlo in May.", "other:death", id="nothing-told"),
        pytest.param("Two patients died in Orlo on Monday; a strike had shut the wards.", "other:death", id="stoppage"),
        pytest.param("Gunmen killed two farmers in Orlo on Monday.", "attack", id="gunmen"),
        pytest.param("Two farmers were murdered in Orlo on Monday.", "attack", id="murder"),
    ],
)
def test_a_death_is_an_attack_only_if_somebody_did_it(text: str, kind: str, draft_of: Draft) -> None:
    found = {event["type"] for event in draft_of(text)["events"]}

    assert kind in found
    assert ("attack" in found) == (kind == "attack")


def test_whoever_suffers_a_disaster_is_affected(draft_of: Draft) -> None:
    (event,) = draft_of("A landslide killed nine people in Orlo on Monday.")["events"]

    assert {part["role"] for part in event["participants"]} == {"affected"}


def test_those_whom_a_drone_strike_killed_are_its_victims(draft_of: Draft) -> None:
    (event,) = draft_of("A drone strike on a bus near Orlo killed 17 passengers.")["events"]

    assert event["type"] == "air_strike"
    assert {part["role"] for part in event["participants"]} == {"target", "victim"}


def test_gas_that_explodes_is_no_bomb(draft_of: Draft) -> None:
    (event,) = draft_of("A gas explosion tore through a bakery in Orlo on Sunday, killing three people.")["events"]

    assert event["type"] == "man_made_disaster"
    assert {part["role"] for part in event["participants"]} == {"affected"}


def test_a_mine_that_is_dug_is_no_weapon(draft_of: Draft) -> None:
    events = draft_of("Three miners were killed in a coal mine in Orlo on Monday when a tunnel caved in.")["events"]

    assert [part["role"] for event in events for part in event["participants"] if part["role"] == "instrument"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(
            "Ireland’s health minister, Ann Dunne, resigned on Monday.", "other:resignation", id="resignation"
        ),
        pytest.param("The strike began on Monday, the teachers’ union said.", "other:strike", id="strike"),
        pytest.param("Elena Brook won the presidential election on Sunday.", "election", id="election"),
        pytest.param("The firm Orlo Mining will cut 200 of its 900 jobs.", "other:job cuts", id="job-cuts"),
        pytest.param("Prosecutors opened an investigation into the fire.", "legal_proceeding", id="inquiry"),
        pytest.param("He pleaded guilty to theft.", "legal_proceeding", id="plea"),
        pytest.param("The kidnappers released two aid workers on Friday.", "other:release", id="release"),
        pytest.param("Hundreds of villagers fled after the raid by rebels.", "other:displacement", id="flight"),
        pytest.param("Norland and Kestria agreed to exchange envoys.", "agreement", id="agreement"),
        pytest.param("Police raided the offices of the party in Orlo.", "other:search", id="search"),
        pytest.param("A bus plunged into a river near Orlo on Monday.", "man_made_disaster", id="bus"),
    ],
)
def test_news_of_peace_is_told_too(text: str, kind: str, draft_of: Draft) -> None:
    assert kind in {event["type"] for event in draft_of(text)["events"]}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Support for the coalition collapsed in the south.", id="support-collapsed"),
        pytest.param("Shares crashed and the market sank on Monday.", id="market-crashed"),
        pytest.param("The appeals court ruling could decide the case.", id="a-ruling"),
        pytest.param("Voters think about the next election every day.", id="an-election"),
        pytest.param("She was resigned to her fate.", id="resigned-to"),
    ],
)
def test_words_in_another_sense_tell_no_event(text: str, draft_of: Draft) -> None:
    assert draft_of(text)["events"] == []


def test_time_and_place_belong_to_the_event_on_their_side(draft_of: Draft) -> None:
    text = "Ann Cole signed a law on Wednesday that bans rifles, a month after a gunman killed 11 people in Orlo."

    by_trigger = {event["trigger"]["quote"]: event for event in draft_of(text)["events"]}

    assert by_trigger["killed"]["time"] is None
    assert by_trigger["signed"]["time"]["cite"]["quote"] == "on Wednesday"
    assert by_trigger["signed"]["places"] == []


def test_what_is_said_has_not_the_day_on_which_it_is_said(draft_of: Draft) -> None:
    (event,) = draft_of("“Gunmen killed two farmers near the mill,” the mayor said in Orlo on Friday.")["events"]

    assert event["time"] is None
    assert event["places"] == []


def test_accidents_of_different_years_are_two(draft_of: Draft) -> None:
    events = draft_of("A ferry sank off Orlo on Monday. In 2018 a ferry sank off Marova.")["events"]

    assert len(events) == 2


@pytest.mark.parametrize(
    ("text", "trigger", "day", "places"),
    [
        ("The minister ordered an inquiry after the bridge, which fell on Sunday, was closed.", "inquiry", None, []),
        ("The minister, who resigned on Friday in Tarn, was arrested in Orlo.", "arrested", None, ["Orlo"]),
        ("The minister, who resigned on Friday in Tarn, was arrested in Orlo.", "resigned", "on Friday", ["Tarn"]),
        ("The man who shot a priest in Tarn in 2019 was arrested in Orlo.", "arrested", None, ["Orlo"]),
        ("Two guards were arrested in Orlo, and the mayor resigned on Friday.", "arrested", None, ["Orlo"]),
        ("It was in Orlo, where troops arrested scores of men on Friday.", "arrested", "on Friday", ["Orlo"]),
        ("Talks between the company and the union broke down on Friday.", "Talks", "on Friday", []),
    ],
    ids=["relative", "around it", "in it", "restrictive", "second clause", "where", "no second clause"],
)
def test_a_clause_keeps_its_times_and_places(
    text: str, trigger: str, day: str | None, places: list[str], draft_of: Draft
) -> None:
    events = {event["trigger"]["quote"].split()[0]: event for event in draft_of(text)["events"]}

    found = events[trigger]

    assert (found["time"]["cite"]["quote"] if found["time"] else None) == day
    assert [place["name"] for place in found["places"]] == places
