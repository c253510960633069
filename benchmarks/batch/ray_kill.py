"""Two Ray actors, 2,000 articles, one actor's process killed by its pid: nothing lost, doubled or over the limit.

    python benchmarks/batch/ray_kill.py FOLDER [ARTICLES] [--dataset]

With `--dataset` the articles come as a Ray Dataset and the extractions go out as one, through all of llmx.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from harness import ledger, serving, write_articles
from worker import RECIPE, HttpEngine, limits_of

from llmx.batch.cluster import Cluster, run_on_ray
from llmx.batch.dataset import extract_dataset
from llmx.batch.export import export
from llmx.batch.feed import Shard
from llmx.batch.pace import Rates
from llmx.batch.readers import Source
from llmx.batch.runner import Job, Limits
from llmx.batch.session import Choice
from llmx.batch.staging import SHARDS
from llmx.batch.summary import summarise
from llmx.errors import LlmxError
from llmx.model.settings import Settings

RPM = 6_000


def make_job(source: str, port: int, shard: Shard, folder: Path) -> Job:
    config = {"workers": 32, "timeout_s": 2.0, "start": 32}
    return Job(
        folder=folder,
        source=source,
        entries=Source(source).entries(sys.stdin.buffer),
        recipe=RECIPE,
        make_engine=lambda caller: HttpEngine(caller, port, 32),
        limits=limits_of(config),
        shard=shard,
        draw=random.Random(shard.index),
    )


def kill_one(folder: Path, answered, articles: int, killed: list[float]) -> None:
    """SIGKILL the process that holds a shard's ledger, once a third is done; notes how long the shard then stood."""
    while answered() < articles / 3:
        time.sleep(0.1)
    lock = max((folder / SHARDS).glob("*/run.lock"), key=lambda path: path.stat().st_mtime)
    pid = int(lock.read_text())
    assert pid != os.getpid()
    os.kill(pid, signal.SIGKILL)
    at = time.monotonic()
    while lock.read_text() in ("", str(pid)):
        time.sleep(0.05)
    killed.append(time.monotonic() - at)


def on_files(run: Path, source: Path, port: int) -> None:
    """As `--engine ray` does it: every shard reads the input."""
    run_on_ray(run, partial(make_job, str(source), port), Rates(rpm=RPM), CLUSTER)


def on_a_dataset(run: Path, source: Path, port: int) -> None:
    """From a Dataset into a Dataset, with llmx's own model; what comes out is counted again from the Dataset."""
    import ray  # noqa: PLC0415

    settings = Settings(model="fake", base_url=f"http://127.0.0.1:{port}/v1", mode="strict")
    limits = Limits(workers=32, rates=Rates(rpm=RPM), start=32)
    out = extract_dataset(
        ray.data.read_json(str(source)), run, choice=Choice(settings=settings), limits=limits, cluster=CLUSTER
    )
    ids = [row["id"] for row in out.iter_rows() if row["status"] == "ok"]
    assert len(ids) == len(set(ids)), "the Dataset gives a row twice"
    assert sorted(ids) == [f"a{n:07d}" for n in range(len(ids))], "the Dataset lacks rows"


def watch(folder: Path, articles: int, seen: list[int]) -> None:
    """What `status` says before the shards are merged."""
    while True:
        time.sleep(0.5)
        try:
            summary = summarise(folder, now=time.time())
        except LlmxError:
            continue
        if summary.state == "running":
            seen.append(summary.ok)
        elif summary.ok == articles:
            return


CLUSTER = Cluster(actors=2, shards=4, cpus_each=0.5)


def main(base: Path, articles: int, how) -> dict:
    import ray  # noqa: PLC0415

    base.mkdir(parents=True, exist_ok=True)
    source = write_articles(base / "in.jsonl", articles)
    run = base / "run"
    here = str(Path(__file__).parent)
    with serving(seed=3, latency=0.2, rpm=RPM, burst_s=0.5) as server:
        ray.init(
            num_cpus=2,
            object_store_memory=100 * 2**20,
            include_dashboard=False,
            log_to_driver=False,
            runtime_env={"env_vars": {"PYTHONPATH": here}},
        )
        killed: list[float] = []
        seen: list[int] = []

        def answered() -> int:
            return server.stats().get("answered", 0)

        for work in (
            partial(kill_one, run, answered, articles, killed),
            partial(watch, run, articles, seen),
        ):
            threading.Thread(target=work, daemon=True).start()
        started = time.monotonic()
        how(run, source, server.port)
        seconds = time.monotonic() - started
        stats = server.stats()
        ray.shutdown()
    found = ledger(run)
    lines = export(run, "jsonl")[0].read_text().splitlines()
    ids = [row.get("id") or row["document"]["id"] for row in map(json.loads, lines)]
    lost = articles - found["ok"] - found["dead"]
    return {
        "articles": articles,
        "actors": CLUSTER.actors,
        "shards": CLUSTER.shards,
        "killed": len(killed),
        "taken_up_after_s": round(killed[0], 1) if killed else None,
        "lost": lost,
        "doubled": len(ids) - len(set(ids)),
        "dead": found["dead"],
        "violations": stats.get("violations", 0),
        "paid_twice": stats["paid_twice"],
        "status_while_it_ran": f"{min(seen, default=0)} to {max(seen, default=0)}",
        "seconds": round(seconds, 1),
        "held": bool(killed)
        and not lost
        and len(ids) == len(set(ids)) == found["ok"] == articles
        and not stats.get("violations", 0),
    }


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--dataset"]
    chosen = on_a_dataset if "--dataset" in sys.argv else on_files
    print(json.dumps(main(Path(words[0]), int(words[1]) if len(words) > 1 else 2_000, chosen)))
