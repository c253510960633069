"""Aligning: laying the words of a quote along the words of a text.

Two ways. *Sequence*: the same words in the same order. *Repair*: the same words but for a dropped small word, a
slip, or two words written as one; each within a small allowance, and never where meaning would change. What is not
allowed ends the alignment; why it ended is told in `guard`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from llmx.text.drops import may_drop
from llmx.text.slips import is_slip, may_be_name
from llmx.text.span import Span
from llmx.text.wordlists import COMPARATORS, HEDGES, NEGATIONS, NUMBER_WORDS
from llmx.text.words import Words, is_number

_SOFT = str.maketrans("", "", " ,;:.!'\"()[]{}-–—·•*_|/\\")
_FEWEST_WORDS = 3
_WORDS_PER_DROP = 15
_FEW_WORDS = 6
_LONGEST_PART = 2
_MOST_DAMAGED = 2

MOST_PLACES = 1000
"""Places of one quote that are told apart; a word such as "the" has more than anyone reads."""

_MOST_OCCURRENCES = 256
_MOST_ANCHORS = 4
_MOST_TRIALS = 48
_SLACK = 3


class Alignment(NamedTuple):
    """A quote laid along a text.

    Attributes:
        first: The text's word under the first word of the quote.
        last: The text's word under the last word of the quote.
        is_same: Whether all words and all punctuation between them are the same.
    """

    first: int
    last: int
    is_same: bool


class Anchor(NamedTuple):
    """One word of a quote that stands in the text: word `offered` of the quote at word `found` of the text.

    Attributes:
        votes: How many of the quote's rarest words stand where this anchor would put them.
    """

    offered: int
    found: int
    votes: int


def sequences(offered: Words, words: Words, near: Span | None) -> Iterator[Alignment]:
    """Every place where the words of `offered` stand in the same order, in the order of the text.

    Of more than `MOST_PLACES`, those around `near`, or the first.
    """
    forms, positions = offered.forms, words.positions
    if not forms or not all(map(positions.__contains__, forms)):
        return
    places = [len(positions[form]) for form in forms]
    at = places.index(min(places))
    wanted, count = list(forms), len(forms)
    firsts = [
        found - at
        for found in positions[forms[at]]
        if found >= at and words.forms[found - at : found - at + count] == wanted
    ]
    written = offered.folded.text[offered.starts[0] : offered.ends[-1]]
    is_signed = "-" in written or forms[0][0].isdecimal()
    for first in _nearest_places(firsts, words, near, MOST_PLACES):
        last = first + count - 1
        same: bool | None = True
        if is_signed or words.folded.text[words.starts[first] : words.ends[last]] != written:
            same = _compare(offered, words, [(index, first + index) for index in range(count)])
        if same is not None:
            yield Alignment(first, last, same)


def cut_compounds(offered: Words, words: Words) -> Iterator[Alignment]:
    """Every place where the whole quote is one word that a line end cuts: `anti-ceasefire` over two lines."""
    for index in words.positions.get("".join(offered.forms), ()):
        if any(char.isspace() for char in words.raw(index)):
            yield Alignment(index, index, is_same=True)


def anchors(offered: Words, words: Words, near: Span | None) -> list[Anchor]:
    """Where the quote's rarest words say that it might stand, best first; the likeliest of them, if there are many."""
    positions = words.positions
    known = {form: index for index, form in reversed([*enumerate(offered.forms)]) if form in positions}
    rarest = sorted([(len(positions[form]), index) for form, index in known.items()])[:_MOST_ANCHORS]
    hits: list[tuple[int, int, int]] = []
    for rank, (count, index) in enumerate(rarest):
        places = positions[offered.forms[index]]
        if count > _MOST_OCCURRENCES:
            places = _nearest_places(places, words, near, _MOST_OCCURRENCES)
        hits += [(found - index, rank, found) for found in places]
    hits.sort()
    clusters: list[tuple[int, int, int, int]] = []
    start, count = 0, len(hits)
    while start < count:
        shift, rank, found = hits[start]
        end = start + 1
        votes = 1 << rank
        while end < count and hits[end][0] - shift <= _SLACK:
            votes |= 1 << hits[end][1]
            if hits[end][1] < rank:
                _, rank, found = hits[end]
            end += 1
        distance = 0 if near is None else _distance(found, words, near)
        clusters.append((-votes.bit_count(), distance, found, rarest[rank][1]))
        start = end
    return [Anchor(index, found, -votes) for votes, _, found, index in sorted(clusters)[:_MOST_TRIALS]]


