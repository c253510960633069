"""Who did what to whom, in every construction that the frames know."""

from collections.abc import Callable
from typing import Any

import pytest

Roles = Callable[[str], set[tuple[str, str]]]
Event = Callable[[str], dict[str, Any]]
Row = dict[str, Any]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Gunmen killed two teachers in Orlo.", {("attacker", "Gunmen"), ("victim", "teachers")}),
        ("The miller, Anna Voss, was killed by gunmen.", {("attacker", "gunmen"), ("victim", "miller")}),
        ("Police on Monday arrested a 34-year-old man.", {("actor", "Police"), ("recipient", "year-old man")}),
        ("The army said that rebels began shelling the village.", {("attacker", "rebels"), ("target", "village")}),
        (
            "None came to the town since a nurse was killed there by gunmen.",
            {("attacker", "gunmen"), ("victim", "nurse")},
        ),
        ("A court convicted two guards.", {("actor", "court"), ("recipient", "guards")}),
        ("The ministers held talks with the rebels.", {("party", "ministers"), ("party", "rebels")}),
        ("Rescuers pulled three children from the rubble.", {("giver", "Rescuers"), ("recipient", "children")}),
        ("Two teachers were killed by gunmen in Orlo.", {("attacker", "gunmen"), ("victim", "teachers")}),
        ("The killing of two teachers by gunmen shocked Orlo.", {("attacker", "gunmen"), ("victim", "teachers")}),
        ("Rebels attacked the police station.", {("attacker", "Rebels"), ("target", "police station")}),
        ("The police station was attacked by rebels.", {("attacker", "rebels"), ("target", "police station")}),
        ("An attack on the police station by rebels failed.", {("attacker", "rebels"), ("target", "police station")}),
        ("A bomb exploded at the bridge on Monday.", {("instrument", "bomb"), ("target", "bridge")}),
        (
            "Rebels planted a bomb in front of the embassy.",
            {("attacker", "Rebels"), ("instrument", "bomb"), ("target", "embassy")},
        ),
        (
            "Militants hurled a grenade at a police vehicle.",
            {("attacker", "Militants"), ("instrument", "grenade"), ("target", "police vehicle")},
        ),
        ("Troops clashed with rebels near Orlo.", {("party", "Troops"), ("party", "rebels")}),
        ("Police arrested three students on Friday.", {("actor", "Police"), ("recipient", "students")}),
    ],
    ids=[
        "active",
        "a name beside",
        "an age",
        "began to",
        "since",
        "court",
        "talks",
        "rescue",
        "passive",
        "killing of",
        "attack",
        "attacked by",
        "attack on",
        "bomb exploded",
        "plant",
        "throw",
        "clash",
        "arrest",
    ],
)
def test_a_construction_gives_its_roles(text: str, roles: set[tuple[str, str]], roles_of: Roles) -> None:
    assert roles_of(text) == roles


def test_a_subject_is_found_over_a_relative_clause(roles_of: Roles) -> None:
    roles = roles_of("A driver and five farmers who were passing through the area were wounded by gunmen.")

    assert roles == {("victim", "driver"), ("victim", "farmers"), ("attacker", "gunmen")}


def test_weapons_that_men_are_armed_with_are_instruments(roles_of: Roles) -> None:
    roles = roles_of("Guerrillas armed with rifles and mortars attacked the sugar mill.")

    assert {("instrument", "rifles"), ("instrument", "mortars"), ("target", "sugar mill")} <= roles


def test_they_are_the_armed_men_of_the_same_sentence(roles_of: Roles) -> None:
    roles = roles_of("After the rebels entered the town, they dynamited the bridge.")

    assert ("attacker", "rebels") in roles


def test_who_carried_out_an_attack_is_the_attacker(roles_of: Roles) -> None:
    roles = roles_of("The militia carried out an attack on the barracks.")

    assert roles == {("attacker", "militia"), ("target", "barracks")}


def test_a_place_that_modifies_the_noun_is_no_attacker(roles_of: Roles) -> None:
    assert not any(role == "attacker" for role, _ in roles_of("The Paris attack on the museum was condemned by all."))


def test_a_leading_number_is_not_cited(roles_of: Roles) -> None:
    assert ("victim", "soldiers") in roles_of("At least fifteen soldiers were killed by rebels.")


