"""Quotations: the spans between quotation marks.

Double marks pair within a paragraph; an opening one without a closing one runs to the paragraph's end, as in a
quotation of several paragraphs. Single marks count only where they open behind a space or a mark and close again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from llmx.text.span import Span

_MARK = re.compile(r"[“”\"„«»]|``|''")
_STRAIGHT = ('"', "''", "``")
# what may stand before an opening mark is asked behind it: a search for the mark itself is quick
_SINGLE = re.compile(
    r"(?:‘(?<![^\s(\[“\"—–:-]‘)(?=\S)[^‘’\n]{0,300}(?:’(?=[^\W_])[^‘’\n]{0,300}){0,8}’"
    r"|'(?<![^\s(\[“\"—–:-]')(?=[^\s'])[^'\n]{0,300}(?:'(?=[^\W_])[^'\n]{0,300}){0,8}'(?!'))(?![^\W_])"
)
_PARAGRAPH = re.compile(r"\n\s*\n|(?<=[.!?:”\"’')\]])[ \t]*\n|\n(?=\s*[“\"‘•*-])|\n(?=[^\n]{0,60}\n)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, the marks included.

    Attributes:
        span: From the opening mark to behind the closing one.
        closed: Whether it has its closing mark; one that has not goes on in the next paragraph, or should have ended.
        single: Whether the marks are single ones.
        nested: Whether it stands within another quotation.
    """

    span: Span
    closed: bool
    single: bool = False
    nested: bool = False


def paragraph_ends(text: str) -> tuple[int, ...]:
    """Where paragraphs end: at empty lines, and at line ends behind the end of a sentence; the last is the text's end.

    A line end within a sentence is a hard wrap and ends no paragraph.
    """
    return (*(found.start() for found in _PARAGRAPH.finditer(text)), len(text))


def find_quotations(text: str, ends: tuple[int, ...]) -> tuple[Quotation, ...]:
    """The quotations of `text`, in order of their starts.

    Args:
        text: Any text.
        ends: Where its paragraphs end, from `paragraph_ends`.
    """
    found: list[Quotation] = []
    start = 0
    for end in ends:
        found.extend(_double(text, start, end))
        start = end
    doubles = [one.span for one in found]
    at = 0
    for match in _SINGLE.finditer(text):
        span = Span(*match.span())
        while at < len(doubles) and doubles[at].end <= span.start:
            at += 1
        if at < len(doubles) and doubles[at].overlaps(span) and not doubles[at].contains(span):
            continue
        nested = at < len(doubles) and doubles[at].contains(span)
        found.append(Quotation(span, closed=True, single=True, nested=nested))
    return tuple(sorted(found, key=lambda one: (one.span.start, -one.span.end)))


def _double(text: str, start: int, end: int) -> list[Quotation]:
    """The quotations in double marks of one paragraph."""
    found: list[Quotation] = []
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        at = mark.start()
        if opened is None:
            if mark.group() in "”»" or (mark.group() in _STRAIGHT and not _can_open(text, mark.end())):
                continue
            opened = at
        elif mark.group() in "”»" or (mark.group() in _STRAIGHT and _can_close(text, at, mark.end())):
            found.append(Quotation(Span(opened, mark.end()), closed=True))
            opened = None
        elif mark.group() in "“„«" and not text[opened:at].count("\n"):
            # a second opening mark: the first was never closed
            found.append(Quotation(Span(opened, at), closed=False))
            opened = at
    if opened is not None:
        stop = start + len(text[start:end].rstrip())
        if stop > opened + 1:
            found.append(Quotation(Span(opened, stop), closed=False))
    return found


def _can_open(text: str, behind: int) -> bool:
    """Whether a straight mark that ends at `behind` can open: a word follows."""
    return behind < len(text) and not text[behind].isspace()


def _can_close(text: str, at: int, behind: int) -> bool:
    """Whether a straight mark from `at` to `behind` can close: no space before it, or one behind it."""
    return not text[at - 1].isspace() or behind >= len(text) or text[behind].isspace()
