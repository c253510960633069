"""Languages: what the checks may say of an article that is not in English.

Citations, names, quotation marks, figures and distances are read in any language. What hangs on words of English
(negation, hedges, months, number words, cues) is not read elsewhere, so its absence proves nothing there: such a
contradiction becomes undecided. A figure that the cited words give otherwise is still contradicted.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from llmx.lexicon.function_words import word_set
from llmx.result import Outcome, Verdict

_ENGLISH = word_set(
    """the of and to that for with by from has have had were was been is are it its on at as an who which this they
    their he his not be or but in a"""
)
_WORD = re.compile(r"[^\W\d_]+")
_SEEN = 2_000
_COMMONEST = (" the ", " of ", " and ", " to ")
_APART = 80
"""Letters to one of the commonest words in an English text, or fewer."""
_FEW = 12
_SHARE = 0.2
_FOREIGN = 0.3
_WORDED = (
    "attribution.mode",
    "attribution.source_kind",
    "attribution.stance",
    "claim.certainty",
    "claim.date",
    "claim.epistemic",
    "claim.kind",
    "claim.loaded_term",
    "claim.negation",
    "claim.sense",
    "count.article",
    "count.group",
    "count.of",
    "count.qualifier",
    "entity.kind",
    "event.aggregate",
    "event.hedge",
    "event.modality",
    "event.polarity",
    "event.reported",
    "event.type",
    "hedge",
    "participant.role",
    "relation.kind",
    "value.date",
    "value.hour",
    "value.truth",
    "when.",
)
"""Rules, or how their names begin, that read English words."""
_FIGURED = ("count.number", "value.number")
_FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_SCALES = (1, 10**3, 10**4, 10**6, 10**8, 10**9, 10**12)


def is_english(text: str) -> bool:
    """Whether an article is in English, by its commonest words; a text of a few Latin words is taken to be."""
    seen = min(len(text), _SEEN)
    if sum(text.count(word, 0, seen) for word in _COMMONEST) * _APART > seen:
        return True  # so many of them stand in no other language
    words = _WORD.findall(text[:_SEEN].lower())
    letters = "".join(words)
    if len(letters) - len(letters.encode("ascii", "ignore")) > _FOREIGN * len(letters):
        return False
    if len(words) < _FEW:
        return True
    return sum(map(_ENGLISH.__contains__, words)) >= _SHARE * len(words)


def soften(verdict: Verdict, record: BaseModel) -> Verdict:
    """A verdict on a record of an article that is not in English: undecided where it hung on English words."""
    if verdict.outcome is not Outcome.CONTRADICTED:
        return verdict
    worded = verdict.rule.startswith(_WORDED) or (verdict.rule in _FIGURED and _may_say(verdict, record))
    if not worded:
        return verdict
    return Verdict(verdict.path, Outcome.UNDECIDED, verdict.rule, None, "the article is not in English")


def _may_say(verdict: Verdict, record: BaseModel) -> bool:
    """Whether the figures of the cited words, or words where there are none, can give the value."""
    held: Any = record
    for step in verdict.path:
        held = held[step] if isinstance(step, int) else getattr(held, step)
    quote = str(getattr(getattr(record, "cite", None), "quote", ""))
    figures = [float(re.sub(r"[^\d.]", "", _plain(found))) for found in _FIGURE.findall(quote)]
    return not figures or any(abs(float(held) - figure * scale) <= 1 for figure in figures for scale in _SCALES)


def _plain(figure: str) -> str:
    """A figure with a point for its decimals alone: `1.204` and `1 204` are 1204, `4,5` is 4.5."""
    whole = re.sub(r"[.,\u00a0\u202f ](?=\d{3}(?!\d))", "", figure)
    return whole.replace(",", ".")
