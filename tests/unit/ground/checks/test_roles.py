"""Promises of the checks of roles, types and sums of events."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = (
    "Gunmen shot the mayor on Friday. Two nurses seized in May were freed. The dam was bombed by rebels. "
    "Over 30 bombing raids hit the valley. A raid failed."
)


def event(trigger: str, evidence: str, **fields: Any) -> dict[str, Any]:
    return {
        "events": [
            {"id": "e1", "type": "attack", "trigger": trigger, "evidence": [evidence], "modality": "asserted", **fields}
        ]
    }


@pytest.mark.parametrize(
    ("trigger", "evidence", "words", "role", "outcome"),
    [
        pytest.param("shot", "Gunmen shot the mayor", "Gunmen", "attacker", "supported", id="subject acts"),
        pytest.param("shot", "Gunmen shot the mayor", "Gunmen", "victim", "contradicted", id="subject is no victim"),
        pytest.param("shot", "Gunmen shot the mayor", "mayor", "attacker", "contradicted", id="object does not act"),
        pytest.param("seized", "Two nurses seized in May", "nurses", "victim", "undecided", id="participle"),
        pytest.param("bombed", "The dam was bombed by rebels", "The dam", "attacker", "contradicted", id="passive"),
        pytest.param("bombed", "The dam was bombed by rebels", "rebels", "attacker", "supported", id="agent"),
        pytest.param("shot", "Gunmen shot the mayor", "Friday", "mediator", "contradicted", id="role of no attack"),
    ],
)
def test_role_follows_from_the_verb_and_the_type(
    outcomes: Any, trigger: str, evidence: str, words: str, *, role: str, outcome: str
) -> None:
    draft = event(trigger, evidence, participants=[{"role": role, "cite": words}])

    found = outcomes(TEXT, draft, ("events", 0, "participants", 0, "role"))

    assert {one for one, _ in found} == {outcome}


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        pytest.param("attack", "supported", id="the trigger's own"),
        pytest.param("air_strike", "undecided", id="of its family"),
        pytest.param("election", "contradicted", id="of no family of it"),
        pytest.param("threat", "undecided", id="told in other acts' words"),
        pytest.param("other:feud", "undecided", id="free label"),
    ],
)
def test_type_is_one_that_the_trigger_can_name(outcomes: Any, kind: str, outcome: str) -> None:
    text = "Gunmen murdered the mayor."

    found = outcomes(text, event("murdered", text, type=kind), ("events", 0, "type"))

    assert found == {(outcome, "event.type")}


@pytest.mark.parametrize(
    ("trigger", "evidence", "outcome"),
    [
        pytest.param("convicted", "A jury convicted the clerk on Friday.", "contradicted", id="a day"),
        pytest.param("convicted", "Juries convicted several clerks on Friday.", "undecided", id="a word for many"),
        pytest.param("fighting", "There was fighting on Friday.", "undecided", id="what lasts"),
    ],
)
def test_a_deed_of_one_day_is_no_sum(outcomes: Any, trigger: str, evidence: str, outcome: str) -> None:
    friday = {"kind": "weekday", "precision": "day", "cite": "on Friday"}

    found = outcomes(evidence, event(trigger, evidence, aggregate=True, time=friday), ("events", 0, "aggregate"))

    assert found == {(outcome, "event.aggregate")}


@pytest.mark.parametrize(
    ("trigger", "evidence", "aggregate", "outcome"),
    [
        pytest.param("bombing raids", "Over 30 bombing raids hit the valley", True, "supported", id="a sum"),
        pytest.param(
            "bombing raids", "Over 30 bombing raids hit the valley", False, "contradicted", id="a sum called one"
        ),
        pytest.param("raid", "A raid failed", True, "contradicted", id="one called a sum"),
        pytest.param("raid", "A raid failed", False, "undecided", id="one"),
    ],
)
def test_sum_of_events_is_called_so(
    outcomes: Any, trigger: str, evidence: str, *, aggregate: bool, outcome: str
) -> None:
    found = outcomes(TEXT, event(trigger, evidence, aggregate=aggregate), ("events", 0, "aggregate"))

    assert found == {(outcome, "event.aggregate")}


@pytest.mark.parametrize(
    ("country", "outcome", "rule"),
    [
        pytest.param("DE", "supported", "place.country-table", id="the table's"),
        pytest.param("CZ", "contradicted", "place.country", id="another"),
    ],
)
def test_country_of_a_city_is_the_tables(outcomes: Any, country: str, outcome: str, rule: str) -> None:
    text = "Gunmen shot a guard in Dresden."
    place = {"name": "Dresden", "cite": "in Dresden", "precision": "town", "country": country}

    found = outcomes(text, event("shot", text, places=[place]), ("events", 0, "places", 0, "country"))

    assert found == {(outcome, rule)}


def test_name_of_cities_in_several_countries_decides_nothing(outcomes: Any) -> None:
    text = "Gunmen shot a guard in Tripoli."
    place = {"name": "Tripoli", "cite": "in Tripoli", "precision": "town", "country": "LB"}

    found = outcomes(text, event("shot", text, places=[place]), ("events", 0, "places", 0, "country"))

    assert found == {("undecided", "place.country")}


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("statement", "giver"),
        ("sanction", "attacker"),
        ("peaceful_protest", "recipient"),
        ("man_made_disaster", "party"),
    ],
)
def test_a_type_has_no_role_that_nobody_can_have_in_it(outcomes: Any, kind: str, role: str) -> None:
    text = "Dorn and the crowd were there, and the event took place."
    report = event("event", text, type=kind, participants=[{"role": role, "cite": "Dorn"}])

    found = outcomes(text, report, ("events", 0, "participants", 0, "role"))

    assert found == {("contradicted", "participant.role-type")}