def repairs(offered: Words, words: Words, candidates: Sequence[Anchor]) -> Iterator[Alignment]:
    """Every place where the words of `offered` stand but for what may be repaired."""
    if not candidates:
        return
    known = sum(map(words.positions.__contains__, set(offered.forms)))
    fewest = max(1, candidates[0].votes - 1, min(known, _MOST_ANCHORS) - _MOST_DAMAGED)
    seen: set[tuple[int, int]] = set()
    for anchor in candidates:
        if anchor.votes < fewest:
            return
        found = _Walk(offered, words).run(anchor)
        if found is not None and (found.first, found.last) not in seen:
            seen.add((found.first, found.last))
            yield found


def _nearest_places(places: Sequence[int], words: Words, near: Span | None, most: int) -> Sequence[int]:
    """At most `most` of these words of the text, those around `near`, or the first."""
    if len(places) <= most:
        return places
    at = (
        0
        if near is None
        else bisect_left(places, near.start, key=lambda place: words.folded.offsets[words.starts[place]])
    )
    at = max(0, min(at - most // 2, len(places) - most))
    return places[at : at + most]


def _distance(place: int, words: Words, near: Span) -> int:
    at = words.folded.offsets[words.starts[place]]
    return max(0, near.start - at, at - near.end)


def _compare(offered: Words, words: Words, pairs: Sequence[tuple[int, int]]) -> bool | None:
    """Whether signs and punctuation are the same; `None` where they differ in what means something."""
    same = True
    for index, (one, other) in enumerate(pairs):
        form = offered.forms[one]
        if form[0].isdecimal() and offered.is_negative(one) != words.is_negative(other):
            return None
        if index + 1 == len(pairs):
            break
        next_one, next_other = pairs[index + 1]
        left = offered.folded.text[offered.ends[one] : offered.starts[next_one]]
        right = words.folded.text[words.ends[other] : words.starts[next_other]]
        if left == right:
            continue
        if next_other == other + 1 and next_one == one + 1:
            if left.translate(_SOFT) != right.translate(_SOFT):
                return None
            same = same and left.replace(" ", "").replace('"', "'") == right.replace(" ", "").replace('"', "'")
        elif ("?" in left) != ("?" in right):
            return None
    return same


def _initials(words: Words, index: int, form: str, step: Literal[1, -1]) -> int:
    """How many words from `index` on are the letters of `form`, each with its point: `A. J.` for `A.J.`; 0 if not."""
    count = len(form)
    first = index if step > 0 else index - count + 1
    if count == 1 or first < 0 or is_number(form) or "".join(words.forms[first : first + count]) != form:
        return 0
    return count if all(words.gap(at) == ". " for at in range(first, first + count - 1)) else 0


class _Walk:
    """One attempt to lay a quote along a text from an anchor, with its allowance."""

    def __init__(self, offered: Words, words: Words) -> None:
        count = len(offered.forms)
        more = count // _WORDS_PER_DROP
        self._offered, self._words = offered, words
        self._drops = 1 + more if count >= _FEWEST_WORDS else 0
        self._slips = 1 if count >= _FEWEST_WORDS else 0
        self._allowance = (1 if count < _FEW_WORDS else 2) + more
        self._pairs: list[tuple[int, int]] = []

    def run(self, anchor: Anchor) -> Alignment | None:
        self._pairs = [(anchor.offered, anchor.found)]
        if not self._go(anchor, 1) or not self._go(anchor, -1):
            return None
        self._pairs.sort()
        same = _compare(self._offered, self._words, self._pairs)
        if same is None:
            return None
        untouched = len(self._pairs) == len(self._offered.forms) == self._pairs[-1][1] - self._pairs[0][1] + 1
        is_same = (
            same
            and untouched
            and all(self._offered.forms[one] == self._words.forms[other] for one, other in self._pairs)
        )
        return Alignment(self._pairs[0][1], self._pairs[-1][1], is_same)

    def _go(self, anchor: Anchor, step: Literal[1, -1]) -> bool:
        one, other = anchor.offered, anchor.found
        forms, found = self._offered.forms, self._words.forms
        while True:
            one, other = one + step, other + step
            if not 0 <= one < len(forms):
                return True
            if not 0 <= other < len(found):
                return False
            if forms[one] == found[other]:
                self._pairs.append((one, other))
                continue
            taken = self._repair(one, other, step)
            if taken is None:
                return False
            one, other = taken

    def _repair(self, one: int, other: int, step: Literal[1, -1]) -> tuple[int, int] | None:
        """Go on over one difference at `one` and `other`; the last pair then taken, or `None`."""
        forms, found = self._offered.forms, self._words.forms
        after = other + step
        if self._drops and self._allowance and 0 <= after < len(found) and forms[one] == found[after]:
            if not may_drop(self._words, other):
                return None
            self._drops -= 1
            self._allowance -= 1
            self._pairs.append((one, after))
            return one, after
        joined = self._join(one, other, step)
        if joined is not None:
            return joined
        if self._slips and self._allowance and is_slip(forms[one], self._words, other):
            self._slips -= 1
            self._allowance -= 1
            self._pairs.append((one, other))
            return one, other
        return None

    def _join(self, one: int, other: int, step: Literal[1, -1]) -> tuple[int, int] | None:
        """Two words of one side that are one word of the other: `anti-ceasefire` cut at a line end, `air strike`."""
        forms, found = self._offered.forms, self._words.forms
        next_one, next_other = one + step, other + step
        if len(found[other]) == 1 and (count := _initials(self._words, other, forms[one], step)):
            self._pairs.append((one, other + step * (count - 1)))
            return self._pairs[-1]
        if len(forms[one]) == 1 and (count := _initials(self._offered, one, found[other], step)):
            self._pairs.append((one + step * (count - 1), other))
            return self._pairs[-1]
        if 0 <= next_one < len(forms):
            parts = (forms[one], forms[next_one]) if step > 0 else (forms[next_one], forms[one])
            if "".join(parts) == found[other] and (self._is_cut(other) or self._pay_join(parts, other)):
                self._pairs.append((next_one, other))
                return next_one, other
        if 0 <= next_other < len(found):
            parts = (found[other], found[next_other]) if step > 0 else (found[next_other], found[other])
            if "".join(parts) == forms[one] and self._pay_join(parts, max(other, next_other)):
                self._pairs.append((one, next_other))
                return one, next_other
        return None

    def _is_cut(self, index: int) -> bool:
        """Whether the text's word `index` is cut at a line end."""
        return any(char.isspace() for char in self._words.raw(index))

    def _pay_join(self, parts: tuple[str, str], index: int) -> bool:
        if parts == ("can", "not"):
            return True
        if may_be_name(self._words, index):
            return False
        if (
            not self._slips
            or not self._allowance
            or any(not part.isalpha() or len(part) <= _LONGEST_PART for part in parts)
        ):
            return False
        if any(part in NEGATIONS or part in HEDGES or part in COMPARATORS or part in NUMBER_WORDS for part in parts):
            return False
        self._slips -= 1
        self._allowance -= 1
        return True
