"""Pace: requests and tokens per minute, spaced evenly, with one hold for all callers.

A limit is what the user asked for, or what the server's headers name where that is lower; what they say remains is
spread until its reset. Limits are kept by the generic cell rate algorithm (GCRA): each request moves a *theoretical
arrival time* on by its share of the minute, and the next one waits for it. Requests are let through one after another,
so a limit learned a moment ago already binds those that wait. Nothing is let through while a *hold* lasts: one caller's
Retry-After is everyone's.

Source: GCRA is ITU-T I.371; a bucket that fills by the minute instead lets twice the rate through in its first one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Protocol

from llmx.batch.allowance import Allowance, Allowances
from llmx.batch.clock import Clock

SHARE_USED = 0.97
"""Of a limit, so that two clocks that differ a little do not make a violation."""

_SLACK_S = 0.015
"""How early a request may be, to make good what timers overslept; a burst of no more than this many seconds' worth."""

_CUT = 0.5
"""A refusal without a word about the limit halves the rate: it may have been halved unannounced."""
_REGAIN = 1.01
"""A rate that was cut grows by this with each second without a refusal."""
_REGAIN_GUESS = 1.05
"""The same for a rate that nobody asked for or named: a guess may be far too low."""

_JUST_NOW_S = 2.0
_FEW = 3
_MANY = 0.1
"""Refusals just now, and their share of requests, that make the rate the cause."""

_LATELY_S = 10.0
_REMEMBERED = 2_000
"""Requests that tell how many went through lately."""

_LEAST = 6.0
"""Units a minute; a guess is never lower."""

_CUT_AGAIN_S = 5.0
"""One round of refusals is one cut."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Limits; `None` means none is known.

    Attributes:
        rpm: Requests a minute.
        tpm: Tokens a minute, sent and received together.
    """

    rpm: float | None = None
    tpm: float | None = None


class Meter:
    """One limit: so many units a minute, spaced by GCRA, and what the server says is left of it."""

    def __init__(self, per_minute: float | None) -> None:
        self.per_minute = per_minute
        self._asked = per_minute
        self._named: float | None = None
        self._arrival = 0.0
        self._cut_at = self._grown_at = self._named_at = float("-inf")
        self._ration_s = self._ration_arrival = 0.0
        self._ration_until = float("-inf")

    def ready_at(self, now: float) -> float:
        """When the next request may go."""
        rationed = self._ration_arrival if now < self._ration_until else now
        return max(now, rationed - _SLACK_S, self._arrival - _SLACK_S if self.per_minute is not None else now)

    def spacing(self, at: float) -> float:
        """Seconds from one unit to the next; 0 where nothing is known."""
        own = 60.0 / (self.per_minute * SHARE_USED) if self.per_minute is not None else 0.0
        return max(own, self._ration_s) if at < self._ration_until else own

    def charge(self, units: float, at: float) -> None:
        """Let a request of `units` go at the instant `at`; a negative charge gives back."""
        if at < self._ration_until:
            start = max(self._ration_arrival, at) if units > 0 else self._ration_arrival
            self._ration_arrival = min(start + units * self._ration_s, self._ration_until)
        if self.per_minute is not None:
            start = max(self._arrival, at) if units > 0 else self._arrival
            self._arrival = start + units * 60.0 / (self.per_minute * SHARE_USED)

    def hear(self, told: Allowance, now: float) -> None:
        """Keep to what the server says: its limit where that is the lower one, and what remains, spread to the reset.

        The same limit named again changes nothing: where the rate was cut since, refusals had shown that it is less.
        """
        if told.limit is not None and told.limit != self._named:
            self._named = told.limit
            if self.per_minute is None or told.limit < self.per_minute:
                self._named_at = now
            self.per_minute = self._most
            self._cut_at = float("-inf")
        if told.remaining is not None and told.reset_s is not None:
            self._ration_s = told.reset_s / max(told.remaining, 1.0)
            self._ration_until = now + told.reset_s
            used_up = told.remaining < 1
            self._ration_arrival = self._ration_until if used_up else min(self._ration_arrival, self._ration_until)

    @property
    def _most(self) -> float | None:
        """What was asked for or named, the lower of the two."""
        known = [limit for limit in (self._asked, self._named) if limit is not None]
        return min(known) if known else None

    def cut(self, now: float, *, seen: float | None = None) -> None:
        """Lower the rate after refusals; once in a round, and not in that in which the server named a lower limit.

        Args:
            now: The time.
            seen: What went through lately, units a minute: the first guess where no limit is known.
        """
        if now - max(self._cut_at, self._named_at) <= _CUT_AGAIN_S or (self.per_minute is None and seen is None):
            return
        self.per_minute = (seen or 0.0) if self.per_minute is None else self.per_minute * _CUT
        self.per_minute = max(self.per_minute, _LEAST)
        self._cut_at = now

    def regain(self, now: float) -> None:
        """Let a rate that was cut grow again towards what was asked for."""
        if self.per_minute is None or self._cut_at == float("-inf"):
            return
        since = now - max(self._grown_at, self._cut_at + _CUT_AGAIN_S)
        if since > 0:
            most = self._most
            grown = self.per_minute * (_REGAIN if most else _REGAIN_GUESS) ** min(since, 60.0)
            self.per_minute = grown if most is None else min(most, grown)
            self._grown_at = now


