"""Events: who did what to whom, from a lexicon of triggers with frames.

    events = find_events(analysis, words, clauses, sorts)

`triggers` finds the words that name an event, `clauses` reads who stands where around them, `sorts` tells what a phrase
is, `frames` fills the roles, `modality` tells whether it happened, `merging` makes one record of several mentions, and
`typing` and `passage` decide what the article's opening is about.
"""

from llmx.rules.events.clauses import Clauses
from llmx.rules.events.find import find_events
from llmx.rules.events.found import FoundEvent
from llmx.rules.events.roles import Part
from llmx.rules.events.sides import Side, sides_of
from llmx.rules.events.sorts import Sorts

__all__ = ["Clauses", "FoundEvent", "Part", "Side", "Sorts", "find_events", "sides_of"]
