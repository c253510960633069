from __future__ import annotations

from llmx.lexicon.remembered import Remembered


def test_value_of_a_word_is_made_once() -> None:
    asked: list[str] = []

    def make(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Remembered(make, most=8)

    values = [lengths["quay"], lengths["quay"], lengths["mole"]]

    assert values == [4, 4, 4]
    assert asked == ["quay", "mole"]


def test_full_table_is_emptied_before_the_next_word() -> None:
    lengths = Remembered(len, most=2)

    values = [lengths[word] for word in ("quay", "pier", "jetty")]

    assert values == [4, 4, 5]
    assert list(lengths) == ["jetty"]
