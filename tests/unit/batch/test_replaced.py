"""Replaced articles: a failure ends with the content that failed, and with nothing else."""

from pathlib import Path
from typing import Any

import pytest

from llmx.batch.feed import Shard
from llmx.batch.ledger import Ledger
from llmx.batch.runner import Limits
from llmx.batch.summary import Summary, describe, summarise
from llmx.document import Article
from llmx.errors import ModelRefusedError

NO_ARTICLE = "no article"
GOOD = {"id": "a0", "text": "Two men were arrested."}


def refusing(word: str) -> Any:
    """Refuses the articles that hold `word`."""

    def behave(article: Article) -> dict[str, Any]:
        if word in article.text:
            raise ModelRefusedError("no")
        return {"said": article.text}

    return behave


def state(folder: Path) -> Summary:
    return summarise(folder, now=1_700_000_100.0)


def test_failure_ends_once_its_line_was_mended(runs: Any) -> None:
    runs.write(GOOD, NO_ARTICLE)
    runs.run()
    runs.write(GOOD, {"id": "a1", "text": "Mended."})

    outcome = runs.run()

    assert outcome.exit_code == 0
    assert (state(runs.folder).ok, state(runs.folder).dead, state(runs.folder).replaced) == (2, 0, 1)
    assert "1 failures of contents that changed since" in describe(state(runs.folder))


def test_line_that_was_changed_and_fails_again_is_one_failure(runs: Any) -> None:
    runs.write(GOOD, NO_ARTICLE)
    runs.run()
    runs.write(GOOD, "still no article")

    runs.run()

    assert (state(runs.folder).ok, state(runs.folder).dead) == (1, 1)
    assert state(runs.folder).examples[0][0] == "in.jsonl:2"


def test_failed_article_that_only_moved_stays_a_failure(runs: Any) -> None:
    poison = {"id": "a1", "text": "Poison."}
    runs.write(GOOD, poison)
    runs.run(refusing("Poison"))
    runs.write(GOOD, {"id": "a2", "text": "A new line before it."}, poison)

    runs.run(refusing("Poison"))

    assert (state(runs.folder).ok, state(runs.folder).dead) == (2, 1)


def test_article_that_was_put_back_and_then_mended_is_not_waited_for(runs: Any) -> None:
    runs.write({"id": "a1", "text": "Poison."})
    runs.run(refusing("Poison"))
    with Ledger.locked(runs.folder) as ledger:
        ledger.revive()
    runs.write({"id": "a1", "text": "Harmless."})

    runs.run(refusing("Poison"))

    assert (state(runs.folder).ok, state(runs.folder).dead, state(runs.folder).pending) == (1, 0, 0)


def test_content_that_comes_back_is_tried_anew(runs: Any) -> None:
    runs.write({"id": "a1", "text": "Poison."})
    runs.run(refusing("Poison"))
    runs.write({"id": "a1", "text": "Harmless."})
    runs.run(refusing("Poison"))
    runs.write({"id": "a1", "text": "Poison."})

    runs.run(refusing("Poison"))

    assert runs.sent == ["a1"]
    assert (state(runs.folder).dead, state(runs.folder).replaced) == (1, 0)


def test_failure_stays_while_the_input_was_not_read_to_its_end(runs: Any) -> None:
    runs.write(NO_ARTICLE, GOOD)
    runs.run()
    runs.write({"id": "a1", "text": "Poison."}, {"id": "a2", "text": "Poison, too."})

    runs.run(refusing("Poison"), limits=Limits(workers=1, max_failures=0))

    assert state(runs.folder).deaths["bad-record"] == 1


@pytest.mark.parametrize("name", ["-", "another.jsonl"], ids=["standard input", "another file"])
def test_failure_of_another_input_stays(runs: Any, name: str) -> None:
    (runs.input.parent / "another.jsonl").touch()
    runs.write(NO_ARTICLE)
    runs.run(source=str(runs.input.parent / name) if name != "-" else "-")
    runs.write(GOOD)

    runs.run()

    assert (state(runs.folder).ok, state(runs.folder).dead) == (1, 1)


@pytest.mark.parametrize("shard", [Shard(1, 2), Shard(2, 2)], ids=str)
def test_failure_ends_also_where_the_mended_line_falls_to_another_shard(runs: Any, shard: Shard) -> None:
    runs.write(*(f"{NO_ARTICLE} {number}" for number in range(20)))
    runs.run(shard=shard)
    runs.write(*({"id": f"a{number}", "text": "Mended."} for number in range(20)))

    runs.run(shard=shard)

    assert state(runs.folder).replaced > 0
    assert state(runs.folder).dead == 0
