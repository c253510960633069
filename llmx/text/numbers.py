"""Numbers: which numbers a text states, with the bounds its words put on them.

A *number* is the digits or words of a quantity together with its comparator: `over 30`, `between six and eight`,
`dozens`. Ordinals, parts of dates, clock times and digits in names (Su-25, 9/11) are told apart by `kind`. The grammar
is English; digits are read in any language. What the number counts is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from llmx.text.number_words import (
    ABOUT_IS_A_PREPOSITION,
    AFTER,
    BEFORE,
    CHANGES,
    DESIGNATORS,
    FILLERS,
    GROUPS,
    MEASURES,
    MONEY_WORDS,
    OVER_IS_A_PREPOSITION,
    PLURAL_SCALES,
    SCALES,
    SUFFIXES,
    TENS,
    UNITS,
    VAGUE,
    Comparator,
)
from llmx.text.span import Span

NumberKind = Literal["count", "percent", "money", "measure", "age", "ordinal", "date", "clock", "code", "fraction"]
"""What a number is: only a `count` can be a number of people or things."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as the text states it.

    Attributes:
        span: The number with its comparator: `over 30`.
        core: The number alone: `30`.
        low: Smallest whole number the words allow; `None` where they set no lower bound.
        best: The number itself, where the words give one.
        high: Largest whole number the words allow; `None` where they set no upper bound.
        qualifier: How the words bound it.
        kind: What it is.
        values: The number as written, one, or two for a range; for a vague word its lower bound.
        total: True for the five in "two of the five": the whole that another number is part of.
    """

    span: Span
    core: Span
    low: int | None
    best: int | None
    high: int | None
    qualifier: Comparator
    kind: NumberKind
    values: tuple[Decimal, ...]
    total: bool = False

    def shifted(self, by: int) -> Number:
        """This number with its spans moved `by` code points to the right."""
        return replace(self, span=self.span.shifted(by), core=self.core.shifted(by))


class _Piece(NamedTuple):
    start: int
    end: int
    word: str
    value: Decimal
    role: Literal["digits", "unit", "ten", "scale", "group", "plural", "vague"]


class _Core(NamedTuple):
    start: int
    end: int
    value: Decimal
    vague: bool
    digits: bool
    rough: bool


_WORD_ROLES = {
    **{word: (Decimal(value), "unit") for word, value in UNITS.items()},
    **{word: (Decimal(value), "ten") for word, value in TENS.items()},
    **{word: (Decimal(value), "scale") for word, value in SCALES.items()},
    **{word: (Decimal(value), "group") for word, value in GROUPS.items()},
    **{word: (Decimal(value), "plural") for word, value in PLURAL_SCALES.items()},
    **{word: (Decimal(value), "vague") for word, value in VAGUE.items()},
}
_PIECE = re.compile(
    r"\d+(?:[.,'’\u00a0\u202f\u2009 ]\d{3}(?!\d))*(?:[.,]\d+)?|\b(?:"
    + "|".join(sorted(_WORD_ROLES, key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,'’\u00a0\u202f\u2009 ])\d{3})(?:\1\d{3})*\Z")
_GAP = re.compile(r"(?:\s*-\s*|\s+)(and\s+(?:a\s+half\s+)?|a\s+half\s+)?\Z", re.IGNORECASE)
_LEFT_WORDS = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\Z")
_HALF_A = re.compile(r"\b(half\s+an?|an?|one\s+and\s+a\s+half)\s+\Z", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(several|an?\s+few|few|an?\s+couple\s+of|many)\s+\Z", re.IGNORECASE)
_SUFFIX = re.compile(r"\s?(" + "|".join(sorted(SUFFIXES, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_RANGE_GAP = re.compile(r"\s*(?:[-–—‒]|to|or)\s*\Z|\s+and\s+\Z", re.IGNORECASE)
_NEXT_WORD = re.compile(r"(?:\s*[-‐‑–]\s*|\s+)?([^\W\d_]+)")
_AFTER = re.compile(r"\s*(\+)|[\s,(-]*\b(" + "|".join(sorted(AFTER, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:%|per\s?cent\b|percent\b|pct\b|percentage\b)|-percent\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_OLD = re.compile(r"[\s-]+years?[\s-]+olds?\b|[\s-]+(?:months?|weeks?)[\s-]+olds?\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged|ages?|turned)\s+(?:between\s+)?\Z", re.IGNORECASE)
_CLOCK = re.compile(r":\d\d|\s?(?:a\.?m\b|p\.?m\b|o'clock|o’clock|GMT\b|UTC\b|hrs\b)", re.IGNORECASE)
_TWELVE_STEPS = 48
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?(?:,\d{{3}}\b|%))(?:\s*[-–]\s*\d{{1,2}}\b)?(?:,?\s+\d{{4}}\b)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:,?\s+\d{{4}}\b)?"
    rf"|\b{_MONTH},?\s+(?:of\s+)?(?:19|20)\d\d\b"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}:\d\d\b"
    r"|\b(?:1[5-9]|20)\d\ds?\s?[-–/]\s?(?:(?:1[5-9]|20)\d\d|\d\d)\b(?!,)|\b(?:the\s+)(?:early\s+|late\s+|mid-?)?(?:1[5-9]|20)?\d0[’']?s\b"
    r"|\b(?:in|since|until|till|by|from|during|of|before|after|through|early|late|mid|mid-|year|between|to|and|for|the)\s+(?:1[5-9]|20)\d\d\b"
    r"(?!\s+[^\W\d_]+s\b)(?![,.]\d)(?!-(?:strong|member))"
    r"|\((?:1[5-9]|20)\d\d\)",
    re.IGNORECASE,
)
_CLAUSE_TO = re.compile(r"\b(from|between)\s+\Z", re.IGNORECASE)
_OF_THE = re.compile(
    r"\s+(?:[^\W\d_]+\s+)?(?:of|out\s+of)\s+(?:the|its|their|his|her|those|these|a\s+total\s+of)?\s*\Z", re.IGNORECASE
)
_CURRENCY = frozenset("$€£¥₤₺₽₹₪")


def find_numbers(text: str) -> tuple[Number, ...]:
    """The numbers that `text` states, in order, not overlapping. Linear in the length of `text`."""
    dates = [found.span() for found in _DATE.finditer(text)] if any(map(str.isdigit, text)) else []
    cores = _cores(text)
    numbers: list[Number] = []
    index = 0
    while index < len(cores):
        core = cores[index]
        after = cores[index + 1] if index + 1 < len(cores) else None
        kind = _special_kind(text, core, dates)
        if kind is not None:
            numbers.append(_plain(core, kind))
        elif after is not None and _special_kind(text, after, dates) is None and _is_range(text, core, after):
            numbers.append(_range(text, core, after))
            index += 1
        else:
            numbers.append(_bounded(text, core))
        index += 1
    return _with_totals(text, numbers)


def _cores(text: str) -> list[_Core]:
    pieces = [_piece(found, text) for found in _PIECE.finditer(text)]
    cores: list[_Core] = []
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
        value, role = _WORD_ROLES[word.lower()]
        return _Piece(start, end, word.lower(), value, role)  # type: ignore[arg-type]  # the table's roles are these
    return _Piece(start, end, word, _digits_value(word, text[end : end + 14]), "digits")


def _digits_value(word: str, behind: str) -> Decimal:
    """The value of digits with separators: 1,204 and 1 204 are thousands, 1.204 is when nothing measured follows."""
    plain = "".join(char if char.isdigit() else " " for char in word)
    grouped = _THOUSANDS.match(word)
    if grouped is not None:
        dotted = grouped.group(1) == "." and word.count(".") == 1
        next_word = _NEXT_WORD.match(behind)
        measured = next_word is not None and next_word.group(1).lower() in MEASURES | SCALES.keys() | SUFFIXES.keys()
        if not dotted or not (word.startswith("0") or measured or behind.lstrip()[:1] in {"%", ""}):
            return Decimal(plain.replace(" ", ""))
    separators = [char for char in word if not char.isdigit()]
    if not separators:
        return Decimal(word)
    whole, _, fraction = plain.rpartition(" ")
    return Decimal(f"{whole.replace(' ', '')}.{fraction}")


def _assemble(text: str, pieces: Sequence[_Piece], at: int) -> tuple[_Core | None, int]:
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
    at += 1
    while at < len(pieces):
        piece = pieces[at]
        gap = _GAP.match(text, last.end, piece.start) if piece.start - last.end < _TWELVE_STEPS else None
        if gap is None:
            break
        joined = _join(last, piece, group, (gap.group(1) or "").lower())
        if joined is None or (piece.role == "scale" and last_scale is not None and piece.value >= last_scale):
            break
        group = joined
        if piece.role == "scale" and piece.value > 100:  # noqa: PLR2004 - a hundred stays within its group
            total, group, last_scale = total + group, Decimal(0), piece.value
        rough = rough or piece.role == "group"
        last, at = piece, at + 1
    end, value = last.end, total + group
    if last.role == "digits":
        suffix = _SUFFIX.match(text, end)
        if suffix is not None and _is_scale_suffix(text, start, suffix):
            value, end = value * SUFFIXES[suffix.group(1).lower()], suffix.end()
    return _Core(start, end, value, vague, first.role == "digits", rough), at


def _join(last: _Piece, piece: _Piece, group: Decimal, link: str) -> Decimal | None:
    """The group's value with `piece` behind it, or `None` where that is another number."""
    if "half" in link:
        return (group + Decimal("0.5")) * piece.value if piece.role == "scale" else None
    linked = bool(link)
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
    window = max(0, first.start - _TWELVE_STEPS)
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


