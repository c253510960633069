"""Guarding: why a quote that nearly stands in a text does not.

Compares the words of a quote with the part of the text that comes nearest to it, and names the difference that weighs
most: a negation, a number, a date, a unit, a hedge, a name; or plainly other words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from llmx.text.align import Anchor
from llmx.text.refusal import Refusal
from llmx.text.span import Span
from llmx.text.wordlists import CALENDAR, CALENDAR_STEMS, COMPARATORS, HEDGES, NEGATIONS, NUMBER_STEMS, NUMBER_WORDS
from llmx.text.words import Words, is_number, is_unit

_Nature = Literal["negation", "calendar", "number", "year", "unit", "comparator", "hedge"]
_WEIGHT = (
    Refusal.NEGATION,
    Refusal.NUMBER,
    Refusal.DATE,
    Refusal.UNIT,
    Refusal.HEDGE,
    Refusal.NAME,
    Refusal.MISSING,
)
_SMALL_TOO = frozenset(("may", "march", "mar", "sat", "sun", "dec"))
_LONGEST_NAME = 2
_LONGEST_CHANGE = 5
_FEW_CHANGES = 1
_MANY = 5
_MARGIN = 3
_SHARED_OF_QUOTE = 0.5
_NEAR_OF_QUOTE = 0.34
_FEWEST_SHARED = 2
_EARLIEST_YEAR, _LATEST_YEAR = 1500, 2150


class Difference(NamedTuple):
    """What keeps a quote from its nearest text.

    Attributes:
        reason: What differs.
        detail: Both sides in words, with the place in the text.
        nearest: The nearest text; `None` where nothing is near.
    """

    reason: Refusal
    detail: str
    nearest: Span | None


def difference(offered: Words, words: Words, candidates: Sequence[Anchor]) -> Difference:
    """Why `offered` is refused, told from the best of `candidates`."""
    missing = Refusal.MISSING
    if not candidates:
        return Difference(missing, f"{missing}: nothing like it stands in the text", None)
    anchor = candidates[0]
    count = len(offered.forms)
    if count > _MANY and anchor.votes == 1:
        return Difference(missing, f"{missing}: nothing like it stands in the text", None)
    start, stop = _window(offered, words, anchor)
    codes = list(Levenshtein.opcodes(offered.forms, words.forms[start:stop]))
    equal = [code for code in codes if code.tag == "equal"]
    shared = sum(code.src_end - code.src_start for code in equal)
    if not equal or shared < max(1, min(_FEWEST_SHARED, count - 1)) or shared < _NEAR_OF_QUOTE * count:
        return Difference(missing, f"{missing}: nothing like it stands in the text", None)
    first, last = start + equal[0].dest_start, start + equal[-1].dest_end - 1
    changes: list[tuple[Refusal, tuple[int, int, int, int]]] = []
    for code in codes:
        if code.tag == "equal" or (code.tag == "insert" and code.src_start in {0, count}):
            continue
        change = (code.src_start, code.src_end, start + code.dest_start, start + code.dest_end)
        changes.append((_kind(offered, words, change), change))
        if code.tag == "replace":
            first, last = min(first, change[2]), max(last, change[3] - 1)
    nearest = words.span(first, last)
    if not changes or shared < _SHARED_OF_QUOTE * count:
        return Difference(missing, f"{missing}: the text at {nearest.start}:{nearest.end} comes nearest", nearest)
    reason, change = min(changes, key=lambda pair: (_WEIGHT.index(pair[0]), pair[1]))
    return Difference(reason, _told(reason, offered, words, change), nearest)


def _window(offered: Words, words: Words, anchor: Anchor) -> tuple[int, int]:
    """The words of the text to compare with: as many as the quote has, or a few more where words were dropped."""
    count = len(offered.forms)
    start = max(0, anchor.found - anchor.offered)
    stop = min(len(words.forms), anchor.found - anchor.offered + count)
    wide_start, wide_stop = max(0, start - _MARGIN), min(len(words.forms), stop + _MARGIN)
    narrow = Levenshtein.distance(offered.forms, words.forms[start:stop])
    if narrow <= _FEW_CHANGES:
        return start, stop
    wide = Levenshtein.distance(offered.forms, words.forms[wide_start:wide_stop])
    return (wide_start, wide_stop) if wide - (start - wide_start) - (wide_stop - stop) < narrow - 1 else (start, stop)


def _kind(offered: Words, words: Words, change: tuple[int, int, int, int]) -> Refusal:
    """What the words of one change say."""
    one_start, one_end, other_start, other_end = change
    here = [*offered.forms[one_start:one_end], *words.forms[other_start:other_end]]
    if len(here) > 2 * _LONGEST_CHANGE:
        return Refusal.MISSING
    capitals = [
        *map(offered.is_capital, range(one_start, one_end)),
        *map(words.is_capital, range(other_start, other_end)),
    ]
    natures = [*map(_natures, here)]
    said = frozenset[_Nature]().union(*natures)
    if "negation" in said:
        return Refusal.NEGATION
    if "calendar" in said and any(
        "calendar" in nature and (capital or form not in _SMALL_TOO)
        for form, nature, capital in zip(here, natures, capitals, strict=True)
    ):
        return Refusal.DATE
    if "number" in said or "comparator" in said:
        beside = [*words.forms[max(0, other_start - 2) : other_start], *words.forms[other_end : other_end + 2]]
        around = said.union(*map(_natures, beside))
        if "number" in said:
            return Refusal.DATE if "calendar" in around or "year" in said else Refusal.NUMBER
        if "unit" not in said and "number" in around:
            return Refusal.NUMBER
    if "unit" in said:
        return Refusal.UNIT
    if "hedge" in said or "comparator" in said:
        return Refusal.HEDGE
    is_left_out = one_start == one_end and len(here) > _LONGEST_NAME
    return Refusal.NAME if any(capitals) and not is_left_out else Refusal.MISSING


def _told(reason: Refusal, offered: Words, words: Words, change: tuple[int, int, int, int]) -> str:
    one_start, one_end, other_start, other_end = change
    quoted = offered.span(one_start, one_end - 1).of(offered.folded.source) if one_start < one_end else "nothing"
    if other_start < other_end:
        place = words.span(other_start, other_end - 1)
        return f"{reason}: quote {quoted}, text {place.of(words.folded.source)} at {place.start}:{place.end}"
    at = words.span(max(0, other_start - 1), max(0, other_start - 1)).end
    return f"{reason}: quote {quoted}, text nothing at {at}:{at}"


@lru_cache(maxsize=4096)
def _natures(form: str) -> frozenset[_Nature]:
    """What a word says besides being a word."""
    found: set[_Nature] = set()
    if form in NEGATIONS or form.endswith("n't"):
        found.add("negation")
    if form in CALENDAR or form.startswith(CALENDAR_STEMS):
        found.add("calendar")
    if is_number(form) or form in NUMBER_WORDS or form.startswith(NUMBER_STEMS):
        found.add("number")
    if _is_year(form):
        found.add("year")
    if is_unit(form) or form == "%":
        found.add("unit")
    if form in COMPARATORS:
        found.add("comparator")
    if form in HEDGES:
        found.add("hedge")
    return frozenset(found)


def _is_year(form: str) -> bool:
    return form.isdecimal() and _EARLIEST_YEAR <= int(form[:9]) <= _LATEST_YEAR
