"""Steps: the named points at which a run may be killed and must still keep its promises.

A *step* marks the instant between two effects that cannot be made one. The code calls `watch(step)` there; in use that
does nothing, and the crash tests pass a watch that kills the process. A new effect on disk or network needs a new step:
the tests go through all members, so that a point nobody named is the only one that can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """Every point at which a crash is tested."""

    LEDGER_CREATED = "ledger-created"
    """The database file exists and has its tables; no run is recorded."""
    RUN_RECORDED = "run-recorded"
    ARTICLE_TAKEN = "article-taken"
    """A worker holds an article that nothing in the ledger mentions."""
    BEFORE_RESERVE = "before-reserve"
    AFTER_RESERVE = "after-reserve"
    """The reservation is on disk; the request was not sent."""
    BEFORE_SEND = "before-send"
    AFTER_ANSWER = "after-answer"
    """The answer is paid for and in memory alone."""
    BEFORE_COMMIT = "before-commit"
    """The rows are written, the transaction is open."""
    AFTER_COMMIT = "after-commit"
    """The transaction is on disk; the worker does not know yet."""
    RUN_DRAINED = "run-drained"
    """The last article is settled; the end of the run is not recorded."""
    EXPORT_OPENED = "export-opened"
    EXPORT_HALF = "export-half"
    """At least one row of an export is written to the temporary file."""
    BEFORE_RENAME = "before-rename"
    AFTER_RENAME = "after-rename"
    """The new file has its name; its directory is not synced."""
    JOB_PLANNED = "job-planned"
    """The articles of a provider's batch job are recorded; nothing was sent."""
    JOB_UPLOADED = "job-uploaded"
    JOB_SUBMITTED = "job-submitted"
    """The provider has the job; the ledger does not know its id."""
    JOB_RECORDED = "job-recorded"
    JOB_FETCHED = "job-fetched"
    """Some of a job's answers are settled, others not yet."""


Watch = Callable[[Step], None]
"""What is told of each step."""


def unwatched(step: Step) -> None:
    """Watch nothing: what a run uses unless a test says otherwise."""
