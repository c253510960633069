"""Acts that a verb and its object name, mishaps told by more than one word, and one deed told in several steps."""

from collections.abc import Callable
from typing import Any

import pytest

Draft = Callable[[str], dict[str, Any]]


def _told(draft: dict[str, Any]) -> list[tuple[str, str]]:
    return [(event["type"], event["trigger"]["quote"]) for event in draft["events"]]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Raiders shot dead two guards at a depot in Orlo.", {("attacker", "Raiders"), ("victim", "guards")}),
        ("Raiders stabbed to death two guards in Orlo.", {("attacker", "Raiders"), ("victim", "guards")}),
        ("Farmers beat a thief to death in Orlo.", {("attacker", "Farmers"), ("victim", "thief")}),
        ("A clerk was beaten by policemen in Orlo.", {("attacker", "policemen"), ("victim", "clerk")}),
        ("The court found him guilty of theft.", {("actor", "court"), ("recipient", "him")}),
        ("About 80 miners picketed the ministry on Friday.", {("actor", "miners")}),
        ("Three nuns chained themselves to a gate on Friday.", {("actor", "nuns")}),
        ("The two presidents met in Orlo on Sunday.", {("party", "presidents")}),
        ("Poland closed its border with Kestria on Friday.", {("actor", "Poland"), ("affected", "its border")}),
        ("It would send 400 soldiers to the islands.", {("actor", "soldiers")}),
    ],
    ids=[
        "shot dead",
        "stabbed to death",
        "to death",
        "beaten",
        "guilty",
        "picket",
        "chain",
        "meet",
        "border",
        "troops",
    ],
)
def test_an_act_has_those_who_take_part(text: str, roles: set[tuple[str, str]], roles_of: Callable[[str], Any]) -> None:
    assert roles_of(text) == roles


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The truce with the rebels broke down in May.", ("other:agreement collapse", "broke down")),
        ("Schools in Orlo will stay shut on Monday.", ("other:school closure", "stay shut")),
        ("The league put off the match until May.", ("other:postponement", "put off")),
        ("Measles broke out in Orlo in 2011.", ("natural_disaster", "broke out")),
        ("The opposition called for the resignation of the mayor.", ("statement", "called for")),
        ("The bank Orlo Credit was fined 3 million euros by the regulator.", ("sanction", "fined")),
        ("Hackers broke into the computer network of a clinic.", ("other:cyber attack", "broke into")),
        ("Poland suspended aid to the government of Kestria.", ("sanction", "suspended")),
        ("The man was released on bail on Friday.", ("other:release", "released")),
        ("Two officers were suspended on Friday.", ("other:suspension", "suspended")),
        ("The rebels and the army exchanged 14 prisoners on Friday.", ("other:prisoner exchange", "exchanged")),
    ],
    ids=[
        "collapse", "schools", "put off", "disease", "demand", "fine", "computers", "aid", "bail", "suspended",
        "exchange",
    ],
)  # fmt: skip
def test_an_act_is_named_by_its_own_type(text: str, told: tuple[str, str], draft_of: Draft) -> None:
    assert _told(draft_of(text)) == [told]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            (
                "A bomb hidden in a bin ripped through a bus in Orlo, killing four people. The device was set off by"
                " telephone, police said. Hours after the bombing, troops arrested two men."
            ),
            "remote_explosive",
        ),
        ("A bombing at a mill in 2009 in which six people died is not solved.", "remote_explosive"),
    ],
    ids=["steps of a bombing", "its dead"],
)
def test_a_deed_told_in_steps_is_one_event(text: str, kind: str, draft_of: Draft) -> None:
    types = [event["type"] for event in draft_of(text)["events"]]

    assert types.count(kind) == 1
    assert "attack" not in types


def test_the_explosion_names_a_bombing_not_how_the_bomb_was_hidden(draft_of: Draft) -> None:
    draft = draft_of("A bomb hidden in a bin ripped through a bus in Orlo, killing four people.")

    assert _told(draft) == [("remote_explosive", "ripped through")]


