"""Elision: quotes that leave words out and say so (`A … B`, `A [...] B`).

Every part must stand in the text, in the order of the quote and near enough to the one before. What is left out may not
turn the meaning: a negation just beside a part, within the same sentence, is never left out, nor is a hedge or a
comparator directly before one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from llmx.text.refusal import Refusal
from llmx.text.span import Span
from llmx.text.wordlists import COMPARATORS, HEDGES, NEGATES_ONLY_IN, NEGATIONS, NUMBER_WORDS
from llmx.text.words import MARKS

_ELLIPSIS = re.compile(r"\s*(?:[\[(]\s*(?:\.{2,}|…)\s*[\])]|…+|\.{3,}|(?:\.\s){2,}\.)\s*")
_SENTENCE_END = re.compile(r"[.!?。！？؟۔।][\"”’»')\]]*(?:\s|$)|\n\s*\n")
_MEANS = re.compile(
    rf"[{MARKS}]|[^\W_\u02bb-\u02bf\u0640\u06e5\u06e6\ufcf2-\ufcf4\ufe71-\ufe7f]|[%$€£¥₺₽₪₹°±+=<>~≈≥≤×@#§&]"
)
_WORD = re.compile(r"[^\s.,;:!?¿¡()\[\]{}\"“”„«»…،؛。、，]+")

_UNSPACED_AFTER = re.compile(r"[\u3041-\u309f]{0,3}?(な[いかく]|ません|ず|ぬ)")
_UNSPACED_BEFORE = re.compile(r"([不没沒未無无非莫勿][\u3400-\u9fff]{0,2})\Z")
"""Negations written at the part that they negate: behind it in Japanese, before it in Chinese."""

_WRITTEN_AT_WORDS = ("n'", "않", "없", "못", "아니")
"""Negations that a word begins with, in French and Korean."""

MOST_PARTS = 20
"""Parts of one quote that are followed; nobody quotes a text in more."""

MOST_LEFT_OUT = 2000
"""Code points that one mark may stand for."""

_BESIDE = 3
_LEADING = re.compile(r"([^\W\d_]+)(?:\s+(?:be|been|have|has|had|to|than|als|de|que))*\s+\Z")
"""The last word of what is left out that means something."""
_NO_HEDGES = frozenset({"als", "naar", "se", "si", "tal", "wurde", "wurden", "قد"})
"""Hedges of one language that are plain words of another, or of one reading of two."""
_NUMBER = re.compile(rf"[^\w\s]?(?:\d|(?:{'|'.join(sorted(NUMBER_WORDS))})\b)", re.IGNORECASE)


def may_elide(text: str) -> bool:
    """Whether anything in `text` may be a mark of omission."""
    return "…" in text or ".." in text or ". ." in text


def parts_of(quote: str) -> tuple[str, ...]:
    """The parts of an elided quote, in order; one part where nothing is elided within."""
    if "…" not in quote and ".." not in quote and ". ." not in quote:
        return (quote,)
    pieces = (piece.strip() for piece in _ELLIPSIS.split(quote))
    return tuple(piece for piece in pieces if _MEANS.search(piece))


def chains(places: Sequence[Sequence[Span]], most: int, near: Span | None) -> list[tuple[Span, ...]]:
    """Every way to take one place of each part in order, the tightest for each place of the last part.

    Args:
        places: For each part its places in the text, sorted.
        most: How many to return at most.
        near: Where they are expected; of too many those are taken that begin nearest to it, else the first.
    """
    starts = [[span.start for span in options] for options in places]
    found: dict[int, tuple[Span, ...]] = {}
    for first in places[0]:
        chain = [first]
        for options, begins in zip(places[1:], starts[1:], strict=True):
            at = bisect_left(begins, chain[-1].end)
            if at == len(options) or begins[at] - chain[-1].end > MOST_LEFT_OUT:
                break
            chain.append(options[at])
        else:
            found[chain[-1].start] = tuple(chain)
    ordered = list(found.values())
    if len(ordered) <= most:
        return ordered
    start = 0 if near is None else bisect_left(ordered, near.start, key=lambda chain: chain[0].start) - most // 2
    start = max(0, min(start, len(ordered) - most))
    return ordered[start : start + most]


def hidden_word(text: str, chain: Sequence[Span], language: str) -> tuple[Refusal, str] | None:
    """What the marks of a chain leave out although a part hangs on it, within one sentence; `None` without any.

    A negation beside a part, a hedge that leads directly to the next part (`reportedly | paid`), a comparator before
    its number (`less than | 2 per cent`).
    """
    for left, right in pairwise(chain):
        gap = text[left.end : right.start]
        beside = _UNSPACED_AFTER.match(gap) or _UNSPACED_BEFORE.search(gap)
        if beside is not None:
            return Refusal.NEGATION, beside[1]
        if _SENTENCE_END.search(gap):
            continue
        words = [word.casefold().replace("’", "'").strip("'-–—") for word in _WORD.findall(gap)]
        for word in (*words[:_BESIDE], *words[-_BESIDE:]):
            if _negates(word, language):
                return Refusal.NEGATION, word
        leading = _LEADING.search(gap)
        if leading is None:
            continue
        word = leading[1].casefold()
        if word in COMPARATORS and _NUMBER.match(text, right.start):
            return Refusal.NUMBER, word
        if word in HEDGES and word not in _NO_HEDGES and not leading[1].istitle():
            return Refusal.HEDGE, word
    return None


def _negates(word: str, language: str) -> bool:
    if word in NEGATES_ONLY_IN:
        return language in NEGATES_ONLY_IN[word]
    return word in NEGATIONS or word.endswith("n't") or word.startswith(_WRITTEN_AT_WORDS)
