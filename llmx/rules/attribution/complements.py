"""Complements: what kind of words follow a cue, and where its content starts."""

from __future__ import annotations

import re

from llmx.lexicon.function_words import MONTHS, WEEKDAYS, word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.candidates import Complement

_WHEN = WEEKDAYS | MONTHS | word_set("yesterday today tonight earlier later last this week month year morning night")
_ASIDE = word_set("on in at to during via from before after through by of with for")
_DAYTIME = word_set("on late early earlier last next this")
_REACH = 22
_NO_NOUN_PHRASE = re.compile(r"[^DHANPOICs()oq]")
_NO_ASIDE = re.compile(r"[^DHANPOICs()o]")
"""Tags at which it is decided what follows a cue; those between stand in no verb group, and open no content."""


def complements_at(analysis: Analysis, at: int) -> tuple[Complement, ...]:
    """The complements that start within the sentence, or with a quotation behind the colon that ends it."""
    end = analysis.sentence_at(at - 1).last
    found = _complements(analysis, at, end)
    if not found or found[-1].start < end:  # the last starts last
        return found
    size = len(analysis)
    return tuple([one for one in found if one.start < end or (one.kind == "quote" and one.start < size)])


def told_clause(analysis: Analysis, at: int) -> Complement | None:
    """The clause without "that" behind those who are told, at token `at`: "told reporters the bridge was open"."""
    start = _behind_addressee(analysis, at, analysis.sentence_at(at - 1).last)
    return None if start is None else Complement(kind="clause", word="", start=start, between=(at, start))


def _complements(analysis: Analysis, at: int, end: int) -> tuple[Complement, ...]:
    """The complements that may start at token `at`, the one behind the cue: next to it, or behind asides.

    In "told reporters that …" the content is what "that" opens; in "praised the offer that …" it is all of it. Which
    one holds depends on the cue, so both are given.
    """
    start = _behind_day(analysis, at, end)
    if start is not None:
        return (Complement(kind="clause", word="", start=start, between=(at, start)),)
    direct = _open(analysis, at, end)
    if direct.kind not in ("np", "pp", "none", "clause"):
        return (direct,)
    if direct.kind == "clause" and analysis.tags[at] != "O":
        return (direct,)
    start = _behind_addressee(analysis, at, end)
    if start is not None:
        return (direct, Complement(kind="clause", word="", start=start, between=(at, start)))
    start = _behind_asides(analysis, at, end)
    if start is None:
        return (direct,) if direct.kind != "none" else ()
    found = _open(analysis, start, end)
    if found.kind not in ("that", "quote", "to", "wh", "colon"):
        return (direct,) if direct.kind != "none" else ()
    behind = Complement(kind=found.kind, word=found.word, start=found.start, between=(at, start))
    is_day = direct.kind == "pp" and direct.start < end and analysis.lowers[direct.start] in WEEKDAYS
    if direct.kind == "none" or is_day:
        return (behind,)
    return (direct._replace(more=found.kind), behind)


def _open(analysis: Analysis, at: int, end: int) -> Complement:
    """The complement that starts right at `at`."""
    tags, lowers = analysis.tags, analysis.lowers
    while at < end and tags[at] == "R" and at + 1 < end and analysis.noun_phrase_of[at] == NONE:
        at += 1
    if at >= end:
        return Complement(kind="none", word="", start=at)
    tag, word = tags[at], lowers[at]
    if tag == "q":
        return Complement(kind="quote", word="", start=at)
    if tag in ",:" and at + 1 < end and (tags[at + 1] == "q" or word == ":"):
        return Complement(kind="quote" if tags[at + 1] == "q" else "colon", word=word, start=at + 1)
    if word == ":" and at + 1 == end and at + 1 < len(tags) and tags[at + 1] == "q":
        return Complement(kind="quote", word=word, start=at + 1)
    if word == "that" and at + 1 < end:
        return Complement(kind="that", word=word, start=at)
    if tag == "W" or word in ("if", "whether"):
        return Complement(kind="wh", word=word, start=at)
    if tag == "T":
        kind = "to" if at + 1 < end and analysis.verb_group_of[at] != NONE else "pp"
        return Complement(kind=kind, word="to", start=at if kind == "to" else at + 1)
    if analysis.noun_phrase_of[at] != NONE or tag in "DAHNPO":
        return Complement(kind="clause" if _is_clause(analysis, at, end) else "np", word="", start=at)
    if tag in "IS":
        kind = "clause" if tag == "S" and _is_clause(analysis, at, end) and word not in ("as", "than") else "pp"
        return Complement(kind=kind, word=word, start=at + 1 if kind == "pp" else at)
    if tag == "G":
        return Complement(kind="ing", word="", start=at)
    return Complement(kind="none", word=tag if tag in ",.:" else "", start=at)


