"""Leases: one pace for many processes. A process asks for some seconds' worth of requests at a time, and spaces them.

The one who hands out leases keeps the same pace as a single run (GCRA at 97 %); a lease is a stretch of it that nobody
else gets. What a process that dies had not used of its lease, at most a second of it, is lost.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol

from llmx.batch.allowance import Allowances
from llmx.batch.clock import Clock
from llmx.batch.pace import Lately, Meter, Rates

LEASE_S = 1.0
"""No lease lasts longer."""

_PASS_ON_S = 0.25
"""How often a process passes on what it heard of limits that did not change."""

_LATELY_S = 10.0


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
        self._leased: deque[tuple[float, int]] = deque(maxlen=1_000)

    def lease(self, wanted: int, tokens_each: float, *, given_back: float = 0.0) -> Lease:
        """A lease of at most `wanted` requests.

        Args:
            wanted: How many the process could send now.
            tokens_each: Tokens of one, estimated.
            given_back: Tokens that earlier requests did not use (negative: used beyond the estimate).
        """
        now = self._clock.now()
        self._requests.regain(now)
        self._tokens.regain(now)
        self._tokens.charge(-given_back, now)
        spacing = max(self._requests.spacing(now), tokens_each * self._tokens.spacing(now))
        count = max(1, min(wanted, math.floor(LEASE_S / spacing) if spacing > 0 else wanted))
        start = max(self._held_until, self._requests.ready_at(now), self._tokens.ready_at(now))
        self._requests.charge(count, start)
        self._tokens.charge(count * tokens_each, start)
        self._leased.append((now, count))
        return Lease(count, start - now, spacing)

    def hold(self, seconds: float) -> None:
        """Lease nothing for so long."""
        self._held_until = max(self._held_until, self._clock.now() + seconds)

    def hear(self, told: Allowances) -> None:
        """Keep to what the server says of its limits."""
        now = self._clock.now()
        self._requests.hear(told.requests, now)
        self._tokens.hear(told.tokens, now)

    def cut(self) -> None:
        """Requests were refused, so many that the rate is the cause."""
        now = self._clock.now()
        lately = [(at, count) for at, count in self._leased if now - at < _LATELY_S]
        seen = 0.9 * sum(count for _, count in lately) / max(now - lately[0][0], 1.0) * 60.0 if lately else None
        self._requests.cut(now, seen=seen)
        self._tokens.cut(now)


class RemoteLessor(Protocol):
    """A lessor in another process."""

    def lease(self, wanted: int, tokens_each: float, given_back: float) -> Awaitable[Lease]:
        """See `Lessor.lease`."""
        ...

    def hold(self, seconds: float) -> None:
        """See `Lessor.hold`."""
        ...

    def hear(self, told: Allowances) -> None:
        """See `Lessor.hear`."""
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
        self._lately = Lately()
        self._limits: tuple[float | None, float | None] = (None, None)
        self._told_at = float("-inf")

    @property
    def held_until(self) -> float:
        """When the hold ends, by the clock's `now`."""
        return self._held_until

    async def turn(self, tokens: float) -> None:
        """Wait until a request may go."""
        self._waiting += 1
        try:
            async with self._turnstile:
                # Looked at again after each wait: a hold may have begun meanwhile.
                while (wait_s := self._next_at - self._clock.now()) > 0 or self._must_ask:
                    if self._must_ask:
                        await self._renew(tokens)
                    else:
                        await self._clock.sleep(wait_s)
                self._left -= 1
                self._next_at += self._spacing_s
        finally:
            self._waiting -= 1

    @property
    def _must_ask(self) -> bool:
        return self._left < 1 or self._held_until > self._next_at

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

    def refused(self) -> None:
        """A request was refused for its rate."""
        if self._lately.refused(self._clock.now()):
            self._lessor.cut()

    def passed(self) -> None:
        """A request was let through by the server."""
        self._lately.passed(self._clock.now())

    def hear(self, told: Allowances) -> None:
        """Pass on what the server says of its limits; not every word, since all processes hear about the same."""
        limits = (told.requests.limit, told.tokens.limit)
        now = self._clock.now()
        if told.is_empty or (limits == self._limits and now - self._told_at < _PASS_ON_S and not _is_used_up(told)):
            return
        self._limits, self._told_at = limits, now
        self._lessor.hear(told)


def _is_used_up(told: Allowances) -> bool:
    return any(part.remaining is not None and part.remaining < 1 for part in (told.requests, told.tokens))
