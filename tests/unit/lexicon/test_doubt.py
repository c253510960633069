"""Promises of the tables of negations and hedges of other languages."""

from __future__ import annotations

import pytest

from llmx.lexicon.doubt import doubts_of, languages_of_doubt
from llmx.lexicon.table import read_rows, words

ROWS = read_rows("doubt.tsv", columns=4)


def test_six_languages_have_a_table() -> None:
    assert languages_of_doubt() == {"ar", "de", "es", "fr", "ru", "tr"}


@pytest.mark.parametrize("language", sorted(languages_of_doubt()))
def test_every_language_has_negations_and_hedges(language: str) -> None:
    kinds = {(family, name) for code, family, name, _ in ROWS if code == language}

    assert kinds >= {("negation", "core"), ("negation", "lexical"), ("hedge", "hearsay"), ("hedge", "doubt")}


@pytest.mark.parametrize("row", ROWS, ids=["-".join(row[:3]) for row in ROWS])
def test_every_term_is_written_out_and_listed_once_in_its_row(row: tuple[str, ...]) -> None:
    terms = words(row[3])

    assert len(set(terms)) == len(terms)
    assert not set("~+/_'’") & set(row[3])


@pytest.mark.parametrize(
    ("language", "text", "negation"),
    [
        pytest.param("de", "Die Polizei hat niemanden festgenommen.", "niemanden", id="German"),
        pytest.param("fr", "La police n’a pas arrêté la femme.", "pas", id="French"),
        pytest.param("es", "La policía no detuvo a la mujer.", "no", id="Spanish"),
        pytest.param("tr", "Polis kadını gözaltına almadı.", "almadı", id="a Turkish verb with its suffix"),
        pytest.param("ru", "Полиция не задержала женщину.", "не", id="Russian"),
        pytest.param("ar", "لم تعتقل الشرطة المرأة", "لم", id="Arabic"),
    ],
)
def test_negations_are_found_where_they_stand(language: str, text: str, negation: str) -> None:
    found = [text[one.start : one.end] for one in doubts_of("negation", text, language) if one.name == "core"]

    assert found == [negation]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Polis kadını gözaltına aldı.", id="no suffix"),
        pytest.param("Madım adım adım yürüyor ve temizliyor.", id="letters of a suffix in other words"),
    ],
)
def test_turkish_words_without_the_suffix_are_no_negation(text: str) -> None:
    assert doubts_of("negation", text, "tr") == ()


def test_a_language_without_a_table_has_no_doubt() -> None:
    assert doubts_of("negation", "Politiet anholdt ikke kvinden.", "da") == ()
