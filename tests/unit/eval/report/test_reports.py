"""Reports: what they show, and that text from outside stays text."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from llmx.eval.evaluation import evaluate
from llmx.eval.gates import Limits, judge, parse_gate
from llmx.eval.gold.case import Case
from llmx.eval.outcome import EvalSettings, Evaluation
from llmx.eval.predictions import run_of
from llmx.eval.report.html import to_page
from llmx.eval.report.junit import to_junit
from llmx.eval.report.markdown import to_markdown
from llmx.eval.report.tabular import to_csv
from llmx.eval.report.terminal import to_text
from llmx.eval.statistics.bootstrap import Draws

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}&\"'\u2028|`*_=1+1"


def hostile_case(name: str) -> Case:
    text = f"Rebels shelled it. {HOSTILE} {name}"
    trigger = {"quote": "shelled", "start": 7, "end": 14}
    part = {"role": HOSTILE, "cite": {"quote": HOSTILE, "start": 19, "end": 19 + len(HOSTILE)}}
    lists = {
        "events": [{"type": HOSTILE, "trigger": trigger, "participants": [part], "modality": HOSTILE}],
        "claims": [{"text": HOSTILE, "evidence": [trigger]}],
    }
    return Case(id=name, text=text, sha256="", lists=lists, title=HOSTILE, meta={HOSTILE: HOSTILE}, annotator=HOSTILE)


@pytest.fixture
def hostile() -> Evaluation:
    cases = [hostile_case(f"{HOSTILE} {n}") for n in range(3)]
    rows = [
        {
            "document": {"id": one.id, "text": one.text},
            "report": {**one.lists, "events": [{**one.lists["events"][0], "type": f"{HOSTILE}x", "modality": "x"}]},
            "rejections": [{"path": HOSTILE, "reason": HOSTILE, "quote": HOSTILE, "detail": HOSTILE}],
            "provenance": {"model": HOSTILE},
        }
        for one in cases
    ]
    worse = [{**row, "report": {}} for row in rows]
    runs = [run_of(rows, name=HOSTILE, source=HOSTILE), run_of(worse, name=f"=b{HOSTILE}", source=HOSTILE)]
    settings = EvalSettings(draws=Draws(resamples=50), slices=(f"meta.{HOSTILE}",))
    return evaluate(cases, runs, settings=EvalSettings(draws=settings.draws), source=HOSTILE, version="0")


class _Page(HTMLParser):
    """Collects tags, attributes and the bodies of scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes.extend((name, value or "") for name, value in attrs)
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and self.scripts:
            self.scripts[-1] += data


def parsed(page: str) -> _Page:
    reader = _Page()
    reader.feed(page)
    return reader


def test_hostile_text_in_every_field_stays_text_on_the_page(hostile: Evaluation) -> None:
    reader = parsed(to_page(hostile, judge(hostile, Limits(gates=(parse_gate("events.type_c >= 0"),)))))

    assert reader.tags.count("script") == 2
    assert "img" not in reader.tags
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    assert "49" not in to_markdown(hostile).split("{{")[0]


def test_the_page_asks_for_nothing_from_the_network(hostile: Evaluation) -> None:
    page = to_page(hostile)

    reader = parsed(page)

    links = [value for name, value in reader.attributes if name in ("src", "href", "action", "data")]
    assert all(link.startswith(("#", "data:")) for link in links)
    assert "default-src 'none'" in page
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|WebSocket", page)


def test_the_page_carries_its_data_whole(hostile: Evaluation) -> None:
    data = json.loads(parsed(to_page(hostile)).scripts[0])

    assert [one["title"] for one in data["articles"]] == [HOSTILE] * 3
    assert data["articles"][0]["text"] == hostile.articles[0]["text"]


def test_a_page_without_text_holds_no_words_of_the_articles(hostile: Evaluation) -> None:
    data = json.loads(parsed(to_page(hostile, text=False)).scripts[0])

    assert all("text" not in one for one in data["articles"])
    assert all(not row["detail"] for run in data["runs"] for rows in run["mistakes"].values() for row in rows)


def test_the_page_names_its_parts(hostile: Evaluation) -> None:
    page = to_page(hostile)

    assert all(f'id="{name}"' in page for name in ("figures", "confusion", "errors", "articles", "changes", "made"))
    assert 'name="viewport"' in page
    assert "prefers-color-scheme:dark" in page


def test_junit_is_xml_whatever_the_text_holds(hostile: Evaluation) -> None:
    verdict = judge(hostile, Limits(gates=(parse_gate("events.type_c.f1 >= 0.9"),)))

    root = ET.fromstring(to_junit(hostile, verdict))  # noqa: S314

    suites = {suite.get("name"): suite for suite in root}
    assert suites["gates"].get("failures") == "1"
    assert len(root.findall(".//testsuite[@name]")) == len(suites)
    assert any(case.find("failure") is not None for case in root.iter("testcase"))


def test_a_spreadsheet_takes_no_name_for_a_formula(hostile: Evaluation) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(hostile))))

    assert {row["run"][0] for row in rows} == {"<", "'"}
    assert {row["figure"] for row in rows} >= {"events.type_c.f1", "reliability.failed"}


def test_markdown_escapes_what_would_be_markup(hostile: Evaluation) -> None:
    table = to_markdown(hostile)

    assert "<script>" not in table
    assert "\n| ---" in table


def test_the_table_shows_figure_interval_number_and_difference(hostile: Evaluation) -> None:
    table = to_text(hostile, judge(hostile, Limits()), errors=2)

    assert "types of the article" in table
    assert "exit 0" in table
    assert "missed" in table


def test_what_is_not_defined_is_called_so() -> None:
    case = Case(id="a", text="Calm.", sha256="", lists={"events": []})
    found = evaluate([case], [run_of([], name="r", source="")], settings=EvalSettings(draws=Draws(resamples=20)))

    assert re.search(r"types of the article +n/a", to_text(found))
