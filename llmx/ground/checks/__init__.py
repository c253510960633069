"""Checks: whether a value follows from the words that are cited for it.

A *check* takes one record and its context and yields verdicts. It reads the document and the report, never a model, and
the same record gives the same verdicts. What happens to a contradicted value is decided in `ground.ground`.
"""

from llmx.ground.checks.registry import Check, verdicts_on

__all__ = ["Check", "verdicts_on"]
