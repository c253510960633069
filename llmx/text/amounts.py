"""Amounts: numbers with the word that multiplies them, which are one number and may not be cut.

`$2.4` is not what `$2.4 million` says, and `three` is not what `three hundred` says.
"""

from __future__ import annotations

import re

from llmx.text.fold import fold
from llmx.text.wordlists import (
    MAGNITUDES,
    MULTIPLIER_SIGNS,
    MULTIPLIER_STEMS,
    MULTIPLIERS,
    NUMBER_STEMS,
    NUMBER_WORDS,
)
from llmx.text.words import Words, is_number

_GAPS = frozenset(" -\xa0\u2007\u2009\u202f\n\r\t")
_INITIALS = frozenset(word[0] for word in (*MULTIPLIERS, *MULTIPLIER_STEMS))
_NEXT_WORD = re.compile(r"[^\W\d_]{2,16}")
_LAST_WORD = re.compile(r"[^\W\d_]{2,24}\Z")
_LONGEST = 24


def is_factor(form: str) -> bool:
    """Whether a word is a number, so that the word behind it may multiply it."""
    return is_number(form) or form in NUMBER_WORDS or (not form.isascii() and form.startswith(NUMBER_STEMS))


def cuts_amount(words: Words, last: int) -> bool:
    """Whether a place that ends with word `last` leaves out what multiplies it, as in `$3m` or `$3 million`."""
    after = last + 1
    if after >= len(words.forms):
        return False
    form, following = words.forms[last], words.forms[after]
    if following in MAGNITUDES:
        return words.starts[after] == words.ends[last] and form[0].isdecimal()
    if following[0] in MULTIPLIER_SIGNS:
        return words.starts[after] == words.ends[last] and form[-1].isdecimal()
    return _multiplies(following) and words.gap(last) in {" ", "-", ""} and is_factor(form)


def amount_goes_on(text: str, end: int) -> bool:
    """Whether a number that ends at `end` is multiplied by what stands behind it."""
    following = text[end : end + 1]
    if following in MULTIPLIER_SIGNS:
        return text[end - 1].isdecimal()
    if following not in _GAPS:
        return False
    start = end + 1
    while text[start : start + 1] in _GAPS and start < end + _LONGEST:
        start += 1
    if text[start : start + 1].lower() not in _INITIALS:
        return False
    found = _NEXT_WORD.match(text, start)
    if found is None or not _multiplies(_form(found[0])):
        return False
    if text[end - 1].isdecimal():
        return True
    last = _LAST_WORD.search(text, max(0, end - _LONGEST), end)
    return last is not None and is_factor(_form(last[0]))


def _form(word: str) -> str:
    """A word of letters alone, folded."""
    return word.lower() if word.isascii() else fold(word).text


def _multiplies(form: str) -> bool:
    return form in MULTIPLIERS or form.startswith(MULTIPLIER_STEMS)
