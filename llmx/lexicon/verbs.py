"""Verbs: which words are forms of which verb, and what a form that is also a noun usually is.

The list (`verbs.tsv`, written by `benchmarks/rules/build_verbs.py`) holds one verb a line; regular forms are made
here, so that the file stays small and can be read. It says nothing of what a verb means: cues are in `cues`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

_VOWELS = frozenset("aeiou")


class Reading(StrEnum):
    """What a form that can be a noun as well usually is."""

    VERB = "v"
    NOUN = "n"
    EITHER = "e"


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One word as a form of a verb.

    Attributes:
        lemma: The verb's base form.
        kinds: One letter for each thing the form can be: `b` base, `s` third person, `d` past, `n` past participle,
            `g` -ing form.
        reading: What the word usually is, where it can be a noun too.
    """

    lemma: str
    kinds: str
    reading: Reading


def third_person(lemma: str) -> str:
    """The regular third person of `lemma`.

    Example:
        >>> third_person("deny"), third_person("push")
        ('denies', 'pushes')
    """
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    return lemma + "s"


def past(lemma: str) -> str:
    """The regular past of `lemma`; a doubled consonant counts as irregular.

    Example:
        >>> past("deny"), past("argue")
        ('denied', 'argued')
    """
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    return lemma + "ed"


def gerund(lemma: str) -> str:
    """The regular -ing form of `lemma`; a doubled consonant counts as irregular.

    Example:
        >>> gerund("argue"), gerund("see")
        ('arguing', 'seeing')
    """
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return lemma + "ing"


@lru_cache(maxsize=1)
def verb_forms() -> Mapping[str, VerbForm]:
    """Every form in the list, in lower case, with its verb.

    A form of two verbs ("found") belongs to the one that stands first in the list.
    """
    forms: dict[str, VerbForm] = {}
    for line in files("llmx.lexicon").joinpath("verbs.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            _add_forms(forms, line)
            if line.split("\t", 1)[0].endswith("ize") and line.index("\t") > len("seize"):
                # both spellings stand in news; the lemma stays the one of the list
                _add_forms(forms, line.replace("iz", "is"), lemma=line.split("\t", 1)[0])
    return forms


def _add_forms(forms: dict[str, VerbForm], line: str, *, lemma: str = "") -> None:
    base, readings, *irregular = line.split("\t")
    kinds = {base: "b"}
    for kind, made, rule in zip("sdng", _four(irregular), _RULES, strict=True):
        for form in (made or rule(base)).split("/"):
            kinds[form] = kinds.get(form, "") + kind
    of_kind = {"b": readings[0], "s": readings[1]}
    for form, letters in kinds.items():
        reading = Reading(of_kind.get(letters[0], "v"))
        known = forms.get(form)
        if known is None:
            forms[form] = VerbForm(lemma or base, letters, reading)


_RULES = (third_person, past, past, gerund)


def _four(irregular: list[str]) -> list[str]:
    """The third person, past, participle and -ing form where they are irregular, else empty strings."""
    return [*irregular, "", "", "", ""][:4]
