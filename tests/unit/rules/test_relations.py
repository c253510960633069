"""Relations: two events of one sentence, joined by a word that says how."""

from collections.abc import Callable
from typing import Any

import pytest

Draft = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "relation", "cue"),
    [
        ("Police arrested two men days after gunmen attacked a church.", "after", "days after"),
        ("The army shelled the town before rebels kidnapped two drivers.", "before", "before"),
        (
            "The army bombed the camp in retaliation for the kidnapping of two soldiers.",
            "responds_to",
            "in retaliation for",
        ),
    ],
    ids=["after", "before", "in retaliation for"],
)
def test_a_word_between_two_events_relates_them(text: str, relation: str, cue: str, draft_of: Draft) -> None:
    (found,) = draft_of(text)["relations"]

    assert (found["relation"], found["cite"]["quote"]) == (relation, cue)


def test_events_of_two_sentences_stay_unrelated(draft_of: Draft) -> None:
    assert draft_of("Police arrested two men. Later gunmen attacked a church.")["relations"] == []
