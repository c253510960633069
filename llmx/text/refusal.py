"""Refusals: why a quote has no place in a text."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a quote has no span."""

    MISSING = "missing-quote"
    AMBIGUOUS = "ambiguous-quote"
    NUMBER = "number-mismatch"
    DATE = "date-mismatch"
    NAME = "name-mismatch"
    NEGATION = "negation-mismatch"
    HEDGE = "hedge-mismatch"
    UNIT = "unit-mismatch"
