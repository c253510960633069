"""A run through llmx's own model, against a server that misbehaves: the limits and the budget hold per request."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from llmx.batch.budget import Price
from llmx.batch.caller import Retries
from llmx.batch.export import export
from llmx.batch.pace import Rates
from llmx.batch.readers import Source
from llmx.batch.runner import Limits
from llmx.batch.session import Choice, Order, run
from llmx.batch.summary import summarise
from llmx.model.settings import Settings

HERE = Path(__file__).parents[3] / "benchmarks" / "batch"
QUICK = Retries(first_s=0.01, longest_s=0.05, timeout_s=5.0)


@pytest.fixture
def harness(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.syspath_prepend(HERE)
    import harness as found

    yield found
    sys.modules.pop("harness", None)


def order_of(folder: Path, port: int, harness: Any, *, settings: dict[str, Any] | None = None, **limits: Any) -> Order:
    base = Settings(model="fake", base_url=f"http://127.0.0.1:{port}/v1", api_key=SecretStr("k"), mode="strict")
    settings = replace(base, **(settings or {}))
    source = harness.write_articles(folder / "in.jsonl", 40, chars=300)
    return Order(
        source=Source(str(source)),
        folder=folder / "run",
        choice=Choice(settings=settings),
        limits=Limits(workers=8, retries=QUICK, **limits),
        quiet=True,
    )


def test_faults_on_the_way_are_the_runs_to_retry_and_results_are_grounded(harness: Any, tmp_path: Path) -> None:
    with harness.serving(seed=1, faults={"429": 0.1, "500": 0.1, "drop": 0.1}, retry_after=0.02) as server:
        outcome = run(order_of(tmp_path, server.port, harness), stderr=sys.stderr)

    rows = [json.loads(line) for line in export(tmp_path / "run", "jsonl")[0].read_text().splitlines()]
    assert outcome.exit_code == 0
    assert [row["document"]["id"] for row in rows] == [f"a{n:07d}" for n in range(40)]
    assert {row["report"]["events"][0]["trigger"]["quote"] for row in rows} == {"were killed"}
    assert summarise(tmp_path / "run", now=0.0).faults["unavailable"] > 0


def test_budget_holds_for_a_real_model(harness: Any, tmp_path: Path) -> None:
    with harness.serving(seed=1, faults={"non-json": 0.2}) as server:
        order = order_of(tmp_path, server.port, harness, budget_usd=0.45, price=Price(1.0, 4.0))
        outcome = run(order, stderr=sys.stderr)

    spent = summarise(tmp_path / "run", now=0.0).cost_usd
    assert outcome.exit_code == 4
    assert spent is not None
    assert 0.1 < spent <= 0.45


@pytest.mark.parametrize(("named", "refused"), [(True, 16), (False, 40)], ids=["named", "guessed"])
def test_limit_that_shows_only_in_refusals_is_learned(
    harness: Any, tmp_path: Path, *, named: bool, refused: int
) -> None:
    with harness.serving(seed=1, rpm=1200, burst_s=0.25, headers=named) as server:
        outcome = run(order_of(tmp_path, server.port, harness, start=8), stderr=sys.stderr)
        stats = server.stats()

    assert outcome.exit_code == 0
    assert stats["violations"] <= refused


def test_transport_settings_are_no_part_of_a_key(harness: Any, tmp_path: Path) -> None:
    with harness.serving(seed=1) as server:
        run(order_of(tmp_path, server.port, harness), stderr=sys.stderr)
        changed = {"max_retries": 9, "max_wait_s": 5.0, "timeout_s": 30.0, "concurrency": 2}
        outcome = run(order_of(tmp_path, server.port, harness, settings=changed), stderr=sys.stderr)
        stats = server.stats()

    assert (outcome.snapshot.skipped, outcome.snapshot.ok) == (40, 0)
    assert stats["requests"] == 40


def test_limit_that_good_answers_name_is_kept_before_anything_is_refused(harness: Any, tmp_path: Path) -> None:
    with harness.serving(seed=1, rpm=1200, burst_s=0.5) as server:
        outcome = run(order_of(tmp_path, server.port, harness, start=2, rates=Rates(rpm=60_000)), stderr=sys.stderr)
        stats = server.stats()

    assert outcome.exit_code == 0
    assert stats.get("violations", 0) == 0


def test_answer_that_is_asked_for_once_more_keeps_to_the_limit(harness: Any, tmp_path: Path) -> None:
    with harness.serving(seed=1, faults={"non-json": 0.4}, rpm=1200, burst_s=0.2, headers=False) as server:
        order = order_of(tmp_path, server.port, harness, rates=Rates(rpm=1200), tries=6)
        outcome = run(order, stderr=sys.stderr)
        stats = server.stats()

    assert outcome.snapshot.ok == 40
    assert stats["requests"] > 40
    assert stats.get("violations", 0) == 0
