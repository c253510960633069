"""Ranges: long quotes that are offered by their ends.

`12|first words ~ last words` means everything from the first words to the next place where the last words stand. Both
ends are located like any quote, and what stands between them is taken from the document: a range shortens an answer
and adds nothing to it. An article that itself holds the words with the tilde is meant literally.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from llmx.document import Document
from llmx.ground.quotes import Offered
from llmx.text.locate import Index
from llmx.text.span import Span

_BETWEEN = re.compile(r"\s+~\s+")
LONGEST_RANGE = 1_500
"""Code points; ends further apart belong to different passages."""


def unfold(offered: Offered, document: Document, index: Index) -> Offered:
    """The quote in full, where it was offered by its ends; any other quote as it came.

    Where one end does not stand in the document, that end alone is given back, so that it is refused by its own words.
    """
    if "~" not in offered.words:
        return offered
    ends = [end for end in _BETWEEN.split(offered.words) if end]
    if len(ends) < 2:  # noqa: PLR2004 - a first and a last end
        return offered
    if "~" in document.text and _places(index, offered.words):
        return offered
    first, last = ends[0], ends[-1]
    told = _told_range(first.strip(), last.strip(), offered.sentence, document, index)
    if told is not None:
        return Offered(words=told.of(document.text), start=told.start, raw=offered.raw)
    starts, stops = _places(index, first), _places(index, last)
    if not starts or not stops:
        return offered._replace(words=last if starts else first, raw=offered.words)
    for start in _by_nearness(starts, offered.sentence, document):
        found = _range_from(start, stops)
        if found is not None:
            return Offered(words=found.of(document.text), start=found.start, raw=offered.raw)
    return offered._replace(words=first, raw=offered.words)


def sentence_reach(number: int | None, document: Document) -> tuple[int, int] | None:
    """Where the sentence with this number starts, and where the next one does; `None` where there is no such sentence.

    Whatever starts in between starts in that sentence: see `Document.sentence_index`.
    """
    sentences = document.sentences
    if number is None or not 1 <= number <= len(sentences):
        return None
    start = sentences[number - 1].start if number > 1 else 0
    return start, sentences[number].start if number < len(sentences) else len(document.text)


def _told_range(first: str, last: str, number: int | None, document: Document, index: Index) -> Span | None:
    """The range where both ends stand as they were written, the first in the sentence that was told.

    Most ranges are of this kind, and need no search of the whole text; `None` leaves it to the search.
    """
    reach = sentence_reach(number, document)
    start = index.first(first, *reach) if reach is not None else None
    if start is None:
        return None
    stop = index.first(last, start.end, start.start + LONGEST_RANGE - len(last) + 1)
    return Span(start.start, stop.end) if stop is not None else None


def _places(index: Index, words: str) -> tuple[Span, ...]:
    match = index.locate(words)
    return match.candidates or ((match.span,) if match.span else ())


def _range_from(start: Span, stops: Sequence[Span]) -> Span | None:
    """From `start` to the next of `stops` behind it, or `None` where there is none near enough."""
    behind = bisect_left(stops, start.end, key=lambda stop: stop.start)
    if behind == len(stops) or stops[behind].end - start.start > LONGEST_RANGE:
        return None
    return Span(start.start, stops[behind].end)


def _by_nearness(starts: Sequence[Span], sentence: int | None, document: Document) -> Sequence[Span]:
    """The places, those nearest to the sentence with that number first; in their order where no number was told."""
    if sentence is None:
        return starts
    return sorted(starts, key=lambda span: (abs(document.sentence_index(span) - sentence + 1), span.start))
