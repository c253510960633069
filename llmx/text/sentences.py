"""Sentences: where they start and end."""

from __future__ import annotations

import re

from llmx.text.span import Span

_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘(\[A-Z0-9])|\n+")


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text`, in order, without the white space between them."""
    spans: list[Span] = []
    start = 0
    for cut in [*(found.span() for found in _END.finditer(text)), (len(text), len(text))]:
        piece = text[start : cut[0]]
        trimmed = piece.strip()
        if trimmed:
            at = start + piece.index(trimmed)
            spans.append(Span(at, at + len(trimmed)))
        start = cut[0] if text[cut[0] : cut[1]].strip() == "" else cut[0]
        start = cut[1] if text[cut[0] : cut[1]].strip() == "" else cut[0]
    return tuple(spans)
