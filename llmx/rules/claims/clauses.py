"""Clauses: which words of the article can stand alone as a claim, and how they read as a sentence."""

from __future__ import annotations

import re

from llmx.lexicon.function_words import MONTHS, WEEKDAYS, word_set
from llmx.rules.analysis import NONE, Analysis

_PRONOUNS = word_set("i he she it they we you him them us me this that these those himself herself themselves")
_OWNERS = word_set("his her its their my our your")
_SPOKEN = word_set("i we you us me my our your")
_LEADS = word_set("but and yet so however meanwhile moreover also still then indeed nevertheless")
_SPELLS = word_set("minutes hours days weeks months years day week month year hour moments")
_AFTER = (("before",), ("since",))
_ABOUT = word_set("about around over under some nearly almost")
_CALENDAR = MONTHS | WEEKDAYS
_ASIDE = 12
_SHORTEST, _LONGEST = 3, 60
_MOST_LETTERS = 380
_DOUBLE = re.compile(r'["“”„«»]')
_OPENING, _CLOSING = frozenset('"“„«'), frozenset('"”»')


def trimmed(analysis: Analysis, first: int, last: int) -> tuple[int, int]:
    """The tokens without "that", "hours after" and conjunctions at their start, and without marks at either end."""
    tags, lowers = analysis.tags, analysis.lowers
    while first < last and (
        tags[first] in ",.:-q" or lowers[first] in _LEADS or (lowers[first] == "that" and tags[first] == "S")
    ):
        first += 1
    first = _behind_spell(analysis, first, last)
    while last > first and tags[last - 1] in ",.:-q":
        last -= 1
    return first, last


def _behind_spell(analysis: Analysis, first: int, last: int) -> int:
    """Behind "hours after", where the tokens open with it: what follows is what happened."""
    number = analysis.noun_phrase_of[first] if first < last else NONE
    if number == NONE or analysis.lowers[analysis.noun_phrases[number].head] not in _SPELLS:
        return first
    behind = analysis.noun_phrases[number].last
    return behind + 1 if behind < last and analysis.lowers[behind] == "after" else first


def with_marks(analysis: Analysis, first: int, last: int) -> tuple[int, int]:
    """The tokens with the quotation mark beside them whose other mark stands among them."""
    if first < last < len(analysis) and analysis.tags[last] == "q":
        number = analysis.quotation_of[last]
        if number != NONE and analysis.quotations[number].closed:
            begin, end = analysis.tokens_in(analysis.quotations[number].span)
            if first <= begin and end == last + 1:
                last += 1
    if 0 < first < last and analysis.tags[first - 1] == "q":
        number = analysis.quotation_of[first - 1]
        if number != NONE and analysis.quotations[number].closed:
            begin, end = analysis.tokens_in(analysis.quotations[number].span)
            if begin == first - 1 and end <= last:
                first -= 1
    return first, last


def stands_alone(analysis: Analysis, first: int, last: int) -> bool:
    """Whether the tokens are a clause with a subject that names someone or something, and a finite verb."""
    if not _SHORTEST <= last - first <= _LONGEST or analysis.ends[last - 1] - analysis.starts[first] > _MOST_LETTERS:
        return False
    if is_existential(analysis, first, last):
        return True
    opening = subject_at(analysis, first, last)
    if opening + 1 < last and analysis.tags[opening : opening + 2] in ("GE", "GZ"):
        return True  # "shelling killed five men"
    subject = analysis.noun_phrase_of[opening] if opening < last else NONE
    if subject == NONE or analysis.tags[opening] in "SWC":
        return False
    phrase = analysis.noun_phrases[subject]
    if phrase.first != opening and not _is_dated(analysis, phrase.first, opening):
        return False
    if not _PRONOUNS.isdisjoint(analysis.lowers[phrase.first : phrase.last]) or runs_into_verb(analysis, opening, last):
        return False
    if analysis.lowers[phrase.head] in _SPELLS and analysis.lowers[phrase.last : phrase.last + 1] in _AFTER:
        return False  # "days before the raid killed two"
    return analysis.lowers[phrase.first] not in _OWNERS and _has_verb(analysis, phrase.last, last)


def named_subject(analysis: Analysis, first: int, last: int) -> str:
    """The words of a clause from the name of its subject on: "its head, Ada Lind, left" as "Ada Lind left"; or none."""
    number = analysis.noun_phrase_of[first] if first < last and analysis.lowers[first] in _OWNERS else NONE
    comma = analysis.noun_phrases[number].last if number != NONE else last
    closing = analysis.tags.find(",", comma + 1, last) if comma < last and analysis.tags[comma] == "," else NONE
    group = analysis.verb_group_of[closing + 1] if NONE < closing < last - 1 else NONE
    if group == NONE or analysis.verb_groups[group].form != "finite" or analysis.tags[closing - 1] != "P":
        return ""
    name = analysis.span(comma + 1, closing).of(analysis.text)
    return f"{name} {analysis.span(closing + 1, last).of(analysis.text)}"


