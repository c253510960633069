"""A small word may be missing from a quote where nothing makes it weigh."""

from __future__ import annotations

import pytest

from llmx.text.locate import locate

GREEK = "Ο δήμαρχος δήλωσε ότι το λιμάνι της πόλης έκλεισε για τον χειμώνα, όπως είπε η αστυνομία."
UKRAINIAN = "За даними поліції, вибух не пошкодив міст, але дорога до села закрита на весь тиждень."
HEBREW = "לפי העירייה, בית המשפט דחה את הערעור של החברה ביום שני."


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("δήλωσε ότι λιμάνι της πόλης έκλεισε", GREEK, id="greek"),
        pytest.param("але дорога села закрита на весь", UKRAINIAN, id="ukrainian"),
        pytest.param("בית המשפט דחה הערעור", HEBREW, id="hebrew"),
    ],
)
def test_quote_without_a_small_word_is_located_in_its_language(quote: str, text: str) -> None:
    assert locate(quote, text).how == "repaired"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param(
            "flew to Hague on the last", "She flew to The Hague on the last day of the talks.", id="the-hague"
        ),
        pytest.param("he told officials that the", "In June he told WHO officials that the camp was full.", id="who"),
        pytest.param(
            "wurde Böhmer am Montag im Landtag beschuldigt",
            "Er wurde von Böhmer am Montag im Landtag beschuldigt und ist nicht mehr im Amt.",
            id="german-agent",
        ),
        pytest.param(
            "a été accusé Duvivier devant les journalistes",
            "Il a été accusé par Duvivier devant les journalistes de la ville.",
            id="french-agent",
        ),
        pytest.param(
            "少なく16人がけがをした", "警察によると、少なくとも16人がけがをした。", id="within-a-japanese-word"
        ),
        pytest.param(
            "Die Behörden schließen einen Anschlag und ermitteln",
            "Die Behörden schließen einen Anschlag ein, und ermitteln in der Stadt mit den Kollegen.",
            id="verb-particle",
        ),
    ],
)
def test_small_word_that_is_part_of_a_name_or_a_verb_may_not_be_missing(quote: str, text: str) -> None:
    assert locate(quote, text).span is None