@pytest.mark.parametrize(
    "text",
    [
        "He suffered a heart attack at home.",
        "Shares hit a record on Monday.",
        "The film was shot in Orlo last year.",
        "The team attacked well in the second half.",
        "The plan meets the target of the ministry.",
    ],
    ids=["heart attack", "record", "film", "team", "target"],
)
def test_a_figure_of_speech_is_no_event(text: str, roles_of: Roles) -> None:
    assert roles_of(text) == set()


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The court blamed the soldier for killing a farmer.", {("attacker", "soldier"), ("victim", "farmer")}),
        ("Ana Vess, kidnapped on 3 May by rebels, was freed.", {("attacker", "rebels"), ("victim", "Ana Vess")}),
        ("Police questioned the wife of a man shot by guards.", {("attacker", "guards"), ("victim", "man")}),
        (
            "Two men riding a motorcycle shot and killed Mayor Luis Vess.",
            {("attacker", "men"), ("victim", "Mayor Luis Vess")},
        ),
        ("Colonel Tarn was the victim of an attack by rebels.", {("attacker", "rebels"), ("victim", "Colonel Tarn")}),
        ("Warplanes bombed Orlo as traders slept, killing two nuns.", {("attacker", "Warplanes"), ("victim", "nuns")}),
    ],
    ids=["blamed for", "participle over a comma", "the nearest suffers", "riding", "victim of", "main clause"],
)
def test_a_hard_construction_gives_its_roles(text: str, roles: set[tuple[str, str]], roles_of: Roles) -> None:
    assert roles <= roles_of(text)


def test_a_byline_above_is_no_part_of_a_participant(roles_of: Roles) -> None:
    roles = roles_of("By Ana Vess, Orlo Times\n\nRiot police attacked the dockers with batons.")

    assert ("attacker", "Riot police") in roles


def test_the_summing_up_of_a_war_is_no_event(roles_of: Roles) -> None:
    assert roles_of("More than 300,000 people have been killed since the conflict began.") == set()


def test_object_that_ends_in_chief_is_whom_it_is_done_to(roles_of: Roles) -> None:
    found = roles_of("Police arrested the mill's safety chief on Saturday.")

    assert ("recipient", "mill's safety chief") in found


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        pytest.param("Several hundred relatives protested outside the gates.", "relatives", id="protested outside"),
        pytest.param("Demonstrators gathered in front of the town hall.", "Demonstrators", id="gathered in front of"),
        pytest.param("Thousands of nurses marched through Orlo on Monday.", "nurses", id="marched through"),
    ],
)
def test_verb_of_protest_with_a_place_is_a_protest(draft_of: Callable[[str], Row], text: str, actor: str) -> None:
    events = draft_of(text)["events"]

    assert [one["type"] for one in events] == ["peaceful_protest"]
    assert [part["cite"]["quote"] for part in events[0]["participants"]] == [actor]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The ministry protested against the tariff.", id="a ministry's note"),
        pytest.param("The army marched to the border in 1912.", id="an army on the march"),
    ],
)
def test_march_of_an_army_or_note_of_a_ministry_is_no_protest(draft_of: Callable[[str], Row], text: str) -> None:
    opening = "The price of tin rose by a third in spring, and the mills of the valley sold more of it than ever. "

    assert draft_of(opening * 5 + text)["events"] == []


def test_money_is_nobody_to_whom_something_is_done(roles_of: Roles) -> None:
    assert roles_of("The court ordered the firm to repay 3 million euros.") == {("actor", "court")}


