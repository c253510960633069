"""Terms: words and short phrases that a table lists, and where they stand in a text.

A *term* is one or more words. In a table `bomb~` stands for all forms of a verb, `raid+` for singular and plural,
`a/b` for either word and `_` for any one word. Hyphens part words, in tables and in texts: `air strike` finds
"air-strike". Matching is by whole words in lower case; whoever needs a capital looks at the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

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


class TermTable(Generic[ValueT]):
    """Terms with values, found in a sequence of words in one pass.

    Build it once with `add`, then only `find`.
    """

    def __init__(self) -> None:
        self._values: dict[str, tuple[ValueT, ...]] = {}
        """Words with one space between them -> values; none for words that only open longer terms."""
        self._opening: set[str] = set()
        """The words that open longer terms."""
        self._alone: tuple[ValueT, ...] = ()
        """The value added last, alone: most values have many terms, and share one tuple."""

    def add(self, term: str, value: ValueT) -> None:
        """Add a term; one term may have several values."""
        phrases: Sequence[str] = ()
        for word in term.replace("-", " ").split():
            # most words stand for themselves alone
            forms = sorted(expand(word)) if word[-1] in "~+" or "/" in word else (word,)
            self._opening.update(phrases)
            for phrase in phrases:
                self._values.setdefault(phrase, ())
            phrases = [f"{phrase} {form}" for phrase in phrases for form in forms] if phrases else forms
        if not self._alone or self._alone[0] is not value:
            self._alone = (value,)
        for phrase in phrases:
            known = self._values.get(phrase)
            if not known:
                self._values[phrase] = self._alone
            elif value not in known:
                self._values[phrase] = (*known, value)

    def find(self, words: Sequence[str]) -> Iterator[tuple[ValueT, int, int]]:
        """Every value whose term stands in `words`, with its first word and the one behind its last.

        Args:
            words: In lower case, without hyphens. Overlapping terms are all found, in order of their first word.
        """
        opening = self._opening
        for first, values in enumerate(map(self._values.get, words)):
            if values is None:
                continue
            for value in values:
                yield value, first, first + 1
            if words[first] in opening:
                yield from self._find_longer(words, first)

    def _find_longer(self, words: Sequence[str], first: int) -> Iterator[tuple[ValueT, int, int]]:
        """The terms of two words and more that start with word `first`."""
        open_ones = [(words[first], first + 1)]
        while open_ones:
            phrase, last = open_ones.pop()
            values = self._values.get(phrase)
            if values is None:
                continue
            if last > first + 1:
                for value in values:
                    yield value, first, last
            if last < len(words) and phrase in self._opening:
                open_ones += ((f"{phrase} {words[last]}", last + 1), (f"{phrase} {_ANY}", last + 1))
