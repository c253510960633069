"""Roles: whether a participant's role is one that the verb, the preposition beside it, and the event's type allow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.lexicon.function_words import word_set
from llmx.result import Path, Reason, Verdict
from llmx.schema.news import Event, Participant
from llmx.text.span import Span

_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is|are|be|got)\s+(?:\w+ly\s+|also\s+|then\s+|reportedly\s+)?\Z", re.IGNORECASE
)
_BY = re.compile(r"\bby\s+(?:the\s+|an?\s+)?\Z", re.IGNORECASE)
_ACTED_ON = frozenset({"victim", "target", "affected", "recipient"})
_ACTING = frozenset({"attacker", "actor", "giver", "supporter", "party", "mediator"})
_SURE = frozenset({"attacker", "actor", "victim", "target", "affected"})
_PLAINLY_ACTED_ON = frozenset({"victim", "target"})
_PLAINLY_ACTING = frozenset({"attacker", "giver", "supporter", "mediator"})
_VERB_GAP = re.compile(r"\s*(?:(?:the|an?|at|on|in|into|against|some|several)\s+)*\Z", re.IGNORECASE)
_SUBJECT_GAP = re.compile(
    r"\s+(?:(?:who|which|that|had|has|have|also|then|later|again|\w+ly|will|would|may|might|could)\s+)*\Z"
)
_OBJECT = re.compile(
    r"\s+(?:the|an?|his|her|its|their|our|some|several|at least|more than|up to|about|nearly|two|three|\d|[A-Z])",
    re.ASCII,
)
"""What follows a verb that acts; workers seized in May, without one, were seized."""
_BY_WINDOW = 40
_LEAD = 24
_AUXILIARY = word_set("was were been being is are be got had has have will would may might could to not never did")
_BE = word_set("was were been being is are be got")
_SUFFERING = word_set(
    """die flee fall suffer crash collapse lose receive drown sink burn perish survive face undergo get win obtain gain
    disappear vanish escape explode inherit take live sit stand sleep grow shrink rise return starve wait need want
    go run come become remain stay seem appear happen occur"""
)
"""Verbs whose subject does not act, or not on others."""
_VIOLENT = word_set(
    """armed_clash armed_offensive air_strike shelling_missile suicide_bomb remote_explosive grenade chemical_weapon
    attack abduction sexual_violence excessive_force mob_violence property_destruction looting"""
)
_PEACEFUL = word_set("agreement meeting statement aid natural_disaster election diplomatic legal_proceeding support")
_ONE_SIDED = word_set(
    "statement election sanction mobilization attribution_of_responsibility overflight base_established"
)
_PROTESTS = word_set("protest_with_intervention violent_demonstration")
_NEVER: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(_VIOLENT, frozenset({"giver", "mediator"})),
        **dict.fromkeys(_PEACEFUL, frozenset({"attacker"})),
        **dict.fromkeys(_ONE_SIDED, frozenset({"attacker", "victim", "giver", "mediator"})),
        **dict.fromkeys(_PROTESTS, frozenset({"giver", "mediator", "recipient"})),
        "agreement": frozenset({"attacker", "victim", "target"}),
        "meeting": frozenset({"attacker", "victim", "target"}),
        "natural_disaster": frozenset({"attacker", "supporter", "mediator", "party", "giver", "target"}),
        "aid": frozenset({"attacker", "target"}),
        "legal_proceeding": frozenset({"attacker", "giver", "mediator"}),
        "man_made_disaster": frozenset({"giver", "supporter", "mediator", "party"}),
        "intelligence_sharing": frozenset({"attacker", "victim"}),
        "peaceful_protest": frozenset({"attacker", "giver", "mediator", "recipient"}),
        "coup": frozenset({"giver", "mediator", "recipient"}),
        "arrest": frozenset({"giver", "mediator"}),
        "withdrawal": frozenset({"attacker", "victim", "giver"}),
    }
)
"""Event type -> roles that nobody has in it."""


def judge_role(participant: Participant, event: Event, context: Context, path: Path) -> Verdict:
    """What the words right around the trigger, and the event's type, tell of the role: killed by X, X killed."""
    rule = "participant.role"
    role = participant.role
    seen = _voice(participant.cite.span, event.trigger.span, context)
    if seen is not None and role in seen:
        return supported(path, rule) if role in _SURE else undecided(path, rule)
    if seen is not None and role in (_PLAINLY_ACTED_ON if seen == _ACTING else _PLAINLY_ACTING):
        side = "acts" if seen == _ACTING else "is acted on"
        detail = f"{participant.cite.quote[:60]!r} {side}, value says {role}"
        return contradicted(path, rule, Reason.VALUE_MISMATCH, detail)
    if role in _NEVER.get(event.type, ()):
        detail = f"an event of type {event.type} has no {role}"
        return contradicted(path, "participant.role-type", Reason.VALUE_MISMATCH, detail)
    return undecided(path, rule)


def _voice(cite: Span, trigger: Span, context: Context) -> frozenset[str] | None:
    """The roles of a phrase right before or behind the trigger's verb; `None` where they are not told."""
    text = context.text
    words = trigger.of(text).lower().split()
    auxiliaries = 0
    while auxiliaries < len(words) - 1 and words[auxiliaries] in _AUXILIARY:
        auxiliaries += 1
    form = context.verb(words[auxiliaries]) if words else None
    if form is None or form.lemma in _SUFFERING or not set(form.kinds) & set("dgn"):
        return None
    before = _PASSIVE.search(text, max(0, trigger.start - _LEAD), trigger.start)
    passive = "g" not in form.kinds and (before is not None or bool(_BE & set(words[:auxiliaries])))
    if passive:
        subject_end = before.start() if before is not None else trigger.start
        if cite.end <= subject_end:
            return _ACTED_ON if not text[cite.end : subject_end].strip() else None
        return _agent(cite, trigger, text)
    if cite.end <= trigger.start:
        active = "d" in form.kinds or bool({"will", "would", "had", "has", "have"} & set(words[:auxiliaries]))
        active = active and (len(words) > 1 or "n" not in form.kinds or _OBJECT.match(text, trigger.end) is not None)
        return _ACTING if active and _SUBJECT_GAP.fullmatch(text, cite.end, trigger.start) else None
    if cite.start < trigger.end:
        return None
    return _ACTED_ON if _VERB_GAP.fullmatch(text, trigger.end, cite.start) else None


def _agent(cite: Span, trigger: Span, text: str) -> frozenset[str] | None:
    """What a phrase behind a passive verb does: it acts, if `by` stands right before it."""
    if cite.start < trigger.end or set(",;:.") & set(text[trigger.end : cite.start]):
        return None
    near_by = cite.start - trigger.end < _BY_WINDOW
    return _ACTING if near_by and _BY.search(text, trigger.end, cite.start) else None
