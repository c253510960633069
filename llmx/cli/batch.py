"""`llmx batch`: many articles; the same command again resumes."""

from __future__ import annotations

import shlex
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import cast

import click

from llmx.batch.budget import Price
from llmx.batch.caller import Retries
from llmx.batch.cluster import Cluster
from llmx.batch.estimate import estimate
from llmx.batch.export import Format, export
from llmx.batch.feed import Shard
from llmx.batch.ledger import INCOMPLETE
from llmx.batch.merge import merge
from llmx.batch.pace import Rates
from llmx.batch.pool import cores
from llmx.batch.provider import OpenAIBatches
from llmx.batch.readers import Source
from llmx.batch.records import FieldMap
from llmx.batch.rows import Fault
from llmx.batch.runner import Limits
from llmx.batch.session import Choice, Order, offline_choice, poll, retry, run, run_clustered, submit
from llmx.batch.summary import Summary, describe, summarise
from llmx.cli.options import ModelOptions, encoding_option, model_options, say_model
from llmx.errors import ConfigError
from llmx.model.settings import Settings

_FOLDER = click.Path(file_okay=False, path_type=Path)
_RUN = click.Path(exists=True, file_okay=False, path_type=Path)
_WORKERS = 64
_SOME_FAILED, _STOPPED = 3, 4
_SHARDS_PER_ACTOR = 4
"""So that no actor waits long for the last one."""


@click.group("batch")
def batch() -> None:
    """Extract many articles: nothing lost, nothing paid for twice. The same command again resumes."""


@batch.command("run")
@click.argument("source", metavar="INPUT|-")
@click.option("--out", "folder", required=True, type=_FOLDER, metavar="RUN", help="The run's folder.")
@model_options
@encoding_option
@click.option("--workers", type=click.IntRange(1, 4096), metavar="N", help="Articles in hand at once. Default: 64.")
@click.option("--processes", type=click.IntRange(1), metavar="N", help="For --model rules. Default: every core.")
@click.option("--rpm", type=click.FloatRange(0, min_open=True), metavar="N", help="Requests a minute.")
@click.option("--tpm", type=click.FloatRange(0, min_open=True), metavar="N", help="Tokens a minute, both ways.")
@click.option("--budget", type=click.FloatRange(0), metavar="USD", help="What all runs in RUN may spend together.")
@click.option("--price", metavar="IN/OUT", help="US dollars per million tokens, where the price is not known.")
@click.option("--tries", type=click.IntRange(1), default=3, show_default=True, help="While answers cannot be read.")
@click.option("--max-failures", type=click.IntRange(0), metavar="N", help="Stop when more articles than this fail.")
@click.option("--shard", default="1/1", metavar="I/N", help="Do one part of the input; each needs its own RUN.")
@click.option("--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help="Where text, id, title … are read from.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where to run.")
@click.option("--actors", type=click.IntRange(1), default=2, show_default=True, help="For --engine ray.")
@click.option("--ray-address", metavar="URL", help="The cluster. Default: one on this machine.")
@click.option("--dry-run", is_flag=True, help="Only say what it would take, about.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def run_command(
    *,
    source: str,
    folder: Path,
    options: ModelOptions,
    workers: int | None,
    processes: int | None,
    rpm: float | None,
    tpm: float | None,
    budget: float | None,
    price: str | None,
    tries: int,
    max_failures: int | None,
    shard: str,
    mapped: tuple[str, ...],
    engine: str,
    actors: int,
    ray_address: str | None,
    dry_run: bool,
    quiet: bool,
) -> int:
    """Extract the articles of INPUT, or go on with it.

    INPUT is a folder of .txt and .html files, a .jsonl, .jsonl.gz, .csv or .parquet file, or - for JSON Lines on
    standard input.
    """
    choice = _choice(options)
    limits = Limits(
        workers=workers or (2 * (processes or cores()) + 2 if choice.is_embedded else _WORKERS),
        rates=Rates(rpm, tpm),
        retries=_retries(options.settings),
        tries=tries,
        budget_usd=budget,
        price=_read_price(price),
        max_failures=max_failures,
    )
    order = Order(
        source=Source(source, FieldMap.parse(mapped), options.settings.encoding),
        folder=folder,
        choice=choice,
        limits=limits,
        shard=read_shard(shard),
        processes=processes or cores(),
        quiet=quiet,
    )
    say_model(options)
    if dry_run:
        click.echo(estimate(order).describe())
        return 0
    cluster = Cluster(actors=actors, shards=_SHARDS_PER_ACTOR * actors, address=ray_address)
    return _run(order, cluster if engine == "ray" else None)


@batch.command("status")
@click.argument("folder", type=_RUN, metavar="RUN")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def status_command(*, folder: Path, as_json: bool) -> None:
    """Say how a run stands, while it runs or after it died."""
    summary = summarise(folder, now=time.time())
    click.echo(summary.to_json() if as_json else _described(summary, folder))


@batch.command("export")
@click.argument("folder", type=_RUN, metavar="RUN")
@click.option("--to", type=click.Choice(["jsonl", "parquet", "csv"]), default="jsonl", show_default=True)
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="PATH", help="The file (jsonl) or folder.")
def export_command(*, folder: Path, to: str, out: Path | None) -> None:
    """Write a run's results: results.jsonl, or tables/*.parquet, or tables/*.csv."""
    for path in export(folder, cast("Format", to), out=out):
        click.echo(str(path))


