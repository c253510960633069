"""Cores: the bare numbers of a text, digits or words, without what bounds them.

A *core* is what is left of a number when its comparator is taken away: `30` of `over 30`, `two dozen`, `hundreds of
thousands`. What a core counts and how it is bounded is told in `number_kinds` and `comparators`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple
from unicodedata import numeric

from llmx.text.caseless import caseless
from llmx.text.number_words import GROUPS, MEASURES, PLURAL_SCALES, SCALES, SUFFIXES, TENS, UNITS, VAGUE


class Core(NamedTuple):
    """A bare number.

    Attributes:
        start: Where it starts.
        end: Where it ends.
        value: The number; for a vague word the smallest it can mean.
        vague: Whether the value is only a lower bound: dozens.
        digits: Whether it is written in digits.
        rough: Whether it is a round word that need not be exact: a dozen, a hundred.
    """

    start: int
    end: int
    value: Decimal
    vague: bool
    digits: bool
    rough: bool


class _Piece(NamedTuple):
    start: int
    end: int
    word: str
    value: Decimal
    role: Literal["digits", "unit", "ten", "scale", "group", "plural", "vague"]


_WORD_ROLES = {
    **{word: (Decimal(value), "unit") for word, value in UNITS.items()},
    **{word: (Decimal(value), "ten") for word, value in TENS.items()},
    **{word: (Decimal(value), "scale") for word, value in SCALES.items()},
    **{word: (Decimal(value), "group") for word, value in GROUPS.items()},
    **{word: (Decimal(value), "plural") for word, value in PLURAL_SCALES.items()},
    **{word: (Decimal(value), "vague") for word, value in VAGUE.items()},
}


def _by_first_letter(words: Iterable[str]) -> str:
    """A pattern for any of `words` that tries only those of the first letter."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"[{first}{first.upper()}](?i:{'|'.join(rest)})" for first, rest in rests.items())


