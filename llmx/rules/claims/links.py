"""Links: which claims contradict each other: by their counts of one event, and by a denial.

A denial contradicts what another asserts of the same event, and the accusation that stands right before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

from llmx.rules.claims.found import FoundClaim
from llmx.rules.counts import FoundCount
from llmx.schema.terms import LinkRelation
from llmx.text.numbers import Number

_NEAR = 6
_MOST = 20
"""Claims of one event that are compared with each other; more would only repeat."""


def linked(
    claims: Sequence[FoundClaim], counts: Sequence[Sequence[FoundCount]], accusing: frozenset[int]
) -> tuple[FoundClaim, ...]:
    """The claims with links between those of different claimers that bear on one thing.

    Args:
        claims: The claims, in text order.
        counts: For each claim the counts in its evidence.
        accusing: The attributions that accuse.
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
    for at, other in _denials(claims, accusing):
        if not any(known == other for _, known in links[at]):
            links[at].append(("contradicts", other))
            links[other].append(("contradicts", at))
    return tuple(
        claim._replace(links=tuple(found)) if found else claim for claim, found in zip(claims, links, strict=True)
    )


def _denials(claims: Sequence[FoundClaim], accusing: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Pairs of claims of which one denies what the other asserts."""
    for at, one in enumerate(claims):
        if one.epistemic != "false_certain":
            continue
        for other in range(max(0, at - _NEAR), min(len(claims), at + _NEAR + 1)):
            theirs = claims[other]
            if theirs.epistemic == "false_certain" or theirs.claimer == one.claimer:
                continue
            same = not set(one.events).isdisjoint(theirs.events)
            answers = other == at - 1 and bool(theirs.claimer) and theirs.claimer[-1] in accusing
            if same or answers:
                yield at, other


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
