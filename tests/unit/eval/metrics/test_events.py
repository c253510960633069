"""Event metrics, each case counted by hand: credit, predictions, credit, gold items."""

from typing import Any

import pytest

from llmx.eval.metrics.options import ScoreOptions


def event(cite: Any, kind: str, trigger: str, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "trigger": cite(trigger), **fields}


def part(cite: Any, role: str, words: str, n: int = 1, **fields: Any) -> dict[str, Any]:
    return {"role": role, "cite": cite(words, n), **fields}


@pytest.fixture
def attack(cite: Any) -> dict[str, Any]:
    parts = [part(cite, "attacker", "Rebels"), part(cite, "target", "the depot")]
    return event(cite, "attack", "attacked", participants=parts)


@pytest.fixture
def arrest(cite: Any) -> dict[str, Any]:
    return event(cite, "arrest", "arrested", participants=[part(cite, "target", "a baker")])


def test_a_perfect_prediction_has_full_credit(counts: Any, attack: Any, arrest: Any) -> None:
    found = counts({"events": [attack, arrest]}, {"events": [attack, arrest]})

    assert found["events.trigger_c"] == (2, 2, 2, 2)
    assert found["events.arg_c"] == (3, 3, 3, 3)
    assert found["events.arg_c_attached"] == (3, 3, 3, 3)
    assert found["events.template"] == (2, 2, 2, 2)


def test_an_empty_prediction_keeps_gold_in_the_denominator(counts: Any, attack: Any) -> None:
    found = counts({"events": [attack]}, {"events": []})

    assert found["events.trigger_c"] == (0, 0, 0, 1)
    assert found["events.arg_c"] == (0, 0, 0, 2)
    assert found["events.template"] == (0, 0, 0, 1)


def test_nothing_on_both_sides_counts_nothing(counts: Any) -> None:
    found = counts({"events": []}, {"events": []})

    assert found["events.type_c"] == (0, 0, 0, 0)
    assert found["events.template"] == (0, 0, 0, 0)


def test_a_duplicate_prediction_costs_precision(counts: Any, attack: Any) -> None:
    found = counts({"events": [attack]}, {"events": [attack, attack]})

    assert found["events.trigger_c"] == (1, 2, 1, 1)
    assert found["events.arg_c"] == (2, 4, 2, 2)
    assert found["events.template"] == (1, 2, 1, 1)


def test_dedup_counts_identical_predictions_once(counts: Any, attack: Any) -> None:
    found = counts({"events": [attack]}, {"events": [attack, attack]}, options=ScoreOptions(dedup=True))

    assert found["events.trigger_c"] == (1, 1, 1, 1)


def test_a_wrong_type_is_found_but_not_classified(counts: Any, attack: Any) -> None:
    found = counts({"events": [attack]}, {"events": [{**attack, "type": "arrest"}]})

    assert found["events.trigger_i"] == (1, 1, 1, 1)
    assert found["events.trigger_c"] == (0, 1, 0, 1)
    assert found["events.arg_i"] == (0, 2, 0, 2)
    assert found["events.template"] == (0, 1, 0, 1)


def test_a_spurious_event_costs_precision_of_triggers_and_arguments(counts: Any, attack: Any, arrest: Any) -> None:
    found = counts({"events": [attack]}, {"events": [attack, arrest]})

    assert found["events.trigger_c"] == (1, 2, 1, 1)
    assert found["events.arg_c"] == (2, 3, 2, 2)
    assert found["events.participants"] == (2, 3, 2, 2)


def test_a_wrong_role_is_an_argument_found_but_not_classified(counts: Any, cite: Any, attack: Any) -> None:
    parts = [part(cite, "attacker", "Rebels"), part(cite, "victim", "the depot")]

    found = counts({"events": [attack]}, {"events": [{**attack, "participants": parts}]})

    assert found["events.arg_i"] == (2, 2, 2, 2)
    assert found["events.arg_c"] == (1, 2, 1, 2)
    assert found["events.participants"] == (1, 2, 1, 2)


