"""Boundaries: whether a span of a text would cut a word.

A word is cut where letters or digits stand on both sides of the cut; also within a number (`1,204`), a contraction that
negates (`do|n't`), a run of Katakana or Chinese numerals (`三|十`), and between a letter and its marks.
Scripts without spaces may be cut between characters. Works on the text as it is, without folding it.
"""

from __future__ import annotations

import unicodedata

from llmx.text.wordlists import CLITICS, GLUED_UNITS, KOREAN_PARTICLES, MAGNITUDES, SUFFIXES
from llmx.text.words import HAN_NUMERALS

_APOSTROPHES = frozenset("'’ʼ‘＇")
_NUMBER_INNER = frozenset(".,:/'’٫٬")
_LONGEST_LOOK = 24
_GROUP = 3


def cuts_word(text: str, at: int) -> bool:
    """Whether a span of `text` that starts or ends at `at` would cut a word there."""
    if at <= 0 or at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    if after == " " or before == " ":
        return False
    if before.isalnum() and after.isalnum():
        return _cuts_run(text, at, before, after)
    if _is_attached(after):
        return not before.isspace()
    if before == "\u200d" and unicodedata.category(after) == "So":
        return True
    if _is_invisible(before) or _is_invisible(after):
        return _cuts_around_invisible(text, at)
    if after in _APOSTROPHES or before in _APOSTROPHES:
        return _cuts_at_apostrophe(text, at)
    if after in _NUMBER_INNER and before.isdecimal():
        return _goes_on(text, at)
    if before in _NUMBER_INNER and after.isdecimal():
        return text[at - 2 : at - 1].isdecimal() and _goes_on(text, at - 1)
    return _cuts_sign_or_line_end(text, at)


def _goes_on(text: str, at: int) -> bool:
    """Whether the mark at `at` goes on with a number: digits follow, and behind a comma no more than three."""
    if text[at] == ",":
        group = text[at + 1 : at + 5]
        return group[:1].isdecimal() and not (len(group) > _GROUP and group.isdecimal())
    return text[at + 1 : at + 2].isdecimal()


def _cuts_run(text: str, at: int, before: str, after: str) -> bool:
    """Whether a cut between two letters or digits cuts a word; in scripts without spaces it may not."""
    if before < "\u0e00" and after < "\u0e00":
        rest = _rest(text, at, digits=False).lower()
        return not (before.isdecimal() and rest in GLUED_UNITS and rest not in MAGNITUDES)
    if before in HAN_NUMERALS and after in HAN_NUMERALS:
        return True
    left, right = _script(before), _script(after)
    if left == right == "hangul":
        return _rest(text, at, digits=True) not in KOREAN_PARTICLES
    if left == right == "katakana":
        return True
    return left == right == "spaced"


def _is_spaced(char: str) -> bool:
    """Whether `char` is a digit, or a letter of a script that parts its words by spaces."""
    return char.isalnum() and (char < "\u0e00" or _script(char) in {"spaced", "hangul"})


def _script(char: str) -> str:
    if "\u30a1" <= char <= "\u30ff" or "\uff66" <= char <= "\uff9f":
        return "katakana"
    if "\uac00" <= char <= "\ud7a3":
        return "hangul"
    unspaced = (
        "\u3005" <= char <= "\u30a0"
        or "\u3400" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\u0e00" <= char <= "\u0eff"
        or "\u1000" <= char <= "\u109f"
        or "\u1780" <= char <= "\u17ff"
        or char >= "\U00020000"
    )
    return "unspaced" if unspaced else "spaced"


def _rest(text: str, at: int, *, digits: bool) -> str:
    """The letters (and digits) from `at` on, in the script of the first."""
    end = at
    spaced = _is_spaced(text[at : at + 1])
    while end < min(len(text), at + _LONGEST_LOOK) and (text[end].isalpha() or (digits and text[end].isalnum())):
        if _is_spaced(text[end]) != spaced:
            break
        end += 1
    return text[at:end]


def _head(text: str, at: int) -> str:
    """The letters up to `at`."""
    start = at
    while start > max(0, at - _LONGEST_LOOK) and text[start - 1].isalpha():
        start -= 1
    return text[start:at]


def _is_attached(char: str) -> bool:
    """Whether `char` belongs to the one before it: a mark, a joiner, a variation selector, a skin tone."""
    return char > "\u02ff" and (
        unicodedata.category(char) in {"Mn", "Mc", "Me"} or char == "\u200d" or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def _is_invisible(char: str) -> bool:
    return char == "\xad" or (char > "\u0600" and unicodedata.category(char) == "Cf")


def _cuts_around_invisible(text: str, at: int) -> bool:
    """Whether a cut beside invisible characters cuts the word that they stand in."""
    left = at - 1
    while left >= 0 and _is_invisible(text[left]):
        left -= 1
    right = at
    while right < len(text) and _is_invisible(text[right]):
        right += 1
    if left < 0 or right >= len(text):
        return False
    return text[left].isalnum() and text[right].isalnum() and _cuts_run(text, right, text[left], text[right])


def _cuts_at_apostrophe(text: str, at: int) -> bool:
    mark = at if text[at] in _APOSTROPHES else at - 1
    if mark == 0 or mark + 1 >= len(text) or not (_is_spaced(text[mark - 1]) and _is_spaced(text[mark + 1])):
        return False
    if text[mark - 1].isdecimal() and text[mark + 1].isdecimal():
        return True
    rest, head = _rest(text, mark + 1, digits=True), _head(text, mark)
    if at == mark:
        return rest not in SUFFIXES
    return head.lower() not in CLITICS and rest not in SUFFIXES


def _cuts_sign_or_line_end(text: str, at: int) -> bool:
    """Whether a cut parts a minus from its number, a number from its group, or a word at a line end."""
    before, after = text[at - 1], text[at]
    if before in "-−" and after.isdecimal():
        return at > 1 and text[at - 2] in " \xa0("
    if after in "-\xad" or before in "-\xad":
        hyphen = at if after in "-\xad" else at - 1
        end = hyphen + 1
        while end < len(text) and text[end].isspace():
            end += 1
        broken = "\n" in text[hyphen + 1 : end] or "\r" in text[hyphen + 1 : end]
        return broken and hyphen > 0 and end < len(text) and text[hyphen - 1].isalpha() and text[end].islower()
    if after in "\xa0\u2009\u202f" and before.isdecimal():
        group = text[at + 1 : at + 5]
        return group[:3].isdecimal() and len(group[:3]) == 3 and not group[3:].isdecimal()  # noqa: PLR2004
    if before in "\xa0\u2009\u202f" and after.isdecimal():
        return (
            at > 1
            and text[at - 2].isdecimal()
            and text[at : at + 3].isdecimal()
            and not text[at + 3 : at + 4].isdecimal()
        )
    return False
