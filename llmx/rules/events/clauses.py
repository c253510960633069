"""Clauses: who stands where around a verb or an event's noun.

A light reading of the sentence, from tags alone: the subject to the left of a verb group, its objects to the right, the
prepositional phrases behind. Phrases are numbers of `Analysis.noun_phrases`. What cannot be told is left empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from llmx.lexicon.function_words import MONTHS, WEEKDAYS, word_set
from llmx.lexicon.verbs import verb_form
from llmx.rules.analysis import NONE, Analysis, VerbGroup
from llmx.rules.events.frame_words import COMMANDING, COUNTED, HEADS, LEADING, PARTITIVE

_CALENDAR = MONTHS | WEEKDAYS
_BETWEEN_NOUNS = re.compile(r"[^DHANPOsoq,()-]")  # where a phrase can be hung or a clause can start
_AGENT, _REACH, _BEHIND, _STEPS = 7, 45, 26, 6
_COMPARING = word_set("at least most over about around nearly almost up approximately some")
_SUBORDINATE = word_set("as while when after before because although though since where until that")
_PARTICLES = frozenset(["up", "down", "off", "out", "at", "least"])


@dataclass(frozen=True)
class Clauses:
    """The reading of one document."""

    analysis: Analysis

    def sentence(self, token: int) -> tuple[int, int]:
        """First token of the sentence of `token`, and the one behind its last."""
        return self._sentence_of[token]

    @cached_property
    def _sentence_of(self) -> list[tuple[int, int]]:
        """For each token its sentence, and one more; what goes on in lower case behind a line break is not cut."""
        words, tags = self.analysis.words, self.analysis.tags
        firsts = [one.first for one in self.analysis.sentences]
        cuts = [at for at in firsts if at == 0 or not words[at][0].islower() or tags[at - 1] in ".:"]
        found: list[tuple[int, int]] = []
        for first, last in pairwise((*cuts, len(words))):
            found += [(first, last)] * (last - first)
        return [*found, found[-1] if found else (0, 0)]

    def phrase_at(self, token: int) -> int:
        """The number of the noun phrase of `token`, or `NONE`."""
        numbers = self.analysis.noun_phrase_of
        return numbers[token] if 0 <= token < len(numbers) else NONE

    def group_at(self, token: int) -> VerbGroup | None:
        """The verb group of `token`."""
        return self._group_of.get(token)

    @cached_property
    def _group_of(self) -> dict[int, VerbGroup]:
        return {i: group for group in self.analysis.verb_groups for i in range(group.first, group.last)}

    def is_passive(self, group: VerbGroup) -> bool:
        """Whether the subject suffers: a passive, or a participle that hangs on the noun before it."""
        if group.passive:
            return True
        tags = self.analysis.tags
        if group.form != "finite" or tags[group.main] != "E" or group.first != group.main:
            return False
        word = self.analysis.lowers[group.main]
        form = verb_form(word)
        if form is not None and "n" not in form.kinds and not word.endswith("ed"):
            return False  # "sank" is no participle
        following = group.last
        while following < len(tags) and (tags[following] == "R" or self.analysis.lowers[following] in _PARTICLES):
            following += 1
        if following < len(tags) and tags[following] in "DHANPO":
            return False
        before = group.first - 1
        if following >= len(tags) or before < 0:
            return False
        if "by" in self._until_break(following):
            return True
        if tags[before] == "C" and tags[following] in "IT,.":
            joined = self._group_before(before, self.sentence(before)[0])
            return joined is not None and joined.passive
        if tags[following] == "C" and self.group_at(following + 1):
            return False
        return self.phrase_at(before) != NONE and tags[following] in "IT,.R-)C"

    def _until_break(self, token: int) -> tuple[str, ...]:
        """The next words, up to a sign or another verb."""
        last = token
        while last < min(len(self.analysis), token + _AGENT) and self.analysis.tags[last] in "DHANPITRM":
            last += 1
        return self.analysis.lowers[token:last]

    def subjects(self, group: VerbGroup, *, depth: int = 0) -> list[int]:
        """The noun phrases that stand before the verb as its subject, the nearest last; empty if not told."""
        if depth > _STEPS:
            return []
        first, _ = self.sentence(group.first)
        i = group.first - 1
        tags, lowers = self.analysis.tags, self.analysis.lowers
        while i >= first and tags[i] in "Rnq":
            i -= 1
        if i < first:
            return []
        if tags[i] == "C":
            return self._shared_subject(i, first, depth)
        begun = self.group_at(i) if group.form == "ing" else None
        if begun and begun.form == "finite" and begun.main == i:
            return self.subjects(begun, depth=depth + 1)
        if group.form == "ing" or (tags[i] == "," and group.form != "infinitive" and group.first - first > 1):
            return self._over_comma(group, i, first, depth)
        if group.form == "infinitive":
            governing = self._group_before(group.first, first)
            told = self.phrase_at(i)
            if governing and governing.lemma in COMMANDING and not governing.passive and told != NONE:
                return self.joined_left(told, first)
            return self.subjects(governing, depth=depth + 1) if governing else []
        if tags[i] == "W" or lowers[i] == "that":
            return self._antecedent(i, first)
        return self._phrase_before(i, first)

    def is_relative(self, group: VerbGroup) -> bool:
        """Whether "who", "which" or "that" is the verb's subject."""
        before = group.first - 1
        while before >= 0 and self.analysis.tags[before] in "Rn":
            before -= 1
        return before >= 0 and (self.analysis.tags[before] == "W" or self.analysis.lowers[before] == "that")

    def _shared_subject(self, i: int, first: int, depth: int) -> list[int]:
        """The subject of "X came and shot": that of the verb before."""
        before = self._group_before(i, first)
        return self.subjects(before, depth=depth + 1) if before else []

    def _over_comma(self, group: VerbGroup, i: int, first: int, depth: int) -> list[int]:
        """The subject over a comma: that of the main verb for ", killing"; the phrase before "X, a Y, was shot"."""
        tags = self.analysis.tags
        if group.form == "ing":
            if self.analysis.lowers[i] in ("for", "of") and i > first:
                return self._blamed(i, first, depth)
            if tags[i] not in ",S-I" and self.phrase_at(i) != NONE:
                return self._phrase_before(i, first)
            before = self._main_before(i, first)
            return self.subjects(before, depth=depth + 1) if before else []
        opening = i - 1
        while opening >= first and tags[opening] != ",":
            opening -= 1
        if opening > first and self.phrase_at(opening - 1) != NONE:
            return self._phrase_before(opening - 1, first)
        return self._phrase_before(i - 1, first) if self.phrase_at(i - 1) != NONE and opening < first else []

    def _blamed(self, i: int, first: int, depth: int) -> list[int]:
        """Who did it in "blamed the guard for shooting" and "the guard was accused of shooting"."""
        if self.phrase_at(i - 1) != NONE:
            return self.joined_left(self.phrase_at(i - 1), first)
        group = self.group_at(i - 1)
        return self.subjects(group, depth=depth + 1) if group else []

    def nearest(self, group: VerbGroup) -> list[int]:
        """The phrase right before a participle that hangs on it: the man in "the wife of a man shot by guards"."""
        before = group.first - 1
        while before > 0 and self.analysis.tags[before] in "R,":
            before -= 1
        number = self.phrase_at(before)
        return [] if number == NONE else self.joined_left(number, self.sentence(group.first)[0])

    def _antecedent(self, i: int, first: int) -> list[int]:
        """The phrase that "who" or "which" stands for."""
        tags = self.analysis.tags
        i -= 1
        while i >= first and tags[i] in ",I-":
            i -= 1
        number = self.phrase_at(i) if i >= first else NONE
        return [] if number == NONE else self.joined_left(number, first)

    def _group_before(self, token: int, first: int) -> VerbGroup | None:
        """The nearest verb group before `token` that is no -ing form and no infinitive."""
        for i in range(token - 1, max(first, token - _REACH) - 1, -1):
            group = self.group_at(i)
            if group and group.form == "finite":
                return group
        return None

    def _main_before(self, token: int, first: int) -> VerbGroup | None:
        """The nearest finite verb before `token` that no "as" or "when" subordinates."""
        group = self._group_before(token, first)
        while group:
            start = group.first - 1
            while start > first and self.analysis.lowers[start] not in _SUBORDINATE and not self.group_at(start):
                start -= 1
            earlier = self._group_before(start, first)
            if earlier is None or self.analysis.lowers[start] not in _SUBORDINATE:
                return group
            group = earlier
        return None

    def _phrase_before(self, i: int, first: int) -> list[int]:
        """The subject whose last words stand at `i`: over what hangs on it with a preposition."""
        tags = self.analysis.tags
        for _ in range(_STEPS):
            number = self.phrase_at(self._over_brackets(i, first))
            if number == NONE:
                return []
            before = self._before_phrase(number)
            opening = self.analysis.noun_phrases[number].first
            if self.begin_of(number) > opening and self.analysis.lowers[opening] in _CALENDAR:
                return [number]  # "In March 2011 fourteen people were shot"
            if before < first or self.analysis.lowers[before] in _SUBORDINATE:
                return [number]
            if tags[before] == "C" and self.phrase_at(before - 1) != NONE:
                left = self.analysis.noun_phrases[self.phrase_at(before - 1)].first - 1
                before = left if left >= first and tags[left] == "I" else before
            if tags[before] not in "IT":
                group = self.group_at(before)
                if group and group.form == "ing" and self.phrase_at(group.first - 1) != NONE and group.first > first:
                    i = group.first - 1
                    continue
                if group and group.first - 1 >= first and tags[group.first - 1] == "W":
                    return self._antecedent(group.first - 1, first)
                return self.joined_left(number, first)
            i = self._over_participle(before - 1, first)
            if i >= first and tags[i] == "W":
                return self._antecedent(i, first)
        return []

    def _over_brackets(self, i: int, first: int) -> int:
        """The token before the brackets that end at `i`."""
        if i >= first and self.analysis.tags[i] == ")":
            while i >= first and self.analysis.tags[i] != "(":
                i -= 1
            i -= 1
        return i if i >= first else NONE

    def _before_phrase(self, number: int) -> int:
        """The token before a phrase; the words of a comparison belong to it: "at least 50 men"."""
        phrase = self.analysis.noun_phrases[number]
        tags, lowers = self.analysis.tags, self.analysis.lowers
        before = phrase.first - 1
        counted = tags[phrase.first] == "H" or lowers[phrase.first] in ("least", "most")
        while before >= 0 and counted and lowers[before] in _COMPARING:
            if lowers[before] == "at" and lowers[before + 1] not in ("least", "most"):
                break
            before -= 1
        return before

    def _over_participle(self, i: int, first: int) -> int:
        """The token before the verb that ends at `i`, where one does: over "armed" in "men armed with"."""
        group = self.group_at(i)
        return group.first - 1 if group and group.form != "infinitive" and group.first > first else i

    def joined_left(self, number: int, first: int) -> list[int]:
        """The phrase and those that commas and "and" join to it on the left."""
        phrases, tags = self.analysis.noun_phrases, self.analysis.tags
        found = [number]
        seen_and = False
        while number > 0:
            left, right = phrases[number - 1], phrases[number]
            between = tags[left.last : right.first]
            if left.first < first or between not in ("C", ",C") + ((",",) if seen_and else ()):
                break
            if between in (",", ",C") and left.first > first and tags[left.first - 1] in "ITG":
                break
            seen_and = True
            number -= 1
            found.insert(0, number)
        return found

    def listed(self, number: int, last: int) -> list[int]:
        """The phrase and those that commas and "and" join to it on the right."""
        phrases, tags = self.analysis.noun_phrases, self.analysis.tags
        found = [number]
        while number + 1 < len(phrases) and phrases[number + 1].last <= last:
            if tags[phrases[number].last : phrases[number + 1].first] not in ("C", ",C", ","):
                break
            number += 1
            found.append(number)
        while len(found) > 1 and tags[phrases[found[-2]].last : phrases[found[-1]].first] == ",":
            found.pop()
        return found

    def joined_right(self, number: int, last: int) -> list[int]:
        """What is listed from a phrase on, without the last where a verb follows, whose subject that is."""
        found = self.listed(number, last)
        phrases, tags = self.analysis.noun_phrases, self.analysis.tags
        behind = phrases[found[-1]].last
        if len(found) == 1 or behind >= last or not self.group_at(behind) or tags[behind] not in "XMVZE":
            return found
        while len(found) > 1 and tags[phrases[found[-2]].last : phrases[found[-1]].first] == "C":
            found.pop()
        return found[:-1] if len(found) > 1 else found

    def phrases_from(self, token: int) -> list[int]:
        """The noun phrases that start at `token`, adverbs, "up" and "down" passed over."""
        _, last = self.sentence(max(0, token - 1))
        tags, i = self.analysis.tags, token
        while i < last and i < token + 4 and (tags[i] == "R" or self._is_particle(i)):
            i += 1
        if i + 1 < last and tags[i + 1] == "H" and self.analysis.lowers[i] in _COMPARING:
            i += 1
        if tags[i : i + 3] == "DH-" or tags[i : i + 2] == "H-":  # a 34-year-old man
            i = min(tags.index("-", i) + 1, last)
        number = self.phrase_at(i) if i < last else NONE
        if number == NONE:
            return []
        return self.joined_right(number, last)

    def _is_particle(self, i: int) -> bool:
        """Whether a word belongs to the verb or to the number behind it: "shot down a jet", not "sank off Orlo"."""
        word, behind = self.analysis.lowers[i], self.analysis.lowers[i + 1 : i + 3]
        if word == "off":
            return self.analysis.tags[i + 1 : i + 2] != "P" and "coast" not in behind
        return word in _PARTICLES and (word != "at" or behind[:1] == ("least",))

    def tails(self, token: int) -> list[tuple[str, list[int]]]:
        """The prepositional phrases from `token` on, in order, up to the next clause.

        "in front of the embassy" is one, with the preposition "in front of".
        """
        _, last = self.sentence(max(0, token - 1))
        last = min(last, token + _BEHIND)
        tags, lowers = self.analysis.tags, self.analysis.lowers
        found: list[tuple[str, list[int]]] = []
        i = token
        while (ahead := _BETWEEN_NOUNS.search(tags, i, last)) is not None:
            i, tag = ahead.start(), ahead.group()
            if tag in ".:WSXM" or (tag == "C" and self.group_at(i + 1) is not None):
                break
            group = self.group_at(i)
            if group and (
                group.form == "infinitive"
                or (group.first == i and group.form == "finite" and not self.is_passive(group))
            ):
                break
            if tag in "IT" and i + 1 < last:
                number = self.phrase_at(i + 1)
                preposition = lowers[i]
                if number != NONE and preposition == "in" and lowers[i + 1] == "front":
                    i, preposition = i + 2, "in front of"
                    number = self.phrase_at(i + 1) if i + 1 < last else NONE
                if number != NONE:
                    found.append((preposition, self.joined_right(number, last)))
                    i = self.analysis.noun_phrases[number].last
                    continue
            i += 1
        return found

    def whole(self, number: int) -> tuple[int, int]:
        """The tokens to cite for a phrase: no leading determiner or number; "members of the army" as a whole."""
        first, last = self.begin_of(number), self.end_of(number)
        tags, lowers = self.analysis.tags, self.analysis.lowers
        if tags[first] == "s" and first and self.phrase_at(first - 1) not in (NONE, number):
            first = self.begin_of(self.phrase_at(first - 1))
        inner = self.head_number(number)
        if tags[last - 1] == "H" and lowers[last : last + 2] == ("of", "them"):
            last += 2
        elif inner != number:
            if tags[last - 1] == "H" or lowers[last - 1] in COUNTED:
                first = self.analysis.noun_phrases[inner].first
            last = self.analysis.noun_phrases[inner].last
        while first < last - 1 and (tags[first] in "DHRI" or lowers[first] in LEADING):
            first += 1
        return first, last

    def begin_of(self, number: int) -> int:
        """The first token of a phrase that belongs to the sentence of its last: a heading above is no part of it."""
        phrase = self.analysis.noun_phrases[number]
        first = max(phrase.first, self.sentence(phrase.last - 1)[0])
        tags, lowers = self.analysis.tags, self.analysis.lowers
        for i in range(phrase.last - 2, first, -1):
            if (
                tags[i] == "-"
                or lowers[i] == "left"
                or (tags[i] in "DH" and any(word in _CALENDAR for word in lowers[first:i]))
            ):
                return i + 1
        return first

    def end_of(self, number: int) -> int:
        """Behind the head of a phrase: an adjective that trails it ("men armed", "people dead") is no part of it."""
        phrase = self.analysis.noun_phrases[number]
        tags, last = self.analysis.tags, phrase.last
        while last > phrase.first + 1 and (
            tags[last - 1] in "s,R"
            or (tags[last - 1] == "A" and tags[last - 2] in "NP" and self.analysis.lowers[last - 1] not in HEADS)
        ):
            last -= 1
        return last

    def head_number(self, number: int) -> int:
        """The phrase that tells what a phrase is: for "dozens of rebels" and "a group of rebels" the inner one."""
        lowers, tags, last = self.analysis.lowers, self.analysis.tags, self.analysis.noun_phrases[number].last
        counts = lowers[last - 1] in PARTITIVE or (tags[last - 1] == "H" and tags[last + 1 : last + 2] != "O")
        inner = self.phrase_at(last + 1) if counts and lowers[last : last + 1] == ("of",) else NONE
        if inner == NONE:
            return number
        return self.head_number(inner) if lowers[last - 1] == "tens" else inner
