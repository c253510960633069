"""A quote is located when its differences from the text mean nothing."""

from __future__ import annotations

import pytest

from llmx.text.locate import Index, Match, locate
from llmx.text.span import Span

TEXT = """QASRA (NPA) — At least 34 people were killed on Tuesday when jets struck the town’s fish market,
officials said. “We will not leave,” the governor, Omar Hay’at Deri, told the national news-
paper. Some 1,204 families, or 12 percent, fled to “safe areas” – the army reportedly helped them.

He said the army had helped. He said the road was open."""


def _located(quote: str, text: str = TEXT, *, near: Span | None = None) -> Match:
    match = locate(quote, text, near=near)
    assert match.span is not None, match.detail
    assert match.parts
    return match


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        pytest.param("At least 34  people\nwere killed", "At least 34 people were killed", id="white-space"),
        pytest.param(
            'fled to "safe areas" -- the army', "fled to “safe areas” – the army", id="quote-marks-and-dashes"
        ),
        pytest.param("omar hay'at deri", "Omar Hay’at Deri", id="case-and-apostrophe"),
        pytest.param("national newspaper", "national news-\npaper", id="hyphenated-line-end"),
        pytest.param("'s fish market", "’s fish market", id="quote-that-starts-at-an-apostrophe"),
        pytest.param("1204 families", "1,204 families", id="thousands"),
        pytest.param("or 12 %, fled", "or 12 percent, fled", id="percent-sign"),
        pytest.param("or 12 per cent, fled", "or 12 percent, fled", id="percent-in-two-words"),
        pytest.param("o\ufb03cials sa\u200bid", "officials said", id="ligature-and-zero-width"),
        pytest.param("town&rsquo;s fish&nbsp;market", "town’s fish market", id="entities"),
        pytest.param(
            "“the army reportedly helped them”", "the army reportedly helped them", id="marks-added-at-the-ends"
        ),
        pytest.param(
            "… the army reportedly helped …", "the army reportedly helped", id="marks-of-omission-at-the-ends"
        ),
        pytest.param('"We will not leave,"', "“We will not leave,”", id="marks-of-the-text"),
        pytest.param("  officials said.  ", "officials said.", id="space-at-the-ends"),
    ],
)
def test_harmless_difference_is_folded(quote: str, found: str) -> None:
    match = _located(quote)

    assert match.span is not None
    assert match.span.of(TEXT) == found
    assert match.how == "folded"


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        pytest.param(
            "jets struck the town's fsih market", "jets struck the town’s fish market", id="short-words-are-no-slips"
        ),
        pytest.param("people killed on Tuesday", "people were killed on Tuesday", id="passive-is-not-dropped"),
    ],
)
def test_what_is_too_much_to_repair_is_refused(quote: str, found: str) -> None:
    assert found in TEXT

    match = locate(quote, TEXT)

    assert match.span is None


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        pytest.param(
            "people were killed Tuesday when jets", "people were killed on Tuesday when jets", id="dropped-word"
        ),
        pytest.param("the govrenor, Omar Hay’at Deri", "the governor, Omar Hay’at Deri", id="slip"),
        pytest.param("fled to safe areas", "fled to “safe areas", id="dropped-marks"),
        pytest.param("the national news paper", "the national news-\npaper", id="two-words-for-one"),
    ],
)
def test_repair_is_said_to_be_one(quote: str, found: str) -> None:
    match = _located(quote)

    assert match.span is not None
    assert (match.span.of(TEXT), match.how) == (found, "repaired")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("Col. A.J. Okoro", "Col. A. J. Okoro spoke.", id="closer"),
        pytest.param("Col. A. J. Okoro", "Col. A.J. Okoro spoke.", id="wider"),
        pytest.param("the U. S. envoy", "Then the U.S. envoy left.", id="of-a-country"),
    ],
)
def test_initials_are_found_with_and_without_spaces(quote: str, text: str) -> None:
    match = _located(quote, text)

    assert match.span is not None
    assert match.span.of(text).replace(" ", "") == quote.replace(" ", "")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("Col. A.K. Okoro", "Col. A. J. Okoro spoke.", id="other-letter"),
        pytest.param("Col. A.J. Okoro", "Col. A. J. K. Okoro spoke.", id="dropped-letter"),
        pytest.param("chose 12 of them", "They chose 1. 2. of them.", id="digits"),
    ],
)
def test_other_initials_are_refused(quote: str, text: str) -> None:
    assert locate(quote, text).span is None


def test_compound_cut_at_its_hyphen_is_found() -> None:
    text = "They joined the anti-\nceasefire camp."

    match = _located("anti-ceasefire", text)

    assert match.span is not None
    assert match.span.of(text) == "anti-\nceasefire"


