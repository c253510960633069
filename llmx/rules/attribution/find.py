"""Find the attributions of a document: candidates, their likelihood, and those that go together."""

from __future__ import annotations

import math
from collections.abc import Iterator

from llmx.document import Document
from llmx.lexicon.function_words import WEEKDAYS, word_set
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.assembly import assemble
from llmx.rules.attribution.candidates import Candidate
from llmx.rules.attribution.continuation import continued
from llmx.rules.attribution.features import stance_of
from llmx.rules.attribution.fixed import fixed_candidates
from llmx.rules.attribution.found import FoundAttribution
from llmx.rules.attribution.nouns import noun_candidates
from llmx.rules.attribution.senses import DEED_NOUNS, DEEDS, says_nothing, tells_of_war
from llmx.rules.attribution.verbs import verb_candidates
from llmx.rules.attribution.weights import LEAST, Weights, bundled_weights, probability

_HOLDS_OTHER = 0.2
_SURE = 0.6
_SURE_OF_ESTIMATE = 0.9
_TOLD = word_set("tell warn")
_SURE_OF_WISH = 0.55
_SAYING = word_set("say report announce add tell warn confirm estimate")
_OUTER = word_set("that clause")
_EMPTY = frozenset("O.,:-qRn")
_POINTING = word_set("that this these those so")
_NESTABLE = word_set("that clause quote")


def find_attributions(
    analysis: Analysis, document: Document, *, weights: Weights | None = None
) -> tuple[FoundAttribution, ...]:
    """The attributions of a document, in the order of their cues.

    Args:
        analysis: The document's analysis.
        document: The document; nothing in its boilerplate is part of an attribution.
        weights: The weights of features; the bundled ones where it is `None`.
    """
    used = weights or bundled_weights()
    kept, inner = _choose(analysis, used)
    return assemble(analysis, document, kept, inner)


def all_candidates(analysis: Analysis, weights: Weights, *, every: bool = False) -> Iterator[Candidate]:
    """The candidates of all patterns.

    Args:
        analysis: The document's analysis.
        weights: The weights, for the ends of contents and for the nouns that are cues.
        every: Take every noun, as for learning the weights.
    """
    yield from verb_candidates(analysis, weights)
    yield from fixed_candidates(analysis)
    yield from noun_candidates(analysis, weights, every=every)


Scored = tuple[float, Candidate]


def _choose(analysis: Analysis, weights: Weights) -> tuple[list[Scored], list[Scored]]:
    """The candidates that are likely and do not overlap, in text order, and the sure ones within their contents."""
    scored = [
        (_likelihood(analysis, one, weights), one)
        for one in all_candidates(analysis, weights)
        if _has_words(analysis, one) and not says_nothing(analysis, one)
    ]
    war = tells_of_war(analysis)
    scored = sorted(
        (one for one in scored if one[0] >= LEAST and not (war and _is_deed(one[1]))),
        key=lambda one: (-_rank(*one), one[1].cue),
    )
    owners = [NONE] * len(analysis)
    taken = bytearray(len(analysis))
    chosen: dict[int, Scored] = {}
    left: list[Scored] = []
    for number, (score, one) in enumerate(scored):
        ranges = [one.cue, *one.content]
        others = set[int]().union(*[owners[first:last] for first, last in ranges]) - {NONE}
        if others and not (_is_outer(score, one) and all(_holds(one, chosen[other][1]) for other in others)):
            left.append((score, one))
            continue
        left += [chosen.pop(other) for other in sorted(others)]
        for first, last in ranges:
            owners[first:last] = [number] * (last - first)
            taken[first:last] = b"\1" * (last - first)
        chosen[number] = (score, one)
    kept = sorted(chosen.values(), key=lambda one: one[1].cue)
    longer = continued(analysis, [one for _, one in kept], taken)
    kept = [(score, one) for (score, _), one in zip(kept, longer, strict=True)]
    return kept, [one for one in left if _is_sure_speech(*one)]


def _is_outer(score: float, one: Candidate) -> bool:
    """Whether a candidate surely is speech, so that what others say or want within it does not displace it."""
    return score >= _SURE and one.complement.kind in _OUTER and one.rule == "verb-content"


def _holds(one: Candidate, other: Candidate) -> bool:
    """Whether another candidate's cue and content stand within the content of `one`."""
    return all(
        any(first <= begin and end <= last for first, last in one.content) for begin, end in (other.cue, *other.content)
    )


def _likelihood(analysis: Analysis, one: Candidate, weights: Weights) -> float:
    """How likely a candidate is: by the weights, but a clause before "the ministry said on Sunday" surely is one.

    In the texts that taught the weights most of what stands before its cue is a quotation.
    """
    if one.rule == "estimate":
        return _SURE_OF_ESTIMATE
    score = probability(one.features, weights.of_cue)
    if score >= _SURE or one.rule != "content-source-verb" or one.lemma not in _SAYING or ("negated",) in one.features:
        return score
    return _SURE if _ends_with_saying(analysis, _behind_told(analysis, one)) else score


def _behind_told(analysis: Analysis, one: Candidate) -> int:
    """The token behind the cue and those who are told: "told reporters", "told state radio"."""
    at = one.cue[1]
    number = analysis.noun_phrase_of[at] if at < len(analysis) and one.lemma in _TOLD else NONE
    return analysis.noun_phrases[number].last if number != NONE and analysis.noun_phrases[number].first == at else at


def _ends_with_saying(analysis: Analysis, at: int) -> bool:
    """Whether nothing but a day or a comma stands between the cue that ends at token `at` and its sentence's end."""
    end = analysis.sentence_at(at - 1).last
    if at < end and analysis.lowers[at] in ("on", "late", "early", "earlier", "in", "last", "this") and at + 1 < end:
        while at < end and analysis.tags[at] in "IPNHADR":
            at += 1
    elif at < end and analysis.lowers[at] in WEEKDAYS:
        at += 1
    return at >= end or analysis.tags[at] in ".,"


def _has_words(analysis: Analysis, one: Candidate) -> bool:
    """Whether cue and every part of the content have a token, and the content more than pronouns.

    In broken text a part may come out empty; "did not name them" and "claimed it" tell nobody what was said.
    """
    if not all(first < last for first, last in (one.cue, *one.content)):
        return False
    return any(
        analysis.tags[i] not in _EMPTY and analysis.lowers[i] not in _POINTING
        for first, last in one.content
        for i in range(first, last)
    )


def _is_deed(one: Candidate) -> bool:
    """Whether the cue, in news of war, tells of a deed."""
    if one.rule == "noun":
        return one.lemma in DEED_NOUNS and one.complement.kind == "pp"
    return one.lemma in DEEDS and one.complement.kind not in ("that", "quote", "clause")


def _rank(score: float, one: Candidate) -> float:
    """Which of two overlapping candidates wins: a fixed cue, else the likelier one, and of like ones the longer."""
    fixed = one.rule in ("according-to", "evidential-adverb")
    return score + fixed + _HOLDS_OTHER * math.log(1 + sum(last - first for first, last in one.content))


def _is_sure_speech(score: float, one: Candidate) -> bool:
    """Whether a candidate within another's content may be believed: a clause or a wish behind a verb, and likely."""
    if one.rule == "evidential-adverb":
        return True
    if one.rule != "verb-content" or one.source is None:
        return False
    if one.complement.kind == "to" and stance_of(one.lemma) == "intends":
        return score >= _SURE_OF_WISH
    return score >= _SURE and one.complement.kind in _NESTABLE
