"""Links: which claims about one event contradict each other, by their counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from llmx.rules.claims.found import FoundClaim
from llmx.rules.counts import FoundCount
from llmx.schema.terms import LinkRelation
from llmx.text.numbers import Number

_MOST = 20
"""Claims of one event that are compared with each other; more would only repeat."""


def linked(claims: Sequence[FoundClaim], counts: Sequence[Sequence[FoundCount]]) -> tuple[FoundClaim, ...]:
    """The claims with links between those that count the same thing of one event, as told by different claimers.

    Args:
        claims: The claims.
        counts: For each claim the counts in its evidence.
    """
    links: list[list[tuple[LinkRelation, int]]] = [[] for _ in claims]
    same: dict[tuple[int, str], list[tuple[int, Number]]] = {}
    for at, found in enumerate(counts):
        if len(found) == 1:
            same.setdefault((found[0].event, found[0].of), []).append((at, found[0].number))
    for group in same.values():
        for (at, mine), (other, theirs) in combinations(group[:_MOST], 2):
            if claims[at].claimer != claims[other].claimer:
                relation = _relation(mine, theirs)
                links[at].append((relation, other))
                links[other].append((relation, at))
    return tuple(
        replace(claim, links=tuple(found)) if found else claim for claim, found in zip(claims, links, strict=True)
    )


def _relation(one: Number, other: Number) -> LinkRelation:
    """Whether two numbers can both be true."""
    low = max(_low(one), _low(other))
    high = min(_high(one), _high(other))
    if low > high:
        return "contradicts"
    same = (one.low, one.best, one.high) == (other.low, other.best, other.high)
    return "repeats" if same else "compatible_with"


def _low(number: Number) -> float:
    if number.low is not None:
        return number.low
    return 0.8 * number.best if number.best is not None else 0


def _high(number: Number) -> float:
    if number.high is not None:
        return number.high
    return 1.25 * number.best if number.best is not None else math.inf
