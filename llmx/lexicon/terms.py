"""Terms: words and short phrases that a table lists, and where they stand in a text.

A *term* is one or more words. In a table `bomb~` stands for all forms of a verb, `raid+` for singular and plural,
`a/b` for either word and `_` for any one word. Hyphens part words, in tables and in texts: `air strike` finds
"air-strike". Matching is by whole words in lower case; whoever needs a capital looks at the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from llmx.lexicon.verbs import gerund, past, third_person, verb_forms

ValueT = TypeVar("ValueT")

_END = "\n"
_ANY = "_"


def plural(noun: str) -> str:
    """The regular plural of `noun`.

    Example:
        >>> plural("raid"), plural("city"), plural("church")
        ('raids', 'cities', 'churches')
    """
    return third_person(noun)


@lru_cache(maxsize=1)
def _forms_by_lemma() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for form, verb in verb_forms().items():
        found.setdefault(verb.lemma, set()).add(form)
    return found


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
            known = _forms_by_lemma().get(stem)
            found |= (known | {stem}) if known else {stem, third_person(stem), past(stem), gerund(stem)}
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
        self._root: dict[str, Any] = {}

    def add(self, term: str, value: ValueT) -> None:
        """Add a term; one term may have several values."""
        nodes = [self._root]
        for word in term.replace("-", " ").split():
            # most words stand for themselves alone
            forms = sorted(expand(word)) if word[-1] in "~+" or "/" in word else (word,)
            nodes = [node.setdefault(form, {}) for node in nodes for form in forms]
        for node in nodes:
            values = node.setdefault(_END, [])
            if value not in values:
                values.append(value)

    def find(self, words: Sequence[str]) -> Iterator[tuple[ValueT, int, int]]:
        """Every value whose term stands in `words`, with its first word and the one behind its last.

        Args:
            words: In lower case, without hyphens. Overlapping terms are all found, in order of their first word.
        """
        size = len(words)
        for first, opened in enumerate(map(self._root.get, words)):
            if opened is None:
                continue
            open_nodes = [(opened, first + 1)]
            while open_nodes:
                node, last = open_nodes.pop()
                for value in node.get(_END, ()):
                    yield value, first, last
                if last < size:
                    following = node.get(words[last])
                    if following is not None:
                        open_nodes.append((following, last + 1))
                    wild = node.get(_ANY)
                    if wild is not None:
                        open_nodes.append((wild, last + 1))
