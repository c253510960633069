"""Stances: what cues do, by what stands around them."""

import pytest

from llmx.document import Document
from llmx.rules.analysis import analyse
from llmx.rules.attribution import FoundAttribution, find_attributions


def _first(text: str) -> FoundAttribution:
    document = Document(id="d", text=text)
    return find_attributions(analyse(document), document)[0]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        pytest.param("The union demanded that the mill reopen.", "asks", id="demand"),
        pytest.param("The union called for a new vote.", "asks", id="call for"),
        pytest.param("The company said it would close the mill.", "intends", id="own plan"),
        pytest.param("The company said the mill would close.", "asserts", id="what will happen"),
        pytest.param("The bureau warned that the river could rise.", "predicts", id="warning of what may be"),
        pytest.param("The bureau warned that the river had risen.", "asserts", id="warning of what is"),
        pytest.param("The union ruled out a strike in May.", "denies", id="ruled out"),
        pytest.param("The ministry did not confirm that the mill had closed.", "discusses", id="not confirmed"),
        pytest.param("The union complained that the mill was cold.", "criticises", id="complaint"),
        pytest.param("The fire brigade put the toll at 17.", "asserts", id="figure"),
    ],
)
def test_what_stands_around_a_cue_tells_its_stance(text: str, stance: str) -> None:
    assert _first(text).stance == stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        pytest.param("The owner is said to be hiding in Orlo.", "reports", id="said"),
        pytest.param("The owner is believed to be hiding in Orlo.", "believes", id="believed"),
        pytest.param("The owner is expected to sell the mill.", "predicts", id="expected"),
    ],
)
def test_hearsay_of_nobody_is_evidential(text: str, stance: str) -> None:
    found = _first(text)

    assert found.source is None
    assert (found.mode, found.stance) == ("evidential_adverb", stance)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("Ada Lind, who owns the mill, said that it was safe.", "Ada Lind", id="relative clause"),
        pytest.param(
            "Ada Lind, a nurse from Orlo, said that it was safe.", "Ada Lind, a nurse from Orlo", id="apposition"
        ),
    ],
)
def test_a_source_holds_its_apposition_and_no_relative_clause(text: str, source: str) -> None:
    found = _first(text)

    assert found.source is not None
    assert found.source.of(text) == source


def test_a_by_line_is_no_part_of_a_source() -> None:
    text = "By our Orlo bureau\n\nThousands of people said that the mill was unsafe."

    found = _first(text)

    assert found.source is not None
    assert found.source.of(text) == "Thousands of people"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param(
            "Two bankers close to the talks said it was late.", "Two bankers close to the talks", id="close to"
        ),
        pytest.param("Retired general Ulf Stam said it was late.", "Retired general Ulf Stam", id="retired"),
        pytest.param(
            "A group calling itself Red Dawn has demanded money.",
            "A group calling itself Red Dawn",
            id="calling itself",
        ),
        pytest.param("Ada Lind, speaking on television, said it was late.", "Ada Lind", id="participle"),
        pytest.param("Photographs from Orlo, however, showed that it was shut.", "Photographs from Orlo", id="however"),
        pytest.param("Workers who fled the mill said it was late.", "Workers", id="who without a comma"),
    ],
)
def test_a_source_reaches_as_far_as_it_tells_who_speaks(text: str, source: str) -> None:
    found = _first(text)

    assert found.source is not None
    assert found.source.of(text) == source


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param(
            "A clerk said that the mill was sold, although he gave no price.",
            ["that the mill was sold"],
            id="concession of the author",
        ),
        pytest.param(
            "A clerk said that he had been up for 16 hours, which the owner denies.",
            ["that he had been up for 16 hours"],
            id="denial of another",
        ),
        pytest.param(
            "The owner offered to keep the mill open, a promise the union described as worthless.",
            ["to keep the mill open"],
            id="judgement of another",
        ),
        pytest.param(
            "A clerk said that the mill, which the owner had built, was sold.",
            ["that the mill, which the owner had built, was sold"],
            id="relative clause of the content",
        ),
        pytest.param(
            "The owner is believed to be hiding in Orlo.",
            ["The owner", "to be hiding in Orlo"],
            id="hearsay of somebody",
        ),
    ],
)
def test_a_content_ends_where_others_comment_on_it(text: str, content: list[str]) -> None:
    assert [part.of(text) for part in _first(text).content] == content
