"""Promises of the checks of entities and places."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = (
    "Turkish president Recep Tayyip Erdogan met Anna Kovacs, an analyst, in Ankara. "
    "Erdogan praised the Free Syrian Army (FSA). "
    "Moscow-backed forces hit northern Syria and the town of Anadan near the Syrian-Turkish border."
)


def entity(**fields: Any) -> dict[str, Any]:
    return {"id": "n1", "kind": "unknown", **fields}


@pytest.mark.parametrize(
    ("name", "mention"),
    [
        pytest.param("Recep Tayyip Erdogan", "Turkish president Recep Tayyip Erdogan", id="title before it"),
        pytest.param("Recep Tayyip Erdogan", "2|Erdogan", id="surname"),
        pytest.param("Recep Tayyip Erdoğan", "2|Erdogan", id="another spelling"),
        pytest.param("Free Syrian Army", "FSA", id="initials"),
        pytest.param("Turkey", "Ankara", id="the country of a capital"),
    ],
)
def test_a_name_that_the_article_mentions_is_supported(outcomes: Any, name: str, mention: str) -> None:
    draft = {"entities": [entity(name=name, mentions=[mention])]}

    assert outcomes(TEXT, draft, ("entities", 0, "name")) == {("supported", "entity.name")}


@pytest.mark.parametrize(
    ("name", "mention"),
    [
        pytest.param("Harlan Voss", "Anna Kovacs", id="not in the article"),
        pytest.param("Gerwin Kovacs", "Anna Kovacs", id="half of it not in the article"),
        pytest.param("Anna Kovacs", "2|Erdogan", id="another's name"),
        pytest.param("Moscow", "Anna Kovacs", id="of another kind"),
    ],
)
def test_a_name_that_is_not_mentioned_is_contradicted(outcomes: Any, name: str, mention: str) -> None:
    draft = {"entities": [entity(name=name, mentions=[mention])]}

    assert outcomes(TEXT, draft, ("entities", 0, "name")) == {("contradicted", "entity.name")}


@pytest.mark.parametrize(
    ("field", "value", "outcome"),
    [
        pytest.param("role_title", "president", "supported", id="title beside the name"),
        pytest.param("role_title", "analyst", "undecided", id="title of another in the sentence"),
        pytest.param("role_title", "astronaut", "contradicted", id="title of nobody"),
        pytest.param("affiliation", "Turkey", "supported", id="affiliation in the sentence"),
        pytest.param("affiliation", "Zorvik Cartel", "contradicted", id="affiliation of nobody"),
        pytest.param("kind", "person", "undecided", id="kind"),
    ],
)
def test_title_affiliation_and_kind_follow_the_article(outcomes: Any, field: str, value: str, outcome: str) -> None:
    mention = "Recep Tayyip Erdogan"
    draft = {"entities": [entity(name=mention, mentions=[mention], **{field: value})]}

    assert outcomes(TEXT, draft, ("entities", 0, field)) == {(outcome, f"entity.{field}")}


def test_a_country_is_no_person(outcomes: Any) -> None:
    draft = {"entities": [entity(name="Turkey", mentions=["Ankara"]) | {"kind": "person"}]}

    assert outcomes(TEXT, draft, ("entities", 0, "kind")) == {("contradicted", "entity.kind")}


def test_an_alias_that_is_anothers_name_is_contradicted(outcomes: Any) -> None:
    entities = [
        entity(name="Anna Kovacs", mentions=["Anna Kovacs"], aliases=["Erdogan", "Kovacs"]),
        entity(name="Erdogan", mentions=["2|Erdogan"]) | {"id": "n2"},
    ]

    found = [outcomes(TEXT, {"entities": entities}, ("entities", 0, "aliases", number)) for number in (0, 1)]

    assert found == [{("contradicted", "entity.alias")}, {("supported", "entity.alias")}]


def place(**fields: Any) -> dict[str, Any]:
    event = {"id": "e1", "type": "attack", "trigger": "hit", "evidence": ["forces hit northern Syria"]}
    return {"events": [{**event, "modality": "asserted", "places": [{"precision": "area", **fields}]}]}


@pytest.mark.parametrize(
    ("name", "cite", "country", "outcome"),
    [
        pytest.param("northern Syria", "northern Syria", "SY", "supported", id="named"),
        pytest.param("northern Syria", "northern Syria", "TR", "contradicted", id="another"),
        pytest.param("Anadan", "the town of Anadan", "BR", "contradicted", id="not in the article"),
    ],
)
def test_the_country_is_that_of_the_words(outcomes: Any, name: str, cite: str, country: str, outcome: str) -> None:
    found = outcomes(TEXT, place(name=name, cite=cite, country=country), ("events", 0, "places", 0, "country"))

    assert {one for one, _ in found} == {outcome}


@pytest.mark.parametrize(
    ("name", "outcome"), [("Anadan", "supported"), ("Ankara", "contradicted"), ("Brenwick", "contradicted")]
)
def test_a_place_is_named_by_its_quote(outcomes: Any, name: str, outcome: str) -> None:
    found = outcomes(TEXT, place(name=name, cite="Anadan"), ("events", 0, "places", 0, "name"))

    assert found == {(outcome, "place.name")}


@pytest.mark.parametrize(
    ("name", "precision", "outcome"),
    [
        pytest.param("Syrian-Turkish border", "linear", "supported", id="border"),
        pytest.param("Syrian-Turkish border", "town", "contradicted", id="no town"),
        pytest.param("northern Syria", "region", "supported", id="region"),
        pytest.param("Anadan", "town", "undecided", id="a bare name"),
    ],
)
def test_the_precision_is_one_that_the_name_allows(outcomes: Any, name: str, precision: str, outcome: str) -> None:
    found = outcomes(TEXT, place(name=name, cite=name, precision=precision), ("events", 0, "places", 0, "precision"))

    assert found == {(outcome, "place.precision")}


PARTY = "The Homeland List met in Braga. Its party was small. Brandt Motion paid. The regional road authority warned."


@pytest.mark.parametrize(
    ("name", "mention", "outcome"),
    [
        pytest.param("Homeland List", "The Homeland List", "supported", id="as written"),
        pytest.param("Homeland Party", "The Homeland List", "undecided", id="a word from elsewhere"),
        pytest.param("Brand Motion", "Brandt Motion", "undecided", id="a letter short"),
    ],
)
def test_names_of_bodies_are_written_as_the_article_writes_them(
    outcomes: Any, name: str, mention: str, outcome: str
) -> None:
    entity = {"id": "n1", "name": name, "kind": "organisation", "mentions": [mention]}

    assert {one for one, _ in outcomes(PARTY, {"entities": [entity]}, ("entities", 0, "name"))} == {outcome}


def test_an_authority_is_an_office(outcomes: Any) -> None:
    mention = "The regional road authority"
    entity = {"id": "n1", "name": mention, "kind": "government", "mentions": [mention]}

    assert ("contradicted", "entity.kind") not in outcomes(PARTY, {"entities": [entity]}, ("entities", 0, "kind"))


def test_the_longest_name_tells_whom_words_mean(outcomes: Any) -> None:
    text = "Luca Sorg resigned. His daughter, Lena Sorg, will leave the board."
    father = {"id": "n1", "name": "Luca Sorg", "aliases": ["Sorg"], "kind": "person", "mentions": ["Luca Sorg"]}
    daughter = {"id": "n2", "name": "Lena Sorg", "kind": "person", "mentions": ["His daughter, Lena Sorg"]}
    leaving = {"role": "actor", "entity": "n1", "cite": "His daughter, Lena Sorg"}
    event = {"id": "e1", "type": "other:departure", "trigger": "leave", "evidence": [text[20:]], "modality": "planned"}
    draft = {"entities": [father, daughter], "events": [{**event, "participants": [leaving]}]}

    found = outcomes(text, draft, ("events", 0, "participants", 0, "entity"))

    assert found == {("contradicted", "participant.entity")}
