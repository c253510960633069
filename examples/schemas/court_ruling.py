"""A report class for court rulings: nothing but Pydantic and `Cited`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from llmx import Cited


class Party(BaseModel):
    """One side of the case."""

    name: Cited[str] = Field(description="Its name as the text gives it.")
    side: Cited[Literal["claimant", "defendant", "other"]] = Field(
        description="claimant also for appellant, plaintiff."
    )


class Order(BaseModel):
    """One thing the court ordered."""

    text: Cited[str] = Field(description="What is ordered, in the text's words.")
    amount: Cited[float] | None = Field(default=None, description="The sum to be paid, if it is one.")


class CourtRuling(BaseModel):
    """What a court decided, and why."""

    court: Cited[str]
    case_number: Cited[str] | None = Field(default=None, description="The case's own number or docket.")
    decided_on: Cited[date] | None = Field(default=None, description="The day of the decision.")
    judges: tuple[Cited[str], ...] = Field(default=(), description="The names of the judges who decided.")
    parties: tuple[Party, ...] = ()
    outcome: Cited[Literal["granted", "dismissed", "partly_granted", "referred_back"]] = Field(
        description="What became of the claim or appeal."
    )
    orders: tuple[Order, ...] = Field(default=(), description="One item for each order.")
    reasons: tuple[Cited[str], ...] = Field(default=(), description="The main reasons, in the text's words.")
    dissent: Cited[str] | None = Field(default=None, description="Who dissented, if anyone did.")
