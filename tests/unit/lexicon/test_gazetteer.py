"""Promises of the gazetteer and of the table of opposites: rows have their shape, and names are found as written."""

from __future__ import annotations

import pytest

from llmx.lexicon.countries import countries
from llmx.lexicon.gazetteer import admin1_of, countries_in, countries_of
from llmx.lexicon.table import read_rows, words


def test_every_row_of_cities_has_a_known_country_and_names_with_capitals() -> None:
    rows = read_rows("cities.tsv", columns=2)

    assert {code for code, _ in rows} <= {country.code for country in countries()}
    assert [name for _, cell in rows for name in words(cell) if not any(map(str.isupper, name))] == []


def test_every_pair_of_opposites_has_two_sides_that_share_no_word() -> None:
    rows = read_rows("opposites.tsv", columns=2)

    assert all(words(one) and words(other) for one, other in rows)
    assert [row for row in rows if set(words(row[0])) & set(words(row[1]))] == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        pytest.param("Malmö", {"SE"}, id="accents"),
        pytest.param("Xi’an", {"CN"}, id="apostrophe"),
        pytest.param("Tripoli", {"LB", "LY"}, id="homonym"),
        pytest.param("Marova", set[str](), id="in no table"),
    ],
)
def test_country_of_a_place_is_told_by_its_name(name: str, codes: set[str]) -> None:
    assert countries_of(name) == codes


def test_longest_name_among_the_words_counts() -> None:
    assert countries_in(["Mexico", "City", "Police"]) == {"MX"}


def test_division_of_a_place_is_told_where_the_table_has_it() -> None:
    assert admin1_of("Saraqib") == {"Idlib"}
    assert admin1_of("Dresden") == frozenset()
