"""The budget: money is set aside before a request is sent, and the rest given back when its answer came.

A reservation is an upper bound of what the request can cost, and is on disk before the request leaves. A kill can
therefore only count too much, never too little.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs, in US dollars per million tokens."""

    input_usd: float
    output_usd: float

    def cost(self, input_tokens: float, output_tokens: float) -> float:
        """US dollars for so many tokens."""
        return (input_tokens * self.input_usd + output_tokens * self.output_usd) / 1e6


class BudgetSpentError(Exception):
    """The next request does not fit into the budget; the run stops. Not an error of the article."""


class Budget:
    """What may be spent, what is spent and what is set aside. Used by one event loop."""

    def __init__(self, cap_usd: float, *, spent_usd: float) -> None:
        self.cap_usd = cap_usd
        self._spent = spent_usd
        self._reserved = 0.0
        self._changed = asyncio.Condition()

    @property
    def spent_usd(self) -> float:
        """Spent for certain."""
        return self._spent

    async def reserve(self, usd: float) -> None:
        """Set `usd` aside; waits while other requests may still give some back.

        Raises:
            BudgetSpentError: It does not fit, and nothing is coming back.
        """
        async with self._changed:
            while self._spent + self._reserved + usd > self.cap_usd:
                if self._reserved <= 0:
                    raise BudgetSpentError
                await self._changed.wait()
            self._reserved += usd

    async def settle(self, *, reserved: float, spent: float) -> None:
        """Turn a reservation into what was spent."""
        async with self._changed:
            self._reserved = max(0.0, self._reserved - reserved)
            if self._reserved < _DUST_USD:
                self._reserved = 0.0
            self._spent += spent
            self._changed.notify_all()


_DUST_USD = 1e-12
"""What sums of floats leave behind."""
