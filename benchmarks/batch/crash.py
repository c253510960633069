"""Kill a run at every named step, run the same again, and see whether anything was lost, doubled or damaged.

    python benchmarks/batch/crash.py FOLDER [ARTICLES]

prints one JSON object a step. Each run is a forked process, so the kill is a real SIGKILL and start-up is free.
The model is in memory; each answer it gives is appended to a file, so that those paid twice are counted across kills.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
import zlib
from collections import Counter
from pathlib import Path

from llmx.batch.budget import Price
from llmx.batch.caller import Caller, Retries, Sent, Size
from llmx.batch.export import export
from llmx.batch.ledger import Ledger
from llmx.batch.readers import Source
from llmx.batch.recipe import Recipe
from llmx.batch.rows import Stored
from llmx.batch.runner import Job, Limits, Runner
from llmx.batch.steps import Step
from llmx.document import Article
from llmx.errors import ModelOutputError, ModelUnavailableError
from llmx.port import Answer
from llmx.result import Usage

RECIPE = Recipe(model="fake", schema_id="s", schema_sha256="0", prompt_id="p", prompt_sha256="0", llmx="0")
WORKERS = 8
RUN_STEPS = tuple(step for step in Step if not step.value.startswith("job-"))
"""The steps of `batch run` and `batch export`; those of the provider's batch API have a test of their own."""


class Killer:
    """Kills this process when a step is reached for the n-th time."""

    def __init__(self, step: Step | None, times: int) -> None:
        self.step, self.left = step, times

    def __call__(self, step: Step) -> None:
        if step is self.step:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class LoggingEngine:
    """Answers every article; one in ten is poison, one request in ten meets a fault."""

    def __init__(self, caller: Caller, log: int) -> None:
        self.caller, self.log = caller, log
        self.tries: Counter[str] = Counter()

    async def extract(self, article: Article) -> Stored:
        name = article.id or ""

        async def send() -> Sent:
            await asyncio.sleep(0.001)
            self.tries[name] += 1
            usage = Usage(calls=1, input_tokens=50, output_tokens=20)
            if zlib.crc32(name.encode()) % 10 == 0:
                raise ModelOutputError("poison", usage=usage)
            if zlib.crc32(f"{name}/{self.tries[name]}".encode()) % 10 == 0:
                raise ModelUnavailableError("500")
            os.write(self.log, f"{name}\n".encode())
            return Sent(Answer(draft={}, usage=usage))

        await self.caller.call(send, Size(len(article.text), 100))
        return Stored(json.dumps({"id": name, "said": article.text}), 1, 50, 20)

    async def close(self) -> None:
        pass


def write_articles(path: Path, count: int) -> None:
    with path.open("w") as lines:
        for number in range(count):
            lines.write(json.dumps({"id": f"a{number}", "text": f"Article number {number}."}) + "\n")


def run_and_export(folder: Path, source: Path, log: Path, killer: Killer) -> None:
    """What a child does: the run and the export, as two commands in a row would."""
    answered = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def work() -> None:
        with Ledger.locked(folder, watch=killer) as ledger:
            ledger.begin(RECIPE, shard="")
            job = Job(
                folder=folder,
                source=str(source),
                entries=Source(str(source)).entries(sys.stdin.buffer),
                recipe=RECIPE,
                make_engine=lambda caller: LoggingEngine(caller, answered),
                limits=Limits(
                    workers=WORKERS,
                    retries=Retries(tries=8, first_s=0.002),
                    tries=2,
                    budget_usd=100.0,
                    price=Price(1.0, 4.0),
                    max_in_a_row=None,
                ),
                watch=killer,
            )
            await Runner(job, ledger).execute()

    asyncio.run(work())
    export(folder, "jsonl", watch=killer)


def forked(work, *arguments) -> int:
    """Do `work` in a child; gives the signal that killed it, 0 for none."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work(*arguments)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status)


def survive(base: Path, source: Path, wanted: bytes, step: Step, times: int) -> dict:
    """Kill a run at the n-th time it reaches `step`, run it again, and report."""
    folder, log = base / f"{step}-{times}", base / f"{step}-{times}.log"
    killed_by = forked(run_and_export, folder, source, log, Killer(step, times))
    before = _ok(folder)
    ended = forked(run_and_export, folder, source, log, Killer(None, 0))
    after = _ok(folder)
    answers = Counter(log.read_text().split())
    with sqlite3.connect(folder / "run.db") as connection:
        intact = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        settled = connection.execute("SELECT count(*) FROM article WHERE status IN ('ok', 'dead')").fetchone()[0]
        spent = connection.execute("SELECT sum(coalesce(cost_usd, reserved_usd)) FROM attempt").fetchone()[0]
        open_ends = connection.execute("SELECT count(*) FROM attempt WHERE ended IS NULL").fetchone()[0]
    connection.close()
    lines = (folder / "results.jsonl").read_bytes()
    ids = [json.loads(line)["id"] for line in lines.splitlines()]
    return {
        "step": step.value,
        "times": times,
        "killed": killed_by == signal.SIGKILL,
        "finished": ended == 0,
        "lost": sum(1 for key, text in before.items() if after.get(key) != text),
        "doubled": len(ids) - len(set(ids)),
        "settled": settled,
        "intact": intact,
        "same_export": lines == wanted,
        "left_over": len(list(folder.glob(".*.part"))),
        "paid_twice": sum(count - 1 for count in answers.values()),
        "undercounted": spent + 1e-9 < sum(answers.values()) * (50 * 1.0 + 20 * 4.0) / 1e6,
        "open_ends": open_ends,
    }


def _ok(folder: Path) -> dict[str, str]:
    """What was acknowledged: key -> result."""
    if not (folder / "run.db").exists():
        return {}
    with sqlite3.connect(folder / "run.db") as connection:
        rows = dict(connection.execute("SELECT key, json FROM result").fetchall())
    connection.close()
    return rows


def main(base: Path, count: int) -> None:
    base.mkdir(parents=True, exist_ok=True)
    source = base / "in.jsonl"
    write_articles(source, count)
    forked(run_and_export, base / "unbroken", source, base / "unbroken.log", Killer(None, 0))
    wanted = (base / "unbroken" / "results.jsonl").read_bytes()
    for step in RUN_STEPS:
        once = (
            step in (Step.LEDGER_CREATED, Step.RUN_RECORDED, Step.RUN_DRAINED) or "export" in step or "rename" in step
        )
        for times in (1,) if once and step is not Step.EXPORT_HALF else (1, 9):
            print(json.dumps(survive(base, source, wanted, step, times)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 60)
