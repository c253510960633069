"""Promises of the checks of kinds: what the words for someone allow them to be."""

from __future__ import annotations

from typing import Any

import pytest

from llmx.ground.kinds import kinds_of
from llmx.ground.spelling import is_transliterated, is_written


@pytest.mark.parametrize(
    ("phrase", "kind", "allowed"),
    [
        pytest.param("General Petar Venn", "person", True, id="titled name"),
        pytest.param("General Petar Venn", "company", False, id="titled name is no company"),
        pytest.param("the interior ministry", "government", True, id="ministry"),
        pytest.param("the interior ministry", "person", False, id="ministry is no person"),
        pytest.param("rebels from the north", "rebel_group", True, id="rebels"),
        pytest.param("rebels from the north", "news_outlet", False, id="rebels print nothing"),
        pytest.param("the newspaper Dnevnik", "rebel_group", True, id="an unknown name tells nothing"),
    ],
)
def test_words_tell_who_someone_can_be(phrase: str, kind: str, *, allowed: bool) -> None:
    kinds = kinds_of(phrase)

    assert (not kinds or kind in kinds) is allowed


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        pytest.param("Mehmet Aydin", {"supported"}, id="as written"),
        pytest.param("Mehmet Aytin", {"contradicted"}, id="another letter"),
        pytest.param("Lars Aydin", {"contradicted"}, id="two persons' names"),
        pytest.param("Mehmet Aidin", {"undecided"}, id="another transliteration"),
    ],
)
def test_name_is_spelt_and_joined_as_in_the_article(outcomes: Any, name: str, outcome: set[str]) -> None:
    text = "Mehmet Aydin spoke first. Then Lars Holm spoke."
    draft = {"entities": [{"id": "n1", "name": name, "kind": "person", "mentions": ["Mehmet Aydin"]}]}

    found = outcomes(text, draft, ("entities", 0, "name"))

    assert {one for one, _ in found} == outcome


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        pytest.param("anonymous_collective", "undecided", id="fits"),
        pytest.param("document", "contradicted", id="no document"),
        pytest.param("named_person", "contradicted", id="no name"),
        pytest.param("author", "contradicted", id="not the author"),
    ],
)
def test_source_is_of_a_kind_that_its_words_allow(outcomes: Any, kind: str, outcome: str) -> None:
    text = "The bridge is closed, local residents said."
    draft = {
        "attributions": [
            {
                "id": "a1",
                "source": "local residents",
                "cue": "said",
                "content": ["The bridge is closed"],
                "source_kind": kind,
            }
        ]
    }

    found = outcomes(text, draft, ("attributions", 0, "source_kind"))

    assert found == {(outcome, "attribution.source_kind")}


def test_who_is_told_is_not_the_source(outcomes: Any) -> None:
    text = "Lars Holm told reporters the bridge is closed."
    draft = {"attributions": [{"id": "a1", "source": "reporters", "cue": "told", "content": ["the bridge is closed"]}]}

    found = outcomes(text, draft, ("attributions", 0, "source"))

    assert found == {("contradicted", "attribution.source")}


def test_content_far_from_its_source_is_not_its(outcomes: Any) -> None:
    text = "Lars Holm spoke. It rained. The sun came out. Birds sang. The bridge is closed."
    draft = {"attributions": [{"id": "a1", "source": "Lars Holm", "cue": "spoke", "content": ["The bridge is closed"]}]}

    found = outcomes(text, draft, ("attributions", 0, "content"))

    assert found == {("contradicted", "attribution.content")}


@pytest.mark.parametrize(
    ("token", "written", "is_one"),
    [
        pytest.param("aleppo", "aleppo", True, id="alike"),
        pytest.param("путин", "путина", True, id="case ending"),
        pytest.param("aleppo", "aleppa", False, id="another letter"),
    ],
)
def test_token_is_written_up_to_its_ending(token: str, written: str, *, is_one: bool) -> None:
    assert is_written(token, {written}) is is_one


def test_transliterations_of_one_sound_are_told_from_slips() -> None:
    assert is_transliterated("qusayr", {"kusayr"})
    assert not is_transliterated("kusayn", {"kusayr"})


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        pytest.param("league chief Nabil al-Orabi", "undecided", id="name with a small article"),
        pytest.param("Rami Holm coordinator of the council", "undecided", id="name before the office"),
        pytest.param("the council critic, Laura H. Trask", "undecided", id="name with an initial"),
        pytest.param("the council's coordinator", "contradicted", id="no name"),
    ],
)
def test_full_name_within_a_source_may_be_a_persons(outcomes: Any, source: str, outcome: str) -> None:
    text = f"The bridge is closed, said {source}."
    spoken = {
        "id": "a1",
        "source": source,
        "cue": "said",
        "content": ["The bridge is closed"],
        "source_kind": "named_person",
    }

    found = outcomes(text, {"attributions": [spoken]}, ("attributions", 0, "source_kind"))

    assert found == {(outcome, "attribution.source_kind")}


@pytest.mark.parametrize(("kind", "outcome"), [("anonymous_person", "undecided"), ("author", "contradicted")])
def test_who_may_be_a_person_without_a_name(outcomes: Any, kind: str, outcome: str) -> None:
    text = "There was a driver who said that the bridge is closed."
    spoken = {
        "id": "a1",
        "source": "who",
        "cue": "said",
        "content": ["that the bridge is closed"],
        "source_kind": kind,
    }

    found = outcomes(text, {"attributions": [spoken]}, ("attributions", 0, "source_kind"))

    assert found == {(outcome, "attribution.source_kind")}


@pytest.mark.parametrize(
    "phrase", ["The salmon farmer Fjordlaks", "the fund manager Keel Partners", "The owner, Grupo Maipo"]
)
def test_a_trade_stands_before_firms_and_persons_alike(phrase: str) -> None:
    assert kinds_of(phrase) == frozenset()
