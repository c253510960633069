"""Signals: words that say how far a text stands by what it tells, what is counted, and what kind of thing is meant.

A *signal* is a term of one of the families of `signals.tsv`: hedges (hearsay, doubt), negations (core, lexical),
triggers of modality, harm and things that are counted, groups of victims, and cues of relations. A text is cut into
words once and asked for one family at a time. Whether a signal bears on a given word is decided by whoever asks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Literal, NamedTuple, get_args

from llmx.lexicon.table import read_rows, words
from llmx.lexicon.terms import TermTable

Family = Literal["hedge", "negation", "modality", "harm", "thing", "group", "relation"]
"""What a signal is a signal of."""

_WORD = re.compile(r"([^\W_]+(?:['’][^\W\d_]+)*)")


class Signal(NamedTuple):
    """A word or phrase of the signal table, where it stands in a text.

    A named tuple, since hundreds are made for each article.

    Attributes:
        family: What it is a signal of.
        name: Which of its family: `hearsay`, `core`, `planned`, `killed`.
        start: Where it starts.
        end: Where it ends.
    """

    family: Family
    name: str
    start: int
    end: int


@lru_cache(maxsize=len(get_args(Family)))
def _table(family: Family) -> TermTable[str]:
    """The terms of a family, with the name of each."""
    table: TermTable[str] = TermTable()
    for kind, name, terms in read_rows("signals.tsv", columns=3):
        if kind == family:
            for term in words(terms):
                table.add(term, name)
    return table


class Worded:
    """A text cut into words, whose signals are looked for family by family."""

    def __init__(self, text: str, *, start: int = 0) -> None:
        """Cut `text`, which stands at `start` of the text that the signals are to be placed in."""
        # a split by words gives what stands between them, and them, in turns: no match is made for each
        self._parts = parts = _WORD.split(text)
        self._start = start
        words = parts[1::2]
        lowered = "\0".join(words).lower().replace("’", "'").split("\0")
        if "May" in words:
            # the month is no modal verb
            lowered = [
                "" if word == "May" and (i or parts[0]) else lower
                for i, (word, lower) in enumerate(zip(words, lowered, strict=True))
            ]
        self._lowered = lowered

    def signals_of(self, family: Family) -> tuple[Signal, ...]:
        """The signals of one family, in order of their start; longer ones do not hide shorter."""
        hits = list(_table(family).find(self._lowered))
        if not hits:
            return ()
        edges = list(accumulate(map(len, self._parts), initial=self._start))
        found = [Signal(family, name, edges[2 * first + 1], edges[2 * last]) for name, first, last in hits]
        found.sort(key=_START_AND_END)
        return tuple(found)


def signals_of(family: Family, text: str) -> tuple[Signal, ...]:
    """The signals of one family in `text`, in order of their start."""
    return Worded(text).signals_of(family)


_START_AND_END = itemgetter(2, 3)
