"""Records come out in an order of their own."""

from typing import Any

import pytest

from llmx.eval.records.build import Builder, edtf_interval


def test_records_and_their_fillers_come_out_in_an_order_of_their_own(cite: Any, text: str) -> None:
    parts = [{"role": "target", "cite": cite("the depot")}, {"role": "attacker", "cite": cite("Rebels")}]
    events = [
        {"type": "arrest", "trigger": cite("arrested")},
        {"type": "attack", "trigger": cite("attacked"), "participants": parts},
    ]
    claims = [{"evidence": [cite("No deal was signed")]}, {"evidence": [cite("Two guards died")]}]

    found = Builder(text, gold=True).build({"events": events, "claims": claims})

    assert [event.type for event in found.events or ()] == ["attack", "arrest"]
    assert [part.role for part in (found.events or ())[0].participants] == ["attacker", "target"]
    assert [claim.at for claim in found.claims or ()] == [1, 0]


def test_a_citation_beyond_the_text_covers_nothing(text: str) -> None:
    trigger = {"quote": "x", "start": len(text), "end": len(text) + 1}

    found = Builder(text, gold=False).build({"events": [{"type": "attack", "trigger": trigger}]})

    assert not (found.events or ())[0].trigger
    assert not (found.events or ())[0].grounded


@pytest.mark.parametrize(
    ("value", "days"),
    [
        pytest.param("2031-02", ("2031-02-01", "2031-02-28"), id="month"),
        pytest.param("2031", ("2031-01-01", "2031-12-31"), id="year"),
        pytest.param("XXXX-09-28", ("None", "None"), id="unknown year"),
        pytest.param("2031-02-30", ("None", "None"), id="no such day"),
    ],
)
def test_complete_edtf_dates_are_intervals(value: str, days: tuple[str, str]) -> None:
    first, last = edtf_interval(value)

    assert (str(first), str(last)) == days
