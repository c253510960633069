"""Submitting: articles into files of requests, files into a provider's jobs; each request once."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from pydantic import BaseModel

from llmx.api import Extractor
from llmx.batch.atomic import replacing, sync
from llmx.batch.clock import Clock, SystemClock
from llmx.batch.feed import Shard
from llmx.batch.jobs import Item, ItemState, JobState, StoredJob, items_of, jobs_in, put_items, put_job
from llmx.batch.ledger import LEDGER, Ledger, lookup, transaction, write
from llmx.batch.offline import Captured, CapturingEndpoint
from llmx.batch.provider import BatchEndpoint
from llmx.batch.recipe import Recipe, article_key, in_shard, record_key
from llmx.batch.records import Entry
from llmx.batch.rows import Fault, Place, Settled, Status
from llmx.batch.steps import Step, Watch, unwatched
from llmx.errors import DocumentError

FILES = "batch"
"""The folder in RUN that holds the files of requests and answers."""

_NEXT = "next.jsonl"


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How large a file of requests may be. The provider's own bounds are 50,000 requests and 200 MB."""

    requests: int = 50_000
    bytes: int = 190_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What is to be submitted, and with what.

    Attributes:
        entries: The input.
        recipe: What makes keys.
        extractor: An extractor around `endpoint`.
        endpoint: What notes its requests.
        shard: Which part of the input.
        limits: How large a file may be.
        clock: The time.
        watch: Told of each step.
    """

    entries: Iterable[Entry]
    recipe: Recipe
    extractor: Extractor[BaseModel]
    endpoint: CapturingEndpoint
    shard: Shard = field(default_factory=Shard)
    limits: FileLimits = field(default_factory=FileLimits)
    clock: Clock = field(default_factory=SystemClock)
    watch: Watch = unwatched


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a file of requests."""

    item: Item
    text: bytes


def plan(ledger: Ledger, submission: Submission) -> int:
    """Write files of requests for all articles that have neither a result nor a request on its way.

    Returns:
        How many requests were planned.
    """
    planned = 0
    seen: set[str] = set()
    lines = _lines(ledger, submission, seen)
    while count := _plan_job(ledger, submission, lines):
        planned += count
        seen.clear()  # from here on the ledger knows them
    return planned


def send(ledger: Ledger, endpoint: BatchEndpoint, *, clock: Clock, watch: Watch = unwatched) -> int:
    """Submit every planned job; gives how many there were.

    Raises:
        ModelError: The provider would not, or could not be reached; what is planned stays planned.
    """
    waiting = jobs_in(ledger.connection, JobState.PLANNED)
    for job in waiting:
        # It may have been submitted in a run that was killed before it could note so.
        remote = endpoint.find(job.tag)
        if remote is None:
            file = endpoint.upload(file_of(ledger, job.file))
            watch(Step.JOB_UPLOADED)
            remote = endpoint.create(file, tag=job.tag)
            watch(Step.JOB_SUBMITTED)
        with transaction(ledger.connection, ledger.folder / LEDGER):
            done = StoredJob(job.tag, job.file, JobState.SUBMITTED, job.requests, remote.id)
            put_job(ledger.connection, done, created=clock.wall())
        watch(Step.JOB_RECORDED)
    return len(waiting)


def _lines(ledger: Ledger, submission: Submission, seen: set[str]) -> Iterator[_Line]:
    """The requests that are to be sent; `seen` holds the articles whose requests the ledger does not know yet."""
    entries = iter(submission.entries)
    with asyncio.Runner() as runner:
        while chunk := list(islice(entries, 128)):
            keyed = {_key(entry, submission.recipe): entry for entry in reversed(chunk)}
            shard = submission.shard
            mine = [key for key in reversed(keyed) if in_shard(key, index=shard.index, of=shard.of)]
            known = lookup(ledger.connection, mine) if mine else {}
            items = items_of(ledger.connection, mine) if mine else {}
            for key in mine:
                state = known.get(key)
                if (state is not None and state.status is not Status.PENDING) or key in seen:
                    continue
                seen.add(key)
                before = [] if state is not None else items.get(key, [])
                if not before or any(item.state is ItemState.UNSENT for item in before):
                    yield from _requests(ledger, submission, runner, (key, keyed[key]), before)


