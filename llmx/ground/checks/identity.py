"""Identity: how well words fit an entity, by its name, its aliases and the places where it is mentioned.

A *fit* is a number: 3 when the words hold a full name or are a mention, 2 when they overlap a mention or hold all
distinguishing words of a name, 1 when they share a word with one or mean the same country, 0 when nothing agrees.
"""

from __future__ import annotations

from collections.abc import Iterable

from llmx.ground.context import Context
from llmx.ground.names import any_agrees, fold_tokens, name_tokens, proper_tokens, without_sides
from llmx.schema.citation import Citation
from llmx.schema.news import Entity

FULL, STRONG, WEAK, NONE = 3, 2, 1, 0


def fit(cite: Citation, entity: Entity) -> int:
    """How well the cited words fit `entity`."""
    if any(cite.span == mention.span for mention in entity.mentions):
        return FULL
    bare = without_sides(cite.quote)
    words = f" {' '.join(fold_tokens(bare))} "
    best = NONE
    for name in names_of(entity):
        tokens = name_tokens(name)
        if not tokens:
            continue
        if f" {' '.join(tokens)} " in words or f" {' '.join(fold_tokens(name))} " in words:
            return FULL
        best = max(best, _shared(name_tokens(bare), tokens))
    for mention in entity.mentions:
        if mention.quote == cite.quote:
            return FULL
        if cite.span.overlaps(mention.span):
            best = max(best, STRONG)
        others = without_sides(mention.quote)
        own = proper_tokens(others, capitalised=name_tokens(others))
        best = max(best, _shared(name_tokens(bare), own))
    return best


def names_of(entity: Entity) -> Iterable[str]:
    """The name and the aliases of `entity`."""
    return (*((entity.name,) if entity.name else ()), *entity.aliases)


def better_fit(cite: Citation, entity: Entity, context: Context) -> Entity | None:
    """Another entity that the words clearly name, where they fit `entity` less; else `None`."""
    own = fit(cite, entity)
    if own == FULL:
        return None
    for other in context.entities.values():
        if other.id != entity.id and fit(cite, other) == FULL and _named_in(cite, other):
            return other
    return None


def _named_in(cite: Citation, entity: Entity) -> bool:
    """Whether the words hold a name of `entity`, or are one of its mentions, and say little else."""
    bare = without_sides(cite.quote)
    words = proper_tokens(bare, capitalised=name_tokens(bare))
    if not words:
        return any(mention.span == cite.span for mention in entity.mentions)
    known = {token for name in names_of(entity) for token in name_tokens(name)}
    known.update(token for mention in entity.mentions for token in name_tokens(mention.quote))
    return all(any_agrees(word, known) for word in words)


def _shared(words: Iterable[str], tokens: Iterable[str]) -> int:
    known = tuple(tokens)
    agreeing = [word for word in words if any_agrees(word, known)]
    if not agreeing:
        return NONE
    return STRONG if len(agreeing) >= len(known) else WEAK
