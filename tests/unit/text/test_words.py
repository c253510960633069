"""Words are whole, and numbers have one form."""

from __future__ import annotations

import pytest

from llmx.text.words import words_of


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        pytest.param("Deri’s men don't talk", ["deri", "'s", "men", "don't", "talk"], id="apostrophes"),
        pytest.param("Hay’at Tahrir", ["hay'at", "tahrir"], id="apostrophe-in-a-name"),
        pytest.param("l’ami d’Ahmed", ["l'", "ami", "d'", "ahmed"], id="french-articles"),
        pytest.param("Ankara’da Iğdır'dan", ["ankara", "'da", "iğdir", "'dan"], id="turkish-endings"),
        pytest.param("1,204 and 1 204 and 7.5", ["1204", "and", "1", "204", "and", "7.5"], id="english-numbers"),
        pytest.param(
            "Die Zahl der 1.204 und 3,5 von den",
            ["die", "zahl", "der", "1204", "und", "3.5", "von", "den"],
            id="german",
        ),
        pytest.param(
            "le nombre de 30 000 dans les", ["le", "nombre", "de", "30000", "dans", "les"], id="french-numbers"
        ),
        pytest.param("12 percent 12% 12 per cent", ["12", "%", "12", "%", "12", "%"], id="percent"),
        pytest.param(
            "Su-24 S400 30th 7km 11:30", ["su", "24", "s400", "30th", "7", "km", "11:30"], id="digits-and-letters"
        ),
        pytest.param("U.S. at 6 a.m.", ["us", "at", "6", "am"], id="abbreviations"),
        pytest.param("12,34,567 people", ["1234567", "people"], id="indian-groups"),
        pytest.param("가구의 15퍼센트는 24명이", ["가구의", "15", "%", "는", "24", "명이"], id="korean"),
        pytest.param("khoảng 10 phần trăm", ["khoảng", "10", "%"], id="two-words-for-per-cent"),
        pytest.param("三十人死亡", ["三十", "人", "死", "亡"], id="chinese"),
        pytest.param("プーチン氏は", ["プーチン", "氏", "は"], id="japanese"),
        pytest.param("$50 — “yes”", ["$", "50", "yes"], id="symbols"),
        pytest.param("", [], id="empty"),
    ],
)
def test_text_is_read_as_these_words(text: str, forms: list[str]) -> None:
    assert list(words_of(text).forms) == forms


def test_minus_sign_belongs_to_its_number() -> None:
    words = words_of("From -5 to 6-8 degrees")

    assert [words.is_negative(index) for index in (1, 3, 4)] == [True, False, False]


def test_word_knows_its_place_in_the_source() -> None:
    text = "The  govern-\nment fell."
    words = words_of(text)

    assert words.raw(1) == "govern-\nment"
    assert words.span(0, 2).of(text) == "The  govern-\nment fell"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Die Regierung hat den Plan nicht gebilligt und ist mit der Lage", "de", id="german"),
        pytest.param("Le ministre a dit que la ville est dans une situation", "fr", id="french"),
        pytest.param("В городе не было света и воды", "ru", id="russian"),
        pytest.param("The plan was approved by the council", "en", id="english"),
        pytest.param("xyz", "en", id="unknown"),
    ],
)
def test_language_is_told_from_small_words(text: str, language: str) -> None:
    assert words_of(text).language == language
