"""Promise of grounding as a whole: of random drafts nothing comes out that its citation does not slice and support."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from llmx.document import Article, Document
from llmx.ground.ground import ground
from llmx.schema.news import Count, NewsReport
from llmx.text.numbers import find_numbers

TEXT = (
    "Over 30 raids hit Marova on Monday, killing dozens of rebels and wounding at least 50 civilians. "
    "Anna Kovacs said that between 6 and 8 soldiers died in 2019. “We saw 12 tanks,” she told reporters."
)
DOCUMENT = Document.from_article(Article(text=TEXT))
WORDS = TEXT.split()


@st.composite
def quotes(draw: st.DrawFn) -> str:
    start = draw(st.integers(0, len(WORDS) - 1))
    own = " ".join(WORDS[start : start + draw(st.integers(1, 8))])
    return draw(st.sampled_from([own, own, own, "Zorvik drome", "73 crates"]))


BOUNDS = st.none() | st.sampled_from([0, 1, 6, 8, 12, 24, 30, 31, 50, 51, 2019])


@st.composite
def counts(draw: st.DrawFn) -> dict[str, Any]:
    bounds = sorted(bound for bound in (draw(BOUNDS), draw(BOUNDS), draw(BOUNDS)) if bound is not None)
    qualifier = draw(st.sampled_from(["exact", "at_least", "more_than", "range", "vague", "about"]))
    of = draw(st.sampled_from(["killed", "injured", "incidents", "weapons", "people"]))
    return {
        "of": of,
        "qualifier": qualifier,
        "cite": draw(quotes()),
        **dict(zip(("low", "best", "high"), bounds, strict=False)),
    }


@st.composite
def drafts(draw: st.DrawFn) -> dict[str, Any]:
    event = {
        "id": "e1",
        "type": "attack",
        "trigger": draw(quotes()),
        "evidence": [draw(quotes())],
        "modality": draw(st.sampled_from(["asserted", "reported", "planned"])),
        "counts": draw(st.lists(counts(), max_size=3)),
    }
    entity = {"id": "n1", "name": draw(quotes()), "mentions": [draw(quotes())]}
    return {"events": [event], "entities": [entity]}


def is_in_words(count: Count) -> bool:
    """Whether every bound is one that a cited number gives, with its comparator wherever that stands."""
    numbers = [number for number in find_numbers(TEXT) if count.cite.span.overlaps(number.core)]
    given_bounds = {bound for one in numbers for bound in (one.low, one.best, one.high)} | {0, 1}
    return {count.low, count.best, count.high} - {None} <= given_bounds


@given(drafts())
def test_nothing_comes_out_that_its_citation_does_not_slice_and_support(draft: dict[str, Any]) -> None:
    report = ground(draft, NewsReport, DOCUMENT).report

    assert isinstance(report, NewsReport)
    assert all(
        TEXT[one.start : one.end] == one.quote for event in report.events for one in (event.trigger, *event.evidence)
    )
    assert all(is_in_words(count) for event in report.events for count in event.counts)
    assert all(DOCUMENT.text.find(entity.name.split()[0]) >= 0 for entity in report.entities if entity.name)