def test_elided_quote_has_one_span_a_part() -> None:
    match = _located("At least 34 people were killed […] officials said")

    assert match.how == "elided"
    assert [part.of(TEXT) for part in match.parts] == ["At least 34 people were killed", "officials said"]
    assert match.span == match.parts[0].hull(match.parts[1])


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        pytest.param("n'a pas démissionné", "Le ministre n’a pas démissionné.", "n’a pas démissionné", id="french"),
        pytest.param("18% des logements", "Près de 18 % des logements", "18 % des logements", id="french-percent"),
        pytest.param(
            "2300 Anwohner", "Die Polizei hat rund 2.300 Anwohner der Stadt", "2.300 Anwohner", id="german-thousands"
        ),
        pytest.param("IN DER STRASSE", "Er lebt in der Straße.", "in der Straße", id="german-sharp-s"),
        pytest.param("istanbul'da ışık", "İstanbul’da Işık söndü", "İstanbul’da Işık", id="turkish"),
        pytest.param("МЫ НЕ ЗНАЕМ", "«Мы не знаем», — сказал он.", "Мы не знаем", id="russian"),
        pytest.param("وقتل 12 جنديا", "وقُتل 12 جنديًا يوم الأحد", "وقُتل 12 جنديًا", id="arabic-vowel-marks"),
        pytest.param("القـــوات", "إن القوات لم تنسحب", "القوات", id="arabic-tatweel"),
        pytest.param('צה"ל לא אישר', "דובר צה״ל לא אישר", "צה״ל לא אישר", id="hebrew"),
        pytest.param(
            "约34人死亡, 但没有", "据称，约34人死亡，但没有达成协议。", "约34人死亡，但没有", id="chinese-punctuation"
        ),
        pytest.param("12人を拘束", "軍は１２人を拘束した。", "１２人を拘束", id="japanese-width"),
        pytest.param("हिन्दी भाषा", "वह हिन्दी  भाषा है।", "हिन्दी  भाषा", id="hindi"),
    ],
)
def test_harmless_difference_is_folded_in_every_language(quote: str, text: str, found: str) -> None:
    match = _located(quote, text)

    assert match.span is not None
    assert match.span.of(text) == found


def test_exact_quote_is_told_from_a_folded_one() -> None:
    text = "The Army left. The army stayed."

    match = _located("The army", text)

    assert match.how == "exact"
    assert match.span == Span(15, 23)


def test_word_inside_a_longer_word_is_no_place() -> None:
    text = "The other man said he left."

    match = _located("he", text)

    assert match.span == Span(19, 21)


def test_repeated_quote_is_ambiguous_and_lists_its_places() -> None:
    match = locate("He said the", TEXT)

    assert (match.span, match.reason) == (None, "ambiguous-quote")
    assert [place.of(TEXT) for place in match.candidates] == ["He said the", "He said the"]


def test_hint_decides_between_places() -> None:
    last = TEXT.rindex("He said")

    match = _located("he said the", near=Span(last, len(TEXT)))

    assert match.span == Span(last, last + 11)


def test_wrong_hint_does_not_reject_the_only_place() -> None:
    match = _located("At least 34 people", near=Span(len(TEXT) - 5, len(TEXT)))

    assert match.span is not None
    assert match.span.of(TEXT) == "At least 34 people"


def test_hint_that_starts_at_the_quote_is_taken_at_once() -> None:
    last = TEXT.rindex("He said")

    match = _located("He said the", near=Span(last, last))

    assert match.candidates == (Span(last, last + 11),)


def test_one_index_serves_many_quotes_without_remembering_them() -> None:
    index = Index(TEXT)

    first = index.locate("12 % , fled")
    again = index.locate("12 % , fled")

    assert first == again
    assert first.span is not None


def test_quote_and_text_that_are_one_match_exactly() -> None:
    match = _located(TEXT)

    assert (match.how, match.span) == ("exact", Span(0, len(TEXT)))


def test_cannot_is_can_not() -> None:
    match = locate("It cannot go on", "They said: It can not go on like this.")

    assert match.how == "repaired"


def test_elided_quote_is_located_behind_a_thousand_places_of_its_first_part() -> None:
    text = "The raid ended. " * 1_200 + "The ferry sank within sight of Qasra."

    match = locate("The … sank within sight of Qasra", text)

    assert match.parts == (Span(19_200, 19_203), Span(19_210, 19_236))


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("He left … the town", "He left, the town burned.", id="comma"),
        pytest.param("He left…the town", "He left; the town burned.", id="no-spaces"),
    ],
)
def test_mark_of_omission_over_nothing_but_punctuation_parts_the_quote(quote: str, text: str) -> None:
    match = locate(quote, text)

    assert match.how == "elided"
    assert [part.of(text) for part in match.parts] == ["He left", "the town"]


def test_quote_of_more_parts_than_anyone_writes_is_refused() -> None:
    match = locate(" … ".join("abcdefghijklmnopqrstuvwxyz"), " ".join("abcdefghijklmnopqrstuvwxyz"))

    assert match.detail == "missing-quote: the quote has more than 20 parts"


def test_same_words_over_a_line_end_are_another_place() -> None:
    text = "He declined to comment.\nShe declined\nto comment."

    match = locate("declined to comment", text)

    assert match.candidates == (Span(3, 22), Span(28, 47))


def test_other_white_space_is_no_exact_quote() -> None:
    match = locate("declined to comment", "She declined\nto comment.")

    assert match.how == "folded"


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        pytest.param("carrying 1 204 men", "The ship was carrying 1,204 men.", "carrying 1,204 men", id="thousands"),
        pytest.param("a 1 204 500 dollar loan", "It was for a 1,204,500 dollar loan.", "1,204,500", id="millions"),
        pytest.param("周一（202\n4年4月15日）", "表示，周一（2024年4月15日）上午", "2024年", id="broken-line"),
    ],
)
def test_white_space_within_a_number_of_the_quote_is_harmless(quote: str, text: str, found: str) -> None:
    match = locate(quote, text)

    assert match.how == "folded"
    assert match.span is not None
    assert found in match.span.of(text)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("carrying 1 204 men", "The ship was carrying 1,205 men.", id="another-number"),
        pytest.param("carrying 1,204 men", "The ship was carrying 1 204 men.", id="two-numbers-of-the-text"),
        pytest.param("carrying 1 20 men", "The ship was carrying 1,20 men.", id="no-group"),
    ],
)
def test_white_space_parts_other_numbers(quote: str, text: str) -> None:
    assert locate(quote, text).span is None
