"""Words of counts: verbs and nouns that say of what a number is, and who is counted as what in which event."""

from __future__ import annotations

from llmx.lexicon.function_words import word_set

VERBS = {
    **dict.fromkeys(
        word_set("kill murder slay massacre slaughter assassinate execute behead die perish butcher drown"), "killed"
    ),
    **dict.fromkeys(word_set("wound injure hurt maim"), "injured"),
    **dict.fromkeys(word_set("arrest detain apprehend jail imprison"), "detained"),
    **dict.fromkeys(word_set("displace evacuate flee"), "displaced"),
    **dict.fromkeys(word_set("abduct kidnap"), "abducted"),
}
NOUNS = {
    **dict.fromkeys(word_set("death deaths fatality fatalities dead"), "killed"),
    **dict.fromkeys(word_set("injury injuries wounded injured"), "injured"),
    **dict.fromkeys(word_set("arrest arrests detainees detentions"), "detained"),
    **dict.fromkeys(word_set("abductions kidnappings hostages"), "abducted"),
}
INCIDENTS = word_set(
    "raid raids airstrikes strikes attack attacks bombings explosions blasts sorties clashes shellings"
    " bombardments aftershocks killings murders ambushes assaults incidents kidnappings abductions"
)
ADJECTIVES = {
    "dead": "killed",
    "wounded": "injured",
    "injured": "injured",
    "hurt": "injured",
    "missing": "missing",
    "killed": "killed",
}
HARMED = frozenset(["dead", "killed", "wounded", "injured", "hurt"])
CIVILIAN = word_set(
    "civilian civilians child children women people villagers residents passengers students worshippers"
)
SUFFERED = frozenset(["die", "perish", "drown", "flee"])
FINDING = frozenset(["recover", "find", "pull", "count", "retrieve", "exhume", "locate", "identify"])
DEPLOYING = frozenset(["send", "deploy", "dispatch", "station", "mobilize", "redeploy"])
LEAVING = frozenset(["withdraw", "pull", "retreat"])
REMAINS = frozenset(["bodies", "corpses"])
DRAWING = frozenset(["draw", "attract", "gather"])
CROWDS = frozenset(["crowd", "turnout", "attendance"])
PROTESTS = (
    "peaceful_protest",
    "protest_with_intervention",
    "excessive_force",
    "violent_demonstration",
    "other:strike",
)
OF_PARTS = {
    **{(kind, role): "people" for kind in PROTESTS for role in ("actor", "target")},
    ("mobilization", "actor"): "troops",
    ("other:release", "recipient"): "people",
    ("aid", "recipient"): "people",
    ("arrest", "recipient"): "detained",
    ("abduction", "victim"): "abducted",
    ("other:displacement", "affected"): "displaced",
}
"""Event type and role -> what the people in that role are counted as."""
PUTTING = frozenset(["put", "estimate", "raise", "set"])
FIGURES = frozenset(["number", "figure", "total", "count", "turnout"])

_YEAR = 4
_BY_HAND = frozenset(["shoot", "stab", "beat", "hack", "gun", "burn"])


def is_deadly(lemma: str, following: str, behind: tuple[str, ...]) -> bool:
    """Whether words beside a verb say that those died whom it counts: "shot dead two guards", "beat two men to death".

    Args:
        lemma: The verb.
        following: The word right behind it.
        behind: The two words behind whom it counts.
    """
    return lemma in _BY_HAND and (following in ("dead", "to", "down") or behind == ("to", "death"))


def is_year(word: str) -> bool:
    """Whether a number without a noun is a year: "in 2019"."""
    return len(word) == _YEAR and word.isdigit() and word[:2] in ("18", "19", "20")