def _vague(text: str, pieces: Sequence[_Piece], at: int) -> tuple[_Core | None, int]:
    piece = pieces[at]
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if following is not None and following.role in ("scale", "group") and following.start - piece.end <= 4:  # noqa: PLR2004 - " of "
        return None, at + 1
    article = re.compile(r"\ban?\s+\Z", re.IGNORECASE).search(text, max(0, piece.start - 4), piece.start)
    needs_article = piece.word in ("few", "handful", "couple", "pair")
    if needs_article and article is None:
        return None, at + 1
    start = article.start() if article is not None and needs_article else piece.start
    exact = piece.word in ("both", "couple", "pair")
    return _Core(start, piece.end, piece.value, not exact, digits=False, rough=exact), at + 1


def _plural(text: str, pieces: Sequence[_Piece], at: int) -> tuple[_Core, int]:
    """Dozens, hundreds of thousands: twice the value at least."""
    first, value, at = pieces[at], pieces[at].value, at + 1
    end = first.end
    while at < len(pieces) and pieces[at].role == "plural" and text[end : pieces[at].start].strip().lower() == "of":
        value, end, at = value * pieces[at].value, pieces[at].end, at + 1
    return _Core(first.start, end, value * 2, vague=True, digits=False, rough=False), at


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


def _special_kind(text: str, core: _Core, dates: Sequence[tuple[int, int]]) -> NumberKind | None:
    """The kind of a number that counts nothing: of a date, a clock time, a name, or in order; else `None`."""
    if not core.digits:
        return "age" if _OLD.match(text, core.end) or _AGED.search(text, max(0, core.start - 16), core.start) else None
    if any(start < core.end and core.start < end for start, end in dates):
        return "date"
    before = text[max(0, core.start - 2) : core.start]
    behind = text[core.end : core.end + 1]
    if _CLOCK.match(text, core.end):
        return "clock"
    if _ORDINAL.match(text, core.end):
        return "ordinal"
    if before[-1:].isalpha() or (before[-1:] in "-‐‑–" and before[:1].isalpha() and len(before) == 2):  # noqa: PLR2004 - letter and hyphen
        return "code"
    if before[-1:] in {"/", "#", "_"} or behind in {"/", "_"}:
        return "code"
    if (behind.isalpha() and not _NEXT_WORD_IS_UNIT.match(text, core.end)) or _is_designated(text, core.start):
        return "code"
    return "age" if _is_age(text, core) else None


