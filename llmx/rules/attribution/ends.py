"""Ends: what speaks for a content's ending before a token.

Most of the clues start with the kind of the complement and the token there: the weights are kept by these two, so that
the rest is looked up in small tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from llmx.rules.attribution.clues import Clue, Known

_REMEMBERED = 1 << 12
_REMEMBERED_THERE = 1 << 10


class End(NamedTuple):
    """A place at which a content may end.

    Attributes:
        here: The token behind the content, as features name it.
        behind: The one behind that.
        verbs: How many finite verbs the content would hold, two at most.
        before: The tag of the content's last token.
        after: What a comma or a coordinator there is followed by.
        size: How long the content would be, in steps.
    """

    here: str
    behind: str
    verbs: int
    before: str
    after: str
    size: int


class _There(NamedTuple):
    """The clues of ends before one kind of token, in contents of one kind."""

    behind: Known
    before: Known
    after: Known
    size: Known
    lemma: Known


class Ends(dict[tuple[str, str], _There]):
    """The clues of ends and what they weigh, by kind of content and token there.

    Args:
        weights: Feature to weight.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, key: tuple[str, str]) -> _There:
        kind, here = key
        weights, most = self._weights, _REMEMBERED_THERE
        made = _There(
            behind=Known(weights, "end", kind, here, most=most),
            before=Known(weights, "end before", kind, behind=(here,), most=most),
            after=Known(weights, "end after", kind, here, most=most),
            size=Known(weights, "end size", kind, here, most=most),
            lemma=Known(weights, "end of", behind=(here,), most=most),
        )
        if len(self) < _REMEMBERED:
            self[key] = made
        return made

    def odds(self, kind: str, lemma: str, end: End) -> float:
        """The log odds that a content of a kind, behind a cue, ends at a place, given that it came so far."""
        here, behind, verbs, before, after, size = end
        there = self[kind, here]
        return (
            there.behind[behind, verbs]
            + there.before[before]
            + there.after[verbs, after]
            + there.size[size]
            + there.lemma[lemma]
        )

    def clues(self, kind: str, lemma: str, end: End) -> tuple[Clue, ...]:
        """The clues of which `odds` is the sum."""
        here, behind, verbs, before, after, size = end
        there = self[kind, here]
        return (
            there.behind.clue((behind, verbs)),
            there.before.clue(before),
            there.after.clue((verbs, after)),
            there.size.clue(size),
            there.lemma.clue(lemma),
        )
