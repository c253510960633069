"""Jobs: the ledger's memory of what was handed to a provider's batch interface.

A *job* is one file of requests; an *item* is one request in it, by its `custom_id`. A job's tag is made of the file, is
stored before anything is sent and travels in the job's metadata: after a crash it is looked up there first, so that no
job is submitted twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class JobState(StrEnum):
    """Where a job is."""

    PLANNED = "planned"
    """Its file is written; perhaps it was sent already: its tag tells."""
    SUBMITTED = "submitted"
    FETCHED = "fetched"
    """Its answers are in the ledger."""
    FAILED = "failed"
    """The provider would not have it; its items go into another job."""


class ItemState(StrEnum):
    """Where a request is."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"
    """The provider answered with an error that asking again will not mend."""
    UNSENT = "unsent"
    """It expired, was lost, or its job failed: it goes into another job."""


@dataclass(frozen=True, slots=True)
class StoredJob:
    """A job in the ledger."""

    tag: str
    file: str
    state: JobState
    requests: int
    provider_id: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A request in the ledger.

    Attributes:
        custom_id: Its name in the provider's files.
        job: The tag of the job it is in.
        key: The article it is for.
        digest: The digest of its body.
        state: Where it is.
        answer: The chat completion, or the error, as JSON.
        tries: Jobs it was in.
    """

    custom_id: str
    job: str
    key: str
    digest: str
    state: ItemState
    answer: str | None = None
    tries: int = 1


def put_job(connection: sqlite3.Connection, job: StoredJob, *, created: float) -> None:
    """Write a job, or what became of it."""
    connection.execute(
        "INSERT INTO batch_job (tag, provider_id, input_file, state, requests, created, detail) VALUES (?,?,?,?,?,?,?) "
        "ON CONFLICT (tag) DO UPDATE SET provider_id = excluded.provider_id, state = excluded.state, "
        "detail = excluded.detail",
        (job.tag, job.provider_id, job.file, job.state.value, job.requests, created, job.detail),
    )


def put_items(connection: sqlite3.Connection, items: Iterable[Item]) -> None:
    """Write requests, or what became of them."""
    connection.executemany(
        "INSERT INTO batch_item (custom_id, job, key, digest, state, answer, tries) VALUES (?,?,?,?,?,?,?) "
        "ON CONFLICT (custom_id) DO UPDATE SET job = excluded.job, state = excluded.state, answer = excluded.answer, "
        "tries = excluded.tries",
        [
            (item.custom_id, item.job, item.key, item.digest, item.state.value, item.answer, item.tries)
            for item in items
        ],
    )


def jobs_in(connection: sqlite3.Connection, *states: JobState) -> tuple[StoredJob, ...]:
    """The jobs in these states, oldest first."""
    rows = connection.execute(
        "SELECT tag, input_file, state, requests, provider_id, detail FROM batch_job ORDER BY created, tag"
    ).fetchall()
    found = (
        StoredJob(tag, file, JobState(state), count, remote, detail) for tag, file, state, count, remote, detail in rows
    )
    return tuple(job for job in found if job.state in states)


def items_of(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, list[Item]]:
    """The requests of these articles."""
    marks = ",".join("?" * len(keys))
    rows = connection.execute(
        f"SELECT custom_id, job, key, digest, state, answer, tries FROM batch_item WHERE key IN ({marks})",  # noqa: S608 - question marks alone
        keys,
    )
    found: dict[str, list[Item]] = {}
    for custom_id, job, key, digest, state, answer, tries in rows:
        found.setdefault(key, []).append(Item(custom_id, job, key, digest, ItemState(state), answer, tries))
    return found


def answer_item(
    connection: sqlite3.Connection, *, job: str, custom_id: str, state: ItemState, answer: str | None
) -> bool:
    """Note what came for a request of `job` that still waits; False where none of that name does."""
    done = connection.execute(
        "UPDATE batch_item SET state = ?, answer = ? WHERE custom_id = ? AND job = ? AND state = 'waiting'",
        (state.value, answer, custom_id, job),
    )
    return done.rowcount == 1


def give_back(connection: sqlite3.Connection, job: str, *, counted: bool) -> int:
    """Put requests of `job` for which nothing came back into the next one; gives how many.

    Args:
        connection: The ledger.
        job: The job's tag.
        counted: Whether it counts as a try; it does not where the provider would not have the job at all.
    """
    return connection.execute(
        "UPDATE batch_item SET state = 'unsent', tries = tries - ? WHERE job = ? AND state = 'waiting'",
        (0 if counted else 1, job),
    ).rowcount


def forget_answers(connection: sqlite3.Connection, keys: Sequence[str]) -> None:
    """Drop the answers of articles that are settled: their result is in the ledger."""
    connection.executemany("UPDATE batch_item SET answer = NULL WHERE key = ?", [(key,) for key in keys])


def close_attempts(connection: sqlite3.Connection, job: str, *, now: float, lost_cost_usd: float | None) -> None:
    """End what was set aside for requests of `job` that came to nothing; those answered are ended with their article.

    Args:
        connection: The ledger; asked before `give_back`.
        job: The job's tag.
        now: Seconds since 1970.
        lost_cost_usd: What a request costs for which nothing came back; `None` where that is unknown: then what was
            set aside for it counts as spent.
    """
    for state, outcome, cost in (
        (ItemState.UNSENT, "unavailable", 0.0),
        (ItemState.FAILED, "refused", 0.0),
        (ItemState.WAITING, "unavailable", lost_cost_usd),
    ):
        connection.execute(
            "UPDATE attempt SET ended = ?1, outcome = ?2, cost_usd = ?3 WHERE ended IS NULL "
            "AND key IN (SELECT key FROM batch_item WHERE job = ?4 AND state = ?5) "
            "AND detail IN (SELECT custom_id FROM batch_item WHERE job = ?4 AND state = ?5)",
            (now, outcome, cost, job, state.value),
        )


def set_aside_for(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, list[tuple[int, float]]]:
    """Attempts of these articles that have no end yet: number and what was set aside, by article."""
    marks = ",".join("?" * len(keys))
    rows = connection.execute(
        f"SELECT key, id, reserved_usd FROM attempt WHERE ended IS NULL AND detail <> '' AND key IN ({marks}) "  # noqa: S608 - question marks alone
        "ORDER BY id",
        keys,
    )
    found: dict[str, list[tuple[int, float]]] = {}
    for key, number, usd in rows:
        found.setdefault(key, []).append((int(number), float(usd)))
    return found