_NEXT_WORD_IS_UNIT = re.compile(r"(?:km|kg|ft|cm|mm|mph|kph|mw|lbs?|pct|hrs?|am|pm)\b", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?\s+\Z")


def _is_designated(text: str, start: int) -> bool:
    before = _WORD_BEFORE.search(text, max(0, start - 16), start)
    if before is None or not before.group(1)[0].isupper():
        return False
    return before.group(1).lower() in DESIGNATORS


def _is_age(text: str, core: _Core) -> bool:
    if _OLD.match(text, core.end) or _AGED.search(text, max(0, core.start - 16), core.start):
        return True
    before, behind = text[max(0, core.start - 3) : core.start], text[core.end : core.end + 1]
    alone = before[-2:] == ", " and before[:1].isalpha() and behind == ","
    return alone and core.value < 110 and core.value == int(core.value) and _name_before(text, core.start - 2)  # noqa: PLR2004 - years


def _name_before(text: str, end: int) -> bool:
    word = _LEFT_WORDS.search(text, max(0, end - 24), end)
    return word is not None and word.group()[0].isupper()


def _is_range(text: str, first: _Core, second: _Core) -> bool:
    gap = text[first.end : second.start] if second.start - first.end <= 6 else "?"  # noqa: PLR2004 - " and "
    if first.vague or second.vague or not _RANGE_GAP.match(gap) or not 0 < first.value < second.value:
        return False
    opening = _CLAUSE_TO.search(text, max(0, first.start - 10), first.start)
    if gap.strip().lower() == "and":
        return opening is not None and opening.group(1).lower() == "between"
    if gap.strip().lower() == "or":
        return second.value <= first.value * 2
    if opening is not None and opening.group(1).lower() == "from":
        words = text[max(0, opening.start() - 24) : opening.start()].lower().split()
        return not CHANGES.intersection(words[-2:])
    return True


def _range(text: str, first: _Core, second: _Core) -> Number:
    factor = Decimal(1)
    if first.digits and second.digits:
        written = text[second.start : second.end]
        for word, scale in (*SCALES.items(), *SUFFIXES.items()):
            if (
                written.lower().endswith(word)
                and not written[-len(word) - 1 :].isdigit()
                and scale * first.value < second.value
            ):
                factor = Decimal(scale)
                break
    elif second.value >= first.value * 1000 or (second.value % 100 == 0 and first.value < 20):  # noqa: PLR2004 - two to three hundred
        factor = _scale_of(text[second.start : second.end])
    low, high = first.value * factor, second.value
    opening = _CLAUSE_TO.search(text, max(0, first.start - 10), first.start)
    start = opening.start() if opening is not None else first.start
    return Number(
        span=Span(start, second.end),
        core=Span(first.start, second.end),
        low=_whole(low),
        best=None,
        high=_whole(high),
        qualifier="range",
        kind=_counted_kind(text, first.start, second.end),
        values=(low, high),
    )


def _scale_of(words: str) -> Decimal:
    last = re.split(r"[\s-]+", words.lower())[-1]
    return Decimal(SCALES.get(last, 1))


def _bounded(text: str, core: _Core) -> Number:
    start, comparator = _comparator_before(text, core.start)
    end = core.end
    kind = _counted_kind(text, core.start, core.end)
    behind = _AFTER.match(text, core.end)
    if behind is not None and comparator == "exact":
        word = behind.group(2)
        comparator = "at_least" if word is None else AFTER[" ".join(word.lower().split())]
        end = behind.end()
    low, best, high, qualifier = _bounds(core, comparator)
    return Number(
        span=Span(start, end),
        core=Span(core.start, core.end),
        low=low,
        best=best,
        high=high,
        qualifier=qualifier,
        kind=kind,
        values=(core.value,),
    )


def _bounds(core: _Core, comparator: Comparator) -> tuple[int | None, int | None, int | None, Comparator]:
    """Lower bound, number, upper bound and qualifier, by the news schema's conventions."""
    value = _whole(core.value)
    if value is None:
        return None, None, None, comparator
    if core.vague:
        more = 1 if comparator == "more_than" else 0
        return value + more, None, None, "vague" if comparator not in ("at_least", "more_than") else comparator
    match comparator:
        case "at_least":
            return value, None, None, comparator
        case "more_than":
            return value + 1, None, None, comparator
        case "at_most":
            return None, None, value, comparator
        case "fewer_than":
            return None, None, value - 1, comparator
        case "about":
            return None, value, None, comparator
        case "nearly":
            return None, value, value, comparator
        case _:
            return (None, value, None, "vague") if core.rough else (value, value, value, "exact")


def _comparator_before(text: str, start: int) -> tuple[int, Comparator]:
    """Where the comparator before a number starts, and what it is; `exact` where there is none."""
    window = text[max(0, start - _TWELVE_STEPS) : start]
    stripped = window.rstrip("$€£¥US")
    if not stripped or not (stripped[-1].isspace() or stripped[-1] in "~≈><≥≤("):
        return start, "exact"
    tail = stripped.rstrip()
    base = start - len(window)
    if tail[-1:] in "~≈" and tail:
        return base + len(tail) - 1, "about"
    if tail[-1:] in "><≥≤" and tail:
        signs: dict[str, Comparator] = {">": "more_than", "<": "fewer_than", "≥": "at_least", "≤": "at_most"}
        return base + len(tail) - 1, signs[tail[-1]]
    found_at, found = start, "exact"
    position = len(tail)
    for _ in range(3):
        at, phrase = _phrase_at_end(tail, position)
        if phrase is None:
            break
        if phrase in BEFORE:
            if _is_preposition(tail, at, phrase):
                break
            found_at, found = base + at, BEFORE[phrase]
        position = len(tail[:at].rstrip())
    return found_at, found


_SPACED = re.compile(r"\s+")
_LONGEST = 5


def _phrase_at_end(tail: str, end: int) -> tuple[int, str | None]:
    """The longest comparator or filler that ends at `end`, and where it starts."""
    words: list[str] = []
    position = end
    best: tuple[int, str | None] = (end, None)
    while len(words) < _LONGEST:
        found = _LEFT_WORDS.search(tail, max(0, position - 16), position)
        if found is None:
            break
        words.insert(0, found.group().lower().rstrip("."))
        phrase = " ".join(words)
        if phrase in BEFORE or phrase in FILLERS:
            best = (found.start(), phrase)
        position = found.start()
        trimmed = len(tail[:position].rstrip())
        if trimmed in {0, position}:
            break
        position = trimmed
    return best


def _is_preposition(tail: str, at: int, phrase: str) -> bool:
    before = _LEFT_WORDS.search(tail[:at].rstrip())
    word = before.group().lower() if before is not None else ""
    if phrase == "about":
        return word in ABOUT_IS_A_PREPOSITION
    return phrase in ("over", "under", "above", "beyond") and word in OVER_IS_A_PREPOSITION


def _counted_kind(text: str, start: int, end: int) -> NumberKind:
    if text[start - 1 : start] in _CURRENCY and start:
        return "money"
    if _PERCENT.match(text, end):
        return "percent"
    if _OLD.match(text, end):
        return "age"
    following = _NEXT_WORD.match(text, end, min(len(text), end + 32))
    word = following.group(1).lower() if following is not None else ""
    if word in MONEY_WORDS:
        return "money"
    if word in ("third", "thirds", "quarters", "fifths", "tenths"):
        return "fraction"
    return "measure" if word in MEASURES else "count"


def _plain(core: _Core, kind: NumberKind) -> Number:
    span = Span(core.start, core.end)
    value = _whole(core.value)
    return Number(
        span=span, core=span, low=value, best=value, high=value, qualifier="exact", kind=kind, values=(core.value,)
    )


def _with_totals(text: str, numbers: list[Number]) -> tuple[Number, ...]:
    """The numbers, with the five of "two of the five" marked as a total."""
    marked = numbers[:1]
    for number in numbers[1:]:
        before = marked[-1]
        near = number.span.start - before.core.end <= _TWELVE_STEPS
        whole = (
            near and before.kind == number.kind == "count" and _OF_THE.match(text, before.core.end, number.span.start)
        )
        marked.append(replace(number, total=True) if whole else number)
    return tuple(marked)


def _whole(value: Decimal) -> int | None:
    return int(value) if value == value.to_integral_value() else None


def iterate(numbers: Sequence[Number], within: Span) -> Iterator[Number]:
    """The numbers whose core lies within a span."""
    return (number for number in numbers if within.contains(number.core))
