"""A report class for news of clinical trials: nothing but Pydantic and `Cited`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from llmx import Cited


class Arm(BaseModel):
    """One group of the trial."""

    treatment: Cited[str] = Field(description="What the group was given: the drug and dose, or placebo.")
    patients: Cited[int] | None = Field(default=None, description="How many were in it.")


class Result(BaseModel):
    """One measured result."""

    endpoint: Cited[str] = Field(description="What was measured, in the text's words.")
    finding: Cited[str] = Field(description="What was found, with its numbers, in the text's words.")
    significant: Cited[bool] | None = Field(default=None, description="Whether the text calls it significant, or not.")


class ClinicalTrial(BaseModel):
    """What a report says about a clinical trial."""

    drug: Cited[str]
    condition: Cited[str] = Field(description="The illness that is treated.")
    phase: Cited[Literal["1", "2", "3", "4"]] | None = None
    sponsor: Cited[str] | None = Field(default=None, description="Who runs or pays for the trial.")
    patients: Cited[int] | None = Field(default=None, description="How many took part in all.")
    arms: tuple[Arm, ...] = ()
    results: tuple[Result, ...] = ()
    side_effects: tuple[Cited[str], ...] = Field(default=(), description="One item each.")
    limits: tuple[Cited[str], ...] = Field(default=(), description="What the text says limits the result.")
    next_step: Cited[str] | None = Field(default=None, description="What is planned next.")
