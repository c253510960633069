"""Cues: the words that attribute, with what they do, what follows them, and how often they attribute at all.

The list (`cues.tsv`) says for each lemma its part of speech and stance (by hand), and its usual complements and how
often it was seen as a possible and as a real cue (counted by `benchmarks/rules/learn_attribution.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, cast, get_args

from llmx.lexicon.table import read_rows

PartOfSpeech = Literal["verb", "adjective", "noun"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue.

    Attributes:
        lemma: Its base form.
        part_of_speech: Verb, noun, or adjective behind a form of be.
        stance: What it does: one of the words of `llmx.schema.terms.Stance`.
        complements: The kinds of complement with which it usually attributes; empty where it was seen too seldom.
        seen: How often it was seen where it could be a cue.
        real: How often of those it was one.
    """

    lemma: str
    part_of_speech: PartOfSpeech
    stance: str
    complements: tuple[str, ...]
    seen: int
    real: int

    @property
    def reliability(self) -> float | None:
        """The share of its places in which it attributes; `None` where it was seen fewer than five times."""
        return self.real / self.seen if self.seen >= _FEW else None

    @property
    def ambiguous(self) -> bool:
        """Whether it attributes in fewer than half of its places."""
        return self.reliability is not None and self.reliability < _HALF


_FEW = 5
_HALF = 0.5


@lru_cache(maxsize=1)
def cues() -> Mapping[tuple[str, str], Cue]:
    """The cues by lemma and part of speech."""
    found: dict[tuple[str, str], Cue] = {}
    for lemma, kind, stance, complements, seen, real in read_rows("cues.tsv", columns=6):
        if kind not in get_args(PartOfSpeech):
            raise ValueError(f"{lemma}: {kind} is no part of speech of a cue")
        part = cast("PartOfSpeech", kind)
        found[lemma, kind] = Cue(lemma, part, stance, tuple(complements.split()), int(seen or 0), int(real or 0))
    return MappingProxyType(found)
