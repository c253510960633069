"""Quotations: what stands between quotation marks.

A quotation opens and closes within its paragraph; one that is not closed runs to the paragraph's end, as in speech of
several paragraphs. Apostrophes open nothing.
"""

from __future__ import annotations

import re

from llmx.text.span import Span

_MARK = re.compile(r"[“”„«»\"‟]|''|(?<![\w’'])[‘'](?=\w)|(?<=[\w.,!?;…])[’'](?!\w)|\n\s*\n|\n")
_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "''": "''", "‘": "’'", "'": "’'", "‟": "”", "”": "”"}
_DOUBLE = frozenset([*'“„«"‟', "''"])
"""Marks that only quote; two apostrophes are one of them."""


def find_quotations(text: str) -> tuple[Span, ...]:
    """The quotations of `text` with their marks, in order; those inside another one are left out."""
    found: list[Span] = []
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark.startswith("\n"):
            if opened is not None and opened[1] in _DOUBLE:
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
