"""The gate: how many requests may be in flight, found out by trying.

*Slow start*: the limit doubles with every clean round (as many good answers as it allows, while it was used in full)
until the first refusal. After it, *additive increase, multiplicative decrease*: 0.8 of the limit at a refusal, at most
once in a cooldown, and 5 % more with each clean round.
"""

from __future__ import annotations

import asyncio
from collections import deque

from llmx.batch.clock import Clock

START = 16
_DOUBLE = 2.0
_CUT = 0.8
_GROW = 1.05
_COOLDOWN_S = 15.0


class Gate:
    """A semaphore whose size adapts. First come, first served; used by one event loop."""

    def __init__(self, most: int, *, clock: Clock, start: int = START) -> None:
        self._most = most
        self._clock = clock
        self._limit = float(min(most, start))
        self._active = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._slow_start = True
        self._cooldown_until = float("-inf")
        self._clean = 0
        self._saturated = False

    @property
    def limit(self) -> int:
        """How many may be in flight now."""
        return max(1, int(self._limit))

    @property
    def active(self) -> int:
        """How many are in flight."""
        return self._active

    async def enter(self) -> None:
        """Wait for a place."""
        if self._active < self.limit and not self._waiting:
            self._active += 1
            return
        self._saturated = True
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self.leave()
            raise

    def leave(self) -> None:
        """Give the place back."""
        self._active -= 1
        self._admit()

    def passed(self) -> None:
        """A good answer came."""
        self._clean += 1
        if self._clean < self.limit:
            return
        if self._saturated:
            factor = _DOUBLE if self._slow_start else _GROW
            self._limit = min(float(self._most), max(self._limit * factor, self._limit + 1))
            self._admit()
        self._clean, self._saturated = 0, bool(self._waiting)

    def refused(self) -> None:
        """The server said it is too much."""
        now = self._clock.now()
        self._clean = 0
        if now < self._cooldown_until:
            return
        self._slow_start = False
        self._limit = max(1.0, self._limit * _CUT)
        self._cooldown_until = now + _COOLDOWN_S

    def _admit(self) -> None:
        while self._waiting and self._active < self.limit:
            place = self._waiting.popleft()
            if not place.done():
                self._active += 1
                place.set_result(None)
