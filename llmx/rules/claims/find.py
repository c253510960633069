"""Find the claims of a document: in what others are said to assert, and in what its author tells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from llmx.lexicon.function_words import word_set
from llmx.rules.analysis import Analysis
from llmx.rules.attribution import FoundAttribution
from llmx.rules.claims.clauses import (
    as_sentence,
    named_subject,
    points_elsewhere,
    runs_into_verb,
    stands_alone,
    trimmed,
    with_marks,
)
from llmx.rules.claims.found import FoundClaim
from llmx.rules.claims.kinds import (
    epistemic_of,
    is_figure,
    is_length,
    kind_of,
    loaded_terms,
    looks_ahead,
    names_actor,
)
from llmx.rules.claims.links import linked
from llmx.rules.claims.pieces import pieces
from llmx.rules.claims.retold import Retold, deed, effects, estimate, had, past_of
from llmx.rules.claims.selection import matters
from llmx.rules.claims.speakers import is_expletive, stand_in, subject_of
from llmx.rules.counts import FoundCount
from llmx.rules.events import FoundEvent
from llmx.text.span import Span

_ASSERTING = frozenset(["asserts", "reports", "denies", "accuses", "believes", "predicts", "criticises"])
_UNSAID = word_set("not never cannot would could may might should must can 'd refuse refused refuses declined declines")
_WORTHY = frozenset(["event", "quantity", "responsibility", "affiliation", "causal", "state"])
_MOST_PER_ATTRIBUTION = 4
_CAUSE = "because"
_CREDIT = word_set("responsibility")
_RETOLD = frozenset(["accuses", "reports", "asserts"])
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
    found = sorted(
        [one for one in (*finder.attributed, *finder.told_by_author()) if matters(analysis, one, attributions)],
        key=lambda one: one.evidence,
    )
    within = [finder.counts_in(analysis.tokens_in(one.evidence)) for one in found]
    accusing = frozenset(at for at, one in enumerate(attributions) if one.stance == "accuses")
    return linked(found, within, accusing)


@dataclass(frozen=True)
class _Finder:
    analysis: Analysis
    attributions: Sequence[FoundAttribution]
    events: Sequence[FoundEvent]
    counts: Sequence[FoundCount]

    @cached_property
    def attributed(self) -> tuple[FoundClaim, ...]:
        """The claims in the contents of attributions."""
        return tuple(self._attributions())

    def _attributions(self) -> Iterator[FoundClaim]:
        for number, one in enumerate(self.attributions):
            asserts = one.stance in _ASSERTING or (one.stance == "intends" and self._says_plan(one))
            if not asserts or one.mode == "headline" or not self._is_said(one):
                continue
            chain = self._chain(number)
            found = self._accused(one, chain) or list(islice(self._in_content(one, chain), _MOST_PER_ATTRIBUTION))
            yield from found or self._of_phrase(one, chain)

    def _is_said(self, one: FoundAttribution) -> bool:
        """Whether the cue says that it was said: not "did not say", "would argue", "could claim"."""
        if one.cue is None:
            return True
        words = self.analysis.lowers[slice(*self.analysis.tokens_in(one.cue))]
        return not any(word in _UNSAID or word.endswith("n't") for word in words)

    def _in_content(self, one: FoundAttribution, chain: list[int]) -> Iterator[FoundClaim]:
        """The claims of a content's clauses."""
        if not one.clausal or one.rule == "estimate":
            return
        for part in [one.hull] if one.mode == "evidential_adverb" else one.content:
            for tokens in self._clauses_of(part):
                if not self._is_question(tokens):
                    for piece in pieces(self.analysis, *trimmed(self.analysis, *tokens)):
                        claim = self._attributed(one, chain, (piece.first, piece.last))
                        if claim:
                            yield claim
                        yield from self._effects(piece.tail, chain)

    def _effects(self, tail: Tokens, chain: list[int]) -> Iterator[FoundClaim]:
        """The claims of participles with a number behind a clause: "killing two men"."""
        for told in effects(self.analysis, tail):
            yield self._retold(told, chain, "claim.effect")

    def _retold(self, told: Retold, chain: list[int], rule: str) -> FoundClaim:
        span = self.analysis.span(*with_marks(self.analysis, *told.tokens))
        return self._claim(told.tokens, span, as_sentence(told.text), chain, rule)

    def _attributed(self, one: FoundAttribution, chain: list[int], tokens: Tokens) -> FoundClaim | None:
        analysis = self.analysis
        first, last = trimmed(analysis, *tokens)
        if first >= last or points_elsewhere(analysis, first, last):
            return None
        span = analysis.span(first, last)
        if stands_alone(analysis, first, last) and analysis.lowers[first] not in _CREDIT:
            span = analysis.span(*with_marks(analysis, first, last))
            return self._claim((first, last), span, as_sentence(span.of(analysis.text)), chain, "claim.content")
        name = "" if is_expletive(analysis, first) else stand_in(analysis, one, first)
        if name and last - first > 3:  # noqa: PLR2004 - a pronoun, a verb, and what it is about
            span = analysis.span(first, with_marks(analysis, first, last)[1])
            rest = analysis.text[analysis.ends[first] : span.end]
            return self._claim((first, last), span, as_sentence(name + rest), chain, "claim.content-of-person")
        return None

    def _of_phrase(self, one: FoundAttribution, chain: list[int]) -> Iterator[FoundClaim]:
        """The claim of a content that is no clause: an accusation, an estimate, a denied deed, or all with its cue."""
        if (len(one.content) != 1 and one.rule != "estimate") or one.cue is None:
            return
        analysis = self.analysis
        first, last = trimmed(analysis, *analysis.tokens_in(one.hull))
        if first >= last or points_elsewhere(analysis, first, last):
            return
        told = estimate(analysis, (first, last))
        if told:
            opens = min(first, analysis.tokens_in(one.cue)[0])
            yield self._retold(Retold((opens, last), told.text), chain, "claim.retold")
            return
        subject = subject_of(analysis, one) if self._is_denial(one) else ""
        done = (past_of(analysis, (first, last), plural=False) or had(analysis, (first, last))) if subject else ""
        if done:
            yield self._retold(Retold((first, last), f"{subject} {done}"), chain, "claim.denied")
            return
        whole = self._whole(one, chain)
        if whole:
            yield whole

    def _accused(self, one: FoundAttribution, chain: list[int]) -> list[FoundClaim]:
        """The claim that somebody did what a content accuses of."""
        if one.stance != "accuses" or len(one.content) != 1:
            return []
        told = deed(self.analysis, trimmed(self.analysis, *self.analysis.tokens_in(one.content[0])))
        return [self._retold(told, chain, "claim.retold")] if told else []

    def _says_plan(self, one: FoundAttribution) -> bool:
        """Whether a clause tells what its speaker will do; who wants something done says nothing of it."""
        return one.clausal and looks_ahead(self.analysis, self.analysis.tokens_in(one.content[0]))

    def _is_denial(self, one: FoundAttribution) -> bool:
        """Whether the cue denies what was: not "ruled out joining"."""
        if one.stance != "denies" or one.cue is None:
            return False
        return any(word.startswith("den") for word in self.analysis.lowers[slice(*self.analysis.tokens_in(one.cue))])

    def _whole(self, one: FoundAttribution, chain: list[int]) -> FoundClaim | None:
        """Source, cue and content as one claim, where the content is no clause: "accused the army of the raid"."""
        if one.source is None or one.cue is None or one.rule not in _WHOLE or len(one.content) != 1:
            return None
        if not one.source.start < one.cue.start < one.content[0].start or one.stance not in _RETOLD:
            return None
        if self._verb_between(one.source.end, one.cue.start):
            return None  # "the mayor said, accusing the army of the raid"
        analysis = self.analysis
        first, last = trimmed(analysis, *analysis.tokens_in(Span(one.source.start, one.content[0].end)))
        begin = analysis.tokens_in(one.content[0])[0]
        credited = analysis.lowers[begin] in _CREDIT
        if credited and analysis.lowers[begin + 1 : begin + 2] != ("for",):
            last = begin + 1  # "claimed responsibility in a message"
        if not (self.counts_in((first, last)) or credited or one.stance == "accuses"):
            return None
        if not stands_alone(analysis, first, last):
            return None
        cue, name = analysis.tokens_in(one.cue)[0], subject_of(analysis, one)
        if name and "," in analysis.tags[first:cue]:
            text = f"{name} {analysis.span(cue, last).of(analysis.text)}"
            return self._claim((cue, last), analysis.span(cue, last), as_sentence(text), chain, "claim.whole")
        span = analysis.span(*with_marks(analysis, first, last))
        return self._claim((first, last), span, as_sentence(span.of(analysis.text)), chain, "claim.whole")

    def _verb_between(self, start: int, end: int) -> bool:
        """Whether a finite verb stands between two places of the text."""
        first, last = self.analysis.tokens_in(Span(start, end)) if start < end else (0, 0)
        low = bisect_left(self.analysis.finite, first)
        return low < bisect_left(self.analysis.finite, last)

    def told_by_author(self) -> Iterator[FoundClaim]:
        """The claims that the author makes: clauses with an event or a count outside all contents."""
        anchors = {event.first for event in self.events if event.is_told}
        anchors |= {count.first for count in self.counts if self.events[count.event].is_told}
        anchors |= {*self._figures(), *self._causes()}
        of_sentence: dict[int, list[int]] = {}
        for anchor in sorted(anchors):
            if not self._is_held(self.analysis.span(anchor, anchor + 1)):
                of_sentence.setdefault(self.analysis.sentence_of[anchor], []).append(anchor)
        for anchors_here in of_sentence.values():
            yield from self._by_author(anchors_here)

    def _figures(self) -> Iterator[int]:
        """The tokens of numbers that count or measure something, in sentences that no content holds."""
        analysis = self.analysis
        for i in analysis.tagged("H", 0, len(analysis)):
            if is_figure(analysis, i) and not is_length(analysis, i):
                yield i

    def _causes(self) -> Iterator[int]:
        """The tokens that tell a cause."""
        for tag in "SI":
            yield from (
                i for i in self.analysis.tagged(tag, 0, len(self.analysis)) if self.analysis.lowers[i] == _CAUSE
            )

    def _by_author(self, anchors: Sequence[int]) -> Iterator[FoundClaim]:
        """The claims of a sentence, up to where somebody else's words begin, that hold one of its anchors."""
        analysis = self.analysis
        sentence = analysis.sentence_at(anchors[0])
        tokens = trimmed(analysis, sentence.first, self._free_end(sentence.first, sentence.last))
        if tokens[0] >= tokens[1] or self._is_question((sentence.first, sentence.last)):
            return
        for piece in pieces(analysis, *tokens):
            first, last = trimmed(analysis, piece.first, piece.last)
            if any(first <= anchor < last for anchor in anchors) and self._is_free(first, last):
                span = analysis.span(*with_marks(analysis, first, last))
                text = named_subject(analysis, first, last) or span.of(analysis.text)
                yield self._claim((first, last), span, as_sentence(text), [], "claim.author")
            if piece.tail[0] < piece.tail[1] and not self._is_touched(analysis.span(*piece.tail)):
                yield from self._effects(piece.tail, [])

    def _is_free(self, first: int, last: int) -> bool:
        """Whether the tokens stand alone, and nobody else's words are among them."""
        whole = stands_alone(self.analysis, first, last) or named_subject(self.analysis, first, last)
        if not whole or points_elsewhere(self.analysis, first, last):
            return False
        return not self._is_touched(self.analysis.span(first, last))

    def _is_touched(self, span: Span) -> bool:
        return any(span.overlaps(part) for part in self._parts_near(span))

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
        """The parts of all contents in which somebody else's words stand, by their start."""
        return sorted(part for one in self._speech for part in one.content)

    @cached_property
    def _speech(self) -> list[FoundAttribution]:
        """The attributions of clauses, of quotations, and of what makes a claim: not "agreed to buy the mill"."""
        claimed = {claim.claimer[-1] for claim in self.attributed}
        return [
            one
            for at, one in enumerate(self.attributions)
            if one.clausal or one.mode in ("direct", "mixed") or at in claimed
        ]

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
        for one in self._speech:
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
        while cut > first and not self._parts_at(cut - 1):
            cut -= 1
        return cut

    def _parts_at(self, at: int) -> bool:
        """Whether the token is a comma, a colon, or a dash with a space before it."""
        tag = self.analysis.tags[at]
        return tag in ",:" or (tag == "-" and self.analysis.ends[at - 1] < self.analysis.starts[at])

    def _is_question(self, tokens: Tokens) -> bool:
        sentence = self.analysis.sentence_at(tokens[0])
        return "?" in self.analysis.words[max(tokens[0], sentence.last - 3) : sentence.last]
