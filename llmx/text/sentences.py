"""Sentences: where they start and end.

A *sentence* is a run of words up to an ender (`.`, `?`, `。`, `؟` …), or a line that is a heading or a list item. A
line break inside a paragraph whose lines were wrapped at a fixed width is white space, not a boundary. Sentences cover
all text that is not white space, in order and without overlap. Nothing here tells boilerplate from article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from llmx.text.abbreviations import MONTHS_AFTER_ORDINAL, NEVER_LAST, OFTEN_LAST, OPENERS, WORDS_WHEN_SMALL
from llmx.text.span import Span

_CLOSING = "\"”’»›'）)\\]〉》」』】〕*"
_OPENING = "\"“„‟‘‚«‹'（(\\[〈《「『【〔¿¡*"
_END = re.compile(rf"(?P<mark>[.!?…؟۔।॥։።။。！？｡]++)(?P<closing>[{_CLOSING}]*+)(?P<space>\s*+)")
_WIDE = frozenset("。！？｡")
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_LIST_ITEM = re.compile(r"\s*(?:[•·●▪■◦‣⁃*►▶–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-zA-Z][)]\s)")
_ENDED = re.compile(rf"[.!?…:;؟۔।॥։።။。！？：；｡][{_CLOSING}]*\s*$")
_WORD_BEFORE = re.compile(r"[^\s\"“”‘(\[«]++$")
_NEXT_WORD = re.compile(rf"[{_OPENING}]*([\w’'-]*)")

_WIDEST_WRAP = 110
_NARROWEST_WRAP = 40
_WRAP_SLACK = 6
_LONGEST_ABBREVIATION = 24
_LONGEST_ORDINAL = 2


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text`, in order, without the white space between them.

    Args:
        text: Any text; empty is allowed.

    Returns:
        Spans that do not overlap, each with a non-space first and last code point, and together holding every code
        point that is not white space.
    """
    return tuple(sentence for block in _blocks(text) for sentence in _sentences_of(text, block))


def _blocks(text: str) -> Iterator[Span]:
    """Runs of lines that belong together: one heading, one list item, or one paragraph."""
    lines = [span for found in _LINE.finditer(text) if (span := _trimmed(text, *found.span())) is not None]
    wrap = _wrap_width(text, lines)
    start = 0
    for here in range(1, len(lines) + 1):
        if here == len(lines) or not _continues(text, lines[here - 1], lines[here], wrap=wrap):
            if start < here:
                yield Span(lines[start].start, lines[here - 1].end)
            start = here


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return None
    left = start + len(piece) - len(piece.lstrip())
    return Span(left, left + len(inner))


def _wrap_width(text: str, lines: Sequence[Span]) -> int | None:
    """The width at which the lines of `text` were wrapped, or `None` where they were not."""
    short = [len(line) for line in lines if len(line) <= _WIDEST_WRAP]
    if not short or 5 * sum(short) < 4 * sum(len(line) for line in lines):
        return None
    width = max(short)
    if width < _NARROWEST_WRAP:
        return None
    inner = [
        _fills(text, above, below, width)
        for above, below in pairwise(lines)
        if _is_next_line(text, above, below) and not _ENDED.search(text, above.end - 4, above.end)
    ]
    return width if inner and 5 * sum(inner) >= 3 * len(inner) else None


def _fills(text: str, above: Span, below: Span, width: int) -> bool:
    """Whether the first word of `below` would not have fitted on the line of `above`."""
    word = text.find(" ", below.start, below.end)
    first = (word if word >= 0 else below.end) - below.start
    if not text[below.start].isascii() and word < 0:
        first = 1
    return len(above) + 1 + first > width - _WRAP_SLACK


def _is_next_line(text: str, above: Span, below: Span) -> bool:
    """Whether only one line break stands between the two."""
    between = text[above.end : below.start]
    return between.replace("\r\n", "\n").strip(" \t\xa0\u3000") in {"\n", "\r", "\v", "\x85", "\u2028"}


def _continues(text: str, above: Span, below: Span, *, wrap: int | None) -> bool:
    """Whether `below` goes on with the paragraph of `above`."""
    if not _is_next_line(text, above, below) or _LIST_ITEM.match(text, below.start, below.end):
        return False
    if text[below.start].islower() and not _ENDED.search(text, max(above.start, above.end - 8), above.end):
        return True
    return wrap is not None and len(above) <= _WIDEST_WRAP and _fills(text, above, below, wrap)


def _sentences_of(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for found in _END.finditer(text, block.start, block.end):
        end = found.end()
        if end < block.end and _is_boundary(text, found, start):
            yield Span(start, found.end("closing"))
            start = end
    if start < block.end:
        yield Span(start, block.end)


def _is_boundary(text: str, found: re.Match[str], start: int) -> bool:
    mark, closing, space = found.groups()
    end = found.end()
    if mark[-1] in _WIDE:
        return not (closing and text[end] in "とって")
    if not space:
        return False
    opened = _NEXT_WORD.match(text, end, min(len(text), end + 40))
    word = opened[1] if opened else ""
    if not word or not _may_open(word):
        return False
    if mark != "." or closing not in {"", ")", "]"}:
        return True
    before = _WORD_BEFORE.search(text, max(start, found.start() - _LONGEST_ABBREVIATION), found.start())
    return before is None or not _is_abbreviation(before[0], word, at_start=before.start() == start)


def _may_open(word: str) -> bool:
    """Whether a sentence may start with `word`: not with a small letter, save in names such as `al-Assad`, `iPhone`."""
    return not word[0].islower() or word.startswith(("al-", "el-")) or word[1:2].isupper()


def _is_abbreviation(before: str, following: str, *, at_start: bool) -> bool:
    """Whether the full stop behind `before` belongs to an abbreviation and no sentence ends there."""
    stem = before.rstrip(".").strip("“\"'(")
    low = stem.casefold()
    if at_start and stem.isdecimal():
        return True
    if stem.islower() and low in WORDS_WHEN_SMALL and not following[0].isdecimal():
        return False
    if low in NEVER_LAST:
        return True
    if stem.isdecimal():
        return len(stem) <= _LONGEST_ORDINAL and following in MONTHS_AFTER_ORDINAL
    initials = (len(stem) == 1 and stem.isalpha() and (stem.isupper() or not stem.isascii())) or _is_dotted(stem)
    if initials or low in OFTEN_LAST:
        return following not in OPENERS
    return False


def _is_dotted(stem: str) -> bool:
    """Whether `stem` is like `U.S` or `a.m`: single letters parted by full stops."""
    parts = stem.split(".")
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts)
