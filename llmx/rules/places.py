"""Places: where an event happened, with precision and country.

A place is a name behind "in", "at", "near" and the like in the event's sentence: one of the gazetteer, a country, or a
name whose own words say what it is ("Orlo Province", "the village of Orlo"). The country is given where the gazetteer
knows it, or the text names one country beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from llmx.lexicon.function_words import CLOSED, MONTHS, WEEKDAYS, word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.events.clauses import Clauses
from llmx.rules.vocabulary import Nation, Site, Words

_PREPOSITIONS = word_set(
    "in at near off on outside around across along inside over throughout from to into of against towards toward"
    " between"
)
_CALENDAR = MONTHS | WEEKDAYS
_TELLING = frozenset(["in", "near", "outside", "off"])
_WAYS = word_set("road highway motorway border line railway route ferry flight pass crossing bridge")
"""What runs between two places."""
_FAR = 6
_LOCAL = word_set("in at near off outside around across inside throughout over")
_AIMING = word_set(
    "target hit strike bomb shell attack pound bombard raid storm enter capture seize recapture retake liberate"
)
_OWN = {
    **dict.fromkeys(
        word_set("city town village hamlet township settlement suburb camp neighborhood neighbourhood"), "town"
    ),
    **dict.fromkeys(word_set("district municipality county upazila"), "admin2"),
    **dict.fromkeys(word_set("province governorate department state prefecture oblast"), "admin1"),
    **dict.fromkeys(word_set("region countryside valley peninsula desert mountains highlands coast strip"), "region"),
    **dict.fromkeys(word_set("border road highway river street avenue"), "linear"),
    **dict.fromkeys(word_set("airport base hospital bridge square market school church mosque"), "site"),
    **dict.fromkeys(word_set("area zone"), "area"),
}
_REGIONAL = word_set(
    "northern southern eastern western northeastern northwestern southeastern southwestern central north south"
    " east west northeast northwest southeast southwest"
)


class FoundPlace(NamedTuple):
    """A place, as tokens to cite.

    Attributes:
        first: First token of the name.
        last: Behind its last token.
        country: ISO code, or `None`.
        admin1: Province, where gazetteer or text names it; empty otherwise.
        precision: As in the news schema.
    """

    first: int
    last: int
    country: str | None
    admin1: str
    precision: str


@dataclass(frozen=True)
class Places:
    """Finds the places of one document."""

    analysis: Analysis
    words: Words
    clauses: Clauses

    @cached_property
    def _named(self) -> frozenset[str]:
        """The countries that the article names, by any word."""
        return frozenset(nation.code for nation, _, _ in self.words.nations)

    @cached_property
    def _known(self) -> Mapping[int, tuple[Site | Nation, int, int]]:
        """First token -> what the gazetteer knows there."""
        found: dict[int, tuple[Site | Nation, int, int]] = {
            first: hit for hit in self.words.sites for first in [hit[1]]
        }
        for nation, first, last in self.words.nations:
            known = found.get(first)
            if nation.how in ("name", "capital") and (known is None or known[2] < last):
                found[first] = (nation, first, last)
        return found

    @cached_property
    def _names(self) -> list[int]:
        """The tokens at which the name of a place may start, in order."""
        analysis = self.analysis
        names = analysis.tagged("P", 0, len(analysis))
        unknown = [i for i in names if i not in self._demonyms and analysis.lowers[i] not in CLOSED]
        return sorted({*self._known, *unknown})

    def of_sentence(self, sentence: tuple[int, int]) -> list[FoundPlace]:
        """The places of a sentence, in order."""
        found: list[FoundPlace] = []
        behind = sentence[0]
        for token in self._names[bisect_left(self._names, sentence[0]) : bisect_left(self._names, sentence[1])]:
            place = self._at(token, sentence) if token >= behind else None
            if place:
                found.append(place)
                behind = place.last
        return [self._with_country(place, found) for place in found]

    def _is_whole(self, first: int, last: int) -> bool:
        """Whether a gazetteer's name is no part of a longer one."""
        tags, lowers = self.analysis.tags, self.analysis.lowers
        before = (
            first > 0 and tags[first - 1] == "P" and self.clauses.phrase_at(first - 1) == self.clauses.phrase_at(first)
        )
        behind = last < len(tags) and tags[last] == "P" and lowers[last] not in _OWN
        return not (before or behind)

    def _at(self, token: int, sentence: tuple[int, int]) -> FoundPlace | None:
        lowers = self.analysis.lowers
        known = self._known.get(token)
        before = self._before(token, sentence[0])
        if before is None:
            return None
        if known:
            return self._gazetteer(known, before)
        if before not in _LOCAL and before not in ("of", "between"):
            return None
        last = self._name_end(token)
        own = _OWN.get(lowers[last - 1])
        if own and last - token > 1:
            return FoundPlace(token, last, None, "", own)
        named = _OWN.get(lowers[token - 2]) if token >= 2 and lowers[token - 1] == "of" else None  # noqa: PLR2004
        if named and named != "site":
            return FoundPlace(token, last, None, "", named)
        plain = self._is_plain(token, last)
        if plain and before == "between" and self._runs_between(token):
            return FoundPlace(token, last, None, "", "area")
        if plain and lowers[token - 1] == before and (before in _TELLING or lowers[token - 2] in _REGIONAL):
            return FoundPlace(token, last, None, "", "area")
        return None

    def _runs_between(self, token: int) -> bool:
        """Whether a road or a border runs between the places: "the road between Orlo and Tarn"."""
        lowers = self.analysis.lowers
        at = token - 1
        while at > 1 and lowers[at] != "between" and token - at < _FAR:
            at -= 1
        return lowers[at] == "between" and lowers[at - 1] in _WAYS

    @cached_property
    def _demonyms(self) -> frozenset[int]:
        return frozenset(first for nation, first, _ in self.words.nations if nation.how == "demonym")

    def _name_end(self, token: int) -> int:
        """Behind the name that starts at a token, and the word that says what it is: "Orlo Province"."""
        tags, lowers = self.analysis.tags, self.analysis.lowers
        last = token + 1
        while last < len(tags) and tags[last] == "P" and lowers[last] not in _CALENDAR:
            last += 1
        return last + 1 if last < len(tags) and tags[last] == "N" and lowers[last] in _OWN else last

    def _is_plain(self, first: int, last: int) -> bool:
        """Whether a name is nothing else that is known: no body, no noun of the tables, no day, nothing longer."""
        behind_is_name = last < len(self.analysis) and self.analysis.tags[last] in "Ns"
        known = any(i in self.words.nouns or i in self._bodies for i in range(first, last))
        return not behind_is_name and not known and self.analysis.lowers[first] not in _CALENDAR

    @cached_property
    def _bodies(self) -> frozenset[int]:
        return frozenset(i for _, first, last in self.words.bodies for i in range(first, last))

    def _before(self, token: int, start: int) -> str | None:
        """The preposition before a name, over "the", "northern" and the names that commas join to it."""
        lowers, tags, group_of = self.analysis.lowers, self.analysis.tags, self.analysis.verb_group_of
        i = token - 1
        while i >= start and token - i < 12:  # noqa: PLR2004
            if group_of[i] != NONE:
                group = self.analysis.verb_groups[group_of[i]]
                return "in" if group.lemma in _AIMING and not self.clauses.is_passive(group) else None
            if lowers[i] in _PREPOSITIONS and (lowers[i] != "of" or self._is_named(i - 1, start)):
                return lowers[i]
            if tags[i] not in "DPAN,Cs" and lowers[i] != "of":
                return None
            i -= 1
        return None

    def _is_named(self, token: int, start: int) -> bool:
        """Whether "of" hangs on a word for a place: the city of, north of."""
        return token >= start and (
            self.analysis.lowers[token] in _OWN
            or self.analysis.lowers[token] in _REGIONAL
            or self.analysis.lowers[token] in ("capital", "parts", "part", "outskirts", "coast")
        )

    def _gazetteer(self, known: tuple[Site | Nation, int, int], before: str) -> FoundPlace | None:
        value, first, last = known
        lowers = self.analysis.lowers
        if isinstance(value, Site):
            if (before not in _LOCAL and before not in ("of", "on")) or not self._is_whole(first, last):
                return None
            own = _OWN.get(lowers[last]) if last < len(lowers) else None
            end = last + 1 if own in ("admin1", "admin2") else last
            return FoundPlace(
                first,
                end,
                value.country if value.country in self._named else None,
                value.admin1,
                own if own in ("admin1", "admin2") else value.precision,
            )
        if before not in _LOCAL and before != "of":
            return None
        if self._behind_is_noun(last):
            return None
        if value.how == "capital":
            return FoundPlace(first, last, value.code, "", "town")
        if first > 0 and lowers[first - 1] in _REGIONAL:
            return FoundPlace(first - 1, last, value.code, "", "region")
        return FoundPlace(first, last, value.code, "", "country")

    def _behind_is_noun(self, last: int) -> bool:
        """Whether the name only modifies what follows: "in Syria policy"."""
        return last < len(self.analysis) and self.analysis.tags[last] in "NP" and self.analysis.lowers[last] not in _OWN

    def _with_country(self, place: FoundPlace, found: list[FoundPlace]) -> FoundPlace:
        """The place with the country that stands beside it: "in Orlo, Syria"."""
        if place.country:
            return place
        beside = [
            other.country
            for other in found
            if other.precision in ("country", "region") and other.country and 0 <= other.first - place.last <= 2  # noqa: PLR2004
        ]
        return FoundPlace(place.first, place.last, beside[0], place.admin1, place.precision) if beside else place
