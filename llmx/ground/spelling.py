"""Spelling: whether a document writes a name as a value does.

A value's name must be the document's own, letter for letter but for inflection. A *transliteration* of it is another
choice among the spellings that one foreign sound can have (Qusayr, Kusair): it is no proof of an error, and no support.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from llmx.ground.names import is_form

_STEM = 4
_TAIL = 3
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsch|tch|sch|sh|ch", "x"),
        (r"kh|ck|q|c", "k"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"zh|dj", "j"),
        (r"w", "v"),
        (r"[ae][iy]", "e"),
        (r"i?yy?|iy|ij|ii|ee|ie|j(?=[aeiou])", "i"),
        (r"ou|oo|o", "u"),
        (r"(.)\1+", r"\1"),
    )
)
"""Spellings that transliterations choose between, and what stands for them all; applied in this order."""


def is_written(token: str, tokens: Collection[str]) -> bool:
    """Whether one of `tokens` is `token`, or an inflected form of it, or a name of the same country."""
    return token in tokens or any(is_form(token, other) or _is_inflected(token, other) for other in tokens)


def is_transliterated(token: str, tokens: Collection[str]) -> bool:
    """Whether one of `tokens` can be `token` in another transliteration."""
    mine = _sounds(token)
    return len(mine) >= _STEM and any(mine == _sounds(other) for other in tokens)


@lru_cache(maxsize=8192)
def _sounds(token: str) -> str:
    for pattern, sound in _SOUNDS:
        token = pattern.sub(sound, token)
    return token


@lru_cache(maxsize=8192)
def _is_inflected(first: str, second: str) -> bool:
    """Whether two tokens differ in their last letters alone, as by a case ending; in Latin script one is longer."""
    if first[0] != second[0] or first.isdigit():
        return False
    short, long = sorted((first, second), key=len)
    if short.isascii() and long.isascii():
        return len(short) > _STEM and long.startswith(short) and len(long) - len(short) <= _TAIL
    shared = next((at for at, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    return shared >= _STEM and len(long) - shared <= _TAIL
