"""Antecedents: whom a pronoun stands for, where what acts or suffers is only called "they" or "him"."""

from __future__ import annotations

from dataclasses import dataclass

from llmx.rules.analysis import NONE, Analysis
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.sorts import Sorts

_ARMED = frozenset(["force", "body", "crowd"])


@dataclass(frozen=True)
class Antecedents:
    """Reads the pronouns of one document."""

    analysis: Analysis
    clauses: Clauses
    sorts: Sorts

    def person(self, number: int) -> int:
        """The phrase that "him" or "her" means: the nearest person before it in the sentence who is no subject of all.

        Returns:
            Its number, or `NONE`.
        """
        phrase = self.analysis.noun_phrases[number]
        if self.analysis.lowers[phrase.first] not in ("him", "her", "them"):
            return NONE
        first, _ = self.clauses.sentence(phrase.first)
        for before in range(number - 1, -1, -1):
            if self.analysis.noun_phrases[before].first <= first:
                return NONE
            if self.sorts.of_phrase(before).sort in ("person", "name"):
                return before
        return NONE

    def armed(self, number: int) -> int:
        """The phrase that "they" means: the nearest armed phrase before it in the sentence.

        Where "They" opens its sentence, they are the armed phrase that opens the sentence before: then the pronoun
        itself is cited.

        Returns:
            The number of the phrase to cite, or `NONE`.
        """
        start = self.analysis.noun_phrases[number].first
        first, _ = self.clauses.sentence(start)
        if start == first:
            return number if self.analysis.lowers[start] == "they" and self._opens_armed(first - 1) else NONE
        for before in range(number - 1, -1, -1):
            if self.analysis.noun_phrases[before].first < first:
                return NONE
            if self.sorts.of_phrase(before).sort in _ARMED - {"crowd"}:
                return before
        return NONE

    def _opens_armed(self, token: int) -> bool:
        """Whether the first phrase of the sentence of `token` is an armed group or a crowd."""
        if token < 0:
            return False
        first, last = self.clauses.sentence(token)
        opening = next((at for at in range(first, last) if self.clauses.phrase_at(at) != NONE), NONE)
        return opening != NONE and self.sorts.of_phrase(self.clauses.phrase_at(opening)).sort in _ARMED
