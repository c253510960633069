"""Promises of the checks of a claim's sense: no opposite, no added certainty, no other currency, no swapped names."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = (
    "Prices fell by 4 percent, and the harvest may fail. The bank repaid $40 million to its clients. "
    "A Marovan frigate rammed the trawler Vesna. Ministers plan to sign the pact. "
    "Tessary and Kestria agreed on a truce."
)


def draft(text: str, evidence: str, **fields: Any) -> dict[str, Any]:
    return {"claims": [{"id": "c1", "text": text, "evidence": [evidence], **fields}]}


def of_rule(found: set[tuple[str, str]], rule: str) -> set[str]:
    return {outcome for outcome, name in found if name == rule}


@pytest.mark.parametrize(
    ("text", "evidence", "outcome"),
    [
        pytest.param("Prices have risen by 4 percent.", "Prices fell by 4 percent", "contradicted", id="opposite"),
        pytest.param("Prices dropped by 4 percent.", "Prices fell by 4 percent", "supported", id="same sense"),
        pytest.param("Tessary refused a truce.", "Tessary and Kestria agreed on a truce", "contradicted", id="refusal"),
    ],
)
def test_no_word_is_the_opposite_of_the_evidence(outcomes: Any, text: str, evidence: str, outcome: str) -> None:
    found = outcomes(TEXT, draft(text, evidence), ("claims", 0, "text"))

    assert of_rule(found, "claim.sense") == {outcome}


@pytest.mark.parametrize(
    ("text", "evidence", "outcome"),
    [
        pytest.param("The harvest will surely fail.", "the harvest may fail", {"contradicted"}, id="will for may"),
        pytest.param("The harvest may well fail.", "the harvest may fail", set[str](), id="still open"),
        pytest.param(
            "Ministers did sign the pact.", "Ministers plan to sign the pact", {"contradicted"}, id="did for plan"
        ),
    ],
)
def test_text_is_no_surer_than_its_evidence(outcomes: Any, text: str, evidence: str, outcome: set[str]) -> None:
    found = outcomes(TEXT, draft(text, evidence), ("claims", 0, "text"))

    assert of_rule(found, "claim.certainty") == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        pytest.param("The bank paid back $40 million.", {"supported"}, id="sign"),
        pytest.param("The bank paid back 40 million dollars.", {"supported"}, id="word"),
        pytest.param("The bank paid back €40 million.", {"contradicted"}, id="another"),
    ],
)
def test_sum_of_money_keeps_its_currency(outcomes: Any, text: str, outcome: set[str]) -> None:
    found = outcomes(TEXT, draft(text, "The bank repaid $40 million to its clients"), ("claims", 0, "text"))

    assert of_rule(found, "claim.unit") == outcome


@pytest.mark.parametrize(
    ("text", "evidence", "outcome"),
    [
        pytest.param(
            "A Vesna frigate rammed the trawler Marovan.",
            "A Marovan frigate rammed the trawler Vesna",
            {"contradicted"},
            id="swapped",
        ),
        pytest.param(
            "A frigate rammed the Marovan trawler Vesna.",
            "A Marovan frigate rammed the trawler Vesna",
            set[str](),
            id="in order",
        ),
        pytest.param(
            "Kestria and Tessary agreed on a truce.", "Tessary and Kestria agreed on a truce", set[str](), id="equals"
        ),
    ],
)
def test_names_do_not_change_places(outcomes: Any, text: str, evidence: str, outcome: set[str]) -> None:
    found = outcomes(TEXT, draft(text, evidence), ("claims", 0, "text"))

    assert of_rule(found, "claim.roles") == outcome


@pytest.mark.parametrize(
    ("term", "outcome"),
    [
        pytest.param("brutal", "supported", id="listed"),
        pytest.param("The", "contradicted", id="function word"),
        pytest.param("Vesna", "contradicted", id="name"),
        pytest.param("foolhardy", "undecided", id="unlisted adjective"),
    ],
)
def test_loaded_term_can_judge(outcomes: Any, term: str, outcome: str) -> None:
    text = "The brutal and foolhardy attack on the Vesna ended."
    claim = draft("The attack on the Vesna ended.", text, loaded_terms=[f"1|{term}"])

    found = outcomes(text, claim, ("claims", 0, "loaded_terms", 0))

    assert found == {(outcome, "claim.loaded_term")}


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        pytest.param("norm", "contradicted", id="no norm"),
        pytest.param("motive", "contradicted", id="no motive"),
        pytest.param("event", "undecided", id="a judgement"),
    ],
)
def test_kind_of_a_claim_needs_its_words(outcomes: Any, kind: str, outcome: str) -> None:
    text = "Prices fell by 4 percent."

    found = outcomes(text, draft(text, text, kind=kind), ("claims", 0, "kind"))

    assert found == {(outcome, "claim.kind")}
