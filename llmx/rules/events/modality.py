"""Modality: whether an event happened, was tried, planned, threatened, denied, or is only supposed.

Read from the verb group of the trigger, the verb that governs it, and the words around it in its clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import NONE, Analysis, VerbGroup
from llmx.rules.events.clauses import Clauses

_BACK = 14

_GOVERNING = {
    **dict.fromkeys(word_set("try attempt fail seek struggle"), "attempted"),
    **dict.fromkeys(
        word_set(
            "plan intend want prepare vow pledge order urge call propose hope aim promise ask agree decide refuse"
            " instruct demand request wish conspire plot offer schedule set arrange encourage incite need"
        ),
        "planned",
    ),
    **dict.fromkeys(word_set("threaten warn"), "threatened"),
    **dict.fromkeys(word_set("expect predict fear likely anticipate"), "predicted"),
    **dict.fromkeys(word_set("deny"), "denied"),
    **dict.fromkeys(word_set("prevent avoid avert foil thwart stop"), "attempted"),
}
_NOMINAL = {
    **dict.fromkeys(word_set("attempt attempts attempted failed foiled thwarted abortive botched"), "attempted"),
    **dict.fromkeys(word_set("planned upcoming imminent forthcoming scheduled"), "planned"),
    **dict.fromkeys(word_set("possible potential future feared likely further new"), ""),
    **dict.fromkeys(word_set("threatened"), "threatened"),
}
_NOMINAL["possible"] = _NOMINAL["potential"] = _NOMINAL["future"] = _NOMINAL["feared"] = "predicted"
_BEFORE_OF = {
    **dict.fromkeys(word_set("attempt attempts bid"), "attempted"),
    **dict.fromkeys(word_set("plan plans plot plots preparations intention intentions"), "planned"),
    **dict.fromkeys(word_set("threat threats"), "threatened"),
    **dict.fromkeys(word_set("risk possibility danger fear fears prospect prevention need calls call"), "predicted"),
}
_HEDGES = word_set(
    "reportedly allegedly apparently possibly probably supposedly presumably purportedly perhaps likely seemingly"
    " alleged suspected presumed apparent supposed rumoured rumored unconfirmed"
)
_ENACTING = word_set(
    "carry launch stage conduct make mount begin start commit perpetrate wage unleash undertake hold lead face"
    " see suffer be reach sign stop resume step continue"
)
_STATING = word_set("be have see report witness occur happen take")
_IF = frozenset(["if", "unless", "whether", "should"])
_PREDICTING = frozenset(["would", "could", "may", "might", "can"])


_ANNOUNCING = word_set("say announce tell promise pledge vow add confirm declare write")
_DEMANDING = word_set("demand insist order urge request ask propose recommend require suggest")
_REAL_BEFORE_TO = word_set(
    "used found managed succeeded able continue continued continues began started believed reported known said"
    " thought first last second only"
)


class Mood(NamedTuple):
    """Modality and polarity of an event, and the tokens that hedge it."""

    modality: str
    polarity: str
    hedges: tuple[int, ...]


@dataclass(frozen=True)
class Moods:
    """Reads the mood of triggers in one document."""

    analysis: Analysis
    clauses: Clauses

    def of(self, first: int, last: int, *, verb: bool) -> Mood:
        """The mood of the event named at tokens `first` to `last`."""
        hedges = self._hedges(first, last)
        group = self.clauses.group_at(first) if verb else None
        modality, negative = self._of_group(group) if group else self._of_noun(first)
        if modality == "asserted" and self._is_conditional(first, group):
            modality = "conditional"
        if modality == "asserted" and hedges:
            modality = "reported"
        if negative and modality in ("asserted", "reported"):
            modality = "denied"
        return Mood(modality, "negative" if negative else "positive", hedges)

    def _of_group(self, group: VerbGroup) -> tuple[str, bool]:
        if group.modal in _PREDICTING:
            told = group.modal == "would" and self._is_announced(group)
            return ("planned" if told else "conditional" if group.modal == "would" else "predicted"), group.negated
        if group.modal in ("will", "'ll", "shall", "must", "should", "won't"):
            return "planned", group.negated
        if group.form == "infinitive":
            return self._of_infinitive(group), group.negated
        if self.analysis.tags[group.main] == "V" and self._is_demanded(group):
            return "planned", group.negated
        if group.form == "ing":
            return self._of_gerund(group), group.negated
        return "asserted", group.negated

    def _is_announced(self, group: VerbGroup) -> bool:
        """Whether somebody said it would be so, without an "if": "he said that he would appeal"."""
        first, last = self.clauses.sentence(group.first)
        if not _IF.isdisjoint(self.analysis.lowers[first:last]) or "only" in self.analysis.lowers[group.last : last]:
            return False
        for i in range(group.first - 1, max(first, group.first - 2 * _BACK) - 1, -1):
            governing = self.clauses.group_at(i)
            if governing and governing.main == i and governing.lemma in _ANNOUNCING:
                return True
        return False

    def _of_infinitive(self, group: VerbGroup) -> str:
        """By the verb or noun that governs it; without one a purpose, which may not have been reached."""
        first, _ = self.clauses.sentence(group.first)
        for i in range(group.first - 1, max(first, group.first - _BACK) - 1, -1):
            lower = self.analysis.lowers[i]
            if lower in _BEFORE_OF:
                return _BEFORE_OF[lower]
            if lower in _REAL_BEFORE_TO:
                return "asserted"
            governing = self.clauses.group_at(i)
            if governing and governing.main == i:
                return _GOVERNING.get(governing.lemma, "planned")
        return "planned"

    def _is_demanded(self, group: VerbGroup) -> bool:
        """Whether "that" and a verb of demanding open its clause: "demanding that the minister resign"."""
        lowers = self.analysis.lowers
        first, _ = self.clauses.sentence(group.first)
        for i in range(group.first - 1, max(first, group.first - _BACK), -1):
            if lowers[i] == "that":
                governing = self.clauses.group_at(i - 1)
                return governing is not None and governing.lemma in _DEMANDING
        return False

    def _of_gerund(self, group: VerbGroup) -> str:
        before = group.first - 1
        if before < 0:
            return "asserted"
        lowers = self.analysis.lowers
        if lowers[before] in ("of", "at", "from", "on"):
            for i in range(before - 1, max(0, before - 6) - 1, -1):
                if lowers[i] in _BEFORE_OF:
                    return _BEFORE_OF[lowers[i]]
                governing = self.clauses.group_at(i)
                if governing and governing.lemma in ("accuse", "suspect", "charge", "convict", "blame"):
                    return "reported"
                if governing and governing.main == i:
                    return _GOVERNING.get(governing.lemma, "asserted")
        return "asserted"

    def _of_noun(self, token: int) -> tuple[str, bool]:
        lowers = self.analysis.lowers
        number = self.clauses.phrase_at(token)
        start = self.analysis.noun_phrases[number].first if number != NONE else token
        for i in range(start, token + 1):
            if _NOMINAL.get(lowers[i]):
                return _NOMINAL[lowers[i]], False
            if lowers[i] in ("no", "any"):
                return "asserted", lowers[i] == "no"
        for i in range(start - 1, max(0, start - 4) - 1, -1):
            if lowers[i] in _BEFORE_OF:
                return _BEFORE_OF[lowers[i]], False
        group = self._governing(start)
        if group is None:
            return "asserted", False
        if group.lemma in _GOVERNING and group.last <= start:
            return _GOVERNING[group.lemma], group.negated
        if group.lemma in _ENACTING:
            return self._of_group(group)
        return "asserted", group.negated and group.lemma in _STATING

    def _governing(self, start: int) -> VerbGroup | None:
        """The verb right before the phrase: "plan an attack", "carried out attacks"."""
        for i in range(start - 1, max(0, start - 4) - 1, -1):
            if self.analysis.tags[i] in ",.:WS":
                return None
            group = self.clauses.group_at(i)
            if group:
                return group
        return None

    def _is_conditional(self, token: int, group: VerbGroup | None) -> bool:
        first, _ = self.analysis.clause_at(token)
        del group
        return self.analysis.lowers[first] in _IF

    def _hedges(self, first: int, last: int) -> tuple[int, ...]:
        start, end = self.analysis.clause_at(first)
        begin, end = max(start, first - 10), min(end, last + 3)
        lowers = self.analysis.lowers
        return (
            () if _HEDGES.isdisjoint(lowers[begin:end]) else tuple(i for i in range(begin, end) if lowers[i] in _HEDGES)
        )
