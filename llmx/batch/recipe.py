"""Recipes and keys: what makes two extractions the same, so that none is paid for twice.

A *recipe* is everything but the article that changes an answer: model, schema, prompt, settings, and the version of
llmx whose checks decide. An article's *key* is the hash of its recipe and of the article itself. The same key is never
extracted again; another recipe gives other keys, and the results of the old one stay.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from llmx.document import Article

_KEY_BYTES = 16
"""128 bits: at 10^9 articles the chance of one collision is below 10^-20."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """All that changes an answer, the article apart.

    Attributes:
        model: The model's name, as provenance carries it.
        schema_id: The report class's name.
        schema_sha256: Digest of what is asked and published.
        prompt_id: The template's name.
        prompt_sha256: Digest of the template.
        settings: Every other argument that changes an answer; plain JSON values.
        llmx: The version whose checks decide.
    """

    model: str
    schema_id: str
    schema_sha256: str
    prompt_id: str
    prompt_sha256: str
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    llmx: str

    @cached_property
    def digest(self) -> str:
        """The recipe's name in the ledger: 32 hexadecimal digits."""
        return hashlib.blake2b(self.to_json().encode(), digest_size=_KEY_BYTES).hexdigest()

    def to_json(self) -> str:
        """The recipe as canonical JSON."""
        parts = {
            "model": self.model,
            "schema": [self.schema_id, self.schema_sha256],
            "prompt": [self.prompt_id, self.prompt_sha256],
            "settings": dict(self.settings),
            "llmx": self.llmx,
        }
        return json.dumps(parts, sort_keys=True, separators=(",", ":"), default=str)

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """Read what `to_json` gave."""
        parts = json.loads(text)
        return cls(
            model=parts["model"],
            schema_id=parts["schema"][0],
            schema_sha256=parts["schema"][1],
            prompt_id=parts["prompt"][0],
            prompt_sha256=parts["prompt"][1],
            settings=parts["settings"],
            llmx=parts["llmx"],
        )

    def differences(self, other: Recipe) -> tuple[str, ...]:
        """What changed from `other` to this one, in words; empty when nothing did."""
        changes: list[str] = []
        if self.model != other.model:
            changes.append(f"model ({other.model} -> {self.model})")
        if self.schema_sha256 != other.schema_sha256:
            changes.append(f"schema ({self.schema_id})")
        if self.prompt_sha256 != other.prompt_sha256:
            changes.append(f"prompt ({self.prompt_id})")
        names = sorted({*self.settings, *other.settings})
        changed = [name for name in names if self.settings.get(name) != other.settings.get(name)]
        if changed:
            changes.append(f"settings ({', '.join(changed)})")
        if self.llmx != other.llmx:
            changes.append(f"llmx ({other.llmx} -> {self.llmx})")
        return tuple(changes)


def article_key(article: Article, recipe: Recipe) -> str:
    """The key of `article` under `recipe`: 32 hexadecimal digits.

    Everything the article carries counts, its id too, since the published document shows it.
    """
    return _key(
        recipe,
        b"article",
        *(
            b"\x00" if part is None else b"\x01" + str(part).encode("utf-8", "surrogatepass")
            for part in (
                article.text,
                article.markup,
                article.id,
                article.published,
                article.outlet,
                article.title,
                article.url,
            )
        ),
    )


def record_key(raw: bytes, source: str, recipe: Recipe) -> str:
    """The key of a record in which no article could be read: by its bytes, and by its place where there are none."""
    return _key(recipe, b"record", raw, source.encode("utf-8", "surrogatepass"))


def shard_of(key: str, *, of: int) -> int:
    """The shard, from 1 to `of`, to which `key` falls."""
    return int(key[:15], 16) % of + 1


def in_shard(key: str, *, index: int, of: int) -> bool:
    """Whether `key` falls to shard `index` (from 1) of `of`."""
    return shard_of(key, of=of) == index


def _key(recipe: Recipe, *parts: bytes) -> str:
    """A hash in which every part's length counts, so that no two lists of parts read the same."""
    digest = hashlib.blake2b(digest_size=_KEY_BYTES, key=bytes.fromhex(recipe.digest))
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
