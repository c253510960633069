"""Promises of the checks of counts."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = (
    "Over 30 raids hit the town on Monday, killing dozens of rebels and wounding at least 50 civilians. "
    "A monitor said that between 6 and 8 soldiers died. Two of the five hostages were freed. "
    "The town hosts nearly four million people."
)
ATTRIBUTION = {
    "id": "a1",
    "source": "A monitor",
    "cue": "said that",
    "content": ["between 6 and 8 soldiers died"],
    "stance": "asserts",
    "source_kind": "anonymous_person",
}


def draft(count: dict[str, Any]) -> dict[str, Any]:
    event = {"id": "e1", "type": "air_strike", "trigger": "raids", "evidence": ["Over 30 raids hit the town"]}
    return {"events": [{**event, "modality": "asserted", "counts": [count]}], "attributions": [ATTRIBUTION]}


def path(name: str) -> tuple[str | int, ...]:
    return ("events", 0, "counts", 0, name)


@pytest.mark.parametrize(
    ("cite", "qualifier", "bounds"),
    [
        pytest.param("Over 30 raids", "more_than", {"low": 31}, id="over"),
        pytest.param("dozens of rebels", "vague", {"low": 24}, id="dozens"),
        pytest.param("at least 50 civilians", "at_least", {"low": 50}, id="at least"),
        pytest.param("between 6 and 8 soldiers", "range", {"low": 6, "high": 8}, id="range"),
        pytest.param("Two of the five hostages", "exact", {"low": 2, "best": 2, "high": 2}, id="part of a whole"),
        pytest.param("nearly four million people", "about", {"best": 4_000_000, "high": 4_000_000}, id="nearly"),
    ],
)
def test_a_number_of_the_quote_is_supported(outcomes: Any, cite: str, qualifier: str, bounds: dict[str, int]) -> None:
    count = draft({"of": "other", "cite": cite, "qualifier": qualifier, **bounds})

    found = {name: outcomes(TEXT, count, path(name)) for name in (*bounds, "qualifier")}

    assert found == {
        **{name: {("supported", "count.number")} for name in bounds},
        "qualifier": {("supported", "count.qualifier")},
    }


@pytest.mark.parametrize(
    ("cite", "qualifier", "name", "value"),
    [
        pytest.param("Over 30 raids", "more_than", "low", 30, id="bound off by one"),
        pytest.param("30 raids", "exact", "best", 30, id="comparator left out of the quote"),
        pytest.param("at least 50 civilians", "at_least", "best", 50, id="no best number"),
        pytest.param("at least 50 civilians", "at_least", "low", 5, id="digit dropped"),
        pytest.param("dozens of rebels", "vague", "low", 36, id="vague word"),
        pytest.param("between 6 and 8 soldiers", "range", "best", 7, id="the mean is invented"),
        pytest.param("Two of the five hostages", "exact", "best", 5, id="the whole for the part"),
        pytest.param("the town", "exact", "best", 12, id="no number in the quote"),
    ],
)
def test_another_number_is_contradicted(outcomes: Any, cite: str, qualifier: str, name: str, value: int) -> None:
    count = draft({"of": "other", "cite": cite, "qualifier": qualifier, name: value})

    assert outcomes(TEXT, count, path(name)) == {("contradicted", "count.number")}


@pytest.mark.parametrize("qualifier", ["exact", "at_least", "about", "range", "vague", "at_most"])
def test_another_qualifier_is_contradicted(outcomes: Any, qualifier: str) -> None:
    count = draft({"of": "incidents", "cite": "Over 30 raids", "qualifier": qualifier, "low": 31})

    assert outcomes(TEXT, count, path("qualifier")) == {("contradicted", "count.qualifier")}


@pytest.mark.parametrize(
    ("cite", "of", "outcome"),
    [
        pytest.param("dozens of rebels", "killed", "supported", id="the verb before the number"),
        pytest.param("dozens of rebels", "injured", "contradicted", id="the verb of the next number"),
        pytest.param("at least 50 civilians", "injured", "supported", id="its own verb"),
        pytest.param("at least 50 civilians", "killed", "contradicted", id="the verb of the number before"),
        pytest.param("Over 30 raids", "weapons", "contradicted", id="another thing"),
        pytest.param("Over 30 raids", "displaced", "contradicted", id="no such word"),
    ],
)
def test_what_is_counted_follows_from_the_words(outcomes: Any, cite: str, of: str, outcome: str) -> None:
    count = draft({"of": of, "cite": cite, "qualifier": "vague", "low": 24})

    assert outcomes(TEXT, count, path("of")) == {(outcome, "count.of")}


@pytest.mark.parametrize(("group", "outcome"), [("civilian", "supported"), ("combatant", "contradicted")])
def test_the_group_follows_from_the_words(outcomes: Any, group: str, outcome: str) -> None:
    cite = "at least 50 civilians"
    count = draft({"of": "injured", "group": group, "cite": cite, "qualifier": "at_least", "low": 50})

    assert outcomes(TEXT, count, path("group")) == {(outcome, "count.group")}


@pytest.mark.parametrize(
    ("cite", "said_by", "outcome"),
    [
        pytest.param("between 6 and 8 soldiers", "a1", "supported", id="who gives it"),
        pytest.param("between 6 and 8 soldiers", "document", "contradicted", id="the author does not"),
        pytest.param("at least 50 civilians", "a1", "contradicted", id="who does not give it"),
        pytest.param("at least 50 civilians", "document", "supported", id="the author"),
    ],
)
def test_a_number_belongs_to_whoever_gives_it(outcomes: Any, cite: str, said_by: str, outcome: str) -> None:
    count = draft({"of": "other", "said_by": said_by, "cite": cite, "qualifier": "range", "low": 6})

    assert outcomes(TEXT, count, path("said_by")) == {(outcome, "count.said_by")}


@pytest.mark.parametrize(
    ("text", "cite", "outcome"),
    [
        pytest.param("The blast did not cause any injuries.", "did not cause any injuries", "supported", id="not any"),
        pytest.param("The blast didn't cause any injuries.", "didn't cause any injuries", "supported", id="n't any"),
        pytest.param("No one was hurt in the blast.", "No one was hurt", "supported", id="no one"),
        pytest.param("The blast caused injuries.", "caused injuries", "contradicted", id="some"),
    ],
)
def test_none_is_told_by_words(outcomes: Any, text: str, cite: str, outcome: str) -> None:
    count = {"of": "injured", "low": 0, "best": 0, "high": 0, "qualifier": "exact", "cite": cite}
    event = {"id": "e1", "type": "other:blast", "trigger": "blast", "evidence": [text[:-1]], "modality": "asserted"}

    found = outcomes(text, {"events": [{**event, "counts": [count]}]}, path("best"))

    assert {one for one, _ in found} == {outcome}
