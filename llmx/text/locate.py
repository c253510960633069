"""Locate quotes: find the span where offered words stand in a text.

Four tiers, the first that finds a place decides: *exact* (the same characters), *folded* (the same words and
punctuation, written differently), *elided* (parts of the text in order, with a mark where words are left out) and
*repaired* (a dropped small word, one slip, or punctuation that is not the text's). Whole words only. A quote that
stands in several places is placed by `near`, or reported as ambiguous; nothing is guessed. Whether the words support
a value is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from llmx.text.align import MOST_PLACES, Alignment, Anchor, anchors, cut_compounds, repairs, sequences
from llmx.text.amounts import amount_goes_on, cuts_amount, is_factor
from llmx.text.boundaries import cuts_word
from llmx.text.elide import MOST_PARTS, chains, hidden_word, may_elide, parts_of
from llmx.text.guard import difference
from llmx.text.languages import SPACE_GROUPS
from llmx.text.quotation import is_quoted, shut_out
from llmx.text.refusal import Refusal
from llmx.text.span import Span
from llmx.text.wordlists import CASE_SENSITIVE
from llmx.text.words import Words, words_of

__all__ = ["How", "Index", "Match", "Refusal", "locate"]

How = Literal["exact", "folded", "repaired", "elided"]
"""How the offered words differ from the text's: see `MatchKind`."""

_QUOTE_MARKS = ("'", '"')
_LETTERS = re.compile("[a-z]+")
_SPACES = ("\n", "\t", "\xa0", "\u202f")
_GROUP_SPACE = re.compile(r" (?<=\d )(?=\d{3}(?!\d))")
_BROKEN_LINE = re.compile(r"\n(?<=\d\n)(?=\d)")
"""White space within a number of a quote: groups written as no text of the language has them, or a broken line."""


class Match(NamedTuple):
    """Where a quote stands, or why it has no place.

    A named tuple, since one is made for each quote.

    Attributes:
        span: From its first word to its last; `None` when it is not located.
        how: How the offered words differ from the text's; `None` when it is not located.
        parts: The spans of the parts of an elided quote ("A … B"); one span otherwise; empty when not located.
        reason: Why it is not located; `None` when it is.
        candidates: All places where it could stand, in order, when there are several (the first 1,000 of them).
        nearest: The text that comes nearest to a quote that is not located; `None` where nothing does.
        detail: Both sides in words, such as `number-mismatch: quote 50, text 30 at 812:814`.
    """

    span: Span | None
    how: How | None = None
    parts: tuple[Span, ...] = ()
    reason: Refusal | None = None
    candidates: tuple[Span, ...] = ()
    nearest: Span | None = None
    detail: str = ""


class _Place(NamedTuple):
    """One place where a quote could stand."""

    span: Span
    how: How
    parts: tuple[Span, ...]


