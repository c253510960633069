"""Search short texts for a broken promise: every sequence of a few nasty pieces is a text, and every cut of it a quote.

    python benchmarks/grounding/noise.py [--pieces 3] [--seconds 600] [--seed 1]

Where `fuzz.py` cuts noise into long texts, this one puts nothing but noise together, thousands of texts a second. Up to
`--pieces` pieces all sequences are tried in turn, and longer ones are drawn by chance for `--seconds` of CPU. All
broken promises are counted by their kind, with the shortest text of each; the exit code is 1 if there are any.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import product

from llmx.text.fold import fold
from llmx.text.locate import Index
from llmx.text.span import Span

PIECES = (
    "a", "İ", "ı", "ſ", "é", "e\u0301", "\u0301", "\u0307", "й", "三", "プ", "각", "の", "ה", "שׁ", "ع", "ِ", "ـ", "हि",
    "5", "12", "1,204", "000", "½", "²", "٣", "３",
    " ", "\n", "-\n", "\xa0", "\u202f", "\t", "\r\n", "\x1c", "\x00", "\u2028",
    "\xad", "\u200b", "\u200d", "\u202e", "\ufe0f", "\ud800", "\U0001f3fb", "\U0001f600",
    "'", "’", '"', "“", "»", "-", "–", "−", ".", ",", ":", "/", "…", "...", " … ", "[…]", "(", "*", "?", "。", "、",
    "%", "$", "€", "°", "&", "&amp;", "&#8217;", "&nbsp;", "ß", "ﬁ", "㎞", "ŉ", "ǅ",
    "s", "'s", "n't", "l'", "not", "million", "万", "km", "bn", "d", "de", "may", "per cent", "U.S.", "da", "은", "the",
)  # fmt: skip
"""Pieces that some rule of folding, cutting words or reading numbers is about."""

_CUTS = 4
_LONGEST = 9


def sequences(most: int) -> Iterator[tuple[str, ...]]:
    """All sequences of up to `most` pieces, the shorter first."""
    for count in range(1, most + 1):
        yield from product(PIECES, repeat=count)


def quotes(text: str, rnd: random.Random) -> Iterator[str]:
    """Some cuts of `text`, as they are and written differently."""
    for _ in range(_CUTS):
        start = rnd.randrange(len(text))
        quote = text[start : start + 1 + rnd.randrange(len(text) - start)]
        yield quote
        yield rnd.choice((quote.upper, quote.lower, quote.swapcase))()
        yield rnd.choice(PIECES) + quote
        yield quote + rnd.choice(PIECES)


def broken(text: str, quote: str, index: Index, near: Span | None) -> Iterator[tuple[str, object]]:
    """What is promised of a match and does not hold."""
    match = index.locate(quote, near=near)
    if (match.span is None) != (match.reason is not None) or (match.span is None) != (match.how is None):
        yield "a span or a reason", match
    if match.span is None:
        return
    for part in match.parts:
        words = part.of(text)
        if not words or words != words.strip():
            yield "a part begins and ends with what is seen", match
        elif index.locate(words, near=part)[:2] != (part, "exact"):
            yield "located words are located where they stand", (match, index.locate(words, near=part))
        else:
            alone = index.locate(words)
            if part not in alone.candidates:
                yield "located words are located without a hint", (match, alone)
    if match.how == "exact" and match.span.of(text) != quote:
        yield "exact words are the quote's", match


def broken_folds(text: str) -> Iterator[tuple[str, object]]:
    """What is promised of folding and does not hold."""
    folded = fold(text)
    offsets = list(folded.offsets)
    if fold(folded.text).text != folded.text:
        yield "folding again changes nothing", folded.text
    if offsets != sorted(offsets) or len(offsets) != len(folded.text):
        yield "offsets never fall", offsets


def findings(texts: Iterator[Sequence[str]], rnd: random.Random, end: float) -> tuple[int, dict[str, list[str]]]:
    """How many texts were read, and for each promise the texts that break it."""
    found: dict[str, list[str]] = {}
    count = 0
    for pieces in texts:
        if time.process_time() > end:
            break
        text = "".join(pieces)
        count += 1
        for promise, detail in broken_folds(text):
            found.setdefault(promise, []).append(f"{text!a}: {detail!a}")
        index = Index(text)
        for quote in quotes(text, rnd):
            near = Span(rnd.randrange(len(text)), len(text)) if rnd.random() < 0.5 else None
            try:
                broke = list(broken(text, quote, index, near))
            except Exception as error:  # noqa: BLE001 - whatever comes is a finding
                broke = [(f"nothing crashes: {type(error).__name__}", error)]
            for promise, detail in broke:
                found.setdefault(promise, []).append(f"{text!a} for {quote!a}: {detail!a}")
    return count, found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pieces", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    rnd = random.Random(options.seed)
    drawn = (rnd.choices(PIECES, k=rnd.randint(2, _LONGEST)) for _ in iter(int, 1))
    end = time.process_time() + options.seconds
    counts: list[int] = []
    all_found: dict[str, list[str]] = {}
    for texts in (sequences(options.pieces), drawn):
        count, found = findings(texts, rnd, end)
        counts.append(count)
        for promise, listed in found.items():
            all_found.setdefault(promise, []).extend(listed)
    for promise, listed in all_found.items():
        print(f"{promise}: broken {len(listed)} times")
        print(*sorted(listed, key=len)[: options.show], sep="\n")
    print(f"{counts[0]} sequences of up to {options.pieces} pieces and {counts[1]} longer ones")
    return 1 if all_found else 0


if __name__ == "__main__":
    sys.exit(main())
