"""Datelines: where a report was filed, and when and by whom, before its first words.

    LIMA, March 3 (Wire) - At least six …      TESSARY — The mayor …      PARIS (AFP) — France …

A dateline is no part of the sentence behind it: who reads the sentence starts behind the dateline.
"""

from __future__ import annotations

import re
from functools import lru_cache

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
)
_DAY = rf"(?:(?:{_MONTH})\s\d{{1,2}}(?:,?\s\d{{2,4}})?|\d{{1,2}}\s(?:{_MONTH})(?:\s\d{{2,4}})?|[A-Z][a-z]+day)"
_CAPITALS = r"[^\W\d_a-z][^\W\d_a-z.’'-]+(?:[ -][^\W\d_a-z.][^\W\d_a-z.’'-]*){0,4}"
_NAME = r"[^\W\d_a-z][\w’'.-]+(?: (?:of |de |el |al-)?[^\W\d_a-z][\w’'.-]+){0,3}"
_AGENCY = r"\s?(?:[(\[][^()\[\]\n]{2,40}[)\]]|/[A-Z]{2,12}/\.?)"
_OPENS = r"(?=[^\W\d_a-z]|[“\"‘'\d])"
_NOTES = r"(?:\[[^\[\]\n]{1,60}\]\s+)*"
_MARK = rf"\s*(?:-{{1,2}}|–|—|―|_)\s+{_NOTES}{_OPENS}"
_DATELINE = (
    rf"(?:{_CAPITALS}(?:[,/]\s?{_NAME}){{0,2}}(?:[,.]\s(?:{_DAY}))?(?:{_AGENCY}){{0,2}}{_MARK}"
    rf"|{_NAME}(?:,\s{_NAME})?(?:[,.]\s(?:{_DAY}))?{_AGENCY}{_MARK}"
    rf"|{_NAME}(?:,\s{_NAME})?,\s(?:{_DAY}){_MARK}"
    rf"|{_NAME}(?:,\s{_NAME})?\s[–—]\s+{_OPENS}"
    rf"|{_CAPITALS}(?:,\s{_NAME})?(?:{_AGENCY})?:\s+{_OPENS}"
    rf"|{_CAPITALS}[,.]\s(?:{_DAY})\.?\s/[A-Z]+/\.?\s+{_OPENS}"
    rf"|[(\[](?:{_NAME})(?:/{_NAME})?[)\]](?:{_MARK}|\s+{_OPENS}))"
)
_MAY_END = re.compile(r"(?:[-–—―_:/)\]]|/\.)\s")
"""What stands at the end of every dateline, before the first words behind it."""
_LONGEST = 90


@lru_cache(maxsize=1)
def _dateline() -> re.Pattern[str]:
    """The shapes of datelines; compiled when the first line may start with one, since that takes its time."""
    return re.compile(_DATELINE)


def dateline_end(text: str, start: int) -> int:
    """Where the words behind a dateline start, or `start` where none stands there.

    Args:
        text: Any text.
        start: Where a line starts.

    Example:
        >>> dateline_end("PARIS (AFP) — France will vote.", 0)
        14
        >>> dateline_end("France will vote.", 0)
        0
    """
    end = min(len(text), start + _LONGEST)
    if "a" <= text[start : start + 1] <= "z" or _MAY_END.search(text, start, end) is None:
        return start
    found = _dateline().match(text, start, end)
    return found.end() if found else start
