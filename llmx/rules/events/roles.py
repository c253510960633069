"""Roles: what the places of a frame are; `frames` tells how they are filled.

A *frame* says, for a kind of trigger, what its subject, its object, its "by", "on" and "with" are. Frames of verbs:

    harm       kill, kidnap        subject does it, object suffers it
    wound      wound, injure       the same, a thing may do it
    die        die                 subject suffers it
    hit        attack, destroy     subject does it, object is aimed at
    openfire   open fire           subject does it, "on X" is aimed at
    explode    explode, blow up    subject is the weapon, or does it with the object; "at X" is aimed at
    selfblast  blow oneself up     subject does it, "at X" is aimed at
    plant, throw                   object is the weapon, "in X" or "at X" is aimed at
    clash      fight               subject and "with X" are parties
    mishap, displace               crash, flee: subject is affected, or the object where there is one
    give       send aid            subject gives it, whatever the object is
    do         cut jobs            subject does it, whatever the object is; "by X" in the passive
    move       send soldiers       the same, and the object goes there
    change     close a border      subject does it, object is affected
    undergo    a truce collapses   subject is affected
    emerge     a disease spreads   nobody takes part
    shotdown, disrupt, arrest, take, actor, party       non-violent or of another kind; see below

and of nouns: attack_on, explosion, killing_of, clash_of, agreement_of, actor_of, accident_of, election_of.
"""

from __future__ import annotations

from typing import NamedTuple


class Roles(NamedTuple):
    """What the places of a frame are; empty where the place has no role.

    `aims`: "at X" is what is aimed at. `weapon`: a weapon in any place is the instrument. `partner`: "with X".
    `anyone`: a common noun that no table knows may suffer it too.
    """

    subject: str = ""
    object: str = ""
    by: str = ""
    partner: str = ""
    aims: bool = False
    weapon: bool = False
    anyone: bool = False


class Part(NamedTuple):
    """A filled role: the tokens to cite, the sort and kind of the phrase, its number, and its words in lower case."""

    role: str
    first: int
    last: int
    sort: str
    kind: str
    phrase: int
    text: str


VERB_ROLES = {
    "harm": Roles("attacker", "victim", "attacker", aims=False, weapon=True),
    "wound": Roles("attacker", "victim", "attacker", weapon=True),
    "die": Roles("victim"),
    "hit": Roles("attacker", "target", "attacker", weapon=True),
    "openfire": Roles("attacker", "", "attacker", aims=True, weapon=True),
    "explode": Roles("instrument", "instrument", "attacker", aims=True, weapon=True),
    "selfblast": Roles("attacker", "", "", aims=True),
    "plant": Roles("attacker", "instrument", "attacker", aims=True, weapon=True),
    "throw": Roles("attacker", "instrument", "attacker", aims=True, weapon=True),
    "shotdown": Roles("attacker", "target", "attacker", weapon=True),
    "clash": Roles("party", "", "", partner="party"),
    "arrest": Roles("actor", "recipient", "actor", anyone=True),
    "judge": Roles("actor", "recipient", "actor", anyone=True),
    "aid": Roles("giver", "recipient", "giver"),
    "give": Roles("giver", "", "giver"),
    "befall": Roles("", "affected", "", anyone=True),
    "take": Roles("actor", "recipient", "actor"),
    "strike": Roles("attacker", "target", "attacker", weapon=True),
    "disrupt": Roles("actor", "recipient", "actor"),
    "actor": Roles("actor"),
    "do": Roles("actor", "", "actor"),
    "move": Roles("actor", "actor", "actor"),
    "change": Roles("actor", "affected", "actor", anyone=True),
    "undergo": Roles("affected", anyone=True),
    "emerge": Roles(),
    "party": Roles("party", "", "party", partner="party"),
    "meet": Roles("party", "party", "party", partner="party"),
    "mishap": Roles("affected", "affected"),
    "displace": Roles("affected", "affected"),
    "quake": Roles(),
}
NOUN_ROLES = {
    "attack_on": Roles("", "target", "attacker", aims=True, weapon=True),
    "explosion": Roles("", "target", "", aims=True, weapon=True),
    "killing_of": Roles("", "victim", "attacker", weapon=True),
    "clash_of": Roles(partner="party", by="party"),
    "clash_bare": Roles(partner="party", by="party"),
    "agreement_of": Roles(partner="party", by="party"),
    "meeting_of": Roles("", "party", "party", partner="party"),
    "actor_of": Roles(by="actor"),
    "arrest_of": Roles("", "recipient", "actor"),
    "protest_of": Roles("", "actor", "actor"),
    "trial_of": Roles("", "recipient", ""),
    "accident_of": Roles("", "affected", ""),
    "election_of": Roles(),
    "acquisition_of": Roles("", "recipient", "actor"),
}