@batch.command("retry")
@click.argument("folder", type=_RUN, metavar="RUN")
@click.option(
    "--reason",
    type=click.Choice([*(fault.value for fault in Fault), INCOMPLETE]),
    metavar="FAULT",
    help="Only those status names so: unavailable, incomplete.",
)
def retry_command(*, folder: Path, reason: str | None) -> None:
    """Put failed articles back; the same run command then takes them up."""
    count = retry(folder, reason=reason)
    click.echo(f"llmx: {count:,} articles put back", err=True)


@batch.command("merge")
@click.argument("shards", type=_RUN, metavar="RUN…", nargs=-1, required=True)
@click.option("--out", "folder", required=True, type=_FOLDER, metavar="RUN", help="The run that takes them all.")
def merge_command(*, shards: tuple[Path, ...], folder: Path) -> None:
    """Join the runs of several shards into one."""
    count = merge(shards, folder)
    click.echo(f"llmx: {count:,} articles in {folder}", err=True)


@batch.command("submit")
@click.argument("source", metavar="INPUT|-")
@click.option("--out", "folder", required=True, type=_FOLDER, metavar="RUN", help="The run's folder.")
@model_options
@encoding_option
@click.option("--budget", type=click.FloatRange(0), metavar="USD", help="What all runs in RUN may spend together.")
@click.option("--price", metavar="IN/OUT", help="US dollars per million tokens, the full price, where it is not known.")
@click.option("--shard", default="1/1", metavar="I/N", help="Do one part of the input; each needs its own RUN.")
@click.option("--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help="Where text, id, title … are read from.")
def submit_command(
    *,
    source: str,
    folder: Path,
    options: ModelOptions,
    budget: float | None,
    price: str | None,
    shard: str,
    mapped: tuple[str, ...],
) -> int:
    """Hand INPUT to the provider's batch interface: half the price, within 24 hours. No article is asked twice."""
    order = _offline_order(source, folder, options, shard=shard, mapped=mapped)
    order = replace(order, limits=Limits(budget_usd=budget, price=_read_price(price)))
    with OpenAIBatches(order.choice.name, order.choice.settings) as endpoint:
        done = submit(order, endpoint, stderr=sys.stderr)
    click.echo(f"llmx: {done.requests:,} requests in {done.jobs:,} jobs; llmx batch poll takes the answers", err=True)
    if not done.is_short:
        return 0
    click.echo("llmx: the budget allows no more: submit again with a larger one, or once answers are in", err=True)
    return _STOPPED


@batch.command("poll")
@click.argument("source", metavar="INPUT|-")
@click.option("--out", "folder", required=True, type=_FOLDER, metavar="RUN", help="The run's folder.")
@model_options
@encoding_option
@click.option("--price", metavar="IN/OUT", help="US dollars per million tokens, the full price.")
@click.option("--shard", default="1/1", metavar="I/N", help="The part of the input that was submitted.")
@click.option("--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help="Where text, id, title … are read from.")
def poll_command(
    *, source: str, folder: Path, options: ModelOptions, price: str | None, shard: str, mapped: tuple[str, ...]
) -> int:
    """Take what the provider's batch interface has answered; with the same arguments as submit."""
    order = _offline_order(source, folder, options, shard=shard, mapped=mapped)
    order = replace(order, limits=Limits(price=_read_price(price)))
    with OpenAIBatches(order.choice.name, order.choice.settings) as endpoint:
        polled = poll(order, endpoint, stderr=sys.stderr)
    for line in polled.failed:
        click.echo(f"llmx: {line}", err=True)
    if polled.open:
        click.echo(f"llmx: {polled.open:,} jobs go on: poll again later", err=True)
    if polled.unsent:
        click.echo(f"llmx: {polled.unsent:,} requests were not answered: submit again", err=True)
    summary = summarise(folder, now=time.time())
    click.echo(_described(summary, folder), err=True)
    return _SOME_FAILED if summary.dead else 0


def _run(order: Order, cluster: Cluster | None) -> int:
    """Run, say how it ended, and give the exit code: dead letters of earlier runs count too."""
    if cluster is not None:
        stopped = _run_on_ray(order, cluster)
        code = _STOPPED if stopped else 0
    else:
        code = run(order, stderr=sys.stderr).exit_code
    summary = summarise(order.folder, now=time.time())
    click.echo(_described(summary, order.folder), err=True)
    if not code and not (summary.ok or summary.dead or summary.pending):
        click.echo(f"llmx: no articles in {order.source.name}: a folder gives its .txt and .html files", err=True)
    return code or (_SOME_FAILED if summary.dead else 0)


def _described(summary: Summary, folder: Path) -> str:
    """The summary in lines for people, its commands as a shell takes them."""
    return describe(summary, run=shlex.quote(str(folder)))


def _run_on_ray(order: Order, cluster: Cluster) -> bool:
    """Run on a cluster; gives whether a shard stopped before its end."""
    if order.source.name == "-" or order.shard.of > 1:
        raise ConfigError("--engine ray reads files, whole: give neither - nor --shard", setting="engine")
    stopped = [done for done in run_clustered(order, cluster) if done.why != "done"]
    for done in stopped:
        click.echo(f"llmx: shard {done.shard} stopped: {done.why}", err=True)
    return bool(stopped)


def _offline_order(source: str, folder: Path, options: ModelOptions, *, shard: str, mapped: tuple[str, ...]) -> Order:
    return Order(
        source=Source(source, FieldMap.parse(mapped), options.settings.encoding),
        folder=folder,
        choice=offline_choice(_choice(options)),
        shard=read_shard(shard),
    )


def _retries(settings: Settings) -> Retries:
    """When a request is sent again, by the settings; "too many requests" is no fault, and tried no less than usual."""
    tries = settings.max_retries + 1
    return Retries(tries=tries, refusals=max(tries, Retries().refusals), timeout_s=settings.timeout_s)


def _choice(options: ModelOptions) -> Choice:
    """How articles are extracted.

    Raises:
        ConfigError: A setting was changed that counts for a single article alone.
    """
    if options.settings.budget_usd is not None:
        raise ConfigError("budget_usd is for a single article: give a run --budget USD", setting="budget_usd")
    if options.settings.max_wait_s != Settings.max_wait_s:
        raise ConfigError("max_wait_s is for a single article: a run waits out every Retry-After", setting="max_wait_s")
    return Choice(
        model=options.model,
        schema=options.schema,
        prompt=options.prompt,
        on_unsupported=options.on_unsupported,
        settings=options.settings,
    )


def read_shard(text: str) -> Shard:
    """A shard from `I/N`.

    Raises:
        ConfigError: It is none.
    """
    index, slash, of = text.partition("/")
    if slash and index.isdecimal() and of.isdecimal() and 1 <= int(index) <= int(of):
        return Shard(int(index), int(of))
    raise ConfigError(f"cannot read the shard {text!r}: write I/N with I from 1 to N, such as 2/8", setting="shard")


def _read_price(text: str | None) -> Price | None:
    if text is None:
        return None
    sent, slash, received = text.partition("/")
    try:
        price = Price(float(sent), float(received))
    except ValueError:
        slash = ""
        price = Price(0.0, 0.0)
    if not slash or min(price.input_usd, price.output_usd) < 0:
        raise ConfigError(f"cannot read the price {text!r}: write IN/OUT, such as 0.25/2.00", setting="price")
    return price
