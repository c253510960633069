"""Places: name, precision and country."""

from collections.abc import Callable
from typing import Any

import pytest

Event = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gunmen killed two people in Syria.", ("Syria", "SY", "country")),
        ("Gunmen killed two people in northern Syria.", ("northern Syria", "SY", "region")),
        ("Gunmen killed two people in Damascus.", ("Damascus", "SY", "town")),
        ("Gunmen killed two people in Orlo Province.", ("Orlo Province", None, "admin1")),
        ("Gunmen killed two people in the village of Orlo.", ("Orlo", None, "town")),
        ("Gunmen killed two people in Idlib, Syria.", ("Idlib", "SY", "admin1")),
        ("A ferry sank off Orlo on Monday.", ("Orlo", None, "area")),
        ("A bus crashed on the road between Orlo and Tarn.", ("Orlo", None, "area")),
        ("A ferry sank north of Orlo on Monday.", ("Orlo", None, "area")),
    ],
    ids=["country", "region", "capital", "province", "village of", "gazetteer", "off", "between", "north of"],
)
def test_a_place_has_its_name_country_and_precision(text: str, place: tuple[Any, ...], event_of: Event) -> None:
    found = event_of(text)["places"][0]

    assert (found["name"], found["country"], found["precision"]) == place


def test_a_country_that_the_article_does_not_name_is_left_open(event_of: Event) -> None:
    assert event_of("Gunmen killed two people in Idlib.")["places"][0]["country"] is None


def test_a_name_that_is_no_place_of_the_event_is_left_out(event_of: Event) -> None:
    assert event_of("Orlo Weekly said gunmen killed two people.")["places"] == []
