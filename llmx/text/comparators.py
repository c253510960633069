"""Comparators: the words before and behind a number that bound it: over, at least, up to, or so."""

from __future__ import annotations

import re

from llmx.text.caseless import caseless
from llmx.text.number_words import (
    ABOUT_IS_A_PREPOSITION,
    AFTER,
    BEFORE,
    FILLERS,
    OVER_IS_A_PREPOSITION,
    Comparator,
)

_LEFT_WORDS = re.compile(r"[^\W\d_]++(?:['’.-][^\W\d_]++)*+\Z")
_AFTER = re.compile(r"\s*(\+)|[\s,(-]*\b(" + "|".join(sorted(AFTER, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_WINDOW = 48
_LONGEST = 5
_ENDINGS = frozenset(
    " ".join(words[first:]) for words in map(str.split, (*BEFORE, *FILLERS)) for first in range(len(words))
)
"""What the comparators and fillers end in, of one word or more: what is none of them leads to none."""


def comparator_after(text: str, end: int) -> tuple[int, Comparator]:
    """Where the comparator behind a number ends, and what it is; `exact` where there is none."""
    found = _AFTER.match(text, end)
    if found is None:
        return end, "exact"
    word = found.group(2)
    return found.end(), "at_least" if word is None else AFTER[" ".join(caseless(word).split())]


def comparator_before(text: str, start: int) -> tuple[int, Comparator]:
    """Where the comparator before a number starts, and what it is; `exact` where there is none."""
    window = text[max(0, start - _WINDOW) : start]
    stripped = window.rstrip("$€£¥US")
    if not stripped or not (stripped[-1].isspace() or stripped[-1] in "~≈><≥≤("):
        return start, "exact"
    tail = stripped.rstrip()
    base = start - len(window)
    if tail[-1:] in "~≈" and tail:
        return base + len(tail) - 1, "about"
    if tail[-1:] in "><≥≤" and tail:
        signs: dict[str, Comparator] = {">": "more_than", "<": "fewer_than", "≥": "at_least", "≤": "at_most"}
        return base + len(tail) - 1, signs[tail[-1]]
    found_at, found = start, "exact"
    position = len(tail)
    for _ in range(3):
        at, phrase = _phrase_at_end(tail, position)
        if phrase is None:
            break
        if phrase in BEFORE:
            if _is_preposition(tail, at, phrase):
                break
            found_at, found = base + at, BEFORE[phrase]
        position = len(tail[:at].rstrip())
    return found_at, found


def _phrase_at_end(tail: str, end: int) -> tuple[int, str | None]:
    """The longest comparator or filler that ends at `end`, and where it starts."""
    words: list[str] = []
    position = end
    best: tuple[int, str | None] = (end, None)
    while len(words) < _LONGEST:
        found = _LEFT_WORDS.search(tail, max(0, position - 16), position)
        if found is None:
            break
        words.insert(0, found.group().lower().rstrip("."))
        phrase = " ".join(words)
        if phrase not in _ENDINGS:
            break
        if phrase in BEFORE or phrase in FILLERS:
            best = (found.start(), phrase)
        position = found.start()
        trimmed = len(tail[:position].rstrip())
        if trimmed in {0, position}:
            break
        position = trimmed
    return best


def _is_preposition(tail: str, at: int, phrase: str) -> bool:
    before = _LEFT_WORDS.search(tail[:at].rstrip())
    word = before.group().lower() if before is not None else ""
    if phrase == "about":
        return word in ABOUT_IS_A_PREPOSITION
    return phrase in ("over", "under", "above", "beyond") and word in OVER_IS_A_PREPOSITION
