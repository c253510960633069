"""Entities: names, kinds, titles, aliases and whom they belong to."""

from collections.abc import Callable
from typing import Any

import pytest

Entity = dict[str, Any]


@pytest.fixture
def entity_of(draft_of: Callable[[str], dict[str, Any]]) -> Callable[[str], Entity]:
    """The first entity of a text."""
    return lambda text: draft_of(text)["entities"][0]


def test_a_titled_name_is_a_person_with_title_and_country(entity_of: Callable[[str], Entity]) -> None:
    entity = entity_of("Russian president Ivan Orlov spoke in Syria, Russia said on Monday.")

    assert (entity["name"], entity["kind"], entity["role_title"]) == ("Ivan Orlov", "person", "president")
    assert entity["affiliation"]


def test_brackets_hold_the_alias_of_the_name_before_them(entity_of: Callable[[str], Entity]) -> None:
    entity = entity_of("The Popular Orlo Front (POF) attacked the barracks on Monday.")

    assert (entity["name"], entity["aliases"]) == ("Popular Orlo Front", ["POF"])


def test_backed_forces_belong_to_who_backs_them(draft_of: Callable[[str], dict[str, Any]]) -> None:
    draft = draft_of("Turkey-backed rebels attacked the barracks. Turkey denied it.")

    (rebels,) = [one for one in draft["entities"] if one["kind"] == "rebel_group"]
    named = {one["id"]: one["name"] for one in draft["entities"]}
    assert named.get(rebels["affiliation"], rebels["affiliation"]) == "Turkey"


def test_a_surname_alone_is_the_person_named_in_full(draft_of: Callable[[str], dict[str, Any]]) -> None:
    draft = draft_of("President Ivan Orlov spoke on Monday. President Orlov said that gunmen attacked a camp.")

    assert [(one["name"], one["aliases"]) for one in draft["entities"]][:1] == [("Ivan Orlov", ["Orlov"])]


def test_pronouns_are_no_entities(draft_of: Callable[[str], dict[str, Any]]) -> None:
    assert draft_of("They attacked us, and he said so.")["entities"] == []
