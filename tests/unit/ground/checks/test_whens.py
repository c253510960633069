"""Promises of the checks of times, and of filling in their days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from llmx.document import Article, Document
from llmx.ground.ground import ground
from llmx.schema.news import NewsReport

TEXT = (
    "The army took the town on Monday. In May of 2017 it had lost it, and on November 25, 2015 a jet fell there. "
    "Rebels will attack on Friday. “We left yesterday, all of us,” a man said. Raids went on in the past week."
)


def draft(cite: str, kind: str, precision: str, value: str | None = None, modality: str = "asserted") -> dict[str, Any]:
    time = {"kind": kind, "precision": precision, "value": value, "cite": cite}
    event = {"id": "e1", "type": "attack", "trigger": "took", "evidence": ["The army took the town on Monday."]}
    return {"events": [{**event, "modality": modality, "time": time}]}


@pytest.mark.parametrize(
    ("cite", "kind", "precision", "value"),
    [
        pytest.param("on Monday", "weekday", "day", None, id="weekday"),
        pytest.param("In May of 2017", "absolute", "month", "2017-05", id="month"),
        pytest.param("on November 25, 2015", "absolute", "day", "2015-11-25", id="day"),
        pytest.param("in the past week", "relative_range", "week", None, id="range"),
    ],
)
def test_what_the_words_say_is_supported(
    outcomes: Any, cite: str, kind: str, precision: str, value: str | None
) -> None:
    time = draft(cite, kind, precision, value)

    found = {name: outcomes(TEXT, time, ("events", 0, "time", name)) for name in ("kind", "precision", "value")}

    assert found == {
        "kind": {("supported", "when.kind")},
        "precision": {("supported", "when.precision")},
        "value": {("supported", "when.value")} if value else set(),
    }


@pytest.mark.parametrize(
    ("cite", "value"),
    [
        pytest.param("In May of 2017", "2017-06", id="another month"),
        pytest.param("In May of 2017", "2017-05-14", id="a day that is not told"),
        pytest.param("on November 25, 2015", "2015-11-24", id="another day"),
        pytest.param("on Monday", "2020-10-26", id="no anchor"),
        pytest.param("on Monday", "2017-05", id="elsewhere in the text"),
        pytest.param("on Monday", "2017-45", id="no date at all"),
    ],
)
def test_an_invented_date_is_contradicted(outcomes: Any, cite: str, value: str) -> None:
    time = draft(cite, "absolute", "day", value)

    assert outcomes(TEXT, time, ("events", 0, "time", "value")) == {("contradicted", "when.value")}


def test_a_resolved_value_is_supported_by_the_day_of_publication(outcomes: Any) -> None:
    time = draft("on Monday", "weekday", "day", "2020-10-26")

    found = outcomes(TEXT, time, ("events", 0, "time", "value"), published="2020-10-28")

    assert found == {("supported", "when.resolved")}


@pytest.mark.parametrize("precision", ["week", "month", "year", "decade"])
def test_another_precision_is_contradicted(outcomes: Any, precision: str) -> None:
    time = draft("on November 25, 2015", "absolute", precision, "2015-11-25")

    assert outcomes(TEXT, time, ("events", 0, "time", "precision")) == {("contradicted", "when.precision")}


@pytest.mark.parametrize(
    ("cite", "kind", "modality", "days"),
    [
        pytest.param("on Monday", "weekday", "asserted", date(2020, 10, 26), id="the last one"),
        pytest.param("on November 25, 2015", "absolute", "asserted", date(2015, 11, 25), id="in the words"),
    ],
)
def test_days_are_filled_in_from_the_day_of_publication(cite: str, kind: str, modality: str, days: date) -> None:
    document = Document.from_article(Article(text=TEXT, published="2020-10-28"))

    report = ground(draft(cite, kind, "day", None, modality), NewsReport, document).report

    assert isinstance(report, NewsReport)
    assert report.events[0].time is not None
    assert (report.events[0].time.start, report.events[0].time.end) == (days, days)


@pytest.mark.parametrize(
    ("cite", "kind", "published"),
    [
        pytest.param("on Monday", "weekday", None, id="no day of publication"),
        pytest.param("yesterday", "relative", "2020-10-28", id="the day of speech is not told"),
    ],
)
def test_no_day_is_invented(cite: str, kind: str, published: str | None) -> None:
    document = Document.from_article(Article(text=TEXT, published=published))

    report = ground(draft(cite, kind, "day"), NewsReport, document).report

    assert isinstance(report, NewsReport)
    assert [(event.time.start, event.time.end) for event in report.events if event.time] in ([(None, None)], [])
