"""Pace: requests and tokens per minute, spaced evenly, with one hold for all callers.

Both limits are kept by the generic cell rate algorithm (GCRA): each request moves a *theoretical arrival time* on by
its share of the minute, and the next one waits for it. Requests are let through one after another, so a limit learned a
moment ago already binds those that wait. Nothing is let through while a *hold* lasts: one caller's Retry-After is
everyone's.

Source: GCRA is ITU-T I.371; a bucket that fills by the minute instead lets twice the rate through in its first one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

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
    """One limit: so many units a minute, spaced by GCRA."""

    def __init__(self, per_minute: float | None) -> None:
        self.per_minute = per_minute
        self._asked = per_minute
        self._arrival = 0.0
        self._cut_at = self._grown_at = float("-inf")

    def ready_at(self, now: float) -> float:
        """When the next request may go."""
        if self.per_minute is None:
            return now
        return max(now, self._arrival - _SLACK_S)

    def charge(self, units: float, at: float) -> None:
        """Let a request of `units` go at the instant `at`; a negative charge gives back."""
        if self.per_minute is None:
            return
        spacing = 60.0 / (self.per_minute * SHARE_USED)
        self._arrival = max(self._arrival, at) + units * spacing if units > 0 else self._arrival + units * spacing

    def learn(self, per_minute: float) -> None:
        """Take over a limit that the server named, unless a lower one was asked for."""
        self.per_minute = min(per_minute, self._asked) if self._asked else per_minute
        self._cut_at = float("-inf")

    def cut(self, now: float, *, seen: float | None = None) -> None:
        """Lower the rate after a refusal that named no limit; once in a round.

        Args:
            now: The time.
            seen: What went through lately, units a minute: the first guess where no limit is known.
        """
        if now - self._cut_at <= _CUT_AGAIN_S or (self.per_minute is None and seen is None):
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
            grown = self.per_minute * (_REGAIN if self._asked else _REGAIN_GUESS) ** min(since, 60.0)
            self.per_minute = grown if self._asked is None else min(self._asked, grown)
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

    def refused(self, *, named: bool) -> None:
        """A request was refused for its rate; `named`: the server said what the limits are."""
        ...

    def passed(self) -> None:
        """A request was let through by the server."""
        ...

    def learn(self, headers: Mapping[str, str]) -> bool:
        """Learn from an answer's `x-ratelimit-*` headers; gives whether they name a limit."""
        ...


class Pace:
    """The pace of one account: all callers of a run take turns here."""

    def __init__(self, rates: Rates, *, clock: Clock) -> None:
        self._clock = clock
        self._requests = Meter(rates.rpm)
        self._tokens = Meter(rates.tpm)
        self._turnstile = asyncio.Lock()
        self._held_until = float("-inf")
        self._passed: deque[float] = deque(maxlen=_REMEMBERED)
        self._refused: deque[float] = deque(maxlen=_REMEMBERED)

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

    def refused(self, *, named: bool) -> None:
        """A request was refused for its rate; `named`: the server said what the limits are."""
        now = self._clock.now()
        self._refused.append(now)
        if not named and self._is_too_fast(now):
            self._requests.cut(now, seen=self._seen(now))
            self._tokens.cut(now)

    def _is_too_fast(self, now: float) -> bool:
        """Whether refusals are many: a few among many answers tell nothing of the rate, and their wait is enough."""
        refused = sum(1 for at in self._refused if now - at < _JUST_NOW_S)
        passed = sum(1 for at in self._passed if now - at < _JUST_NOW_S)
        return refused >= _FEW and refused >= _MANY * (refused + passed)

    def _seen(self, now: float) -> float | None:
        """Requests a minute that went through lately, a tenth less; `None` before any did."""
        lately = [at for at in self._passed if now - at < _LATELY_S]
        if not lately:
            return None
        return 0.9 * len(lately) / max(now - lately[0], _LATELY_S / 10) * 60.0

    def passed(self) -> None:
        """A request was let through by the server."""
        now = self._clock.now()
        self._passed.append(now)
        self._requests.regain(now)
        self._tokens.regain(now)

    def learn(self, headers: Mapping[str, str]) -> bool:
        """Learn from an answer's `x-ratelimit-*` headers; gives whether they name a limit.

        A limit becomes the rate. Where only "nothing remains" is known, that becomes a hold until the server's reset.
        """
        named = False
        for unit, meter in (("requests", self._requests), ("tokens", self._tokens)):
            limit = _number(headers.get(f"x-ratelimit-limit-{unit}"))
            if limit:
                meter.learn(limit)
                named = True
            elif _number(headers.get(f"x-ratelimit-remaining-{unit}")) == 0:
                self.hold(parse_duration(headers.get(f"x-ratelimit-reset-{unit}", "")) or 0.0)
        return named


def parse_duration(text: str) -> float | None:
    """Seconds of a header's duration: `1s`, `6m0s`, `20ms`, or a bare number of seconds; `None` if it is none.

    Example:
        >>> parse_duration("1m30.5s")
        90.5
    """
    bare = _number(text)
    if bare is not None:
        return bare
    seconds, number, unit = 0.0, "", ""
    for char in f"{text.strip()} ":
        if unit and (char.isdigit() or char in ". "):
            size, value = _UNITS.get(unit), _number(number)
            if size is None or value is None:
                return None
            seconds, number, unit = seconds + value * size, "", ""
        if char.isdigit() or char == ".":
            number += char
        elif number and char.isalpha():
            unit += char
        elif char != " ":
            return None
    return seconds if text.strip() and not number else None


_UNITS: Mapping[str, float] = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and 0 <= value < float("inf") else None
