"""Fuzz the reading of text for a time: nothing may crash, no promise may break, no call may take too many steps.

    python benchmarks/grounding/fuzz.py [--seconds 3600] [--seed 1]

Texts are pieces of the benchmark's articles with noise of every kind cut in, and pure noise. Steps are function calls,
so a bound on them holds on any machine; they are counted on texts repeated eight times. The first broken promise is
printed with its input, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from itertools import pairwise

from cases import ENGLISH
from held_out import texts
from texts_other import OTHERS

from llmx.errors import DocumentError
from llmx.text.boilerplate import find_boilerplate
from llmx.text.decode import decode
from llmx.text.fold import fold
from llmx.text.locate import Index
from llmx.text.numbers import find_numbers
from llmx.text.sentences import split_sentences
from llmx.text.span import Span
from llmx.text.time_grammar import find_times

_NOISE = (
    *"aZé9 .,;:!?-–—…'\"“”’()[]{}%$€&#@_/\\|•\n\r\t\x00\xad\u200b\u200d\u202e\u0301\u0307İıßﬁ½²三十プ각ِـ",
    *"שׁहि\U0001f600\ud800",
    "&amp;", "&#8217;", "\r\n\r\n", "-\n", " … ", "ALSO READ ", "Share this", "not", "30", "1,204", "12 %", "May",
    "{{ x }}", "<b>", "two hundred", "in the past week", "14 September 2019", "'s", "n't", "a" * 40, "." * 30,
    "( " * 10, "1 000 000", " million ", "퍼센트", "phần trăm", "万", "’", "…", "œ", "-", " not ", "The ",
)  # fmt: skip
_BODIES = (*(text.body for text in (*ENGLISH, *OTHERS)), *texts())
_STEPS_PER_CHARACTER = 150
_STEPS_AT_LEAST = 100_000
_CALLS = {"check_locate": 6}
"""How many texts a check reads in one round: six quotes are located, each in an index of its own."""
_TIMES = 8
_COUNTED_EVERY = 40


def make_text(rnd: random.Random) -> str:
    body = rnd.choice(_BODIES)
    start = rnd.randrange(len(body))
    text = body[start : start + rnd.choice((0, 40, 300, 3000))]
    for _ in range(rnd.choice((0, 1, 5, 40))):
        at = rnd.randrange(len(text) + 1)
        text = text[:at] + rnd.choice(_NOISE) * rnd.choice((1, 1, 1, 2, 30)) + text[at:]
    return text


def make_quote(text: str, rnd: random.Random) -> str:
    if not text or rnd.random() < 0.1:
        return make_text(rnd)[:200]
    start = rnd.randrange(len(text))
    quote = text[start : start + rnd.choice((1, 5, 30, 120, 600))]
    for _ in range(rnd.choice((0, 0, 1, 3))):
        at = rnd.randrange(len(quote) + 1)
        quote = quote[:at] + rnd.choice(_NOISE) + quote[at + rnd.choice((0, 1, 4)) :]
    return quote


def check_locate(text: str, rnd: random.Random) -> None:
    index = Index(text)
    for _ in range(6):
        quote = make_quote(text, rnd)
        near = (
            Span(*sorted((rnd.randrange(len(text) + 1), rnd.randrange(len(text) + 1)))) if rnd.random() < 0.4 else None
        )
        match = index.locate(quote, near=near)
        assert (match.span is None) == (match.reason is not None), (quote, match)
        assert (match.span is None) == (match.how is None), (quote, match)
        assert match == Index(text).locate(quote, near=near), (quote, "another index, another match")
        for part in match.parts:
            assert part.start < part.end <= len(text), (quote, match)
        if match.how == "exact" and match.span:
            assert match.span.of(text) == quote, (quote, match)
        if match.span and match.how in {"exact", "folded"}:
            again = index.locate(match.span.of(text), near=match.span)
            assert again.span is not None, (quote, match, again)


def check_fold(text: str, rnd: random.Random) -> None:
    del rnd
    folded = fold(text)
    offsets = list(folded.offsets)
    assert fold(folded.text).text == folded.text, "folding again changes the text"
    assert offsets == sorted(offsets), "offsets fall"
    assert len(offsets) == len(folded.text), "offsets are too few"


def check_spans(text: str, rnd: random.Random) -> None:
    del rnd
    sentences = split_sentences(text)
    assert "".join("".join(span.of(text) for span in sentences).split()) == "".join(text.split()), "a sentence is lost"
    parts = find_boilerplate(text)
    assert all(left.end < right.start for left, right in pairwise(parts)), "boilerplate touches"
    for number in find_numbers(text):
        assert number.span.end <= len(text), number
    for expression in find_times(text):
        assert expression.span.end <= len(text), expression


def check_decode(text: str, rnd: random.Random) -> None:
    data = text.encode(rnd.choice(("utf-8", "utf-16", "utf-8-sig")), "surrogatepass")
    cut = data[: rnd.randrange(len(data) + 1)]
    try:
        decode(cut, name="fuzz", html=rnd.random() < 0.5)
    except DocumentError:
        return


def steps_of(work: Callable[[], None]) -> int:
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        del frame, argument
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    end = time.process_time() + options.seconds
    rounds = 0
    most = 0.0
    while time.process_time() < end:
        seed = options.seed * 1_000_003 + rounds
        text = make_text(random.Random(seed))
        for check in (check_fold, check_spans, check_decode, check_locate):
            try:
                check(text, random.Random(seed))
                if rounds % _COUNTED_EVERY == 0:
                    long = text * _TIMES
                    steps = steps_of(lambda check=check, long=long, seed=seed: check(long, random.Random(seed)))
                    allowed = (_STEPS_AT_LEAST + _STEPS_PER_CHARACTER * len(long)) * _CALLS.get(check.__name__, 1)
                    most = max(most, steps / allowed)
                    assert most <= 1, f"{steps} steps for {len(long)} characters"
            except Exception as error:  # noqa: BLE001 - whatever comes is a finding
                spent = f"after {time.process_time():.0f} CPU seconds"
                print(f"round {rounds}, {check.__name__}, {spent}: {type(error).__name__}: {error}\ntext: {text!r}")
                return 1
        rounds += 1
    share = f"at most {100 * most:.0f} % of the steps allowed"
    print(f"{rounds} rounds in {options.seconds:.0f} CPU seconds: nothing broke; {share}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
