"""Slips: one mistyped letter in an ordinary word.

A quote may differ from its text by a typing slip (`goverment`, `attakc`): one letter left out, doubled, exchanged
or replaced inside a word. It is a slip only if the offered form is no word itself and the word is neither a name, a
number, nor anything else that carries meaning by its letters; `county` for `country` is another word, not a slip.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from llmx.text.languages import MARKERS
from llmx.text.wordlists import (
    CALENDAR,
    CALENDAR_STEMS,
    COMPARATORS,
    DEMONYM_STEMS,
    HEDGES,
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
_VOWELS = frozenset("aeiouy")
_LIQUIDS = frozenset("lrлрλρ")
_LONG = 7
_VERY_LONG = 9
_ROMANCE = frozenset(("fr", "es", "it", "pt", "ro"))
"""Languages in which many words differ by an `l` or `r`: `credere`, `cedere`."""
_SYLLABIC = frozenset(("vi", "ko", "th"))
"""Languages whose words, as they are written, are too short to tell a slip from another word."""
_DOUBLING = frozenset(("hu", "sv", "da", "no", "fi"))
"""Languages that make a tense, a gender or a case by doubling a word's last letter."""
_ENDING_TWICE = frozenset("aeiouysаеиоуыэюяієї")
_PREFIXED = frozenset(("ru", "uk", "pl", "cs"))
"""Languages in which a word's first letters are often a prefix."""


def is_slip(offered: str, words: Words, index: int) -> bool:
    """Whether `offered` is word `index` of the text with one slip.

    Args:
        offered: The folded word of the quote.
        words: The words of the text.
        index: Which word of the text stands in its place.
    """
    form = words.forms[index]
    if len(form) < _SHORTEST or not (offered.isalpha() and form.isalpha()):
        return False
    english = words.language == "en"
    if len(offered) < _SHORTEST and not (english and _VOWELS.isdisjoint(offered)):
        return False
    if offered in words.positions or form in (_UNTOUCHABLE if english else _WEIGHTY) or offered in _WEIGHTY:
        return False
    if OSA.distance(offered, form, score_cutoff=1) != 1:
        return False
    if may_be_name(words, index) or _is_mixed(offered):
        return False
    if english:
        return _is_inner(offered, form) and offered not in _real_words()
    return not form.startswith(_STEMS) and _is_plain(offered, form, words.language)


def may_be_name(words: Words, index: int) -> bool:
    """Whether a word is written like a name: with a capital, save where a sentence starts with a word of the text."""
    if not words.is_capital(index):
        return False
    starts_sentence = index == 0 or not _ENDERS.isdisjoint(words.gap(index - 1))
    return not starts_sentence or all(words.is_capital(other) for other in words.positions[words.forms[index]])


def _is_inner(offered: str, form: str) -> bool:
    """Whether the difference lies within the word, where it is no ending and no prefix."""
    at = _first_difference(offered, form)
    if len(offered) != len(form):
        return 0 < at < min(len(offered), len(form)) or _doubles_end(offered, form)
    if _is_swapped(offered, form, at):
        return True
    if offered[at] + form[at] in _UMLAUTS or form[at] + offered[at] in _UMLAUTS:
        return False
    return 0 < at < len(form) - 1


def _is_plain(offered: str, form: str, language: str) -> bool:
    """Whether the difference hardly makes another word, in a language without a list of real words here.

    No other letter in place of one; no letter less or more at the word's end, which holds its inflection, nor where
    many words differ by one letter (`schließen`, `schießen`) or are negated by one (`geliyor`, `gelmiyor`).
    """
    if language in _SYLLABIC:
        return False
    at = _first_difference(offered, form)
    if len(offered) == len(form):
        return _is_swapped(offered, form, at) and 0 < at < len(form) - 2
    long = max(offered, form, key=len)
    if language not in _DOUBLING and _doubles_end(offered, form):
        return True
    count, letter = len(long), long[at]
    is_doubled = at > 0 and long[at - 1] == letter
    if language == "tr" and letter == "m" and not is_doubled:
        return False
    if count < _LONG:
        return 1 < at <= max(2, count // 2) and (is_doubled or letter not in _LIQUIDS)
    is_pair = long[at - 3 : at] == "sch" or (count < _VERY_LONG and language in _ROMANCE)
    if letter in _LIQUIDS and not is_doubled and is_pair:
        return False
    return (2 if language in _PREFIXED else 1) <= at <= count - (2 if is_doubled else 3)


def _doubles_end(offered: str, form: str) -> bool:
    """Whether one of two long words has its last letter twice, a consonant with which no ending is made."""
    long, short = max(offered, form, key=len), min(offered, form, key=len)
    return len(short) >= _LONG and long == short + short[-1] and short[-1] not in _ENDING_TWICE


def _first_difference(offered: str, form: str) -> int:
    shorter = min(len(offered), len(form))
    return next((at for at in range(shorter) if offered[at] != form[at]), shorter)


def _is_swapped(offered: str, form: str, at: int) -> bool:
    return offered[at + 1 : at + 2] == form[at] and form[at + 1 : at + 2] == offered[at]


def _is_mixed(form: str) -> bool:
    """Whether `form` mixes letters of Latin with others, as a homoglyph does; and whether it has no case at all."""
    latin = sum(char < "\u0250" for char in form)
    return latin not in {0, len(form)} or not form.islower()


@lru_cache(maxsize=1)
def _real_words() -> frozenset[str]:
    listed = files("llmx.text").joinpath("slips_en.txt").read_text(encoding="utf-8")
    return frozenset(line for line in listed.splitlines() if not line.startswith("#"))
