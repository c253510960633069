"""Kill `submit` and `poll` at every step of the provider's batch interface, and at random instants, and go on.

    python benchmarks/batch/provider_crash.py FOLDER [RANDOM_KILLS]

prints one JSON object a kill; with no random ones, each step is killed at its first time alone. The provider is a
process of its own, which remembers what it was asked; each command is a forked process: the kill is a real SIGKILL.
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import sys
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from crash import Killer
from harness import ledger, serving

from llmx.batch.budget import Price
from llmx.batch.export import export
from llmx.batch.provider import OpenAIBatches
from llmx.batch.readers import Source
from llmx.batch.runner import Limits
from llmx.batch.session import Choice, Order, poll, submit
from llmx.batch.steps import Step
from llmx.batch.submit import FileLimits
from llmx.model.settings import Settings

ARTICLES = 30
JOB_STEPS = tuple(step for step in Step if step.value.startswith("job-"))


def order_of(folder: Path, source: Path, port: int) -> Order:
    settings = Settings(model="openai/fake", base_url=f"http://127.0.0.1:{port}/v1", api_key="k")
    limits = Limits(price=Price(2.0, 8.0), budget_usd=100.0)
    return Order(source=Source(str(source)), folder=folder, choice=Choice(settings=settings), limits=limits)


def both(order: Order, killer: Killer) -> None:
    """What a user does: submit, then poll until all is there."""
    with OpenAIBatches("openai/fake", order.choice.settings) as endpoint:
        submit(order, endpoint, stderr=io.StringIO(), files=FileLimits(requests=8), watch=killer)
        while poll(order, endpoint, stderr=io.StringIO(), watch=killer).open:
            time.sleep(0.01)


def forked(order: Order, killer: Killer, seconds: float | None = None) -> int:
    """Do both in a child, killed after so long; gives the signal that ended it, 0 for none."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            both(order, killer)
            code = 0
        finally:
            os._exit(code)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status)


def survive(base: Path, source: Path, name: str, kill) -> dict:
    """Kill once, go on, and report."""
    with serving(script="provider_server.py", delay=0.02) as server:
        order = order_of(base / name, source, server.port)
        killed_by = kill(order)
        ended = forked(order, Killer(None, 0))
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/v1/__stats") as answer:
            stats = json.load(answer)
    found = ledger(order.folder)
    lines = export(order.folder, "jsonl")[0].read_text().splitlines()
    ids = [json.loads(line)["document"]["id"] for line in lines]
    asked = stats["asked"].values()
    return {
        "kill": name,
        "killed": killed_by == signal.SIGKILL,
        "finished": ended == 0,
        "asked_twice": sum(count - 1 for count in asked),
        "jobs": stats["jobs"],
        "lost": ARTICLES - found["ok"],
        "doubled": len(ids) - len(set(ids)),
        "ordered": ids == [f"a{number}" for number in range(ARTICLES)],
        "intact": found["intact"],
        "spent_as_due": abs(found["spent"] - ARTICLES * (1000 * 2.0 + 100 * 8.0) / 1e6 / 2) < 1e-9,
    }


def main(base: Path, random_kills: int) -> None:
    base.mkdir(parents=True, exist_ok=True)
    source = base / "in.jsonl"
    rows = ({"id": f"a{number}", "text": f"The council met on day {number}."} for number in range(ARTICLES))
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for step in JOB_STEPS:
        for times in (1, 3) if random_kills else (1,):
            killer = Killer(step, times)
            report = survive(base, source, f"{step}-{times}", lambda order, killer=killer: forked(order, killer))
            print(json.dumps(report), flush=True)
    draw = random.Random(11)
    for number in range(random_kills):
        seconds = draw.uniform(0.02, 0.6)
        report = survive(
            base, source, f"random-{number}", lambda order, seconds=seconds: forked(order, Killer(None, 0), seconds)
        )
        print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
