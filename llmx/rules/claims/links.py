"""Links: which claims about one event contradict each other, by their counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from llmx.rules.claims.found import FoundClaim
from llmx.rules.counts import FoundCount
from llmx.schema.terms import LinkRelation
from llmx.text.numbers import Number


def linked(claims: Sequence[FoundClaim], counts: Sequence[Sequence[FoundCount]]) -> tuple[FoundClaim, ...]:
    """The claims with links between those that count the same thing of one event, as told by different claimers.

    Args:
        claims: The claims.
        counts: For each claim the counts in its evidence.
    """
    links: list[list[tuple[LinkRelation, int]]] = [[] for _ in claims]
    for at, mine in enumerate(counts):
        for other in range(at + 1, len(claims)):
            if claims[at].claimer == claims[other].claimer:
                continue
            pairs = [(a, b) for a in mine for b in counts[other] if a.event == b.event and a.of == b.of]
            if len(pairs) == 1 and len(mine) == 1 and len(counts[other]) == 1:
                relation = _relation(pairs[0][0].number, pairs[0][1].number)
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
