"""The engine as a model: what it answers, and when it says nothing."""

import asyncio

import pytest
from pydantic import BaseModel

from llmx.document import Article, Document
from llmx.errors import ConfigError
from llmx.port import Request
from llmx.rules import RulesModel
from llmx.rules.engine import read
from llmx.schema.citation import Citation
from llmx.schema.news import NewsReport

NEWS = (
    "ORLO (Agency) -- Gunmen attacked a church in Orlo on Monday, killing at least 12 people, police said. "
    "The United Nations condemned the attack."
)


SPORTS = (
    "Orlo 3, Marl 1. Goals: Tarn, Vess. The striker scored twice before halftime and the match ended in a win for the"
    " league's best defender."
)
RECIPE = (
    "Preheat the oven. Stir two cups of flour, a teaspoon of salt, butter and sugar in a bowl, then bake the dough"
    " for 20 minutes."
)
CODE = "def main(argv): return [x for x in argv if x > 0] + { 'a': (1, 2) }; print(main([1]), { } , [ ] , ( ) ; # done"
GERMAN = "Die Regierung hat am Montag beschlossen, dass die Steuern im kommenden Jahr sinken sollen, wie sie mitteilte."
FRENCH = "Le gouvernement a annoncé lundi que les impôts allaient baisser l’année prochaine, selon un porte-parole."


class Recall(BaseModel):
    """A report class of a user."""

    product: Citation


def _read(text: str) -> object:
    return read(Document.from_article(Article(text=text)))


def test_it_is_a_model_that_reads_no_prompt() -> None:
    model = RulesModel()

    assert (model.name, model.prompted) == ("rules", False)


def test_it_fills_a_news_report_and_tells_the_rule_of_each_record() -> None:
    request = Request(document=Document.from_article(Article(text=NEWS)), schema=NewsReport)

    answer = asyncio.run(RulesModel().fill(request))

    records = {(name, at) for name, listed in answer.draft.items() for at in range(len(listed))}
    assert answer.draft["events"]
    assert {path for path in answer.made_by if path[0] != "claims"} <= records
    assert answer.made_by["events", 0] == "event.hit"


def test_another_report_class_is_refused_in_one_line() -> None:
    request = Request(document=Document.from_article(Article(text=NEWS)), schema=Recall)

    with pytest.raises(ConfigError, match=r"fills NewsReport alone, not Recall: pass model=\.\.\."):
        asyncio.run(RulesModel().fill(request))


def test_every_quote_stands_where_it_says() -> None:
    draft = read(Document.from_article(Article(text=NEWS))).draft

    quotes = [part["cite"] for event in draft["events"] for part in event["participants"]]
    assert quotes
    assert [NEWS[one["start"] : one["start"] + len(one["quote"])] for one in quotes] == [one["quote"] for one in quotes]


@pytest.mark.parametrize(
    "text",
    [SPORTS, RECIPE, CODE, GERMAN, FRENCH],
    ids=["sports", "recipe", "code", "German", "French"],
)
def test_a_text_without_news_gives_an_empty_report_and_a_note(text: str) -> None:
    answer = read(Document.from_article(Article(text=text)))

    assert not any(answer.draft.values())
    assert len(answer.notes) == 1


def test_the_same_text_gives_the_same_draft() -> None:
    assert _read(NEWS) == _read(NEWS)


def test_the_dateline_is_neither_time_nor_place_of_the_event() -> None:
    text = "MARL, 3 May 2019 (Agency) -- Gunmen attacked a church in Syria, police said."

    (event,) = read(Document.from_article(Article(text=text))).draft["events"]

    assert event["time"] is None
    assert [place["name"] for place in event["places"]] == ["Syria"]


def test_the_time_of_saying_is_not_the_time_of_the_event() -> None:
    (event,) = read(Document.from_article(Article(text="Gunmen attacked a church, police said on Monday."))).draft[
        "events"
    ]

    assert event["time"] is None
