"""Layout: how an article stands in a prompt, its sentences numbered and its text fenced.

A *fence* is a line of tildes that is longer than every run of tildes in the text it encloses, so that nothing in the
text can close it. No sentence is changed on the way: only numbers are put in front, and sentences that are boilerplate
are left out, since nothing in them is evidence.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from llmx.document import Document
from llmx.text.span import Span

_TILDES = re.compile("~+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SHORTEST_FENCE = 6


def fence_for(*texts: str) -> str:
    """A line of tildes that stands in none of `texts`."""
    longest = max((len(run) for text in texts for run in _TILDES.findall(text)), default=0)
    return "~" * max(_SHORTEST_FENCE, longest + 1)


def numbered(document: Document, *, within: Span | None = None) -> str:
    """The document's sentences, each behind its number, as in `[12] The minister said so.` on a line of its own.

    Args:
        document: The document.
        within: Only the sentences that start in this span.
    """
    wanted = [
        number
        for number, span in enumerate(document.sentences)
        if (within is None or within.start <= span.start < within.end) and not _is_boilerplate(document, span)
    ]
    return numbered_sentences(document, wanted)


def numbered_sentences(document: Document, indices: Collection[int]) -> str:
    """The sentences at `indices` (from 0), in the document's order, paragraphs parted by an empty line."""
    lines: list[str] = []
    before: Span | None = None
    for index in sorted(indices):
        span = document.sentences[index]
        if before is not None and "\n" in document.text[before.end : span.start]:
            lines.append("")
        lines.append(f"[{index + 1}] {sendable(span.of(document.text))}")
        before = span
    return "\n".join(lines)


def sendable(text: str) -> str:
    """`text` with lone surrogates, which no encoding can carry, as U+FFFD; every other character as it is."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _is_boilerplate(document: Document, span: Span) -> bool:
    return any(part.contains(span) for part in document.boilerplate)
