"""Meant: whether words that often name an act do so here.

"She will visit Orlo" is a visit, "the wish to visit her one day" none; police question a man, critics question a plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from llmx.rules.events.clauses import Clauses
from llmx.rules.events.roles import Part
from llmx.rules.vocabulary import Trigger

_ACTS = frozenset(["change", "move", "party"])
_SPEAKING = frozenset(["office", "state", "body", "group", "capital", "name"])
_BURNT = frozenset(["site", "vehicle", "office"])
_QUESTIONED = frozenset(["person", "name", "pronoun", "force", "crowd"])


def is_meant(kind: str, trigger: Trigger, first: int, parts: Sequence[Part], clauses: Clauses) -> bool:
    """Whether an act is told, and by who can do it.

    Args:
        kind: The event's type.
        trigger: Its trigger.
        first: The trigger's first token.
        parts: Who and what takes part.
        clauses: The document's clauses.
    """
    if kind == "statement" and trigger.objects:
        return any(part.sort in _SPEAKING or part.kind == "government" for part in parts)
    if kind == "other:cyber attack" and trigger.anywhere:
        return not parts  # "the attack" alone; an attack on somebody may be of any kind
    group = clauses.group_at(first)
    if group is None:
        return True
    if kind == "legal_proceeding" and group.lemma == "question":
        return any(part.role == "recipient" and part.sort in _QUESTIONED for part in parts)
    if kind == "property_destruction" and group.lemma == "burn":
        return any(part.role == "target" and part.sort in _BURNT for part in parts)
    if kind == "other:visit":
        return group.form == "finite"
    if trigger.objects and trigger.frame in _ACTS and group.form == "infinitive":
        return clauses.group_at(group.first - 1) is not None  # "planned to close the border", not "a plea to"
    return True
