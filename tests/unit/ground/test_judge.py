"""Judging: a report that is judged again gets the verdicts it would get if it were judged anew."""

from typing import Any

import pytest

from llmx.document import Article, Document
from llmx.ground.build import Built, build
from llmx.ground.context import Context
from llmx.ground.judge import Judged, judge
from llmx.ground.place import place_quotes
from llmx.schema.citation import Citation
from llmx.schema.news import Attribution, NewsReport
from llmx.text.locate import Index
from llmx.text.span import Span

TEXT = "At least 50 soldiers were killed near Dorvan on Monday, the minister said. Rebels fled."
DOCUMENT = Document.from_article(Article(text=TEXT, published="2024-03-06"))


def report(source: str) -> NewsReport:
    draft: dict[str, Any] = {
        "attributions": [
            {"id": "a1", "source": source, "cue": "said", "content": ["At least 50 soldiers were killed"]}
        ],
        "events": [
            {
                "id": "e1",
                "type": "attack",
                "trigger": "killed",
                "evidence": ["At least 50 soldiers were killed near Dorvan"],
                "modality": "reported",
                "polarity": "positive",
                "asserted_by": ["a1"],
                "counts": [{"of": "killed", "low": 50, "qualifier": "at_least", "cite": "At least 50 soldiers"}],
            }
        ],
    }
    made = build(place_quotes(draft, NewsReport, DOCUMENT, Index(TEXT)), {}, TEXT).report
    assert isinstance(made, NewsReport)
    return made


def built(whole: NewsReport) -> Built:
    event = whole.events[0]
    return Built(
        whole,
        records=[
            ((), (), whole),
            (("events", 0), ("events", 0), event),
            (("events", 0, "counts", 0), ("events", 0, "counts", 0), event.counts[0]),
            (("attributions", 0), ("attributions", 0), whole.attributions[0]),
        ],
    )


def judged(whole: NewsReport, before: Judged | None = None) -> Judged:
    return judge(built(whole), Context(document=DOCUMENT, report=whole), before)


@pytest.mark.parametrize("source", ["the minister", "Rebels"], ids=["same-words", "other-words"])
def test_report_judged_again_gets_the_verdicts_it_would_get_anew(source: str) -> None:
    first = report("the minister")
    again = first.model_copy(update={"attributions": report(source).attributions})

    kept = judged(again, judged(first))

    assert kept.verdicts(again.events[0]) == judged(again).verdicts(again.events[0])
    assert kept.verdicts(again.attributions[0]) == judged(again).verdicts(again.attributions[0])


def test_verdicts_that_look_at_a_list_are_found_anew_when_the_list_changed() -> None:
    first = report("the minister")
    again = first.model_copy(update={"attributions": report("Rebels").attributions})
    before = judged(first)

    kept = judged(again, before)

    event = again.events[0]
    assert kept.verdicts(event) is not before.verdicts(event)
    assert kept.verdicts(event.counts[0]) is before.verdicts(event.counts[0])


def test_verdicts_are_kept_when_nothing_that_they_look_at_changed() -> None:
    first = report("the minister")
    again = first.model_copy()
    before = judged(first)

    kept = judged(again, before)

    assert kept.verdicts(again.events[0]) is before.verdicts(first.events[0])


def test_verdicts_stay_when_a_record_changed_that_no_check_of_theirs_looked_at() -> None:
    fled = Attribution(id="a2", content=(Citation.of_span(Span(75, 86), TEXT),))
    first = report("the minister")
    first = first.model_copy(update={"attributions": (*first.attributions, fled)})
    again = first.model_copy(update={"attributions": (first.attributions[0], fled.model_copy())})
    before = judged(first)

    kept = judged(again, before)

    assert kept.verdicts(again.events[0]) is before.verdicts(first.events[0])
