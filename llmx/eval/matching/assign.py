"""Assignment: the one-to-one pairs whose summed score is largest.

Each side's item is in at most one pair, and only pairs with a positive score are made. The pairs are split into
connected components first: most hold one pair, and those need no solver.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from llmx.eval.extra import assignment, np

LeftT = TypeVar("LeftT")
RightT = TypeVar("RightT")

Pair = tuple[int, int]
"""Indices of a left and a right item."""

_TIE = 1e-9


def pair_up(
    left: Sequence[LeftT],
    right: Sequence[RightT],
    score: Callable[[LeftT, RightT], float],
    *,
    tie: Callable[[LeftT, RightT], float] | None = None,
    least: float = 0.0,
) -> dict[Pair, float]:
    """The best one-to-one pairs of two lists, with their scores.

    Args:
        left: Items of one side, in an order that does not depend on the input's.
        right: Items of the other side, likewise.
        score: How well two items fit, 0 for not at all.
        tie: What decides between equal scores, from 0 to 1.
        least: Pairs below it are not made, and do not compete.
    """
    scores: dict[Pair, float] = {}
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            value = score(one, other)
            if value > 0 and value >= least:
                scores[i, j] = value
    if not scores:
        return {}
    ties = {pair: tie(left[pair[0]], right[pair[1]]) for pair in scores} if tie and len(scores) > 1 else {}
    return {pair: scores[pair] for pair in best_pairs(scores, ties)}


def best_pairs(scores: Mapping[Pair, float], ties: Mapping[Pair, float] | None = None) -> list[Pair]:
    """The one-to-one pairs with the largest sum of `scores`, sorted; `ties` decides between equal sums.

    Args:
        scores: Positive scores of the pairs that may be made; a pair that is absent is never made.
        ties: A second score from 0 to 1 that counts a billionth.
    """
    chosen: list[Pair] = []
    for component in _components(list(scores)):
        chosen.extend(_solve(component, scores, ties or {}))
    return sorted(chosen)


def _components(pairs: list[Pair]) -> list[list[Pair]]:
    """The pairs, split into groups that share no item."""
    if len(pairs) == 1:
        return [pairs]
    group_of_left: dict[int, int] = {}
    group_of_right: dict[int, int] = {}
    groups: dict[int, list[Pair]] = {}
    for number, (i, j) in enumerate(pairs):
        one, other = group_of_left.get(i), group_of_right.get(j)
        home = one if one is not None else other if other is not None else number
        groups.setdefault(home, []).append((i, j))
        group_of_left[i] = group_of_right[j] = home
        if one is not None and other is not None and one != other:
            moved = groups.pop(other)
            groups[home].extend(moved)
            for left, right in moved:
                group_of_left[left] = group_of_right[right] = home
    return list(groups.values())


def _solve(pairs: list[Pair], scores: Mapping[Pair, float], ties: Mapping[Pair, float]) -> list[Pair]:
    if len(pairs) == 1:
        return pairs
    lefts = sorted({i for i, _ in pairs})
    rights = sorted({j for _, j in pairs})
    if len(lefts) == 1 or len(rights) == 1:
        return [min(pairs, key=lambda pair: (-scores[pair] - _TIE * ties.get(pair, 0.0), pair))]
    row = {i: n for n, i in enumerate(lefts)}
    column = {j: n for n, j in enumerate(rights)}
    matrix = np.zeros((len(lefts), len(rights)))
    for pair in pairs:
        matrix[row[pair[0]], column[pair[1]]] = scores[pair] + _TIE * ties.get(pair, 0.0)
    found = [(lefts[r], rights[c]) for r, c in assignment(matrix)]
    return [pair for pair in found if pair in scores]
