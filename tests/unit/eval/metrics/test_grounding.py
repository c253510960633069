"""What is counted of a result without gold: citations, checks, rejections, re-asks."""

from typing import Any

import pytest

from llmx.eval.metrics.grounding import score_grounding, score_reliability
from llmx.eval.metrics.tally import Tally
from llmx.eval.predictions import Prediction

TEXT = "The depot burned. The mayor spoke."


def grounding(report: Any, **row: Any) -> dict[str, list[float]]:
    tally = Tally()
    score_grounding(Prediction(row={"report": report, **row}), TEXT, tally)
    return tally.counts


@pytest.mark.parametrize(
    ("cite", "exact", "located", "ambiguous"),
    [
        pytest.param({"quote": "depot", "start": 4, "end": 9}, 1, 1, 0, id="stands there"),
        pytest.param({"quote": "depot", "start": 5, "end": 10}, 0, 1, 0, id="stands elsewhere"),
        pytest.param({"quote": "harbour", "start": 4, "end": 11}, 0, 0, 0, id="stands nowhere"),
        pytest.param({"quote": "The", "start": 0, "end": 3}, 1, 1, 1, id="stands twice"),
        pytest.param({"quote": "", "start": 0, "end": 0}, 0, 0, 0, id="empty"),
    ],
)
def test_a_quote_is_exact_located_and_ambiguous_by_its_words(
    cite: Any, exact: int, located: int, ambiguous: int
) -> None:
    found = grounding({"events": [{"type": "attack", "trigger": cite}]})

    assert found["grounding.quote_exact"] == [exact, 1]
    assert found["grounding.quote_located"] == [located, 1]
    assert found["grounding.quote_ambiguous"] == [ambiguous, 1]


def test_coverage_counts_the_records_that_hold_a_value_and_a_citation() -> None:
    cited = {"value": 3, "cite": {"quote": "depot", "start": 4, "end": 9}}

    found = grounding({"units": cited, "colour": {"value": "red"}})

    assert found["grounding.coverage"] == [1, 2]


def test_outcomes_of_checks_share_one_denominator() -> None:
    found = grounding({}, verdicts={"supported": 7, "contradicted": 1, "undecided": 2, "by_rule": {}})

    assert found["grounding.supported"] == [7, 10]
    assert found["grounding.contradicted"] == [1, 10]
    assert found["grounding.undecided"] == [2, 10]


def test_dropped_values_are_rejected_and_flagged_ones_are_not() -> None:
    report = {"events": [{"type": "attack", "trigger": {"quote": "depot", "start": 4, "end": 9}}]}
    rejections = [{"reason": "missing-quote", "action": "dropped"}, {"reason": "date-mismatch", "action": "flagged"}]

    found = grounding(report, rejections=rejections)

    assert found["grounding.rejected"] == [1, 2]
    assert found["grounding.rejected@missing-quote"] == [1]


@pytest.mark.parametrize(
    ("prediction", "metric", "expected"),
    [
        pytest.param(Prediction(row={"usage": {"calls": 1}}), "reliability.valid_first", [1, 1], id="valid at first"),
        pytest.param(Prediction(row={"usage": {"calls": 2}}), "reliability.valid_first", [0, 1], id="asked again"),
        pytest.param(Prediction(row={"usage": {"calls": 2}}), "reliability.reasked", [1, 1], id="counts as re-asked"),
        pytest.param(
            Prediction(row={"rejections": [{"reason": "invalid-value"}]}),
            "reliability.valid_first",
            [0, 1],
            id="invalid value",
        ),
        pytest.param(Prediction(status="failed"), "reliability.failed", [1, 1], id="failed"),
        pytest.param(Prediction(status="missing"), "reliability.missing", [1, 1], id="missing"),
        pytest.param(Prediction(status="missing"), "reliability.valid", [0, 1], id="missing is not valid"),
        pytest.param(Prediction(row={"complete": False}), "reliability.complete", [0, 1], id="not read to the end"),
        pytest.param(Prediction(row={"usage": {"cost_usd": 0.25}}), "cost.usd", [0.25, 1], id="cost"),
        pytest.param(Prediction(seconds=2.5), "cost.seconds", [2.5, 1], id="seconds"),
    ],
)
def test_what_became_of_an_article_is_counted(prediction: Prediction, metric: str, expected: Any) -> None:
    tally = Tally()

    score_reliability(prediction, tally)

    assert tally.counts[metric] == expected


def test_a_citation_is_precise_where_it_overlaps_the_gold_evidence(counts: Any, cite: Any) -> None:
    gold = {"type": "attack", "counts": [{"of": "killed", "low": 2, "high": 2, "cite": cite("Two guards")}]}
    near = {**gold, "counts": [{**gold["counts"][0], "cite": cite("Two")}]}
    far = {**gold, "counts": [{**gold["counts"][0], "cite": cite("Police")}]}

    right, wrong = counts({"events": [gold]}, {"events": [near]}), counts({"events": [gold]}, {"events": [far]})

    assert right["grounding.citation"] == (1, 1, 1, 1)
    assert wrong["grounding.citation"] == (0, 1, 0, 1)
    assert wrong["events.counts"] == (1, 1, 1, 1)
