"""The aligners that are measured: llmx and four others, behind one interface.

A *finder* takes a text and returns a function from a quote (and where it is expected) to the span it was given, or
`None`. Each library is imported only when it is measured, so that those that are missing can be left out. The
others are driven as their documentation says; none of them takes a hint about the place.
"""

# ruff: noqa: PLC0415 - each library is optional here
from __future__ import annotations

import re
from collections.abc import Callable

Found = tuple[int, int] | None
Locate = Callable[[str, tuple[int, int] | None], Found]
Finder = Callable[[str], Locate]


def llmx_finder(text: str) -> Locate:
    from llmx.text.locate import Index
    from llmx.text.span import Span

    index = Index(text)

    def locate(quote: str, near: tuple[int, int] | None) -> Found:
        span = index.locate(quote, near=Span(*near) if near else None).span
        return (span.start, span.end) if span else None

    return locate


def find_finder(text: str) -> Locate:
    def locate(quote: str, near: tuple[int, int] | None) -> Found:
        del near
        at = text.find(quote)
        return (at, at + len(quote)) if at >= 0 else None

    return locate


def rapidfuzz_finder(text: str) -> Locate:
    from rapidfuzz import fuzz

    def locate(quote: str, near: tuple[int, int] | None) -> Found:
        del near
        found = fuzz.partial_ratio_alignment(quote, text, score_cutoff=90)
        return (found.dest_start, found.dest_end) if found else None

    return locate


def instructor_finder(text: str) -> Locate:
    """The search of instructor's `CitationMixin`: the first pattern, by growing allowance, that finds the quote."""
    import regex
    from instructor.dsl.citation import CitationMixin

    def locate(quote: str, near: tuple[int, int] | None) -> Found:
        del near
        cited = CitationMixin.model_construct(substring_quotes=[quote])
        try:
            return next(iter(cited.get_spans(text)), None)
        except (regex.error, re.error):
            return None

    return locate


def langextract_finder(**options: object) -> Finder:
    def finder(text: str) -> Locate:
        from langextract import data, resolver, tokenizer

        aligner = resolver.WordAligner()

        def locate(quote: str, near: tuple[int, int] | None) -> Found:
            del near
            extraction = data.Extraction("quote", quote)
            groups = aligner.align_extractions(
                [[extraction]], text, 0, tokenizer_impl=tokenizer.RegexTokenizer(), **options
            )
            interval = groups[0][0].char_interval if groups and groups[0] else None
            return (interval.start_pos, interval.end_pos) if interval else None

        return locate

    return finder


def finders() -> dict[str, Finder]:
    """Every finder by the name the tables show."""
    return {
        "llmx": llmx_finder,
        "langextract": langextract_finder(),
        "langextract, no partial": langextract_finder(accept_match_lesser=False),
        "langextract, exact only": langextract_finder(accept_match_lesser=False, enable_fuzzy_alignment=False),
        "instructor": instructor_finder,
        "rapidfuzz ≥ 90": rapidfuzz_finder,
        "str.find": find_finder,
    }
