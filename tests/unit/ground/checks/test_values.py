"""Promises of the checks of a user's own classes, by the types of their fields."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel

from llmx.schema.citation import Citation, Cited
from llmx.schema.marks import Check

TEXT = (
    "Norvik Foods recalled over 1,204 jars of honey on 5 March 2024 after a test in Bergen. "
    "The recall does not cover jam. A third, or 33.5 percent, were sold. The risk is high, the agency said."
)


class Risk(Enum):
    LOW = "low"
    HIGH = "high"


def is_a_share(value: float, quote: str) -> bool | str:
    return "percent" in quote or f"{value} is no share"


class Recall(BaseModel):
    product: Cited[str] | None = None
    units: Cited[int] | None = None
    price: Cited[Decimal] | None = None
    share: Annotated[Cited[float] | None, Check(is_a_share, rule="share")] = None
    day: Cited[date] | None = None
    moment: Cited[datetime] | None = None
    covers_jam: Cited[bool] | None = None
    risk: Cited[Risk] | None = None
    level: Cited[Literal["low", "high"]] | None = None
    places: tuple[Cited[str], ...] = ()


class Plain(BaseModel):
    maker: str
    units: int
    cite: Citation


@pytest.mark.parametrize(
    ("field", "value", "quote", "outcome"),
    [
        pytest.param("product", "jars of honey", "jars of honey", "supported", id="text: its words"),
        pytest.param("product", "honey jars", "jars of honey", "supported", id="text: in another order"),
        pytest.param("product", "honey of Zorvik", "jars of honey", "contradicted", id="text: a name added"),
        pytest.param("product", "40 jars of honey", "jars of honey", "contradicted", id="text: a number added"),
        pytest.param("product", "not honey", "jars of honey", "contradicted", id="text: a negation added"),
        pytest.param("product", "cheese", "jars of honey", "contradicted", id="text: no word shared"),
        pytest.param("units", 1204, "over 1,204 jars", "supported", id="int: written"),
        pytest.param("units", 1240, "over 1,204 jars", "contradicted", id="int: another"),
        pytest.param("units", 3, "jars of honey", "contradicted", id="int: none written"),
        pytest.param("price", "33.5", "33.5 percent", "supported", id="decimal: written"),
        pytest.param("price", "33.4", "33.5 percent", "contradicted", id="decimal: another"),
        pytest.param("share", 0.335, "33.5 percent", "supported", id="float: a share of percent"),
        pytest.param("day", "2024-03-05", "on 5 March 2024", "supported", id="date: written"),
        pytest.param("day", "2024-03-06", "on 5 March 2024", "contradicted", id="date: another"),
        pytest.param("day", "2024-03-05", "a test in Bergen", "contradicted", id="date: none written"),
        pytest.param("moment", "2024-03-05T00:00:00", "on 5 March 2024", "supported", id="datetime: its day"),
        pytest.param("covers_jam", False, "The recall does not cover jam", "supported", id="bool: negated"),
        pytest.param("covers_jam", True, "The recall does not cover jam", "contradicted", id="bool: negation lost"),
        pytest.param("covers_jam", False, "The risk is high", "contradicted", id="bool: no negation"),
        pytest.param("risk", "high", "The risk is high", "supported", id="enum: named"),
        pytest.param("risk", "low", "The risk is high", "contradicted", id="enum: another is named"),
        pytest.param("level", "low", "The risk is high", "contradicted", id="literal: another is named"),
        pytest.param("level", "low", "a test in Bergen", "undecided", id="literal: none is named"),
    ],
)
def test_a_cited_value_follows_from_its_quote(outcomes: Any, field: str, value: Any, quote: str, outcome: str) -> None:
    draft = {field: {"value": value, "cite": quote}}

    found = outcomes(TEXT, draft, (field, "value"), schema=Recall)

    assert {one for one, _ in found} == {outcome}


def test_each_item_of_a_list_is_checked_by_itself(outcomes: Any) -> None:
    draft = {"places": [{"value": "Bergen", "cite": "Bergen"}, {"value": "Oslo", "cite": "Bergen"}]}

    found = [outcomes(TEXT, draft, ("places", number, "value"), schema=Recall) for number in (0, 1)]

    assert found == [{("supported", "value.text")}, {("contradicted", "value.text")}]


@pytest.mark.parametrize(("quote", "outcome"), [("33.5 percent", "supported"), ("1,204 jars", "contradicted")])
def test_a_check_of_ones_own_is_run(outcomes: Any, quote: str, outcome: str) -> None:
    draft = {"share": {"value": 33.5, "cite": quote}}

    assert (outcome, "share") in outcomes(TEXT, draft, ("share",), schema=Recall)


@pytest.mark.parametrize(
    ("field", "value", "outcome"),
    [("maker", "Norvik Foods", "supported"), ("maker", "Zorvik", "contradicted"), ("units", 12, "contradicted")],
)
def test_plain_fields_are_checked_against_the_citation_beside_them(
    outcomes: Any, field: str, value: Any, outcome: str
) -> None:
    plain = {"maker": "Norvik Foods", "units": 1204, "cite": "Norvik Foods recalled over 1,204 jars", field: value}

    found = outcomes(TEXT, plain, (field,), schema=Plain)

    assert {one for one, _ in found} == {outcome}


@pytest.mark.parametrize(
    ("value", "quote", "outcome"),
    [
        pytest.param("2031-09-01", "1 September 2031", "supported", id="first end alone"),
        pytest.param("2032-01-15", "15 January 2032", "supported", id="last end alone"),
        pytest.param("2032-01-15", "1 September 2031", "contradicted", id="the other end"),
        pytest.param("2031-09-01", "between 1 September 2031 and 15 January 2032", "undecided", id="whole range"),
        pytest.param("2031-10-01", "between 1 September 2031 and 15 January 2032", "contradicted", id="within"),
    ],
)
def test_one_end_of_a_range_is_a_date(outcomes: Any, value: str, quote: str, outcome: str) -> None:
    text = "The pads were sold between 1 September 2031 and 15 January 2032."

    found = outcomes(text, {"day": {"value": value, "cite": quote}}, ("day", "value"), schema=Recall)

    assert found == {(outcome, "value.date")}
