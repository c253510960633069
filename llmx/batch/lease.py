"""Leases: one pace for many processes. A process asks for some seconds' worth of requests at a time, and spaces them.

The one who hands out leases keeps the same pace as a single run (GCRA at 97 %); a lease is a stretch of it that nobody
else gets. What a process that dies had not used of its lease, at most a second of it, is lost.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Protocol

from llmx.batch.clock import Clock
from llmx.batch.pace import SHARE_USED, Meter, Rates

LEASE_S = 1.0
"""No lease lasts longer."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Leave to send some requests.

    Attributes:
        requests: How many.
        wait_s: Seconds until the first may go.
        spacing_s: Seconds from one to the next.
    """

    requests: int
    wait_s: float
    spacing_s: float


class Lessor:
    """Hands out leases of one account's pace. One process holds it; others ask it."""

    def __init__(self, rates: Rates, *, clock: Clock) -> None:
        self._clock = clock
        self._requests = Meter(rates.rpm)
        self._tokens = Meter(rates.tpm)
        self._held_until = float("-inf")

    def lease(self, wanted: int, tokens_each: float, *, given_back: float = 0.0) -> Lease:
        """A lease of at most `wanted` requests.

        Args:
            wanted: How many the process could send now.
            tokens_each: Tokens of one, estimated.
            given_back: Tokens that earlier requests did not use (negative: used beyond the estimate).
        """
        now = self._clock.now()
        self._tokens.charge(-given_back, now)
        spacing = self._spacing(tokens_each)
        count = max(1, min(wanted, math.floor(LEASE_S / spacing) if spacing > 0 else wanted))
        start = max(self._held_until, self._requests.ready_at(now), self._tokens.ready_at(now))
        self._requests.charge(count, start)
        self._tokens.charge(count * tokens_each, start)
        return Lease(count, start - now, spacing)

    def hold(self, seconds: float) -> None:
        """Lease nothing for so long."""
        self._held_until = max(self._held_until, self._clock.now() + seconds)

    def learn(self, *, rpm: float | None, tpm: float | None) -> None:
        """Take over limits that the server named."""
        for meter, limit in ((self._requests, rpm), (self._tokens, tpm)):
            if limit is not None:
                meter.learn(limit)

    def cut(self) -> None:
        """A request was refused without a word about the limit."""
        now = self._clock.now()
        self._requests.cut(now)
        self._tokens.cut(now)

    def _spacing(self, tokens_each: float) -> float:
        rpm, tpm = self._requests.per_minute, self._tokens.per_minute
        return max(60.0 / (rpm * SHARE_USED) if rpm else 0.0, tokens_each * 60.0 / (tpm * SHARE_USED) if tpm else 0.0)


class RemoteLessor(Protocol):
    """A lessor in another process."""

    def lease(self, wanted: int, tokens_each: float, given_back: float) -> Awaitable[Lease]:
        """See `Lessor.lease`."""
        ...

    def hold(self, seconds: float) -> None:
        """See `Lessor.hold`."""
        ...

    def learn(self, rpm: float | None, tpm: float | None) -> None:
        """See `Lessor.learn`."""
        ...

    def cut(self) -> None:
        """See `Lessor.cut`."""
        ...


class LeasedPace:
    """The pace of one process of several: its turns are those of its leases."""

    def __init__(self, lessor: RemoteLessor, *, clock: Clock) -> None:
        self._lessor = lessor
        self._clock = clock
        self._turnstile = asyncio.Lock()
        self._waiting = 0
        self._left = 0
        self._next_at = 0.0
        self._spacing_s = 0.0
        self._given_back = 0.0
        self._held_until = float("-inf")

    @property
    def held_until(self) -> float:
        """When the hold ends, by the clock's `now`."""
        return self._held_until

    async def turn(self, tokens: float) -> None:
        """Wait until a request may go."""
        self._waiting += 1
        try:
            async with self._turnstile:
                while self._left < 1 or self._held_until > self._next_at:
                    await self._renew(tokens)
                await self._clock.sleep(self._next_at - self._clock.now())
                self._left -= 1
                self._next_at += self._spacing_s
        finally:
            self._waiting -= 1

    async def _renew(self, tokens: float) -> None:
        given_back, self._given_back = self._given_back, 0.0
        lease = await self._lessor.lease(self._waiting, tokens, given_back)
        self._left = lease.requests
        self._next_at = self._clock.now() + lease.wait_s
        self._spacing_s = lease.spacing_s

    def settle(self, *, estimated: float, used: float, more_requests: int = 0) -> None:
        """Note what a request did not use; it goes back with the next lease. More requests come out of this one."""
        self._given_back += estimated - used
        self._left -= more_requests
        self._next_at += more_requests * self._spacing_s

    def hold(self, seconds: float) -> None:
        """Send nothing for so long, here and elsewhere."""
        self._held_until = max(self._held_until, self._clock.now() + seconds)
        self._lessor.hold(seconds)

    def refused(self, *, named: bool) -> None:
        """A request was refused for its rate."""
        if not named:
            self._lessor.cut()

    def passed(self) -> None:
        """Nothing is learned from that here."""

    def learn(self, headers: Mapping[str, str]) -> bool:
        """Pass on the limits that the server names."""
        found = [headers.get(f"x-ratelimit-limit-{unit}", "") for unit in ("requests", "tokens")]
        rpm, tpm = (float(text) if text.isdecimal() and int(text) else None for text in found)
        if rpm is None and tpm is None:
            return False
        self._lessor.learn(rpm, tpm)
        return True
