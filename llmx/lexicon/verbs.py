"""Verbs: which words are forms of which verb, and what a form that is also a noun usually is.

The list (`verbs.tsv`, written by `benchmarks/rules/build_verbs.py`) holds one verb a line; regular forms are made
here, so that the file stays small and can be read. It says nothing of what a verb means: cues are in `cues`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

_VOWELS = frozenset("aeiou")


class Reading(StrEnum):
    """What a form that can be a noun as well usually is."""

    VERB = "v"
    NOUN = "n"
    EITHER = "e"


class VerbForm(NamedTuple):
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


@lru_cache(maxsize=1 << 14)
def verb_form(word: str) -> VerbForm | None:
    """The verb of which `word`, in lower case, is a form, if the list has it.

    A form of two verbs ("found") belongs to the one that stands first in the list.
    """
    row = _table().forms.get(word)
    return None if row is None else VerbForm(row[0], row[1], _READINGS[row[2]])


def verb_forms() -> Mapping[str, VerbForm]:
    """Every form in the list, in lower case, with its verb; to look up one, `verb_form` is quicker."""
    return _Forms()


class _Forms(Mapping[str, VerbForm]):
    """The forms of the list, each made when it is asked for."""

    def __getitem__(self, word: str) -> VerbForm:
        form = verb_form(word)
        if form is None:
            raise KeyError(word)
        return form

    def __iter__(self) -> Iterator[str]:
        return iter(_table().forms)

    def __len__(self) -> int:
        return len(_table().forms)


def forms_of(lemma: str) -> tuple[str, ...]:
    """The forms in the list that belong to the verb `lemma`; empty for one that it does not have."""
    return _table().lemmas.get(lemma, ())


class _Table(NamedTuple):
    """The list, read.

    Its rows are plain tuples of strings, since sixteen thousand records would be looked over at each full collection.

    Attributes:
        forms: Form -> lemma, kinds and usual reading.
        lemmas: Lemma -> forms.
    """

    forms: dict[str, tuple[str, str, str]]
    lemmas: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    table = _Table({}, {})
    for line in files("llmx.lexicon").joinpath("verbs.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            base, readings, *irregular = line.split("\t")
            _add_forms(table, base, readings, irregular, lemma=base)
            if base.endswith("ize") and len(base) > len("seize"):
                # both spellings stand in news; the lemma stays the one of the list
                others = [form.replace("iz", "is") for form in irregular]
                _add_forms(table, base.replace("iz", "is"), readings, others, lemma=base)
    return table


def _add_forms(table: _Table, base: str, readings: str, irregular: Sequence[str], *, lemma: str) -> None:
    kinds = _irregular_kinds(base, irregular) if irregular else _regular_kinds(base)
    added: list[str] = []
    for form, letters in kinds.items():
        if form not in table.forms:
            first = letters[0]
            usual = readings[0 if first == "b" else 1] if first in "bs" else _VERB
            table.forms[form] = (lemma, letters, usual)
            added.append(form)
    known = table.lemmas.get(lemma)
    table.lemmas[lemma] = (*known, *added) if known else tuple(added)


def _regular_kinds(base: str) -> dict[str, str]:
    if base[-1] not in "eyosxzh":  # thousands are: their forms are the base and an ending
        return {base: "b", base + "s": "s", base + "ed": "dn", base + "ing": "g"}
    return {base: "b", third_person(base): "s", past(base): "dn", gerund(base): "g"}


def _irregular_kinds(base: str, irregular: Sequence[str]) -> dict[str, str]:
    kinds = {base: "b"}
    for kind, made, rule in zip("sdng", _four(irregular), _RULES, strict=True):
        for form in (made or rule(base)).split("/"):
            kinds[form] = kinds.get(form, "") + kind
    return kinds


_VERB = Reading.VERB.value
_READINGS = {reading.value: reading for reading in Reading}
_RULES = (third_person, past, past, gerund)


def _four(irregular: Sequence[str]) -> list[str]:
    """The third person, past, participle and -ing form where they are irregular, else empty strings."""
    return [*irregular, "", "", "", ""][:4]
