"""Laws of locating, hostile texts, and the number of steps."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.text.fold import fold
from llmx.text.locate import Index, locate
from llmx.text.span import Span
from llmx.text.words import words_of

WORDS = (
    "raid",
    "Qasra",
    "34",
    "killed",
    "not",
    "the",
    "Deri’s",
    "1,204",
    "reportedly",
    "“safe”",
    "on",
    "Tuesday",
    "пять",
    "三十人",
    "said.",
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=3, max_size=30).map(" ".join)
PIECES = (
    *"aİıſé5½٣三プ각ה .,:/'’\"“»-–−…%$&;?…",
    *(
        "\u0301",
        "\u0307",
        "ِ",
        "ـ",
        "\xad",
        "\u200b",
        "\u200d",
        "\ufe0f",
        "\ud800",
        "\xa0",
        "\u202f",
        "\n",
        "-\n",
        "\x1c",
    ),
    *(
        "1,204",
        "000",
        "e\u0301",
        "שׁ",
        "हि",
        "'s",
        "n't",
        "l'",
        "not",
        "million",
        "万",
        "km",
        "d",
        "U.S.",
        "&nbsp;",
        "&#8217;",
    ),
)
NOISE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)
MIXED = st.text(alphabet=st.sampled_from("aAbй三é0129 .,’“\n-…%$\u0301\u200b\xad\u202eِ"), max_size=60)


def _steps(work: Callable[[], object]) -> int:
    """How many functions are called in doing `work`."""
    count = 0

    def note(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def _article(sentences: int) -> str:
    rnd = random.Random(7)
    letters = "abcdefghiklmnoprstuvwz"
    names = ["".join(rnd.choice(letters) for _ in range(rnd.randint(3, 9))) for _ in range(3000)]
    return " ".join(" ".join(rnd.choice(names) for _ in range(12)).capitalize() + "." for _ in range(sentences))


@given(MIXED, MIXED)
def test_any_quote_and_text_give_a_match_that_keeps_its_promises(quote: str, text: str) -> None:
    match = locate(quote, text)

    assert (match.span is None) == (match.how is None) == (match.reason is not None)
    assert match.how != "exact" or (match.span is not None and match.span.of(text) == quote)
    assert all(0 <= part.start < part.end <= len(text) for part in match.parts)


@given(MIXED, MIXED)
def test_folded_quote_has_the_words_of_its_span(quote: str, text: str) -> None:
    match = locate(quote, text)

    located = match.span.of(text) if match.span and match.how in {"exact", "folded"} else quote
    assert words_of(located, language="en").forms == words_of(quote, language="en").forms


@given(NOISE, st.data())
def test_located_words_alone_are_located_where_they_stand(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = data.draw(st.sampled_from(PIECES)) + data.draw(st.sampled_from((text[start:end], text[start:end].upper())))
    index = Index(text)

    parts = index.locate(quote).parts

    assert [index.locate(part.of(text), near=part)[:2] for part in parts] == [(part, "exact") for part in parts]
    assert all(part in index.locate(part.of(text)).candidates for part in parts)


@given(NOISE)
def test_folding_noise_again_changes_nothing(text: str) -> None:
    folded = fold(text)

    assert fold(folded.text).text == folded.text


@given(TEXTS, st.data())
def test_every_run_of_words_is_found(text: str, data: st.DataObject) -> None:
    words = text.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quote = " ".join(words[start:end])

    match = locate(quote, text)

    assert match.span is not None or match.reason == "ambiguous-quote"


@given(st.integers(10, 99_999), st.integers(0, 4), st.sampled_from("0123456789"), st.booleans())
def test_changed_digit_never_locates(number: int, place: int, digit: str, grouped: bool) -> None:  # noqa: FBT001
    written = f"{number:,}" if grouped else str(number)
    changed = str(number)[: place % len(str(number))] + digit + str(number)[place % len(str(number)) + 1 :]
    text = f"Officials said that {written} people had left the town of Qasra before dawn."

    match = locate(f"said that {changed} people had left", text)

    assert (match.span is None) == (changed != str(number))


@given(TEXTS, TEXTS)
def test_text_far_from_the_match_changes_nothing(before: str, after: str) -> None:
    core = "Rescuers carried eleven sailors over the flooded quay"
    quote = "rescuers carried eleven sailors over teh flooded quay"

    alone = locate(quote, core)
    within = locate(quote, f"{before}\n\n{core}\n\n{after}")

    assert alone.reason == within.reason
    assert (alone.span is None) == (within.span is None)


@pytest.mark.parametrize("sign", ["\u200b", "\u0301", "\u200d", "ـ", "-\n", "&", '"', "’"], ids=ascii)
def test_steps_for_a_run_of_signs_grow_no_faster_than_the_run(sign: str) -> None:
    few, many = (_steps(lambda text=f"a{sign * count}b": Index(text).locate(sign)) for count in (1_000, 4_000))

    assert many < 6 * few


def test_two_hundred_repeats_are_ambiguous_and_a_hint_decides() -> None:
    sentence = "The raid on Qasra killed six people. "
    text = sentence * 200

    without = locate("the raid on qasra killed six people", text)
    with_hint = locate("the raid on qasra killed six people", text, near=Span(5 * len(sentence), 6 * len(sentence)))

    assert len(without.candidates) == 200
    assert with_hint.span == Span(5 * len(sentence), 6 * len(sentence) - 2)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 1_000_000, id="one-word"),
        pytest.param("raid " * 200_000, id="one-line"),
        pytest.param("“" * 300_000, id="unbalanced-quotes"),
        pytest.param("raid-\n" * 150_000, id="line-ends"),
        pytest.param("&amp;" * 150_000, id="entities"),
        pytest.param("\u202e\u202d" * 300_000 + "raid", id="overrides"),
        pytest.param("1," * 300_000, id="numbers"),
        pytest.param("e\u0301\u0301" * 200_000, id="marks"),
        pytest.param("三" * 500_000, id="numerals"),
        pytest.param("… " * 200_000, id="ellipses"),
    ],
)
def test_hostile_text_is_searched(text: str) -> None:
    match = locate("the raid … killed 6 people", text)

    assert match.span is None


def test_right_to_left_override_hides_no_words() -> None:
    match = locate("killed six people", "The raid \u202ekilled six\u202c people.")

    assert match.span == Span(10, 28)


@pytest.mark.parametrize("quote_words", [12, 60])
@pytest.mark.parametrize("kind", ["altered", "absent"])
def test_steps_grow_no_faster_than_the_text(quote_words: int, kind: str) -> None:
    short, long = _article(200), _article(800)
    quote = short.split()[600 : 600 + quote_words]
    offered = " ".join([*quote[:5], "zqxv", *quote[6:]] if kind == "altered" else [*reversed(quote)])

    few = _steps(lambda: Index(short).locate(offered))
    many = _steps(lambda: Index(long).locate(offered))

    assert many < 6 * few


SENTENCE = "The raid on Qasra killed six people near the old harbour wall. "
DEGENERATE = [
    pytest.param("a", id="one-letter"),
    pytest.param("a ", id="one-letter-words"),
    pytest.param("a … ", id="ellipses"),
    pytest.param("'a' ", id="quote-marks"),
    pytest.param("1 ", id="digits"),
    pytest.param("a-\n", id="line-ends"),
    pytest.param("不", id="one-sign"),
    pytest.param(SENTENCE, id="one-sentence"),
    pytest.param("x" * 37 + " y, ", id="one-line"),
]
_STEPS_PER_CHARACTER = 60


@pytest.mark.parametrize("unit", DEGENERATE)
@pytest.mark.parametrize("kind", ["same", "capitals", "altered", "elided"])
def test_steps_are_bounded_by_the_length_of_a_degenerate_text(unit: str, kind: str) -> None:
    short, long = (unit * (length // len(unit)) for length in (5_000, 20_000))
    piece = short[:120].strip()
    quote = {
        "same": piece,
        "capitals": piece.upper(),
        "altered": f"{piece} zqxv {piece}",
        "elided": f"{piece} … {piece} … {piece}",
    }[kind]

    few, many = (_steps(lambda text=text: Index(text).locate(quote)) for text in (short, long))

    assert many < 6 * few + 1_000
    assert many < _STEPS_PER_CHARACTER * len(long)


def test_steps_for_two_hundred_repeats_grow_no_faster_than_the_text() -> None:
    few, many = (
        _steps(lambda text=text: Index(text).locate(SENTENCE.upper())) for text in (SENTENCE * 50, SENTENCE * 200)
    )

    assert many < 6 * few


def test_a_million_characters_on_one_line_take_few_steps_each() -> None:
    text = (SENTENCE * (1_000_000 // len(SENTENCE) + 1))[:1_000_000]
    index = Index(text)

    steps = _steps(lambda: index.locate("the raid on qasra killed seven people near the old harbour wall"))

    assert steps < len(text)


def test_hint_decides_between_more_places_than_are_told_apart() -> None:
    text = SENTENCE * 3_000
    start = 2_000 * len(SENTENCE)

    match = locate("the raid on qasra", text, near=Span(start, start + len(SENTENCE)))

    assert match.span == Span(start, start + 17)


def test_steps_grow_no_faster_than_the_quote() -> None:
    index = Index(_article(400))
    words = index.text.split()
    index.locate("zqxv raid")
    quotes = [" ".join([*words[900:905], "zqxv", *words[906 : 900 + count]]) for count in (30, 120)]

    few, many = (_steps(lambda quote=quote: index.locate(quote)) for quote in quotes)

    assert many < 6 * few


def test_folded_text_of_a_span_is_the_folded_quote() -> None:
    text = "The  “safe areas” of Qasra’s\nharbour"

    match = locate('the "safe areas" of qasra\'s harbour', text)

    assert match.span is not None
    assert fold(match.span.of(text)).text == fold('the "safe areas" of qasra\'s harbour').text
