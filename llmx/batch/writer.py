"""The writer: one thread that commits rows in groups.

A group is what came while the last one was being committed, up to 64 rows or 20 ms: the disk is synced once for all of
them. A row is acknowledged when its group is on disk and not before.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from llmx.batch.ledger import LEDGER, Ledger, told, write
from llmx.batch.rows import Row
from llmx.batch.steps import Step, Watch, unwatched
from llmx.errors import BatchError


@dataclass(frozen=True, slots=True)
class Grouping:
    """How rows are put together into one commit.

    Attributes:
        rows: At most this many.
        linger_s: At most this long after the first.
    """

    rows: int = 64
    linger_s: float = 0.02


@dataclass(frozen=True, slots=True)
class _Request:
    row: Row
    done: asyncio.Future[None]


class GroupWriter:
    """Commits rows of many workers in groups. Used by one event loop; owns the ledger's connection meanwhile."""

    def __init__(
        self, ledger: Ledger, recipe: str, *, grouping: Grouping | None = None, watch: Watch = unwatched
    ) -> None:
        self._ledger = ledger
        self._recipe = recipe
        self._grouping = grouping or Grouping()
        self._watch = watch
        self._queue: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._waiting = 0
        self._failure: BatchError | None = None
        self._thread = threading.Thread(target=self._commit_groups, name="llmx-ledger", daemon=True)
        self._thread.start()

    async def put(self, row: Row) -> None:
        """Write a row; returns once it is on disk.

        Raises:
            BatchError: It could not be written; nothing after it will be either.
        """
        if self._failure:
            raise self._failure
        done: asyncio.Future[None] = self._loop.create_future()
        self._queue.put(_Request(row, done))
        # A cancelled worker still leaves its row to be written: the answer is paid for.
        await asyncio.shield(done)

    async def close(self) -> None:
        """Write what is left and stop."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _commit_groups(self) -> None:
        last = False
        while not last:
            group, last = self._gather()
            if not group:
                continue
            failure = self._commit(group)
            try:
                self._loop.call_soon_threadsafe(_acknowledge, group, failure)
            except RuntimeError:  # the loop is gone: nobody waits any more
                return

    def _gather(self) -> tuple[list[_Request], bool]:
        """The next group, and whether it is the last one."""
        first = self._queue.get()
        if first is None:
            return [], True
        group = [first]
        deadline = time.monotonic() + self._grouping.linger_s
        while len(group) < self._grouping.rows:
            try:
                found = self._queue.get(timeout=max(0.0, min(deadline - time.monotonic(), _QUIET_S)))
            except queue.Empty:
                break
            if found is None:
                return group, True
            group.append(found)
        return group, False

    def _commit(self, group: Sequence[_Request]) -> BatchError | None:
        if self._failure:
            return self._failure
        connection = self._ledger.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            write(connection, [request.row for request in group], self._recipe)
            self._watch(Step.BEFORE_COMMIT)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._failure = told(error, self._ledger.folder / LEDGER)
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            return self._failure
        self._watch(Step.AFTER_COMMIT)
        return None


_QUIET_S = 0.002
"""A pause this long ends a group: nobody else is about to come, and the first has waited for nothing."""


def _acknowledge(group: Sequence[_Request], failure: BatchError | None) -> None:
    for request in group:
        if request.done.done():
            continue
        if failure is None:
            request.done.set_result(None)
        else:
            request.done.set_exception(failure)
