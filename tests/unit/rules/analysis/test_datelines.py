import pytest

from llmx.document import Article, Document
from llmx.rules.analysis import analyse
from llmx.rules.analysis.datelines import dateline_end
from llmx.rules.attribution import find_attributions


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        pytest.param("ORLO, March 3 (Wire) - ", "At least six men died.", id="place-date-agency"),
        pytest.param("TESSARY – ", "The mayor resigned.", id="place"),
        pytest.param("TESSARY, Kestria –\n\n", "The mayor resigned.", id="on-a-line-of-its-own"),
        pytest.param("Orlo, 3 May (KNA) - ", "The mayor resigned.", id="small-letters-and-agency"),
        pytest.param("(Orlo) ", "The mayor resigned.", id="in-brackets"),
        pytest.param("NEW ORLO: ", "The mayor resigned.", id="with-a-colon"),
        pytest.param("SAN ORLO, 3 JAN 90 (RADIO ORLO) -- [TEXT] ", "The mayor resigned.", id="with-a-note-in-brackets"),
    ],
)
def test_the_words_of_a_report_start_behind_its_dateline(dateline: str, rest: str) -> None:
    found = dateline_end(dateline + rest, 0)

    assert found == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The mayor resigned.", id="a-sentence"),
        pytest.param("NORA - the northern alliance - voted.", id="an-aside"),
        pytest.param("Mayor: the bridge is open", id="a-headline-with-a-colon"),
        pytest.param("The army - which left - returned.", id="dashes-in-a-sentence"),
    ],
)
def test_other_openings_are_no_datelines(text: str) -> None:
    assert dateline_end(text, 0) == 0


@pytest.mark.parametrize(
    "opening",
    [
        pytest.param("ORLO, March 3 (Wire) - ", id="dateline"),
        pytest.param("Bus falls into river\nBy Ann Lee\nORLO (KNA) — ", id="headline-byline-dateline"),
        pytest.param("Bus falls into river\nBy Ann Lee\n", id="headline-byline"),
    ],
)
def test_what_stands_above_a_report_is_no_part_of_its_first_content(opening: str) -> None:
    said = "A bus full of mourners fell into the river on Saturday, killing nine people"
    document = Document.from_article(Article(text=f"{opening}{said}, the transport ministry said on Sunday."))

    (found,) = find_attributions(analyse(document), document)

    assert [part.of(document.text) for part in found.content] == [said]
    assert found.source is not None
    assert found.source.of(document.text) == "the transport ministry"
