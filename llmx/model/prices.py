"""Prices: what the tokens of a request cost, by the kept table of genai-prices.

Nothing is fetched: the table is the one installed. A model it does not know has no price, and its cost is `None`.
"""

from __future__ import annotations

from llmx.model.providers import OPENAI_URL, Target
from llmx.result import Usage

_PROVIDER_IDS = {
    "azure_openai": "azure",
    "bedrock": "aws",
    "gemini": "google",
    "generative-ai": "google",
    "xai": "x-ai",
}


def cost_usd(target: Target, usage: Usage, *, cached_tokens: int = 0) -> float | None:
    """What one request costs at `target` in US dollars; `None` where the price is not known.

    A server of one's own (`base_url`) has no price, whatever its models are called.

    Args:
        target: Where the model lives.
        usage: The request's tokens.
        cached_tokens: Those of the input that the server had in its cache.
    """
    if target.base_url not in (None, OPENAI_URL):
        return None
    from genai_prices import Usage as Tokens  # noqa: PLC0415 - its table takes a fifth of a second to load
    from genai_prices import calc_price  # noqa: PLC0415

    tokens = Tokens(
        input_tokens=usage.input_tokens,
        cache_read_tokens=min(cached_tokens, usage.input_tokens) or None,
        output_tokens=usage.output_tokens,
    )
    provider = _PROVIDER_IDS.get(target.provider, target.provider)
    try:
        return float(calc_price(tokens, target.model, provider_id=provider).total_price)
    except LookupError:
        return None
