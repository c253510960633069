"""The feed: once it is closed, the ledger it looks things up in may be closed too."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from llmx.batch.feed import Feed
from llmx.batch.ledger import LEDGER, Ledger, connect
from llmx.batch.readers import Source
from llmx.batch.recipe import Recipe
from llmx.batch.records import Entry
from llmx.batch.replaced import Replaced

RECIPE = Recipe(model="m", schema_id="s", schema_sha256="0", prompt_id="p", prompt_sha256="0", llmx="0")


class Counting:
    """Counts how often it is shown entries."""

    def __init__(self) -> None:
        self.times = 0

    def see(self, placed: object) -> None:
        del placed
        self.times += 1


def await_readers() -> None:
    """Wait for the threads that read inputs."""
    for thread in threading.enumerate():
        if thread.name == "llmx-feed":
            thread.join(10)


def test_closed_feed_looks_nothing_up(tmp_path: Path, runs: Any) -> None:
    runs.articles(300)
    held = threading.Event()
    counting = Counting()

    def entries() -> Iterator[Entry]:
        with runs.input.open("rb") as stdin:
            yield from Source(str(runs.input)).entries(stdin)
        held.wait(10)

    async def read() -> None:
        with Ledger.locked(tmp_path / "run", watch=lambda _: None):
            known = connect(tmp_path / "run" / LEDGER, read_only=True)
            feed = Feed(entries(), RECIPE, known=known, replaced=cast("Replaced", counting))
            await feed.take()
            feed.close()
            known.close()

    asyncio.run(read())
    seen = counting.times
    held.set()
    await_readers()

    assert counting.times == seen