class Pacing(Protocol):
    """What spaces requests, for one process or for many."""

    @property
    def held_until(self) -> float:
        """When the hold ends, by the clock's `now`."""
        ...

    async def turn(self, tokens: float) -> None:
        """Wait until a request of `tokens` (estimated, both ways) may go, and charge for it."""
        ...

    def settle(self, *, estimated: float, used: float, more_requests: int = 0) -> None:
        """Correct the charge of a request by the tokens it used, and the requests it took beside the first."""
        ...

    def hold(self, seconds: float) -> None:
        """Let nothing through for so long; never shortens a hold."""
        ...

    def refused(self) -> None:
        """A request was refused for its rate."""
        ...

    def passed(self) -> None:
        """A request was let through by the server."""
        ...

    def hear(self, told: Allowances) -> None:
        """Keep to what a server's answer says of its limits."""
        ...


class Lately:
    """How requests fared in the last seconds."""

    def __init__(self) -> None:
        self._passed: deque[float] = deque(maxlen=_REMEMBERED)
        self._refused: deque[float] = deque(maxlen=_REMEMBERED)

    def passed(self, now: float) -> None:
        """One was let through."""
        self._passed.append(now)

    def refused(self, now: float) -> bool:
        """One was refused; gives whether the rate is the cause.

        A few refusals among many answers tell nothing of the rate, and their wait is enough.
        """
        self._refused.append(now)
        refused = sum(1 for at in self._refused if now - at < _JUST_NOW_S)
        passed = sum(1 for at in self._passed if now - at < _JUST_NOW_S)
        return refused >= _FEW and refused >= _MANY * (refused + passed)

    def per_minute(self, now: float) -> float | None:
        """Requests a minute that went through, a tenth less; `None` before any did."""
        lately = [at for at in self._passed if now - at < _LATELY_S]
        if not lately:
            return None
        return 0.9 * len(lately) / max(now - lately[0], _LATELY_S / 10) * 60.0


class Pace:
    """The pace of one account: all callers of a run take turns here."""

    def __init__(self, rates: Rates, *, clock: Clock) -> None:
        self._clock = clock
        self._requests = Meter(rates.rpm)
        self._tokens = Meter(rates.tpm)
        self._turnstile = asyncio.Lock()
        self._held_until = float("-inf")
        self._lately = Lately()

    @property
    def rates(self) -> Rates:
        """The limits as they are now."""
        return Rates(self._requests.per_minute, self._tokens.per_minute)

    @property
    def held_until(self) -> float:
        """When the hold ends, by the clock's `now`."""
        return self._held_until

    async def turn(self, tokens: float) -> None:
        """Wait until a request of `tokens` (estimated, both ways) may go, and charge for it."""
        async with self._turnstile:
            while True:
                now = self._clock.now()
                ready = max(self._held_until, self._requests.ready_at(now), self._tokens.ready_at(now))
                if ready <= now:
                    break
                await self._clock.sleep(ready - now)
            self._requests.charge(1, now)
            self._tokens.charge(tokens, now)

    def settle(self, *, estimated: float, used: float, more_requests: int = 0) -> None:
        """Correct the charge of a request by the tokens it used, and the requests it took beside the first."""
        now = self._clock.now()
        self._tokens.charge(used - estimated, now)
        if more_requests:
            self._requests.charge(more_requests, now)

    def hold(self, seconds: float) -> None:
        """Let nothing through for so long; never shortens a hold."""
        self._held_until = max(self._held_until, self._clock.now() + seconds)

    def refused(self) -> None:
        """A request was refused for its rate."""
        now = self._clock.now()
        if self._lately.refused(now):
            self._requests.cut(now, seen=self._lately.per_minute(now))
            self._tokens.cut(now)

    def passed(self) -> None:
        """A request was let through by the server."""
        now = self._clock.now()
        self._lately.passed(now)
        self._requests.regain(now)
        self._tokens.regain(now)

    def hear(self, told: Allowances) -> None:
        """Keep to what a server's answer says of its limits."""
        now = self._clock.now()
        self._requests.hear(told.requests, now)
        self._tokens.hear(told.tokens, now)
