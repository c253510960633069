"""A text's language is told by its script, its own letters and its small words, and by nothing else."""

from __future__ import annotations

import pytest

from llmx.text.languages import UNKNOWN, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("ο δήμαρχος είπε ότι το λιμάνι έκλεισε", "el", id="greek"),
        pytest.param("בית המשפט דחה את הערעור", "he", id="hebrew"),
        pytest.param("за даними поліції, міст не закрито", "uk", id="ukrainian"),
        pytest.param("по данным полиции, мост не закрыт, но это не так", "ru", id="russian"),
        pytest.param("دادگاه این پرونده را به شهر رشت فرستاد که", "fa", id="persian"),
        pytest.param("会社は説明を拒否した", "ja", id="japanese"),
        pytest.param("法院不接受上诉", "zh", id="chinese"),
        pytest.param("구조대는 밤에 도착했다", "ko", id="korean"),
        pytest.param("Yağış dereleri taşırdı, Işıklı ilçesinde köprü yıkıldı. " * 4, "tr", id="own-letters"),
        pytest.param("Mayor Yiğit Dağdelen said that the talks with the union were on. " * 4, "en", id="foreign-names"),
        pytest.param("", "en", id="nothing-to-tell"),
        pytest.param("zk vb qwr " * 20, UNKNOWN, id="small-words-of-no-language"),
    ],
)
def test_language_is_told_by_script_and_small_words(text: str, language: str) -> None:
    assert language_of(text) == language
