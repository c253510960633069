"""Quotation: what the quote marks at the ends of a quote say about the text.

A quote that opens or closes with a quote mark says that there the words begin or end. Marks around a whole quote may be
the writer's own, and are not asked for. But where they part a compound (`the «Polimer» plant` of `«Polimer-Service»`),
or shut out a negation that stands at the text's own mark (`“one was hurt”` of `“No one was hurt”`), they say what the
text does not.
"""

from __future__ import annotations

from typing import Literal

from llmx.text.refusal import Refusal
from llmx.text.span import Span
from llmx.text.wordlists import NEGATIONS
from llmx.text.words import Words

_MARKS = ("'", '"')
_FARTHEST = 2
"""How many words may stand between the text's mark and the quote's."""


def is_quoted(offered: Words) -> bool:
    """Whether a quote opens or closes with a quote mark."""
    opens, closes = _ends(offered)
    return opens or closes


def shut_out(offered: Words, words: Words, first: int, last: int) -> tuple[Refusal, Span] | None:
    """What the quote marks at the ends of `offered` shut out of the text's words `first` to `last`; `None` if nothing.

    Returns:
        Why the quote is not to be placed there, and the word of the text that it leaves out.
    """
    opens, closes = _ends(offered)
    before = _beside(words, first, -1, is_inner=not closes) if opens else None
    return before or (_beside(words, last, 1, is_inner=not opens) if closes else None)


def _ends(offered: Words) -> tuple[bool, bool]:
    """Whether a quote mark stands before its first word, and behind its last."""
    text = offered.folded.text
    if not offered.forms or (offered.starts[0] == 0 and offered.ends[-1] == len(text)):
        return False, False
    return text[: offered.starts[0]].rstrip().endswith(_MARKS), text[offered.ends[-1] :].lstrip().startswith(_MARKS)


def _beside(words: Words, index: int, step: Literal[1, -1], *, is_inner: bool) -> tuple[Refusal, Span] | None:
    """What stands beside word `index`, between it and the text's own quote mark."""
    for distance in range(1, _FARTHEST + 1):
        at = index + step * distance
        if not 0 <= at < len(words.forms):
            return None
        gap = words.gap(min(at, at - step))
        if distance == 1 and gap == "-" and is_inner:
            return Refusal.NAME, words.span(at, at)
        if any(mark in gap for mark in _MARKS):
            return None
        if words.forms[at] in NEGATIONS and _is_marked(words, at, step):
            return Refusal.NEGATION, words.span(at, at)
    return None


def _is_marked(words: Words, index: int, step: Literal[1, -1]) -> bool:
    """Whether a quote mark stands behind word `index`, seen in the direction of `step`."""
    if step > 0:
        stop = words.starts[index + 1] if index + 1 < len(words.forms) else None
        beside = words.folded.text[words.ends[index] : stop]
    else:
        beside = words.folded.text[words.ends[index - 1] if index else 0 : words.starts[index]]
    return any(mark in beside for mark in _MARKS)
