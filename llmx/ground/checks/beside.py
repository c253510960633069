"""Beside: whether words stand with the name of an entity: a title before it, a description behind it."""

from __future__ import annotations

from collections.abc import Sequence

from llmx.ground.context import Context
from llmx.ground.names import fold_tokens, name_tokens
from llmx.lexicon.function_words import CLOSED
from llmx.schema.news import Entity

_BESIDE = 12


def is_mentioned(name: str, entity: Entity) -> bool:
    """Whether a mention holds the words of `name` one behind the other: then the document does, too."""
    words = " ".join(fold_tokens(name))
    return bool(words) and any(f" {words} " in f" {' '.join(fold_tokens(one.quote))} " for one in entity.mentions)


def stands_beside(title: str, entity: Entity, context: Context) -> bool:
    """Whether the title stands in a mention, or right before or behind one or the last word of the name."""
    if is_mentioned(title, entity):
        return True
    wanted = " ".join(fold_tokens(title))
    last = name_tokens(entity.name)[-1:] if entity.name else ()
    for mention in entity.mentions:
        around = context.text[max(0, mention.start - len(title) - _BESIDE) : mention.end + len(title) + _BESIDE]
        if _adjoins(wanted, fold_tokens(mention.quote), fold_tokens(around)):
            return True
    for index in context.reading.sentences_with(last[0]) if last else ():
        sentence = context.document.sentences[index].of(context.text)
        if _adjoins(wanted, last, fold_tokens(sentence)):
            return True
    return False


def _adjoins(wanted: str, name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether title and name stand side by side among `words`, with nothing but function words in between."""
    own = wanted.split()
    told = " ".join([word for word in words if word not in CLOSED or word in own])
    named = " ".join([word for word in name if word not in CLOSED])
    return f"{wanted} {named}" in told or f"{named} {wanted}" in told