def is_existential(analysis: Analysis, first: int, last: int) -> bool:
    """Whether the tokens tell that something is or was there: "there were no guards at the site"."""
    group = analysis.verb_group_of[first + 1] if first + 2 < last and analysis.lowers[first] == "there" else NONE
    return group != NONE and analysis.verb_groups[group].lemma == "be"


def subject_at(analysis: Analysis, first: int, last: int) -> int:
    """Where the subject starts: behind "In March," or "In 2024", and behind a number's "about"."""
    tags = analysis.tags
    while (
        first + 1 < last and tags[first] == "R" and tags[first + 1] in "IHD" and analysis.noun_phrase_of[first] == NONE
    ):
        first += 1
    if tags[first] == "I" and first + 1 < last and tags[first + 1] == "H" and analysis.lowers[first] in _ABOUT:
        return first + 1
    if tags[first] not in "ITR":
        return first
    for i in range(first, min(last, first + _ASIDE)):
        if tags[i] == ",":
            return i + 1
        if analysis.verb_group_of[i] != NONE:
            break
    number = analysis.noun_phrase_of[first + 1] if first + 1 < last else NONE
    if tags[first] != "I" or number == NONE:
        return first
    phrase = analysis.noun_phrases[number]
    if phrase.last < last and analysis.noun_phrase_of[phrase.last] != NONE:
        return phrase.last  # "in 2024 a fire …"
    at = phrase.first
    while at < phrase.last and _is_calendar(analysis, at):
        at += 1
    return at if phrase.first < at < phrase.last else first  # "in July 2019 prosecutors …"


def _is_calendar(analysis: Analysis, at: int) -> bool:
    return analysis.lowers[at] in _CALENDAR or analysis.lowers[at].isdigit()


def _is_dated(analysis: Analysis, first: int, at: int) -> bool:
    """Whether what stands before `at` in its noun phrase is a date."""
    return all(_is_calendar(analysis, i) for i in range(first, at))


def runs_into_verb(analysis: Analysis, first: int, last: int) -> bool:
    """Whether the tokens are an object, "and", and a verb that is not its: "the cracks and did nothing"."""
    number = analysis.noun_phrase_of[first]
    at = analysis.noun_phrases[number].last if number != NONE else last
    if at >= last or analysis.tags[at] != "C":
        return False
    at += 1
    while at < last and analysis.tags[at] in "qR":
        at += 1
    return at < last and analysis.verb_group_of[at] != NONE


def _has_verb(analysis: Analysis, first: int, last: int) -> bool:
    """Whether a finite verb of the clause itself, not of one within it, stands in the tokens."""
    i = first
    relative = False
    while i < last:
        if analysis.tags[i] in "WS":
            relative = True
        elif analysis.tags[i] == "," and i + 1 < last and analysis.verb_group_of[i + 1] != NONE:
            relative = False
        number = analysis.verb_group_of[i]
        if number != NONE:
            one = analysis.verb_groups[number]
            if one.form == "finite" and not relative:
                return True
            if one.form == "finite":
                relative = False
            i = one.last
            continue
        i += 1
    return False


def points_elsewhere(analysis: Analysis, first: int, last: int) -> bool:
    """Whether first or second person is spoken in: then the words need their speaker."""
    return not _SPOKEN.isdisjoint(analysis.lowers[first:last])


def as_sentence(words: str) -> str:
    """Words of the article as one sentence: one space between words, a capital first, a point behind.

    Example:
        >>> as_sentence("the bridge  was hit")
        'The bridge was hit.'
        >>> as_sentence("the bridge “was hit")
        'The bridge was hit.'
    """
    plain = _paired(" ".join(words.split())).rstrip(".,;: ")
    if plain[-1:] in _CLOSING:
        plain = plain[:-1].rstrip(".,;: ") + plain[-1]
    start = 1 if plain[:1] in _OPENING else 0
    return plain[:start] + plain[start : start + 1].upper() + plain[start + 1 :] + "."


def _paired(words: str) -> str:
    """The words without double quotation marks that have no other half."""
    open_ones: list[int] = []
    alone: set[int] = set()
    for match in _DOUBLE.finditer(words):
        mark, at = match.group(), match.start()
        opens = mark in "“„«" or (mark == '"' and not open_ones)
        if opens:
            open_ones.append(at)
        elif open_ones:
            open_ones.pop()
        else:
            alone.add(at)
    alone.update(open_ones)
    return "".join(letter for at, letter in enumerate(words) if at not in alone) if alone else words
