"""Silence: texts in which the engine finds nothing, and says why.

Its rules are for English news. A text in another language, a listing of code, a table of sports results or a recipe
gets an empty report and a note, not guesses.
"""

from __future__ import annotations

import re
from functools import lru_cache

from llmx.lexicon.function_words import word_set
from llmx.lexicon.table import read_rows, words
from llmx.lexicon.terms import expand
from llmx.rules.analysis import Analysis
from llmx.rules.vocabulary import Words

_ENGLISH = word_set("the of and to a that was for is on by with as at from it said were his have are has be an who")
_NOWHERE_ELSE = word_set("the and that with from it said were have")
_SHORT = 40
_CODE = frozenset("{}[]()=<>;/*#|\\_+&@$~^%")
_SCORE = re.compile(r"\d{1,3}[-–:]\d{1,3}")
_FEW = 12
_SAMPLE = 3000
_ENGLISH_SHARE = 0.14
_CODE_SHARE = 0.2
_TOPIC_SHARE = 0.06
_TOPIC_WORDS = 4
_LOOKS = {"sports": "sports results", "recipe": "a recipe"}
_GRAVE = word_set("airstrike shelling suicide abduct sexual chemical clash rebel gunman grenade responsib_core nature")


@lru_cache(maxsize=1)
def _topics() -> dict[str, frozenset[str]]:
    return {
        kind: frozenset(form for word in words(cell) for form in expand(word))
        for kind, cell in read_rows("silence.tsv", columns=2)
    }


def why_silent(analysis: Analysis, found: Words) -> str | None:
    """One line that says why nothing is looked for in this text; `None` if the rules may speak."""
    lowers = analysis.lowers[:_SAMPLE]
    letters = [word for word in lowers if word[0].isalpha()]
    if len(letters) < 3:  # noqa: PLR2004 - no sentence is shorter
        return "the embedded engine found no sentence to read"
    signs = sum(map(_CODE.__contains__, lowers))
    if signs > _CODE_SHARE * len(lowers):
        return "the text looks like code or a table: the embedded engine reads news in prose"
    if (
        len(letters) >= _FEW
        and sum(map(_ENGLISH.__contains__, letters)) < _ENGLISH_SHARE * len(letters)
        and not _is_english(analysis, letters)
    ):
        return "the text does not look like English: the embedded engine reads English alone; pass model=..."
    grave = {name for name, _, _ in found.concepts if name in _GRAVE}
    if len(grave) < 2:  # noqa: PLR2004 - one may be a figure of speech: a volley, a clash of teams
        for kind, listed in _topics().items():
            seen = [word for word in letters if word in listed]
            if kind == "sports":
                seen += [word for word in lowers if _SCORE.fullmatch(word)]
            if len(seen) >= _TOPIC_SHARE * len(letters) and len(set(seen)) >= _TOPIC_WORDS:
                return f"the text looks like {_LOOKS[kind]}: nothing is looked for in it"
    return None


def _is_english(analysis: Analysis, letters: list[str]) -> bool:
    """Whether a text with few function words, as of headlines, is English all the same: by its verbs and nouns."""
    seen = _ENGLISH.intersection(letters)
    if len(letters) < _SHORT and len(seen) > 1 and not seen.isdisjoint(_NOWHERE_ELSE):
        return True
    known = sum(tag in "VZEGXMDIC" for tag in analysis.tags[:_SAMPLE])
    return known > len(letters) * 0.28 and any(word in ("the", "of", "and", "in") for word in letters)
