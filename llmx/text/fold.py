"""Folding: one form for what is written differently and read alike.

*Folded* text has one kind of quote mark, dash and space, no case, no invisible characters, no vowel points of Arabic
and Hebrew, one Unicode form, and no hyphenation at line ends. Folding never joins words (save those that a line end
cut), never changes which letters or digits are read, and never drops a mark that means something. What else may
differ between a quote and its text is not decided here.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import overload

from llmx.text.span import Span

_SINGLE_QUOTES = "'‘’‚‛ʼʻʽʾʿ`´′‵＇‹›׳"
_DOUBLE_QUOTES = '"“”„‟«»″‶〝〞〟＂❝❞״「」『』《》〈〉'
_MAPPED = {
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict(zip("。｡、،؛؟٪٫٬۔।〜−⁃·・‧∙", "..,,;?%.,.." + "~--····", strict=True)),
    **dict(zip("İıſςΣ", "iisσσ", strict=True)),
    "ß": "ss",
    "ẞ": "ss",
    **dict(zip("œŒæÆ", ("oe", "oe", "ae", "ae"), strict=True)),
    "…": "...",
}
_KEPT = frozenset("ªº№™")
_DELETED = re.compile(
    r"[\u034f\u0640\u064b-\u0652\u0670\u0610-\u061a\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_GROUPING_SPACES = frozenset("\xa0\u2007\u2009\u202f")
_SPACES = re.compile(r"[^\S ]\s*+| \s++")
_WANTS_EDITS = re.compile(r"[&`\x00-\x1f\x7f]|--|  |- ")
_DASHES = re.compile(r"-{2,}+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]++")
_ENTITY = re.compile(r"&(?:(?:amp|#0*38|#x0*26);)*(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});")
_DOTTED_I = re.compile("i\u0307+")
"""A dotted capital I in small letters."""
_LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
_FEW = 24
"""Up to so many distinct characters, replacing one after the other is faster than a translation table."""

_MOST_PASSES = 12


class Offsets(Sequence[int]):
    """For each code point of a folded text the index in the source that it came from; never decreasing."""

    __slots__ = ("_at", "_length", "_source")

    def __init__(self, length: int, at: list[int], source: list[int]) -> None:
        """Build from pieces: from folded index `at[k]` on, the source runs on one by one from `source[k]`."""
        self._length, self._at, self._source = length, at, source

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        if not -self._length <= index < self._length:
            raise IndexError(index)
        index %= self._length
        piece = bisect_right(self._at, index) - 1
        return self._source[piece] + index - self._at[piece]


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to its source.

    Attributes:
        text: The folded text.
        offsets: For each of its code points, the index in the source (same length, never decreasing).
        source: The text that was folded.
    """

    text: str
    offsets: Offsets
    source: str

    def span(self, start: int, end: int) -> Span:
        """The span of the source that folded to `[start, end)`, which must not be empty."""
        first = self.offsets[start]
        last = self.offsets[end - 1]
        stop = self.offsets[end] if end < len(self.text) else len(self.source)
        stop = max(stop, last + 1)
        while stop > last + 1 and _is_dropped(self.source[stop - 1]):
            stop -= 1
        return Span(first, stop)


def fold(text: str) -> Folded:
    """Return `text` with quote marks, dashes, spaces, case and Unicode forms folded to one.

    Args:
        text: Any text; need not be normalised. Empty is allowed.

    Returns:
        The folded text with its offsets. Folding it again changes nothing.

    Source: Unicode categories Pd, Pi, Pf, Cf (UAX #44, table 12), normalisation forms C and KC (UAX #15).
    """
    if text.isascii() and not _WANTS_EDITS.search(text):
        return Folded(text.lower(), Offsets(len(text), [0], [0]), text)
    folded, is_settled = _fold_once(text)
    for _ in range(_MOST_PASSES):
        if is_settled:
            break
        again, _ = _fold_once(folded.text)
        if again.text == folded.text:
            break
        sources = [folded.offsets[i] for i in again.offsets]
        folded = Folded(again.text, Offsets(len(sources), list(range(len(sources))), sources), text)
    return folded


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    """The folded form of one code point: empty where it is invisible, several where it stands for several."""
    if char in _MAPPED:
        return _MAPPED[char]
    category = unicodedata.category(char)
    if category == "Cf" or _DELETED.match(char):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category == "Pd":
        return "-"
    if category[0] == "Z":
        return " "
    if char in _KEPT or category in {"No", "Nl", "So", "Cs", "Co", "Cn"}:
        return char.lower()
    plain = unicodedata.normalize("NFKC", char)
    if " " in plain:
        return char
    low = unicodedata.normalize("NFC", plain.casefold().lower())
    return "".join(part if part == char or part < "\x80" else fold_char(part) for part in low)


def _is_dropped(char: str) -> bool:
    """Whether `char` leaves no trace behind a word: space, or invisible. Marks on a letter are not dropped."""
    return char.isspace() or (unicodedata.category(char) in {"Cf", "Cc"})


_Edit = tuple[int, int, str]


def _fold_once(text: str) -> tuple[Folded, bool]:
    """`text` folded in one pass, and whether a second one is sure to change nothing."""
    forms = {} if text.isascii() else {char: fold_char(char) for char in set(text) if char > "\x7f"}
    flat = _flattened(text, forms)
    edits = _line_edits(text, flat)
    more = _odd_edits(text, flat, forms)
    if more:
        edits = _without_overlaps([*edits, *more])
    is_settled = all(map(_settles, filter(None, forms.values()))) and all(map(_settles_in_place, more))
    if is_settled and "&" in flat:
        # A line end within a name may have hidden an entity: `&a-⏎mp;`.
        hidden = any(new == "" for _, _, new in edits)
        is_settled = not hidden and not any(map(_spells_entities, forms.values()))
    return _applied(text, flat, edits), is_settled