def test_an_argument_on_the_wrong_event_is_right_unless_attached(counts: Any, cite: Any) -> None:
    first = event(cite, "attack", "attacked", participants=[part(cite, "target", "the depot")])
    second = event(cite, "attack", "burned", participants=[part(cite, "target", "The depot")])
    swapped = [
        {**first, "participants": second["participants"]},
        {**second, "participants": first["participants"]},
    ]

    found = counts({"events": [first, second]}, {"events": swapped})

    assert found["events.arg_c"] == (2, 2, 2, 2)
    assert found["events.arg_c_attached"] == (0, 2, 0, 2)


def test_punctuation_and_space_at_the_edges_do_not_make_a_trigger_wrong(counts: Any, cite: Any) -> None:
    gold = event(cite, "attack", "died")

    found = counts({"events": [gold]}, {"events": [event(cite, "attack", "died,")]})

    assert found["events.trigger_c"] == (1, 1, 1, 1)


def test_a_trigger_that_only_overlaps_is_right_in_the_overlap_variant_alone(counts: Any, cite: Any) -> None:
    gold = event(cite, "attack", "burned all")

    found = counts({"events": [gold]}, {"events": [event(cite, "attack", "burned")]})

    assert found["events.trigger_c"] == (0, 1, 0, 1)
    assert found["events.trigger_overlap"] == (1, 1, 1, 1)


def test_any_mention_of_a_participant_is_right_in_the_coreferent_variant_and_counts_once(
    counts: Any, cite: Any
) -> None:
    gold = event(cite, "attack", "attacked", participants=[part(cite, "target", "the depot", aliases=["The depot"])])
    pred = event(
        cite, "attack", "attacked", participants=[part(cite, "target", "The depot"), part(cite, "target", "the depot")]
    )

    found = counts({"events": [gold]}, {"events": [pred]})

    assert found["events.arg_c"] == (1, 2, 1, 1)
    assert found["events.arg_c_coref"] == (1, 2, 1, 1)


def test_a_right_entity_named_twice_is_neither_right_nor_wrong_among_entities_by_role(counts: Any, cite: Any) -> None:
    gold = event(cite, "attack", "attacked", participants=[part(cite, "target", "the depot", aliases=["The depot"])])
    parts = [part(cite, "target", "the depot"), part(cite, "target", "The depot"), part(cite, "target", "a baker")]

    found = counts({"events": [gold]}, {"events": [{**gold, "participants": parts}]})

    assert found["events.role_entities"] == (1, 2, 1, 1)


def test_an_ungrounded_argument_stays_in_the_denominator(counts: Any, attack: Any) -> None:
    invented = {"role": "victim", "cite": {"quote": "nobody at all", "start": 900, "end": 913}}
    pred = {**attack, "participants": [*attack["participants"], invented]}

    found = counts({"events": [attack]}, {"events": [pred]})

    assert found["events.arg_c"] == (2, 3, 2, 2)


def test_optional_items_are_neither_missed_nor_counted(counts: Any, attack: Any, arrest: Any) -> None:
    gold = {"events": [attack, {**arrest, "optional": True}]}

    without, with_it = counts(gold, {"events": [attack]}), counts(gold, {"events": [attack, arrest]})

    assert without["events.trigger_c"] == (1, 1, 1, 1)
    assert with_it["events.trigger_c"] == (1, 1, 1, 1)
    assert with_it["events.participants"] == (2, 2, 2, 2)


def test_a_field_without_annotation_is_not_scored(counts: Any, cite: Any, attack: Any) -> None:
    gold = event(cite, "attack", "attacked")

    found = counts({"events": [gold]}, {"events": [attack]})

    assert "events.arg_c" not in found
    assert "events.counts" not in found


def test_an_empty_list_is_an_annotation_of_none(counts: Any, cite: Any, attack: Any) -> None:
    gold = event(cite, "attack", "attacked", participants=[])

    found = counts({"events": [gold]}, {"events": [attack]})

    assert found["events.arg_c"] == (0, 2, 0, 0)


def test_template_similarity_weighs_trigger_participants_time_places_and_counts(counts: Any, cite: Any) -> None:
    fields = {"participants": [part(cite, "attacker", "Rebels")], "time": None, "places": [], "counts": []}
    gold = event(cite, "attack", "attacked", **fields)
    pred = event(cite, "attack", "attacked", **{**fields, "participants": []})

    found = counts({"events": [gold]}, {"events": [pred]})

    assert found["events.template"] == pytest.approx((1 / 3, 1, 1 / 3, 1))
    assert found["events.template_detection"] == (0, 1, 0, 1)


