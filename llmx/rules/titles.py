"""Titles: the words that stand before a person's name."""

from __future__ import annotations

from functools import lru_cache

from llmx.lexicon.table import read_rows, words


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """The words that stand before a person's name, as one or more words each, in lower case."""
    return frozenset(word for _, cell in read_rows("titles.tsv", columns=2) for word in words(cell))


@lru_cache(maxsize=1)
def honours() -> frozenset[str]:
    """The titles that are no office: Mr, Dr, Sheikh."""
    return frozenset(
        word for sort, cell in read_rows("titles.tsv", columns=2) if sort == "honour" for word in words(cell)
    )
