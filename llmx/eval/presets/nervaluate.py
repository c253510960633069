"""nervaluate's span scores: strict, exact, partial and by type, each prediction taking the first span that fits.

Source: nervaluate 1.2, after SemEval-2013 task 9. Ends are inclusive. As in the original the pairing is greedy in the
order of the lists, so that another order can give other figures. Unlike the original, only spans that can overlap are
looked at: gold spans are kept by their start, so that long lists cost little more than short ones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

LabelledSpan = tuple[str, int, int]
"""Label, first code point, last code point (inclusive)."""

SCHEMES: tuple[str, ...] = ("strict", "exact", "partial", "ent_type")
_LEAST_PERCENT = 1.0


def span_counts(gold: Sequence[LabelledSpan], pred: Sequence[LabelledSpan]) -> dict[str, tuple[float, ...]]:
    """Credit and totals of each scheme, over all labels and for each label."""
    counts: dict[str, tuple[float, ...]] = dict(zip(SCHEMES, _columns(gold, pred), strict=True))
    labels = {span[0] for span in gold} | {span[0] for span in pred}
    for label in labels:
        own = [span for span in gold if span[0] == label], [span for span in pred if span[0] == label]
        for scheme, columns in zip(SCHEMES, _columns(*own), strict=True):
            counts[f"{scheme}@{label}"] = columns
    return counts


def _columns(gold: Sequence[LabelledSpan], pred: Sequence[LabelledSpan]) -> list[tuple[float, ...]]:
    """Credit and actual, credit and possible, for each scheme.

    Every prediction is correct, incorrect, partial or spurious, and every gold span correct, incorrect, partial or
    missed: so the totals are the numbers of spans whatever the pairing.
    """
    if not gold or not pred:
        return [(0.0, len(pred), 0.0, len(gold))] * len(SCHEMES)
    near = _candidates(gold, pred)
    strict = _strict(gold, pred, near)
    exact, half = _by_boundary(gold, pred, near)
    earned = (strict, exact, exact + 0.5 * half, _by_type(gold, pred, near))
    return [(credit, len(pred), credit, len(gold)) for credit in earned]


def _candidates(gold: Sequence[LabelledSpan], pred: Sequence[LabelledSpan]) -> list[Sequence[int]]:
    """For each prediction the gold spans that it overlaps by a hundredth of their length, in the order of the list."""
    order = sorted(range(len(gold)), key=lambda n: gold[n][1])
    starts = [gold[n][1] for n in order]
    longest = max(end - start for _, start, end in gold)
    found: list[Sequence[int]] = []
    for _, start, end in pred:
        low, high = bisect_left(starts, start - longest), bisect_right(starts, end)
        if low == high:
            found.append(())
            continue
        near = [n for n in order[low:high] if gold[n][2] >= start and _enough(gold[n], start, end)]
        near.sort()
        found.append(near)
    return found


def _enough(gold: LabelledSpan, start: int, end: int) -> bool:
    _, first, last = gold
    return (min(end, last) - max(start, first) + 1) / (last - first + 1) * 100.0 >= _LEAST_PERCENT


def _strict(gold: Sequence[LabelledSpan], pred: Sequence[LabelledSpan], near: Sequence[Sequence[int]]) -> int:
    """Spans and labels that agree; what only overlaps takes its gold span out of the game."""
    taken: set[int] = set()
    hits = 0
    for span, candidates in zip(pred, near, strict=True):
        first = -1
        for n in candidates:
            if n in taken:
                continue
            if gold[n] == span:
                hits += 1
                first = n
                break
            if first < 0:
                first = n
        if first >= 0:
            taken.add(first)
    return hits


def _by_boundary(
    gold: Sequence[LabelledSpan], pred: Sequence[LabelledSpan], near: Sequence[Sequence[int]]
) -> tuple[int, int]:
    """Spans that agree whatever their labels, and spans that only overlap."""
    taken: set[int] = set()
    hits = half = 0
    for (_, start, end), candidates in zip(pred, near, strict=True):
        first = -1
        for n in candidates:
            if n in taken:
                continue
            if gold[n][1] == start and gold[n][2] == end:
                hits += 1
                half -= 1
                first = n
                break
            if first < 0:
                first = n
        if first >= 0:
            half += 1
            taken.add(first)
    return hits, half


def _by_type(gold: Sequence[LabelledSpan], pred: Sequence[LabelledSpan], near: Sequence[Sequence[int]]) -> int:
    """Labels that agree on overlapping spans; of several the one with the nearest ends."""
    taken: set[int] = set()
    hits = 0
    for (label, start, end), candidates in zip(pred, near, strict=True):
        best, least, other = -1, 0, -1
        for n in candidates:
            if n in taken:
                continue
            kind, first, last = gold[n]
            if kind == label:
                distance = abs(start - first) + abs(end - last)
                if best < 0 or distance < least:
                    best, least = n, distance
            elif other < 0:
                other = n
        if best >= 0:
            hits += 1
            taken.add(best)
        elif other >= 0:
            taken.add(other)
    return hits
