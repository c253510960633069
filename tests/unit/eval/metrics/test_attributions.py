"""Attribution metrics, each case counted by hand."""

from typing import Any

import pytest


def said(
    cite: Any, content: list[tuple[str, int]], source: str | None, cue: tuple[str, int] | None, **more: Any
) -> Any:
    return {
        "content": [cite(words, n) for words, n in content],
        "source": None if source is None else cite(source),
        "cue": None if cue is None else cite(*cue),
        **more,
    }


@pytest.fixture
def guards(cite: Any) -> Any:
    return said(cite, [("Two guards died", 1)], "Mirel Osk", ("said", 1), mode="indirect", stance="asserts")


@pytest.fixture
def burned(cite: Any) -> Any:
    return said(cite, [("The depot burned all night", 1)], "the mayor", ("said", 2), mode="indirect", stance="asserts")


def test_a_perfect_prediction_has_full_credit(counts: Any, guards: Any, burned: Any) -> None:
    found = counts({"attributions": [guards, burned]}, {"attributions": [burned, guards]})

    assert found["attributions.content_overlap"] == (2, 2, 2, 2)
    assert found["attributions.content_exact"] == (2, 2, 2, 2)
    assert found["attributions.exact"] == (2, 2, 2, 2)
    assert found["attributions.link"] == (2, 2, 2, 2)


def test_an_empty_prediction_keeps_gold_in_the_denominator(counts: Any, guards: Any) -> None:
    found = counts({"attributions": [guards]}, {"attributions": []})

    assert found["attributions.content_overlap"] == (0, 0, 0, 1)
    assert found["attributions.content_chars"] == (0, 0, 0, 15)
    assert found["attributions.link"] == (0, 0, 0, 1)


def test_nothing_on_both_sides_counts_nothing(counts: Any) -> None:
    found = counts({"attributions": []}, {"attributions": []})

    assert found["attributions.content_overlap"] == (0, 0, 0, 0)


def test_a_partial_content_overlaps_but_is_not_exact(counts: Any, cite: Any, guards: Any) -> None:
    pred = {**guards, "content": [cite("guards died")]}

    found = counts({"attributions": [guards]}, {"attributions": [pred]})

    assert found["attributions.content_overlap"] == (1, 1, 1, 1)
    assert found["attributions.content_exact"] == (0, 1, 0, 1)
    assert found["attributions.content_chars"] == (11, 11, 11, 15)
    assert found["attributions.content_partial"] == (11, 11, 11, 15)
    assert found["attributions.exact"] == (0, 1, 0, 1)
    assert found["attributions.triple"] == (1, 1, 1, 1)


def test_a_duplicate_costs_precision_but_no_characters(counts: Any, guards: Any) -> None:
    found = counts({"attributions": [guards]}, {"attributions": [guards, guards]})

    assert found["attributions.content_overlap"] == (1, 2, 1, 1)
    assert found["attributions.exact"] == (1, 2, 1, 1)
    assert found["attributions.content_chars"] == (15, 15, 15, 15)


def test_a_content_in_two_parts_is_compared_as_a_set(counts: Any, cite: Any) -> None:
    gold = said(cite, [("Two guards", 1), ("died", 1)], None, None)
    pred = said(cite, [("died", 1), ("Two guards", 1)], None, None)

    found = counts({"attributions": [gold]}, {"attributions": [pred]})

    assert found["attributions.content_exact"] == (1, 1, 1, 1)
    assert found["attributions.content_chars"] == (14, 14, 14, 14)


def test_a_wrong_source_breaks_the_link_and_the_triple(counts: Any, cite: Any, guards: Any) -> None:
    found = counts({"attributions": [guards]}, {"attributions": [{**guards, "source": cite("the mayor")}]})

    assert found["attributions.link_accuracy"] == (0, 1)
    assert found["attributions.link"] == (0, 1, 0, 1)
    assert found["attributions.triple"] == (0, 1, 0, 1)
    assert found["attributions.content_exact"] == (1, 1, 1, 1)


