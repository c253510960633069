"""Silence: texts in which the engine finds nothing, and says why.

Its rules are for English news. A text in another language, a listing of code, a table of sports results or a recipe
gets an empty report and a note, not guesses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
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
    sample = analysis.lowers[:_SAMPLE]
    seen = Counter(sample)
    letters = {word: times for word, times in seen.items() if word[0].isalpha()}
    size = sum(letters.values())
    if size < 3:  # noqa: PLR2004 - no sentence is shorter
        return "the embedded engine found no sentence to read"
    if _times(_CODE, seen) > _CODE_SHARE * len(sample):
        return "the text looks like code or a table: the embedded engine reads news in prose"
    if size >= _FEW and _times(_ENGLISH, letters) < _ENGLISH_SHARE * size and not _is_english(analysis, letters, size):
        return "the text does not look like English: the embedded engine reads English alone; pass model=..."
    grave = {name for name, _, _ in found.concepts if name in _GRAVE}
    if len(grave) < 2:  # noqa: PLR2004 - one may be a figure of speech: a volley, a clash of teams
        for kind, listed in _topics().items():
            said = listed.intersection(letters)
            if kind == "sports":
                said |= {word for word in seen if _SCORE.fullmatch(word)}
            if len(said) >= _TOPIC_WORDS and _times(said, seen) >= _TOPIC_SHARE * size:
                return f"the text looks like {_LOOKS[kind]}: nothing is looked for in it"
    return None


def _times(listed: Iterable[str], seen: Mapping[str, int]) -> int:
    """How often words of a list were seen."""
    return sum([seen.get(word, 0) for word in listed])


def _is_english(analysis: Analysis, letters: Mapping[str, int], size: int) -> bool:
    """Whether a text with few function words, as of headlines, is English all the same: by its verbs and nouns."""
    seen = _ENGLISH.intersection(letters)
    if size < _SHORT and len(seen) > 1 and not seen.isdisjoint(_NOWHERE_ELSE):
        return True
    known = sum(tag in "VZEGXMDIC" for tag in analysis.tags[:_SAMPLE])
    return known > size * 0.28 and any(word in letters for word in ("the", "of", "and", "in"))