def test_events_are_matched_for_the_best_sum_not_in_the_order_of_the_list(counts: Any, cite: Any) -> None:
    first = event(cite, "attack", "attacked", participants=[part(cite, "attacker", "Rebels")])
    second = event(cite, "attack", "burned", participants=[part(cite, "target", "The depot")])

    found = counts({"events": [first, second]}, {"events": [second, first]})

    assert found["events.template"] == (2, 2, 2, 2)


@pytest.mark.parametrize(
    ("gold", "pred", "credit"),
    [
        pytest.param({"low": 5, "high": 5}, {"low": 5, "high": 5}, 1, id="the same number"),
        pytest.param({"low": 5, "high": 5}, {"low": 6, "high": 6}, 0, id="another number"),
        pytest.param({"low": 5, "high": 5}, {"low": 5}, 0, id="a bound for a number"),
        pytest.param({"low": 12}, {"low": 30, "high": 30}, 1, id="a number inside at least 12"),
        pytest.param({"low": 12}, {"low": 9, "high": 9}, 0, id="a number below at least 12"),
        pytest.param({"low": 12}, {"low": 12}, 1, id="the same open bound"),
        pytest.param({"low": 12}, {"high": 12}, 0, id="open on the other side"),
        pytest.param({"low": 1, "high": 4}, {"low": 3, "high": 6}, 2 / 6, id="two of six numbers shared"),
        pytest.param({"best": 100}, {"low": 100, "best": 100, "high": 100}, 1, id="about a number"),
    ],
)
def test_counts_are_compared_as_intervals(counts: Any, cite: Any, gold: Any, pred: Any, credit: float) -> None:
    words = {"of": "killed", "cite": cite("Two guards")}

    found = counts(
        {"events": [event(cite, "attack", "attacked", counts=[{**words, **gold}])]},
        {"events": [event(cite, "attack", "attacked", counts=[{**words, **pred}])]},
    )

    assert found["events.counts"] == pytest.approx((credit, 1, credit, 1))


@pytest.mark.parametrize(
    ("options", "credit"),
    [
        pytest.param(ScoreOptions(), 0, id="none"),
        pytest.param(ScoreOptions(number_tolerance=5), 1, id="absolute"),
        pytest.param(ScoreOptions(number_ratio=0.05), 1, id="relative"),
        pytest.param(ScoreOptions(number_ratio=0.04), 0, id="relative too small"),
    ],
)
def test_number_tolerance_is_taken_of_the_gold_number(counts: Any, cite: Any, options: Any, credit: float) -> None:
    def count(number: int) -> dict[str, Any]:
        return event(
            cite, "attack", "attacked", counts=[{"of": "killed", "low": number, "high": number, "cite": cite("Two")}]
        )

    found = counts({"events": [count(100)]}, {"events": [count(105)]}, options=options)

    assert found["events.counts"] == (credit, 1, credit, 1)


@pytest.mark.parametrize(
    ("times", "options", "credit"),
    [
        pytest.param(({"value": "2031-03-03"}, {"value": "2031-03-03"}), {}, 1, id="same day"),
        pytest.param(({"value": "2031-03"}, {"value": "2031-03-03"}), {}, 0.5, id="a day in the month"),
        pytest.param(({"value": "2031-03-03"}, {"value": "2031-03-04"}), {}, 0, id="next day"),
        pytest.param(
            ({"value": "2031-03-03"}, {"value": "2031-03-04"}), {"date_tolerance_days": 1}, 1, id="within tolerance"
        ),
        pytest.param(({"value": "XXXX-09-28"}, {"value": "XXXX-09-28"}), {}, 1, id="same unknown year"),
        pytest.param(({"start": "2031-03-03", "end": "2031-03-03"}, {}), {}, 0, id="days against words alone"),
        pytest.param(({}, {}), {}, 1, id="the same words"),
    ],
)
def test_times_are_compared_as_intervals_of_days(
    counts: Any, cite: Any, times: Any, options: Any, credit: float
) -> None:
    words = {"cite": cite("on Monday")}

    found = counts(
        {"events": [event(cite, "attack", "attacked", time={**words, **times[0]})]},
        {"events": [event(cite, "attack", "attacked", time={**words, **times[1]})]},
        options=ScoreOptions(**options),
    )

    assert found["events.time"] == (credit, 1, credit, 1)


