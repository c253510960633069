"""Find the claims of a document: in what others are said to assert, and in what its author tells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import Analysis
from llmx.rules.attribution import FoundAttribution
from llmx.rules.claims.clauses import as_sentence, points_elsewhere, runs_into_verb, stands_alone, trimmed, with_marks
from llmx.rules.claims.found import FoundClaim
from llmx.rules.claims.kinds import epistemic_of, is_figure, kind_of, loaded_terms, names_actor
from llmx.rules.claims.links import linked
from llmx.rules.counts import FoundCount
from llmx.rules.events import FoundEvent
from llmx.text.span import Span

_ASSERTING = frozenset(["asserts", "reports", "denies", "accuses", "believes", "predicts", "criticises"])
_UNSAID = word_set("not never cannot would could may might should must can 'd refuse refused refuses declined declines")
_WORTHY = frozenset(["event", "quantity", "responsibility", "affiliation", "causal", "state"])
_PERSON = word_set("he she")
_OWNED = word_set("its his her their our my your")
_SEVERAL = frozenset(["anonymous_collective", "named_collective", "unnamed_official", "government"])
_BODIES = frozenset(["government", "news_outlet", "named_organisation", "anonymous_collective", "named_collective"])
_MOST_PER_ATTRIBUTION = 3
_WHOLE = frozenset(["verb-content", "estimate"])
_NEAR = 12

Tokens = tuple[int, int]


def find_claims(
    analysis: Analysis,
    attributions: Sequence[FoundAttribution],
    events: Sequence[FoundEvent],
    counts: Sequence[FoundCount],
) -> tuple[FoundClaim, ...]:
    """The claims of a document, in text order.

    Args:
        analysis: The document's analysis.
        attributions: Its attributions; claimers are their numbers.
        events: Its events.
        counts: The counts of its events.
    """
    finder = _Finder(analysis, attributions, events, counts)
    found = sorted([*finder.attributed(), *finder.told_by_author()], key=lambda one: one.evidence)
    within = [finder.counts_in(analysis.tokens_in(one.evidence)) for one in found]
    accusing = frozenset(at for at, one in enumerate(attributions) if one.stance == "accuses")
    return linked(found, within, accusing)


@dataclass(frozen=True)
class _Finder:
    analysis: Analysis
    attributions: Sequence[FoundAttribution]
    events: Sequence[FoundEvent]
    counts: Sequence[FoundCount]

    def attributed(self) -> Iterator[FoundClaim]:
        """The claims in the contents of attributions."""
        for number, one in enumerate(self.attributions):
            if one.stance not in _ASSERTING or one.mode == "headline" or not self._is_said(one):
                continue
            chain = self._chain(number)
            made = 0
            for part in one.content:
                for tokens in self._clauses_of(part):
                    claim = self._attributed(one, chain, tokens)
                    if claim and made < _MOST_PER_ATTRIBUTION:
                        made += 1
                        yield claim
            if not made:
                whole = self._whole(one, chain)
                if whole:
                    yield whole

    def _is_said(self, one: FoundAttribution) -> bool:
        """Whether the cue says that it was said: not "did not say", "would argue", "could claim"."""
        if one.cue is None:
            return True
        words = self.analysis.lowers[slice(*self.analysis.tokens_in(one.cue))]
        return not any(word in _UNSAID or word.endswith("n't") for word in words)

    def _attributed(self, one: FoundAttribution, chain: list[int], tokens: Tokens) -> FoundClaim | None:
        analysis = self.analysis
        first, last = trimmed(analysis, *tokens)
        if first >= last or self._is_question(tokens):
            return None
        span = analysis.span(first, last)
        if stands_alone(analysis, first, last) and not points_elsewhere(analysis, first, last):
            span = analysis.span(*with_marks(analysis, first, last))
            return self._claim((first, last), span, as_sentence(span.of(analysis.text)), chain, "claim.content")
        if one.source and not points_elsewhere(analysis, first, last):
            name = self._stand_in(one, analysis.lowers[first])
            if name and last - first > 3:  # noqa: PLR2004 - a pronoun, a verb, and what it is about
                span = analysis.span(first, with_marks(analysis, first, last)[1])
                rest = analysis.text[analysis.ends[first] : span.end]
                return self._claim((first, last), span, as_sentence(name + rest), chain, "claim.content-of-person")
        return None

    def _whole(self, one: FoundAttribution, chain: list[int]) -> FoundClaim | None:
        """Source, cue and content as one claim, where the content is no clause: "accused the army of the raid"."""
        if one.source is None or one.cue is None or one.rule not in _WHOLE or len(one.content) != 1:
            return None
        if not one.source.start < one.cue.start < one.content[0].start or one.stance not in ("accuses", "reports"):
            return None
        if self._verb_between(one.source.end, one.cue.start):
            return None  # "the mayor said, accusing the army of the raid"
        first, last = self.analysis.tokens_in(Span(one.source.start, one.content[0].end))
        first, last = trimmed(self.analysis, first, last)
        counted = bool(self.counts_in((first, last)))
        if not (counted or one.stance == "accuses") or not stands_alone(self.analysis, first, last):
            return None
        span = self.analysis.span(*with_marks(self.analysis, first, last))
        return self._claim((first, last), span, as_sentence(span.of(self.analysis.text)), chain, "claim.whole")

    def _verb_between(self, start: int, end: int) -> bool:
        """Whether a finite verb stands between two places of the text."""
        first, last = self.analysis.tokens_in(Span(start, end)) if start < end else (0, 0)
        low = bisect_left(self.analysis.finite, first)
        return low < bisect_left(self.analysis.finite, last)

    def told_by_author(self) -> Iterator[FoundClaim]:
        """The claims that the author makes: clauses with an event or a count outside all contents."""
        seen: set[int] = set()
        anchors = {event.first for event in self.events if event.is_told}
        anchors |= {count.first for count in self.counts if self.events[count.event].is_told}
        anchors |= set(self._figures())
        for anchor in sorted(anchors):
            number = self.analysis.sentence_of[anchor]
            if number not in seen and not self._is_held(self.analysis.span(anchor, anchor + 1)):
                claim = self._by_author(anchor)
                if claim:
                    seen.add(number)
                    yield claim

    def _figures(self) -> Iterator[int]:
        """The tokens of numbers that count or measure something, in sentences that no content holds."""
        analysis = self.analysis
        for i in analysis.tagged("H", 0, len(analysis)):
            if analysis.lowers[i][0].isdigit() and is_figure(analysis, i):
                yield i

    def _by_author(self, anchor: int) -> FoundClaim | None:
        """The claim of the sentence around a token, up to where somebody else's words begin."""
        analysis = self.analysis
        sentence = analysis.sentence_at(anchor)
        first, last = trimmed(analysis, sentence.first, self._free_end(sentence.first, sentence.last))
        if not first <= anchor < last or self._is_question((sentence.first, sentence.last)):
            return None
        if not stands_alone(analysis, first, last) or points_elsewhere(analysis, first, last):
            return None
        span = analysis.span(first, last)
        if any(span.overlaps(part) for part in self._parts_near(span)):
            return None
        span = analysis.span(*with_marks(analysis, first, last))
        return self._claim((first, last), span, as_sentence(span.of(analysis.text)), [], "claim.author")

    def _claim(self, tokens: Tokens, span: Span, text: str, chain: list[int], rule: str) -> FoundClaim:
        held = [self.attributions[at] for at in chain]
        counted = bool(self.counts_in(tokens))
        low, high = (bisect_left(self._ordered_events, (token, 0)) for token in tokens)
        events = tuple(
            dict.fromkeys(
                [at for _, at in self._ordered_events[low:high]] + [count.event for count in self.counts_in(tokens)]
            )
        )
        stance = held[-1].stance if held else ""
        kind = kind_of(self.analysis, tokens, counted=counted, told=bool(events), stance=stance)
        sure = epistemic_of(self.analysis, tokens, held)
        worthy = kind in _WORTHY and (
            counted or (names_actor(self.analysis, tokens) and (bool(events) or kind != "state"))
        )
        return FoundClaim(
            text=text,
            evidence=span,
            kind=kind,
            claimer=tuple(chain),
            epistemic=sure,
            check_worthy=worthy,
            events=events,
            loaded_terms=loaded_terms(self.analysis, tokens),
            rule=rule,
        )

    def counts_in(self, tokens: Tokens) -> list[FoundCount]:
        """The counts whose number stands in the tokens."""
        low = bisect_left(self._ordered_counts, tokens[0], key=lambda one: one.first)
        high = bisect_left(self._ordered_counts, tokens[1], key=lambda one: one.first)
        return [one for one in self._ordered_counts[low:high] if one.last <= tokens[1]]

    @cached_property
    def _ordered_counts(self) -> list[FoundCount]:
        return sorted(self.counts, key=lambda one: one.first)

    @cached_property
    def _ordered_events(self) -> list[tuple[int, int]]:
        """First token and number of each event, by token."""
        return sorted((event.first, number) for number, event in enumerate(self.events))

    def _chain(self, number: int) -> list[int]:
        """The attribution and its parents, outermost first."""
        chain = [number]
        parent = self.attributions[number].parent
        while parent is not None and parent not in chain:
            chain.insert(0, parent)
            parent = self.attributions[parent].parent
        return chain

    def _clauses_of(self, part: Span) -> Iterator[Tokens]:
        """The sentences of a part of a content; those that hold an attribution of their own are left to it."""
        first, last = self.analysis.tokens_in(part)
        at = first
        while at < last:
            end = min(last, self.analysis.sentence_at(at).last)
            here = self.analysis.span(at, end)
            if not any(here.contains(other.content[0]) and other.content[0] != part for other in self._inner(part)):
                yield at, end
            at = end

    def _inner(self, part: Span) -> list[FoundAttribution]:
        low = bisect_left(self._nested, part.start, key=lambda one: one.content[0].start)
        high = bisect_left(self._nested, part.end, key=lambda one: one.content[0].start)
        return [one for one in self._nested[low:high] if part.contains(one.content[0])]

    @cached_property
    def _nested(self) -> list[FoundAttribution]:
        """The attributions with a parent, by the start of their content."""
        return sorted(
            (
                one
                for one in self.attributions
                if one.parent is not None
                and one.stance in _ASSERTING
                and not runs_into_verb(self.analysis, *self.analysis.tokens_in(one.content[0]))
            ),
            key=lambda one: one.content[0].start,
        )

    @cached_property
    def _parts(self) -> list[Span]:
        """The parts of all contents, by their start."""
        return sorted(part for one in self.attributions for part in one.content)

    def _parts_near(self, span: Span) -> list[Span]:
        """The parts of contents that may touch `span`: those that start last before its end."""
        at = bisect_left(self._parts, span.end, key=lambda part: part.start)
        return self._parts[max(0, at - _NEAR) : at]

    def _is_held(self, span: Span) -> bool:
        """Whether a content holds `span`."""
        return any(part.contains(span) for part in self._parts_near(span))

    @cached_property
    def _first_touched(self) -> dict[int, int]:
        """For each sentence in which an attribution has words, the first token of them."""
        found: dict[int, int] = {}
        for one in self.attributions:
            for piece in (one.source, one.cue, *one.content):
                if piece is not None:
                    token = self.analysis.tokens_in(piece)[0]
                    sentence = self.analysis.sentence_of[token]
                    found[sentence] = min(token, found.get(sentence, token))
        return found

    def _free_end(self, first: int, last: int) -> int:
        """Where the part of a sentence ends that no attribution touches, if it starts with such a part."""
        cut = self._first_touched.get(self.analysis.sentence_of[first], last)
        if cut >= last:
            return last
        while cut > first and self.analysis.tags[cut - 1] not in ",:-":
            cut -= 1
        return cut

    def _is_question(self, tokens: Tokens) -> bool:
        sentence = self.analysis.sentence_at(tokens[0])
        return "?" in self.analysis.words[max(tokens[0], sentence.last - 3) : sentence.last]

    def _stand_in(self, one: FoundAttribution, pronoun: str) -> str:
        """Who or what the pronoun at the start of a content stands for, if the source can be it; else empty."""
        if one.source is None or (pronoun in _PERSON and one.source_kind == "named_person"):
            return self._name(one.source) if one.source else ""
        first, last = self.analysis.tokens_in(one.source)
        number = self.analysis.noun_phrase_of[first] if first < last else -1
        if number < 0:
            return ""
        phrase = self.analysis.noun_phrases[number]
        head = self.analysis.lowers[phrase.head]
        plural = head.endswith("s") or head in ("people", "police", "authorities")
        fits = (pronoun == "they" and plural and one.source_kind in _SEVERAL) or (
            pronoun == "it" and not plural and one.source_kind in _BODIES
        )
        end = min(last, phrase.last)
        if not fits or self.analysis.tags[phrase.head] == "O" or self.analysis.lowers[first] in _OWNED or first >= end:
            return ""
        return self.analysis.span(first, end).of(self.analysis.text)

    def _name(self, source: Span) -> str:
        """The source's name without what hangs on it; empty if it is no name."""
        first, last = self.analysis.tokens_in(source)
        number = self.analysis.noun_phrase_of[first] if first < last else -1
        if number < 0:
            return ""
        phrase = self.analysis.noun_phrases[number]
        names = [i for i in range(phrase.first, min(phrase.last, last)) if self.analysis.tags[i] == "P"]
        return self.analysis.span(names[0], names[-1] + 1).of(self.analysis.text) if names else ""
