"""Sessions: from what the user asked for to a run, with its model, limits, progress and signals."""

from __future__ import annotations

import asyncio
import io
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal, TextIO

from pydantic import BaseModel

from llmx.api import DEFAULT_PROMPT, RULES, Extractor, choose_model
from llmx.batch.budget import Price
from llmx.batch.clock import Clock, SystemClock
from llmx.batch.cluster import Cluster, ShardDone, run_on_ray
from llmx.batch.engine import EngineMaker
from llmx.batch.export import open_ledger
from llmx.batch.feed import Shard
from llmx.batch.interrupt import interrupting
from llmx.batch.ledger import LEDGER, Ledger, RunRow
from llmx.batch.metered import MOST_OUTPUT_TOKENS, metered, recipe_of
from llmx.batch.offline import CapturingEndpoint, ReplayingEndpoint, offline_model
from llmx.batch.poll import Collection, Polled, fetch, settle
from llmx.batch.pool import inline, pooled
from llmx.batch.progress import showing
from llmx.batch.provider import BatchEndpoint
from llmx.batch.readers import Source, count_entries
from llmx.batch.recipe import Recipe
from llmx.batch.records import Entry
from llmx.batch.runner import Job, Limits, Runner
from llmx.batch.staging import shard_folders
from llmx.batch.steps import Watch, unwatched
from llmx.batch.submit import FileLimits, Purse, Submission, plan, send
from llmx.batch.tally import Outcome
from llmx.errors import ConfigError
from llmx.model.prices import cost_usd
from llmx.model.providers import find_target
from llmx.model.settings import Settings
from llmx.port import Model
from llmx.result import Usage
from llmx.schema.news import NewsReport

OnUnsupported = Literal["drop", "flag", "raise"]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """How articles are extracted.

    Attributes:
        model: The model's name; `None` for the configured one, or the embedded engine.
        schema: The report class.
        prompt: A template's name or path.
        on_unsupported: What happens to a value that its words contradict.
        settings: Everything else that is asked of the model.
    """

    model: str | None = None
    schema: type[BaseModel] = NewsReport
    prompt: str = DEFAULT_PROMPT
    on_unsupported: OnUnsupported = "drop"
    settings: Settings = field(default_factory=Settings)

    @property
    def name(self) -> str:
        """The model's name, the default resolved."""
        return self.model or self.settings.model or RULES

    @property
    def is_embedded(self) -> bool:
        """Whether it is the embedded engine, which needs processors and no network."""
        return self.name == RULES

    def build(self, model: Model | str) -> Extractor[BaseModel]:
        """The extractor around `model`. Transport retries, time limits and the budget are the run's own."""
        return Extractor(
            model=model,
            schema=self.schema,
            prompt=self.prompt,
            on_unsupported=self.on_unsupported,
            settings=self.run_settings,
        )

    @property
    def run_settings(self) -> Settings:
        """The settings of the model's requests within a run."""
        return replace(self.settings, max_retries=0, budget_usd=None)

    def open(self) -> Model:
        """The model itself."""
        return choose_model(self.name, self.run_settings)

    def recipe(self) -> Recipe:
        """What makes keys."""
        return recipe_of(self.build(self.open()).provenance)

    def price(self) -> Price | None:
        """What the model costs, where that is known."""
        if self.is_embedded:
            return Price(0.0, 0.0)
        target = find_target(self.name, self.settings)
        parts = [
            cost_usd(target, Usage(calls=1, input_tokens=tokens[0], output_tokens=tokens[1]))
            for tokens in ((1000, 0), (0, 1000))
        ]
        sent, received = parts
        return None if sent is None or received is None else Price(sent * 1000, received * 1000)


@dataclass(frozen=True, kw_only=True)
class Order:
    """A run as the user asks for it.

    Attributes:
        source: The input.
        folder: RUN.
        choice: How articles are extracted.
        limits: What the run keeps to.
        shard: Which part of the input it does.
        processes: Processes of the embedded engine beside the run's own; 0 for none.
        quiet: Whether nothing but warnings and errors is shown.
    """

    source: Source
    folder: Path
    choice: Choice
    limits: Limits = field(default_factory=Limits)
    shard: Shard = field(default_factory=Shard)
    processes: int = 1
    quiet: bool = False


