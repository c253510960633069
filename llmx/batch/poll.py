"""Polling: answers out of a provider's jobs, and results out of answers; each request is settled once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel

from llmx.api import Extractor
from llmx.batch.budget import Price
from llmx.batch.clock import Clock, SystemClock
from llmx.batch.feed import Shard
from llmx.batch.jobs import (
    Item,
    ItemState,
    JobState,
    StoredJob,
    answer_item,
    close_attempts,
    forget_answers,
    give_back,
    items_of,
    jobs_in,
    put_job,
    set_aside_for,
)
from llmx.batch.ledger import LEDGER, Ledger, lookup, transaction, write
from llmx.batch.offline import ReplayingEndpoint
from llmx.batch.provider import ENDED, BatchEndpoint, NotYetError, RemoteJob
from llmx.batch.published import Fields, part
from llmx.batch.recipe import Recipe, article_key
from llmx.batch.records import Entry
from llmx.batch.rows import Attempt, Fault, Place, Settled, Stored
from llmx.batch.steps import Step, Watch, unwatched
from llmx.batch.submit import HALF, file_of
from llmx.errors import LlmxError, ModelOutputError

_MOST_TRIES = 3
"""Jobs a request may be in before its article is a dead letter."""

_GROUP = 64
_OK, _TOO_MANY, _FIRST_SERVER_FAULT = 200, 429, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What turns answers into results.

    Attributes:
        entries: The input, as it was submitted.
        recipe: What makes keys.
        extractor: An extractor around `endpoint`.
        endpoint: What gives it the answers.
        price: The model's usual price; `None` where unknown.
        shard: Which part of the input.
        clock: The time.
        watch: Told of each step.
    """

    entries: Iterable[Entry]
    recipe: Recipe
    extractor: Extractor[BaseModel]
    endpoint: ReplayingEndpoint
    price: Price | None = None
    shard: Shard = field(default_factory=Shard)
    clock: Clock = field(default_factory=SystemClock)
    watch: Watch = unwatched


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of asking for the jobs.

    Attributes:
        fetched: Jobs whose answers are in the ledger now.
        open: Jobs that go on.
        failed: Why jobs failed, one line each.
        unsent: Requests that go into another job: submit again.
    """

    fetched: int
    open: int
    failed: tuple[str, ...]
    unsent: int


def fetch(ledger: Ledger, endpoint: BatchEndpoint, *, clock: Clock, watch: Watch = unwatched) -> Polled:
    """Ask for every submitted job, and take the answers of those that ended into the ledger.

    Raises:
        ModelError: The provider would not answer.
    """
    fetched, still, failed = 0, 0, list[str]()
    for job in jobs_in(ledger.connection, JobState.SUBMITTED):
        remote = endpoint.fetch(job.provider_id or "")
        if remote.status not in ENDED:
            still += 1
            continue
        try:
            _take(ledger, endpoint, job, remote, watch)
        except NotYetError:
            still += 1
            continue
        state = JobState.FAILED if remote.status == "failed" else JobState.FETCHED
        with transaction(ledger.connection, ledger.folder / LEDGER):
            # The lost lines of a job that was completed may have been charged; those of one that was not, are not.
            lost = None if remote.status == "completed" else 0.0
            close_attempts(ledger.connection, job.tag, now=clock.wall(), lost_cost_usd=lost)
            give_back(ledger.connection, job.tag, counted=state is JobState.FETCHED)
            ended = StoredJob(job.tag, job.file, state, job.requests, job.provider_id, remote.error or remote.status)
            put_job(ledger.connection, ended, created=clock.wall())
        fetched += 1
        if remote.status != "completed":
            failed.append(f"job {remote.id} {remote.status}: {remote.error or 'some requests were not answered'}")
    unsent = ledger.connection.execute("SELECT count(*) FROM batch_item WHERE state = 'unsent'").fetchone()[0]
    return Polled(fetched, still, tuple(failed), int(unsent))


def _take(ledger: Ledger, endpoint: BatchEndpoint, job: StoredJob, remote: RemoteJob, watch: Watch) -> None:
    """Take the lines of a job's files into the ledger.

    Raises:
        NotYetError: A file cannot be had at the moment.
    """
    for name in (remote.output_file, remote.error_file):
        if name is None:
            continue
        path = file_of(ledger, f"{job.tag}.{'out' if name == remote.output_file else 'err'}.jsonl")
        endpoint.download(name, path)
        rows = _rows(path)
        while group := list(islice(rows, _GROUP)):
            with transaction(ledger.connection, ledger.folder / LEDGER):
                for row in group:
                    state, answer = _judge(row)
                    answer_item(
                        ledger.connection, job=job.tag, custom_id=str(row.get("custom_id")), state=state, answer=answer
                    )
            watch(Step.JOB_FETCHED)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file; one that is torn is left out, and its request goes into another job."""
    with path.open("rb") as lines:
        for line in lines:
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict):
                yield cast("dict[str, Any]", row)


