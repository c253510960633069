import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from llmx.batch.budget import Price
from llmx.batch.caller import Retries
from llmx.batch.export import export, read_results
from llmx.batch.feed import Shard
from llmx.batch.ledger import LEDGER, Ledger
from llmx.batch.merge import merge
from llmx.batch.runner import Limits
from llmx.batch.summary import describe, summarise
from llmx.document import Article
from llmx.errors import BatchError, ModelOutputError, ModelRefusedError, ModelUnavailableError
from llmx.result import Usage

QUICK = Retries(tries=3, refusals=3, first_s=0.0, timeout_s=0.05)
LOST = Usage(calls=1, input_tokens=100, output_tokens=10)


def statuses(folder: Path) -> dict[str, tuple[str, str]]:
    with sqlite3.connect(folder / LEDGER) as connection:
        rows = connection.execute("SELECT source, status, reason FROM article").fetchall()
    connection.close()
    return {source: (status, reason) for source, status, reason in rows}


def results(folder: Path) -> list[dict[str, Any]]:
    with sqlite3.connect(folder / LEDGER) as connection:
        found = [json.loads(text) for text in read_results(connection)]
    connection.close()
    return found


def failing(error: Exception, *ids: str) -> Any:
    def behave(article: Article) -> dict[str, Any]:
        if article.id in ids:
            raise error
        return {"said": article.text}

    return behave


def test_every_article_gets_its_result_in_the_order_of_the_input(runs: Any) -> None:
    runs.articles(300)

    outcome = runs.run()

    assert outcome.exit_code == 0
    assert [row["id"] for row in results(runs.folder)] == [f"a{n}" for n in range(300)]


def test_same_command_again_sends_nothing(runs: Any) -> None:
    runs.articles(50)
    runs.run()

    outcome = runs.run()

    assert runs.sent == []
    assert outcome.snapshot.skipped == 50


def test_identical_articles_are_paid_for_once(runs: Any) -> None:
    runs.write(*[{"id": "same", "text": "The same text."}] * 200)

    runs.run()

    assert runs.sent == ["same"]


def test_another_prompt_extracts_anew_and_keeps_what_was(runs: Any) -> None:
    runs.articles(5)
    runs.run()
    changed = type(runs.recipe)(**{**_fields(runs.recipe), "prompt_sha256": "1"})

    runs.run(recipe=changed)

    assert len(runs.sent) == 5
    assert summarise(runs.folder, now=0.0).other_results == 5
    assert len(results(runs.folder)) == 5


def test_bad_record_is_a_dead_letter_with_its_line(runs: Any) -> None:
    runs.write({"id": "a0", "text": "Good."}, "{not json", {"id": "a2", "text": "Good too."})

    outcome = runs.run()

    assert outcome.exit_code == 3
    assert statuses(runs.folder)["in.jsonl:2"] == ("dead", "bad-record")


@pytest.mark.parametrize(
    ("error", "reason", "sent"),
    [
        pytest.param(ModelOutputError("no draft", usage=LOST), "bad-answer", 3, id="answers"),
        pytest.param(ModelUnavailableError("500"), "unavailable", 3, id="server"),
        pytest.param(ModelUnavailableError("429", retry_after_s=0.0), "unavailable", 3, id="limit"),
        pytest.param(ModelRefusedError("401"), "refused", 1, id="refusal"),
        pytest.param(ZeroDivisionError("bug"), "crash", 1, id="crash"),
    ],
)
def test_poison_becomes_a_dead_letter_and_the_rest_go_on(runs: Any, error: Exception, reason: str, sent: int) -> None:
    runs.articles(20)

    outcome = runs.run(failing(error, "a7"), limits=Limits(workers=4, retries=QUICK))

    assert statuses(runs.folder)["in.jsonl:8"] == ("dead", reason)
    assert runs.sent.count("a7") == sent
    assert (outcome.snapshot.ok, outcome.exit_code) == (19, 3)


def test_retry_puts_dead_letters_back_and_run_takes_them_up(runs: Any) -> None:
    runs.articles(10)
    runs.run(failing(ModelRefusedError("no"), "a3", "a4"), limits=Limits(workers=2, retries=QUICK))

    with Ledger.locked(runs.folder) as ledger:
        revived = ledger.revive()
    outcome = runs.run()

    assert revived == 2
    assert sorted(runs.sent) == ["a3", "a4"]
    assert outcome.exit_code == 0


