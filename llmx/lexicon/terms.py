"""Terms: words and short phrases that a table lists, and where they stand in a text.

A *term* is one or more words. In a table `bomb~` stands for all forms of a verb, `raid+` for singular and plural,
`a/b` for either word and `_` for any one word. Hyphens part words, in tables and in texts: `air strike` finds
"air-strike". Matching is by whole words in lower case; whoever needs a capital looks at the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, count
from typing import Generic, NamedTuple, TypeVar

from llmx.lexicon.verbs import forms_of, gerund, past, third_person

ValueT = TypeVar("ValueT")

_ANY = "_"


def plural(noun: str) -> str:
    """The regular plural of `noun`.

    Example:
        >>> plural("raid"), plural("city"), plural("church")
        ('raids', 'cities', 'churches')
    """
    return third_person(noun)


def expand(word: str) -> set[str]:
    """The words that one word of a term stands for.

    Example:
        >>> sorted(expand("raid+")), sorted(expand("man/men")), sorted(expand("raid~"))
        (['raid', 'raids'], ['man', 'men'], ['raid', 'raided', 'raiding', 'raids'])
    """
    found: set[str] = set()
    for part in word.split("/"):
        stem = part[:-1]
        if part.endswith("~"):
            found |= {stem, *(forms_of(stem) or (third_person(stem), past(stem), gerund(stem)))}
        elif part.endswith("+"):
            found |= {stem, plural(stem)}
        else:
            found.add(part)
    return found


class _Entry(NamedTuple, Generic[ValueT]):
    """What a word opens: the values of the term that it ends, and the words that go on."""

    values: tuple[ValueT, ...]
    longer: dict[str, _Entry[ValueT]] | None


class TermTable(Generic[ValueT]):
    """Terms with values, found in a sequence of words in one pass.

    Build it once with `add`, then only `find`.
    """

    def __init__(self) -> None:
        self._first: dict[str, _Entry[ValueT]] = {}
        self._alone: _Entry[ValueT] = _Entry((), None)
        """The value added last and nothing else: most values have many terms of one word, which share it."""

    def add(self, term: str, value: ValueT) -> None:
        """Add a term; one term may have several values."""
        if not self._alone.values or self._alone.values[0] is not value:
            self._alone = _Entry((value,), None)
        tables = [self._first]
        words = term.replace("-", " ").split() if " " in term or "-" in term else (term,)
        for word in words[:-1]:
            forms = _forms(word)
            tables = [_longer(table, form) for table in tables for form in forms]
        last = _forms(words[-1])
        for table in tables:
            for form in last:
                known = table.get(form)
                if known is None:
                    table[form] = self._alone
                elif value not in known.values:
                    table[form] = _Entry((*known.values, value), known.longer)

    def find(self, words: Sequence[str]) -> Iterator[tuple[ValueT, int, int]]:
        """Every value whose term stands in `words`, with its first word and the one behind its last.

        Args:
            words: In lower case, without hyphens. Overlapping terms are all found, in order of their first word.
        """
        size = len(words)
        # most words open no term: they are passed over all at once
        for first in compress(count(), map(self._first.__contains__, words)):
            values, longer = self._first[words[first]]
            behind = first + 1
            for value in values:
                yield value, first, behind
            # most words that open a longer term are not followed by one
            if longer and behind < size and (words[behind] in longer or _ANY in longer):
                yield from _longer_terms(longer, words, first)


def _longer_terms(
    longer: dict[str, _Entry[ValueT]], words: Sequence[str], first: int
) -> Iterator[tuple[ValueT, int, int]]:
    """The values of the terms of two words and more that start with the word at `first`."""
    open_ones = [(longer, first + 1)]
    while open_ones:
        going_on, last = open_ones.pop()
        if last == len(words):
            continue
        for word in (_ANY, words[last]):
            found = going_on.get(word)
            if found is None:
                continue
            more, beyond = found
            for value in more:
                yield value, first, last + 1
            if beyond:
                open_ones.append((beyond, last + 1))


def _forms(word: str) -> Sequence[str]:
    # most words stand for themselves alone, most others are nouns
    if "/" in word or word[-1] == "~":
        return sorted(expand(word))
    return (word[:-1], plural(word[:-1])) if word[-1] == "+" else (word,)


def _longer(table: dict[str, _Entry[ValueT]], form: str) -> dict[str, _Entry[ValueT]]:
    """The words that go on behind `form`, which may be none yet."""
    known = table.get(form)
    if known is not None and known.longer is not None:
        return known.longer
    going_on: dict[str, _Entry[ValueT]] = {}
    table[form] = _Entry(known.values if known else (), going_on)
    return going_on