class Index:
    """A text prepared for locating many quotes in it.

    Attributes:
        text: The text as given; all spans refer to it.
    """

    def __init__(self, text: str) -> None:
        """Keep `text`; what is costly is prepared when a quote first needs it."""
        self.text = text

    @cached_property
    def words(self) -> Words:
        """The words of the text."""
        return words_of(self.text)

    def locate(self, quote: str, *, near: Span | None = None) -> Match:
        """Find where `quote` stands.

        Args:
            quote: Words offered as evidence.
            near: Where it is expected; decides between several places, and never rejects a place that is the only one.
                A place that starts exactly there is taken without looking further.
        """
        stripped = quote.strip()
        if not stripped:
            return Match(None, reason=Refusal.MISSING, detail=f"{Refusal.MISSING}: the quote is empty")
        how: How = "exact" if len(quote) == len(stripped) else "folded"
        here = self.at(near.start, stripped) if near is not None else None
        if here is not None:
            return Match(here, how=how, parts=(here,), candidates=(here,))
        same = self._occurrences(stripped)
        if same:
            return _chosen(
                [
                    _Place(span, how if self.text.startswith(stripped, span.start) else "folded", (span,))
                    for span in same
                ],
                near,
            )
        return self._locate_words(stripped, near)

    def at(self, start: int, words: str) -> Span | None:
        """The span of `words` where they stand at `start`, character for character, and cut no word."""
        if not self.text.startswith(words, start) or not self._is_whole(start, start + len(words)):
            return None
        return Span(start, start + len(words))

    def first(self, words: str, start: int, stop: int) -> Span | None:
        """The first place of `words`, character for character and cutting no word, that starts in `[start, stop)`."""
        length = len(words)
        at = self.text.find(words, start, stop + length - 1)
        while at >= 0:
            if self._is_whole(at, at + length):
                return Span(at, at + length)
            at = self.text.find(words, at + 1, stop + length - 1)
        return None

    def _locate_words(self, quote: str, near: Span | None) -> Match:
        words = self.words
        offered = words_of(quote, language=words.language)
        if not offered.forms:
            return Match(None, reason=Refusal.MISSING, detail=f"{Refusal.MISSING}: the quote has no words")
        parts = parts_of(quote)
        places = self._same_words(offered, near) if len(parts) == 1 or may_elide(words.folded.text) else []
        if len(parts) > 1:
            # A mark of omission is not laid over the text's comma.
            places = [place for place in places if place.how == "folded"]
        if places:
            return _chosen(_best_tier(places), near)
        if len(parts) > 1:
            return self._locate_parts(parts, near)
        if len(parts) == 1 and len(parts[0]) < len(quote):
            return _as_folded(self.locate(parts[0], near=near))
        closed = _BROKEN_LINE.sub("", _GROUP_SPACE.sub("", quote))
        if closed != quote and words.language not in SPACE_GROUPS:
            match = self._locate_words(closed, near)
            if match.candidates:
                return match
        candidates = anchors(offered, words, near)
        repaired = self._placed(offered, repairs(offered, words, candidates)) if len(offered.forms) > 1 else []
        if repaired:
            return _chosen(sorted(repaired, key=_start), near)
        return _refused(offered, words, candidates)

    def _locate_parts(self, parts: Sequence[str], near: Span | None) -> Match:
        if len(parts) > MOST_PARTS:
            detail = f"{Refusal.MISSING}: the quote has more than {MOST_PARTS} parts"
            return Match(None, reason=Refusal.MISSING, detail=detail)
        places: list[list[Span]] = []
        placed: dict[str, list[Span]] = {}
        for part in parts:
            if part not in placed:
                placed[part] = self._occurrences(part) or self._part_places(part, near)
            found = placed[part]
            if not found:
                offered = words_of(part, language=self.words.language)
                return _refused(offered, self.words, anchors(offered, self.words, near))
            places.append(found)
        found_chains = chains(places, MOST_PLACES, near)
        if not found_chains:
            return Match(
                None,
                reason=Refusal.MISSING,
                nearest=places[0][0],
                detail=f"{Refusal.MISSING}: the parts do not stand in this order within reach of one another",
            )
        hidden = [hidden_word(self.text, chain, self.words.language) for chain in found_chains]
        whole = [chain for chain, word in zip(found_chains, hidden, strict=True) if word is None]
        if hidden[0] is not None and not whole:
            chain, (reason, word) = found_chains[0], hidden[0]
            return Match(
                None,
                reason=reason,
                nearest=chain[0].hull(chain[-1]),
                detail=f"{reason}: the mark of omission leaves out {word!r}",
            )
        return _chosen([_Place(chain[0].hull(chain[-1]), "elided", chain) for chain in whole], near)

    def _part_places(self, part: str, near: Span | None) -> list[Span]:
        offered = words_of(part, language=self.words.language)
        same = self._same_words(offered, near)
        if not same:
            same = self._placed(offered, repairs(offered, self.words, anchors(offered, self.words, near)))
        return sorted(place.span for place in same)

    def _same_words(self, offered: Words, near: Span | None) -> list[_Place]:
        found = sequences(offered, self.words, near)
        if len(offered.forms) == 1 and offered.forms[0] in CASE_SENSITIVE:
            found = (item for item in found if self._has_same_case(offered, item.first))
        return self._placed(offered, found) or self._placed(offered, cut_compounds(offered, self.words))

    def _has_same_case(self, offered: Words, index: int) -> bool:
        one, other = offered.raw(0), self.words.raw(index)
        return one[0].isupper() == other[0].isupper() and one.isupper() == other.isupper()

    def _placed(self, offered: Words, found: Iterable[Alignment]) -> list[_Place]:
        places: list[_Place] = []
        for item in found:
            if cuts_amount(self.words, item.last) or shut_out(offered, self.words, item.first, item.last):
                continue
            span = _with_edges(offered, self.words, item)
            if not self._is_whole(span.start, span.end):
                continue
            places.append(_Place(span, "folded" if item.is_same else "repaired", (span,)))
        return places

    @cached_property
    def _level(self) -> str:
        """The text with a plain space for each other white space, which lines are broken with."""
        return _levelled(self.text)

    def _occurrences(self, quote: str) -> list[Span]:
        """Every place of the same characters, white space aside, that cuts no word."""
        text, quote, length = self._level, _levelled(quote), len(quote)
        found: list[Span] = []
        at = text.find(quote)
        while at >= 0:
            if self._is_whole(at, at + length):
                found.append(Span(at, at + length))
            at = text.find(quote, self._next_start(at))
        return found

    def _next_start(self, at: int) -> int:
        """From where to search on behind a place at `at`: not within the same word, where no place is whole."""
        if not ("a" <= self.text[at] <= "z" and "a" <= self.text[at - 1] <= "z"):
            return at + 1
        word = _LETTERS.match(self.text, at)
        return at + 1 if word is None else word.end()

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether a span from `start` to `end`, which is not empty, cuts no word and no number."""
        text = self.text
        # a space next to a place, as most have on both sides, cuts no word
        if (text[start - 1] != " " and cuts_word(text, start)) or (text[end : end + 1] != " " and cuts_word(text, end)):
            return False
        return not (self._cuts_group(start, end) or amount_goes_on(text, end))

    def _cuts_group(self, start: int, end: int) -> bool:
        """Whether a span from `start` to `end` cuts a number written in groups."""
        if self.text[start].isdecimal() and self._parts_group(start - 1):
            return True
        return self.text[end - 1].isdecimal() and self._parts_group(end)

    def _parts_group(self, at: int) -> bool:
        """Whether the space at `at` stands within a number written in groups, such as `30 000`."""
        text = self.text
        if not 0 < at < len(text) - 3 or text[at] != " " or not text[at - 1].isdecimal():
            return False
        group = text[at + 1 : at + 4]
        if not group.isdecimal() or text[at + 4 : at + 5].isdecimal():
            return False
        return group == "000" or self.words.language in SPACE_GROUPS


def locate(quote: str, text: str, *, near: Span | None = None) -> Match:
    """Find where `quote` stands in `text`; for many quotes in one text build an `Index` once."""
    return Index(text).locate(quote, near=near)


def _levelled(text: str) -> str:
    if text.isprintable():
        return text
    for space in _SPACES:
        text = text.replace(space, " ")
    return text


def _as_folded(match: Match) -> Match:
    return match._replace(how="folded") if match.how == "exact" else match


def _start(place: _Place) -> int:
    return place.span.start


def _best_tier(places: Sequence[_Place]) -> Sequence[_Place]:
    """The places whose punctuation is the quote's own, or all where there are none."""
    return [place for place in places if place.how == "folded"] or places


