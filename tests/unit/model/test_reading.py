from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.model.reading import read_draft

FIELDS = {"events", "attributions"}
ONE = {"events": [{"id": "e1"}]}
ENDS_EARLY = "the model's answer ends early; records that were not finished are left out"
REPAIRED = "the model's JSON had faults and was repaired"
TEXT_AROUND = "text around the model's JSON was left out"


def test_sound_json_is_read_without_a_note() -> None:
    reading = read_draft('{"events": [{"id": "e1"}]}', fields=FIELDS)

    assert reading is not None
    assert (reading.draft, reading.notes) == (ONE, ())


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ('```json\n{"events": [{"id": "e1"}]}\n```', TEXT_AROUND),
        ('Here you are:\n{"events": [{"id": "e1"}]}\nAnything else?', TEXT_AROUND),
        ('The set {a, b} is empty.\n{"events": [{"id": "e1"}]}', TEXT_AROUND),
        ('<think>{"events": 1}</think>{"events": [{"id": "e1"}]}', TEXT_AROUND),
        ("{'events': [{'id': 'e1'}]}", REPAIRED),
        ('{"events": [{"id": "e1"},],}', REPAIRED),
        ('{events: [{id: "e1"}]}', REPAIRED),
        ('{"events": [{"id": "e1"}, {"id": "e2", "trigger": "3|kil', ENDS_EARLY),
        ('```json\n{"events": [{"id": "e1"}], "attributions": [{"id": "a1", "content": ["1|x"]', ENDS_EARLY),
    ],
    ids=["fenced", "talk", "braces-before", "thoughts", "single-quotes", "commas", "bare-keys", "cut", "cut-in-fence"],
)
def test_faulty_json_is_read_and_the_note_says_so(raw: str, note: str) -> None:
    reading = read_draft(raw, fields=FIELDS)

    assert reading is not None
    assert reading.draft["events"] == ONE["events"]
    assert reading.notes == (note,)


def test_invalid_value_does_not_take_valid_ones_with_it() -> None:
    reading = read_draft('{"events": [{"id": 7, "trigger": null}, {"id": "e2"}, "x"]}', fields=FIELDS)

    assert reading is not None
    assert reading.draft == {"events": [{"id": 7, "trigger": None}, {"id": "e2"}, "x"]}


def test_report_inside_another_object_is_taken_out() -> None:
    reading = read_draft('{"report": {"events": []}}', fields=FIELDS)

    assert reading is not None
    assert reading.draft == {"events": []}


def test_empty_object_says_that_there_is_nothing() -> None:
    reading = read_draft("{}", fields=FIELDS)

    assert reading is not None
    assert reading.draft == {}


def test_truncated_answer_keeps_complete_records_alone() -> None:
    raw = '{"attributions": [{"id": "a1", "content": ["1|He left"]}, {"id": "a2", "content": ["2|She st'

    reading = read_draft(raw, fields=FIELDS, truncated=True)

    assert reading is not None
    assert [record["id"] for record in reading.draft["attributions"]] == ["a1"]


def test_truncated_flat_report_keeps_complete_fields_alone() -> None:
    raw = '{"court": {"value": "x", "cite": "1|x"}, "judge": {"value": "y", "ci'

    reading = read_draft(raw, fields={"court", "judge"}, truncated=True)

    assert reading is not None
    assert reading.draft == {"court": {"value": "x", "cite": "1|x"}}


@pytest.mark.parametrize(
    "raw",
    ["", "Sorry.", "[]", "12", '{"message": "I cannot"}', '{"events": [{"id": "e', "[" * 100_000, '{"events":' * 5_000],
    ids=["empty", "prose", "list", "number", "other-object", "cut-at-once", "deep-list", "deep-object"],
)
def test_answer_without_a_draft_is_none(raw: str) -> None:
    assert read_draft(raw, fields=FIELDS) is None


@given(st.text(alphabet='{}[]",:|e1\\ ntrue', max_size=120), st.booleans())
def test_any_text_is_read_or_refused_and_never_breaks(raw: str, truncated: bool) -> None:  # noqa: FBT001 - hypothesis
    reading = read_draft(raw, fields=FIELDS, truncated=truncated)

    assert reading is None or isinstance(reading.draft, dict)
