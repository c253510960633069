"""Typing: which event type a passage speaks for.

Two readable tables vote. `typing.tsv` holds rules written by hand: concepts that speak for a type together, near each
other or in order. `typing_weights.tsv` holds what a linear model learned on top of them, one weight for a concept and a
type (`benchmarks/rules/build_lexicon.py` trains it). The type with the most votes wins; early words count more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from llmx.lexicon.function_words import word_set
from llmx.lexicon.table import read_rows
from llmx.rules.analysis import Analysis

HAND_SHARE = 0.5
"""What a hand-written vote counts against a learned weight; the weights are trained for it."""

_PEACEFUL = frozenset(["chlorine"])
_USING = word_set("with by using used of in dropped fired containing attack attacks gas bomb bombs shell shells")
_NEAR = 12
_AHEAD = 8
_DECAY = ((25, 1.0), (40, 0.8))
_LATE = 0.6

Hits = Sequence[tuple[str, int, int]]
"""Concepts with their ranges of tokens."""

Places = dict[str, list[tuple[int, int]]]
"""The ranges of tokens of each concept."""


class Vote(NamedTuple):
    """One row of `typing.tsv`.

    Attributes:
        type: The type it speaks for.
        weight: How much; negative speaks against.
        how: `near` (within twelve words), `ahead` (the first up to eight words before the second) or `all`.
        concepts: What must be there.
        needed: These, and concepts that must stand anywhere in the passage.
    """

    type: str
    weight: float
    how: str
    concepts: tuple[str, ...]
    needed: frozenset[str]


@lru_cache(maxsize=1)
def votes() -> tuple[Vote, ...]:
    """The hand-written votes."""
    return tuple(_vote(kind, float(weight), pattern) for kind, weight, pattern in read_rows("typing.tsv", columns=3))


def _vote(kind: str, weight: float, pattern: str) -> Vote:
    body, *also = pattern.split("+")
    for sign, how in (("~", "near"), (">", "ahead")):
        if sign in body:
            concepts = tuple(body.split(sign))
            return Vote(kind, weight, how, concepts, frozenset([*concepts, *also]))
    concepts = tuple(pattern.split("+"))
    return Vote(kind, weight, "all", concepts, frozenset(concepts))


@lru_cache(maxsize=1)
def learned_weights() -> Mapping[str, Sequence[tuple[str, float]]]:
    """Concept -> types with their learned weights; the concept `_` holds what every passage gets."""
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for concept, cell in read_rows("typing_weights.tsv", columns=2):
        pairs = [pair.rpartition(":") for pair in cell.split(" ") if pair]
        found[concept] = tuple([(kind, float(weight)) for kind, _, weight in pairs])
    return found


def decay(token: int) -> float:
    """How much words at this distance from the passage's start count."""
    for bound, share in _DECAY:
        if token < bound:
            return share
    return _LATE


def hand_scores(hits: Hits, *, start: int, kinds: frozenset[str] | None = None) -> dict[str, float]:
    """What the hand-written votes give each type.

    Args:
        hits: The passage's concepts, sorted by place.
        start: The passage's first token.
        kinds: The types to score; all where it is `None`.
    """
    where: Places = {}
    for name, first, last in hits:
        if name in where:
            where[name].append((first, last))
        else:
            where[name] = [(first, last)]
    by_first, told = _votes_by_first(kinds), where.keys()
    cast = [row for name in where for row in by_first.get(name, ()) if told >= row[1].needed]
    cast.sort()  # in the order of the table
    scores: dict[str, float] = {}
    for _, vote in cast:
        at = _place(vote, where)
        if at is not None:
            share = 1.0 if vote.weight < 0 else decay(at - start)
            scores[vote.type] = scores.get(vote.type, 0.0) + vote.weight * share
    return scores


def uses_chemical(hits: Hits, analysis: Analysis) -> bool:
    """Whether a chemical is a weapon by its name, or one that cleans water too is used: "attacked with chlorine"."""
    return any(
        name == "chemical"
        and (
            analysis.lowers[first] not in _PEACEFUL
            or last - first > 1
            or not _USING.isdisjoint(analysis.lowers[max(0, first - 2) : first + 3])
        )
        for name, first, last in hits
    )


def presence(hits: Hits, *, start: int) -> dict[str, float]:
    """How strongly each concept is present: the share of its first place."""
    found: dict[str, float] = {"_": 1.0}
    for name, first, _ in hits:
        found.setdefault(name, decay(first - start))
    return found


def type_scores(hits: Hits, *, start: int) -> dict[str, float]:
    """What all votes give each type, hand-written and learned; the best type has the highest."""
    scores = defaultdict[str, float](float)
    scores.update({kind: HAND_SHARE * score for kind, score in hand_scores(hits, start=start).items()})
    weights = learned_weights()
    for concept, share in presence(hits, start=start).items():
        for kind, weight in weights.get(concept, ()):
            scores[kind] += weight * share
    return scores


@lru_cache(maxsize=4)
def _votes_by_first(kinds: frozenset[str] | None) -> Mapping[str, Sequence[tuple[int, Vote]]]:
    """Concept -> the votes for some types, or for all, that name it first, with their rows."""
    found: dict[str, list[tuple[int, Vote]]] = {}
    for row, vote in enumerate(votes()):
        if kinds is None or vote.type in kinds:
            found.setdefault(vote.concepts[0], []).append((row, vote))
    return found


def _place(vote: Vote, where: Places) -> int | None:
    """The token at which a vote's concepts stand, all of which are there; `None` if they do not stand as it asks."""
    if vote.how == "all":
        return max([where[name][0][0] for name in vote.concepts])
    left, right = (where[name] for name in vote.concepts)
    for first, last in left:
        for begin, end in right:
            if (first, last) == (begin, end):
                continue
            if vote.how == "near" and abs(first - begin) <= _NEAR:
                return min(first, begin)
            if vote.how == "ahead" and last <= begin <= last + _AHEAD:
                return first
    return None
