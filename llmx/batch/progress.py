"""Progress: a run's state on standard error; a live line on a terminal, plain lines elsewhere, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.live import Live
from rich.text import Text

from llmx.batch.clock import Clock
from llmx.batch.tally import Snapshot

Show = Callable[[Snapshot], None]

_PLAIN_EVERY_S = 10.0


@contextmanager
def showing(stream: TextIO, *, quiet: bool, clock: Clock) -> Generator[Show]:
    """What shows a run on `stream` within the block."""
    if quiet:
        yield lambda _: None
    elif stream.isatty():
        with Live(console=Console(file=stream), transient=True, refresh_per_second=4) as live:
            yield lambda snapshot: live.update(Text(line(snapshot)))
    else:
        yield _Lines(stream, clock)


class _Lines:
    """A plain line now and then."""

    def __init__(self, stream: TextIO, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock
        self._next = clock.now() + _PLAIN_EVERY_S

    def __call__(self, snapshot: Snapshot) -> None:
        if self._clock.now() >= self._next:
            self._next = self._clock.now() + _PLAIN_EVERY_S
            self._stream.write(f"llmx: {line(snapshot)}\n")
            self._stream.flush()


def line(snapshot: Snapshot) -> str:
    """A snapshot in one line.

    Example:
        >>> line(Snapshot(ok=90, dead=1, total=1000, per_s=9.0, elapsed_s=10, input_tokens=5000, limit=16))
        '90 done · 1 failed · of 1,000 · 9.0/s · 5,000+0 tokens · 0.0000 USD · 0 of 16 in flight · 1 min 41 s left'
    """
    parts = [f"{snapshot.ok:,} done", f"{snapshot.dead:,} failed"]
    if snapshot.skipped:
        parts.append(f"{snapshot.skipped:,} before")
    if snapshot.total is not None:
        parts.append(f"of {snapshot.total:,}")
    parts.append(f"{snapshot.per_s:,.1f}/s")
    if snapshot.input_tokens or snapshot.output_tokens:
        parts.append(f"{snapshot.input_tokens:,}+{snapshot.output_tokens:,} tokens")
        parts.append("price unknown" if snapshot.cost_usd is None else f"{snapshot.cost_usd:,.4f} USD")
        parts.append(f"{snapshot.in_flight} of {snapshot.limit} in flight")
    if snapshot.held_s > 0:
        parts.append(f"held for {duration(snapshot.held_s)} by the server")
    if snapshot.eta_s is not None:
        parts.append(f"{duration(snapshot.eta_s)} left")
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """A length of time in its two largest units.

    Example:
        >>> duration(3725)
        '1 h 2 min'
    """
    rest = round(seconds)
    shown: list[str] = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        count, rest = divmod(rest, size)
        if count or (unit == "s" and not shown):
            shown.append(f"{count} {unit}")
    return " ".join(shown[:2])
