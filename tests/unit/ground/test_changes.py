"""A changed record is the copy that Pydantic would make, only sooner."""

from __future__ import annotations

from llmx.ground.changes import changed
from llmx.schema.citation import Citation
from llmx.schema.news import When


def when() -> When:
    cite = Citation(quote="on Monday", start=3, end=12)
    return When(kind="weekday", precision="day", cite=cite)


def test_a_changed_record_is_the_copy_that_pydantic_makes() -> None:
    update = {"kind": "relative", "precision": "week"}

    made = changed(when(), update)

    assert made == when().model_copy(update=update)
    assert made.model_fields_set == when().model_copy(update=update).model_fields_set


def test_the_record_itself_stays_as_it_was() -> None:
    record = when()

    changed(record, {"kind": "relative"})

    assert record == when()