def test_no_source_on_both_sides_is_the_same_source(counts: Any, cite: Any) -> None:
    gold = said(cite, [("Two guards died", 1)], None, ("said", 1))

    found = counts({"attributions": [gold]}, {"attributions": [gold]})

    assert found["attributions.link_accuracy"] == (1, 1)
    assert found["attributions.triple"] == (1, 1, 1, 1)
    assert found["attributions.source_exact"] == (0, 0, 0, 0)


def test_a_link_is_counted_only_where_half_of_the_content_is_found(counts: Any, cite: Any, guards: Any) -> None:
    found = counts({"attributions": [guards]}, {"attributions": [{**guards, "content": [cite("died")]}]})

    assert found["attributions.link_accuracy"] == (0, 0)
    assert found["attributions.link"] == (0, 1, 0, 1)


def test_a_source_is_right_by_any_name_of_its_entity(counts: Any, cite: Any, guards: Any) -> None:
    entity = {"id": "n1", "name": "the mayor", "mentions": [cite("Mirel Osk")]}
    gold = {"entities": [entity], "attributions": [{**guards, "source_entity": "n1"}]}

    found = counts(gold, {"entities": [], "attributions": [{**guards, "source": cite("the mayor")}]})

    assert found["attributions.link_accuracy"] == (1, 1)


def test_labels_count_in_the_end_only_where_they_agree(counts: Any, guards: Any, burned: Any) -> None:
    pred = [{**guards, "stance": "denies"}]

    found = counts({"attributions": [guards, burned]}, {"attributions": pred})

    assert found["attributions.stance_accuracy"] == (0, 1)
    assert found["attributions.stance"] == (0, 1, 0, 2)
    assert found["attributions.mode"] == (1, 1, 1, 2)


def test_a_spurious_attribution_costs_precision(counts: Any, cite: Any, guards: Any) -> None:
    extra = said(cite, [("No deal was signed", 1)], None, None)

    found = counts({"attributions": [guards]}, {"attributions": [guards, extra]})

    assert found["attributions.content_overlap"] == (1, 2, 1, 1)
    assert found["attributions.content_chars"] == (15, 33, 15, 15)


def test_optional_attributions_are_neither_missed_nor_counted(counts: Any, guards: Any, burned: Any) -> None:
    gold = {"attributions": [guards, {**burned, "optional": True}]}

    without, with_it = counts(gold, {"attributions": [guards]}), counts(gold, {"attributions": [guards, burned]})

    assert without["attributions.content_overlap"] == (1, 1, 1, 1)
    assert with_it["attributions.content_overlap"] == (1, 1, 1, 1)
    assert with_it["attributions.exact"] == (1, 1, 1, 1)


def test_a_parent_is_right_when_it_is_the_matched_one(counts: Any, guards: Any, burned: Any) -> None:
    gold = [{**guards, "id": "a1", "parent": None}, {**burned, "id": "a2", "parent": "a1"}]
    pred = [{**guards, "id": "x", "parent": None}, {**burned, "id": "y", "parent": "x"}]

    found = counts({"attributions": gold}, {"attributions": pred})

    assert found["attributions.parent_accuracy"] == (2, 2)


def test_speakers_are_compared_as_clusters(counts: Any, guards: Any, burned: Any) -> None:
    gold = [{**guards, "source_entity": "n1"}, {**burned, "source_entity": "n1"}]
    pred = [{**guards, "source_entity": "p1"}, {**burned, "source_entity": "p2"}]
    named = {"entities": [{"id": "n1", "mentions": []}], "attributions": gold}

    found = counts(named, {"attributions": pred})

    assert found["attributions.identity_muc"] == (0, 0, 0, 1)
    assert found["attributions.identity_b_cubed"] == (2, 2, 1, 2)
    assert found["attributions.identity_ceaf_e"] == pytest.approx((2 / 3, 2, 2 / 3, 1))
