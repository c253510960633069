"""Weights: how much each named feature speaks for or against, learned and kept as a table that can be read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from llmx.rules.attribution.clues import Clue, Known
from llmx.rules.attribution.ends import Ends

LEAST = 0.4
"""Likelihood from which a candidate is believed; on articles that taught no weight, lower ones gain little F1."""

_LEAST_ODDS = math.log(LEAST / (1 - LEAST))
_MOST_ODDS = 30.0


@dataclass(frozen=True)
class Weights:
    """Two tables: for cues, and for the places where a content ends.

    Attributes:
        cue: Feature to weight; their sum is the log odds that a candidate is an attribution.
        end: Feature to weight; their sum is the log odds that a content ends here, given that it came so far.
    """

    cue: Mapping[str, float]
    end: Mapping[str, float]

    @cached_property
    def of_cue(self) -> Callable[[Clue], float]:
        """What a clue weighs for a cue; those seen before are remembered."""
        return Known(self.cue).__getitem__

    @cached_property
    def ends(self) -> Ends:
        """The clues of ends and what they weigh."""
        return Ends(self.end)

    @cached_property
    def _slack(self) -> float:
        """The most that the size of a content can speak for it."""
        return max(0.0, *(weight for name, weight in self.cue.items() if name.startswith("size=")))

    def knows(self, lemma: str, stance: str) -> bool:
        """Whether a verb may be a cue without "that" or quotation marks: it is listed, or has a weight."""
        return not self.cue or stance != "none" or f"lemma={lemma}" in self.cue

    def hopeless(self, clues: Iterable[Clue]) -> bool:
        """Whether a candidate with these clues, its size not yet known, cannot reach `LEAST`."""
        return bool(self.cue) and sum(map(self.of_cue, clues)) + self._slack < _LEAST_ODDS


@lru_cache(maxsize=1)
def bundled_weights() -> Weights:
    """The weights of `llmx/lexicon/attribution_weights.tsv`."""
    tables: dict[str, dict[str, float]] = {"cue": {}, "end": {}}
    for line in files("llmx.lexicon").joinpath("attribution_weights.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            table, name, weight = line.split("\t")
            tables[table][name] = float(weight)
    return Weights(tables["cue"], tables["end"])


def probability(clues: Iterable[Clue], weigh: Callable[[Clue], float]) -> float:
    """The probability that the weights give to a candidate with these clues."""
    return chance(sum(map(weigh, clues)))


def chance(odds: float) -> float:
    """The probability of which `odds` are the log odds."""
    if -_MOST_ODDS < odds < _MOST_ODDS:
        return 1.0 / (1.0 + math.exp(-odds))
    return 1.0 / (1.0 + math.exp(-math.copysign(_MOST_ODDS, odds)))
