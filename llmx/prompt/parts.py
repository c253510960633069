"""Parts: a long document in windows that a model can read one at a time.

A *window* holds whole paragraphs, and whole sentences where one paragraph is longer than a window. Windows do not
overlap: each sentence is read for extraction once. What stands before a window is shown with it as context, so that
pronouns and first names have something to refer to. Sentence numbers are the document's in every window.
"""

from __future__ import annotations

from dataclasses import dataclass

from llmx.document import Document
from llmx.text.span import Span

CONTEXT_CHARS = 1_200
"""About how much of the document is shown before a window."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a long document, as it is asked.

    Attributes:
        span: Where it stands in the document.
        number: Which part it is, from 1.
        of: How many there are.
        before: The span of the sentences shown before it as context; nothing is extracted from them.
    """

    span: Span
    number: int
    of: int
    before: Span | None = None


def split(document: Document, *, window_chars: int) -> tuple[Part, ...]:
    """The parts of `document`, in order; none where it fits into one window.

    Args:
        document: The document.
        window_chars: About how many code points a part has; a sentence longer than that is a part of its own.
    """
    if len(document.text) <= window_chars:
        return ()
    windows: list[Span] = []
    for paragraph in _paragraphs(document):
        pieces = [paragraph] if len(paragraph) <= window_chars else _pieces(document, paragraph, window_chars)
        for piece in pieces:
            if windows and piece.end - windows[-1].start <= window_chars:
                windows[-1] = Span(windows[-1].start, piece.end)
            else:
                windows.append(piece)
    return tuple(
        Part(span=span, number=number, of=len(windows), before=_context(document, span))
        for number, span in enumerate(windows, start=1)
    )


def _paragraphs(document: Document) -> list[Span]:
    """Runs of sentences without an empty line between them."""
    found: list[Span] = []
    for sentence in document.sentences:
        gap = document.text[found[-1].end : sentence.start] if found else ""
        if found and gap.count("\n") < 2:  # noqa: PLR2004 - one line break wraps, two part
            found[-1] = Span(found[-1].start, sentence.end)
        else:
            found.append(sentence)
    return found


def _pieces(document: Document, paragraph: Span, window_chars: int) -> list[Span]:
    """A paragraph that is too long, cut between sentences."""
    found: list[Span] = []
    for sentence in document.sentences[document.sentence_index(paragraph) :]:
        if sentence.start >= paragraph.end:
            break
        if found and sentence.end - found[-1].start <= window_chars:
            found[-1] = Span(found[-1].start, sentence.end)
        else:
            found.append(sentence)
    return found


def _context(document: Document, span: Span) -> Span | None:
    """The sentences before `span`, as many as fit."""
    start = span.start
    for sentence in reversed(document.sentences[: document.sentence_index(span)]):
        if span.start - sentence.start > CONTEXT_CHARS:
            break
        start = sentence.start
    return Span(start, span.start) if start < span.start else None
