"""Nearness: whether citations stand in, or near, those that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.result import Path, Reason, Verdict
from llmx.schema.citation import Citation
from llmx.text.span import Span


def is_within(cite: Citation, others: Iterable[Citation]) -> bool:
    """Whether all of `cite` lies within spans of one of `others`."""
    start, end = cite.start, cite.end
    return any(other.start <= start and end <= other.end for other in others)  # parts of an elided one are within it


def overlaps_any(cite: Citation, others: Iterable[Citation]) -> bool:
    """Whether `cite` shares a code point with a span of one of `others`."""
    start, end = cite.start, cite.end
    close = [other for other in others if start < other.end and other.start < end]
    return any(mine.overlaps(part) for other in close for mine in cite.spans for part in other.spans)


def sentences_away(cite: Citation, others: Iterable[Citation], context: Context) -> int:
    """How many sentences lie between `cite` and the nearest of `others`; 0 in the same one. A large number for none."""
    mine = context.reading.sentences(cite.span)
    away = 10**6
    for other in others:
        theirs = context.reading.sentences(other.span)
        away = min(away, max(0, mine.start - theirs.stop + 1, theirs.start - mine.stop + 1))
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
) -> Iterator[Verdict]:
    """One verdict on whether `cite` stands near enough to `others`.

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
        yield supported(path, rule)
        return
    away = sentences_away(cite, known, context)
    if away <= sure:
        yield supported(path, rule)
    elif away <= possible:
        yield undecided(path, rule, f"{away} sentences away")
    else:
        detail = f"{cite.quote[:60]!r} stands {away} sentences away from what it belongs to"
        yield contradicted(path, rule, Reason.OUTSIDE_EVIDENCE, detail)


def hull(cites: Iterable[Citation]) -> Span:
    """The smallest span that holds all citations; there must be one."""
    first, *rest = cites
    if not rest:
        return first.span
    return Span(min(first.start, *(cite.start for cite in rest)), max(first.end, *(cite.end for cite in rest)))
