"""The portal: an event loop in a thread of its own, on which waiting calls run.

A caller that waits has no event loop; a client of a model belongs to the loop that opened it. So all waiting calls of
one extractor run on one loop, which lives until the connection is shut.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal

from llmx.model.network import NetworkModel
from llmx.port import Model

ResultT = TypeVar("ResultT")


class Portal:
    """A running loop; `shut` ends it."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._manager: AbstractContextManager[BlockingPortal] = start_blocking_portal()
        self._portal = self._manager.__enter__()

    def call(self, work: Callable[..., Coroutine[Any, Any, ResultT]], *arguments: Any) -> ResultT:
        """Run `work` on the loop and wait for it; who stops waiting (Ctrl-C) ends the work too."""
        asked = self._portal.start_task_soon(work, *arguments)
        try:
            return asked.result()
        finally:
            asked.cancel()

    def shut(self) -> None:
        """Close the model's connections on the loop that opened them, then end the loop."""
        if isinstance(self._model, NetworkModel):
            self._portal.call(self._model.aclose)
        self._manager.__exit__(None, None, None)
