"""Verdicts in short: what the checks yield.

Few checks have much to say: the same verdict on the same field of hundreds of records is one object.
"""

from __future__ import annotations

from functools import lru_cache

from llmx.result import Outcome, Path, Reason, Verdict


@lru_cache(maxsize=1024)
def supported(path: Path, rule: str) -> Verdict:
    """The value follows from its words."""
    return Verdict(path, Outcome.SUPPORTED, rule)


def contradicted(path: Path, rule: str, reason: Reason, detail: str) -> Verdict:
    """The words say something else; `detail` gives both sides."""
    return Verdict(path, Outcome.CONTRADICTED, rule, reason, detail)


@lru_cache(maxsize=1024)
def undecided(path: Path, rule: str, detail: str = "") -> Verdict:
    """The words neither bear the value out nor speak against it."""
    return Verdict(path, Outcome.UNDECIDED, rule, None, detail)
