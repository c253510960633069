"""Sentences cover the text and end where a reader would end them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.text.sentences import split_sentences


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Gen. Omar Deri left at 6 p.m. on Monday.", id="title-and-hour"),
        pytest.param(
            "The U.S. Army and the U.N. Security Council met Jan. 5 in Washington, D.C. with J. R. Kole.", id="initials"
        ),
        pytest.param("Some 3.5 million people, or 2.1 percent, fled.", id="decimals"),
        pytest.param("Am 3. März sprach Dr. Weber z.B. über Nr. 7.", id="german"),
        pytest.param("Le M. Dupont et Mme. Roy sont arrivés.", id="french"),
        pytest.param("Он родился в г. Москва, им. Ленина, 5 тыс. человек.", id="russian"),
        pytest.param("QASRA, Norland (NPA) — The raid began at dawn.", id="dateline"),
        pytest.param("“Why now?” he asked.", id="question-in-quotes"),
        pytest.param("They waited... and then left.", id="dots-in-the-middle"),
        pytest.param("「行きません。」と語った。", id="japanese-quotation"),
    ],
)
def test_text_that_is_one_sentence_is_not_cut(text: str) -> None:
    found = _sentences(text)

    assert found == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("He left. She stayed! Did they talk? No.", 4, id="enders"),
        pytest.param("He said no. Then he left.", 2, id="no-is-a-word"),
        pytest.param("It was 6 p.m. The shelling went on.", 2, id="opener-after-an-hour"),
        pytest.param("“We won.” She smiled.", 2, id="closing-quotes"),
        pytest.param("总统否认了指控。他说：“不。”会议结束了！", 3, id="chinese"),
        pytest.param("هل وافق؟ لم يوافق. غادر المدينة.", 3, id="arabic"),
        pytest.param("उसने मना किया। वह चला गया।", 2, id="hindi"),
        pytest.param("הוא סירב. היא הסכימה.", 2, id="hebrew"),
        pytest.param("Headline without a stop\nThe raid began. It ended.", 3, id="heading"),
        pytest.param("The list:\n• one thing\n• another thing\n1. a third", 4, id="list-items"),
        pytest.param("One line.\r\nAnother line.\r\n\r\nA third.", 3, id="crlf"),
    ],
)
def test_text_of_several_sentences_is_cut_into_them(text: str, count: int) -> None:
    found = _sentences(text)

    assert len(found) == count


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph() -> None:
    text = (
        "   Qasra, 23 Aug (NPA) -- Police sources have reported that several\n"
        "unidentified men placed a device in front of a bank in the Harbour\n"
        "District. The device, which exploded at once, damaged the building\n"
        "of the National Savings Bank and broke windows in Station\n"
        "Street.\n\n"
        "   No one was injured, the sources said, but the street remained shut\n"
        "until the evening.\n"
    )

    found = _sentences(text)

    assert [sentence.replace("\n", " ")[-20:] for sentence in found] == [
        "he Harbour District.",
        "s in Station Street.",
        "t until the evening.",
    ]


def test_line_that_goes_on_with_a_small_letter_is_the_same_sentence() -> None:
    text = "The minister, who had been expected to stay until the end of the week, left\nthe capital on Tuesday."

    assert _sentences(text) == [text]


@given(st.text(alphabet=st.sampled_from('aB1 .!?\n\r\t"“”。？,;…-•\u2028\x00é'), max_size=120))
def test_sentences_cover_all_text_that_is_not_space(text: str) -> None:
    spans = split_sentences(text)

    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)


def test_megabytes_of_one_kind_of_character_are_split() -> None:
    text = ". " * 500_000 + "." * 500_000 + "\n" * 500_000 + '"' * 500_000 + "a" * 500_000

    found = split_sentences(text)

    assert sum(map(len, found)) > 0
