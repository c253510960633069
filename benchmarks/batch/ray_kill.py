"""Two Ray actors, 2,000 articles, one actor's process killed by its pid: nothing lost, doubled or over the limit.

python benchmarks/batch/ray_kill.py FOLDER [ARTICLES]
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

from llmx.batch.cluster import SHARDS, Cluster, run_on_ray
from llmx.batch.export import export
from llmx.batch.feed import Shard
from llmx.batch.pace import Rates
from llmx.batch.readers import Source
from llmx.batch.runner import Job

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


def kill_one(folder: Path, answered, articles: int, killed: list[int]) -> None:
    """SIGKILL the process that holds a shard's ledger, once a third is done."""
    while answered() < articles / 3:
        time.sleep(0.1)
    locks = sorted((folder / SHARDS).glob("*/run.lock"), key=lambda path: path.stat().st_mtime)
    pid = int(locks[-1].read_text())
    os.kill(pid, signal.SIGKILL)
    killed.append(pid)


def main(base: Path, articles: int) -> dict:
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
        killed: list[int] = []
        watcher = threading.Thread(
            target=kill_one, args=(run, lambda: server.stats().get("answered", 0), articles, killed), daemon=True
        )
        watcher.start()
        started = time.monotonic()
        made = partial(make_job, str(source), server.port)
        done = run_on_ray(run, made, Rates(rpm=RPM), Cluster(actors=2, shards=4, cpus_each=0.5))
        seconds = time.monotonic() - started
        stats = server.stats()
        ray.shutdown()
    found = ledger(run)
    ids = [json.loads(line)["id"] for line in export(run, "jsonl")[0].read_text().splitlines()]
    lost = articles - found["ok"] - found["dead"]
    return {
        "articles": articles,
        "actors": 2,
        "shards": len(done),
        "killed": len(killed),
        "lost": lost,
        "doubled": len(ids) - len(set(ids)),
        "ordered": ids == sorted(ids),
        "violations": stats.get("violations", 0),
        "paid_twice": stats["paid_twice"],
        "seconds": round(seconds, 1),
        "held": bool(killed)
        and not lost
        and len(ids) == len(set(ids)) == found["ok"]
        and not stats.get("violations", 0),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)))
