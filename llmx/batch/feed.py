"""The feed: hands entries of the input to workers, one each time they ask.

A thread reads ahead by two small chunks and no further, so memory does not grow with the input. It leaves out what the
ledger has settled already, what another shard does, and what a worker has in hand at the moment.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from llmx.batch.ledger import lookup, told
from llmx.batch.recipe import Recipe, article_key, in_shard, record_key
from llmx.batch.records import Entry
from llmx.batch.replaced import Replaced
from llmx.batch.rows import Place, Status
from llmx.errors import BatchError, LlmxError

_CHUNK = 128
"""Entries looked up at a time."""

_AHEAD = 2
"""Chunks read ahead."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of an input: `index` (from 1) of `of`; the parts are cut by key, so each article falls to one."""

    index: int = 1
    of: int = 1

    def __str__(self) -> str:
        return f"{self.index}/{self.of}" if self.of > 1 else ""


@dataclass(frozen=True, slots=True)
class Task:
    """An entry that is to be extracted, and its key."""

    place: Place
    entry: Entry


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the input.

    Attributes:
        tasks: What is to be done of it.
        read: Entries that were read for it (of this shard).
        ok: Those with a result already.
        dead: Those that are dead letters already.
        repeated: Those that a worker has in hand at the moment: the same article, word for word.
    """

    tasks: tuple[Task, ...]
    read: int = 0
    ok: int = 0
    dead: int = 0
    repeated: int = 0


class Feed:
    """The input of a run. Used by one event loop; reads in a thread of its own."""

    def __init__(
        self,
        entries: Iterable[Entry],
        recipe: Recipe,
        *,
        known: sqlite3.Connection,
        replaced: Replaced,
        shard: Shard | None = None,
    ) -> None:
        self._entries = iter(entries)
        self._recipe = recipe
        self._known = known
        self._replaced = replaced
        self._shard = shard or Shard()
        self._open: set[str] = set()
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Queue[Chunk | LlmxError | None] = asyncio.Queue()
        self._slots = threading.Semaphore(_AHEAD)
        self._ended = False
        self._asking = asyncio.Lock()
        self._looking = threading.Lock()
        self._tasks: deque[Task] = deque()
        self._chunks: deque[Chunk] = deque()
        threading.Thread(target=self._read, name="llmx-feed", daemon=True).start()

    async def take(self) -> Task | None:
        """The next entry to be done; `None` at the end of the input.

        Raises:
            LlmxError: The input cannot be read any further.
        """
        async with self._asking:
            while not self._tasks and not self._ended:
                found = await self._ready.get()
                self._slots.release()
                if found is None:
                    self._ended = True
                elif isinstance(found, LlmxError):
                    self._ended = True
                    raise found
                else:
                    self._chunks.append(found)
                    self._tasks.extend(found.tasks)
            return self._tasks.popleft() if self._tasks else None

    def passed(self) -> list[Chunk]:
        """The chunks that were opened since the last call, for the counts."""
        chunks = list(self._chunks)
        self._chunks.clear()
        return chunks

    def settled(self, key: str) -> None:
        """The ledger has the article now."""
        self._open.discard(key)

    def stop(self) -> None:
        """Read no further."""
        self._ended = True
        self._tasks.clear()
        self._slots.release()

    def close(self) -> None:
        """Read no further and look nothing up any more: from then on the ledger may be closed."""
        self.stop()
        with self._looking:
            pass  # what is being looked up is waited for

    def _read(self) -> None:
        try:
            for chunk in self._chunked():
                self._slots.acquire()
                if self._ended:
                    return
                self._send(chunk)
            self._send(None)
        except LlmxError as error:
            self._send(error)
        except sqlite3.Error as error:
            self._send(told(error, _ledger_path(self._known)))
        except OSError as error:
            self._send(BatchError(f"the input cannot be read any further: {error}"))

    def _send(self, chunk: Chunk | LlmxError | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self._ready.put_nowait, chunk)
        except RuntimeError:  # the loop is gone: nobody asks any more
            self._ended = True

    def _chunked(self) -> Iterator[Chunk]:
        mine = (
            (key, entry) for key, entry in self._keyed() if in_shard(key, index=self._shard.index, of=self._shard.of)
        )
        while found := list(islice(mine, _CHUNK)):
            yield self._sift(found)

    def _keyed(self) -> Iterator[tuple[str, Entry]]:
        """Every entry with its key, those of other shards too: what replaces an article may fall to another one."""
        while some := [(self._key(entry), entry) for entry in islice(self._entries, _CHUNK)]:
            with self._looking:
                if self._ended:
                    return
                self._replaced.see({entry.source: key for key, entry in some})
            yield from some

    def _key(self, entry: Entry) -> str:
        if entry.article is None:
            return record_key(entry.raw, entry.source, self._recipe)
        return article_key(entry.article, self._recipe)

    def _sift(self, found: list[tuple[str, Entry]]) -> Chunk:
        """Leave out what is done or in hand."""
        # In this order: a key is taken out of `_open` only once the ledger has it, so none is missed by both.
        fresh: dict[str, Entry] = {}
        for key, entry in found:
            if key not in self._open:
                fresh.setdefault(key, entry)
        self._open.update(fresh)
        with self._looking:
            known = lookup(self._known, list(fresh)) if fresh and not self._ended else {}
        done = {key: state for key, state in known.items() if state.is_settled}
        self._open.difference_update(done)
        places = {key: Place(key, entry.seq, entry.source) for key, entry in fresh.items()}
        return Chunk(
            tasks=tuple(Task(places[key], entry) for key, entry in fresh.items() if key not in done),
            read=len(found),
            ok=sum(1 for state in done.values() if state.status is Status.OK),
            dead=sum(1 for state in done.values() if state.status is Status.DEAD),
            repeated=len(found) - len(fresh),
        )


def _ledger_path(connection: sqlite3.Connection) -> Path:
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])
