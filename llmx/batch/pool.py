"""The pool: the embedded engine in several processes, since rules need processors and not a network.

A process that dies takes nobody along: what was in its hands is extracted again, alone, and an article that kills a
process twice is the one to blame.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from pydantic import BaseModel

from llmx.api import RULES, Extractor
from llmx.batch.caller import Caller
from llmx.batch.engine import Engine, EngineBrokenError, EngineMaker, where
from llmx.batch.rows import Stored
from llmx.document import Article
from llmx.errors import LlmxError

Build = Callable[[str], Extractor[BaseModel]]
"""Makes the extractor, in the process that uses it; it is sent there, so it must be a module's function or a method."""


class ProcessDiedError(EngineBrokenError):
    """The process that extracted an article died of it."""


@dataclass(frozen=True, slots=True)
class _Broken:
    """What an engine broke of, told while its own traceback is still there."""

    detail: str


def pooled(build: Build, *, processes: int) -> EngineMaker:
    """The embedded engine in `processes` processes."""

    def make(caller: Caller) -> Engine:
        del caller  # nothing is sent
        return PoolEngine(build, processes=processes)

    return make


def inline(build: Build) -> EngineMaker:
    """The embedded engine in this process, which has others beside it."""

    def make(caller: Caller) -> Engine:
        del caller  # nothing is sent
        return InlineEngine(build(RULES))

    return make


class InlineEngine:
    """An engine that extracts in the run's own thread: between two articles the run gets its turn."""

    def __init__(self, extractor: Extractor[BaseModel]) -> None:
        self._extractor = extractor

    async def extract(self, article: Article) -> Stored:
        """Extract one article.

        Raises:
            LlmxError: As `Extractor.extract`.
        """
        await asyncio.sleep(0)
        return Stored.of(self._extractor.extract(article))

    async def close(self) -> None:
        """Nothing is held."""


class PoolEngine:
    """An engine whose articles are extracted by other processes."""

    def __init__(self, build: Build, *, processes: int) -> None:
        self._build = build
        self._processes = processes
        self._pool = self._open(processes)
        self._single: ProcessPoolExecutor | None = None
        self._alone = asyncio.Lock()

    async def extract(self, article: Article) -> Stored:
        """Extract one article.

        Raises:
            LlmxError: As `Extractor.extract`.
            ProcessDiedError: The process died of it, twice.
        """
        pool = self._pool
        try:
            return _told(await asyncio.wrap_future(pool.submit(_extract, article)))
        except BrokenProcessPool:
            return _told(await self._again(article, pool))

    async def close(self) -> None:
        """End the processes."""
        for pool in (self._pool, self._single):
            if pool is not None:
                await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)

    async def _again(self, article: Article, broken: ProcessPoolExecutor) -> Stored | _Broken:
        """Extract an article that was in hand when a process died: alone, so that it is known whose fault it is."""
        async with self._alone:
            if self._pool is broken:
                self._pool = self._open(self._processes)
                broken.shutdown(wait=False, cancel_futures=True)
            single = self._single = self._single or self._open(1)
            try:
                return await asyncio.wrap_future(single.submit(_extract, article))
            except BrokenProcessPool as error:
                self._single = None
                single.shutdown(wait=False, cancel_futures=True)
                raise ProcessDiedError("the process that extracted it died, twice") from error

    def _open(self, processes: int) -> ProcessPoolExecutor:
        # Not forked: threads of the ledger and the feed may hold locks that no child would ever see freed.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare, initargs=(self._build,))


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Worker:
    """What a process of the pool has made once."""

    extractor: Extractor[BaseModel] | None = None


def _prepare(build: Build) -> None:
    # Ctrl-C goes to the whole group of processes; the run decides when these end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.extractor = build(RULES)
    # The engine's tables live as long as the process, and an article leaves no cycles: looking for garbage among
    # them took up to a twentieth of its time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


_COLLECT_AFTER = 20_000
"""Objects made and not freed before the collector looks: more than an article holds at once."""


def _end_with_parent() -> None:
    """End when the run's process ends: one that was killed cannot tell its children to."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _extract(article: Article) -> Stored | _Broken:
    assert _Worker.extractor is not None
    try:
        return Stored.of(_Worker.extractor.extract(article))
    except LlmxError:
        raise
    except Exception as error:  # noqa: BLE001 - told to the runner, which keeps it with the article
        return _Broken(where(error))


def _told(found: Stored | _Broken) -> Stored:
    """The result, or what the engine broke of, raised here."""
    if isinstance(found, _Broken):
        raise EngineBrokenError(found.detail)
    return found
