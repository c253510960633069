"""Boilerplate: parts of a page's text that are not the article. Nothing in them is evidence.

Two kinds: single lines anywhere (share bars, teasers of other articles, newsletter prompts, lines of bullets or numbers
alone), and the *tail*: everything from the line where the article is over (comment rules, the author's biography below
a share bar). Lines are judged by form alone, so a line that reads like prose is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmx.text.boilerplate_patterns import (
    BIOGRAPHY,
    BULLET,
    HEAD,
    JUNK,
    LONGEST_BIOGRAPHY,
    LONGEST_LINE,
    PROMPT,
    SHARE,
    TAIL,
    TAIL_IF_LAST,
    TEASER,
)
from llmx.text.span import Span

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]*[^\s][^\n\r\v\f\x85\u2028\u2029]*")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"”’»')\]]*$")
_SHORTEST_PROSE = 60
_LONGEST_LABEL = 45
_LONGEST_HEADLINE = 120
_HEAD_LINES = 6


def find_boilerplate(text: str) -> tuple[Span, ...]:
    """The spans of `text` that are not the article, in order, not touching.

    Args:
        text: Any text; empty is allowed.

    Returns:
        Spans of whole lines without the white space around them; neighbouring ones are one span.
    """
    lines = [_trim(text, found) for found in _LINE.finditer(text)]
    words = [text[line.start : line.end] if len(line) <= LONGEST_BIOGRAPHY else "" for line in lines]
    tail = _tail(lines, words)
    flagged = [index < tail and _is_boilerplate_line(words[index]) for index in range(len(lines))]
    for index in range(tail, len(lines)):
        flagged[index] = True
    for index in range(min(_HEAD_LINES, len(lines))):
        flagged[index] = flagged[index] or HEAD.match(words[index]) is not None
    _flag_teaser_lists(text, lines, words, flagged)
    _flag_closing_biographies(words, flagged, tail)
    return tuple(_merged(lines, flagged))


def _trim(text: str, found: re.Match[str]) -> Span:
    start, end = found.span()
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, start + left + len(piece.strip()))


def _is_boilerplate_line(line: str) -> bool:
    """Whether `line` alone is a share bar, a teaser, a prompt, or bullets and numbers."""
    if not line or len(line) > LONGEST_LINE:
        return False
    bullet = BULLET.match(line)
    if bullet and SHARE.match(line, bullet.end()):
        return True
    return any(kind.match(line) for kind in (JUNK, SHARE, TEASER, PROMPT, TAIL, TAIL_IF_LAST))


def _is_prose(line: Span, words: str) -> bool:
    return len(line) >= _SHORTEST_PROSE and (not words or _SENTENCE_END.search(words) is not None)


def _tail(lines: Sequence[Span], words: Sequence[str]) -> int:
    """The index of the first line behind the article's end; the number of lines where the article is never over.

    A sure marker ends the article. A likely one does when nothing behind it, up to a sure marker or the end, reads
    like an article. Neither does before the article has begun.
    """
    begun = next((index for index, line in enumerate(lines) if _is_prose(line, words[index])), len(lines))
    likely: int | None = None
    for index in range(begun + 1, len(lines)):
        line = words[index]
        if not line:
            likely = None
        elif TAIL.match(line):
            return index if likely is None else likely
        elif TAIL_IF_LAST.match(line) or SHARE.match(line):
            likely = index if likely is None else likely
        elif likely is not None and not _goes_with_tail(line):
            likely = None
    return len(lines) if likely is None else likely


def _goes_with_tail(line: str) -> bool:
    """Whether `line` may stand between a likely end of the article and a sure one."""
    short = len(line) <= _LONGEST_LABEL and _SENTENCE_END.search(line) is None
    return short or _is_boilerplate_line(line) or BIOGRAPHY.match(line) is not None


def _flag_teaser_lists(text: str, lines: Sequence[Span], words: Sequence[str], flagged: list[bool]) -> None:
    """Flag the headlines right below a label such as "Related articles", without a blank line between."""
    in_list = False
    for index, line in enumerate(words):
        is_label = flagged[index] and len(line) <= _LONGEST_LABEL and TEASER.match(line) is not None
        gap = text[lines[index - 1].end : lines[index].start] if index else ""
        goes_on = in_list and gap.count("\n") == 1 and 0 < len(line) <= _LONGEST_HEADLINE and not line.endswith(".")
        in_list = is_label or goes_on
        flagged[index] = flagged[index] or goes_on


def _flag_closing_biographies(words: Sequence[str], flagged: list[bool], tail: int) -> None:
    """Flag the author's biography where it is the last thing of the article, or follows nothing but boilerplate."""
    for index in range(tail - 1, max(-1, tail - 4), -1):
        if not flagged[index]:
            if index == 0 or not BIOGRAPHY.match(words[index]):
                return
            flagged[index] = True


def _merged(lines: Sequence[Span], flagged: Sequence[bool]) -> Iterator[Span]:
    open_span: Span | None = None
    for line, is_flagged in zip(lines, flagged, strict=True):
        if is_flagged:
            open_span = line if open_span is None else open_span.hull(line)
        elif open_span is not None:
            yield open_span
            open_span = None
    if open_span is not None:
        yield open_span
