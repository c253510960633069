"""Sorts: what a noun phrase is, by its head: someone who acts, someone who suffers, a building, a weapon, an event.

The sort decides which roles a phrase may fill. It comes from the tables of nouns, bodies, countries and places, and
from the form of the word where no table knows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from llmx.lexicon.function_words import MONTHS, WEEKDAYS, word_set
from llmx.rules.analysis import Analysis
from llmx.rules.events.clauses import Clauses
from llmx.rules.vocabulary import Body, Nation, Noun, Site, Words

_PERSON = re.compile(
    r"(?:[a-z]{3,}(?:ists?|m[ae]n|wom[ae]n|girls?|boys?|ants|eers?|smen|teers|keepers?|workers?|dwellers?)|[a-z]{4,}(?:ers|ors|ians))$"
)
_NOT_PERSON = word_set(
    "servers numbers matters letters papers orders powers waters members quarters headquarters borders corners centers"
    " offers towers answers computers chapters minors errors doors floors colors colours factors sectors mirrors"
    " motors vectors shutters covers drivers rivers summers winters dinners dollars others moments events elements"
    " documents statements talents restaurants plants grants warrants wants variants hundreds services rumors"
    " rumours honors labors fears embers flowers"
)
_TITLE_FIRST = re.compile(
    r"(?:mr|mrs|ms|dr|gen|lt|col|maj|sgt|capt|president|general|colonel|captain|major|minister|senator|mayor|governor|"
    r"judge|"
    r"father|professor|corporal|lieutenant|sergeant|commander|secretary|bishop|archbishop|deputy|congressman|journalist|"
    r"activist|leader|chief|prosecutor|ambassador|councilman|director|doctor|engineer)\.?$"
)

_INNER_NAME = re.compile(r"(?<=[^.:q-])P")
"""The tag of a name before which no sentence, quotation or part of one starts."""
_CALENDAR = MONTHS | WEEKDAYS
_REBEL = word_set(
    "rebel opposition insurgent separatist militant guerrilla jihadist islamist secessionist anti-government"
)
_LONG = 5
_OF_THEM = (("of", "them"), ("of", "whom"))
AGENTS = frozenset({"force", "crowd", "person", "office", "group", "state", "capital", "body", "name"})
"""Sorts that can do something."""
SUFFERERS = frozenset({"person", "force", "crowd", "name"})
"""Sorts that can be hurt."""
AIMS = frozenset({"site", "vehicle", "office", "group", "state", "body", "thing", "place"})
"""Sorts that can be aimed at without being hurt."""


@dataclass(frozen=True)
class Sorts:
    """The sorts of one document's phrases."""

    analysis: Analysis
    words: Words
    clauses: Clauses

    @cached_property
    def _bodies(self) -> Mapping[int, tuple[Body, int]]:
        return {last - 1: (body, first) for body, first, last in self.words.bodies}

    @cached_property
    def _nations(self) -> Mapping[int, tuple[Nation, int]]:
        return {last - 1: (nation, first) for nation, first, last in self.words.nations}

    @cached_property
    def _sites(self) -> Mapping[int, tuple[Site, int]]:
        return {last - 1: (site, first) for site, first, last in self.words.sites}

    @cached_property
    def _names(self) -> frozenset[str]:
        """Words written with a capital within a sentence too, so that one at its start is a name."""
        words, tags = self.analysis.words, self.analysis.tags
        inner = [words[found.start()] for found in _INNER_NAME.finditer(tags)]
        return frozenset([word for word in inner if word[0].isupper() and not word.isupper()])

    @cached_property
    def _lands(self) -> frozenset[str]:
        """Names that the article makes an adjective of, as of lands: the Orria of "Orrian troops"."""
        peoples = [name for name in self.analysis.names if name.endswith("an") and len(name) > _LONG]
        stems = frozenset([name[:-cut] for name in peoples for cut in (1, 2, 3)])
        return stems.intersection(self.analysis.words) if stems else stems

    def body_ending_at(self, token: int) -> tuple[Body, int] | None:
        """The named body whose last word is `token`, and its first token."""
        return self._bodies.get(token)

    def of_phrase(self, number: int) -> Noun:
        """The sort of a noun phrase, by its head; `Noun("", "")` if it cannot be told."""
        clauses = self.clauses
        inner = clauses.head_number(number)
        phrase = self.analysis.noun_phrases[inner]
        last = clauses.end_of(inner)
        found = self.of_token(last - 1, first=phrase.first)
        if found.sort == "number" and self.analysis.lowers[last : last + 2] in _OF_THEM:
            return Noun("person", "civilians")
        if found.kind == "state_forces" and self._is_rebel(phrase.first, last):
            found = Noun(found.sort, "rebel_group")
        if inner != number and found.sort in ("state", "body", "office", "group"):
            outer = self.of_token(self.analysis.noun_phrases[number].last - 1, first=phrase.first)
            return outer if outer.sort in ("person", "force", "crowd") else found
        return found

    def _is_rebel(self, first: int, last: int) -> bool:
        """Whether a word before "forces" or "troops" says that they are not the state's."""
        return any(self.analysis.lowers[i] in _REBEL for i in range(first, last)) or any(
            self._bodies[i][0].kind == "rebel_group" for i in range(first, last - 1) if i in self._bodies
        )

    def of_token(self, token: int, *, first: int) -> Noun:
        """The sort of a phrase whose head is `token` and that starts at `first`."""
        analysis = self.analysis
        lower, tag, word = analysis.lowers[token], analysis.tags[token], analysis.words[token]
        if tag == "O":
            return Noun("pronoun", "")
        if tag == "H" or lower in _CALENDAR:
            return Noun("number", "")
        body = self._bodies.get(token)
        if body:
            return Noun("body", body[0].kind)
        known = self.words.nouns.get(token)
        site, nation = self._sites.get(token), self._nations.get(token)
        if known and not (site and site[1] < known[1]) and not (nation and nation[1] < known[1]):
            return known[0]
        hit = site or nation
        if hit and hit[1] > first and tag == "P" and analysis.tags[hit[1] - 1] == "P":
            return self._of_name(token, first)
        if nation:
            return self._of_nation(nation[0], lower)
        if site:
            return Noun("place", "")
        if known:
            return known[0]
        if word in self._lands and tag == "P":
            return Noun("state", "government")
        if (
            word[0].isupper()
            and tag == "P"
            and (word in self._names or not (token == first and self._opens_sentence(token)))
        ):
            return self._of_name(token, first)
        if lower not in _NOT_PERSON and _PERSON.match(lower):
            return Noun("person", "civilians")
        return Noun("", "")

    def _opens_sentence(self, token: int) -> bool:
        """Whether a token is its sentence's first, so that its capital tells nothing."""
        return self.clauses.sentence(token)[0] == token or self.analysis.tags[token - 1] in "-:"

    def _of_nation(self, nation: Nation, lower: str) -> Noun:
        if nation.how == "demonym":
            return Noun("person", "civilians") if lower.endswith(("s", "men")) else Noun("", "")
        return Noun("capital" if nation.how == "capital" else "state", "government")

    def _of_name(self, token: int, first: int) -> Noun:
        """A name that no table knows: an acronym is a body; after a title, or of several words, a person or a body."""
        words, lowers = self.analysis.words, self.analysis.lowers
        word = words[token]
        if word.isupper() and 1 < len(word) <= 6:  # noqa: PLR2004 - the length of acronyms
            return Noun("body", "unknown")
        titled = any(_TITLE_FIRST.match(lowers[i]) for i in range(first, token))
        return Noun("name", "person" if titled else "")
