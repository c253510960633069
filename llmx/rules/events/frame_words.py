"""Words of the frames: prepositions of aims, vehicles that act, verbs that say nothing but that somebody did it."""

from __future__ import annotations

from llmx.lexicon.function_words import word_set

STRUCK = frozenset(["site", "vehicle", "thing"])
AT = frozenset(["at", "against", "on", "upon", "in front of", "outside", "near", "inside", "into", "in", "under", "of"])
APART = frozenset(["after", "before", "following", "despite", "amid", "since", "over"])
"""Prepositions behind which another matter is told: "opened after a complaint by the union"."""
ARMED = word_set(
    "aircraft plane planes helicopter helicopters tank tanks warship warships destroyer frigate vessel vessels"
)
COMPARING = word_set("over at least about around nearly almost more than some up to several approximately")
NO_MODIFIER = word_set("terrorist military armed suicide criminal extremist bomber")
PRONOUN_ROLES = frozenset(["actor", "party", "giver"])
PERSONAL = word_set("he she they him her them")
BETWEEN = ("between", "among", "with", "and")
HOSTING = word_set("host chair convene hold attend")
NOTHING: frozenset[str] = frozenset()
SUFFERED_BY = frozenset(["move", "change", "undergo"])
"""Frames of acts whose object or subject takes part by itself: the border that is closed."""
CALLING = frozenset(["call", "announce", "plan", "organise", "organize"])
"""What is done with a protest or a strike, and with no attack."""
LIGHT = word_set("carry stage launch perpetrate commit conduct mount make wage unleash execute begin undertake direct")
PARTITIVE = word_set(
    "group groups member members gang gangs band bands number tens dozens hundreds thousands scores dozen units unit"
    " remnants majority lot pair crowd crowds remains bodies body column elements handful all half most many some"
    " one two three several part parts each wave squad commander commanders leader leaders kind type series string"
    " head set package range round"
    " front section entrance side roof facade"
)
COMMANDING = word_set("want ask urge order tell force allow persuade invite instruct press require help expect")
"""Verbs behind which "to" tells what their object does: "asked the army to guard it"."""
LEADING = word_set(
    "least estimated total additional at some several many few one two three four five six seven eight nine ten eleven"
    " twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty other another"
    " approximately nearly almost about around over"
)
"""Words before a noun that are not cited with it."""
COUNTED = word_set("number tens dozens all most some many remains")
"""Words that only tell how many or what is left: of "dozens of men" the men are meant."""
UNSUFFERED = frozenset(["die", "clash", "actor", "meet", "party", "mishap", "displace"])
"""Frames whose verbs have no passive, so that "agreed to" and "fell into" are none."""
HEADS = word_set("chief executive official")
"""Adjectives by their form that name somebody at the end of a phrase: "the police chief"."""
MONEY = word_set("dollars euros pounds crowns francs rupees pesos yen yuan roubles rubles lira dirhams riyals kroner")