def test_body_that_owns_an_envoy_does_not_act_itself(roles_of: Roles) -> None:
    found = roles_of("The European Union's envoy, Ada Lind, met President Karl Voss on Monday.")

    assert ("party", "European Union") not in found


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The army sent 2,000 soldiers to Orlo.", "sent"),
        ("The company will cut 220 of the 900 jobs in Orlo.", "cut"),
        ("The bloc imposed sanctions on six generals.", "imposed sanctions"),
        ("The bloc imposed a set of new sanctions on six generals.", "sanctions"),
        ("New sanctions were imposed by the bloc on Friday.", "sanctions"),
        ("Riot police fired tear gas at protesters.", "fired"),
        ("The two sides agreed to exchange prisoners.", "agreed"),
        ("The unions called for a swift inquiry.", "called for"),
    ],
    ids=[
        "verb",
        "of a number",
        "light verb",
        "far from it",
        "passive",
        "fixed object",
        "preposition",
        "kept preposition",
    ],
)
def test_the_trigger_is_the_word_that_names_the_event(text: str, trigger: str, event_of: Event) -> None:
    assert event_of(text)["trigger"]["quote"] == trigger


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Students occupied the main hall of the college on Monday.", {("peaceful_protest", "occupied")}),
        ("The main road was blocked by farmers on Monday.", {("violent_demonstration", "blocked")}),
        ("The judge gave the mayor a suspended sentence of two years.", set()),
        ("The mayor was given a suspended sentence by a court in Orlo.", {("legal_proceeding", "sentence")}),
        ("Mira Lund was named prime minister on Friday.", {("other:appointment", "named")}),
        ("The president declared three days of national mourning.", {("statement", "declared")}),
        ("Police seized computers in the town of Orlo.", set()),
        ("Troops seized the town of Orlo.", {("government_regains_territory", "seized")}),
        ("She agreed to cooperate with investigators.", set()),
        ("In March 2011 fourteen people were shot at the market.", {("attack", "shot")}),
        ("Nurses at the clinic voted on Monday to go on strike over pay.", {("other:strike", "go on strike")}),
        ("Nurses walked out of three hospitals on Monday.", {("other:strike", "walked out")}),
        ("Police arrested 17 people in raids on a network of smugglers.", {("arrest", "arrested")}),
    ],
    ids=[
        "occupied", "blocked by", "objects in a row", "passive with an object", "appointed", "over of", "goods",
        "a town", "one person agrees", "shot", "vote", "out of", "a search",
    ],
)  # fmt: skip
def test_verb_and_object_name_the_event_together(text: str, told: set[tuple[str, str]], draft_of: Event) -> None:
    assert {(event["type"], event["trigger"]["quote"]) for event in draft_of(text)["events"]} == told


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "A train hit a truck near Orlo on Monday, killing six people. The train derailed and burned for hours.",
            [("man_made_disaster", {"A train", "a truck", "people"})],
        ),
        (
            "Police used water cannon at the crowd of protesters. A photographer was hurt, police said.",
            [
                ("excessive_force", {"Police", "the crowd of protesters", "A photographer"}),
            ],
        ),
        (
            "Rioters looted shops in Orlo overnight, and a police car was set on fire.",
            [("looting", {"Rioters", "shops"}), ("property_destruction", {"a police car"})],
        ),
        (
            "The mayor will meet Mira Lund and the union on Friday.",
            [("meeting", {"The mayor", "Mira Lund", "the union"})],
        ),
        ("The two sides have not met since May.", []),
        ("The group wants the court to open an inquiry.", [("legal_proceeding", {"the court"})]),
        (
            "Armed men stormed the village of Orlo. They set fire to the school.",
            [("attack", {"Armed men", "the village"}), ("property_destruction", {"They", "the school"})],
        ),
        ("Nurses at 11 clinics in Orlo walked off the job on Monday.", [("other:strike", {"Nurses"})]),
        (
            "An inquiry was opened after a complaint by the union. Orlo's data board fined the firm Lund 4 euros.",
            [("legal_proceeding", set()), ("sanction", {"Orlo's data board", "the firm Lund"})],
        ),
        (
            "Protesters set fire to an office in Orlo overnight, and a student was shot dead.",
            [("violent_demonstration", {"Protesters", "an office"}), ("attack", {"a student"})],
        ),
        (
            "A student shot dead nine people at a college in Orlo.",
            [("attack", {"A student", "people"})],
        ),
        ("Police arrested 12 of them on Sunday.", [("arrest", {"Police", "them"})]),
        ("The bank is expected to cut about 4,500 of its 27,000 jobs.", [("other:job cuts", {"The bank"})]),
        ("The two banks agreed to merge in January.", [("agreement", {"banks"})]),
        ("Gunmen marched 31 pupils into the forest.", []),
        (
            "Rebels took the town of Orlo after days of fighting with troops, residents and a spokesman said.",
            [("armed_clash", {"troops"})],
        ),
        (
            "The two ministers met on Monday for the first time since their countries cut ties in 2021.",
            [("meeting", {"ministers"})],
        ),
    ],
    ids=[
        "accident goes on",
        "hurt in a protest",
        "two deeds",
        "meeting",
        "no meeting",
        "whom it wants to act",
        "they",
        "at so many places",
        "by another",
        "fire and shots",
        "shot dead",
        "of them",
        "about so many",
        "agreed to do",
        "marched off",
        "who says so",
        "since",
    ],
)
def test_one_happening_is_one_event_with_all_who_take_part(
    text: str, events: list[tuple[str, set[str]]], draft_of: Event
) -> None:
    found = draft_of(text)["events"]

    assert [(one["type"], {part["cite"]["quote"] for part in one["participants"]}) for one in found] == events
