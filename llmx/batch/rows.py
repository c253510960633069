"""Rows: what a run writes into its ledger, as frozen values.

A *dead letter* is an article that was given up, with the reason. An *attempt* is one request to a model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from llmx.result import Extraction


class Status(StrEnum):
    """What became of an article."""

    PENDING = "pending"
    """Known, and to be extracted: a dead letter that was put back."""
    OK = "ok"
    DEAD = "dead"
    """Given up; `reason` says why."""
    REPLACED = "replaced"
    """A failure of before: another content stands in its place of the input now. If it comes back, it is tried anew."""


class Fault(StrEnum):
    """Why an attempt, or an article, failed. The first word of a dead letter's reason."""

    RECORD = "bad-record"
    """No article could be read from the input."""
    DOCUMENT = "no-text"
    """The article has no text."""
    UNAVAILABLE = "unavailable"
    """The network, a 5xx answer or a rate limit, after all retries."""
    TIMEOUT = "timeout"
    REFUSED = "refused"
    """The model or its server said no, and will say it again."""
    OUTPUT = "bad-answer"
    """Answers came, and none could be read."""
    UNSUPPORTED = "unsupported"
    """`on_unsupported="raise"`, and a field was."""
    CRASH = "crash"
    """The engine itself broke on the article."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept of an extraction.

    Attributes:
        json: The extraction as it is published, one line.
        calls: Requests that gave it.
        input_tokens: Tokens sent in them.
        output_tokens: Tokens received.
        cost_usd: Their price; `None` where it is not known.
        kept: Values that were checked and came out.
        rejected: Reason code -> how many parts did not come out.
        warnings: The extraction's notes.
        complete: False when a part of the article was not read.
    """

    json: str
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    kept: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict[str, int])
    warnings: tuple[str, ...] = ()
    complete: bool = True

    @classmethod
    def of(cls, extraction: Extraction[Any]) -> Stored:
        """What is kept of `extraction`."""
        rejected: dict[str, int] = {}
        for rejection in extraction.rejections:
            rejected[rejection.reason.value] = rejected.get(rejection.reason.value, 0) + 1
        usage, verdicts = extraction.usage, extraction.verdicts
        return cls(
            json=extraction.to_json(),
            calls=usage.calls,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost_usd=usage.cost_usd,
            kept=verdicts.supported + verdicts.undecided,
            rejected=rejected,
            warnings=extraction.notes,
            complete=extraction.complete,
        )


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request to a model.

    Attributes:
        id: Its number in the ledger.
        key: The article it was for.
        started: When it was sent (or its money reserved), seconds since 1970.
        ended: When its answer came; `None` while that is unknown.
        outcome: `ok`, or a fault.
        detail: The fault in words.
        input_tokens: Tokens sent, as the server counts.
        output_tokens: Tokens received.
        cost_usd: What it cost; where it is `None`, what was reserved counts.
        reserved_usd: What it can cost at most.
    """

    id: int
    key: str
    started: float
    ended: float | None = None
    outcome: str = ""
    detail: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    reserved_usd: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in the input; it keeps the place at which it was seen first."""

    key: str
    seq: int
    source: str


@dataclass(frozen=True, slots=True)
class Settled:
    """An article's end: its result, or why it is a dead letter. Written in one transaction, with its attempts."""

    place: Place
    stored: Stored | None
    tries: int = 1
    reason: str = ""
    detail: str = ""
    attempts: tuple[Attempt, ...] = ()

    @property
    def status(self) -> Status:
        """Ok where there is a result."""
        return Status.DEAD if self.stored is None else Status.OK


@dataclass(frozen=True, slots=True)
class Reserved:
    """Money set aside, on disk before the request is sent."""

    attempt: Attempt


Row = Settled | Reserved
"""What the writer writes."""
