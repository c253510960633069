"""Whether an event happened, and how sure the text is."""

from collections.abc import Callable
from typing import Any

import pytest

Event = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Rebels attacked the barracks.", "asserted"),
        ("Rebels reportedly attacked the barracks.", "reported"),
        ("Rebels tried to attack the barracks.", "attempted"),
        ("Rebels plan to attack the barracks.", "planned"),
        ("Rebels threatened to attack the barracks.", "threatened"),
        ("Rebels could attack the barracks.", "predicted"),
        ("If rebels attacked the barracks, the army left.", "conditional"),
        ("Rebels did not attack the barracks.", "denied"),
        ("The mayor said that he would resign on Friday.", "planned"),
        ("The union demanded a meeting with the government.", "planned"),
        ("The mayor said that he would resign if the vote was lost.", "conditional"),
    ],
    ids=[
        "asserted",
        "reported",
        "attempted",
        "planned",
        "threatened",
        "predicted",
        "conditional",
        "denied",
        "announced",
        "demanded",
        "announced with an if",
    ],
)
def test_the_words_around_a_trigger_tell_its_modality(text: str, modality: str, event_of: Event) -> None:
    assert event_of(text)["modality"] == modality


def test_a_negation_makes_the_polarity_negative(event_of: Event) -> None:
    assert event_of("Rebels did not attack the barracks.")["polarity"] == "negative"


def test_the_word_that_hedges_is_cited(event_of: Event) -> None:
    event = event_of("Rebels reportedly attacked the barracks.")

    assert [hedge["quote"] for hedge in event["hedges"]] == ["reportedly"]


def test_what_a_source_says_is_reported_by_it(event_of: Event) -> None:
    event = event_of("The minister said that rebels attacked the barracks.")

    assert (event["modality"], event["asserted_by"]) == ("reported", ["a1"])


def test_what_is_demanded_is_planned(event_of: Event) -> None:
    event = event_of("The students demanded that the prime minister resign.")

    assert (event["type"], event["modality"]) == ("other:resignation", "planned")
