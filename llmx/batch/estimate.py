"""Estimates: what a run will take, before anything is sent.

Up to 200 articles are read and counted; the rest of the input is taken to be like them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from llmx.batch.budget import Price
from llmx.batch.progress import duration
from llmx.batch.readers import count_entries
from llmx.batch.session import Order
from llmx.document import Article, Document
from llmx.errors import DocumentError
from llmx.prompt import load_template, render

_SAMPLE = 200
_BYTES_PER_TOKEN = 3.6
"""English news with numbered sentences; other scripts take more tokens, so that theirs is a low estimate."""

_OUTPUT_PER_INPUT = 1.3
"""Tokens of an answer for each of an article's: a record repeats the words that support it."""

_SECONDS_PER_REQUEST = 8.0
_SECONDS_PER_RULES = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a run will take, about.

    Attributes:
        articles: How many; of those that were read where the input cannot be counted.
        is_counted: Whether the input could be counted.
        bad: Share of records that are no articles.
        input_tokens: Tokens that will be sent.
        output_tokens: Tokens that will be received.
        price: What they cost; `None` where unknown.
        seconds: How long it takes.
    """

    articles: int
    is_counted: bool
    bad: float
    input_tokens: float
    output_tokens: float
    price: Price | None
    seconds: float

    @property
    def cost_usd(self) -> float | None:
        """US dollars, first tries alone."""
        return None if self.price is None else self.price.cost(self.input_tokens, self.output_tokens)

    def describe(self) -> str:
        """The estimate in lines for people."""
        counted = "" if self.is_counted else " at least (the input cannot be counted beforehand)"
        cost = "unknown (give --price IN/OUT)" if self.cost_usd is None else f"{self.cost_usd:,.2f} USD"
        lines = [
            f"articles: {self.articles:,}{counted}",
            f"tokens: {self.input_tokens:,.0f} in, {self.output_tokens:,.0f} out",
            f"cost: {cost}",
            f"time: {duration(self.seconds)}",
        ]
        if self.bad:
            lines.insert(1, f"bad records: {self.bad:.1%} of those read")
        return "\n".join(lines)


def estimate(order: Order) -> Estimate:
    """What `order` will take; nothing is sent and nothing is written.

    Raises:
        LlmxError: The input or the prompt cannot be read.
    """
    entries = list(islice(order.source.entries(sys.stdin.buffer), _SAMPLE))
    articles = [entry.article for entry in entries if entry.article is not None]
    counted = None if order.source.name == "-" else count_entries(order.source)
    total = (counted if counted is not None else len(entries)) / order.shard.of
    good = len(articles) / len(entries) if entries else 0.0
    measure = _nothing if order.choice.is_embedded else _measure(order)
    sizes = [measure(article) for article in articles]
    mean_in = sum(size[0] for size in sizes) / max(1, len(sizes))
    mean_out = sum(size[1] for size in sizes) / max(1, len(sizes))
    todo = total * good
    return Estimate(
        articles=round(total),
        is_counted=counted is not None,
        bad=1.0 - good if entries else 0.0,
        input_tokens=todo * mean_in,
        output_tokens=todo * mean_out,
        price=order.limits.price or order.choice.price(),
        seconds=_seconds(order, todo, mean_in + mean_out),
    )


def _nothing(article: Article) -> tuple[float, float]:
    del article
    return 0.0, 0.0


def _measure(order: Order) -> Callable[[Article], tuple[float, float]]:
    """What tells the tokens, in and out, of one article."""
    template = load_template(order.choice.prompt)

    def measure(article: Article) -> tuple[float, float]:
        try:
            document = Document.from_article(article)
        except DocumentError:
            return 0.0, 0.0
        messages = render(template, document, order.choice.schema)
        sent = sum(len(message.content.encode("utf-8", "surrogatepass")) for message in messages)
        own = len(document.text.encode("utf-8", "surrogatepass"))
        return sent / _BYTES_PER_TOKEN, own / _BYTES_PER_TOKEN * _OUTPUT_PER_INPUT

    return measure


def _seconds(order: Order, articles: float, tokens_each: float) -> float:
    """By whatever binds: processors, workers, requests or tokens a minute."""
    if order.choice.is_embedded:
        return articles * _SECONDS_PER_RULES / order.processes
    rates = order.limits.rates
    return max(
        articles * _SECONDS_PER_REQUEST / order.limits.workers,
        articles * 60.0 / rates.rpm if rates.rpm else 0.0,
        articles * tokens_each * 60.0 / rates.tpm if rates.tpm else 0.0,
    )