def _is_clause(analysis: Analysis, at: int, end: int) -> bool:
    """Whether a noun phrase with what hangs on it is followed by a finite verb: a clause without "that"."""
    tags = analysis.tags
    for found in _NO_NOUN_PHRASE.finditer(tags, at, min(end, at + _REACH)):
        i = found.start()
        tag = tags[i]
        group = analysis.verb_group_of[i]
        if group != NONE:
            one = analysis.verb_groups[group]
            if one.form != "finite":
                return False
            return i > at and (tags[one.first] in "XMZV" or (tags[one.first] == "E" and tags[i - 1] != ","))
        if tag == "," and tags[i + 1 : i + 2] == "W":
            closing = tags.find(",", i + 2, end)  # "said the bank, which owns it, supported the plan"
            if closing < 0 or closing + 1 >= end:
                return False
            return tags[closing + 1] in "XMZVE"
        if tag in ".:-WT" or (tag == "S" and analysis.lowers[i] != "as"):
            return False
        if tag == "," and not (i + 1 < end and tags[i + 1] in "NPDAH"):
            return False
    return False


def _behind_addressee(analysis: Analysis, at: int, end: int) -> int | None:
    """The token behind a noun phrase that a clause without "that" follows at once: "told her he would"."""
    number = analysis.noun_phrase_of[at] if at < end else NONE
    if number == NONE or analysis.noun_phrases[number].first != at:
        return None
    last = analysis.noun_phrases[number].last
    if last >= end or analysis.noun_phrase_of[last] == NONE:
        return None
    return last if _is_clause(analysis, last, end) else None


def _behind_day(analysis: Analysis, at: int, end: int) -> int | None:
    """The token behind "on Monday" or "late on Monday" where a clause without "that" follows: "said on Monday it"."""
    i = at
    while i < end and analysis.lowers[i] in _DAYTIME:
        i += 1
    if i >= end or analysis.lowers[i] not in WEEKDAYS:
        return None
    opens = i + 1 < end and analysis.tags[i + 1] in "DAHNPO"
    return i + 1 if opens and _is_clause(analysis, i + 1, end) else None


def _behind_asides(analysis: Analysis, at: int, end: int) -> int | None:
    """The token behind addressee, time and medium, if a quotation, "that" or "to" follows them."""
    tags, lowers = analysis.tags, analysis.lowers
    for found in _NO_ASIDE.finditer(tags, at, min(end, at + _REACH)):
        i = found.start()
        tag = tags[i]
        if i > at and (
            tag == "q"
            or (tag == "S" and lowers[i] == "that")
            or (tag == "T" and analysis.verb_group_of[i] != NONE)
            or lowers[i] in ("whether", "if")
        ):
            return i
        if tag in ",:":
            behind = tags[i + 1 : i + 2]
            if (behind == "q" and (i + 1 < end or lowers[i] == ":")) or (lowers[i] == ":" and i + 1 < end):
                return i
        elif tag in ".W-" or analysis.verb_group_of[i] != NONE:
            return None
    return None