def _judge(row: Mapping[str, Any]) -> tuple[ItemState, str | None]:
    """What a line of an output or error file means for its request."""
    response = cast("Mapping[str, Any]", row.get("response") or {})
    status = response.get("status_code")
    if status == _OK:
        return ItemState.ANSWERED, json.dumps(response.get("body"))
    error = cast("Mapping[str, Any]", row.get("error") or response.get("body") or {})
    passing = status is None or status == _TOO_MANY or status >= _FIRST_SERVER_FAULT
    if passing and error.get("code") not in _LASTING:
        return ItemState.UNSENT, json.dumps(error)
    return ItemState.FAILED, json.dumps(error)


_LASTING = frozenset({"context_length_exceeded", "content_filter", "invalid_request_error"})
"""Codes of errors that asking again will not mend."""


def settle(ledger: Ledger, collection: Collection) -> tuple[int, int]:
    """Make results of all articles whose answers are there.

    Returns:
        How many articles got a result, and how many became dead letters.
    """
    ok = dead = 0
    entries = iter(collection.entries)
    number = ledger.last_attempt()
    with asyncio.Runner() as runner:
        while chunk := list(islice(entries, _GROUP)):
            keyed = {article_key(entry.article, collection.recipe): entry for entry in chunk if entry.article}
            if not keyed:
                continue
            known = lookup(ledger.connection, list(keyed))
            aside = set_aside_for(ledger.connection, list(keyed))
            rows: list[Settled] = []
            for key, items in items_of(ledger.connection, list(keyed)).items():
                state = known.get(key)
                if state is not None and state.is_settled:
                    continue
                row = _settle(collection, runner, keyed[key], items, number + len(rows) + 1)
                if row is not None:
                    rows.append(_ended(row, aside.get(key, [])))
            with transaction(ledger.connection, ledger.folder / LEDGER):
                write(ledger.connection, rows, collection.recipe.digest)
                forget_answers(ledger.connection, [row.place.key for row in rows])
            number += len(rows)
            ok += sum(1 for row in rows if row.stored is not None)
            dead += sum(1 for row in rows if row.stored is None)
    return ok, dead


def _ended(row: Settled, aside: list[tuple[int, float]]) -> Settled:
    """An article's end, with what was set aside for it: the first becomes what it took, the others cost nothing.

    Where no attempt tells what was taken (one request failed, another was answered), what was set aside stays spent.
    """
    if not aside or not row.attempts:
        return row
    (first, _), *others = aside
    taken = replace(row.attempts[0], id=first, reserved_usd=sum(usd for _, usd in aside))
    freed = (replace(taken, id=number, outcome="not-sent", cost_usd=0.0, reserved_usd=0.0) for number, _ in others)
    return replace(row, attempts=(taken, *(replace(one, input_tokens=0, output_tokens=0) for one in freed)))


def _settle(
    collection: Collection, runner: asyncio.Runner, entry: Entry, items: list[Item], number: int
) -> Settled | None:
    """An article's end; `None` while some of its requests are on their way."""
    place = Place(items[0].key, entry.seq, entry.source)
    failed = [item for item in items if item.state is ItemState.FAILED]
    worn = [item for item in items if item.state is ItemState.UNSENT and item.tries >= _MOST_TRIES]
    if failed or worn:
        item = (failed or worn)[0]
        fault = Fault.REFUSED if failed else Fault.UNAVAILABLE
        return Settled(place, None, tries=item.tries, reason=fault, detail=item.answer or "no answer came")
    if any(item.state is not ItemState.ANSWERED or item.answer is None for item in items):
        return None
    answers = {item.digest: json.loads(item.answer or "null") for item in items}
    collection.endpoint.load(answers)
    assert entry.article is not None
    attempt = _attempt(collection, items[0].key, answers, number)
    try:
        stored = Stored.of(runner.run(collection.extractor.aextract(entry.article)))
    except LlmxError as error:
        fault = Fault.OUTPUT if isinstance(error, ModelOutputError) else Fault.REFUSED
        return Settled(place, None, reason=fault, detail=str(error), attempts=(attempt,))
    return Settled(place, stored, tries=max(item.tries for item in items), attempts=(attempt,))


def _attempt(collection: Collection, key: str, answers: Mapping[str, Any], number: int) -> Attempt:
    """What the answers of an article took, as one attempt at half the price."""
    usages = [part(cast("Fields", answer), "usage") for answer in answers.values() if isinstance(answer, dict)]
    sent = sum(int(usage.get("prompt_tokens") or 0) for usage in usages)
    received = sum(int(usage.get("completion_tokens") or 0) for usage in usages)
    price = collection.price
    now = collection.clock.wall()
    return Attempt(
        id=number,
        key=key,
        started=now,
        ended=now,
        outcome="ok",
        detail="provider batch",
        input_tokens=sent,
        output_tokens=received,
        cost_usd=None if price is None else price.cost(sent, received) * HALF,
    )
