"""Promises of the checks in other languages: nothing is contradicted for want of an English word, figures still are."""

from __future__ import annotations

from typing import Any

import pytest

from llmx.ground.languages import is_english

ARTICLES = {
    "de": (
        (
            "Die Polizei hat am 3. März rund 30 Personen in der Stadt nicht festgenommen, sagte ein "
            "Sprecher. Später war die Straße frei."
        ),
        "festgenommen",
        "rund 30 Personen",
        "am 3. März",
    ),
    "fr": (
        (
            "La police n’a pas arrêté environ 30 personnes le 3 mars dans la ville, a dit un "
            "porte-parole. La route est restée libre."
        ),
        "arrêté",
        "environ 30 personnes",
        "le 3 mars",
    ),
    "es": (
        (
            "La policía no detuvo a unas 30 personas el 3 de marzo en la ciudad, dijo un "
            "portavoz. La calle siguió abierta."
        ),
        "detuvo",
        "unas 30 personas",
        "el 3 de marzo",
    ),
    "tr": (
        (
            "Polis 3 Mart günü kentte yaklaşık 30 kişiyi gözaltına almadı, dedi "
            "sözcü. Yol daha sonra yeniden açıldı ve sakin kaldı."
        ),
        "gözaltına almadı",
        "yaklaşık 30 kişiyi",
        "3 Mart günü",
    ),
    "ru": (
        "Полиция не задержала около 30 человек 3 марта, сказал представитель.",
        "задержала",
        "около 30 человек",
        "3 марта",
    ),
    "ar": ("لم تعتقل الشرطة نحو 30 شخصا في 3 مارس، قال المتحدث.", "تعتقل", "نحو 30 شخصا", "في 3 مارس"),
    "zh": ("发言人说，警方3月3日没有拘留大约30人。", "拘留", "大约30人", "3月3日"),
    "ja": ("報道官は、警察が3月3日に約30人を拘束しなかったと述べた。", "拘束", "約30人", "3月3日"),
}


def draft(language: str, number: int) -> dict[str, Any]:
    text, trigger, count, time = ARTICLES[language]
    return {
        "events": [
            {
                "id": "e1",
                "type": "arrest",
                "trigger": trigger,
                "evidence": [text.split(". ")[0] if language in ("fr", "es", "tr") else text],
                "modality": "asserted",
                "polarity": "negative",
                "counts": [{"of": "detained", "cite": count, "qualifier": "about", "best": number}],
                "time": {"kind": "absolute", "cite": time, "value": "XXXX-03-03", "precision": "day"},
            }
        ]
    }


@pytest.mark.parametrize(
    "field",
    [("polarity",), ("modality",), ("type",), ("counts", 0, "of"), ("counts", 0, "qualifier"), ("time", "value")],
)
@pytest.mark.parametrize("language", ARTICLES)
def test_no_english_word_is_missed_in_another_language(
    outcomes: Any, language: str, field: tuple[str | int, ...]
) -> None:
    found = outcomes(ARTICLES[language][0], draft(language, 30), ("events", 0, *field))

    assert "contradicted" not in {outcome for outcome, _ in found}


@pytest.mark.parametrize("language", ARTICLES)
def test_another_figure_is_contradicted_in_any_language(outcomes: Any, language: str) -> None:
    found = outcomes(ARTICLES[language][0], draft(language, 45), ("events", 0, "counts", 0, "best"))

    assert found == {("contradicted", "count.number")}


@pytest.mark.parametrize("language", ARTICLES)
def test_other_languages_are_told_from_english(language: str) -> None:
    assert not is_english(ARTICLES[language][0])


@pytest.mark.parametrize(
    "text",
    [
        "The police did not detain the men on 3 March, a spokesman for the force said in a statement.",
        "Gunmen shot the mayor.",
    ],
    ids=["sentence", "a few words"],
)
def test_english_is_known(text: str) -> None:
    assert is_english(text)
