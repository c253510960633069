"""Identity: how well words fit an entity, by its name, its aliases and the places where it is mentioned.

A *fit* is a number: 3 when the words hold a full name or are a mention, 2 when they overlap a mention or hold all
distinguishing words of a name, 1 when they share a word with one or mean the same country, 0 when nothing agrees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from llmx.ground.context import Context
from llmx.ground.names import any_agrees, fold_tokens, name_tokens, named_in, without_sides
from llmx.lexicon.function_words import CLOSED
from llmx.schema.citation import Citation
from llmx.schema.news import Entity

FULL, STRONG, WEAK, NONE = 3, 2, 1, 0
_HEADED = re.compile(
    r"(?:[Aa]n?|[Tt]he|[Oo]ne|[Tt]wo|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s+(?:[a-z][\w’'-]*\s+){1,3}(?:of|from|at|for|in|with|to|on|by)\s"
)
"""A phrase whose own noun stands before the name: an executive of the bank is not the bank."""


_NOUN_BEHIND = re.compile(r"\s+([a-z]\w+)")


def fit(cite: Citation, entity: Entity) -> int:
    """How well the cited words fit `entity`."""
    words, tokens = _words(cite.quote)
    best = NONE
    for mention in entity.mentions:
        if mention.quote == cite.quote or (mention.start == cite.start and mention.end == cite.end):
            return FULL
        if mention.start < cite.end and cite.start < mention.end:
            best = STRONG
    for name in names_of(entity):
        own = name_tokens(name)
        if own and (f" {' '.join(own)} " in words or f" {' '.join(fold_tokens(name))} " in words):
            return FULL
        best = max(best, _shared(tokens, own)) if own else best
    if best == STRONG:
        return best
    return max((best, *(_shared(tokens, named_in(mention.quote)) for mention in entity.mentions)))


@lru_cache(maxsize=4096)
def _words(quote: str) -> tuple[str, tuple[str, ...]]:
    """The folded words of a phrase, and those that tell names apart."""
    bare = without_sides(quote)
    return f" {' '.join(fold_tokens(bare))} ", name_tokens(bare)


def names_of(entity: Entity) -> Iterable[str]:
    """The name and the aliases of `entity`."""
    return (*((entity.name,) if entity.name else ()), *entity.aliases)


def better_fit(cite: Citation, entity: Entity, context: Context, *, own: int) -> Entity | None:
    """Another entity that the words clearly name, where they fit `entity` less; else `None`. `own` is their fit."""
    if own == FULL and (entity.kind != "person" or any(mention.span == cite.span for mention in entity.mentions)):
        return None
    length = _held_length(cite, entity) if own == FULL else 0
    for other in context.entities.values():
        if other.id == entity.id or (own == FULL and (other.kind != "person" or _held_length(cite, other) <= length)):
            continue
        if fit(cite, other) == FULL and _named_in(cite, other):
            return other
    return None


def _held_length(cite: Citation, entity: Entity) -> int:
    """The words of the longest name of the entity that the cited words hold."""
    words = _words(cite.quote)[0]
    held = (fold_tokens(name) for name in names_of(entity))
    return max((len(name) for name in held if f" {' '.join(name)} " in words), default=0)


def is_side_of(quote: str, entity: Entity) -> bool:
    """Whether the phrase puts a person's name before a noun of its own: a Trump supporter is not Trump."""
    if entity.kind != "person":
        return False
    found = [(name, at) for name in names_of(entity) if (at := quote.find(name)) >= 0]
    found = found or [(last, at) for name in names_of(entity) if (at := quote.find(last := name.split()[-1])) >= 0]
    behind = [_NOUN_BEHIND.match(quote, at + len(name)) for name, at in found]
    return bool(behind) and all(one is not None and one.group(1) not in CLOSED for one in behind)


def is_headed(cite: Citation, entity: Entity) -> bool:
    """Whether the words name `entity` only behind a noun of their own: a former executive of the bank."""
    if any(mention.span == cite.span for mention in entity.mentions):
        return False
    headed = _HEADED.match(cite.quote)
    return headed is not None and not any(name in cite.quote[: headed.end()] for name in names_of(entity))


def _named_in(cite: Citation, entity: Entity) -> bool:
    """Whether the words hold a name of `entity`, or are one of its mentions, and say little else."""
    words = named_in(cite.quote)
    if not words or _HEADED.match(cite.quote) or is_side_of(cite.quote, entity):
        return any(mention.span == cite.span for mention in entity.mentions)
    known = {token for name in names_of(entity) for token in name_tokens(name)}
    known.update(token for mention in entity.mentions for token in name_tokens(mention.quote))
    return all(any_agrees(word, known) for word in words)


@lru_cache(maxsize=8192)
def _shared(words: tuple[str, ...], tokens: tuple[str, ...]) -> int:
    agreeing = sum(any_agrees(word, tokens) for word in words)
    if not agreeing:
        return NONE
    return STRONG if agreeing >= len(tokens) else WEAK
