"""Worked examples: a short article of our own with the answer a model should give.

An example stands beside its template as `NAME.example.json`: `{"article": …, "answer": …}`. Its quotes are checked when
it is read, so that it never teaches a quote that does not stand in its article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from llmx.document import Article, Document
from llmx.errors import PromptError
from llmx.prompt.layout import numbered

_QUOTE = re.compile(r"(\d+)\|(.+)", re.DOTALL)
_RANGE = " ~ "


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example.

    Attributes:
        text: Its article; words that stand here and not in the asked article show that a model copied the example.
        sentences: The article as a prompt shows it, sentences numbered.
        answer: The answer, as compact JSON.
    """

    text: str
    sentences: str
    answer: str


def read_example(source: str, *, name: str) -> Example:
    """Read an example and check that every quote in its answer stands in its article.

    Args:
        source: The file's text.
        name: The file's name, for messages.

    Raises:
        PromptError: It is not `{"article": …, "answer": …}`, or a quote does not stand where it says.
    """
    try:
        row = json.loads(source)
    except ValueError as error:
        raise PromptError(f"{name} is not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(cast("dict[str, Any]", row).get("article"), str):
        raise PromptError(f'{name} is not an example: write {{"article": "…", "answer": {{…}}}}')
    fields = cast("dict[str, Any]", row)
    document = Document.from_article(Article(text=fields["article"]))
    for quote in _strings(fields.get("answer")):
        _require_quote(quote, document, name=name)
    return Example(
        text=document.text,
        sentences=numbered(document),
        answer=json.dumps(fields.get("answer"), ensure_ascii=False, separators=(",", ":")),
    )


def _require_quote(quote: str, document: Document, *, name: str) -> None:
    found = _QUOTE.fullmatch(quote)
    if found is None:
        return
    number, words = int(found.group(1)), found.group(2)
    if not 1 <= number <= len(document.sentences):
        raise PromptError(f"{name}: {quote!r} names sentence {number}, the example has {len(document.sentences)}")
    sentence = document.sentences[number - 1]
    first, bar, last = words.partition(_RANGE)
    at = document.text.find(first, sentence.start)
    if not sentence.start <= at < sentence.end or (bar and document.text.find(last, at + len(first)) < 0):
        raise PromptError(f"{name}: {quote!r} does not stand in the example's sentence {number}")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in cast("dict[str, Any]", value).values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in cast("list[Any]", value):
            yield from _strings(part)
