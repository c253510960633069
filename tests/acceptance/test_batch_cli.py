"""`llmx batch` as a user types it, with the embedded engine: no network and no key."""

import contextlib
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from llmx.cli.main import run as run_command_line

TEXTS = (
    "Police said on Monday that two men were arrested in Ankara.",
    "At least 12 people were killed when rebels shelled the town of Zarum, the mayor said.",
    "The president met his counterpart in Tunis on Friday.",
)


@dataclass(frozen=True)
class Done:
    stdout: str
    stderr: str


Llmx = Callable[..., Done]


@pytest.fixture
def llmx(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Llmx:
    """The command line, in this process."""
    for name in [name for name in os.environ if name.startswith("LLMX_")]:
        monkeypatch.delenv(name)

    def call(*words: str | Path, code: int = 0, stdin: str = "") -> Done:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            run_command_line(["batch", *map(str, words)] if words[0] != "extract" else [*map(str, words)])
        told = capsys.readouterr()
        assert ended.value.code == code, told.err
        return Done(told.out, told.err)

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number, text in enumerate(TEXTS):
        (articles / f"{number}.txt").write_text(text)
    return articles


def wait_for_results(run: Path) -> None:
    """Return once the run has a result; it fails after a minute."""
    for _ in range(600):
        if (run / "run.db").exists() and _count(run / "run.db"):
            return
        threading.Event().wait(0.1)
    raise AssertionError("no result came")


def _count(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM result").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_folder_to_results_and_again_does_nothing(llmx: Llmx, folder: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"

    first = llmx("run", folder, "--out", run, "--model", "rules")
    again = llmx("run", folder, "--out", run, "--model", "rules")
    llmx("export", run)

    assert first.stdout == again.stdout == ""
    assert "done: 3 done, 0 failed of 3" in first.stderr
    assert [row["document"]["id"] for row in records(run / "results.jsonl")] == ["0", "1", "2"]  # type: ignore[index]


def test_result_of_a_batch_is_that_of_a_single_extraction(llmx: Llmx, folder: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    llmx("run", folder, "--out", run, "--model", "rules", "--processes", "2")
    llmx("export", run)

    single = json.loads(llmx("extract", folder / "1.txt", "--model", "rules").stdout)

    batched = records(run / "results.jsonl")[1]
    assert batched["report"] == single["report"]


def test_command_that_is_shown_can_be_pasted(llmx: Llmx, tmp_path: Path) -> None:
    run = tmp_path / "my RUN"

    done = llmx("run", "-", "--out", run, "--model", "rules", code=3, stdin="{bad")

    assert f"llmx batch retry '{run}'" in done.stderr


def test_input_without_articles_is_told(llmx: Llmx, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "story.docx").write_bytes(b"PK")

    done = llmx("run", tmp_path / "news", "--out", tmp_path / "run", "--model", "rules")

    assert "no articles in" in done.stderr


def test_bad_lines_fail_alone_and_are_told(llmx: Llmx, tmp_path: Path) -> None:
    lines = [json.dumps({"body": text}) for text in TEXTS]
    run = tmp_path / "run"

    done = llmx(
        "run",
        "-",
        "--out",
        run,
        "--model",
        "rules",
        code=3,
        stdin="\n".join([*lines, "{bad", '{"text": "…"}']),
    )
    status = json.loads(llmx("status", run, "--json").stdout)

    assert "stdin:4: bad-record: not JSON" in done.stderr
    assert (status["ok"], status["dead"], status["deaths"]) == (3, 2, {"bad-record": 1, "no-text": 1})


def test_file_that_was_mended_counts_as_failed_no_more(llmx: Llmx, folder: Path, tmp_path: Path) -> None:
    (folder / "9.txt").write_bytes(b"Caf\xe9 owners were arrested in Ankara.")
    llmx("run", folder, "--out", tmp_path / "run", "--model", "rules", "--processes", 1, code=3)
    (folder / "9.txt").write_text("Café owners were arrested in Ankara.", encoding="utf-8")

    done = llmx("run", folder, "--out", tmp_path / "run", "--model", "rules", "--processes", 1)

    assert "4 done, 0 failed of 4" in done.stderr
    assert "4 done, 0 failed of 4" in llmx("status", tmp_path / "run").stdout


def test_named_encoding_is_used_and_recorded(llmx: Llmx, folder: Path, tmp_path: Path) -> None:
    (folder / "9.txt").write_bytes(b"Caf\xe9 owners were arrested in Ankara.")
    words = ["--model", "rules", "--encoding", "utf-8,windows-1252"]

    llmx("run", folder, "--out", tmp_path / "run", "--processes", 1, *words)
    llmx("export", tmp_path / "run")

    batched = records(tmp_path / "run" / "results.jsonl")[-1]
    assert batched["document"]["text"] == "Café owners were arrested in Ankara."  # type: ignore[index]
    single = json.loads(llmx("extract", folder / "9.txt", *words).stdout)
    assert single["document"]["text"] == batched["document"]["text"]  # type: ignore[index]
    assert single["provenance"] == batched["provenance"]
    assert single["provenance"]["settings"]["encoding"] == "utf-8,windows-1252"


def test_shards_join_to_the_whole(llmx: Llmx, folder: Path, tmp_path: Path) -> None:
    parts = [tmp_path / "p1", tmp_path / "p2"]

    for index, part in enumerate(parts, start=1):
        llmx("run", folder, "--out", part, "--model", "rules", "--shard", f"{index}/2")
    llmx("merge", *parts, "--out", tmp_path / "all")
    llmx("export", tmp_path / "all")

    assert len(records(tmp_path / "all" / "results.jsonl")) == 3


def test_dry_run_tells_and_writes_nothing(llmx: Llmx, folder: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"

    told = llmx(
        "run", folder, "--out", run, "--model", "openai/own", "--base-url", "http://127.0.0.1:9/v1",
        "--price", "0.25/2", "--dry-run",
    )  # fmt: skip

    assert "articles: 3" in told.stdout
    assert "USD" in told.stdout
    assert not run.exists()


@pytest.mark.parametrize(("retries", "sent"), [(0, 3), (1, 6)], ids=["none", "one"])
def test_run_retries_as_often_as_it_is_told(llmx: Llmx, folder: Path, tmp_path: Path, retries: int, sent: int) -> None:
    run, server = tmp_path / "run", ["--model", "openai/own", "--base-url", "http://127.0.0.1:9/v1"]

    llmx("run", folder, "--out", run, *server, "--set", f"max_retries={retries}", "--quiet", code=3)

    assert json.loads(llmx("status", run, "--json").stdout)["calls"] == sent


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["run", "missing.jsonl", "--out", "r"], "no such input"),
        (["run", ".", "--out", "r", "--shard", "3/2"], "write I/N"),
        (["run", ".", "--out", "r", "--map", "text"], "field=column"),
        (["run", ".", "--out", "r", "--price", "cheap"], "IN/OUT"),
        (["submit", ".", "--out", "r", "--model", "rules"], "no batch interface"),
        (["export", "."], "no batch run"),
        (["run", "broken.parquet", "--out", "r", "--model", "rules"], "no whole Parquet file"),
        (["retry", ".", "--reason", "bad-luck"], "'bad-answer'"),
        (["run", ".", "--out", "r", "--set", "budget_usd=1"], "--budget USD"),
        (["run", ".", "--out", "r", "--set", "max_wait_s=1"], "max_wait_s is for a single article"),
        (["run", ".", "--out", "r", "--encoding", "klingon"], "no text encoding is called 'klingon'"),
        (["run", "-", "--out", "r", "--encoding", "cp1252"], "for a folder or a CSV table"),
    ],
    ids=[
        "input",
        "shard",
        "map",
        "price",
        "submit",
        "export",
        "parquet",
        "reason",
        "budget",
        "longest wait",
        "encoding",
        "lines",
    ],
)
def test_wrong_use_is_one_line_and_code_2(
    llmx: Llmx, words: list[str], hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.parquet").write_text("not Parquet", encoding="utf-8")

    done = llmx(*words, code=2)

    assert hint in done.stderr
    assert "Traceback" not in done.stderr


def test_budget_without_a_price_is_refused(llmx: Llmx, folder: Path, tmp_path: Path) -> None:
    done = llmx(
        "run", folder, "--out", tmp_path / "r", "--model", "openai/own", "--base-url", "http://127.0.0.1:9/v1",
        "--budget", "1", code=2,
    )  # fmt: skip

    assert "--price IN/OUT" in done.stderr


def test_place_that_cannot_be_written_is_said(llmx: Llmx, folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file, where a folder is needed")

    done = llmx("run", folder, "--out", blocked / "run", "--model", "rules", code=2)

    assert "cannot write" in done.stderr


def test_killed_run_says_so_and_the_same_command_ends_it(llmx: Llmx, tmp_path: Path) -> None:
    source, run = tmp_path / "in.jsonl", tmp_path / "run"
    source.write_text(
        "".join(json.dumps({"id": str(n), "text": f"{TEXTS[n % 3]} Case {n}."}) + "\n" for n in range(800))
    )
    command = [sys.executable, "-c", "from llmx.cli.main import run; run()"]
    command += ["batch", "run", str(source), "--out", str(run), "--model", "rules", "--processes", "1"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        wait_for_results(run)
        process.send_signal(signal.SIGKILL)
    killed = json.loads(llmx("status", run, "--json").stdout)

    llmx("run", source, "--out", run, "--model", "rules", "--quiet")
    llmx("export", run)

    assert killed["state"] == "killed"
    assert 0 < killed["ok"] < 800
    assert [row["document"]["id"] for row in records(run / "results.jsonl")] == [str(n) for n in range(800)]  # type: ignore[index]
