"""Engines: what turns an article into what the ledger keeps."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
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


class EngineBrokenError(Exception):
    """The engine broke on an article; the message says of what and where."""


def where(error: BaseException) -> str:
    """What broke and where, in one line; the article's text is no part of it."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    place = f" at {Path(last.filename).name}:{last.lineno} in {last.name}" if last else ""
    return f"{type(error).__name__}: {error}{place}"
