import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from llmx.batch.ledger import Ledger
from llmx.batch.steps import Step

CRASH = Path(__file__).parents[3] / "benchmarks" / "batch" / "crash.py"
OF_THE_PROVIDER = frozenset(step for step in Step if step.value.startswith("job-"))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """One report for each step at which a run was killed."""
    folder = tmp_path_factory.mktemp("crash")
    done = subprocess.run([sys.executable, str(CRASH), str(folder), "60"], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_named_step_is_killed_at(reports: list[dict[str, Any]]) -> None:
    assert {report["step"] for report in reports if report["killed"]} == set(Step) - OF_THE_PROVIDER


@pytest.mark.parametrize(
    ("promise", "wanted"),
    [
        ("finished", {True}),
        ("lost", {0}),
        ("doubled", {0}),
        ("settled", {60}),
        ("intact", {True}),
        ("same_export", {True}),
        ("left_over", {0}),
        ("undercounted", {False}),
    ],
    ids=str,
)
def test_kill_at_any_step_keeps_the_promise(reports: list[dict[str, Any]], promise: str, wanted: set[Any]) -> None:
    assert {report[promise] for report in reports} == wanted


def test_kill_pays_at_most_as_many_answers_twice_as_there_are_workers(reports: list[dict[str, Any]]) -> None:
    assert max(report["paid_twice"] for report in reports) <= 8


@pytest.fixture(scope="module")
def provider_reports(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """One report for each step at which `submit` or `poll` was killed; the provider lived on."""
    folder = tmp_path_factory.mktemp("provider")
    script = CRASH.with_name("provider_crash.py")
    done = subprocess.run([sys.executable, str(script), str(folder), "0"], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_step_of_the_provider_is_killed_at(provider_reports: list[dict[str, Any]]) -> None:
    assert len([report for report in provider_reports if report["killed"]]) == len(OF_THE_PROVIDER)


@pytest.mark.parametrize(
    ("promise", "wanted"),
    [
        ("finished", {True}),
        ("asked_twice", {0}),
        ("lost", {0}),
        ("doubled", {0}),
        ("ordered", {True}),
        ("intact", {True}),
        ("spent_as_due", {True}),
    ],
    ids=str,
)
def test_kill_at_any_step_of_the_provider_keeps_the_promise(
    provider_reports: list[dict[str, Any]], promise: str, wanted: set[Any]
) -> None:
    assert {report[promise] for report in provider_reports} == wanted


@pytest.fixture(scope="module")
def torn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[int, int, str]]]:
    """A write-ahead log of 40 commits, cut at 200 places: rows and state after opening each."""
    folder = tmp_path_factory.mktemp("torn")
    _write_and_copy(folder / "whole")
    log = (folder / "whole" / "run.db-wal").read_bytes()
    found = [_open_cut(folder, log, len(log) * part // 200) for part in range(201)]
    return folder, found


def test_log_cut_anywhere_opens_with_whole_commits(torn: tuple[Path, list[tuple[int, int, str]]]) -> None:
    _, found = torn

    assert {state for _, _, state in found} == {"ok"}
    assert all(results == articles for articles, results, _ in found)


def test_more_of_the_log_never_gives_less(torn: tuple[Path, list[tuple[int, int, str]]]) -> None:
    _, found = torn

    counts = [articles for articles, _, _ in found]

    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, 40)


def _write_and_copy(folder: Path) -> None:
    """Write 40 articles, a commit each, and take the files as a power cut would leave them: the log not folded in."""
    with Ledger.locked(folder.with_name("live")) as ledger:
        connection = ledger.connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        for number in range(40):
            row = (f"k{number}", "x" * 3000)
            connection.execute("BEGIN")
            connection.execute("INSERT INTO article VALUES (?, 'r', 0, 's', 'ok', 1, '', '')", row[:1])
            connection.execute("INSERT INTO result VALUES (?, ?, 1, 1, 1, 0, 0, '{}', '[]', 1)", row)
            connection.execute("COMMIT")
        folder.mkdir()
        shutil.copy(ledger.folder / "run.db", folder)
        shutil.copy(ledger.folder / "run.db-wal", folder)


def _open_cut(folder: Path, log: bytes, length: int) -> tuple[int, int, str]:
    cut = folder / "cut"
    shutil.rmtree(cut, ignore_errors=True)
    cut.mkdir()
    shutil.copy(folder / "whole" / "run.db", cut / "run.db")
    (cut / "run.db-wal").write_bytes(log[:length])
    with Ledger.locked(cut) as ledger:
        articles = ledger.connection.execute("SELECT count(*) FROM article").fetchone()[0]
        results = ledger.connection.execute("SELECT count(*) FROM article JOIN result USING (key)").fetchone()[0]
        state = ledger.connection.execute("PRAGMA integrity_check").fetchone()[0]
    return articles, results, state


def test_ledger_of_another_version_is_refused_by_name(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "run.db") as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()

    with pytest.raises(Exception, match="ledger version 99"), Ledger.locked(tmp_path):
        pass
