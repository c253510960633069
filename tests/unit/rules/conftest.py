"""What tests of the engine share: a text is read, and its records are told in short."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from llmx.document import Article, Document
from llmx.rules.engine import read

Row = dict[str, Any]
_ARTICLE = re.compile(r"\A(?:the|an?) ", re.IGNORECASE)


@pytest.fixture
def draft_of() -> Callable[[str], Row]:
    """The draft of a text."""
    return lambda text: read(Document.from_article(Article(text=text))).draft


@pytest.fixture
def event_of(draft_of: Callable[[str], Row]) -> Callable[[str], Row]:
    """The first event of a text."""
    return lambda text: draft_of(text)["events"][0]


@pytest.fixture
def roles_of(draft_of: Callable[[str], Row]) -> Callable[[str], set[tuple[str, str]]]:
    """Role and words of every participant of a text's events, without the article before them."""
    return lambda text: {
        (part["role"], _ARTICLE.sub("", part["cite"]["quote"]))
        for event in draft_of(text)["events"]
        for part in event["participants"]
    }
