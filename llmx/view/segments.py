"""Segments: a text cut at every bound of every mark, so that overlapping citations can be shown in flat HTML.

A *mark* is one span that a card cites. A *segment* is a longest run of text under the same marks. Nothing here
knows HTML; nothing is dropped: the segments of all blocks and the gaps between blocks give the text again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from llmx.text.span import Span

Weight = Literal["fill", "line", "tint", "quiet"]
"""How loud a mark is in the text at rest: a filled word, a line, a faint ground, or nothing until pointed at."""

_BLANK_LINES = re.compile(r"[^\S\n]*(?:\r?\n[^\S\n]*){2,}")
_LINE_END = re.compile(r"[^\S\n]*\r?\n[^\S\n]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """One span of the text that a card cites.

    Attributes:
        number: Shared by all parts of one citation.
        card: The anchor of the card that cites it.
        slot: The colour of the card's kind.
        weight: How loud it is at rest.
        span: Where it stands.
    """

    number: int
    card: str
    slot: str
    weight: Weight
    span: Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks.

    Attributes:
        number: Counts from 0 through the text.
        text: Its words.
        marks: The marks over it, the narrowest first.
        is_boilerplate: Whether it is no part of the article.
    """

    number: int
    text: str
    marks: tuple[Mark, ...]
    is_boilerplate: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a line: the segments between two line breaks."""

    segments: tuple[Segment, ...]

    @property
    def is_boilerplate(self) -> bool:
        """Whether nothing in it is the article."""
        return all(part.is_boilerplate or not part.text.strip() for part in self.segments)


def split_blocks(text: str) -> tuple[Span, ...]:
    """The paragraphs of `text`: parted by blank lines, or by line ends where it has no blank line."""
    has_blank_lines = _BLANK_LINES.search(text.strip()) is not None
    breaks = _BLANK_LINES if has_blank_lines else _LINE_END
    bounds = [0, *(edge for found in breaks.finditer(text) for edge in found.span()), len(text)]
    spans = (Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    return tuple(span for span in spans if span.of(text).strip())


def cut(text: str, *, marks: Iterable[Mark], boilerplate: Sequence[Span] = ()) -> tuple[Block, ...]:
    """Cut `text` into blocks of segments.

    Args:
        text: The document's text.
        marks: What is cited, in any order; marks may overlap, nest and coincide.
        boilerplate: Spans that are not the article, in order, not touching.

    Returns:
        The blocks in the order of the text. A mark that lies outside every block has no segment.
    """
    by_start = sorted((mark for mark in marks if len(mark.span)), key=lambda mark: mark.span)
    edges = {edge for mark in by_start for edge in (mark.span.start, mark.span.end)}
    edges |= {edge for span in boilerplate for edge in (span.start, span.end)}
    cuts = sorted(edge for edge in edges if edge <= len(text))
    blocks: list[Block] = []
    live: list[Mark] = []
    next_mark = next_cut = number = 0
    for block in split_blocks(text):
        segments: list[Segment] = []
        start = block.start
        while start < block.end:
            while next_cut < len(cuts) and cuts[next_cut] <= start:
                next_cut += 1
            end = min(block.end, cuts[next_cut]) if next_cut < len(cuts) else block.end
            while next_mark < len(by_start) and by_start[next_mark].span.start < end:
                live.append(by_start[next_mark])
                next_mark += 1
            live = [mark for mark in live if mark.span.end > start]
            here = Span(start, end)
            over = sorted(live, key=lambda mark: (len(mark.span), mark.number))
            segments.append(
                Segment(
                    number=number,
                    text=here.of(text),
                    marks=tuple(over),
                    is_boilerplate=_is_within(boilerplate, here),
                )
            )
            number += 1
            start = end
        blocks.append(Block(tuple(segments)))
    return tuple(blocks)


def _is_within(spans: Sequence[Span], here: Span) -> bool:
    """Whether `here`, which no bound of `spans` cuts, lies in one of them; `spans` are in order, not touching."""
    before = bisect_right(spans, here.start, key=attrgetter("start"))
    return before > 0 and spans[before - 1].end > here.start
