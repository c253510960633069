"""Time patterns: the shapes in which a text tells a time.

Each pattern names its parts; `time_grammar` reads them. Two passes: calendar shapes first, then what counts from an
event or tells no time at all, in what is left between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from llmx.text.time_words import DECADES, MONTHS, SMALL_NUMBERS, WEEKDAYS


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the earlier first, that tries only those of the first letter."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


_NAMES = sorted((name.capitalize() for name in MONTHS), key=len, reverse=True)
_LOWER = [name.lower() for name in _NAMES if name not in ("May", "March", "Mar", "Jan", "Sep", "Dec")]
_MONTH = f"(?:{_any_of(_NAMES)})"
_MONTHS = _any_of([*_NAMES, *(name.upper() for name in _NAMES), *_LOWER])
_ANY_MONTH = rf"(?:{_MONTHS})\b\.?"
_WEEKDAYS = _any_of(written for name in sorted(WEEKDAYS) for written in (name.capitalize(), name.upper()))
_WEEKDAY = f"(?:{_WEEKDAYS})"
_N = r"(?:\d{1,3}|" + "|".join(sorted(SMALL_NUMBERS, key=len, reverse=True)) + ")"
_UNIT = "(?:minute|hour|day|night|week|weekend|fortnight|month|year|decade)"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d-]*\d|[.,]\d|%|\s?per\s?cent)"
_PREP = (
    r"(?:[Oo]n|[Ii]n|[Aa]t|[Bb]y|[Ss]ince|[Uu]ntil|[Tt]ill|[Dd]uring|[Ff]rom|[Oo]f|[Bb]efore|[Aa]fter|[Tt]hroughout"
    r"|[Oo]ver|[Ww]ithin|[Ff]or|[Aa]s (?:of|early as)|[Aa]round|[Tt]hrough)"
)
_PART = (
    r"(?:[Ee]arly|[Ll]ate|[Mm]id-?|[Ee]arlier|[Ll]ater|(?:[Tt]he )?(?:start|beginning|end|middle|morning|evening"
    r"|afternoon|night) of)"
)
_STRETCH = "day|night|morning|afternoon|evening|week|month|year"
_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night|noon))?"
_NO_TIME = (
    r"(?!\s+(?:people|men|women|soldiers|troops|civilians|families|dead|others|fighters|years|miles|km|kilomet\w+|times"
    r"|tons|tonnes|children|homes|houses|victims|refugees|members|dollars|euros))\b"
)


def _lead(name: str) -> str:
    return rf"(?:(?P<{name}>{_PREP})\s+)?(?:the\s+)?(?:{_PART}(?:\s+on|\s+in)?[\s-]*)?"


_CALENDAR: tuple[tuple[str, str], ...] = (
    (
        "day_month",
        (
            rf"{_lead('p1')}(?:{_WEEKDAY},?\s+)?(?:the\s+)?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
            r"(?:\s*(?:-|–|to|and)\s*(?P<t1>\d{1,2})(?:st|nd|rd|th)?)?"
            rf"\s+(?:of\s+)?(?P<m1>{_ANY_MONTH})(?:,?\s+(?:of\s+)?(?P<y1>\d{{4}})(?!\d))?"
        ),
    ),
    (
        "month_day",
        (
            rf"{_lead('p2')}(?:{_WEEKDAY},?\s+)?(?P<m2>{_ANY_MONTH})\s+(?:the\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?"
            r"(?![\d:]|[.,]\d|\s?%|\s?(?:per\s?cent|million|people|men|women|soldiers))"
            r"(?:\s*(?:-|–|to|and)\s*(?P<t2>\d{1,2})(?:st|nd|rd|th)?\b(?!\s+[a-z]+s\b))?"
            r"(?:,?\s+(?:of\s+)?(?P<y2>\d{4})(?!\d))?"
        ),
    ),
    ("month_year", rf"{_lead('p3')}(?P<m3>{_ANY_MONTH}),?\s+(?:of\s+)?(?P<y3>{_YEAR})"),
    ("iso", r"(?:(?P<p4>[Oo]n)\s+)?(?P<y4>\d{4})-(?P<m4>\d\d)-(?P<d4>\d\d)(?![\w-])"),
    ("slash", r"(?:(?P<p5>[Oo]n)\s+)?(?P<a5>\d{1,2})(?P<s5>[/.])(?P<b5>\d{1,2})(?P=s5)(?P<y5>\d{4})(?![\w/])"),
    (
        "decade",
        rf"{_lead('p6')}(?:(?P<y6>(?:1[5-9]|20)\d)0['’]?s\b|['’‘](?P<v6>\d)0s\b|(?P<w6>(?:"
        + "|".join(DECADES)
        + r")\b))",
    ),
    (
        "years",
        (
            r"(?:(?P<p7>[Bb]etween|[Ff]rom|[Ii]n|[Dd]uring)\s+)?(?P<y7>(?:1[5-9]|20)\d\d)\s*(?:-|–|—|to|and|until)\s*"
            r"(?P<t7>(?:1[5-9]|20)\d\d|\d\d)(?!\d|[.,]\d|-\d)"
        ),
    ),
    (
        "season",
        rf"{_lead('p8')}(?P<s8>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s+(?:of\s+)?(?P<y8>{_YEAR})",
    ),
    (
        "year",
        (
            rf"(?:(?P<p9>{_PREP})\s+(?:the\s+)?(?:year\s+)?(?:{_PART}[\s-]*)?|{_PART}[\s-]*|(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts"
            rf"|[Tt]heir|[Aa]|[Ff](?:iscal|inancial)(?:\s+year)?|Q[1-4])\s+|\()(?P<y9>{_YEAR}){_NO_TIME}"
        ),
    ),
    ("month_of", rf"{_lead('p10')}(?P<m10>{_MONTH})\b\.?\s+(?:of\s+)?(?P<r10>last|this|next)\s+year"),
    (
        "month",
        (
            rf"(?:(?P<p11>{_PREP})\s+)?(?:(?P<q11>{_PART}|[Ll]ast|[Nn]ext|[Tt]his|[Tt]he|[Tt]his past)[\s-]+)?"
            rf"(?P<m11>{_MONTH})\b\.?(?!\s*\d)"
        ),
    ),
    (
        "weekday",
        (
            rf"(?:(?P<p12>{_PREP})\s+)?(?:(?P<q12>{_PART}|[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]he following"
            r"|[Tt]he previous|(?:(?<=[Oo]n )|(?<=[Bb]y ))that|Easter|Palm|Good|Ash)(?:\s+on)?\s+)?"
            rf"(?P<w12>{_WEEKDAY})(?:['’]s)?{_OF_DAY}\b"
            r"(?:,?\s+(?:of\s+)?(?:(?P<r12>last|this|next)\s+)?(?P<k12>week)\b)?"
        ),
    ),
    (
        "day_word",
        (
            r"(?:(?P<p13>[Ss]ince|[Uu]ntil|[Ff]rom|[Bb]y|[Ee]arlier|[Ll]ate|[Ll]ater|[Ee]arly)\s+)?"
            r"(?P<w13>[Tt]he day before yesterday|[Tt]he day after tomorrow"
            r"|[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Ll]ast night"
            r"|[Oo]vernight|[Tt]his (?:morning|afternoon|evening))(?:\s+(?:morning|afternoon|evening|night))?\b"
        ),
    ),
    (
        "holiday",
        (
            rf"(?:(?P<p17>{_PREP})\s+)?(?:(?P<q17>[Ll]ast|[Tt]his|[Nn]ext)\s+)?"
            r"(?P<w17>Christmas(?: (?:Day|Eve))?|Boxing Day|New Year(?:[’']s (?:Day|Eve))?)\b(?![’'])"
        ),
    ),
    ("before_last", r"(?:[Ii]n\s+)?[Tt]he\s+(?P<u18>week|month|year)\s+before\s+last\b"),
    (
        "unit_range",
        (
            r"(?:(?P<p14>[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hroughout)\s+)?[Tt]he\s+(?P<q14>past|last|coming|next)"
            rf"\s+(?:(?P<n14>{_N}|few|several)\s+(?:of\s+)?)?(?P<u14>{_UNIT})s?\b"
        ),
    ),
    (
        "unit",
        (
            rf"(?:(?P<p15>{_PREP})\s+)?(?P<q15>(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s+(?:this|last|next)|[Ll]ast|[Tt]his"
            r"|[Nn]ext)\s+(?P<u15>week|weekend|month|year|decade|spring|summer|autumn|fall|winter)\b(?!-)"
        ),
    ),
    (
        "ago",
        (
            r"(?:(?:[Aa]bout|[Aa]round|[Nn]early|[Aa]lmost|[Ss]ome|[Mm]ore than|[Ll]ess than|[Oo]ver|[Jj]ust)\s+)?"
            rf"(?P<n16>[Aa] couple of|[Aa] few|[Ss]everal|{_N}|[A-Z][a-z]+)\s+(?P<u16>{_UNIT})s?\s+"
            r"(?P<w16>ago|earlier|later|before|after|from now)\b"
        ),
    ),
)
_FIGURES = frozenset(["day_month", "month_day", "month_year", "iso", "slash", "years", "season", "year"])
_WORDS = frozenset(["month_of", "month", "weekday", "day_word", "holiday", "before_last", "unit_range", "unit", "ago"])
"""The calendar shapes that need figures, listed before those that do not; a decade is told either way."""
_FIGURE = re.compile(r"\d")
_LOOSE: tuple[tuple[str, str], ...] = (
    (
        "that_day",
        (
            r"(?:(?:[Oo]n|[Ii]n|[Aa]t|[Bb]y|[Ss]ince|[Uu]ntil|[Ll]ater|[Ee]arlier)\s+)?"
            rf"(?:[Tt]he (?P<q19>same|next|following|previous) (?P<u19>{_STRETCH})"
            rf"|[Tt]hat (?:same )?(?P<u20>{_STRETCH})"
            rf"|[Tt]he (?P<u21>{_STRETCH}) (?P<q21>before|after)(?!\s+(?:the|an?|last)\b)"
            r"|[Tt]he time\b)|[Ss]ince then|[Bb]y then|[Aa]fterwards?\b|[Mm]eanwhile\b|[Ll]ater\b|[Ee]arlier\b"
        ),
    ),
    (
        "vague",
        (
            r"(?:(?:(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or)\s+)?(?:the\s+)?[Rr]ecent"
            r"(?:\s+(?:days|weeks|months|years|times|decades|past|history))?|[Mm]ost recently|[Rr]ecently|[Ll]ately"
            r"|[Nn]owadays|[Tt]hese days|[Cc]urrently|[Aa]t present"
            r"|[Ss]oon|[Pp]reviously|[Ff]ormerly|[Ii]n the past|[Ll]ong ago|[Ss]o far|[Tt]o date|[Rr]ight now"
            r"|[Ff]or (?:days|weeks|months|years|decades|centuries|a long time|some time)|[Aa] long time)\b"
        ),
    ),
    (
        "event",
        (
            r"(?:[Dd]uring|[Aa]fter|[Bb]efore|[Ff]ollowing|[Aa]mid|[Pp]rior to|[Ii]n the (?:wake|aftermath) of|[Ss]ince"
            r"|[Uu]ntil|[Uu]pon|[Ww]hen|[Ww]hile|[Aa]s soon as|[Oo]nce|[Ii]n the run-up to"
            r"|[Aa]t the (?:start|end|height|time) of)\s+[\w’'-]+(?:\s+[\w’'-]+){0,4}"
        ),
    ),
)


def _compiled(rules: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w’'/.-])(?:" + "|".join(f"(?P<{name}>{shape})" for name, shape in rules) + ")")


@lru_cache(maxsize=2)
def _calendar(*, figures: bool) -> re.Pattern[str]:
    """The shapes that need figures, or those that may do without.

    Compiled when the first text may tell such a time: it takes as long as a dozen of the other patterns together.
    """
    left_out = _WORDS if figures else _FIGURES
    return _compiled(tuple(rule for rule in _CALENDAR if rule[0] not in left_out))


def calendar_matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Dates, weekdays, months, years, and what is counted from the day of publication, between `start` and `end`.

    They do not overlap: the first to start comes first, and of those that start at one place the one listed first.
    """
    words = _calendar(figures=False)
    if _FIGURE.search(text, start, end) is None:
        yield from words.finditer(text, start, end)
        return
    figures = _calendar(figures=True)
    plain, dated = words.search(text, start, end), figures.search(text, start, end)
    while plain is not None or dated is not None:
        found = dated if dated is not None and (plain is None or dated.start() <= plain.start()) else plain
        assert found is not None
        yield found
        start = found.end()
        if plain is not None and plain.start() < start:
            plain = words.search(text, start, end)
        if dated is not None and dated.start() < start:
            dated = figures.search(text, start, end)


