"""Signals: words that say how far a text stands by what it tells, what is counted, and what kind of thing is meant.

A *signal* is a term of one of the families of `signals.tsv`: hedges (hearsay, doubt), negations (core, lexical),
triggers of modality, harm and things that are counted, groups of victims, and cues of relations. One pass over a
sentence finds the signals of all families. Whether a signal bears on a given word is decided by whoever asks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Literal, NamedTuple, cast, get_args

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

    def shifted(self, by: int) -> Signal:
        """This signal moved `by` code points to the right."""
        return Signal(self.family, self.name, self.start + by, self.end + by)


@lru_cache(maxsize=1 + len(get_args(Family)))
def _table(family: Family | None = None) -> TermTable[tuple[Family, str]]:
    """The terms of one family, or of all."""
    table: TermTable[tuple[Family, str]] = TermTable()
    for kind, name, terms in read_rows("signals.tsv", columns=3):
        if family in (None, kind):
            for term in words(terms):
                table.add(term, (cast("Family", kind), name))
    return table


@lru_cache(maxsize=1024)  # rules and checks read the same sentences
def find_signals(text: str) -> tuple[Signal, ...]:
    """The signals of `text`, in order of their start; one word can be several, and longer ones do not hide shorter."""
    return _found(text, _table())


def signals_of(family: Family, text: str) -> tuple[Signal, ...]:
    """The signals of one family in `text`, in order of their start."""
    return _found(text, _table(family))


def _found(text: str, table: TermTable[tuple[Family, str]]) -> tuple[Signal, ...]:
    # a split by words gives what stands between them, and them, in turns: no match is made for each
    parts = _WORD.split(text)
    words = parts[1::2]
    lowered = "\0".join(words).lower().replace("’", "'").split("\0")
    if "May" in words:
        # the month is no modal verb
        lowered = [
            "" if word == "May" and (i or parts[0]) else lower
            for i, (word, lower) in enumerate(zip(words, lowered, strict=True))
        ]
    hits = list(table.find(lowered))
    if not hits:
        return ()
    edges = list(accumulate(map(len, parts)))
    found = [Signal(family, name, edges[2 * first], edges[2 * last - 1]) for (family, name), first, last in hits]
    found.sort(key=_START_AND_END)
    return tuple(found)


_START_AND_END = itemgetter(2, 3)
