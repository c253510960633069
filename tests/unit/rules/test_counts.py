"""Counts: what is counted, with which bounds, and what is no count at all."""

from collections.abc import Callable
from typing import Any

import pytest

Draft = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gunmen killed at least 50 villagers in Orlo.", ("killed", 50, None, None, "at least 50 villagers")),
        ("A raid on Orlo killed dozens of rebels.", ("killed", 24, None, None, "dozens of rebels")),
        ("The attack on the camp left 30 people dead.", ("killed", 30, 30, 30, "30 people dead")),
        ("Outlets spoke of 30 deaths in the attack on the camp by rebels.", ("killed", 30, 30, 30, "30 deaths")),
        ("Twelve soldiers were wounded by a roadside bomb.", ("injured", 12, 12, 12, "Twelve soldiers")),
        ("Police arrested 20 students on Friday.", ("detained", 20, 20, 20, "20 students")),
        ("Jets made over 30 air strikes against rebels.", ("incidents", 31, None, None, "over 30 air strikes")),
        ("Gunmen attacked Orlo. The army put the number of dead at 40.", ("killed", 40, 40, 40, "40")),
        ("Nurses walked out on Monday. The union put the number at 700.", ("people", 700, 700, 700, "700")),
        ("A train hit a truck in Orlo, leaving 30 others hurt.", ("injured", 30, 30, 30, "30 others")),
    ],
    ids=["at least", "dozens", "dead", "deaths", "wounded", "arrested", "incidents", "dead put at", "put at", "others"],
)
def test_a_number_with_a_word_of_harm_is_a_count(text: str, count: tuple[Any, ...], draft_of: Draft) -> None:
    (found,) = draft_of(text)["events"][0]["counts"]

    assert (found["of"], found["low"], found["best"], found["high"], found["cite"]["quote"]) == count


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked the enclave, which hosts nearly four million people.",
        "Gunmen killed a teacher, 35, in Orlo.",
        "Gunmen attacked a bank and took $2 million.",
        "Gunmen attacked the camp on 12 May 2019.",
        "Rebels killed one of the guards.",
    ],
    ids=["population", "age", "money", "date", "one of"],
)
def test_other_numbers_are_no_counts(text: str, draft_of: Draft) -> None:
    assert [count for event in draft_of(text)["events"] for count in event["counts"]] == []


def test_each_source_keeps_its_own_count(draft_of: Draft) -> None:
    text = (
        "Rebels attacked a camp in Orlo on Monday. Doctors said 30 people were killed. "
        "The army said that 12 people were killed in the attack."
    )

    draft = draft_of(text)
    said = {one["id"]: one["source"]["quote"] for one in draft["attributions"]}

    assert [(count["best"], said[count["said_by"]]) for count in draft["events"][0]["counts"]] == [
        (30, "Doctors"),
        (12, "The army"),
    ]


def test_several_incidents_make_an_aggregate(draft_of: Draft) -> None:
    (event,) = draft_of("Jets made over 30 air strikes against rebels.")["events"]

    assert event["aggregate"]


@pytest.mark.parametrize(
    ("text", "of", "low"),
    [
        pytest.param("Dozens of people were missing after the boat sank.", "missing", 24, id="missing"),
        pytest.param("The storm forced more than 900 people from their homes.", "displaced", 901, id="displaced"),
        pytest.param("Thousands of teachers marched through Orlo on Friday.", "people", 2000, id="crowd"),
        pytest.param("The army sent 2,000 soldiers to the border.", "troops", 2000, id="troops"),
        pytest.param("A ferry sank off Orlo with the loss of 53 lives.", "killed", 53, id="lives"),
        pytest.param("The army has withdrawn from several observation posts.", "incidents", 3, id="several-posts"),
    ],
)
def test_who_is_counted_is_told_by_state_verb_or_part(text: str, of: str, low: int, draft_of: Draft) -> None:
    counts = [count for event in draft_of(text)["events"] for count in event["counts"]]

    assert [(count["of"], count["low"]) for count in counts] == [(of, low)]


def test_toll_that_somebody_puts_is_said_by_them(draft_of: Draft) -> None:
    text = "At least 14 workers died in a fire in Orlo, police said. The fire brigade put the toll at 17."

    found = draft_of(text)["events"][0]["counts"]

    assert [(one["low"], one["said_by"]) for one in found] == [(14, "a1"), (17, "a2")]


def test_dead_of_another_disaster_are_no_count_of_an_inquiry(draft_of: Draft) -> None:
    text = (
        "The president ordered an inquiry on Monday. A senator said that nothing was learned since a disaster that "
        "killed 116 people in 2013."
    )

    events = draft_of(text)["events"]

    assert [event["counts"] for event in events if event["type"] == "legal_proceeding"] == [[]]


def test_the_dead_are_no_figure_of_what_was_closed(draft_of: Draft) -> None:
    text = "The ministry closed 40 schools after an outbreak of measles that has killed nine children in Orlo."

    counts = {event["type"]: [one["of"] for one in event["counts"]] for event in draft_of(text)["events"]}

    assert counts["other:school closure"] == []
    assert counts["natural_disaster"] == ["killed"]
