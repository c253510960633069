"""Governors: words right before an event's trigger that make it something else than a plain fact.

Each pattern ends where the trigger starts; it allows a few words in between. They are read by `realis` alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_SHORT_GAP = r"\s+(?:\w+\s+){0,2}\Z"
_LONG_GAP = r"\s+(?:(?!(?:and|but|while)\b)[\w’'-]+\s+){0,6}\Z"
_STATEMENTS = r"(?:claims?|reports?|accusations?|allegations?)"


def _ending(phrases: tuple[str, ...], gap: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)}){gap}", re.IGNORECASE)


GOVERNORS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "attempted": _ending(
            (
                "tr(?:y|ies|ied|ying) to",
                "attempt(?:s|ed|ing)? (?:to|at)",
                "sought to",
                "seek(?:s|ing)? to",
                "attempted",
                "failed to",
                "foiled",
                "thwarted",
                "bid to",
                "unsuccessful(?:ly)?",
                "efforts? to",
                "aborted",
                "botched",
                "abortive",
            ),
            _SHORT_GAP,
        ),
        "planned": _ending(
            (
                "plan(?:s|ned|ning)? to",
                "planning",
                "plans? for",
                "intend(?:s|ed|ing)? to",
                "(?:going|about|set|due|scheduled|poised|ready|decided) to",
                "prepar(?:e|es|ed|ing) to",
                "want(?:s|ed|ing)? to",
                "vow(?:s|ed)? to",
                "pledg(?:e|es|ed) to",
                "hop(?:e|es|ed|ing) to",
                "aim(?:s|ed|ing)? to",
                "propos(?:e|es|ed|ing) to",
                "planned",
                "(?-i:will)",
                "(?:is|are) to",
                "would like to",
                "threaten(?:s|ed|ing)? to",
                "considering",
            ),
            _SHORT_GAP,
        ),
        "conditional": re.compile(
            r"\b(?:if|unless|in case)\s+(?:[\w’'-]+\s+){0,6}\Z|\b(?-i:would)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE
        ),
        "predicted": _ending(
            (
                "(?-i:will)",
                "(?:is|are|was|were) (?:likely|expected|predicted|bound|forecast) to",
                "(?-i:could|may|might)(?! have)",
                r"expects? \w+ to",
            ),
            _SHORT_GAP,
        ),
        "denied": _ending(
            (
                "den(?:y|ies|ied|ying)",
                f"reject(?:s|ed|ing)? {_STATEMENTS}",
                f"dismiss(?:es|ed)? {_STATEMENTS}",
                "refut(?:es|ed|ing)",
            ),
            _LONG_GAP,
        ),
        "questioned": _ending(("whether",), _LONG_GAP),
    }
)
"""Modality -> what governs a trigger so."""

MAY_GOVERN = re.compile(
    r"\b(?:tr[yi]|attempt|sought|seek|fail|foil|thwart|bid|unsuccess|effort|abort|botch|plan|inten|to\b|vow|pledg|hop|aim"
    r"|propos|will|would|could|may|might|threat|consider|if\b|unless|in case|expect|den[yi]|reject|dismiss|refut"
    r"|whether)",
    re.IGNORECASE,
)
"""A word that stands in every governor: where there is none, none needs to be looked for."""

NEGATOR = re.compile(
    r"(?:\b(?:not|never|no|without|neither|nor|cannot|nobody|none|hardly|no one)\b|n[’']t\b"
    r"|^(?:Not|Never|No|Neither|Nobody|None|Hardly|Nor|No one)\b)(?P<gap>(?:\s+[\w’'-]+){0,3})\s+\Z"
)
"""A negation and the few words between it and the trigger."""

NO_NEGATION = re.compile(
    r"\b(?:no doubt|not only|not just|no longer|no sooner|no fewer than|no less than|no more than|no matter|not least"
    r"|none of)\b",
    re.IGNORECASE,
)
"""Phrases with a negation that deny nothing."""

HABIT = re.compile(
    r"\b(?:often|regularly|usually|always|routinely|frequently|habitually|every (?:day|week|month|year))\b",
    re.IGNORECASE,
)
"""Words of habit."""

CONDITION = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE)
THREAT = re.compile(r"\b(?:threat\w*|ultimatum|vow\w* revenge)\b", re.IGNORECASE)
MODAL = re.compile(r"\b(?:will|would|could|may|might|shall)\b")
BREAK = re.compile(
    r"[;:.!?()“”\"]|[,–—]|\b(?:but|while|whereas|although|though|because|after|before|when|which|who|since|once|until)\b",
    re.IGNORECASE,
)
"""Where a clause ends or begins."""
HARD_BREAK = re.compile(r"[;:.!?()“”\"]")
"""What no cue reaches over."""
