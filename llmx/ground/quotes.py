"""Quotes as models offer them: words, with or without a hint where they stand.

An answer's quote is `12|the words` (12 is the number of the sentence it starts in) or the words alone. An engine that
knows the place writes `{"quote": "the words", "start": 812}`. Hints are never trusted: they choose between places where
the words do stand.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, cast

_NUMBERED = re.compile(r"\s*\[?(\d{1,6})\]?\s*\|\s?(?=\S)")


class Offered(NamedTuple):
    """A quote as it was offered.

    Attributes:
        words: The words alone.
        sentence: The number of the sentence it is said to start in, from 1; `None` when not told.
        start: The offset it is said to start at; `None` when not told.
        raw: The words with their number, as they came; they may be meant literally.
    """

    words: str
    sentence: int | None = None
    start: int | None = None
    raw: str = ""


def read_quote(value: Any) -> Offered | None:
    """Read a quote as a model wrote it; `None` when the value is no quote or has no words."""
    if isinstance(value, str):
        return _read_text(value)
    if not isinstance(value, dict):
        return None
    fields = cast("dict[str, Any]", value)
    words = fields.get("quote")
    if not isinstance(words, str):
        return None
    start, at = fields.get("start"), fields.get("at")
    if isinstance(start, int) and start >= 0 and words.strip():
        return Offered(words=words, start=start, raw=words)
    offered = _read_text(words)
    if offered is None:
        return None
    return Offered(words=offered.words, sentence=at if isinstance(at, int) else offered.sentence, raw=words)


def _read_text(text: str) -> Offered | None:
    if not text.strip():
        return None
    numbered = _NUMBERED.match(text)
    if numbered is None:
        return Offered(words=text, raw=text)
    return Offered(words=text[numbered.end() :], sentence=int(numbered.group(1)), raw=text)