def _requests(
    ledger: Ledger, submission: Submission, runner: asyncio.Runner, keyed: tuple[str, Entry], items: list[Item]
) -> Iterator[_Line]:
    """The requests of one article that are not on their way; of one that was put back, all."""
    key, entry = keyed
    try:
        captured = _capture(submission, runner, entry)
    except DocumentError as error:
        fault = Fault.RECORD if entry.article is None else Fault.DOCUMENT
        row = Settled(Place(key, entry.seq, entry.source), None, reason=fault, detail=str(error))
        with transaction(ledger.connection, ledger.folder / LEDGER):
            write(ledger.connection, [row], submission.recipe.digest)
        return
    before = {item.digest: item for item in items}
    for number, request in enumerate(captured):
        old = before.get(request.digest)
        if old is not None and old.state in (ItemState.WAITING, ItemState.ANSWERED):
            continue
        custom_id = key if number == 0 else f"{key}.{number}"
        tries = old.tries + 1 if old is not None and old.state is ItemState.UNSENT else 1
        text = _line(custom_id, request)
        yield _Line(Item(custom_id, "", key, request.digest, ItemState.WAITING, tries=tries), text)


def _capture(submission: Submission, runner: asyncio.Runner, entry: Entry) -> tuple[Captured, ...]:
    if entry.article is None:
        raise DocumentError(entry.fault)
    runner.run(submission.extractor.aextract(entry.article))
    return submission.endpoint.take()


def _line(custom_id: str, request: Captured) -> bytes:
    row = {"custom_id": custom_id, "method": "POST", "url": "/v1/chat/completions", "body": request.body}
    return json.dumps(row, ensure_ascii=True).encode() + b"\n"


def _plan_job(ledger: Ledger, submission: Submission, lines: Iterator[_Line]) -> int:
    """Write one file, then the job and its items in one transaction; gives how many requests it holds."""
    items: list[Item] = []
    digest = hashlib.blake2b(digest_size=12)
    digest.update(str(_count_jobs(ledger)).encode())
    with replacing(file_of(ledger, _NEXT)) as temporary, temporary.open("wb") as out:
        size = longest = 0
        for line in lines:
            out.write(line.text)
            digest.update(line.text)
            items.append(line.item)
            size, longest = size + len(line.text), max(longest, len(line.text))
            # The next line may be as long as the longest so far.
            if len(items) >= submission.limits.requests or size + longest > submission.limits.bytes:
                break
    if not items:
        return 0
    tag = digest.hexdigest()
    name = f"{tag}.jsonl"
    file_of(ledger, _NEXT).replace(file_of(ledger, name))
    sync(file_of(ledger, name).parent)
    with transaction(ledger.connection, ledger.folder / LEDGER):
        job = StoredJob(tag, name, JobState.PLANNED, len(items))
        put_job(ledger.connection, job, created=submission.clock.wall())
        put_items(ledger.connection, (replace(item, job=tag) for item in items))
    submission.watch(Step.JOB_PLANNED)
    return len(items)


def _count_jobs(ledger: Ledger) -> int:
    """How many jobs there were: part of a tag, so that the same requests in a second job are told apart."""
    return int(ledger.connection.execute("SELECT count(*) FROM batch_job").fetchone()[0])


def _key(entry: Entry, recipe: Recipe) -> str:
    return record_key(entry.raw, entry.source, recipe) if entry.article is None else article_key(entry.article, recipe)


def file_of(ledger: Ledger, name: str) -> Path:
    """A file of requests or answers in the run's folder."""
    return ledger.folder / FILES / name
