"""Quotations: what stands between quotation marks.

A quotation opens and closes within its paragraph; one that is not closed runs to the paragraph's end, as in speech of
several paragraphs. In a hard-wrapped text only empty lines part paragraphs. Apostrophes open nothing.
"""

from __future__ import annotations

import re

from llmx.text.span import Span

_MARK = re.compile(
    r"(?=[“”„«»\"‟‘’'\n])(?:[“”„«»\"‟]|''|(?<![\w’'])[‘'](?=\w)|(?<=[\w.,!?;…])[’'](?!\w)|\n[^\S\n]*\n\s*|\n)"
)
_LINE_END = re.compile(r"(\S)[^\S\n]*\n(?=[^\S\n]*\S)")
_SEEN_LINES = 200
_WRAPPED_SHARE = 0.4
_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "''": "''", "‘": "’'", "'": "’'", "‟": "”", "”": "”"}
_DOUBLE = frozenset([*'“„«"‟', "''"])
"""Marks that only quote; two apostrophes are one of them."""


def find_quotations(text: str) -> tuple[Span, ...]:
    """The quotations of `text` with their marks, in order; those inside another one are left out."""
    found: list[Span] = []
    opened: tuple[int, str] | None = None
    wrapped: bool | None = None
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark.startswith("\n"):
            if opened is None:
                continue
            if mark == "\n":
                wrapped = _is_wrapped(text) if wrapped is None else wrapped
                if wrapped:
                    continue
            if opened[1] in _DOUBLE:
                found.append(Span(opened[0], match.start()))
            opened = None
        elif opened is None:
            if mark in _CLOSING and mark not in "”’»":
                opened = (match.start(), mark)
        elif mark in _CLOSING[opened[1]] and len(mark) == len(opened[1]):
            found.append(Span(opened[0], match.end()))
            opened = None
        elif opened[1] in "‘'" and mark in _DOUBLE:
            opened = (match.start(), mark)
    if opened is not None and opened[1] in _DOUBLE:
        found.append(Span(opened[0], len(text)))
    return tuple(found)


def _is_wrapped(text: str) -> bool:
    """Whether lines end in the middle of sentences."""
    ends = [found.group(1) for found, _ in zip(_LINE_END.finditer(text), range(_SEEN_LINES), strict=False)]
    inside = sum(end.isalnum() or end in ",;-–" for end in ends)
    return inside > _WRAPPED_SHARE * len(ends)