def test_a_chemical_that_nobody_uses_makes_no_chemical_attack(draft_of: Draft) -> None:
    draft = draft_of("A crowd who believed that chlorine was to blame attacked a clinic, injuring two nurses.")

    assert "chemical_weapon" not in {event["type"] for event in draft["events"]}


def test_a_man_shot_and_a_house_burned_are_two_events(draft_of: Draft) -> None:
    draft = draft_of("In May a porter was beaten in Orlo, and the office of a union was set on fire.")

    assert _told(draft) == [("property_destruction", "set on fire"), ("attack", "beaten")]


def test_a_shooting_is_no_bombing_of_the_same_sentence(draft_of: Draft) -> None:
    draft = draft_of("Gunmen shot dead three nuns in Tarn, and in May a suicide bomber killed nine people in Orlo.")

    assert _told(draft) == [("suicide_bomb", "killed"), ("attack", "shot dead")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("About 60 of its members blocked the gates of the mill on Friday.", ("actor", "its members")),
        ("A shot was heard, and police fired in the air to disperse the crowd.", ("attacker", "police")),
        ("Women waited at the hall, where porters handed out blankets.", ("giver", "porters")),
        ("Men set fire to the school in Orlo on Friday.", ("target", "school")),
    ],
    ids=["so many of", "fired in the air", "where", "set fire"],
)
def test_who_acts_is_found_where_the_words_hide_it(
    text: str, part: tuple[str, str], roles_of: Callable[[str], Any]
) -> None:
    assert part in roles_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "He hopes that one day his sons return to visit Orlo.",
        "Critics question the cost of the bridge, the court was told.",
        "She says she will leave the country if he is elected president.",
        "He suspended his campaign in May.",
        "A group of nurses wrote a letter calling for his dismissal.",
        "The union rejected a plea by the mayor to halt trains.",
        "Hackers are busy in Orlo. The senator went on with his attacks on the singer.",
    ],
    ids=["a wish to visit", "to doubt", "if elected", "a campaign", "a letter", "a plea", "words"],
)
def test_words_of_acts_that_nobody_does_are_no_events(text: str, draft_of: Draft) -> None:
    assert draft_of(text)["events"] == []


@pytest.mark.parametrize(
    ("text", "told", "part"),
    [
        ("Two nuns are on hunger strike in Orlo.", "hunger strike", ("actor", "nuns")),
        ("The union has called a demonstration for Sunday.", "demonstration", ("actor", "union")),
        ("Tens of thousands of people filled Orlo Square on Sunday.", "filled", ("actor", "people")),
        ("Many were hurt in an air strike by the army's planes.", "air strike", ("attacker", "army's planes")),
        ("Two men of the front burned a school in Orlo.", "burned", ("target", "school")),
    ],
    ids=["on strike", "called", "tens of thousands", "planes", "burned"],
)
def test_who_takes_part_is_found_beside_a_noun(
    text: str, told: str, part: tuple[str, str], draft_of: Draft, roles_of: Callable[[str], Any]
) -> None:
    assert told in {quote for _, quote in _told(draft_of(text))}
    assert part in roles_of(text)


def test_two_steps_against_another_state_are_two_events(draft_of: Draft) -> None:
    draft = draft_of("Chile expelled a Polish diplomat and recalled its own ambassador on Friday.")

    assert _told(draft) == [("diplomatic", "expelled"), ("diplomatic", "recalled")]


@pytest.mark.parametrize(
    "text",
    [
        "Raiders shot dead two guards in Orlo.",
        "Raiders stabbed to death two guards in Orlo.",
        "A mob beat two men to death.",
    ],
    ids=["dead", "to death", "behind"],
)
def test_those_shot_dead_are_counted(text: str, draft_of: Draft) -> None:
    counts = draft_of(text)["events"][0]["counts"]

    assert [(count["of"], count["low"]) for count in counts] == [("killed", 2)]