_TRIGGER = re.compile(
    rf"(?=\w)(?:\b(?:{_WEEKDAYS}|(?:{_MONTHS})\b|[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Oo]vernight"
    r"|Christmas|New Year|Boxing Day|before last"
    rf"|{_UNIT}s?\s+(?:ago|earlier|later|from now|before|after)|[Tt]his (?:morning|afternoon|evening)|[Ll]ast night"
    r"|(?:[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Cc]oming)\s+(?:(?:few|several|[a-z]+|\d+)\s+)?(?:of )?"
    r"(?:minute|week|month|year|decade|day|hour|night|spring|summer|autumn|fall|winter|fortnight)|(?:1[5-9]|20)\d\d|(?:"
    + "|".join(DECADES)
    + r"))|\d\d/|\d\d\.|\d0[’']?s)"
)
_BEFORE_TRIGGER, _BEHIND_TRIGGER = 48, 40


def calendar_windows(text: str) -> Iterator[tuple[int, int]]:
    """The parts of `text` around words that a calendar time needs; they start at words and do not overlap."""
    start = end = -1
    for found in _TRIGGER.finditer(text):
        if found.start() - _BEFORE_TRIGGER > end:
            if end > start:
                yield start, end
            start = max(end, found.start() - _BEFORE_TRIGGER, 0)
        end = min(len(text), found.end() + _BEHIND_TRIGGER)
    if end > start:
        yield start, end


LOOSE = _compiled(_LOOSE)
"""Times that count from an event, and words that tell no time."""
