"""Fields of a user's own schema, each compared as its mark says."""

from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from llmx.eval.marks import Score
from llmx.eval.metrics.fields import leaf_fit, plan_of, score_report
from llmx.eval.metrics.tally import Tally
from llmx.schema.citation import Cited


class Item(BaseModel):
    name: Annotated[Cited[str], Score("soft", least=0.8, weight=2.0)]
    units: Annotated[Cited[int] | None, Score("number", tolerance=0.1)] = None


class Recall(BaseModel):
    product: Cited[str]
    day: Annotated[Cited[str] | None, Score("date", tolerance=1)] = None
    secret: Annotated[Cited[str] | None, Score("skip")] = None
    items: tuple[Item, ...] = ()


def fields(gold: Any, pred: Any) -> dict[str, list[float]]:
    tally = Tally()
    score_report(gold, pred, plan_of(Recall), tally)
    return tally.counts


def cited(value: Any) -> dict[str, Any]:
    return {"value": value, "cite": {"quote": "x", "start": 0, "end": 1}}


def test_a_perfect_report_is_exact_in_every_field() -> None:
    gold = {"product": "Lamp", "day": "2031-03-03", "items": [{"name": "Lamp A", "units": 10}]}

    found = fields(gold, {"product": cited("lamp"), "day": cited("2031-03-03"), "items": gold["items"]})

    assert found["fields.all"] == [4, 4, 4, 4]
    assert found["fields.record_exact"] == [1, 1]
    assert found["fields.items[].units"] == [1, 1, 1, 1]


def test_missing_invented_and_wrong_values_are_told_apart() -> None:
    found = fields(
        {"product": "Lamp", "day": None, "items": []}, {"product": cited("Chair"), "day": cited("2031-03-03")}
    )

    assert found["outcome.product"] == [0, 0, 1]
    assert found["outcome.day"] == [0, 1, 0]
    assert found["fields.all"] == [0, 2, 0, 1]


def test_a_key_that_gold_lacks_is_not_scored() -> None:
    found = fields({"product": "Lamp"}, {"product": "Lamp", "day": cited("2031-03-03")})

    assert "fields.day" not in found
    assert found["fields.all"] == [1, 1, 1, 1]


def test_a_skipped_field_is_not_scored() -> None:
    found = fields({"secret": "a"}, {"secret": "b"})

    assert "fields.secret" not in found


def test_list_items_are_matched_by_likeness_not_by_position() -> None:
    gold = {"items": [{"name": "Lamp A", "units": 10}, {"name": "Chair", "units": 4}]}
    pred = {"items": [{"name": "Chair", "units": 4}, {"name": "Lamp B", "units": 10}]}

    found = fields(gold, pred)

    assert found["fields.items[].units"] == [2, 2, 2, 2]
    assert found["fields.items[].name"][0] == pytest.approx(1 + 5 / 6)


def test_an_extra_list_item_costs_precision_and_a_lost_one_recall() -> None:
    one, two = {"name": "Lamp A", "units": 10}, {"name": "Chair", "units": 4}

    extra, lost = fields({"items": [one]}, {"items": [one, two]}), fields({"items": [one, two]}, {"items": [one]})

    assert extra["fields.items[].units"] == [1, 2, 1, 1]
    assert lost["fields.items[].units"] == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("values", "score", "fit"),
    [
        pytest.param((100, 109), Score("number", tolerance=0.1), 1, id="number within tolerance"),
        pytest.param((100, 111), Score("number", tolerance=0.1), 0, id="number beyond"),
        pytest.param((100, "many"), Score("number"), 0, id="no number"),
        pytest.param(("“The Lamp”", "the  lamp"), Score("text"), 1, id="text, folded"),
        pytest.param(("Lamp", "Lamps"), Score("exact"), 0, id="exact"),
        pytest.param(("2031-03-03", "2031-03-04"), Score("date", tolerance=1), 1, id="date within a day"),
        pytest.param(("2031-03", "2031-03"), Score("date"), 1, id="month"),
        pytest.param(("lamp", "desk"), Score("soft"), 0, id="unlike"),
        pytest.param((True, True), None, 1, id="truth values"),
    ],
)
def test_leaves_are_compared_by_their_metric(values: Any, score: Any, fit: float) -> None:
    assert leaf_fit(*values, score) == fit
