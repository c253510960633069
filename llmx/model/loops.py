"""Clients, one for each event loop: an async client belongs to the loop that opened it.

What holds a client is an async generator, since every loop ends those that are still open when it stops itself, and
those that nobody holds any more while it runs. So connections are closed even where no one asked for it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

ClientT = TypeVar("ClientT")


class PerLoop(Generic[ClientT]):
    """One client for each event loop that is alive.

    Args:
        holding: Opens a client, yields it once without waiting for anything, and closes it.
    """

    def __init__(self, holding: Callable[[], AsyncGenerator[ClientT]]) -> None:
        self._holding = holding
        self._held: WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[ClientT, AsyncGenerator[ClientT]]] = (
            WeakKeyDictionary()
        )
        self._lock = threading.Lock()

    async def client(self) -> ClientT:
        """The running loop's client, opened now if it has none."""
        loop = asyncio.get_running_loop()
        found = self._held.get(loop)
        if found is None:
            holder = self._holding()
            found = await anext(holder), holder
            with self._lock:
                for other in [known for known in self._held if known.is_closed()]:
                    del self._held[other]
                self._held[loop] = found
        return found[0]

    async def aclose(self) -> None:
        """Close the running loop's client, if it has one; a later request opens a new one."""
        with self._lock:
            found = self._held.pop(asyncio.get_running_loop(), None)
        if found is not None:
            await found[1].aclose()
