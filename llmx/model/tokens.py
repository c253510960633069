"""Tokens: how many a text will take, judged by its characters.

No tokenizer is used: each model has its own, and their tables would have to be fetched. The number of characters a
token holds starts at a cautious guess and is corrected by what the server reports.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST_CHARS_PER_TOKEN = 3.5
"""Numbered English news with a JSON schema; English prose alone has about 4.5."""

_WEIGHT = 0.2
_PLAUSIBLE = (0.5, 12.0)


@dataclass(slots=True)
class TokenGauge:
    """Characters per token of one model, corrected as answers come in.

    Attributes:
        chars_per_token: The present estimate.
    """

    chars_per_token: float = FIRST_CHARS_PER_TOKEN

    def estimate(self, chars: int) -> int:
        """Tokens that `chars` characters will take, rounded up."""
        return int(chars / self.chars_per_token) + 1

    def learn(self, chars: int, tokens: int) -> None:
        """Correct the estimate by a report: `chars` characters took `tokens` tokens."""
        if tokens <= 0 or chars <= 0:
            return
        seen = min(max(chars / tokens, _PLAUSIBLE[0]), _PLAUSIBLE[1])
        self.chars_per_token += _WEIGHT * (seen - self.chars_per_token)
