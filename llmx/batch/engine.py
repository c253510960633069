"""Engines: what turns an article into what the ledger keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from llmx.batch.caller import Caller
from llmx.batch.rows import Stored
from llmx.document import Article


class Engine(Protocol):
    """What extracts articles in a run."""

    async def extract(self, article: Article) -> Stored:
        """Extract one article.

        Raises:
            LlmxError: It has no result.
        """
        ...

    async def close(self) -> None:
        """Free what it holds."""
        ...


EngineMaker = Callable[[Caller], Engine]
"""Makes the engine of a run, once the run knows how its requests are sent."""