def run(order: Order, *, stderr: TextIO, clock: Clock | None = None) -> Outcome:
    """Do the run and wait for its end.

    Raises:
        LlmxError: It cannot start or go on.
    """
    time = clock or SystemClock()
    limits = _priced(order)

    def say(text: str) -> None:
        stderr.write(f"llmx: {text}\n")
        stderr.flush()

    with Ledger.locked(order.folder) as ledger, showing(stderr, quiet=order.quiet, clock=time) as show:
        job = replace(job_of(order), limits=limits, total=_total(order), show=show, clock=time)
        _say_changes(ledger, job.recipe, order, say)
        return asyncio.run(_execute(job, ledger, say))


def job_of(order: Order, *, entries: Iterable[Entry] | None = None) -> Job:
    """The run that `order` asks for, not yet shown to anyone.

    Args:
        order: What the user asks for.
        entries: The input, where it does not come from `order.source`.

    Raises:
        LlmxError: The input or a setting is wrong.
    """
    return Job(
        folder=order.folder,
        source=order.source.name,
        entries=order.source.entries(_stdin(order.source)) if entries is None else entries,
        recipe=order.choice.recipe(),
        make_engine=_maker(order),
        limits=order.limits,
        shard=order.shard,
    )


def run_clustered(order: Order, cluster: Cluster) -> tuple[ShardDone, ...]:
    """Do the run on a Ray cluster. A budget is cut into equal parts, one a shard.

    Raises:
        LlmxError: It cannot start or go on.
    """
    spread = cluster_order(order, cluster)
    total = _total(order)
    made = partial(_shard_job, spread, None if total is None else -(-total // cluster.shards))
    return run_on_ray(order.folder, made, order.limits.rates, cluster)


def cluster_order(order: Order, cluster: Cluster) -> Order:
    """What one shard of a clustered run is asked for.

    Raises:
        ConfigError: There is a budget, and no price to keep it by.
    """
    limits = _priced(order)
    cap = None if limits.budget_usd is None else limits.budget_usd / cluster.shards
    return replace(order, limits=replace(limits, budget_usd=cap), processes=0, quiet=True)


def retry(folder: Path, *, reason: str | None = None) -> int:
    """Put failed articles back to be extracted, in the shards of a clustered run too; gives how many.

    Args:
        folder: RUN.
        reason: See `Ledger.revive`.

    Raises:
        BatchError: There is no run, or it is in use.
    """
    parts = [part for part in shard_folders(folder) if (part / LEDGER).is_file()]
    merged = (folder / LEDGER).is_file() or not parts
    count = _revive(folder, reason) if merged else 0
    # A merged run holds what its shards hold; each is put back, and counted once.
    return max(count, sum(_revive(part, reason) for part in parts))


def _revive(folder: Path, reason: str | None) -> int:
    open_ledger(folder).close()
    with Ledger.locked(folder) as ledger:
        return ledger.revive(reason=reason)


def _stdin(source: Source) -> BinaryIO:
    """Standard input, as a file of its own: a thread that waits on the interpreter's would hinder its end."""
    if source.name != "-":
        return io.BytesIO()
    try:
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    except io.UnsupportedOperation:
        return sys.stdin.buffer


def _shard_job(order: Order, total: int | None, shard: Shard, folder: Path) -> Job:
    return replace(job_of(replace(order, folder=folder, shard=shard)), total=total)


async def _execute(job: Job, ledger: Ledger, say: Callable[[str], None]) -> Outcome:
    runner = Runner(job, ledger)
    with interrupting(runner.stop, say=say):
        return await runner.execute()


def _maker(order: Order) -> EngineMaker:
    choice = order.choice
    if choice.is_embedded:
        return pooled(choice.build, processes=order.processes) if order.processes else inline(choice.build)
    return metered(choice.open(), choice.build, most_output_tokens=choice.settings.max_tokens or MOST_OUTPUT_TOKENS)


def _priced(order: Order) -> Limits:
    """The limits with the model's price, where the user gave none.

    Raises:
        ConfigError: There is a budget, and no price to keep it by.
    """
    limits = order.limits
    priced = limits if limits.price else replace(limits, price=order.choice.price())
    if priced.budget_usd is not None and priced.price is None:
        raise ConfigError(
            f"a budget needs a price, and that of {order.choice.name} is not known: "
            "give --price IN/OUT, US dollars per million tokens",
            setting="price",
        )
    return priced


def _total(order: Order) -> int | None:
    """How many articles there are to do, about."""
    found = count_entries(order.source)
    return None if found is None else -(-found // order.shard.of)


def _say_changes(ledger: Ledger, recipe: Recipe, order: Order, say: Callable[[str], None]) -> None:
    """Tell that results of before do not count any more, and why."""
    before = ledger.begin(recipe, shard=str(order.shard))
    if before is not None:
        last, settled = before
        what = ", ".join(recipe.differences(last))
        say(f"changed since the last run: {what}; its {settled:,} articles are kept, and extracted anew")


@dataclass(frozen=True, slots=True)
class Submitted:
    """What `submit` did: requests planned now, jobs sent now, and whether the budget left some articles out."""

    requests: int
    jobs: int
    is_short: bool = False


def submit(
    order: Order,
    endpoint: BatchEndpoint,
    *,
    stderr: TextIO,
    files: FileLimits | None = None,
    watch: Watch = unwatched,
) -> Submitted:
    """Hand an input to a provider's batch interface.

    Raises:
        LlmxError: The input cannot be read, or the provider would not.
    """
    clock = SystemClock()
    limits = _priced(order)
    choice = offline_choice(order.choice)
    capturing = CapturingEndpoint()
    extractor = choice.build(offline_model(choice.name, choice.run_settings, capturing))
    with Ledger.locked(order.folder, watch=watch) as ledger:
        recipe = _begin(ledger, extractor, order, stderr, clock)
        submission = Submission(
            entries=order.source.entries(_stdin(order.source)),
            recipe=recipe,
            extractor=extractor,
            endpoint=capturing,
            shard=order.shard,
            limits=files or FileLimits(),
            purse=_purse(limits, choice),
            clock=clock,
            watch=watch,
            source=order.source.name,
        )
        planned = plan(ledger, submission)
        sent = send(ledger, endpoint, clock=clock, watch=watch)
        return Submitted(planned.requests, sent, planned.is_short)


def _purse(limits: Limits, choice: Choice) -> Purse | None:
    if limits.budget_usd is None or limits.price is None:
        return None
    return Purse(limits.budget_usd, limits.price, choice.settings.max_tokens or MOST_OUTPUT_TOKENS)


def poll(order: Order, endpoint: BatchEndpoint, *, stderr: TextIO, watch: Watch = unwatched) -> Polled:
    """Take what a provider's batch interface has answered, and make results of it.

    Raises:
        LlmxError: The input cannot be read, or the provider would not answer.
    """
    clock = SystemClock()
    choice = offline_choice(order.choice)
    replaying = ReplayingEndpoint()
    extractor = choice.build(offline_model(choice.name, choice.run_settings, replaying))
    with Ledger.locked(order.folder, watch=watch) as ledger:
        recipe = _begin(ledger, extractor, order, stderr, clock)
        polled = fetch(ledger, endpoint, clock=clock, watch=watch)
        collection = Collection(
            entries=order.source.entries(_stdin(order.source)),
            recipe=recipe,
            extractor=extractor,
            endpoint=replaying,
            price=order.limits.price or choice.price(),
            clock=clock,
        )
        settle(ledger, collection)
        return polled


def offline_choice(choice: Choice) -> Choice:
    """The choice as a batch interface can do it: no re-asks, and one mode from the start.

    Raises:
        ConfigError: The embedded engine needs no batch interface.
    """
    if choice.is_embedded:
        raise ConfigError("the embedded engine has no batch interface: use llmx batch run", setting="model")
    mode = "strict" if choice.settings.mode == "auto" else choice.settings.mode
    return replace(choice, settings=replace(choice.settings, max_reasks=0, mode=mode))


def _begin(ledger: Ledger, extractor: Extractor[BaseModel], order: Order, stderr: TextIO, clock: Clock) -> Recipe:
    """Record that the provider's batch interface is used, once."""
    recipe = recipe_of(extractor.provenance)

    def say(text: str) -> None:
        stderr.write(f"llmx: {text}\n")

    _say_changes(ledger, recipe, order, say)
    if not ledger.has_run(recipe.digest):
        row = RunRow(
            recipe=recipe.digest,
            source=order.source.name,
            shard=str(order.shard),
            started=clock.wall(),
            workers=0,
            total=_total(order),
        )
        ledger.end_run(ledger.record_run(row), ended=clock.wall(), outcome="submitted")
    return recipe
