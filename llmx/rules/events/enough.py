"""Enough: whether what a trigger and its parts tell makes an event of its own.

A verb without anybody who acts or suffers tells too little; a noun such as "the attack" may still be an event told
before.
"""

from __future__ import annotations

from llmx.rules.events.found import VIOLENT, FoundEvent
from llmx.rules.events.roles import Part
from llmx.rules.vocabulary import Trigger

_FLEEING = frozenset(["person", "crowd"])
_SIDES = 2
_MANY = frozenset(["leaders", "ministers", "presidents", "delegations", "sides", "parties", "negotiators", "envoys"])
_UNTOLD = frozenset(["victim", "victims", "dead", "casualties", "wounded", "injured"])
_NEEDED: dict[str, tuple[str, ...]] = {
    "harm": ("victim", "target", "affected"),
    "wound": ("victim", "target", "affected"),
    "mishap": ("affected",),
    "displace": ("affected",),
    "hit": ("target", "victim", "recipient"),
    "strike": ("target", "victim"),
    "explode": ("instrument", "target"),
    "plant": ("instrument",),
    "throw": ("instrument",),
    "arrest": ("recipient",),
    "befall": ("affected",),
    "aid": ("giver", "recipient"),
    "give": ("giver",),
    "clash": ("party",),
}
_PERSONAL = frozenset(
    [
        "other:appointment",
        "other:dismissal",
        "other:suspension",
        "other:inauguration",
        "other:impeachment",
        "other:release",
    ]
)
"""What is done to people alone."""
_OWNED = frozenset(["body", "name", "group"])
_OFFICIAL = frozenset(["government", "person", "igo"])
_SINGLE = frozenset(["person", "pronoun"])
_HELD = frozenset(["place", "site", "state", "capital", "name"])
"""What can be taken and held."""
_STRUCK = frozenset(["site", "vehicle", "thing"])
_FIGURATIVE = frozenset(
    ["market", "markets", "bank", "banks", "exchange", "business", "businesses", "website", "system"]
)
_CROWDS = frozenset(["person", "crowd"])
_MANY_PEOPLE = frozenset(["people", "men", "women", "children", "crowd", "police", "they", "them"])
_PEOPLE = frozenset(["person", "name", "pronoun", "force", "crowd", "number", ""])


def is_told_enough(event: FoundEvent, trigger: Trigger) -> bool:
    """Whether an event has a part that says who or what, or happens without one."""
    if trigger.frame == "befall" and event.mood.polarity == "negative":
        return False
    if event.stands:
        return True
    if event.type in VIOLENT and (event.definite or trigger.frame == "attack_on"):
        return True  # one without parts lasts only where it is joined to another mention
    if trigger.frame in ("clash_bare", "quake"):
        return False
    if event.is_harm and all(part.text.split()[-1] in _UNTOLD for part in event.parts):
        return False
    if trigger.frame == "change":
        return bool(event.of_role("actor"))
    needed = _NEEDED.get(trigger.frame)
    told = event.of_role(*needed) if needed else event.parts
    return bool(told) and _has_right_parts(event, trigger)


def _has_right_parts(event: FoundEvent, trigger: Trigger) -> bool:
    """Whether the parts are of the sorts that such an event needs."""
    match trigger.frame:
        case "meet":
            return event.mood.polarity == "positive" and _is_meeting(event, trigger)
        case "displace":
            return any(part.sort in _FLEEING and _is_several(part) for part in event.parts)
        case "disrupt":
            return any(part.sort == "weapon" for part in event.parts)
        case "strike":
            return bool(event.of_role("attacker", "instrument"))
        case "mishap":
            if trigger.objects and len(event.parts) < _SIDES:
                return False
            return any(part.sort in _STRUCK and part.text.split()[-1] not in _FIGURATIVE for part in event.parts)
        case "party":
            plural = any(_is_several(part) or part.sort not in _SINGLE for part in event.parts)
            return plural or len(event.of_role("party")) >= _SIDES
        case _:
            return _fits_type(event, trigger)


def _is_meeting(event: FoundEvent, trigger: Trigger) -> bool:
    """Whether two sides meet, or such as stand for several; where no state is told of, none of them any people."""
    parties = event.of_role("party")
    if len(parties) < _SIDES:
        return any(not _MANY.isdisjoint(part.text.split()) for part in parties)
    return not trigger.anywhere or all(part.sort not in _CROWDS or part.kind != "civilians" for part in parties)


def _fits_type(event: FoundEvent, trigger: Trigger) -> bool:
    """Whether those are told to whom such a thing can be done."""
    recipients = event.of_role("recipient")
    if event.type == "territorial_gain" and event.last - event.first == 1:
        return any(part.sort in _HELD for part in recipients)
    if event.type == "coup" and trigger.verb and event.last - event.first == 1:
        return bool(recipients)
    if event.type in _PERSONAL or (event.type == "arrest" and trigger.verb):
        return any(part.sort in _PEOPLE for part in recipients)
    if event.type == "peaceful_protest" and trigger.verb and "civilian" not in trigger.needs:
        return any(part.sort in _CROWDS and _is_several(part) for part in event.parts)
    if event.type == "other:dissolution of parliament":
        return any(part.sort == "office" for part in event.parts)
    if event.type == "other:visit":
        return any(part.kind in _OFFICIAL or part.sort == "pronoun" for part in event.parts)
    if event.type == "other:acquisition":
        return any(part.sort in _OWNED for part in recipients)
    return True


def _is_several(part: Part) -> bool:
    """Whether more than one person is named: "relatives", "a crowd"."""
    head = part.text.split()[-1]
    return head.endswith("s") or head in _MANY_PEOPLE
