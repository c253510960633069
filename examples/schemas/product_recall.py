"""A report class for product recalls: nothing but Pydantic and `Cited`."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from llmx import Cited


class Product(BaseModel):
    """One product that is called back."""

    name: Cited[str] = Field(description="Brand and model as written.")
    codes: tuple[Cited[str], ...] = Field(default=(), description="Model, lot or batch numbers.")
    units: Cited[int] | None = Field(default=None, description="How many were sold or delivered.")
    sold_from: Cited[date] | None = None
    sold_until: Cited[date] | None = None


class Harm(BaseModel):
    """What has happened so far."""

    what: Cited[str] = Field(description="Injury, fire, illness; in the text's words.")
    reports: Cited[int] | None = Field(default=None, description="How many reports there are of it.")


class ProductRecall(BaseModel):
    """A call-back of products from the market."""

    company: Cited[str] = Field(description="Who calls the product back.")
    announced_on: Cited[date] | None = None
    products: tuple[Product, ...] = ()
    hazard: Cited[str] = Field(description="What is dangerous about it.")
    harms: tuple[Harm, ...] = ()
    remedy: Cited[str] | None = Field(default=None, description="What buyers get: refund, repair, replacement.")
    advice: tuple[Cited[str], ...] = Field(default=(), description="What buyers should do; one item each.")
    authority: Cited[str] | None = Field(default=None, description="The authority that takes part.")
