"""Claim metrics, each case counted by hand."""

from typing import Any

import pytest


@pytest.fixture
def died(cite: Any) -> Any:
    return {
        "id": "c1",
        "text": "Two guards died in the attack.",
        "evidence": [cite("Two guards died")],
        "kind": "quantity",
        "epistemic": "true_certain",
        "claimer": ["document"],
        "links": [],
    }


@pytest.fixture
def unsigned(cite: Any) -> Any:
    return {
        "id": "c2",
        "text": "No deal was signed.",
        "evidence": [cite("No deal was signed")],
        "kind": "state",
        "epistemic": "true_certain",
        "claimer": ["document"],
        "links": [],
    }


def test_a_perfect_prediction_has_full_credit(counts: Any, died: Any, unsigned: Any) -> None:
    found = counts({"claims": [died, unsigned]}, {"claims": [unsigned, died]})

    assert found["claims.claim"] == (2, 2, 2, 2)
    assert found["claims.unaltered"] == (2, 2, 2, 2)
    assert found["claims.altered"] == (0, 2)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param((["died"], []), (0, 0, 0, 1), id="empty"),
        pytest.param(([], []), (0, 0, 0, 0), id="both empty"),
        pytest.param((["died"], ["died", "died"]), (1, 2, 1, 1), id="duplicate"),
        pytest.param((["died"], ["unsigned"]), (0, 1, 0, 1), id="spurious"),
        pytest.param((["died", "unsigned"], ["unsigned"]), (1, 1, 1, 2), id="missed"),
    ],
)
def test_claims_are_matched_one_to_one(counts: Any, died: Any, unsigned: Any, names: Any, expected: Any) -> None:
    held = {"died": died, "unsigned": unsigned}

    found = counts({"claims": [held[name] for name in names[0]]}, {"claims": [held[name] for name in names[1]]})

    assert found["claims.claim"] == expected


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Five guards died in the attack.", id="number"),
        pytest.param("Two guards died in the attack on Monday.", id="date"),
        pytest.param("Two guards never died in the attack.", id="negation"),
    ],
)
def test_a_claim_whose_value_changed_matches_but_is_altered(counts: Any, died: Any, words: str) -> None:
    found = counts({"claims": [died]}, {"claims": [{**died, "text": words}]})

    assert found["claims.claim"] == (1, 1, 1, 1)
    assert found["claims.unaltered"] == (0, 1, 0, 1)
    assert found["claims.altered"] == (1, 1)


def test_a_claim_without_text_is_matched_by_its_place(counts: Any, cite: Any, died: Any) -> None:
    gold = {"evidence": [cite("Two guards died")]}

    found = counts({"claims": [gold]}, {"claims": [died]})

    assert found["claims.claim"] == (1, 1, 1, 1)
    assert found["claims.altered"] == (0, 1)


def test_a_claim_half_covered_and_worded_otherwise_is_not_found(counts: Any, cite: Any, died: Any) -> None:
    pred = {**died, "text": "Zzz qqq xxx vvv.", "evidence": [cite("died")]}

    found = counts({"claims": [died]}, {"claims": [pred]})

    assert found["claims.claim"] == (0, 1, 0, 1)


def test_labels_and_polarity_are_counted_on_matched_claims_and_in_the_end(
    counts: Any, died: Any, unsigned: Any
) -> None:
    gold = [{**died, "polarity": "positive"}, {**unsigned, "polarity": "negative"}]
    pred = [{**died, "epistemic": "true_uncertain"}]

    found = counts({"claims": gold}, {"claims": pred})

    assert found["claims.epistemic_accuracy"] == (0, 1)
    assert found["claims.epistemic"] == (0, 1, 0, 2)
    assert found["claims.polarity_accuracy"] == (1, 1)
    assert found["claims.polarity"] == (1, 1, 1, 2)


def test_a_claimer_is_right_when_it_is_the_matched_attribution(counts: Any, cite: Any, died: Any) -> None:
    gold_said = {"id": "a1", "content": [cite("Two guards died")]}
    pred_said = {"id": "z9", "content": [cite("Two guards died")]}
    gold = {"attributions": [gold_said], "claims": [{**died, "claimer": ["a1"]}]}

    right = counts(gold, {"attributions": [pred_said], "claims": [{**died, "claimer": ["z9"]}]})
    wrong = counts(gold, {"attributions": [pred_said], "claims": [died]})

    assert right["claims.claimer_accuracy"] == (1, 1)
    assert wrong["claims.claimer_accuracy"] == (0, 1)


def test_links_are_compared_between_matched_claims(counts: Any, died: Any, unsigned: Any) -> None:
    link = [{"relation": "contradicts", "claim": "c2"}]
    gold = [{**died, "links": link}, unsigned]
    pred = [{**died, "id": "p", "links": [{"relation": "contradicts", "claim": "q"}]}, {**unsigned, "id": "q"}]

    found = counts({"claims": gold}, {"claims": pred})

    assert found["claims.links"] == (1, 1, 1, 1)


def test_two_predictions_inside_one_claim_are_a_split(counts: Any, cite: Any, died: Any) -> None:
    pieces = [{**died, "evidence": [cite("Two guards")]}, {**died, "evidence": [cite("died")]}]

    found = counts({"claims": [died]}, {"claims": pieces})

    assert found["claims.split_rate"] == (1, 1)
    assert found["claims.merge_rate"] == (0, 2)
    assert found["claims.coverage"] == (14, 15)


def test_two_claims_inside_one_prediction_are_a_merge(counts: Any, cite: Any, died: Any) -> None:
    pieces = [{**died, "evidence": [cite("Two guards")]}, {**died, "evidence": [cite("died")]}]

    found = counts({"claims": pieces}, {"claims": [died]})

    assert found["claims.split_rate"] == (0, 2)
    assert found["claims.merge_rate"] == (1, 1)