def test_too_many_failures_stop_the_run_with_code_4(runs: Any) -> None:
    runs.articles(200)

    outcome = runs.run(failing(ModelRefusedError("no"), *[f"a{n}" for n in range(200)]), limits=Limits(max_failures=5))

    assert outcome.exit_code == 4
    assert len(statuses(runs.folder)) < 200


def test_many_failures_in_a_row_stop_a_run_without_being_asked(runs: Any) -> None:
    runs.articles(500)

    outcome = runs.run(failing(ModelRefusedError("401"), *[f"a{n}" for n in range(500)]), limits=Limits(workers=8))

    assert outcome.exit_code == 4
    assert 100 <= len(statuses(runs.folder)) < 200


@pytest.mark.parametrize("cap", [0.0, 0.001, 0.002, 0.0037, 0.005, 0.01], ids=str)
def test_budget_is_never_exceeded_and_a_larger_one_goes_on(runs: Any, cap: float) -> None:
    runs.articles(60)
    price = Price(1.0, 4.0)

    stopped = runs.run(limits=Limits(workers=64, budget_usd=cap, price=price))
    spent = summarise(runs.folder, now=0.0).cost_usd
    resumed = runs.run(limits=Limits(workers=64, budget_usd=1.0, price=price))

    assert stopped.exit_code == 4
    assert spent is not None
    assert spent <= cap
    assert (resumed.exit_code, len(results(runs.folder))) == (0, 60)


def test_stopped_run_is_resumed_where_it_was(runs: Any) -> None:
    runs.articles(2000)

    stopped = runs.run(during=lambda runner: runner.stop("interrupted"))
    first = list(runs.sent)
    resumed = runs.run()

    assert stopped.exit_code == 130
    assert resumed.exit_code == 0
    assert sorted(first + runs.sent) == sorted(f"a{n}" for n in range(2000))


def test_shards_part_the_input_and_merge_to_the_whole(runs: Any, tmp_path: Path) -> None:
    runs.articles(100)
    whole, parts = runs.folder, [tmp_path / "s1", tmp_path / "s2", tmp_path / "s3"]

    outcomes = list(_shards(runs, parts))
    runs.folder = whole
    runs.run()
    merged = merge(parts, tmp_path / "all")
    again = merge(parts, tmp_path / "all")

    assert sum(outcome.snapshot.ok for outcome in outcomes) == merged == again == 100
    assert results(tmp_path / "all") == results(whole)


def test_folder_of_another_shard_is_refused(runs: Any) -> None:
    runs.articles(5)
    runs.run(shard=Shard(1, 2))

    with pytest.raises(BatchError, match="1/2"):
        runs.run(shard=Shard(2, 2))


def test_folder_in_use_is_refused_with_the_process_that_uses_it(runs: Any) -> None:
    runs.articles(1)

    with Ledger.locked(runs.folder), pytest.raises(BatchError, match="in use by another llmx"):
        runs.run()


def test_summary_tells_shares_reasons_and_faults(runs: Any) -> None:
    runs.articles(10)
    runs.run(failing(ModelOutputError("no draft", usage=LOST), "a1"), limits=Limits(workers=2, retries=QUICK))

    summary = summarise(runs.folder, now=0.0)
    told = describe(summary)

    assert (summary.ok, summary.dead, summary.calls) == (9, 1, 12)
    assert summary.rejected == {"missing-quote": 9}
    assert summary.faults == {"bad-answer": 3}
    assert "25.0%" in told
    assert "in.jsonl:2" in told


def test_export_is_the_same_after_an_interruption(runs: Any, tmp_path: Path) -> None:
    runs.articles(1000)
    runs.run(during=lambda runner: runner.stop("interrupted"))
    runs.run()
    broken = export(runs.folder, "jsonl")[0].read_bytes()
    runs.folder = tmp_path / "unbroken"

    runs.run()

    assert export(runs.folder, "jsonl")[0].read_bytes() == broken


def _shards(runs: Any, parts: list[Path]) -> Iterator[Any]:
    for index, part in enumerate(parts, start=1):
        runs.folder = part
        yield runs.run(shard=Shard(index, len(parts)))


def _fields(recipe: Any) -> dict[str, Any]:
    return {name: getattr(recipe, name) for name in recipe.__dataclass_fields__}
