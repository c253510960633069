"""The tally: what a run has done so far, for the progress line and the closing summary."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from llmx.batch.caller import Caller
from llmx.batch.feed import Chunk
from llmx.batch.rows import Attempt, Fault, Settled

_NOT_THE_ARTICLES = frozenset({Fault.UNAVAILABLE, Fault.TIMEOUT, Fault.REFUSED, Fault.CRASH})
"""Faults that, many in a row, tell of the server or the settings rather than of articles."""

_WINDOW_S = 60.0
"""The rate is that of the last minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A run at one instant.

    Attributes:
        ok: Articles that got a result in this run.
        dead: Articles that became dead letters in this run.
        skipped: Articles that were settled before it.
        total: Positions of the input; `None` where unknown.
        elapsed_s: Since the start.
        per_s: Articles a second, of the last minute.
        input_tokens: Tokens sent.
        output_tokens: Tokens received.
        cost_usd: What was spent in this run; `None` where the price is unknown.
        limit: Requests that may be in flight now.
        in_flight: Requests that are.
        held_s: How long all callers still wait for a server's Retry-After.
    """

    ok: int = 0
    dead: int = 0
    skipped: int = 0
    total: int | None = None
    elapsed_s: float = 0.0
    per_s: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0
    limit: int = 0
    in_flight: int = 0
    held_s: float = 0.0

    @property
    def eta_s(self) -> float | None:
        """Seconds until the end at this rate; `None` where it cannot be told."""
        if self.total is None or self.per_s <= 0:
            return None
        return max(0, self.total - self.ok - self.dead - self.skipped) / self.per_s


class Tally:
    """Counts what workers settle. Used by one event loop."""

    def __init__(self, *, started: float, total: int | None) -> None:
        self._started = started
        self.total = total
        self.ok = self.dead = self.skipped = 0
        self.in_a_row = 0
        self._input_tokens = self._output_tokens = 0
        self._cost_usd: float | None = 0.0
        self._marks: deque[tuple[float, int]] = deque([(started, 0)])

    def opened(self, chunk: Chunk) -> None:
        """A chunk of the input was taken up."""
        self.skipped += chunk.ok + chunk.dead + chunk.repeated

    def settled(self, row: Settled) -> None:
        """An article came to its end."""
        if row.stored is None:
            self.dead += 1
            self.in_a_row += row.reason in _NOT_THE_ARTICLES
        else:
            self.ok += 1
            self.in_a_row = 0
        self.spent(row.attempts)
        if row.stored is not None and not row.attempts:
            self._add(
                row.stored.input_tokens, row.stored.output_tokens, row.stored.cost_usd if row.stored.calls else 0.0
            )

    def spent(self, attempts: tuple[Attempt, ...]) -> None:
        """Requests were sent."""
        for attempt in attempts:
            known = (
                attempt.cost_usd if attempt.cost_usd is not None or attempt.outcome == "ok" else attempt.reserved_usd
            )
            self._add(attempt.input_tokens, attempt.output_tokens, known)

    def _add(self, input_tokens: int, output_tokens: int, cost_usd: float | None) -> None:
        self._input_tokens += input_tokens
        self._output_tokens += output_tokens
        self._cost_usd = None if self._cost_usd is None or cost_usd is None else self._cost_usd + cost_usd

    def snapshot(self, now: float, caller: Caller) -> Snapshot:
        """The run as it is now."""
        done = self.ok + self.dead
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > _WINDOW_S:  # noqa: PLR2004 - two ends of a window
            self._marks.popleft()
        since, before = self._marks[0]
        return Snapshot(
            ok=self.ok,
            dead=self.dead,
            skipped=self.skipped,
            total=self.total,
            elapsed_s=now - self._started,
            per_s=(done - before) / (now - since) if now > since else 0.0,
            input_tokens=self._input_tokens,
            output_tokens=self._output_tokens,
            cost_usd=self._cost_usd,
            limit=caller.gate.limit,
            in_flight=caller.gate.active,
            held_s=max(0.0, caller.pace.held_until - now),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended.

    Attributes:
        why: In one word: `done`, `budget`, `failures`, `interrupted`, `terminated`.
        snapshot: The last count.
        notes: One line each for what the user should know.
    """

    why: str
    snapshot: Snapshot
    notes: tuple[str, ...] = field(default=())

    @property
    def exit_code(self) -> int:
        """What the command answers its caller."""
        code = _EXIT_CODES[self.why]
        return _SOME_FAILED if code == 0 and self.snapshot.dead else code


_EXIT_CODES: Mapping[str, int] = {"done": 0, "budget": 4, "failures": 4, "interrupted": 130, "terminated": 143}
_SOME_FAILED = 3
