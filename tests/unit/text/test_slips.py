"""A slip is a mistyped ordinary word, and no other word."""

from __future__ import annotations

import pytest

from llmx.text.slips import is_slip
from llmx.text.words import words_of

TEXT = (
    "Residents said the government of the country had reported nineteen raids near Belmar on Tuesday. "
    "It would probably not publish the figures, residents feared."
)


def _is_slip_of(offered: str, form: str, text: str = TEXT) -> bool:
    words = words_of(text)
    return is_slip(offered, words, words.positions[form][0])


@pytest.mark.parametrize(
    ("offered", "form"),
    [
        ("goverment", "government"),
        ("govermnent", "government"),
        ("governnment", "government"),
        ("reqorted", "reported"),
        ("pubilsh", "publish"),
        ("resdents", "residents"),
        ("probaly", "probably"),
        ("governmentt", "government"),
    ],
)
def test_mistyped_ordinary_word_is_a_slip(offered: str, form: str) -> None:
    assert _is_slip_of(offered, form)


@pytest.mark.parametrize(
    ("offered", "form"),
    [
        pytest.param("county", "country", id="another-word"),
        pytest.param("deported", "reported", id="another-first-letter"),
        pytest.param("reporter", "reported", id="another-ending"),
        pytest.param("raid", "raids", id="plural"),
        pytest.param("countryy", "country", id="vowel-doubled-at-the-end"),
        pytest.param("ninteen", "nineteen", id="number-word"),
        pytest.param("tuseday", "tuesday", id="weekday"),
        pytest.param("blmar", "belmar", id="name"),
        pytest.param("nto", "not", id="negation"),
        pytest.param("feаred", "feared", id="homoglyph"),
        pytest.param("goverment", "government", id="word-of-the-text"),
    ],
)
def test_other_word_is_no_slip(offered: str, form: str) -> None:
    text = f"{TEXT} A goverment of words." if offered == "goverment" else TEXT

    assert not _is_slip_of(offered, form, text)


@pytest.mark.parametrize(
    ("offered", "form", "text"),
    [
        pytest.param(
            "würde", "wurde", "Der Platz wurde von der Polizei mit dem Wagen gesperrt und ist", id="german-mood"
        ),
        pytest.param(
            "iranisch", "irakisch", "Die irakische und die irakisch geführte Truppe ist nicht mit den", id="demonym"
        ),
        pytest.param("июля", "июня", "взрыв в городе не был 5 июня на складе и", id="russian-month"),
        pytest.param("setenta", "sesenta", "el número de sesenta personas que se fue a la ciudad", id="spanish-number"),
        pytest.param("المدنية", "المدينة", "قصف المدينة في يوم", id="script-without-case"),
    ],
)
def test_word_of_another_language_is_read_strictly(offered: str, form: str, text: str) -> None:
    assert not _is_slip_of(offered, form, text)


@pytest.mark.parametrize(
    ("offered", "form", "text"),
    [
        pytest.param("schiessen", "schliessen", "Die Behörden schließen den Anschlag nicht aus", id="german-shoot"),
        pytest.param("geliyor", "gelmiyor", "Uzmanlar bu hafta daha sonra gelmiyor ve bekliyor", id="turkish-negation"),
        pytest.param("thươngs", "thương", "Người bị thương đã được đưa vào viện của thành phố", id="vietnamese"),
        pytest.param("zemljí", "zemlji", "U zemlji nema vode " * 9, id="unknown-language"),
    ],
)
def test_letter_less_or_more_that_makes_another_word_is_no_slip(offered: str, form: str, text: str) -> None:
    assert not _is_slip_of(offered, form, text)


@pytest.mark.parametrize(
    ("offered", "form", "text"),
    [
        pytest.param("verantworlich", "verantwortlich", "Er ist nicht verantwortlich und die Lage ist ernst", id="de"),
        pytest.param("clmb", "climb", "The climb was the steepest of the year", id="no-vowel-left"),
    ],
)
def test_letter_left_out_within_a_long_word_is_a_slip(offered: str, form: str, text: str) -> None:
    assert _is_slip_of(offered, form, text)
