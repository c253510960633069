"""Number words: the closed tables of the English number grammar.

Cardinals, scales, vague quantities, and the comparators that turn a number into a bound. Only data; the grammar that
reads them is in `numbers`.

Source: the conventions for vague words (dozens at least 24, several at least 3) are the news schema's own; the
comparators follow the MUC-4 answer keys' bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Comparator = Literal["exact", "at_least", "more_than", "at_most", "fewer_than", "about", "nearly", "range", "vague"]
"""How words bound a number. `nearly` fixes the number as its upper bound: nearly four million."""


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


def _numbered(line: str, *, first: int, step: int) -> Mapping[str, int]:
    return MappingProxyType({word: first + step * place for place, word in enumerate(line.split())})


UNITS: Mapping[str, int] = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    first=0,
    step=1,
)
"""Words below twenty."""

TENS: Mapping[str, int] = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", first=20, step=10)
"""Words for the tens."""

SCALES: Mapping[str, int] = MappingProxyType(
    {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
)
"""Words that multiply what stands before them."""

GROUPS: Mapping[str, int] = MappingProxyType({"dozen": 12, "score": 20})
"""Words that count in groups: two dozen."""

PLURAL_SCALES: Mapping[str, int] = MappingProxyType(
    {
        "tens": 10,
        "dozens": 12,
        "scores": 20,
        "hundreds": 10**2,
        "thousands": 10**3,
        "millions": 10**6,
        "billions": 10**9,
    }
)
"""Plural words that fix a lower bound only: twice their value."""

VAGUE: Mapping[str, int] = MappingProxyType({"several": 3, "few": 3, "handful": 3, "couple": 2, "pair": 2, "both": 2})
"""Vague words and the smallest number that they can mean."""

SUFFIXES: Mapping[str, int] = MappingProxyType(
    {
        "k": 10**3,
        "m": 10**6,
        "mn": 10**6,
        "mln": 10**6,
        "bn": 10**9,
        "b": 10**9,
        "tn": 10**12,
        "trn": 10**12,
    }
)
"""Scales that are written against the digits: 4m, 4bn."""

BEFORE: Mapping[str, Comparator] = MappingProxyType(
    {
        "at least": "at_least",
        "at the very least": "at_least",
        "at a minimum": "at_least",
        "no fewer than": "at_least",
        "not fewer than": "at_least",
        "no less than": "at_least",
        "not less than": "at_least",
        "a minimum of": "at_least",
        "minimum of": "at_least",
        "upwards of": "at_least",
        "upward of": "at_least",
        "more than": "more_than",
        "greater than": "more_than",
        "over": "more_than",
        "above": "more_than",
        "exceeding": "more_than",
        "exceeded": "more_than",
        "exceeds": "more_than",
        "surpassed": "more_than",
        "topped": "more_than",
        "beyond": "more_than",
        "in excess of": "more_than",
        "well over": "more_than",
        "just over": "more_than",
        "a little over": "more_than",
        "slightly more than": "more_than",
        "up to": "at_most",
        "as many as": "at_most",
        "as much as": "at_most",
        "at most": "at_most",
        "no more than": "at_most",
        "not more than": "at_most",
        "a maximum of": "at_most",
        "maximum of": "at_most",
        "fewer than": "fewer_than",
        "less than": "fewer_than",
        "under": "fewer_than",
        "below": "fewer_than",
        "about": "about",
        "around": "about",
        "some": "about",
        "roughly": "about",
        "approximately": "about",
        "approx": "about",
        "circa": "about",
        "ca": "about",
        "estimated": "about",
        "an estimated": "about",
        "in the region of": "about",
        "in the order of": "about",
        "nearly": "nearly",
        "almost": "nearly",
        "close to": "nearly",
        "just under": "nearly",
        "just short of": "nearly",
        "approaching": "nearly",
        "virtually": "nearly",
        "not quite": "nearly",
    }
)
"""Phrases before a number. Where several stand side by side the first one decides: at least some 30."""

FILLERS: frozenset[str] = frozenset(
    {"another", "a further", "further", "an additional", "additional", "the", "a total of", "other", "a"}
)
"""Words that may stand between a comparator and its number: at least another 30."""

AFTER: Mapping[str, Comparator] = MappingProxyType(
    {
        "or more": "at_least",
        "or above": "at_least",
        "or over": "at_least",
        "at least": "at_least",
        "at the very least": "at_least",
        "at a minimum": "at_least",
        "plus": "at_least",
        "or fewer": "at_most",
        "or less": "at_most",
        "at most": "at_most",
        "at the most": "at_most",
        "or so": "about",
        "more or less": "about",
        "approximately": "about",
    }
)
"""Phrases behind a number: 50 or more, 50 or so."""

ABOUT_IS_A_PREPOSITION: frozenset[str] = _words(
    "asked complain complained concern concerned concerns details information know learned news question "
    "questions report reported reports said say says speak speaking spoke spoken story talk talked talking think "
    "told warned worried write wrote "
)
"""After these words `about` says what is spoken of, not that a number is a rough one."""

OVER_IS_A_PREPOSITION: frozenset[str] = _words(
    "anger control dispute disputed disputes handed over ruled spread take taken taking took turned"
)
"""After these words `over`, `under` and `above` are prepositions or particles."""

CHANGES: frozenset[str] = _words(
    "climbed cut declined decreased dropped fallen fell gone grew grown increased increasing jumped lowered "
    "raised reduced revised rise risen rising rose soared up went down changed doubled "
)
"""After these words `from 30 to 50` is a change, not a range."""

MEASURES: frozenset[str] = _words(
    "km kms kilometer kilometers kilometre kilometres mile miles meter meters metre metres ft feet foot inch "
    "inches yard yards cm mm hectare hectares acre acres kg kilo kilos kilogram kilograms kilogramme kilogrammes "
    "gram grams pound lb lbs ton tons tonne tonnes litre litres liter liters gallon gallons barrel barrels bpd "
    "degree degrees celsius fahrenheit megawatt megawatts mw kilowatt volts knots mph kph kmh kilometer-long mm- "
    "caliber millimetre millimeter point points magnitude caliber calibre square cubic storey story second "
    "seconds minute minutes hour hours day days night nights week weeks weekend weekends month months year years "
    "decade decades century centuries "
)
"""Units of length, weight, volume and time: what they measure is not counted in heads."""

DURATIONS: frozenset[str] = _words(
    "second seconds minute minutes hour hours day days night nights week weeks weekend weekends month months year "
    "years decade decades century centuries "
)
"""The units of time among `MEASURES`."""

MONEY_WORDS: frozenset[str] = _words(
    "dollar dollars euro euros pound pounds sterling cent cents lira liras ruble rubles rouble roubles rupee "
    "rupees yuan yen riyal riyals rial rials dinar dinars shekel shekels peso pesos franc francs won usd eur gbp "
)
"""Currencies behind a number. `pound` alone is a weight and a currency: it is read as money."""

DESIGNATORS: frozenset[str] = _words(
    "airbus article act apollo appendix boeing bus chapter channel clause division episode exhibit figure flight "
    "formula gate group highway interstate item law level line mark mig model motorway no number page paragraph "
    "part phase pier platform protocol resolution road room route rule season section serial stage step sukhoi "
    "table terminal title type unit version volume ward windows zone platoon battalion brigade regiment "
)
"""After these words a number is a name: Flight 370, Resolution 2254."""
