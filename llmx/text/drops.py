"""Drops: small words of a text that may be missing from a quote.

`after talks with operator` quotes `after talks with the operator`. A word may be missing if its language has it among
the words whose loss changes nothing, and if nothing beside it makes it weigh: a bound, a passive, a name, a number.
"""

from __future__ import annotations

import re

from llmx.text.languages import DROPPABLE, SAFE_BEFORE_NUMBERS
from llmx.text.wordlists import (
    CALENDAR,
    CALENDAR_STEMS,
    COMPARATORS,
    FORMS_OF_BE,
    NAME_LINKS,
    NUMBER_STEMS,
    NUMBER_WORDS,
    PARTICIPLES,
)
from llmx.text.words import Words, is_number

_PLAIN_LINKS = frozenset(("the", "on", "in"))
_STARTS_BOUND = frozenset(("at", "to", "by", "as"))
_ENDERS = frozenset('.!?:"(')
_STOPS = frozenset(".,;!?:")
_HIRAGANA = re.compile("[\u3041-\u309f]+")
"""What a particle does not follow: there it is a part of a word, as in `少なくとも`."""
_PARTS_VERBS = frozenset(("de", "nl"))
"""Languages whose verbs leave a particle behind: `lehnte … ab`, `schlossen … ein`."""


def may_drop(words: Words, index: int) -> bool:
    """Whether the text's word `index` may be missing from a quote."""
    form = words.forms[index]
    if form not in DROPPABLE.get(words.language, ()):
        return False
    before = words.forms[index - 1] if index else ""
    after = words.forms[index + 1] if index + 1 < len(words.forms) else ""
    if not before or "?" in words.gap(index - 1) or _belongs_to_name(words, index):
        return False
    if words.language in _PARTS_VERBS and (not after or not _STOPS.isdisjoint(words.gap(index))):
        return False
    if words.language == "ja" and _HIRAGANA.fullmatch(before):
        return False
    follows_number, leads_number = _counts(before), _counts(after)
    is_article = form == "a" and words.language == "en" and is_number(after)
    if leads_number and not is_article:
        is_safe = form in SAFE_BEFORE_NUMBERS.get(words.language, ())
        if not is_safe or (follows_number and form not in _PLAIN_LINKS):
            return False
    if (after in COMPARATORS and form in _STARTS_BOUND) or (before in COMPARATORS and leads_number):
        return False
    if form in FORMS_OF_BE and (after.endswith(("ed", "en")) or after in PARTICIPLES):
        return False
    if form in NAME_LINKS:
        return not (words.is_capital(index + 1) and (form != "and" or words.is_capital(index - 1)))
    return True


def _counts(form: str) -> bool:
    """Whether a word is a number or a part of a date."""
    if not form:
        return False
    if is_number(form) or form in NUMBER_WORDS or form in CALENDAR:
        return True
    return not form.isascii() and form.startswith((*NUMBER_STEMS, *CALENDAR_STEMS))


def _belongs_to_name(words: Words, index: int) -> bool:
    """Whether a small word is written like a part of a name: `The Hague`, `WHO`."""
    if not words.is_capital(index):
        return False
    raw = words.raw(index)
    if len(raw) > 1 and raw.isupper() and not (index + 1 < len(words.forms) and words.raw(index + 1).isupper()):
        return True
    return _ENDERS.isdisjoint(words.gap(index - 1)) and not words.is_capital(index - 1)
