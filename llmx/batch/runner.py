"""The runner: workers that pull articles from the feed, have them extracted, and wait until the result is on disk.

A worker holds one article at a time and takes the next only when the last one is committed. So a killed process loses
at most what its workers held, and memory depends on the number of workers, not on the input.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from llmx.batch.budget import Budget, BudgetSpentError, Price
from llmx.batch.caller import Caller, Retries, StoppedError, Trace, fault_of, traced
from llmx.batch.clock import Clock, SystemClock
from llmx.batch.engine import Engine, EngineBrokenError, EngineMaker, where
from llmx.batch.feed import Feed, Shard, Task
from llmx.batch.gate import START, Gate
from llmx.batch.ledger import LEDGER, Ledger, RunRow, connect
from llmx.batch.pace import Pace, Pacing, Rates
from llmx.batch.recipe import Recipe
from llmx.batch.records import Entry
from llmx.batch.replaced import Replaced
from llmx.batch.rows import Fault, Reserved, Settled, Stored
from llmx.batch.steps import Step, Watch, unwatched
from llmx.batch.tally import Outcome, Snapshot, Tally
from llmx.batch.writer import Grouping, GroupWriter
from llmx.errors import BatchError, ConfigError, DocumentError, ModelError, ModelOutputError, UnsupportedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a run keeps to.

    Attributes:
        workers: Articles in hand at once; also the most requests in flight.
        rates: Requests and tokens a minute.
        retries: When a request is sent again.
        tries: How often an article is extracted while its answers cannot be read, before it is a dead letter.
        budget_usd: What all runs in this ledger together may spend; `None` for no limit.
        price: What tokens cost; needed for a budget.
        max_failures: The run stops when more articles of it than this are dead letters; `None` for no limit.
        max_in_a_row: The run stops when so many articles in a row fail: then something else is wrong than articles.
        drain_s: How long an interrupted run waits for what is in flight.
        start: Requests in flight at first.
    """

    workers: int = 64
    rates: Rates = field(default_factory=Rates)
    retries: Retries = field(default_factory=Retries)
    tries: int = 3
    budget_usd: float | None = None
    price: Price | None = None
    max_failures: int | None = None
    max_in_a_row: int | None = 100
    drain_s: float = 10.0
    start: int = START


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A run, all that it is told.

    Attributes:
        folder: RUN, where the ledger is.
        source: The input's name, for the record.
        entries: The input.
        recipe: What makes keys.
        make_engine: Makes what extracts.
        limits: What it keeps to.
        shard: Which part of the input it does.
        total: Positions of the input, where known.
        show: Told of the run's state, now and then.
        clock: The time.
        draw: Randomness of the waits.
        watch: Told of each step.
        make_pace: Makes what spaces the requests; runs on several machines share one.
    """

    folder: Path
    source: str
    entries: Iterable[Entry]
    recipe: Recipe
    make_engine: EngineMaker
    limits: Limits = field(default_factory=Limits)
    shard: Shard = field(default_factory=Shard)
    total: int | None = None
    show: Callable[[Snapshot], None] = lambda _: None
    clock: Clock = field(default_factory=SystemClock)
    draw: random.Random = field(default_factory=random.Random)
    watch: Watch = unwatched
    make_pace: Callable[[Rates, Clock], Pacing] = field(default=lambda rates, clock: Pace(rates, clock=clock))


class Runner:
    """One run. `execute` does it; `stop` ends it early, from the event loop it runs on."""

    def __init__(self, job: Job, ledger: Ledger) -> None:
        self._job = job
        self._ledger = ledger
        self._why = "done"
        self._stopping = asyncio.Event()
        self._workers: dict[asyncio.Task[None], Trace | None] = {}

    def stop(self, why: str) -> None:
        """Take up no more articles; those in flight are finished. A second call drops these too."""
        if self._stopping.is_set():
            for worker in self._workers:
                worker.cancel()
            return
        self._why = why
        self._stopping.set()
        self._feed.stop()
        self._caller.close()
        me = asyncio.current_task()
        for worker, trace in self._workers.items():
            if worker is not me and (trace is None or trace.is_waiting):
                worker.cancel()

    async def execute(self) -> Outcome:
        """Do the run.

        Raises:
            BatchError: The ledger cannot be written.
            LlmxError: The input cannot be read.
        """
        job = self._job
        run = self._ledger.record_run(_run_row(job))
        self._writer = GroupWriter(
            self._ledger, job.recipe.digest, grouping=Grouping(rows=min(64, job.limits.workers)), watch=job.watch
        )
        self._tally = Tally(started=job.clock.now(), total=job.total)
        known = connect(job.folder / LEDGER, read_only=True)
        try:
            self._caller = self._make_caller()
            replaced = Replaced(known, job.recipe.digest, source=job.source)
            engine = job.make_engine(self._caller)
            self._feed = Feed(job.entries, job.recipe, known=known, replaced=replaced, shard=job.shard)
            try:
                await self._work(engine)
            finally:
                self._feed.close()
                await engine.close()
        finally:
            await self._writer.close()
            known.close()
        job.watch(Step.RUN_DRAINED)
        if self._why == "done":  # the input was read to its end
            self._ledger.replace(replaced.keys())
        outcome = Outcome(why=self._why, snapshot=self._tally.snapshot(job.clock.now(), self._caller))
        self._ledger.end_run(run, ended=job.clock.wall(), outcome=outcome.why)
        return outcome

    def _make_caller(self) -> Caller:
        job, limits = self._job, self._job.limits
        budget = None
        if limits.budget_usd is not None and limits.price is not None:
            budget = Budget(limits.budget_usd, spent_usd=self._ledger.spent_usd()), limits.price
        return Caller(
            gate=Gate(limits.workers, clock=job.clock, start=limits.start),
            pace=job.make_pace(limits.rates, job.clock),
            retries=limits.retries,
            clock=job.clock,
            draw=job.draw,
            commit=self._writer.put,
            budget=budget,
            price=limits.price,
            first_attempt=self._ledger.last_attempt() + 1,
            watch=job.watch,
        )

    async def _work(self, engine: Engine) -> None:
        """Run the workers until the input ends or the run is stopped."""
        reporter = asyncio.create_task(self._report())
        for _ in range(self._job.limits.workers):
            self._workers[asyncio.create_task(self._pull(engine))] = None
        pending: set[asyncio.Task[None]] = set(self._workers)
        deadline: float | None = None
        try:
            while pending:
                if self._stopping.is_set() and deadline is None:
                    deadline = self._job.clock.now() + self._job.limits.drain_s
                done, pending = await asyncio.wait(pending, timeout=_LOOK_S, return_when=asyncio.FIRST_COMPLETED)
                failure = next((task.exception() for task in done if not task.cancelled() and task.exception()), None)
                if failure is not None:
                    raise failure
                if deadline is not None and self._job.clock.now() > deadline:
                    self.stop(self._why)
        finally:
            for worker in pending:
                worker.cancel()
            await asyncio.gather(*self._workers, return_exceptions=True)
            reporter.cancel()
            await asyncio.gather(reporter, return_exceptions=True)

    async def _pull(self, engine: Engine) -> None:
        """What one worker does."""
        me = asyncio.current_task()
        assert me is not None
        while not self._stopping.is_set():
            task = await self._feed.take()
            for chunk in self._feed.passed():
                self._tally.opened(chunk)
            if task is None:
                return
            self._job.watch(Step.ARTICLE_TAKEN)
            trace = Trace(task.place.key)
            self._workers[me] = trace
            try:
                row = await self._settle(task, trace, engine)
            except (StoppedError, BudgetSpentError, asyncio.CancelledError) as ended:
                await self._leave(trace, ended)
                return
            await self._writer.put(row)
            self._workers[me] = None
            self._feed.settled(task.place.key)
            self._tally.settled(row)
            self._stop_if_failing()

    async def _leave(self, trace: Trace, ended: BaseException) -> None:
        """Give an article up unsettled; what was sent for it is written down all the same."""
        self._tally.spent(tuple(trace.attempts))
        if isinstance(ended, BudgetSpentError) and not self._stopping.is_set():
            self.stop("budget")
        if trace.attempts:
            await asyncio.gather(*(self._writer.put(Reserved(attempt)) for attempt in trace.attempts))
        if isinstance(ended, asyncio.CancelledError):
            raise ended

    def _stop_if_failing(self) -> None:
        limits, tally = self._job.limits, self._tally
        too_many = limits.max_failures is not None and tally.dead > limits.max_failures
        in_a_row = limits.max_in_a_row is not None and tally.in_a_row >= limits.max_in_a_row
        if (too_many or in_a_row) and not self._stopping.is_set():
            self.stop("failures")

    async def _settle(self, task: Task, trace: Trace, engine: Engine) -> Settled:
        """Bring an entry to its end: a result, or a dead letter."""
        if task.entry.article is None:
            return Settled(task.place, None, reason=Fault.RECORD, detail=task.entry.fault)
        tries = 0
        with traced(trace):
            while True:
                tries += 1
                try:
                    stored = await engine.extract(task.entry.article)
                except ModelOutputError as error:
                    if tries < self._job.limits.tries:
                        continue
                    return self._dead(task, trace, Fault.OUTPUT, str(error), tries)
                except ModelError as error:
                    return self._dead(task, trace, fault_of(error), str(error), tries)
                except DocumentError as error:
                    return self._dead(task, trace, Fault.DOCUMENT, str(error), tries)
                except UnsupportedError as error:
                    return self._dead(task, trace, Fault.UNSUPPORTED, str(error), tries)
                except (StoppedError, BudgetSpentError, ConfigError, BatchError):
                    raise
                except Exception as error:  # noqa: BLE001 - the one place: an article that breaks the engine is kept
                    return self._dead(task, trace, Fault.CRASH, _broke_of(error), tries)
                return self._alive(task, trace, stored, tries)

    def _alive(self, task: Task, trace: Trace, stored: Stored, tries: int) -> Settled:
        return Settled(task.place, stored, tries=tries, attempts=tuple(trace.attempts))

    def _dead(self, task: Task, trace: Trace, fault: Fault, detail: str, tries: int) -> Settled:
        return Settled(task.place, None, tries=tries, reason=fault, detail=detail, attempts=tuple(trace.attempts))

    async def _report(self) -> None:
        """Show the run's state, now and then."""
        while True:
            self._job.show(self._tally.snapshot(self._job.clock.now(), self._caller))
            await asyncio.sleep(_SHOW_S)


_LOOK_S = 0.5
"""How often the runner looks whether its time to drain is over."""

_SHOW_S = 0.25


def _run_row(job: Job) -> RunRow:
    return RunRow(
        recipe=job.recipe.digest,
        source=job.source,
        shard=str(job.shard),
        started=job.clock.wall(),
        workers=job.limits.workers,
        budget_usd=job.limits.budget_usd,
        total=job.total,
        rpm=job.limits.rates.rpm,
        tpm=job.limits.rates.tpm,
    )


def _broke_of(error: Exception) -> str:
    return str(error) if isinstance(error, EngineBrokenError) else where(error)
