"""Promises of the checks of attributions: who speaks, how, and in whose words."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = (
    "Anna Kovacs, a doctor, said that the ward was full. “We have no beds left,” she told reporters. "
    "The ministry denied that patients were sent away. "
    "According to the union, the minister called it “a disgrace” and left. "
    "Officials say that Mayor Tarek Amin wants to resign. Reportedly, the mayor was ill. "
    "The road to the coast was closed. Snow fell in the hills."
)
ENTITIES = [
    {"id": "n1", "name": "Anna Kovacs", "kind": "person", "mentions": ["Anna Kovacs"]},
    {"id": "n2", "name": "Tarek Amin", "kind": "person", "mentions": ["Mayor Tarek Amin"]},
]


def draft(*attributions: dict[str, Any], **fields: Any) -> dict[str, Any]:
    first = {
        "id": "a1",
        "source": "Anna Kovacs, a doctor",
        "cue": "said that",
        "content": ["the ward was full"],
        "stance": "asserts",
        "mode": "indirect",
        "source_kind": "named_person",
    }
    return {"entities": ENTITIES, "attributions": [{**first, **fields}, *attributions]}


@pytest.mark.parametrize(
    ("field", "value", "outcome"),
    [
        pytest.param("source", "Anna Kovacs, a doctor", "supported", id="source beside its cue"),
        pytest.param("source", "the ward", "contradicted", id="source in the content"),
        pytest.param("source", "Officials", "contradicted", id="source from afar"),
        pytest.param("cue", "said that", "supported", id="cue"),
        pytest.param("cue", "was full", "contradicted", id="cue in the content"),
        pytest.param("cue", "Officials say", "contradicted", id="cue from afar"),
        pytest.param("source_entity", "n1", "supported", id="entity that is named"),
        pytest.param("source_entity", "n2", "contradicted", id="entity that is not named"),
        pytest.param("source_kind", "named_person", "undecided", id="a name"),
        pytest.param("source_kind", "unattributed", "undecided", id="some kind there is"),
        pytest.param("stance", "asserts", "supported", id="say asserts"),
        pytest.param("stance", "denies", "contradicted", id="say does not deny"),
        pytest.param("mode", "indirect", "supported", id="indirect"),
        pytest.param("mode", "direct", "contradicted", id="no quotation marks"),
        pytest.param("mode", "mixed", "contradicted", id="no quotation marks at all"),
        pytest.param("mode", "according_to", "contradicted", id="no according to"),
        pytest.param("mode", "evidential_adverb", "contradicted", id="no adverb"),
        pytest.param("via", "the union", "contradicted", id="nobody in between"),
        pytest.param("addressee", "reporters", "contradicted", id="addressee of another sentence"),
        pytest.param("medium", "Snow", "contradicted", id="medium of another sentence"),
    ],
)
def test_each_part_follows_from_the_words(outcomes: Any, field: str, value: str, outcome: str) -> None:
    found = outcomes(TEXT, draft(**{field: value}), ("attributions", 0, field))

    assert {one for one, _ in found} == {outcome}


@pytest.mark.parametrize(
    ("mode", "outcome"), [("direct", "supported"), ("indirect", "contradicted"), ("mixed", "contradicted")]
)
def test_words_in_quotation_marks_are_direct(outcomes: Any, mode: str, outcome: str) -> None:
    speech = draft(content=["“We have no beds left,”"], source="she", cue="told", mode=mode)

    assert outcomes(TEXT, speech, ("attributions", 0, "mode")) == {(outcome, "attribution.mode")}


@pytest.mark.parametrize(("mode", "outcome"), [("mixed", "supported"), ("direct", "contradicted")])
def test_words_partly_in_quotation_marks_are_mixed(outcomes: Any, mode: str, outcome: str) -> None:
    speech = draft(content=["it “a disgrace”"], source="the minister", cue="called", mode=mode)

    assert outcomes(TEXT, speech, ("attributions", 0, "mode")) == {(outcome, "attribution.mode")}


@pytest.mark.parametrize(
    ("cue", "stance", "outcome"),
    [
        pytest.param("denied that", "denies", "supported", id="deny"),
        pytest.param("denied that", "asserts", "contradicted", id="deny does not assert"),
        pytest.param("denied that", "reports", "contradicted", id="deny does not report"),
    ],
)
def test_the_cue_tells_the_stance(outcomes: Any, cue: str, stance: str, outcome: str) -> None:
    speech = draft(source="The ministry", cue=cue, content=["patients were sent away"], stance=stance)

    assert outcomes(TEXT, speech, ("attributions", 0, "stance")) == {(outcome, "attribution.stance")}


def test_a_cue_may_stand_in_the_content_when_it_is_an_adverb(outcomes: Any) -> None:
    content = ["Reportedly, the mayor was ill"]
    hearsay = {
        "source": None,
        "cue": "Reportedly",
        "content": content,
        "mode": "evidential_adverb",
        "stance": "reports",
    }

    found = outcomes(TEXT, draft(**hearsay), ("attributions", 0, "cue"))

    assert found == {("supported", "attribution.cue")}


@pytest.mark.parametrize(("parent", "outcome"), [("a2", "supported"), ("a3", "contradicted")])
def test_a_parents_content_holds_its_child(outcomes: Any, parent: str, outcome: str) -> None:
    outer = {"id": "a2", "source": "Officials", "cue": "say that", "content": ["Mayor Tarek Amin wants to resign"]}
    other = {"id": "a3", "source": "The ministry", "cue": "denied that", "content": ["patients were sent away"]}
    inner = draft(outer, other, source="Mayor Tarek Amin", cue="wants to", content=["resign"], parent=parent)

    assert outcomes(TEXT, inner, ("attributions", 0, "parent")) == {(outcome, "attribution.parent")}


@pytest.mark.parametrize(("kind", "outcome"), [("unattributed", "supported"), ("named_person", "contradicted")])
def test_without_a_source_nobody_is_named(outcomes: Any, kind: str, outcome: str) -> None:
    content = ["Reportedly, the mayor was ill"]
    hearsay = draft(source=None, cue="Reportedly", content=content, mode="evidential_adverb", source_kind=kind)

    assert outcomes(TEXT, hearsay, ("attributions", 0, "source_kind")) == {(outcome, "attribution.source_kind")}


@pytest.mark.parametrize(
    ("source", "outcome"),
    [("Hollins", "undecided"), ("Workers", "contradicted")],
    ids=["surname-that-ends-like-a-plural", "plural-that-is-written-small-elsewhere"],
)
def test_first_word_of_a_sentence_is_no_name_only_if_it_is_a_common_noun(
    outcomes: Any, source: str, outcome: str
) -> None:
    text = f"{source} said that the pit was closed. The pit had fed the workers for years."

    speech: dict[str, Any] = {**draft(source=source, content=["the pit was closed"]), "entities": []}

    found = outcomes(text, speech, ("attributions", 0, "source_kind"))

    assert found == {(outcome, "attribution.source_kind")}


SPEAKERS = (
    "Former harbour master Ines Kolar wrote a book. The former harbour master said the quay was rotten. "
    "The deputy minister said it was sound. Dr. Lena Brandt of the Coast Union said nobody had asked her. "
    "The Coast Union met in June. The Bay Courier’s reporters said divers were sent. "
    "Divers told the Bay Courier that they saw cracks. A Kolar aide said the book was late."
)
NAMED = [
    {"id": "n1", "name": "Ines Kolar", "kind": "person", "mentions": ["Ines Kolar"]},
    {"id": "n2", "name": "Coast Union", "kind": "organisation", "mentions": ["The Coast Union met"]},
    {"id": "n3", "name": "Bay Courier", "kind": "news_outlet", "mentions": ["the Bay Courier that"]},
]


def spoken(source: str, content: str, **fields: Any) -> dict[str, list[dict[str, Any]]]:
    first: dict[str, Any] = {"id": "a1", "source": source, "cue": "said", "content": [content]}
    return {"entities": NAMED, "attributions": [{**first, **fields}]}


@pytest.mark.parametrize(
    ("source", "content", "entity", "outcome"),
    [
        pytest.param("The former harbour master", "the quay was rotten", "n1", "supported", id="beside the name"),
        pytest.param("The deputy minister", "it was sound", "n1", "undecided", id="a description of anybody"),
        pytest.param(
            "Dr. Lena Brandt of the Coast Union", "nobody had asked her", "n2", "undecided", id="whose she is"
        ),
    ],
)
def test_a_description_names_nobody_else(outcomes: Any, source: str, content: str, entity: str, outcome: str) -> None:
    speech = spoken(source, content, source_entity=entity)

    found = outcomes(SPEAKERS, speech, ("attributions", 0, "source_entity"))

    assert found == {(outcome, "attribution.source_entity")}


@pytest.mark.parametrize(
    ("speech", "outcome"),
    [
        pytest.param(spoken("The Bay Courier’s reporters", "divers were sent", via="n3"), "supported", id="reporters"),
        pytest.param(spoken("Divers", "they saw cracks", via="n3", cue="told"), "supported", id="told to an outlet"),
        pytest.param(
            spoken("Dr. Lena Brandt of the Coast Union", "nobody had asked her", via="n2"), "undecided", id="her union"
        ),
    ],
)
def test_an_outlet_passes_on_what_its_sources_say(outcomes: Any, speech: dict[str, Any], outcome: str) -> None:
    assert outcomes(SPEAKERS, speech, ("attributions", 0, "via")) == {(outcome, "attribution.via")}


@pytest.mark.parametrize(("hedge", "outcome"), [("may", "supported"), ("may rain", "undecided")])
def test_a_hedge_is_cited_by_its_own_words(outcomes: Any, hedge: str, outcome: str) -> None:
    text = "Ines Kolar said it may rain in the hills."
    speech = {"attributions": [{"id": "a1", "source": "Ines Kolar", "cue": "said", "content": ["it may rain"]}]}
    speech["attributions"][0]["hedges"] = [hedge]

    assert outcomes(text, speech, ("attributions", 0, "hedges", 0)) == {(outcome, "hedge")}


@pytest.mark.parametrize(
    ("sentence", "cue", "outcome"),
    [
        pytest.param("Calls them losers.", "Calls", "undecided", id="subject left out"),
        pytest.param("He calls them losers.", "calls", "contradicted", id="another subject"),
    ],
)
def test_a_list_of_deeds_has_its_subject_before_it(outcomes: Any, sentence: str, cue: str, outcome: str) -> None:
    text = f"Imagine that she: Lies to us. Preys on our fears. Takes our work. {sentence}"
    speech = {"attributions": [{"id": "a1", "source": "she", "cue": cue, "content": ["them losers"]}]}

    assert outcomes(text, speech, ("attributions", 0, "source")) == {(outcome, "attribution.source")}
