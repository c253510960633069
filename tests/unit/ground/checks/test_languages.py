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


DENIED = {
    "de": ("Die Polizei hat nach eigenen Angaben am Abend in der Stadt niemanden festgenommen.", "festgenommen"),
    "fr": ("La police n’a pas été envoyée dans la ville et le maire est resté chez lui.", "été envoyée"),
    "es": ("La policía de la ciudad no detuvo a los hombres que estaban en la calle.", "detuvo"),
    "tr": ("Polis ve jandarma dün akşam kentte bir kişiyi bile gözaltına almadı, dedi sözcü.", "almadı"),
    "ru": ("Полиция города вечером не задержала ни одного человека.", "задержала"),
    "ar": ("لم تعتقل الشرطة في المدينة أي شخص مساء أمس.", "تعتقل"),
}
TOLD = {
    "de": ("Die Polizei hat nach eigenen Angaben am Abend in der Stadt 30 Personen festgenommen.", "festgenommen"),
    "fr": ("La police a été envoyée dans la ville et le maire est resté chez lui.", "été envoyée"),
    "es": ("La policía de la ciudad detuvo a los hombres que estaban en la calle.", "detuvo"),
    "tr": ("Polis ve jandarma dün akşam kentte bir kişiyi gözaltına aldı, dedi sözcü.", "aldı"),
    "ru": ("Полиция города вечером задержала одного человека.", "задержала"),
    "ar": ("اعتقلت الشرطة في المدينة شخصا مساء أمس.", "اعتقلت"),
}


def event(text: str, trigger: str, **fields: Any) -> dict[str, Any]:
    first = {"id": "e1", "type": "arrest", "trigger": trigger, "evidence": [text], "modality": "asserted"}
    return {"events": [{**first, **fields}]}


@pytest.mark.parametrize("language", DENIED)
@pytest.mark.parametrize(("polarity", "outcome"), [("negative", "supported"), ("positive", "contradicted")])
def test_a_negation_beside_the_trigger_is_read_in_six_languages(
    outcomes: Any, language: str, polarity: str, outcome: str
) -> None:
    text, trigger = DENIED[language]

    found = outcomes(text, event(text, trigger, polarity=polarity), ("events", 0, "polarity"))

    assert found == {(outcome, "event.polarity")}


@pytest.mark.parametrize("language", TOLD)
@pytest.mark.parametrize(("polarity", "outcome"), [("negative", "contradicted"), ("positive", "supported")])
def test_what_is_told_without_a_negation_is_positive(outcomes: Any, language: str, polarity: str, outcome: str) -> None:
    text, trigger = TOLD[language]

    found = outcomes(text, event(text, trigger, polarity=polarity), ("events", 0, "polarity"))

    assert found == {(outcome, "event.polarity")}


def test_a_language_without_a_table_leaves_polarity_open(outcomes: Any) -> None:
    text = "Politiet i byen har på fredag anholdt en mand, og det er første gang, siger de."

    found = outcomes(text, event(text, "anholdt", polarity="positive"), ("events", 0, "polarity"))

    assert found == {("undecided", "event.polarity")}


HEARSAY = {
    "de": ("Die Armee hat angeblich am Abend die Brücke in der Stadt gesprengt.", "gesprengt"),
    "fr": ("L’armée a prétendument détruit le pont de la ville dans la nuit.", "détruit"),
    "es": ("El ejército presuntamente destruyó el puente de la ciudad por la noche.", "destruyó"),
    "tr": ("Ordu iddiaya göre dün gece kentteki bir köprüyü ve yolu havaya uçurdu.", "uçurdu"),
    "ru": ("Армия якобы взорвала мост в городе ночью.", "взорвала"),
}


@pytest.mark.parametrize("language", HEARSAY)
def test_hearsay_is_no_fact_in_other_languages(outcomes: Any, language: str) -> None:
    text, trigger = HEARSAY[language]
    claim = {"id": "c1", "text": text, "evidence": [text], "epistemic": "true_certain"}
    report = {**event(text, trigger), "claims": [claim]}

    modality = outcomes(text, report, ("events", 0, "modality"))

    assert ("contradicted", "event.hedge") in modality


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        pytest.param("Die Polizei hat am Abend in der Stadt niemanden festgenommen.", "supported", id="the same"),
        pytest.param("Die Polizei hat am Abend in der Stadt einen Mann festgenommen.", "contradicted", id="left out"),
        pytest.param("The police arrested nobody in town that evening.", "undecided", id="another language"),
    ],
)
def test_a_claim_in_the_articles_language_negates_what_it_negates(outcomes: Any, text: str, outcome: str) -> None:
    claim = {"id": "c1", "text": text, "evidence": [DENIED["de"][0]]}

    found = outcomes(DENIED["de"][0], {"claims": [claim]}, ("claims", 0, "text"))

    assert (outcome, "claim.negation") in found


def test_a_negation_that_a_claim_adds_is_contradicted_in_its_language(outcomes: Any) -> None:
    claim = {"id": "c1", "text": "La policía de la ciudad no detuvo a los hombres.", "evidence": [TOLD["es"][0]]}

    found = outcomes(TOLD["es"][0], {"claims": [claim]}, ("claims", 0, "text"))

    assert ("contradicted", "claim.negation") in found


def test_a_german_noun_is_no_name(outcomes: Any) -> None:
    claim = {"id": "c1", "text": "Die Polizei nahm am Abend keinen Mann fest.", "evidence": [DENIED["de"][0]]}

    found = outcomes(DENIED["de"][0], {"claims": [claim]}, ("claims", 0, "text"))

    assert ("contradicted", "claim.name") not in found