_FIRST_LETTERS = "".join(sorted({letter for word in _WORD_ROLES for letter in (word[0], word[0].upper())}))
_PIECE = re.compile(
    rf"(?=[\d{_FIRST_LETTERS}])(?:"
    rf"\d+(?:[.,'’\u00a0\u202f\u2009 ]\d{{3}}(?!\d))*(?:[.,]\d+)?|\b(?:{_by_first_letter(_WORD_ROLES)})\b)"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,'’\u00a0\u202f\u2009 ])\d{3})(?:\1\d{3})*\Z")
_GAP = re.compile(r"(?:\s*-\s*|\s+)(and\s+)?\Z", re.IGNORECASE)
_HALF_A = re.compile(r"\b(half\s+an?|an?|one\s+and\s+a\s+half)\s+\Z", re.IGNORECASE)
_AND_PART = re.compile(
    r"[\s-]+and[\s-]+(?:a[\s-]+(?P<half>half)|a[\s-]+quarter|(?P<three>three)[\s-]+quarters?)\b(?!-empty|-full)",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"\s?(?P<sign>[½¼¾⅓⅔])|\s(?P<over>[1-9])/(?P<under>[2-9])(?![\d/])")
_SEVERAL = re.compile(r"\b(several|an?\s+few|few|an?\s+couple\s+of|many)\s+\Z", re.IGNORECASE)
_SUFFIX = re.compile(r"\s?(" + "|".join(sorted(SUFFIXES, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"(?:\s*[-‐‑–]\s*|\s+)?([^\W\d_]+)")
_ARTICLE = re.compile(r"\ban?\s+\Z", re.IGNORECASE)
_CURRENCY = frozenset("$€£¥₤₺₽₹₪")
_MEASURING = frozenset([*MEASURES, *SCALES, *SUFFIXES])
"""Words behind digits that say what the digits measure, or make more of them."""

_WINDOW = 48
_MAX_DIGITS = 24


def find_cores(text: str) -> list[Core]:
    """The bare numbers of `text`, in order, not overlapping; digits of more than 24 places are no number."""
    pieces = [_piece(found, text) for found in _PIECE.finditer(text) if len(found.group()) <= _MAX_DIGITS]
    cores: list[Core] = []
    index = 0
    while index < len(pieces):
        core, index = _assemble(text, pieces, index)
        if core is not None:
            cores.append(core)
    return cores


def _piece(found: re.Match[str], text: str) -> _Piece:
    word = found.group()
    start, end = found.span()
    if not word[0].isdigit():
        key = caseless(word)
        value, role = _WORD_ROLES[key]
        return _Piece(start, end, key, value, role)  # type: ignore[arg-type]  # the table's roles are these
    return _Piece(start, end, word, _digits_value(word, text[end : end + 14]), "digits")


def _digits_value(word: str, behind: str) -> Decimal:
    """The value of digits with separators: 1,204 and 1 204 are thousands, 1.204 is when nothing measured follows."""
    plain = "".join(char if char.isdigit() else " " for char in word)
    grouped = _THOUSANDS.match(word)
    if grouped is not None:
        dotted = grouped.group(1) == "." and word.count(".") == 1
        next_word = _NEXT_WORD.match(behind)
        measured = next_word is not None and next_word.group(1).lower() in _MEASURING
        if not dotted or not (word.startswith("0") or measured or behind.lstrip()[:1] in {"%", ""}):
            return Decimal(plain.replace(" ", ""))
    separators = [char for char in word if not char.isdigit()]
    if not separators:
        return Decimal(word)
    whole, _, fraction = plain.rpartition(" ")
    return Decimal(f"{whole.replace(' ', '')}.{fraction}")


def _assemble(text: str, pieces: Sequence[_Piece], at: int) -> tuple[Core | None, int]:
    """The number that starts at piece `at`, and the index of the piece behind it."""
    first = pieces[at]
    if first.role == "vague":
        return _vague(text, pieces, at)
    if first.role == "plural":
        return _plural(text, pieces, at)
    start, group, total, vague, rough = first.start, first.value, Decimal(0), False, False
    last_scale: Decimal | None = None
    last = first
    if first.role in ("scale", "group"):
        start, group, vague, rough = _unwritten_one(text, first)
        if group == 0:
            return None, at + 1
    end, part = _part_behind(text, first)
    group, at = group + part, at + 1
    while at < len(pieces):
        piece = pieces[at]
        if piece.start < end:
            at += 1
            continue
        gap = _GAP.match(text, end, piece.start) if piece.start - end < _WINDOW else None
        if gap is None:
            break
        joined = _join(last, piece, group, linked=bool(gap.group(1)))
        if joined is None or (piece.role == "scale" and last_scale is not None and piece.value >= last_scale):
            break
        end, part = _part_behind(text, piece)
        group = joined + part
        if piece.role == "scale" and piece.value > 100:  # noqa: PLR2004 - a hundred stays within its group
            total, group, last_scale = total + group, Decimal(0), piece.value
        rough = rough or piece.role == "group"
        last, at = piece, at + 1
    value = total + group
    if last.role == "digits":
        suffix = _SUFFIX.match(text, end)
        if suffix is not None and _is_scale_suffix(text, start, suffix):
            value, end = value * SUFFIXES[caseless(suffix.group(1))], suffix.end()
    return Core(start, end, value, vague, first.role == "digits", rough), at


def _part_behind(text: str, piece: _Piece) -> tuple[int, Decimal]:
    """Where the piece ends with the part that goes with it, and that part: `3½`, `3 1/2`, `a million and a half`."""
    end, whole = piece.end, Decimal(1)
    if piece.role == "scale" and piece.value >= 1000:  # noqa: PLR2004 - a thousand
        whole = piece.value
    elif piece.role not in ("digits", "unit"):
        return end, Decimal(0)
    written = _FRACTION.match(text, end)
    if written is not None and whole == 1 and (written["sign"] or written["over"] < written["under"]):
        sign = written["sign"]
        part = Decimal(str(round(numeric(sign), 4))) if sign else Decimal(written["over"]) / Decimal(written["under"])
        return written.end(), part
    said = _AND_PART.match(text, end)
    if said is None:
        return end, Decimal(0)
    return said.end(), whole * Decimal("0.5" if said["half"] else "0.75" if said["three"] else "0.25")


def _join(last: _Piece, piece: _Piece, group: Decimal, *, linked: bool) -> Decimal | None:
    """The group's value with `piece` behind it, or `None` where that is another number."""
    match last.role, piece.role:
        case ("ten", "unit") if piece.value < 10 and piece.value > 0 and not linked:  # noqa: PLR2004 - a digit
            return group + piece.value
        case ("scale", "unit" | "ten"):
            return group + piece.value
        case ("unit" | "ten" | "digits" | "scale", "scale") if not linked and group > 0:
            return group * piece.value
        case ("unit" | "ten" | "digits", "group") if not linked:
            return group * piece.value
        case _:
            return None


def _unwritten_one(text: str, first: _Piece) -> tuple[int, Decimal, bool, bool]:
    """Start, value, vagueness and roughness of a scale word without a number before it: a hundred, several hundred."""
    window = max(0, first.start - _WINDOW)
    several = _SEVERAL.search(text, window, first.start)
    if several is not None:
        times = 2 if "couple" in several.group(1).lower() else 3
        return several.start(1), first.value * times, True, False
    half = _HALF_A.search(text, window, first.start)
    if half is None:
        bare = first.role == "group" or first.word == "score"
        return first.start, Decimal(0) if bare else first.value, False, True
    words = half.group(1).lower()
    factor = Decimal("0.5") if words.startswith("half") else Decimal("1.5") if words.startswith("one") else Decimal(1)
    return half.start(1), first.value * factor, False, True


def _vague(text: str, pieces: Sequence[_Piece], at: int) -> tuple[Core | None, int]:
    piece = pieces[at]
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if following is not None and following.role in ("scale", "group") and following.start - piece.end <= 4:  # noqa: PLR2004 - " of "
        return None, at + 1
    article = _ARTICLE.search(text, max(0, piece.start - 4), piece.start)
    needs_article = piece.word in ("few", "handful", "couple", "pair")
    if needs_article and article is None:
        return None, at + 1
    start = article.start() if article is not None and needs_article else piece.start
    exact = piece.word in ("both", "couple", "pair")
    return Core(start, piece.end, piece.value, not exact, digits=False, rough=exact), at + 1


def _plural(text: str, pieces: Sequence[_Piece], at: int) -> tuple[Core, int]:
    """Dozens, hundreds of thousands: twice the value at least."""
    first, value, at = pieces[at], pieces[at].value, at + 1
    end = first.end
    while at < len(pieces) and pieces[at].role == "plural" and text[end : pieces[at].start].strip().lower() == "of":
        value, end, at = value * pieces[at].value, pieces[at].end, at + 1
    return Core(first.start, end, value * 2, vague=True, digits=False, rough=False), at


def _is_scale_suffix(text: str, start: int, suffix: re.Match[str]) -> bool:
    """Whether the letters behind digits are a scale (4m people) and not a unit (4 m wide)."""
    letters = suffix.group(1)
    money = text[start - 1 : start] in _CURRENCY if start else False
    if letters.lower() in ("m", "b", "k"):
        if suffix.group()[0].isspace() and not money:
            return False
        if not money and letters in ("M", "B", "K") and not text[suffix.end() :].startswith(" "):
            return False
        behind = _NEXT_WORD.match(text, suffix.end(), suffix.end() + 16)
        word = behind.group(1).lower() if behind else ""
        return word not in {"tall", "deep", "high", "wide", "long", "away", "race", "sprint", "from", "above", "below"}
    return True
