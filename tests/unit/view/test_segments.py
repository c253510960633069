from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.text.span import Span
from llmx.view.segments import Block, Mark, cut, split_blocks

TEXTS = st.text(alphabet="ab \n\r\t“", max_size=60)


def mark(number: int, start: int, end: int) -> Mark:
    return Mark(number, f"events-{number}", "0", "line", Span(start, end))


def numbered(block: Block) -> list[tuple[str, list[int]]]:
    return [(segment.text, [over.number for over in segment.marks]) for segment in block.segments]


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    edge = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edge, edge), max_size=8))
    return text, [mark(number, min(pair), max(pair)) for number, pair in enumerate(pairs)]


def test_overlapping_marks_cut_the_text_at_every_bound() -> None:
    marks = [mark(0, 0, 6), mark(1, 3, 9)]

    (block,) = cut("abcdefghi", marks=marks)

    assert numbered(block) == [("abc", [0]), ("def", [0, 1]), ("ghi", [1])]


def test_the_narrowest_mark_comes_first() -> None:
    marks = [mark(0, 0, 9), mark(1, 3, 6), mark(2, 2, 8)]

    (block,) = cut("abcdefghi", marks=marks)

    assert numbered(block)[2] == ("def", [1, 2, 0])


def test_marks_on_the_same_words_share_a_segment() -> None:
    marks = [mark(0, 3, 6), mark(1, 3, 6)]

    (block,) = cut("abcdefghi", marks=marks)

    assert numbered(block) == [("abc", []), ("def", [0, 1]), ("ghi", [])]


def test_a_mark_over_a_paragraph_break_stands_in_both_blocks() -> None:
    first, second = cut("one\n\ntwo", marks=[mark(0, 2, 6)])

    assert numbered(first) == [("on", []), ("e", [0])]
    assert numbered(second) == [("t", [0]), ("wo", [])]


def test_segments_count_on_through_the_blocks() -> None:
    blocks = cut("one\n\ntwo", marks=[mark(0, 2, 6)])

    assert [segment.number for block in blocks for segment in block.segments] == [0, 1, 2, 3]


def test_an_empty_mark_leaves_no_trace() -> None:
    (block,) = cut("abc", marks=[mark(0, 1, 1)])

    assert numbered(block) == [("abc", [])]


def test_a_block_within_boilerplate_is_boilerplate() -> None:
    first, second = cut("news\n\nSHARE this", marks=[], boilerplate=[Span(6, 16)])

    assert not first.is_boilerplate
    assert second.is_boilerplate


def test_boilerplate_inside_a_paragraph_is_cut_out_of_it() -> None:
    (block,) = cut("news SHARE more", marks=[], boilerplate=[Span(5, 10)])

    assert [(segment.text, segment.is_boilerplate) for segment in block.segments] == [
        ("news ", False),
        ("SHARE", True),
        (" more", False),
    ]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("one\ntwo\nthree", ["one", "two", "three"], id="lines where no line is blank"),
        pytest.param("hard\nwrapped\n\nnext", ["hard\nwrapped", "next"], id="paragraphs where lines are blank"),
        pytest.param("one\r\n\r\ntwo", ["one", "two"], id="carriage returns"),
        pytest.param("\n\n one \n\n", ["one "], id="blank edges"),
        pytest.param(" \n ", [], id="nothing but space"),
        pytest.param("", [], id="empty"),
    ],
)
def test_blocks_are_paragraphs(text: str, blocks: list[str]) -> None:
    found = [span.of(text) for span in split_blocks(text)]

    assert [block.strip(" ") for block in found] == [block.strip(" ") for block in blocks]


@given(marked_texts())
def test_the_segments_of_a_block_are_its_text(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked

    blocks = cut(text, marks=marks)

    assert ["".join(part.text for part in block.segments) for block in blocks] == [
        span.of(text) for span in split_blocks(text)
    ]


@given(marked_texts())
def test_no_mark_ends_inside_a_segment(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked

    blocks = cut(text, marks=marks)

    under = {
        over for block in blocks for part in block.segments for over in part.marks if len(part.text) > len(over.span)
    }
    assert under == set()


@given(TEXTS)
def test_blocks_leave_out_nothing_but_white_space(text: str) -> None:
    blocks = "".join(span.of(text) for span in split_blocks(text))

    assert "".join(blocks.split()) == "".join(text.split())
