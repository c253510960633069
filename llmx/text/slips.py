"""Slips: one mistyped letter in an ordinary word.

A quote may differ from its text by a typing slip (`goverment`, `attakc`): one letter left out, doubled, exchanged
or replaced inside a word. It is a slip only if the offered form is no word itself and the word is neither a name, a
number, nor anything else that carries meaning by its letters; `county` for `country` is another word, not a slip.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from llmx.text.wordlists import (
    CALENDAR,
    CALENDAR_STEMS,
    COMPARATORS,
    DEMONYM_STEMS,
    HEDGES,
    MARKERS,
    NEGATIONS,
    NUMBER_STEMS,
    NUMBER_WORDS,
    UNITS,
)
from llmx.text.words import Words

_SHORTEST = 5
_UNTOUCHABLE = frozenset[str]().union(NEGATIONS, CALENDAR, NUMBER_WORDS)
"""Words in which every letter counts. Of others, English has a list of real words to tell a slip from a change."""
_WEIGHTY = _UNTOUCHABLE.union(HEDGES, COMPARATORS, UNITS, *MARKERS.values())
_STEMS = (*CALENDAR_STEMS, *NUMBER_STEMS, *DEMONYM_STEMS)
_ENDERS = frozenset('.!?:"')
_UMLAUTS = ("aä", "oö", "uü")


def is_slip(offered: str, words: Words, index: int) -> bool:
    """Whether `offered` is word `index` of the text with one slip.

    Args:
        offered: The folded word of the quote.
        words: The words of the text.
        index: Which word of the text stands in its place.
    """
    form = words.forms[index]
    if min(len(offered), len(form)) < _SHORTEST or not (offered.isalpha() and form.isalpha()):
        return False
    english = words.language == "en"
    if offered in words.positions or form in (_UNTOUCHABLE if english else _WEIGHTY) or offered in _WEIGHTY:
        return False
    if OSA.distance(offered, form, score_cutoff=1) != 1:
        return False
    if _may_be_name(words, index) or _is_mixed(offered) or (not english and form.startswith(_STEMS)):
        return False
    return _is_inner(offered, form, strict=not english) and not (english and offered in _real_words())


def _may_be_name(words: Words, index: int) -> bool:
    """Whether a word is written like a name: with a capital, save where a sentence starts with a word of the text."""
    if not words.is_capital(index):
        return False
    starts_sentence = index == 0 or not _ENDERS.isdisjoint(words.gap(index - 1))
    return not starts_sentence or all(words.is_capital(other) for other in words.positions[words.forms[index]])


def _is_inner(offered: str, form: str, *, strict: bool) -> bool:
    """Whether the difference lies within the word, where it is no ending and no prefix.

    A strict reading, for languages without a list of real words here, allows no other letter in place of one and looks
    at the first half of the word alone, since the second holds its inflection.
    """
    short, long = sorted((offered, form), key=len)
    at = next((i for i, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    if len(short) != len(long):
        doubled = at > 0 and long[at - 1] == long[at]
        return 0 < at < len(short) and (not strict or at <= len(long) // 2 or (doubled and at < len(short) - 1))
    swapped = offered[at + 1 : at + 2] == form[at] and form[at + 1 : at + 2] == offered[at]
    if swapped:
        return not strict or 0 < at < len(form) - 2
    if strict or offered[at] + form[at] in _UMLAUTS or form[at] + offered[at] in _UMLAUTS:
        return False
    return 0 < at < len(form) - 1


def _is_mixed(form: str) -> bool:
    """Whether `form` mixes letters of Latin with others, as a homoglyph does; and whether it has no case at all."""
    latin = sum(char < "\u0250" for char in form)
    return latin not in {0, len(form)} or not form.islower()


@lru_cache(maxsize=1)
def _real_words() -> frozenset[str]:
    listed = files("llmx.text").joinpath("slips_en.txt").read_text(encoding="utf-8")
    return frozenset(line for line in listed.splitlines() if not line.startswith("#"))
