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


FAIR = (
    "The fair opened on Monday. It had been set up two days earlier. A gate fell overnight. "
    "The tents go up again early next year, and the pond is filled this summer. "
    "The band will play by Christmas, and the choir sings on Friday."
)


def fair(trigger: str, sentence: str, time: dict[str, Any], modality: str = "asserted") -> dict[str, Any]:
    opened = {"id": "e1", "type": "meeting", "trigger": "opened", "evidence": ["The fair opened on Monday."]}
    opened |= {"modality": "asserted", "time": {"kind": "weekday", "precision": "day", "cite": "on Monday"}}
    other = {"id": "e2", "type": "meeting", "trigger": trigger, "evidence": [sentence], "modality": modality}
    return {"events": [opened, {**other, "time": time}]}


@pytest.mark.parametrize(
    ("value", "anchor", "outcome"),
    [
        pytest.param("2020-10-24", "e1", "supported", id="counted from the event"),
        pytest.param("2020-10-25", "e1", "contradicted", id="miscounted"),
        pytest.param("2020-10-24", "publication", "contradicted", id="counted from nothing"),
    ],
)
def test_a_time_beside_an_event_counts_from_that_event(outcomes: Any, value: str, anchor: str, outcome: str) -> None:
    time = {"kind": "event_relative", "precision": "day", "cite": "two days earlier", "value": value, "anchor": anchor}
    report = fair("set up", "It had been set up two days earlier.", time)

    found = outcomes(FAIR, report, ("events", 1, "time", "value"), published="2020-10-28")

    assert {one for one, _ in found} == {outcome}


def test_days_beside_an_event_are_filled_in_from_its_own() -> None:
    document = Document.from_article(Article(text=FAIR, published="2020-10-28"))
    time = {"kind": "event_relative", "precision": "day", "cite": "two days earlier", "anchor": "e1"}

    report = ground(fair("set up", "It had been set up two days earlier.", time), NewsReport, document).report

    assert isinstance(report, NewsReport)
    assert report.events[1].time is not None
    assert report.events[1].time.start == report.events[1].time.end == date(2020, 10, 24)


@pytest.mark.parametrize(
    ("cite", "kind", "value", "published", "outcome"),
    [
        pytest.param("overnight", "relative", "2020-10-28", "2020-10-28", "undecided", id="a night has two days"),
        pytest.param("early next year", "relative", "2021-02", "2020-10-28", "undecided", id="early in a year"),
        pytest.param("early next year", "relative", "2022", "2020-10-28", "contradicted", id="another year"),
        pytest.param("this summer", "relative", "2020-22", "2020-10-28", "supported", id="a season"),
        pytest.param("this summer", "relative", "2020-22", None, "contradicted", id="a season without an anchor"),
        pytest.param("by Christmas", "absolute", "../XXXX-12-25", None, "supported", id="a day with a name"),
        pytest.param("by Christmas", "absolute", "2020-12-25", "2020-10-28", "undecided", id="the day at its end"),
        pytest.param(
            "by Christmas", "absolute", "2020-12-24", "2020-10-28", "contradicted", id="the day before its end"
        ),
        pytest.param("on Friday", "weekday", "2020-10-30", "2020-10-28", "supported", id="a day ahead"),
    ],
)
def test_open_times_take_values_that_their_words_allow(  # noqa: PLR0917 - a table
    outcomes: Any, cite: str, kind: str, value: str, published: str | None, outcome: str
) -> None:
    time = {"kind": kind, "precision": "unknown", "cite": cite, "value": value}
    event = {"id": "e1", "type": "meeting", "trigger": cite, "evidence": [FAIR], "modality": "asserted", "time": time}

    found = outcomes(FAIR, {"events": [event]}, ("events", 0, "time", "value"), published=published)

    assert {one for one, _ in found} == {outcome}
