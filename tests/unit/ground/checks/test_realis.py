"""Promises of the checks of modality, polarity, hedges, triggers and participants."""

from __future__ import annotations

from typing import Any

import pytest


def draft(sentence: str, trigger: str, **fields: Any) -> dict[str, Any]:
    event = {"id": "e1", "type": "attack", "trigger": trigger, "evidence": [sentence], "modality": "asserted"}
    return {"events": [{**event, **fields}]}


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        pytest.param("The army attacked the town.", "asserted", id="fact"),
        pytest.param("The army reportedly attacked the town.", "reported", id="hearsay"),
        pytest.param("The army tried to attack the town.", "attempted", id="attempt"),
        pytest.param("The army is planning to attack the town.", "planned", id="plan"),
        pytest.param("The army is expected to attack the town.", "predicted", id="prediction"),
        pytest.param("If it can, the army would attack the town.", "conditional", id="condition"),
        pytest.param("The army threatened to attack the town.", "threatened", id="threat"),
        pytest.param("The army denied attacking the town.", "denied", id="denial"),
        pytest.param("The army often attacked the town.", "generic", id="habit"),
        pytest.param("It is unclear whether the army attacked the town.", "questioned", id="question"),
    ],
)
def test_the_modality_of_the_words_is_supported(outcomes: Any, sentence: str, modality: str) -> None:
    trigger = next(word for word in ("attacking", "attacked", "attack") if f" {word} " in sentence)

    found = outcomes(sentence, draft(sentence, trigger, modality=modality), ("events", 0, "modality"))

    assert {outcome for outcome, _ in found} == {"supported"}


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The army reportedly will attack the town.", id="hearsay"),
        pytest.param("The army plans to attack the town.", id="plan"),
        pytest.param("The army tried to attack the town.", id="attempt"),
        pytest.param("If provoked, the army would attack the town.", id="condition"),
        pytest.param("The army denied that it had launched an attack there.", id="denial"),
        pytest.param("It is unclear whether the army did attack the town.", id="question"),
        pytest.param("The army threatened to attack the town.", id="threat"),
    ],
)
def test_what_is_no_fact_is_not_asserted(outcomes: Any, sentence: str) -> None:
    found = outcomes(sentence, draft(sentence, "attack"), ("events", 0, "modality"))

    assert {outcome for outcome, _ in found} == {"contradicted"}


@pytest.mark.parametrize("modality", ["attempted", "planned", "predicted", "conditional", "threatened", "denied"])
def test_a_plain_fact_is_nothing_else(outcomes: Any, modality: str) -> None:
    sentence = "The army attacked the town."

    found = outcomes(sentence, draft(sentence, "attacked", modality=modality), ("events", 0, "modality"))

    assert found == {("contradicted", "event.modality")}


@pytest.mark.parametrize(
    ("sentence", "polarity", "outcome"),
    [
        pytest.param("The army did not attack the town.", "negative", "supported", id="negated"),
        pytest.param("The army did not attack the town.", "positive", "contradicted", id="negation lost"),
        pytest.param("The army didn’t attack the town.", "positive", "contradicted", id="contracted"),
        pytest.param("There was no further attack there.", "positive", "contradicted", id="no"),
        pytest.param("The army led an attack there.", "negative", "contradicted", id="negation invented"),
        pytest.param("The army did not only attack the town.", "positive", "supported", id="not only"),
        pytest.param("They did not say why the army led an attack.", "positive", "supported", id="out of its scope"),
    ],
)
def test_polarity_follows_the_scope_of_negation(outcomes: Any, sentence: str, polarity: str, outcome: str) -> None:
    found = outcomes(sentence, draft(sentence, "attack", polarity=polarity), ("events", 0, "polarity"))

    assert found == {(outcome, "event.polarity")}


@pytest.mark.parametrize(("hedge", "outcome"), [("reportedly", "supported"), ("the town", "contradicted")])
def test_a_hedge_lowers_commitment(outcomes: Any, hedge: str, outcome: str) -> None:
    sentence = "The army reportedly attacked the town."

    found = outcomes(
        sentence, draft(sentence, "attacked", modality="reported", hedges=[hedge]), ("events", 0, "hedges", 0)
    )

    assert found == {(outcome, "hedge")}


def test_a_trigger_outside_the_evidence_is_contradicted(outcomes: Any) -> None:
    text = "The army attacked the town. Later the mayor resigned."

    found = outcomes(text, draft("The army attacked the town.", "resigned"), ("events", 0, "trigger"))

    assert found == {("contradicted", "event.trigger")}


@pytest.mark.parametrize(
    ("sentence", "cite", "role", "outcome"),
    [
        pytest.param("Rebels attacked the army.", "the army", "target", "supported", id="object"),
        pytest.param("Rebels attacked the army.", "the army", "attacker", "contradicted", id="object does not act"),
        pytest.param("The army was attacked by rebels.", "rebels", "attacker", "supported", id="agent"),
        pytest.param("The army was attacked by rebels.", "rebels", "victim", "contradicted", id="agent is not hurt"),
        pytest.param("The army was attacked by rebels.", "The army", "victim", "supported", id="passive subject"),
    ],
)
def test_a_role_follows_the_voice(outcomes: Any, sentence: str, cite: str, role: str, outcome: str) -> None:
    event = draft(sentence, "attacked", participants=[{"role": role, "cite": cite}])

    found = outcomes(sentence, event, ("events", 0, "participants", 0, "role"))

    assert found == {(outcome, "participant.role")}
