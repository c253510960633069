"""Tokens: the words and signs of a document, with their places.

A *token* is a word (hyphens inside it kept), a number, an abbreviation with its points, a contraction ("’s", "’ll") or
one sign. Tokens are held as parallel tuples, since rules look at hundreds of them for every record they make.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from llmx.text.span import Span

_TITLES = (
    "Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Maj|Sgt|Capt|Cmdr|Adm|Rev|Prof|Hon|St|Jr|Sr|Inc|Corp|Co|Ltd|Dept|Gens"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn"
    "|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|No|vs|v|etc|al|approx|est"
)
ABBREVIATION = re.compile(rf"(?:{_TITLES}|[A-Z])\.|(?:[^\W\d_]\.){{2,}}")
"""Words whose point does not end a sentence, as whole tokens."""

# the first alternatives are no rules of their own: most tokens are plain words and signs, and so found at once; letters
# and white space are named one by one there, since a class of listed characters is tested faster; no alternative starts
# with white space, but to say so once is quicker than to try each of them at each space
_CONTRACTION = r"[’'‘](?:[sS]|re|ve|ll|d|m)(?![^\W_])"
_TOKEN = re.compile(
    rf"""((?=\S)(?:
      [A-Za-z]{{2,}}+(?=[ ,;:?!)”"\n])
    | [,;:?!()“”"] | \.(?!\.|\s\.)
    | (?<=[^\W_]){_CONTRACTION}
    | (?:https?://|www\.)[^\s“”"()<>]+
    | [@\#]\w+
    | (?:[^\W\d_]\.){{2,}}
    | (?=[A-Za-z]{{1,6}}\.\s)(?:{_TITLES})\.
    | (?<![^\W_])[A-Z]\.(?=\s+[A-Z])
    | [$£€]?\d+(?:[.,:/]\d+)*(?:[^\W\d_]{{1,2}}\b)?%?
    | [^\W_]+(?:(?:[-‐‑&_]|[’'‘](?!(?:[sS]|re|ve|ll|d|m)(?![^\W_]))|\.(?=[a-z]{{2,3}}\b))[^\W_]+)*
    | ''(?!') | `` | --+ | \.\.\.+ | (?:\.\s){{2,}}\.
    | \S
    ))""",
    re.VERBOSE,
)


def tokenise(text: str, barred: Sequence[Span]) -> tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...]]:
    """The tokens of `text` that do not lie in a barred span.

    Args:
        text: Any text.
        barred: Spans without tokens, in order; a token never crosses their edges.

    Returns:
        Their starts, their ends (code points) and their words.
    """
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    at = 0
    for bar in [*barred, Span(len(text), len(text))]:
        # a split by tokens gives what stands between them, and them, in turns: no match is made for each
        parts = _TOKEN.split(text[at : bar.start])
        edges = list(accumulate(map(len, parts), initial=at))
        starts += edges[1:-1:2]
        ends += edges[2::2]
        words += parts[1::2]
        at = bar.end
    return tuple(starts), tuple(ends), tuple(words)
