"""Merge: several drafts of one article -> one draft, and the records of one report that mean the same -> one record.

Long articles are read in windows, and any article may be read in several passes. *Joining* puts their drafts side by
side, with ids that do not collide; grounding then judges the whole. *Merging* unites records of the grounded report
that are the same thing: evidence is united, links follow, and numbers are kept apart, never averaged.
"""

from llmx.merge.join import Joined, join_drafts
from llmx.merge.unite import merge_report

__all__ = ["Joined", "join_drafts", "merge_report"]