@pytest.mark.parametrize(
    ("gold", "pred", "outcome"),
    [
        pytest.param("on Monday", None, (1, 0, 0), id="missing"),
        pytest.param(None, "on Monday", (0, 1, 0), id="invented"),
        pytest.param("on Monday", "all night", (0, 0, 1), id="wrong"),
        pytest.param(None, None, (0, 0, 0), id="rightly none"),
    ],
)
def test_a_field_is_missing_invented_or_wrong(counts: Any, cite: Any, gold: Any, pred: Any, outcome: Any) -> None:
    times = [None if words is None else {"cite": cite(words)} for words in (gold, pred)]

    found = counts(
        {"events": [event(cite, "attack", "attacked", time=times[0])]},
        {"events": [event(cite, "attack", "attacked", time=times[1])]},
    )

    assert found.get("outcome.events.time", (0, 0, 0)) == outcome


def test_a_label_counts_in_the_end_only_where_the_event_was_found(counts: Any, cite: Any) -> None:
    gold = [
        event(cite, "attack", "attacked", modality="asserted"),
        event(cite, "arrest", "arrested", modality="denied"),
    ]
    pred = [event(cite, "attack", "attacked", modality="planned"), event(cite, "coup", "burned", modality="asserted")]

    found = counts({"events": gold}, {"events": pred})

    assert found["events.modality_accuracy"] == (0, 1)
    assert found["events.modality"] == (0, 2, 0, 2)


def test_a_place_is_right_by_any_of_its_names(counts: Any, cite: Any) -> None:
    gold = event(
        cite, "attack", "attacked", places=[{"name": "Arven town", "cite": cite("Arven"), "aliases": ["Arvn"]}]
    )
    pred = event(cite, "attack", "attacked", places=[{"name": "ARVEN TOWN", "cite": cite("in Arven on")}])

    found = counts({"events": [gold]}, {"events": [pred]})

    assert found["events.places"] == (1, 1, 1, 1)


def test_soft_types_open_the_gate_as_far_as_the_beginnings_agree(counts: Any, cite: Any) -> None:
    gold, pred = event(cite, "Conflict:Attack", "attacked"), event(cite, "Conflict:Demonstrate", "attacked")

    found = counts({"events": [gold]}, {"events": [pred]}, options=ScoreOptions(soft_types=True))

    assert found["events.template"] == (0.5, 1, 0.5, 1)


def test_types_without_triggers_are_counted_as_a_multiset(counts: Any, cite: Any) -> None:
    gold = [{"type": "attack"}, {"type": "attack"}, {"type": "coup"}]
    pred = [event(cite, "attack", "attacked"), event(cite, "arrest", "arrested")]

    found = counts({"events": gold}, {"events": pred})

    assert found["events.type_c"] == (1, 2, 1, 3)
    assert "events.trigger_c" not in found


def test_only_what_is_in_scope_is_scored(counts: Any, attack: Any, arrest: Any) -> None:
    found = counts({"events": [attack]}, {"events": [attack, arrest]}, scope={"types": ["attack"]})

    assert found["events.trigger_c"] == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("options", "credit"),
    [
        pytest.param(ScoreOptions(), 0, id="exact"),
        pytest.param(ScoreOptions(match="overlap", threshold=0.5), 1, id="overlap"),
        pytest.param(ScoreOptions(match="overlap", threshold=0.9), 0, id="overlap too small"),
        pytest.param(ScoreOptions(match="soft", threshold=0.6), 1, id="soft, by the place"),
    ],
)
def test_participants_match_as_loosely_as_asked(counts: Any, cite: Any, options: Any, credit: float) -> None:
    gold = event(cite, "attack", "attacked", participants=[part(cite, "victim", "Two guards")])
    pred = event(cite, "attack", "attacked", participants=[part(cite, "victim", "guards")])

    found = counts({"events": [gold]}, {"events": [pred]}, options=options)

    assert found["events.participants"] == (credit, 1, credit, 1)
