import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from llmx.batch.ledger import LEDGER
from llmx.batch.pool import cores, inline, pooled
from llmx.batch.runner import Limits

HERE = Path(__file__).parents[3] / "benchmarks" / "batch"


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An engine that dies of KILL and breaks of BREAK; its module is found by the processes too."""
    monkeypatch.syspath_prepend(HERE)
    import fragile

    yield fragile.build
    sys.modules.pop("fragile", None)


def reasons(runs: Any) -> dict[str, tuple[str, str]]:
    with sqlite3.connect(runs.folder / LEDGER) as connection:
        rows = connection.execute("SELECT source, reason, detail FROM article WHERE status = 'dead'").fetchall()
    connection.close()
    return {source: (reason, detail) for source, reason, detail in rows}


def test_article_that_kills_its_process_is_found_out_and_harms_no_other(runs: Any, build: Any) -> None:
    runs.write(*({"id": f"a{n}", "text": "KILL it" if n == 7 else f"Text {n}."} for n in range(20)))

    outcome = runs.run(make_engine=pooled(build, processes=1), limits=Limits(workers=4))

    assert (outcome.snapshot.ok, outcome.snapshot.dead) == (19, 1)
    assert {source: reason for source, (reason, _) in reasons(runs).items()} == {"in.jsonl:8": "crash"}


@pytest.mark.parametrize("make", [lambda build: pooled(build, processes=1), inline], ids=["process", "inline"])
def test_engine_that_breaks_says_of_what_and_where(runs: Any, build: Any, make: Any) -> None:
    runs.write({"id": "a", "text": "Text."}, {"id": "b", "text": "BREAK it"})

    outcome = runs.run(make_engine=make(build))

    (reason, detail) = reasons(runs)["in.jsonl:2"]
    assert (outcome.snapshot.ok, reason) == (1, "crash")
    assert detail.startswith("ZeroDivisionError: broken by design at fragile.py:")


def test_text_that_is_no_article_is_told_across_processes(runs: Any, build: Any) -> None:
    runs.write({"id": "a", "text": "…"})

    runs.run(make_engine=pooled(build, processes=1))

    assert reasons(runs)["in.jsonl:1"][0] == "no-text"


def test_there_is_a_core() -> None:
    assert cores() >= 1
