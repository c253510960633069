"""Time, as an argument: what the limiter, the retries and the ledger ask for the time.

Two kinds of time that must not be mixed: *now* never jumps and measures waits, *wall* is the calendar's and is written
down.
"""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> float:
        """Seconds since some instant; never runs backwards."""
        ...

    def wall(self) -> float:
        """Seconds since 1970 (UTC)."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; a negative wait is none."""
        ...


class SystemClock:
    """The machine's time."""

    def now(self) -> float:
        """Seconds of the monotonic clock."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since 1970 (UTC)."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait on the running event loop."""
        await asyncio.sleep(max(0.0, seconds))
