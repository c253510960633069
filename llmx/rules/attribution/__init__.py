"""Attribution: who says, thinks or wants what, by rules over an analysis.

    found = find_attributions(analyse(document), document)     # tuple of FoundAttribution, in the order of their cues

Patterns make candidates wherever the form of a sentence allows one; a table of weights, learned from annotated news and
kept as a text file, says how likely each is; the likely ones that do not contradict one another are kept, quotations
that continue them are added, and what stands beside them (addressee, medium, time, hedges) is read off.
"""

from llmx.rules.attribution.find import find_attributions
from llmx.rules.attribution.found import FoundAttribution

__all__ = ["FoundAttribution", "find_attributions"]
