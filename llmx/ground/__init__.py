"""Grounding: quotes become citations, values are checked against them, and what does not stand is taken out."""
