"""Promises of figures in words: shares, signs, hours."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from llmx.ground.checks.figures import clock_times, is_share, shares_in
from llmx.schema.citation import Cited

TEXT = (
    "A quarter of the fields dried out. One in five wells is empty. It was minus 12 degrees. No one drowned. "
    "The council meets at 7 p.m. on Tuesday. The plan was not approved. The second well failed twice, on 3/5/2024. "
    "One and a half tonnes were lost. He was found not guilty; his aide was guilty."
)


class Facts(BaseModel):
    share: Cited[float] | None = None
    figure: Cited[int] | None = None
    meets: Cited[datetime] | None = None
    on: Cited[date] | None = None
    vote: Cited[Literal["approved", "rejected"]] | None = None
    verdict: Cited[Literal["guilty", "not guilty"]] | None = None


@pytest.mark.parametrize(
    ("field", "value", "quote", "outcome"),
    [
        pytest.param("share", 0.25, "A quarter of the fields", "supported", id="a quarter"),
        pytest.param("share", 25, "A quarter of the fields", "supported", id="a quarter in percent"),
        pytest.param("share", 0.4, "A quarter of the fields", "contradicted", id="another share"),
        pytest.param("share", 0.2, "One in five wells", "supported", id="one in five"),
        pytest.param("figure", -12, "minus 12 degrees", "supported", id="minus"),
        pytest.param("figure", 12, "minus 12 degrees", "contradicted", id="minus left out"),
        pytest.param("figure", 0, "No one drowned", "supported", id="nobody"),
        pytest.param("figure", 1, "No one drowned", "contradicted", id="nobody is not one"),
        pytest.param("figure", 2, "The second well", "supported", id="rank"),
        pytest.param("figure", 2, "failed twice", "supported", id="multiple"),
        pytest.param("figure", 4, "A quarter of the fields", "contradicted", id="share is no rank"),
        pytest.param("share", 1.5, "One and a half tonnes", "supported", id="one and a half"),
        pytest.param("on", "2024-03-05", "on 3/5/2024", "undecided", id="month before day"),
        pytest.param("on", "2024-05-03", "on 3/5/2024", "undecided", id="day before month"),
        pytest.param("on", "2024-05-04", "on 3/5/2024", "contradicted", id="neither order"),
        pytest.param("meets", "2024-05-21T19:00:00", "7 p.m. on Tuesday", "supported", id="hour"),
        pytest.param("meets", "2024-05-21T07:00:00", "7 p.m. on Tuesday", "contradicted", id="other half of the day"),
        pytest.param("vote", "approved", "The plan was not approved", "contradicted", id="negated label"),
        pytest.param("verdict", "not guilty", "He was found not guilty", "supported", id="label that denies"),
        pytest.param("verdict", "not guilty", "his aide was guilty", "contradicted", id="denial is not in the quote"),
        pytest.param("verdict", "guilty", "He was found not guilty", "contradicted", id="denial is not in the label"),
    ],
)
def test_value_of_an_own_class_follows_from_its_words(
    outcomes: Any, field: str, value: Any, quote: str, outcome: str
) -> None:
    draft = {field: {"value": value, "cite": quote}}

    found = outcomes(TEXT, draft, (field, "value"), schema=Facts, published="2024-05-15")

    assert {one for one, _ in found} == {outcome}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("7 p.m.", {time(19)}, id="afternoon"),
        pytest.param("12.30am", {time(0, 30)}, id="after midnight"),
        pytest.param("at 19:45", {time(19, 45)}, id="24 hours"),
        pytest.param("around noon", {time(12)}, id="noon"),
        pytest.param("7 people", set[time](), id="no hour"),
    ],
)
def test_hours_are_read(text: str, told: set[time]) -> None:
    assert clock_times(text) == told


def test_share_is_met_to_two_figures() -> None:
    assert is_share(Decimal("0.33"), shares_in("a third of them"))
    assert not is_share(Decimal("0.35"), shares_in("a third of them"))
