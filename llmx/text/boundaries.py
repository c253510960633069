"""Boundaries: whether a span of a text would cut a word.

A word is cut where letters or digits stand on both sides of the cut; also within a number (`1,204`), a contraction that
negates (`do|n't`), a run of Katakana or Chinese numerals (`三|十`), and between a letter and its marks.
Scripts without spaces may be cut between characters. Works on the text as it is, without folding it.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from llmx.text.caseless import caseless
from llmx.text.wordlists import CLITICS, GLUED_UNITS, KOREAN_PARTICLES, MAGNITUDES, SUFFIXES
from llmx.text.words import HAN_NUMERALS

_APOSTROPHES = frozenset("'’ʼ‘＇")
_ORDINAL = re.compile("[iuü]?nc[iuü]")
"""A Turkish ending that makes a number another one: `5'inci`. Other endings at a number are cases, as in `12'si`."""
_NUMBER_INNER = frozenset(".,:/'’٫٬")
_ENTITY_SIGNS = frozenset("&#;")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,20});")
_GERSHAYIM = frozenset('"״”')
_HEBREW_PAIR = re.compile("[א-ת]{2}")
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
    if _is_attached(before) or _is_invisible(before) or _is_invisible(after):
        return _cuts_around_invisible(text, at)
    if (before in _ENTITY_SIGNS or after in _ENTITY_SIGNS) and _cuts_entity(text, at):
        return True
    if "." in (before, after) and _cuts_initials(text, at):
        return True
    if before in _GERSHAYIM or after in _GERSHAYIM:
        return _cuts_at_gershayim(text, at)
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
    if "\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff":
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
    """The letters (and digits) from `at` on, in the script of the first, composed with their marks."""
    end = at
    spaced = _is_spaced(text[at : at + 1])
    while end < min(len(text), at + _LONGEST_LOOK):
        char = text[end]
        if char.isalpha() or (digits and char.isalnum()):
            if _is_spaced(char) != spaced:
                break
        elif not _is_attached(char):
            break
        end += 1
    return unicodedata.normalize("NFC", text[at:end])


def _head(text: str, at: int) -> str:
    """The letters up to `at`, with their marks."""
    start = at
    while start > max(0, at - _LONGEST_LOOK) and (text[start - 1].isalpha() or _is_attached(text[start - 1])):
        start -= 1
    return text[start:at]


def _is_attached(char: str) -> bool:
    """Whether `char` belongs to the one before it: a mark, a joiner, a variation selector, a skin tone."""
    return char > "\u02ff" and (
        unicodedata.category(char) in {"Mn", "Mc", "Me"} or char == "\u200d" or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def _is_invisible(char: str) -> bool:
    return char == "\xad" or (char > "\u0600" and unicodedata.category(char) == "Cf")


def _base(text: str, at: int) -> int:
    """The index of the character that the marks and invisible characters before `at` stand behind; -1 without one."""
    stop = max(-1, at - 1 - _LONGEST_LOOK)
    while at > stop + 1 and (_is_attached(text[at - 1]) or _is_invisible(text[at - 1])):
        at -= 1
    return at - 1


def _cuts_around_invisible(text: str, at: int) -> bool:
    """Whether a cut beside marks or invisible characters cuts the word that they stand in."""
    left, right = _base(text, at), at
    while right < min(len(text), at + _LONGEST_LOOK) and _is_invisible(text[right]):
        right += 1
    if left < 0 or right >= len(text):
        return False
    return text[left].isalnum() and text[right].isalnum() and _cuts_run(text, right, text[left], text[right])


def _cuts_initials(text: str, at: int) -> bool:
    """Whether a cut beside a point parts letters that each have one: `U.|S.`."""
    point = at if text[at] == "." else at - 1
    letters, following = text[point - 1 : point], text[point + 1 : point + 2]
    alone = point < 2 or not text[point - 2].isalnum()  # noqa: PLR2004 - the point and its letter
    return letters.isalpha() and alone and following.isalpha() and text[point + 2 : point + 3] == "."


def _cuts_entity(text: str, at: int) -> bool:
    """Whether a cut lies in an HTML entity, or parts one that is a letter from the letters beside it."""
    found = _ENTITY.match(text, max(0, text.rfind("&", max(0, at - _LONGEST_LOOK), at + 1)))
    if found is None or at > found.end():
        return False
    meant = unescape(found[0])
    if meant == found[0]:
        return False
    beside = text[at : at + 1] if at == found.end() else text[at - 1 : at]
    return found.start() < at < found.end() or (meant.isalpha() and beside.isalnum())


def _cuts_at_gershayim(text: str, at: int) -> bool:
    """Whether a cut beside a mark parts the last letter of a Hebrew abbreviation: `ק|"מ`."""
    mark = at if text[at] in _GERSHAYIM else at - 1
    beside, behind = text[mark - 1 : mark] + text[mark + 1 : mark + 2], text[mark + 2 : mark + 3]
    return _HEBREW_PAIR.fullmatch(beside) is not None and not behind.isalpha()


def _cuts_at_apostrophe(text: str, at: int) -> bool:
    mark = at if text[at] in _APOSTROPHES else at - 1
    if mark == 0 or mark + 1 >= len(text):
        return False
    before, after = text[_base(text, mark)], text[mark + 1]
    if not (_is_spaced(before) and _is_spaced(after)):
        return False
    if before.isdecimal() and after.isdecimal():
        return True
    rest, head = caseless(_rest(text, mark + 1, digits=True)), caseless(_head(text, mark))
    if at == mark:
        is_ending = before.isdecimal() and after.isalpha() and not _ORDINAL.match(rest)
        return rest not in SUFFIXES and not is_ending
    return head not in CLITICS and rest not in SUFFIXES


def _cuts_sign_or_line_end(text: str, at: int) -> bool:
    """Whether a cut parts a minus from its number, a number from its group, or a word at a line end."""
    before, after = text[at - 1], text[at]
    if before in "-−" and after.isdecimal():
        return at == 1 or text[at - 2].isspace() or text[at - 2] in "(["
    if after in "-\xad" or before in "-\xad" or before in "\r\n":
        return _cuts_line_end(text, at)
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


def _cuts_line_end(text: str, at: int) -> bool:
    """Whether a cut beside a hyphen or behind a line break parts a word that the line end cuts."""
    hyphen = at
    while hyphen > max(0, at - _LONGEST_LOOK) and text[hyphen - 1] in "\r\n \t":
        hyphen -= 1
    hyphen = at if text[at] in "-\xad" else hyphen - 1
    end = hyphen + 1
    while end < min(len(text), hyphen + _LONGEST_LOOK) and text[end].isspace():
        end += 1
    broken = "\n" in text[hyphen + 1 : end] or "\r" in text[hyphen + 1 : end]
    if not broken or hyphen <= 0 or end >= len(text) or text[hyphen] not in "-\xad":
        return False
    return text[hyphen - 1].isalpha() and text[end].islower()
