"""Retold: clauses without a finite verb of their own, told as sentences that say the same.

    …, killing at least two men                 At least two men were killed.
    … accused the army of breaking the truce    The army broke the truce.
    … put the crowd at 6,000                    The crowd was 6,000.
    … denied shelling Orlo                      (who denies) shelled Orlo.

No word of meaning is added or left out; only the verb changes its form.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from llmx.lexicon.function_words import word_set
from llmx.lexicon.verbs import forms_of, verb_form
from llmx.rules.analysis import NONE, Analysis

_HARMS = word_set(
    "kill wound injure hurt force drive leave displace destroy damage bury trap strand arrest detain infect sicken maim"
    " abduct evacuate uproot cut flood"
)
_PLURAL = word_set("people men women children police others dead")
_QUALIFIERS = word_set("about around over nearly almost under some")
_SAID_OF = word_set("of for")
_PRONOUNS = "O"
_OTHERS = word_set("other others another each both")
_COUNTED = word_set("role part hand link connection plan intention share deal agreement")

Tokens = tuple[int, int]


class Retold(NamedTuple):
    """A clause told as a sentence.

    Attributes:
        tokens: The words of the article that it tells.
        text: The sentence, without capital and full stop.
    """

    tokens: Tokens
    text: str


def effects(analysis: Analysis, tail: Tokens) -> Iterator[Retold]:
    """The effects told by participles behind a comma, as passives; those alone that give a number.

    Args:
        analysis: The analysis.
        tail: From the comma to behind the last token.
    """
    at, last = tail
    while at < last:
        at += 1
        if at >= last or analysis.tags[at] != "G":
            return
        end = _end_of_effect(analysis, at, last)
        told = _passive(analysis, at, end)
        if told:
            yield Retold((at, end), told)
        at = end


def _end_of_effect(analysis: Analysis, at: int, last: int) -> int:
    """Where the participle's words end: before "and" or a comma and another participle."""
    for i in range(at + 2, last - 1):
        if analysis.tags[i] in ",C" and (analysis.tags[i + 1] == "G" or analysis.tags[i + 1] in "WC"):
            return i
    return last


def _passive(analysis: Analysis, at: int, last: int) -> str:
    """Tell "killing two men" as "two men were killed"; empty where it cannot be told so."""
    form = verb_form(analysis.lowers[at])
    if form is None or form.lemma not in _HARMS or "H" not in analysis.tags[at:last]:
        return ""
    opens = at + 1 + (analysis.lowers[at + 1] in _QUALIFIERS and analysis.noun_phrase_of[at + 1] == NONE)
    number = analysis.noun_phrase_of[opens] if opens < last else NONE
    if number == NONE or analysis.noun_phrases[number].first != opens:
        return ""
    phrase = analysis.noun_phrases[number]
    participle = _form(form.lemma, "n")
    if analysis.tags[phrase.head] in _PRONOUNS or not participle:
        return ""
    behind = phrase.last
    if analysis.lowers[behind : behind + 1] == ("of",) and analysis.noun_phrase_of[behind + 1] != NONE:
        behind = analysis.noun_phrases[analysis.noun_phrase_of[behind + 1]].last  # "dozens of men"
    was = "were" if _is_plural(analysis, phrase.first, phrase.head) else "was"
    words = [_words(analysis, at + 1, behind), was, participle]
    if behind < last:
        words.append(_words(analysis, behind, last))
    return " ".join(words)


def deed(analysis: Analysis, tokens: Tokens) -> Retold | None:
    """Whom and of what a content accuses: "the army of breaking the truce"; `None` where it is told otherwise."""
    first, last = tokens
    number = analysis.noun_phrase_of[first] if first < last else NONE
    if number == NONE or analysis.noun_phrases[number].first != first:
        return None
    phrase = analysis.noun_phrases[number]
    if phrase.last + 1 >= last or analysis.lowers[phrase.last] not in _SAID_OF:
        return None
    if analysis.tags[phrase.head] in _PRONOUNS or analysis.lowers[phrase.head] in _OTHERS:
        return None
    done = past_of(analysis, (phrase.last + 1, last), plural=_is_plural(analysis, phrase.first, phrase.head))
    return Retold(tokens, f"{_words(analysis, phrase.first, phrase.last)} {done}") if done else None


def past_of(analysis: Analysis, tokens: Tokens, *, plural: bool) -> str:
    """Tell "breaking the truce" as "broke the truce", "having left" as "had left"; empty for anything else."""
    first, last = tokens
    while first < last and analysis.tags[first] == "q":
        first += 1
    if first >= last or not analysis.lowers[first].endswith("ing"):
        return ""
    word = analysis.lowers[first]
    if word == "having":
        verb = "had"
    elif word == "being":
        verb = "were" if plural else "was"
    else:
        form = verb_form(word)
        verb = _form(form.lemma, "d") if form is not None and "g" in form.kinds else ""
    behind = first + 1
    if behind < last and analysis.tags[behind] == "q":
        behind += 1
    if not verb or behind >= last:
        return ""
    return f"{verb} {_words(analysis, behind, last)}"


def had(analysis: Analysis, tokens: Tokens) -> str:
    """Tell "any role in the raid" as "had a role in the raid"; empty for anything else."""
    first, last = tokens
    number = analysis.noun_phrase_of[first] if first + 1 < last else NONE
    if number == NONE or analysis.lowers[first] != "any":
        return ""
    article = "a " if analysis.lowers[analysis.noun_phrases[number].head] in _COUNTED else ""
    return f"had {article}{_words(analysis, first + 1, last)}"


def estimate(analysis: Analysis, tokens: Tokens) -> Retold | None:
    """Tell "the crowd at 6,000" as "the crowd was 6,000"; `None` where the tokens are not of that form."""
    first, last = tokens
    number = analysis.noun_phrase_of[first] if first < last else NONE
    if number == NONE or analysis.tags[first] != "D":
        return None
    at = next((i for i in range(first, last) if analysis.lowers[i] == "at"), last)
    if at + 1 >= last or analysis.tags[at + 1] not in "HADIRN" or "H" not in analysis.tags[at + 1 : last]:
        return None
    if analysis.tags[at - 1] not in "NPEAH":
        return None
    return Retold(tokens, f"{_words(analysis, first, at)} was {_words(analysis, at + 1, last)}")


def _form(lemma: str, kind: str) -> str:
    """The form of a verb that is of a kind, `d` past or `n` past participle; empty where the list has none."""
    for word in forms_of(lemma):
        form = verb_form(word)
        if form is not None and form.lemma == lemma and kind in form.kinds:
            return word
    return ""


def _is_plural(analysis: Analysis, first: int, head: int) -> bool:
    word = analysis.lowers[head]
    counted = any(analysis.lowers[i] not in ("one", "1") for i in analysis.tagged("H", first, head + 1))
    return counted or word in _PLURAL or (word.endswith("s") and not word.endswith("ss") and analysis.tags[head] != "P")


def _words(analysis: Analysis, first: int, last: int) -> str:
    return analysis.span(first, last).of(analysis.text)
