"""Kinds: what a bare number is: a count, a part of a date, a clock time, digits in a name, a measure, money."""

from __future__ import annotations

import re
from typing import Literal

from llmx.text.number_cores import Core
from llmx.text.number_words import DESIGNATORS, MEASURES, MONEY_WORDS

NumberKind = Literal["count", "percent", "money", "measure", "age", "ordinal", "date", "clock", "code", "fraction"]
"""What a number is: only a `count` can be a number of people or things."""

_NEXT_WORD = re.compile(r"(?:\s*[-‐‑–]\s*|\s+)?([^\W\d_]+)")
_LEFT_WORDS = re.compile(r"[^\W\d_]++(?:['’.-][^\W\d_]++)*+\Z")
_PERCENT = re.compile(r"\s*(?:%|per\s?cent\b|percent\b|pct\b|percentage\b)|-percent\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_OLD = re.compile(r"[\s-]+years?[\s-]+olds?\b|[\s-]+(?:months?|weeks?)[\s-]+olds?\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged|ages?|turned)\s+(?:between\s+)?\Z", re.IGNORECASE)
_CLOCK = re.compile(r":\d\d|\s?(?:a\.?m\b|p\.?m\b|o'clock|o’clock|GMT\b|UTC\b|hrs\b)", re.IGNORECASE)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?(?:,\d{{3}}\b|%))(?:\s*[-–]\s*\d{{1,2}}\b)?(?:,?\s+\d{{4}}\b)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:,?\s+\d{{4}}\b)?"
    rf"|\b{_MONTH},?\s+(?:of\s+)?(?:19|20)\d\d\b"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}:\d\d\b"
    r"|\b(?:1[5-9]|20)\d\ds?\s?[-–/]\s?(?:(?:1[5-9]|20)\d\d|\d\d)\b(?!,)"
    r"|\b(?:the\s+)(?:early\s+|late\s+|mid-?)?(?:1[5-9]|20)?\d0[’']?s\b"
    r"|\b(?:in|since|until|till|by|from|during|of|before|after|through|early|late|mid|mid-|year|between"
    r"|to|and|for|the)\s+(?:1[5-9]|20)\d\d\b"
    r"(?!\s+[^\W\d_]+s\b)(?![,.]\d)(?!-(?:strong|member))"
    r"|\((?:1[5-9]|20)\d\d\)",
    re.IGNORECASE,
)
_MAY_DATE = re.compile(r"\d(?:[-–/.:]\d|0[’']?[sS])|(?:1[5-9]|20)\d\d")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""What stands in every date, one or the other: where there is none, none needs to be looked for."""
_NEXT_WORD_IS_UNIT = re.compile(r"(?:km|kg|ft|cm|mm|mph|kph|mw|lbs?|pct|hrs?|am|pm)\b", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?\s+\Z")
_DATE_WINDOW = 24
_CURRENCY = frozenset("$€£¥₤₺₽₹₪")


def special_kind(text: str, core: Core) -> NumberKind | None:
    """The kind of a number that counts nothing: of a date, a clock time, a name, or in order; else `None`."""
    if not core.digits:
        return "age" if _OLD.match(text, core.end) or _is_aged(text, core.start) else None
    if _is_dated(text, core):
        return "date"
    before = text[max(0, core.start - 2) : core.start]
    behind = text[core.end : core.end + 1]
    if _CLOCK.match(text, core.end):
        return "clock"
    if _ORDINAL.match(text, core.end):
        return "ordinal"
    if before[-1:].isalpha() or (before[-1:] in "-‐‑–" and before[:1].isalpha() and before[1:]):
        return "code"
    if before[-1:] in {"/", "#", "_"} or behind in {"/", "_"}:
        return "code"
    if (behind.isalpha() and not _NEXT_WORD_IS_UNIT.match(text, core.end)) or _is_designated(text, core.start):
        return "code"
    return "age" if _is_age(text, core) else None


def _is_dated(text: str, core: Core) -> bool:
    """Whether the digits are part of a date, by its shape alone; `times` reads what date it is."""
    window = max(0, core.start - _DATE_WINDOW), min(len(text), core.end + _DATE_WINDOW)
    if _MAY_DATE.search(text, *window) is None:
        near = text[slice(*window)].lower()
        if not any(month in near for month in _MONTHS):
            return False
    return any(found.start() < core.end and core.start < found.end() for found in _DATE.finditer(text, *window))


def _is_aged(text: str, start: int) -> bool:
    window = max(0, start - 16)
    before = text[window:start].lower()
    return ("age" in before or "turned" in before) and _AGED.search(text, window, start) is not None


def _is_designated(text: str, start: int) -> bool:
    words = text[max(0, start - 16) : start].split()
    if not words or words[-1] == words[-1].lower():
        return False
    before = _WORD_BEFORE.search(text, max(0, start - 16), start)
    if before is None or not before.group(1)[0].isupper():
        return False
    return before.group(1).lower() in DESIGNATORS


def _is_age(text: str, core: Core) -> bool:
    if _OLD.match(text, core.end) or _is_aged(text, core.start):
        return True
    before, behind = text[max(0, core.start - 3) : core.start], text[core.end : core.end + 1]
    alone = before[-2:] == ", " and before[:1].isalpha() and behind == ","
    return alone and core.value < 110 and core.value == int(core.value) and _name_before(text, core.start - 2)  # noqa: PLR2004 - years


def _name_before(text: str, end: int) -> bool:
    word = _LEFT_WORDS.search(text, max(0, end - 24), end)
    return word is not None and word.group()[0].isupper()


def counted_kind(text: str, start: int, end: int) -> NumberKind:
    """The kind of a number that counts or measures, by the word or sign behind it."""
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
