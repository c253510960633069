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
    assert [part["cite"]["quote"] for part in events[0]["participants"]] == ["Gunmen", "church", "nuns"]
    assert len(events[0]["evidence"]) == 2


def test_events_with_other_attackers_stay_apart(draft_of: Draft) -> None:
    text = "Gunmen attacked a church in Orlo. In Marl, the army bombed a mosque."

    assert len(draft_of(text)["events"]) == 2
