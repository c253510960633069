"""Candidates: places where something may be attributed, before any of them is believed.

A candidate is made wherever the form allows it, by one of the patterns of this package; `scoring` says how likely it
is, and `find` keeps those that are likely and do not contradict one another.
"""

from __future__ import annotations

from typing import NamedTuple

from llmx.rules.attribution.clues import Clue

TokenRange = tuple[int, int]
"""Tokens from the first (inclusive) to the last (exclusive)."""


class Complement(NamedTuple):
    """What follows a cue.

    Attributes:
        kind: `that`, `quote`, `clause`, `to`, `wh`, `np`, `pp`, `ing`, `adj` or `none`.
        word: The preposition or question word that opens it, in lower case.
        start: Token at which the content starts.
        between: Tokens between cue and content that belong to neither: addressee, medium, time.
        more: The kind of complement that stands further behind, where this one starts next to the cue.
    """

    kind: str
    word: str
    start: int
    between: TokenRange | None = None
    more: str = ""


class Candidate(NamedTuple):
    """A possible attribution, in tokens.

    Attributes:
        rule: The pattern that made it.
        cue: The cue.
        lemma: The cue's lemma.
        source: The source, or `None`.
        content: The parts of the content.
        complement: What follows the cue.
        features: What speaks for or against it.
    """

    rule: str
    cue: TokenRange
    lemma: str
    source: TokenRange | None
    content: tuple[TokenRange, ...]
    complement: Complement
    features: tuple[Clue, ...] = ()
