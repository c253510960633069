"""Interrupts: the first Ctrl-C or SIGTERM drains a run, the second stops it at once. Both are safe."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager

_WORDS = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}


@contextmanager
def interrupting(stop: Callable[[str], None], *, say: Callable[[str], None]) -> Generator[None]:
    """Within the block, signals stop the run. To be used on the running event loop, in the main thread.

    Args:
        stop: Called with `interrupted` or `terminated` at each signal.
        say: Tells the user what happens.
    """
    loop = asyncio.get_running_loop()
    times: list[str] = []

    def on_signal(word: str) -> None:
        times.append(word)
        if len(times) == 1:
            say(f"{word}: finishing what is in flight; once more stops at once. The same command resumes")
        stop(word)

    for number, word in _WORDS.items():
        loop.add_signal_handler(number, on_signal, word)
    try:
        yield
    finally:
        for number in _WORDS:
            loop.remove_signal_handler(number)
