"""Clusters: the same run on many machines, by Ray.

The input is cut into shards by key; a Ray Data pipeline gives them to actors; each shard has a ledger of its own under
RUN/shards, on a file system that all machines see. An actor that dies is started again by Ray and finds in its ledger
what it had done. One named actor leases out the pace. In the end the ledgers are merged into RUN.

Ray is an extra of several hundred megabytes: it is imported on first use.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from llmx.batch.allowance import Allowances
from llmx.batch.clock import Clock, SystemClock
from llmx.batch.feed import Shard
from llmx.batch.lease import Lease, LeasedPace, Lessor
from llmx.batch.ledger import Ledger
from llmx.batch.merge import merge
from llmx.batch.pace import Pacing, Rates
from llmx.batch.runner import Job, Runner
from llmx.batch.staging import shard_folder
from llmx.errors import ConfigError

MakeJob = Callable[[Shard, Path], Job]
"""Makes the run of a shard in its folder; called in the actor, so it is sent there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """How a run is spread.

    Attributes:
        actors: Processes that extract.
        shards: Parts of the input; a few times as many as actors, so that none waits long for the last.
        address: The cluster's address; `None` starts one on this machine.
        cpus_each: Processors an actor takes.
    """

    actors: int = 2
    shards: int = 8
    address: str | None = None
    cpus_each: float = 1.0


@dataclass(frozen=True, slots=True)
class ShardDone:
    """How a shard ended."""

    shard: int
    why: str
    ok: int
    dead: int


def run_on_ray(folder: Path, make_job: MakeJob, rates: Rates, cluster: Cluster) -> tuple[ShardDone, ...]:
    """Run every shard, then merge the ledgers into `folder`.

    Args:
        folder: RUN, on a file system that all machines see.
        make_job: Makes the run of a shard.
        rates: The limits that all shards keep to together.
        cluster: How to spread it.

    Raises:
        ConfigError: Ray is not installed.
        LlmxError: A shard could not go on.
    """
    done = tuple(_stream(folder, make_job, rates, cluster))
    merge([shard_folder(folder, one.shard) for one in done], folder)
    return done


def start_ray(cluster: Cluster) -> Any:
    """Ray's module, connected to a cluster; one that the caller has started is taken as it is.

    Raises:
        ConfigError: Ray is not installed.
    """
    ray = _ray()
    if ray.is_initialized():
        return ray
    ray.init(address=cluster.address, log_to_driver=False, include_dashboard=False, logging_level=logging.WARNING)
    data = importlib.import_module("ray.data")
    # After the import, which sets both: what a run does is told by llmx.
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    data.DataContext.get_current().enable_progress_bars = False
    return ray


def _stream(folder: Path, make_job: MakeJob, rates: Rates, cluster: Cluster) -> Iterator[ShardDone]:
    """The shards as they end, through a Ray Data pipeline."""
    ray = start_ray(cluster)
    data = importlib.import_module("ray.data")
    name = f"llmx-{hashlib.blake2b(str(folder.resolve()).encode(), digest_size=8).hexdigest()}"
    lessor = ray.remote(Lessor).options(name=name, num_cpus=0, max_restarts=-1, max_task_retries=-1, get_if_exists=True)
    handle = lessor.remote(rates, clock=SystemClock())
    try:
        # Items, not a range: reading a range takes a task, and the actors may hold every processor.
        numbers = [{"id": index} for index in range(cluster.shards)]
        shards = data.from_items(numbers, override_num_blocks=cluster.shards)
        done = shards.map_batches(
            ShardWorker,
            fn_constructor_kwargs={"folder": folder, "make_job": make_job, "shards": cluster.shards, "lessor": name},
            batch_size=1,
            compute=data.ActorPoolStrategy(size=cluster.actors),
            num_cpus=cluster.cpus_each,
        )
        for row in done.iter_rows():
            yield ShardDone(int(row["shard"]), str(row["why"]), int(row["ok"]), int(row["dead"]))
    finally:
        ray.kill(handle)


class ShardWorker:
    """What an actor does: one shard after another, each from where its ledger says."""

    def __init__(self, *, folder: Path, make_job: MakeJob, shards: int, lessor: str) -> None:
        self._folder = folder
        self._make_job = make_job
        self._shards = shards
        self._lessor = lessor

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Do the shards of a batch of Ray Data; gives how each ended."""
        ended = [self._do(int(index) + 1) for index in batch["id"]]
        return {
            "shard": [one.shard for one in ended],
            "why": [one.why for one in ended],
            "ok": [one.ok for one in ended],
            "dead": [one.dead for one in ended],
        }

    def _do(self, index: int) -> ShardDone:
        folder = shard_folder(self._folder, index)
        shard = Shard(index, self._shards)
        remote = _ByName(_ray().get_actor(self._lessor))

        def make_pace(rates: Rates, clock: Clock) -> Pacing:
            del rates  # the lessor knows them
            return LeasedPace(remote, clock=clock)

        job = replace(self._make_job(shard, folder), make_pace=make_pace)
        with Ledger.locked(folder) as ledger:
            ledger.begin(job.recipe, shard=str(shard))
            outcome = asyncio.run(_execute(job, ledger))
        return ShardDone(index, outcome.why, outcome.snapshot.ok, outcome.snapshot.dead)


async def _execute(job: Job, ledger: Ledger) -> Any:
    return await Runner(job, ledger).execute()


class _ByName:
    """The lessor of the cluster, asked through Ray."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    def lease(self, wanted: int, tokens_each: float, given_back: float) -> Awaitable[Lease]:
        """See `Lessor.lease`."""
        return cast("Awaitable[Lease]", self._handle.lease.remote(wanted, tokens_each, given_back=given_back))

    def hold(self, seconds: float) -> None:
        """See `Lessor.hold`."""
        self._handle.hold.remote(seconds)

    def hear(self, told: Allowances) -> None:
        """See `Lessor.hear`."""
        self._handle.hear.remote(told)

    def cut(self) -> None:
        """See `Lessor.cut`."""
        self._handle.cut.remote()


def _ray() -> Any:
    try:
        return importlib.import_module("ray")  # an extra: several hundred megabytes
    except ImportError as error:
        raise ConfigError("--engine ray needs Ray: pip install 'llmx[ray]'", setting="engine") from error