def _chosen(places: Sequence[_Place], near: Span | None) -> Match:
    """The match for these places: the only one, or the one that `near` decides for."""
    candidates = tuple(place.span for place in places[:MOST_PLACES])
    if len(places) == 1:
        return Match(places[0].span, how=places[0].how, parts=places[0].parts, candidates=candidates)
    if near is None:
        count = f"at least {MOST_PLACES}" if len(places) >= MOST_PLACES else str(len(places))
        detail = f"{Refusal.AMBIGUOUS}: the quote stands in {count} places"
        return Match(None, reason=Refusal.AMBIGUOUS, candidates=candidates, detail=detail)
    best = min(places, key=lambda place: _remoteness(place.span, near))
    return Match(best.span, how=best.how, parts=best.parts, candidates=candidates)


def _remoteness(span: Span, near: Span) -> tuple[int, bool, int, int]:
    """How far a place is from where it was expected; within that span, the first place wins."""
    return (near.gap(span), not near.contains(span), abs(span.start - near.start), span.start)


def _refused(offered: Words, words: Words, candidates: Sequence[Anchor]) -> Match:
    may_leave_out = any(map(is_factor, offered.forms[-1:])) or is_quoted(offered)
    for item in sequences(offered, words, None) if may_leave_out else ():
        left_out = _left_out(offered, words, item)
        if left_out is not None:
            reason, mine, theirs = left_out
            detail = f"{reason}: quote {mine}, text {theirs.of(words.folded.source)} at {theirs.start}:{theirs.end}"
            return Match(None, reason=reason, nearest=words.span(item.first, item.last).hull(theirs), detail=detail)
    why = difference(offered, words, candidates)
    return Match(None, reason=why.reason, nearest=why.nearest, detail=why.detail)


def _left_out(offered: Words, words: Words, found: Alignment) -> tuple[Refusal, str, Span] | None:
    """Why a place of the same words is none: the reason, the words of the quote and those of the text."""
    if is_factor(offered.forms[-1]) and cuts_amount(words, found.last):
        return Refusal.NUMBER, offered.raw(len(offered.forms) - 1), words.span(found.last, found.last + 1)
    hidden = shut_out(offered, words, found.first, found.last)
    return None if hidden is None else (hidden[0], "nothing", hidden[1])


def _with_edges(offered: Words, words: Words, found: Alignment) -> Span:
    """The span of an alignment, with those marks at its ends that quote and text both have."""
    text = words.folded.text
    lead, tail = offered.folded.text[: offered.starts[0]].strip(), offered.folded.text[offered.ends[-1] :].strip()
    first, last = words.starts[found.first], words.ends[found.last]
    start, end = first, last
    for mark in reversed(lead):
        before = _skip(text, start - 1, -1)
        if before >= 0 and _is_alike(text[before], mark):
            start = before
    for mark in tail:
        after = _skip(text, end, 1)
        if after < len(text) and _is_alike(text[after], mark):
            end = after + 1
    one_sided = (start < first) != (end > last)
    if one_sided and lead[:1] in _QUOTE_MARKS and tail[-1:] in _QUOTE_MARKS:
        return words.folded.span(first, last)
    return words.folded.span(start, end)


def _skip(text: str, at: int, step: int) -> int:
    while 0 <= at < len(text) and text[at] == " ":
        at += step
    return at


def _is_alike(one: str, other: str) -> bool:
    return one == other or {one, other} == {"'", '"'}
