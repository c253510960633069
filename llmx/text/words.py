"""Words: the units in which a quote and its text are compared.

A *word* is a run of letters, one character of Chinese or Japanese, a number with its separators, or a symbol that means
something (`%`, `$`). Spaces and other punctuation part words and are not words. Comparing word by word makes every
difference of spacing and line breaks harmless, and no word is ever cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from llmx.text.fold import Folded, fold
from llmx.text.languages import COMMA_DECIMAL, POINT_GROUPS, SPACE_GROUPS, language_of
from llmx.text.span import Span
from llmx.text.wordlists import GLUED_UNITS, PERCENT, PERCENT_PHRASES, UNITS

HAN_NUMERALS = "〇零一二三四五六七八九十百千万萬億亿兆两兩"
_HAN = "\u3005-\u3006\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_KANA = "\u3041-\u309f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HANGUL = "\uac00-\ud7a3"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0653-\u0655\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0983"
    "\u09bc-\u09d7\u0a01-\u0a51\u0a70-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bcd\u0c00-\u0c04"
    "\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d81-\u0d83\u0dca-\u0ddf\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
)
"""Marks that are written with letters and kept by folding, as a range for a pattern."""
_SYMBOLS = "%$€£¥₺₽₪₹°±+=<>~≈≥≤×@#§&‰№½¼¾⅓⅔²³"
_CLITICS = "l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu|dell|all|nell|sull|dall|un|gl|quell"
_TURKISH_SUFFIXES = "[dt][ae]n?|n?[iuü]n|y[aeiuü]|nd[ae]n?|[dt][ae]ki|l[iuü]|yl[ae]|l[ae]r"
_ENGLISH_SUFFIXES = "s|ll|ve|re|d|m"
_SUFFIXES = f"{_ENGLISH_SUFFIXES}|{_TURKISH_SUFFIXES}"
_UNIT = "|".join(sorted(GLUED_UNITS))
_PHRASES = "|".join(re.escape(phrase) for phrase in PERCENT_PHRASES)


_Script = Literal["ascii", "spaced", "other"]


@lru_cache(maxsize=12)
def _word_pattern(script: _Script, grouped: bool, phrased: bool) -> re.Pattern[str]:  # noqa: FBT001 - keys of the cache
    """The pattern of one word, for texts of plain letters, of any, or of scripts that need more.

    Args:
        script: What the letters of the text are.
        grouped: Whether its numbers may be parted by spaces.
        phrased: Whether it has words for per cent that are two.
    """
    group = _SPACE_GROUP if grouped else ""
    first = f"(?<![^\\W\\d_])(?:{_PHRASES}) |" if phrased else ""
    if script == "other":
        return _pattern(_SPACED, _OTHER_SCRIPTS, group, first)
    return _pattern("[a-z]" if script == "ascii" else _PLAIN, "", group, first)


def _pattern(letter: str, extra: str, group: str, first: str) -> re.Pattern[str]:
    """The pattern of one word, where `letter` matches one letter of a spaced script."""
    return re.compile(
        rf"""
        {extra} {first} (?!p(?:er|our|or)\ c){letter}{{2,}}+(?![\d'"])
        | (?:per\ cent | pour\ cent | por\ ciento | per\ cento | por\ cento)(?!{letter})
        | (?:{_CLITICS})'(?={letter})
        | (?<={letter})'(?:{_SUFFIXES})(?!{letter}) | \A'(?:{_ENGLISH_SUFFIXES})(?!{letter})
        | (?:{letter}\.){{2,}}
        | {letter}+\d[^\W_]*
        | {letter}+(?:['"](?!(?:{_SUFFIXES})(?!{letter})){letter}+)*
        | (?:{group}\d+(?:[:/]\d+|['.]\d+|,\d{{1,3}}(?!\d))*)(?:(?!(?:{_UNIT})(?!{letter})|[{_HANGUL}]){letter}[^\W_]*)?
        | [{_SYMBOLS}]
        """,
        re.VERBOSE,
    )


_PLAIN = r"[^\W\d_]"
_SPACED = rf"(?:(?![{_HAN}{_KANA}{_KATAKANA}{_UNSPACED}{HAN_NUMERALS}])(?:[^\W\d_]|[{MARKS}]))"
_OTHER_SCRIPTS = rf"""
    [{HAN_NUMERALS}]+ | [{_HAN}] | [{_KANA}][\u3099\u309a]? | [{_KATAKANA}]+
    | [{_UNSPACED}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]* |"""
_SPACE_GROUP = r"\d{1,3}(?:\ \d{3})+(?!\d)(?:,\d+)?(?!\d)|"
_TAKES_MORE = re.compile(rf"[{_HAN}{_KANA}{_KATAKANA}{_UNSPACED}{HAN_NUMERALS}{MARKS}]")
_SPACED_DIGITS = re.compile(r"\d \d{3}(?!\d)")
_DIGIT = re.compile(rf"[\d{HAN_NUMERALS}]")
_GROUPED_DIGITS = re.compile(r"\d[., ]\d")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}")
_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


@dataclass(frozen=True)
class Words:
    """The words of a text, in order.

    Attributes:
        forms: Each word in the form in which words are compared.
        starts: Where each starts in the folded text.
        ends: Where each ends in the folded text.
        folded: The folded text.
        number_language: The language whose way of writing numbers was used; empty where none had to be known.
    """

    forms: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    folded: Folded
    number_language: str

    @cached_property
    def language(self) -> str:
        """The language of the text, as far as script and small words tell."""
        return self.number_language or language_of(self.folded.text)

    @cached_property
    def positions(self) -> Mapping[str, Sequence[int]]:
        """For each form, the indexes of the words that have it."""
        found: dict[str, list[int]] = {}
        for index, form in enumerate(self.forms):
            if form in found:
                found[form].append(index)
            else:
                found[form] = [index]
        return found

    def span(self, first: int, last: int) -> Span:
        """The span of the source from word `first` to word `last`, both included."""
        return self.folded.span(self.starts[first], self.ends[last])

    def raw(self, index: int) -> str:
        """The word as it is written in the source."""
        return self.span(index, index).of(self.folded.source)

    def is_capital(self, index: int) -> bool:
        """Whether the word begins with a capital letter in the source."""
        return self.folded.source[self.folded.offsets[self.starts[index]]].isupper()

    def gap(self, index: int) -> str:
        """What stands in the folded text between word `index` and the next one."""
        return self.folded.text[self.ends[index] : self.starts[index + 1]]

    def is_negative(self, index: int) -> bool:
        """Whether a minus sign stands at the number: after a space or a bracket, and directly before the digit."""
        at = self.starts[index] - 1
        if at < 0 or self.folded.text[at] != "-" or not self.folded.text[at + 1].isdecimal():
            return False
        source_at = self.folded.offsets[at]
        before = self.folded.source[source_at - 1 : source_at]
        return self.folded.source[source_at] in "-−" and (before in {"", "(", "["} or before.isspace())


def words_of(text: str, *, language: str | None = None) -> Words:
    """The words of `text`.

    Args:
        text: Any text; empty is allowed.
        language: The language that decides how numbers are grouped; told from the text where it is `None`.
    """
    folded = fold(text)
    known = language or (language_of(folded.text) if _GROUPED_DIGITS.search(folded.text) else "")
    grouped = known in SPACE_GROUPS and _SPACED_DIGITS.search(folded.text) is not None
    if folded.text.isascii():
        pattern = _word_pattern("ascii", grouped, False)
    else:
        phrased = any(phrase in folded.text for phrase in PERCENT_PHRASES)
        pattern = _word_pattern("other" if _TAKES_MORE.search(folded.text) else "spaced", grouped, phrased)
    found = [(match[0], match.start(), match.end()) for match in pattern.finditer(folded.text)]
    forms = [form if form.isalpha() and form not in PERCENT else _canonical(form, known) for form, _, _ in found]
    return Words(forms, [start for _, start, _ in found], [end for _, _, end in found], folded, known)


def _canonical(form: str, language: str) -> str:
    """`form` with one way of writing numbers, percentages, abbreviations and quote marks within words."""
    if form in PERCENT:
        return "%"
    if not form[0].isdecimal():
        if form[-1] == ".":
            return form.replace(".", "")
        return "%" if " " in form else form.replace('"', "'")
    plain = form.replace("'", "").replace(" ", "")
    if language not in COMMA_DECIMAL and _COMMAS.fullmatch(plain):
        return plain.replace(",", "")
    if _POINTS.fullmatch(plain) and (language in POINT_GROUPS or plain.count(".") > 1):
        plain = plain.replace(".", "")
    return plain.replace(",", ".") if language in COMMA_DECIMAL else plain


def is_number(form: str) -> bool:
    """Whether a word holds a digit or a Chinese numeral."""
    return _DIGIT.search(form) is not None


def is_unit(form: str) -> bool:
    """Whether a word is a measure, money or a length of time."""
    return form in UNITS
