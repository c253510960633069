"""Presets: the figures of the field's own scorers, as they define them.

A preset reproduces its original, the known weaknesses with it: duplicates that cost nothing, a pairing that depends on
the order of a list. It is there to compare with published figures; llmx's own metrics are beside it.
"""

from llmx.eval.presets.choose import PRESETS, score_preset

__all__ = ["PRESETS", "score_preset"]
