"""Foreign: what the checks may say of an article in another language.

A verdict that hangs on words of English is softened. Where the language has a table of doubt, its own negations and
words of hearsay are read instead: a negation right before the trigger or the verb, an adverb of hearsay in its clause.
Where it has none, that no negation was found supports nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pydantic import BaseModel

from llmx.ground.checks.nearness import hull
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.languages import soften
from llmx.ground.names import any_agrees, fold_tokens
from llmx.lexicon.doubt import doubts_of, languages_of_doubt
from llmx.lexicon.signals import Family, Signal
from llmx.result import Outcome, Reason, Verdict
from llmx.schema.news import Attribution, Claim, Event
from llmx.text.languages import language_of
from llmx.text.span import Span

_ABSENCE = ("event.modality", "event.polarity", "claim.negation", "claim.sense", "claim.certainty", "claim.epistemic")
"""Rules that support a value because no word speaks against it."""
_BY_CAPITALS = frozenset({"claim.name", "claim.roles"})
_CLAUSE = re.compile(r"[,;:.!?،؛؟()–—\n]")
_BETWEEN = re.compile(r"\s+(?:[^\W\d_]+\s+)?")
_BEHIND = re.compile(r"\s+")
_STEM = 5
_SAME = 0.4


def reread(record: BaseModel, found: Sequence[Verdict], context: Context) -> list[Verdict]:
    """The verdicts `found` on a record, as far as they hold in the language of the article, which is not English."""
    language = _language(context.text)
    softened = [_of_nouns(soften(verdict, record), language) for verdict in found]
    if language not in languages_of_doubt():
        return [_opened(verdict) for verdict in softened]
    if isinstance(record, Event):
        own = [_polarity(record, language, context), *_hearsay(record, language, context)]
    elif isinstance(record, Claim):
        own = [_negation(record, language, context), *_commitment(record, language, context)]
    else:
        own = list[Verdict]()
    if isinstance(record, (Event, Attribution)):
        own.extend(_hedges(record, language))
    told = {verdict.path for verdict in own}
    named = {verdict.rule for verdict in own}
    return [_opened(one) for one in softened if not (one.path in told and one.rule in named)] + own


@lru_cache(maxsize=64)
def _language(text: str) -> str:
    return language_of(text.lower())


def _of_nouns(verdict: Verdict, language: str) -> Verdict:
    """A verdict on names, undecided where every noun has a capital and may be taken for one."""
    if language == "de" and verdict.outcome is Outcome.CONTRADICTED and verdict.rule in _BY_CAPITALS:
        return undecided(verdict.path, verdict.rule, "a noun may be meant, not a name")
    return verdict


def _opened(verdict: Verdict) -> Verdict:
    if verdict.outcome is Outcome.SUPPORTED and verdict.rule in _ABSENCE:
        return undecided(verdict.path, verdict.rule, "the article is not in English")
    return verdict


def _doubts(family: Family, span: Span, language: str, context: Context) -> list[Signal]:
    """The negations or hedges in the words at `span`, placed in the document."""
    found = doubts_of(family, span.of(context.text), language)
    return [one._replace(start=one.start + span.start, end=one.end + span.start) for one in found]


def _denial(span: Span, language: str, context: Context) -> str | None:
    """The negation that stands in the words at `span`, right before or right behind them; `None` where none does."""
    sentence = context.sentence(span)
    doubts = _doubts("negation", sentence, language, context)
    limits = {one.start for one in doubts if one.name == "only"}
    for one in doubts:
        if one.name != "core" or any(0 < at - one.end <= 1 for at in limits):
            continue
        inside = one.start < span.end and span.start < one.end
        before = one.end <= span.start and _BETWEEN.fullmatch(context.text, one.end, span.start)
        behind = (
            language in ("de", "fr") and one.start >= span.end and _BEHIND.fullmatch(context.text, span.end, one.start)
        )
        if inside or before or behind:
            return context.text[one.start : one.end]
    return None


def _polarity(event: Event, language: str, context: Context) -> Verdict:
    path, rule = ("polarity",), "event.polarity"
    denial = _denial(event.trigger.span, language, context)
    home = context.sentence(hull((*event.evidence, event.trigger)))
    doubted = bool(_doubts("negation", home, language, context))
    if event.modality == "denied":
        return undecided(path, rule, "it is denied")
    if event.polarity == "positive":
        if denial is not None:
            detail = f"the text says {denial!r} of it, value says positive"
            return contradicted(path, rule, Reason.POLARITY_MISMATCH, detail)
        return undecided(path, rule, "a negation in the sentence") if doubted else supported(path, rule)
    if denial is not None:
        return supported(path, rule)
    if doubted:
        return undecided(path, rule, "a negation elsewhere in the sentence")
    detail = f"no negation in {home.of(context.text)[:80]!r}, value says negative"
    return contradicted(path, rule, Reason.POLARITY_MISMATCH, detail)


def _hearsay(event: Event, language: str, context: Context) -> Iterator[Verdict]:
    """An event told as fact in a clause with an adverb of hearsay."""
    if event.modality != "asserted":
        return
    for one in _doubts("hedge", _clause(event.trigger.span, context), language, context):
        if one.name == "reportedly":
            detail = f"the text says {context.text[one.start : one.end]!r}, value says asserted"
            yield contradicted(("modality",), "event.hedge", Reason.HEDGE_MISMATCH, detail)
            return


def _clause(span: Span, context: Context) -> Span:
    """The words around `span` up to the next marks."""
    sentence = context.sentence(span)
    marks = [mark.start() for mark in _CLAUSE.finditer(context.text, sentence.start, sentence.end)]
    start = max((at + 1 for at in marks if at < span.start), default=sentence.start)
    end = min((at for at in marks if at >= span.end), default=sentence.end)
    return Span(start, max(end, span.end))


def _hedges(record: Event | Attribution, language: str) -> Iterator[Verdict]:
    for number, hedge in enumerate(record.hedges):
        if any(one.name != "only" for one in doubts_of("hedge", hedge.quote, language)):
            yield supported(("hedges", number), "hedge")


def _negation(claim: Claim, language: str, context: Context) -> Verdict:
    """Whether a claim in the article's language negates what its evidence does."""
    path, rule = ("text",), "claim.negation"
    evidence = " ".join(cite.quote for cite in claim.evidence)
    told, given = fold_tokens(claim.text), fold_tokens(evidence)
    shared = sum(any_agrees(word, given) for word in told)
    if shared < _SAME * len(told):
        return undecided(path, rule, "in other words, or in another language")
    mine = [one for one in doubts_of("negation", claim.text, language) if one.name != "only"]
    core = [one for one in mine if one.name == "core"]
    home = context.sentence(hull(claim.evidence))
    theirs = [one for one in doubts_of("negation", evidence, language) if one.name != "only"]
    if core and not theirs and not _doubts("negation", home, language, context):
        said = claim.text[core[0].start : core[0].end]
        detail = f"text says {said!r}, the evidence has no negation"
        return contradicted(path, rule, Reason.NEGATION_MISMATCH, detail)
    lost = [one for one in theirs if one.name == "core"]
    if lost and not mine:
        stems = {word[:_STEM] for word in told}
        for one in lost:
            following = fold_tokens(evidence[one.end :])[:1]
            if following and following[0][:_STEM] in stems and len(lost) == 1:
                detail = f"evidence says {evidence[one.start : one.end]!r}, the text negates nothing"
                return contradicted(path, rule, Reason.NEGATION_MISMATCH, detail)
    same = bool(core) == bool(lost) and bool(mine) == bool(theirs)
    return supported(path, rule) if same else undecided(path, rule, "the words for it differ")


def _commitment(claim: Claim, language: str, context: Context) -> Iterator[Verdict]:
    """A claim made as certain on evidence with an adverb of hearsay."""
    if claim.epistemic != "true_certain":
        return
    told = {word[:_STEM] for word in fold_tokens(claim.text)}
    for cite in claim.evidence:
        for one in _doubts("hedge", cite.span, language, context):
            said = context.text[one.start : one.end]
            if one.name == "reportedly" and not any(word[:_STEM] in told for word in fold_tokens(said)):
                detail = f"the evidence says {said!r}, value says true_certain"
                yield contradicted(("epistemic",), "claim.hearsay", Reason.HEDGE_MISMATCH, detail)
                return
