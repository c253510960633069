import json
import sqlite3
from typing import Any

import pytest

from llmx.batch.ledger import LEDGER
from llmx.batch.recipe import Recipe, article_key, in_shard, record_key
from llmx.document import Article

RECIPE = Recipe(model="m", schema_id="s", schema_sha256="0", prompt_id="p", prompt_sha256="0", llmx="0")

HOSTILE = [
    pytest.param("{{ 7*7 }} {{ price }} {% for x in y %} {# gone? #} {% broken", id="template"),
    pytest.param("before\x00after", id="nul"),
    pytest.param("half \ud83d of a pair", id="surrogate"),
    pytest.param("\u202ereversed\u200b and\ufeff unseen", id="invisible"),
    pytest.param("'; DROP TABLE article; --", id="sql"),
    pytest.param("word " * 1_000_000, id="5 MB"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_reaches_the_engine_as_it_stands(runs: Any, text: str) -> None:
    seen: list[str] = []

    def behave(article: Article) -> dict[str, Any]:
        seen.append(article.text)
        return {"length": len(article.text)}

    runs.write({"id": "a", "text": text})

    outcome = runs.run(behave)

    assert seen == [text]
    assert outcome.exit_code == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_error_that_repeats_the_text_can_be_stored(runs: Any, text: str) -> None:
    def behave(article: Article) -> dict[str, Any]:
        raise RuntimeError(article.text[:200])

    runs.write({"id": "a", "text": text})

    outcome = runs.run(behave)

    with sqlite3.connect(runs.folder / LEDGER) as connection:
        (detail,) = connection.execute("SELECT detail FROM article").fetchone()
    connection.close()
    assert detail.startswith("RuntimeError: ")
    assert outcome.exit_code == 3


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_has_a_key_of_its_own(text: str) -> None:
    keys = {article_key(Article(text=text + end), RECIPE) for end in ("", " ", "\x00")}

    assert len(keys) == 3


def test_fields_cannot_be_shifted_into_one_another() -> None:
    one, other = Article(text="a", title="bc"), Article(text="ab", title="c")

    assert article_key(one, RECIPE) != article_key(other, RECIPE)


def test_absent_field_is_not_an_empty_one() -> None:
    assert article_key(Article(text="a", title=""), RECIPE) != article_key(Article(text="a"), RECIPE)


def test_bad_record_has_a_key_that_depends_on_its_bytes() -> None:
    assert record_key(b"x", "in:1", RECIPE) != record_key(b"y", "in:1", RECIPE)


def test_every_key_falls_to_one_shard() -> None:
    keys = [article_key(Article(text=str(number)), RECIPE) for number in range(300)]

    owners = [sum(in_shard(key, index=index, of=7) for index in range(1, 8)) for key in keys]

    assert set(owners) == {1}


def test_recipe_says_what_changed() -> None:
    other = Recipe(
        model="n",
        schema_id="s",
        schema_sha256="1",
        prompt_id="p",
        prompt_sha256="0",
        settings={"mode": "json"},
        llmx="0",
    )

    assert other.differences(RECIPE) == ("model (m -> n)", "schema (s)", "settings (mode)")
    assert Recipe.from_json(json.loads(json.dumps(other.to_json()))) == other
