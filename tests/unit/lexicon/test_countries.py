"""The table of countries, and how words are looked up in it."""

from collections import Counter

import pytest

from llmx.lexicon.countries import countries, country_code, country_words, fold_name


def test_every_country_has_its_own_code_of_two_capitals() -> None:
    codes = [country.code for country in countries()]

    assert len(codes) == 250
    assert Counter(codes).most_common(1)[0][1] == 1
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in codes)
    assert codes == sorted(codes)


def test_every_word_of_the_table_is_trimmed_and_starts_as_a_name() -> None:
    listed = [
        word for one in countries() for word in (one.name, *one.aliases, *one.demonyms, *one.capitals, *one.seats)
    ]

    assert [word for word in listed if word != word.strip() or not any(char.isupper() for char in word)] == []


def test_no_two_countries_share_a_name() -> None:
    names = Counter(name for one in countries() for name in {fold_name(each) for each in (one.name, *one.aliases)})

    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Syria", "SY"),
        ("Syrian", "SY"),
        ("Damascus", "SY"),
        ("the United States", "US"),
        ("U.S.", "US"),
        ("US", "US"),
        ("the Kremlin", "RU"),
        ("Türkiye", "TR"),
        ("Salvadoran", "SV"),
        ("Côte d’Ivoire", "CI"),
        ("North Korea", "KP"),
    ],
)
def test_a_word_for_a_country_gives_its_code(word: str, code: str) -> None:
    assert country_code(word) == code


@pytest.mark.parametrize("word", ["us", "polish", "turkey", "Atlantis", "", "123"])
def test_a_word_that_names_no_country_gives_none(word: str) -> None:
    assert country_code(word) is None


def test_a_name_wins_over_a_capital_of_the_same_spelling() -> None:
    assert country_words()["djibouti"] == ("DJ", "name")
