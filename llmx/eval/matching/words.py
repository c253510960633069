"""Words: when two wordings count as the same, and what a wording states that may not change."""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from llmx.eval.matching.region import EDGE

_NEGATION = re.compile(
    r"\b(?:no|not|never|none|neither|nor|nobody|nothing|without|denie[sd]|deny|cannot|\w+n['’]t)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_DATE_WORD = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow)\b",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|hundreds|thousand|thousands"
    r"|million|millions|dozen|dozens|scores|several|half)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


@lru_cache(maxsize=65_536)
def norm(words: str) -> str:
    """`words` in one form: NFKC, case folded, no punctuation at the edges, single spaces."""
    folded = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
    start, end = 0, len(folded)
    while start < end and folded[start] in EDGE:
        start += 1
    while end > start and folded[end - 1] in EDGE:
        end -= 1
    return folded[start:end]


@lru_cache(maxsize=65_536)
def muc_norm(words: str) -> str:
    """`words` as the MUC scorers compare them: lower case, no ASCII punctuation, no article, single spaces."""
    return " ".join(_ARTICLE.sub(" ", words.lower().translate(_NO_PUNCTUATION)).split())


def likeness(one: str, other: str) -> float:
    """How alike two normalised wordings are, from 0 to 1 (rapidfuzz `ratio`)."""
    return 1.0 if one == other else fuzz.ratio(one, other) / 100.0


@lru_cache(maxsize=16_384)
def stated(words: str) -> tuple[tuple[str, ...], bool]:
    """What a wording states that may not change: its numbers and dates, sorted, and whether it is negated."""
    facts = [*_NUMBER.findall(words), *_NUMBER_WORD.findall(words), *_DATE_WORD.findall(words)]
    return tuple(sorted(fact.lower() for fact in facts)), len(_NEGATION.findall(words)) % 2 == 1


def altered(one: str, other: str) -> bool:
    """Whether numbers, dates or negation differ between two texts that are otherwise alike."""
    return stated(one) != stated(other)
