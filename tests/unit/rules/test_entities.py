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


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        pytest.param("Her lawyer, Dan Lupo, left the court.", "Dan Lupo", "person", id="description before"),
        pytest.param("They met Ada Lind, a nurse from Orlo.", "Ada Lind", "person", id="description behind"),
        pytest.param("They met Ada Lind, 52, in Orlo.", "Ada Lind", "person", id="age"),
        pytest.param("They met the forest ranger Ada Lind.", "Ada Lind", "person", id="trade"),
        pytest.param("The head of the agency, Ada Lind, left.", "Ada Lind", "person", id="head of an agency"),
        pytest.param("They wrote to the mining firm Halden.", "Halden", "company", id="firm"),
        pytest.param("They wrote to Halden Motors on Monday.", "Halden Motors", "company", id="last word of a firm"),
        pytest.param("They wrote to the union Havn on Monday.", "Havn", "organisation", id="union"),
        pytest.param("They wrote to the aid group Open Hand.", "Open Hand", "ngo", id="aid group"),
        pytest.param("They wrote to the daily Morgen on Monday.", "Morgen", "news_outlet", id="daily"),
        pytest.param("They met the Orlo Free Men, a separatist group.", "Orlo Free Men", "rebel_group", id="rebels"),
        pytest.param("They wrote to the Chamber of Crafts.", "Chamber of Crafts", "organisation", id="chamber of"),
        pytest.param("They wrote to the Norden alliance.", "Norden", "organisation", id="noun behind"),
    ],
)
def test_words_beside_a_name_tell_what_it_is_of(
    draft_of: Callable[[str], dict[str, Any]], text: str, name: str, kind: str
) -> None:
    draft = draft_of(f"{text} Gunmen attacked a camp on Monday.")

    assert (name, kind) in [(one["name"], one["kind"]) for one in draft["entities"]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The talks in Kota Bana, the mediator said, went on.", id="place before a speaker"),
        pytest.param("They swam in the lower Serrat river.", id="river"),
        pytest.param("They met the nationalist Eastern Voice.", id="adjective that looks like a trade"),
    ],
)
def test_a_name_is_no_person_where_nothing_tells_so(draft_of: Callable[[str], dict[str, Any]], text: str) -> None:
    draft = draft_of(f"{text} Gunmen attacked a camp on Monday.")

    assert [one["name"] for one in draft["entities"] if one["kind"] == "person"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("The electoral commission said that the vote was fair.", "government", id="commission"),
        pytest.param("Police said that the road was closed.", "state_forces", id="police"),
        pytest.param("Residents said that the road was closed.", "civilians", id="residents"),
        pytest.param("A signalman said that the road was closed.", "person", id="person"),
        pytest.param("The hospital said that the road was closed.", "organisation", id="hospital"),
    ],
)
def test_who_speaks_without_a_name_is_an_entity(entity_of: Callable[[str], Entity], text: str, kind: str) -> None:
    assert entity_of(text)["kind"] == kind


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The strike showed that the union was strong.", id="thing"),
        pytest.param("The report said that the road was closed.", id="document"),
        pytest.param("He said that the road was closed.", id="pronoun"),
    ],
)
def test_what_cannot_speak_is_no_entity(draft_of: Callable[[str], dict[str, Any]], text: str) -> None:
    assert draft_of(text)["entities"] == []


def test_a_bare_noun_is_the_body_that_was_named_in_full(draft_of: Callable[[str], dict[str, Any]]) -> None:
    text = "The home ministry said that the road was closed. The ministry said that it would open."

    draft = draft_of(text)

    (ministry,) = draft["entities"]
    assert ministry["name"] == "home ministry"
    assert [one["quote"] for one in ministry["mentions"]] == ["The home ministry", "The ministry"]


def test_the_minister_is_who_was_named_with_the_title(draft_of: Callable[[str], dict[str, Any]]) -> None:
    text = "Minister Ada Lind said that the road was closed. The minister said that it would open."

    (minister,) = draft_of(text)["entities"]

    assert (minister["name"], minister["kind"]) == ("Ada Lind", "person")


def test_one_word_of_a_name_is_an_alias(draft_of: Callable[[str], dict[str, Any]]) -> None:
    text = "Her lawyer, Dan Lupo, wrote to Halden Motors. Gunmen attacked a camp, and Halden paid what Lupo asked."

    aliases = {one["name"]: one["aliases"] for one in draft_of(text)["entities"] if one["name"]}

    assert aliases == {"Dan Lupo": ["Lupo"], "Halden Motors": ["Halden"]}


def test_a_country_that_acts_is_a_government(draft_of: Callable[[str], dict[str, Any]]) -> None:
    draft = draft_of("Germany offered cranes after gunmen attacked a camp in Poland.")

    assert [one["name"] for one in draft["entities"] if one["kind"] == "government"] == ["Germany"]


def test_the_person_in_an_apposition_is_the_source(draft_of: Callable[[str], dict[str, Any]]) -> None:
    draft = draft_of("His lawyer, Dan Lupo, said that the road was closed.")

    (lawyer,) = draft["entities"]
    assert lawyer["name"] == "Dan Lupo"
    assert draft["attributions"][0]["source_entity"] == lawyer["id"]


def test_the_company_is_the_only_company_that_is_named(draft_of: Callable[[str], dict[str, Any]]) -> None:
    text = "They wrote to the mining firm Halden. The company said that the pit was safe."

    draft = draft_of(text)

    (company,) = draft["entities"]
    assert company["name"] == "Halden"
    assert draft["attributions"][0]["source_entity"] == company["id"]


def test_a_name_that_is_of_a_firm_is_an_organisation_when_it_speaks(draft_of: Callable[[str], dict[str, Any]]) -> None:
    draft = draft_of("They wrote to Halden Motors on Monday. Halden says that the pit is safe.")

    assert draft["attributions"][0]["source_kind"] == "named_organisation"


def test_a_contractor_between_commas_is_a_company(entity_of: Callable[[str], Entity]) -> None:
    entity = entity_of("They sued a contractor, Datal, on Monday.")

    assert (entity["name"], entity["kind"]) == ("Datal", "company")
