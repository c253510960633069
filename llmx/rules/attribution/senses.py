"""Senses: cues that are deeds in news of war. There "attacked the town" attributes nothing to anybody."""

from __future__ import annotations

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import Analysis

_WAR = word_set(
    "killed wounded injured troops rebels rebel airstrike airstrikes strikes bombing bombings militants soldiers army"
    " shelling fighters gunmen guerrillas guerrilla missile missiles rockets artillery warplanes insurgents ceasefire"
    " offensive jets raids bombs explosion clashes militia jihadists terrorists bombardment"
)
DEEDS = word_set("attack target hit strike blast slam knock rip press push challenge fire block resist capture assail")
DEED_NOUNS = word_set(
    "attack campaign strike bid effort fire protest offensive call assault resistance hostility operation"
)
_LEAST = 2
_RATE = 150


def tells_of_war(analysis: Analysis) -> bool:
    """Whether words of war are frequent enough that cues such as "attack" mean deeds."""
    seen = len(list(filter(_WAR.__contains__, analysis.lowers)))
    return seen >= max(_LEAST, len(analysis) / _RATE)