def _flattened(text: str, forms: Mapping[str, str]) -> str:
    """`text` with all folds that keep its length."""
    changed = {
        char: form
        for char, form in forms.items()
        if len(form) == 1 and char not in _GROUPING_SPACES and (form != char.lower() or char == "Σ")
    }
    if len(changed) > _FEW:
        text = text.translate({ord(char): form for char, form in changed.items()})
        changed = {}
    for char, form in changed.items():
        text = text.replace(char, form)
    return text.replace("`", "'").lower()


def _line_edits(text: str, flat: str) -> list[_Edit]:
    """Edits of white space, of words cut at a line end, and of runs of dashes."""
    edits: list[_Edit] = []
    for found in _SPACES.finditer(flat):
        start, end = found.span()
        if end == start + 1 and text[start] in _GROUPING_SPACES:
            edits.append((start, end, "'" if _parts_digits(flat, start) else " "))
        elif start > 1 and end < len(flat) and flat[start - 1] in "-\xad" and _is_word_cut(text, flat, start, end):
            edits.append((start - 1, end, "" if text[end].islower() or flat[start - 1] == "\xad" else "-"))
        else:
            edits.append((start, end, " "))
    if "--" in flat:
        edits.extend((*found.span(), "-") for found in _DASHES.finditer(flat))
        edits = _without_overlaps(edits)
    return edits


def _is_word_cut(text: str, flat: str, start: int, end: int) -> bool:
    """Whether the hyphen before the white space `[start, end)` cuts a word at a line end."""
    return flat[start - 2].isalpha() and text[end].isalpha() and not _LINE_BREAKS.isdisjoint(text[start:end])


def _odd_edits(text: str, flat: str, forms: Mapping[str, str]) -> list[_Edit]:
    """Edits of what is invisible, composed, an entity, or stands for several characters."""
    edits: list[_Edit] = [(*found.span(), "") for found in _CONTROLS.finditer(flat)]
    if "&" in flat:
        for found in _ENTITY.finditer(flat):
            new = _read_entity(text[found.start() : found.end()], found[0])
            if new != found[0]:
                edits.append((*found.span(), new))
    odd = {re.escape(c) for char, form in forms.items() if len(form) != 1 for c in (char, char.lower()) if len(c) == 1}
    patterns = [f"[{''.join(sorted(odd))}]"] if odd else []
    if forms and ("\u0307" in forms or not unicodedata.is_normalized("NFC", text)):
        marks = "".join(sorted(re.escape(char) for char, form in forms.items() if form and _joins(char)))
        patterns = [rf"[^\s{''.join(sorted(odd))}][{marks}]+", *patterns] if marks else patterns
    if patterns:
        for found in _compiled("|".join(patterns)).finditer(flat):
            raw = unicodedata.normalize("NFC", text[found.start() : found.end()])
            new = _DOTTED_I.sub("i", "".join(_folded_chars(raw)))
            if new != found[0]:
                edits.append((*found.span(), new))
    return edits


def _without_overlaps(edits: list[_Edit]) -> list[_Edit]:
    kept: list[_Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def _applied(text: str, flat: str, edits: Sequence[_Edit]) -> Folded:
    pieces: list[str] = []
    at, source = [0], [0]
    done = length = 0
    for start, end, new in edits:
        if start < done:
            continue
        pieces.append(flat[done:start])
        pieces.append(new)
        length += start - done
        at.extend(range(length, length + len(new) + 1))
        source.extend([start] * len(new))
        source.append(end)
        length += len(new)
        done = end
    pieces.append(flat[done:])
    return Folded("".join(pieces), Offsets(length + len(flat) - done, at, source), text)


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=4096)
def _settles(new: str) -> bool:
    """Whether nothing more is to be folded where `new` was put in."""
    return new != "" and "&" not in new and not any(map(_joins, new))


def _settles_in_place(edit: _Edit) -> bool:
    """Whether nothing more is to be folded around an edit, as is around a space beside another one."""
    new = edit[2]
    return _settles(new) and new[0] not in " -" and new[-1] not in " -"


def _spells_entities(form: str) -> bool:
    """Whether `form` may complete the name of an entity that the text did not have: `&rſquo;`."""
    return form.isascii() and (form.isalnum() or form in {"#", ";"})


def _joins(char: str) -> bool:
    """Whether `char` may become one code point with the one before it."""
    return unicodedata.combining(char) != 0 or "\u1160" <= char <= "\u11ff"


def _folded_chars(raw: str) -> Iterator[str]:
    for char in raw:
        yield fold_char(char) if char > "\x7f" else char.lower()


def _parts_digits(flat: str, at: int) -> bool:
    """Whether the space at `at` parts groups of three digits, as in `30 000`."""
    after = flat[at + 1 : at + 5]
    return flat[at - 1 : at].isdecimal() and after[:3].isdecimal() and len(after) > 2 and not after[3:].isdecimal()  # noqa: PLR2004


def _read_entity(raw: str, as_is: str) -> str:
    """What an entity stands for; `as_is` where it is none, also where only its beginning is one (`&ampere;`)."""
    for written in (raw, as_is):
        plain, once = written, ""
        while plain != once:
            once, plain = plain, unescape(plain)
        if plain != written and (len(plain) == 1 or not plain.endswith(";")):
            return "".join(_folded_chars(plain))
    return as_is
