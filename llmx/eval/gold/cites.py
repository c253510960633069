"""Resolve gold citations: from the quotes an annotator wrote to places in the text.

Nothing is guessed: words that stand nowhere, or in several places with nothing to tell which, are an error that lists
the places and what to write instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import cast

from llmx.text.locate import locate
from llmx.text.span import Span

_CONTEXT = 24
_MAX_LISTED = 12


class CiteError(Exception):
    """A citation that has no single place; the message says why and what to write instead.

    Attributes:
        candidates: All places of an ambiguous quote, in order; empty otherwise.
    """

    def __init__(self, message: str, *, candidates: Sequence[Span] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


def occurrences(words: str, text: str) -> list[Span]:
    """Every place where `words` stands in `text`, letter for letter, in order; places do not overlap."""
    found: list[Span] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + len(words))
    return found


def resolve_cite(cite: object, text: str) -> tuple[Span, ...]:
    """The spans of a gold citation, sorted; several where its words stand apart.

    Args:
        cite: A citation as it stands in the file: a string, an object, or a list of these.
        text: The article's text.

    Raises:
        CiteError: The words stand nowhere, in several places, or not at the offsets given.
    """
    if isinstance(cite, str):
        return (_only(cite, text, within=Span(0, len(text))),)
    if isinstance(cite, Mapping):
        fields = cast("Mapping[str, object]", cite)
        return (_placed(fields, text) if "start" in fields else _quoted(fields, text),)
    parts = [span for part in cast("Sequence[object]", cite) for span in resolve_cite(part, text)]
    if not parts:
        raise CiteError("an empty list is no citation: leave the key out, or write null where there is none")
    return _disjoint(parts)


def _placed(cite: Mapping[str, object], text: str) -> Span:
    start, end, words = cast("int", cite["start"]), cast("int", cite["end"]), cast("str", cite["q"])
    if end - start != len(words):
        raise CiteError(f"[{start}, {end}) has {end - start} code points, {_show(words)} has {len(words)}")
    if text[start:end] == words:
        return Span(start, end)
    line = text.count("\n", 0, start) + 1
    places = occurrences(words, text)
    hint = f"; the words stand at {places[0].start}" if len(places) == 1 else ""
    raise CiteError(
        f"the text has {_show(text[start:end])} at [{start}, {end}) (line {line}), not {_show(words)}{hint}"
    )


def _quoted(cite: Mapping[str, object], text: str) -> Span:
    words, number, outer = cast("str", cite["q"]), cite.get("n"), cite.get("in")
    try:
        within = resolve_cite(outer, text)[0] if outer is not None else Span(0, len(text))
    except CiteError as error:
        raise CiteError(f'the quote in "in": {error}', candidates=error.candidates) from error
    if number is None:
        return _only(words, text, within=within)
    places = _places(words, text, within)
    if cast("int", number) > len(places):
        raise CiteError(f"there is no occurrence {number} of {_show(words)}: it stands {len(places)} times")
    return places[cast("int", number) - 1]


def _places(words: str, text: str, within: Span) -> list[Span]:
    return [place.shifted(within.start) for place in occurrences(words, within.of(text))]


def _only(words: str, text: str, *, within: Span) -> Span:
    """The one place of `words` inside `within`."""
    places = _places(words, text, within)
    if len(places) == 1:
        return places[0]
    if not places:
        raise CiteError(_missing(words, text, whole=len(within) == len(text)))
    listed = "; ".join(
        f"n={n} at {place.start} {_around(place, text)}" for n, place in enumerate(places[:_MAX_LISTED], 1)
    )
    more = f"; and {len(places) - _MAX_LISTED} more" if len(places) > _MAX_LISTED else ""
    raise CiteError(
        f'{_show(words)} stands {len(places)} times: add "n" or "in". {listed}{more}',
        candidates=places,
    )


def _missing(words: str, text: str, *, whole: bool) -> str:
    if not whole:
        return f'{_show(words)} does not stand inside the quote in "in"'
    match = locate(words, text)
    near = match.span or match.nearest
    hint = f"; the text has {_show(near.of(text))} at {near.start}" if near else ""
    return f"{_show(words)} does not stand in the text{hint}"


def _around(place: Span, text: str) -> str:
    before, after = text[max(0, place.start - _CONTEXT) : place.start], text[place.end : place.end + _CONTEXT]
    return "“" + f"…{before}[{place.of(text)}]{after}…".replace("\n", " ") + "”"


def _show(words: str) -> str:
    return f"“{words}”"


def _disjoint(parts: Sequence[Span]) -> tuple[Span, ...]:
    ordered = sorted(parts)
    for left, right in pairwise(ordered):
        if left.overlaps(right):
            raise CiteError(f"the parts [{left.start}, {left.end}) and [{right.start}, {right.end}) overlap")
    return tuple(ordered)
