"""Nearness: whether citations stand in, or near, those that they belong to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.result import Path, Reason, Verdict
from llmx.schema.citation import Citation
from llmx.text.span import Span


def is_within(cite: Citation, others: Iterable[Citation]) -> bool:
    """Whether all of `cite` lies within spans of one of `others`."""
    start, end = cite.start, cite.end
    for other in others:  # noqa: SIM110 - asked hundreds of times for each article
        if other.start <= start and end <= other.end:  # parts of an elided one are within it
            return True
    return False


def overlaps_any(cite: Citation, others: Iterable[Citation]) -> bool:
    """Whether `cite` shares a code point with a span of one of `others`."""
    start, end = cite.start, cite.end
    for other in others:
        if start < other.end and other.start < end:
            if cite.parts is None and other.parts is None:
                return True
            if any(mine.overlaps(part) for mine in cite.spans for part in other.spans):
                return True
    return False


def sentences_away(cite: Citation, others: Iterable[Citation], context: Context) -> int:
    """How many sentences lie between `cite` and the nearest of `others`; 0 in the same one. A large number for none."""
    starts = context.reading.starts
    mine = context.reading.sentences(cite.span)
    low = starts[mine.start] if mine.start else 0
    high = starts[mine.stop] if mine.stop < len(starts) else len(context.text) + 1
    away = 10**6
    for other in others:
        if other.start >= high:
            away = min(away, bisect_right(starts, other.start) - mine.stop)
        elif other.end > low:
            return 0
        else:
            away = min(away, mine.start - (bisect_right(starts, other.end - 1) or 1) + 1)
    return away


def near(
    cite: Citation,
    others: Iterable[Citation],
    context: Context,
    *,
    path: Path,
    rule: str,
    sure: int,
    possible: int,
) -> Verdict:
    """Whether `cite` stands near enough to `others`.

    Args:
        cite: The citation that is judged.
        others: What it belongs to.
        context: The document.
        path: Where the verdict is noted.
        rule: Its rule.
        sure: Up to how many sentences away it is supported.
        possible: Up to how many it is undecided; beyond, it is contradicted.
    """
    known = tuple(others)
    if not known or is_within(cite, known):
        return supported(path, rule)
    away = sentences_away(cite, known, context)
    if away <= sure:
        return supported(path, rule)
    if away <= possible:
        return undecided(path, rule, f"{away} sentences away")
    detail = f"{cite.quote[:60]!r} stands {away} sentences away from what it belongs to"
    return contradicted(path, rule, Reason.OUTSIDE_EVIDENCE, detail)


def hull(cites: Iterable[Citation]) -> Span:
    """The smallest span that holds all citations; there must be one."""
    first, *rest = cites
    if not rest:
        return first.span
    return Span(min(first.start, *(cite.start for cite in rest)), max(first.end, *(cite.end for cite in rest)))
