"""Submitting: articles into files of requests, files into a provider's jobs; each request once.

With a budget, what a request can cost at most is set aside in the transaction that plans it: before anything is sent.
An article's requests go into one file, and all of them or none.
"""

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
from llmx.batch.budget import Price
from llmx.batch.clock import Clock, SystemClock
from llmx.batch.feed import Shard
from llmx.batch.jobs import Item, ItemState, JobState, StoredJob, items_of, jobs_in, put_items, put_job
from llmx.batch.ledger import LEDGER, Ledger, lookup, transaction, write
from llmx.batch.offline import Captured, CapturingEndpoint
from llmx.batch.provider import BatchEndpoint
from llmx.batch.recipe import Recipe, article_key, in_shard, record_key
from llmx.batch.records import Entry
from llmx.batch.replaced import Replaced
from llmx.batch.rows import Attempt, Fault, Place, Reserved, Settled
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


@dataclass(frozen=True, slots=True)
class Purse:
    """What submitting may spend.

    Attributes:
        cap_usd: What all that this ledger has sent may cost together.
        price: The model's usual price, of which the batch interface takes half.
        most_output_tokens: The longest answer.
    """

    cap_usd: float
    price: Price
    most_output_tokens: int

    def most_usd(self, line: bytes) -> float:
        """What a request can cost at most: no token is shorter than a byte."""
        return self.price.cost(len(line), self.most_output_tokens) * HALF


HALF = 0.5
"""What the batch interface charges of the usual price."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What was planned: how many requests, and whether the budget left some out."""

    requests: int
    is_short: bool = False


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
        purse: What may be spent; `None` for no limit.
        clock: The time.
        watch: Told of each step.
        source: The input's name; empty where it has none.
    """

    entries: Iterable[Entry]
    recipe: Recipe
    extractor: Extractor[BaseModel]
    endpoint: CapturingEndpoint
    shard: Shard = field(default_factory=Shard)
    limits: FileLimits = field(default_factory=FileLimits)
    purse: Purse | None = None
    clock: Clock = field(default_factory=SystemClock)
    watch: Watch = unwatched
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a file of requests, and what is set aside for it."""

    item: Item
    text: bytes
    usd: float = 0.0


def plan(ledger: Ledger, submission: Submission) -> Planned:
    """Write files of requests for all articles that have neither a result nor a request on its way."""
    planned = 0
    seen: set[str] = set()
    replaced = Replaced(ledger.connection, submission.recipe.digest, source=submission.source)
    groups = _Affordable(_groups(ledger, submission, seen, replaced), submission.purse, spent_usd=ledger.spent_usd())
    while count := _plan_job(ledger, submission, groups):
        planned += count
        seen.clear()  # from here on the ledger knows them
    if not groups.is_short:  # the input was read to its end
        ledger.replace(replaced.keys())
    return Planned(planned, groups.is_short)


class _Affordable:
    """Articles' requests, as long as the budget allows for the next article's."""

    def __init__(self, groups: Iterator[list[_Line]], purse: Purse | None, *, spent_usd: float) -> None:
        self._groups = groups
        self._purse = purse
        self._spent_usd = spent_usd
        self.is_short = False

    def __iter__(self) -> Iterator[list[_Line]]:
        return self

    def __next__(self) -> list[_Line]:
        if self.is_short:
            raise StopIteration
        group = next(self._groups)
        if self._purse is None:
            return group
        priced = [replace(line, usd=self._purse.most_usd(line.text)) for line in group]
        self._spent_usd += sum(line.usd for line in priced)
        self.is_short = self._spent_usd > self._purse.cap_usd
        if self.is_short:
            raise StopIteration
        return priced


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


def _groups(ledger: Ledger, submission: Submission, seen: set[str], replaced: Replaced) -> Iterator[list[_Line]]:
    """The requests that are to be sent, by article; `seen` holds the articles that the ledger does not know yet."""
    entries = iter(submission.entries)
    with asyncio.Runner() as runner:
        while chunk := list(islice(entries, 128)):
            placed = [(_key(entry, submission.recipe), entry) for entry in chunk]
            replaced.see({entry.source: key for key, entry in placed})
            keyed = dict(reversed(placed))
            shard = submission.shard
            mine = [key for key in reversed(keyed) if in_shard(key, index=shard.index, of=shard.of)]
            known = lookup(ledger.connection, mine) if mine else {}
            items = items_of(ledger.connection, mine) if mine else {}
            for key in mine:
                state = known.get(key)
                if (state is not None and state.is_settled) or key in seen:
                    continue
                seen.add(key)
                before = [] if state is not None else items.get(key, [])
                if before and not any(item.state is ItemState.UNSENT for item in before):
                    continue
                if group := list(_requests(ledger, submission, runner, (key, keyed[key]), before)):
                    yield group


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


def _plan_job(ledger: Ledger, submission: Submission, groups: Iterator[list[_Line]]) -> int:
    """Write one file, then the job and its items in one transaction; gives how many requests it holds."""
    lines: list[_Line] = []
    digest = hashlib.blake2b(digest_size=12)
    digest.update(str(_count_jobs(ledger)).encode())
    limits = submission.limits
    with replacing(file_of(ledger, _NEXT)) as temporary, temporary.open("wb") as out:
        size = longest = most = 0
        for group in groups:
            text = b"".join(line.text for line in group)
            out.write(text)
            digest.update(text)
            lines += (replace(line, text=b"") for line in group)
            size, longest, most = size + len(text), max(longest, len(text)), max(most, len(group))
            # The next article may be as long as the longest so far.
            if len(lines) + most > limits.requests or size + longest > limits.bytes:
                break
    if not lines:
        return 0
    tag = digest.hexdigest()
    name = f"{tag}.jsonl"
    file_of(ledger, _NEXT).replace(file_of(ledger, name))
    sync(file_of(ledger, name).parent)
    now = submission.clock.wall()
    with transaction(ledger.connection, ledger.folder / LEDGER):
        put_job(ledger.connection, StoredJob(tag, name, JobState.PLANNED, len(lines)), created=now)
        put_items(ledger.connection, (replace(line.item, job=tag) for line in lines))
        if submission.purse is not None:
            write(ledger.connection, _set_aside(lines, ledger.last_attempt() + 1, now), submission.recipe.digest)
    submission.watch(Step.JOB_PLANNED)
    return len(lines)


def _set_aside(lines: list[_Line], first: int, now: float) -> Iterator[Reserved]:
    """An attempt without an end for each request; its detail is the request's name."""
    for number, line in enumerate(lines, first):
        item = line.item
        yield Reserved(Attempt(number, item.key, now, detail=item.custom_id, reserved_usd=line.usd))


def _count_jobs(ledger: Ledger) -> int:
    """How many jobs there were: part of a tag, so that the same requests in a second job are told apart."""
    return int(ledger.connection.execute("SELECT count(*) FROM batch_job").fetchone()[0])


def _key(entry: Entry, recipe: Recipe) -> str:
    return record_key(entry.raw, entry.source, recipe) if entry.article is None else article_key(entry.article, recipe)


def file_of(ledger: Ledger, name: str) -> Path:
    """A file of requests or answers in the run's folder."""
    return ledger.folder / FILES / name
