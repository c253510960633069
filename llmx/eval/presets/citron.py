"""Citron's quotation scores: any match counts, many to one, so that a duplicate can be right twice.

Source: BBC Citron's metrics. Two things differ from its printout: precision and recall of "all spans" are not
exchanged, and tokens are runs of letters and digits or single other signs (the original takes spaCy's).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Bounds = tuple[int, int]

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: places of its cue, its sources and its contents."""

    cue: Bounds | None
    sources: tuple[Bounds, ...]
    contents: tuple[Bounds, ...]


def citron_counts(gold: Sequence[Quote], pred: Sequence[Quote], text: str) -> dict[str, tuple[float, ...]]:
    """Counts of exact cues, sources, contents and quotations, and of tokens that overlap. Places are code points."""
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(text)]
    return token_counts([_in_tokens(one, tokens) for one in gold], [_in_tokens(one, tokens) for one in pred])


def token_counts(gold: Sequence[Quote], pred: Sequence[Quote]) -> dict[str, tuple[float, ...]]:
    """The same for places that count tokens."""
    rules: dict[str, Callable[[Quote, Quote], bool]] = {
        "cue_exact": _same_cue,
        "source_exact": lambda one, two: _near_cues(one, two) and one.sources == two.sources,
        "content_exact": lambda one, two: _near_cues(one, two) and one.contents == two.contents,
        "quote_exact": lambda one, two: (
            _same_cue(one, two) and one.sources == two.sources and one.contents == two.contents
        ),
    }
    counts: dict[str, tuple[float, ...]] = {}
    for name, rule in rules.items():
        hits = sum(1 for p in pred if any(rule(p, g) for g in gold))
        missed = sum(1 for g in gold if not any(rule(p, g) for p in pred))
        counts[name] = (hits, len(pred), hits, hits + missed)
    whole = [0.0, 0.0, 0.0, 0.0]
    for name, places in _PARTS.items():
        both = sum(_overlap(a, b) for p in pred for g in gold for a in places(p) for b in places(g))
        columns = (both, _length(pred, places), both, _length(gold, places))
        counts[f"{name}_overlap"] = columns
        whole = [a + b for a, b in zip(whole, columns, strict=True)]
    counts["quote_overlap"] = tuple(whole)
    return counts


_PARTS: dict[str, Callable[[Quote], Sequence[Bounds]]] = {
    "cue": lambda quote: (quote.cue,) if quote.cue else (),
    "source": lambda quote: quote.sources,
    "content": lambda quote: quote.contents,
}


def _same_cue(one: Quote, other: Quote) -> bool:
    return one.cue is not None and one.cue == other.cue


def _near_cues(pred: Quote, gold: Quote) -> bool:
    """As the original has it: a gold cue that ends where the predicted one begins is near too."""
    if pred.cue is None or gold.cue is None:
        return False
    return pred.cue[0] <= gold.cue[1] and pred.cue[1] > gold.cue[0]


def _overlap(one: Bounds, other: Bounds) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _length(quotes: Sequence[Quote], places: Callable[[Quote], Sequence[Bounds]]) -> int:
    return sum(end - start for quote in quotes for start, end in places(quote))


def _in_tokens(quote: Quote, tokens: Sequence[Bounds]) -> Quote:
    def place(bounds: Bounds) -> Bounds:
        first = bisect_right(tokens, bounds[0], key=lambda token: token[1])
        last = bisect_left(tokens, bounds[1], key=lambda token: token[0])
        return first, max(first, last)

    return Quote(
        cue=place(quote.cue) if quote.cue else None,
        sources=tuple(place(bounds) for bounds in quote.sources),
        contents=tuple(place(bounds) for bounds in quote.contents),
    )
