"""Claim links: whether linked claims are about the same event, and contradict or agree as the link says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmx.ground.checks.claims import content_words, same_stem
from llmx.ground.checks.nearness import sentences_away
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.names import proper_tokens
from llmx.lexicon.signals import signals_of
from llmx.result import Path, Reason, Verdict
from llmx.schema.news import Claim, ClaimLink
from llmx.text.numbers import Number, find_numbers


def check_claim_links(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether linked claims are about the same event, and contradict or agree as the link says."""
    for number, link in enumerate(claim.links):
        other = context.claims.get(link.claim)
        if other is not None:
            yield _link(claim, other, link, ("links", number), context)


def _link(claim: Claim, other: Claim, link: ClaimLink, path: Path, context: Context) -> Verdict:
    rule = "claim.link"
    if other.id == claim.id:
        return contradicted(path, rule, Reason.LINK_MISMATCH, "a claim is not linked to itself")
    shared = set(claim.events) & set(other.events)
    if not shared and claim.events and other.events:
        detail = f"{claim.id} is about {', '.join(claim.events)}, {other.id} about {', '.join(other.events)}"
        if _told_together(claim, other, context):
            return undecided(path, rule, f"{detail}, told in one sentence")
        if link.relation in ("contradicts", "repeats", "corrects") and not _are_close(claim, other, context):
            return contradicted(path, rule, Reason.LINK_MISMATCH, detail)
        if link.relation in ("supports", "refines") and _are_apart(claim, other, context):
            return contradicted(path, rule, Reason.LINK_MISMATCH, f"{detail}, and they share no word")
        return undecided(path, rule, detail)
    if not shared and link.relation != "compatible_with" and _are_apart(claim, other, context):
        detail = f"{claim.id} and {other.id} name nothing in common and are told apart from each other"
        return contradicted(path, rule, Reason.LINK_MISMATCH, detail)
    clash = clashes(claim, other, context)
    if clash is None or link.relation in ("supports", "corrects"):
        return undecided(path, rule) if not shared or clash is None else supported(path, rule)
    if not shared and not _share_sense(claim, other, context):
        return undecided(path, rule, "numbers of different things")
    disagrees = link.relation == "contradicts"
    if clash == disagrees:
        return supported(path, rule)
    both = f"{claim.id} and {other.id} {'cannot' if clash else 'can'} both be true"
    return contradicted(path, rule, Reason.LINK_MISMATCH, f"{both}, value says {link.relation}")


def _share_sense(claim: Claim, other: Claim, context: Context) -> bool:
    """Whether two claims share a word that is neither a name nor a function word."""
    mine, theirs = (
        content_words(one.text) - set(proper_tokens(one.text, capitalised=context.reading.capitalised))
        for one in (claim, other)
    )
    return any(one == word or same_stem(one, word) for one in mine for word in theirs)


_POINTS_BACK = re.compile(r"\b(?:he|she|it|they|him|them|this|these|those|such)\b", re.IGNORECASE)
_FAR = 2
"""Sentences between two claims that nothing else ties together."""


def _are_apart(claim: Claim, other: Claim, context: Context) -> bool:
    """Whether both claims name somebody or something, share no word, and stand far from each other.

    Claims that are opposed in other words share no word either; where one of them names nothing, or points back, it
    can be about what the other names.
    """
    if content_words(claim.text) & content_words(other.text) or _share_sense(claim, other, context):
        return False
    if _sources(claim, context) & _sources(other, context):
        return False
    for one in (claim, other):
        if not proper_tokens(one.text, capitalised=context.reading.capitalised) or _POINTS_BACK.search(one.text):
            return False
    return all(sentences_away(cite, other.evidence, context) > _FAR for cite in claim.evidence)


def _are_close(claim: Claim, other: Claim, context: Context) -> bool:
    """Whether claims about two events share a word of sense, or one beside the other denies: they may be one event."""
    if _share_sense(claim, other, context):
        return True
    away = min(sentences_away(cite, other.evidence, context) for cite in claim.evidence)
    return away <= 1 and any(_denies(one, context) for one in (claim, other))


def _sources(claim: Claim, context: Context) -> set[str]:
    """Who makes the claim: the words for each source, and the entities they name."""
    chain = [one for name in claim.claimer if (one := context.attributions.get(name)) is not None]
    found = {one.source.quote for one in chain if one.source is not None}
    return found | {one.source_entity for one in chain if one.source_entity is not None}


def _told_together(claim: Claim, other: Claim, context: Context) -> bool:
    """Whether an event of one claim shares a sentence with an event of the other: they may be one."""
    mine, theirs = (
        {
            index
            for name in one.events
            if (event := context.events.get(name)) is not None
            for cite in event.evidence
            for index in context.reading.sentences(cite.span)
        }
        for one in (claim, other)
    )
    return bool(mine & theirs)


def clashes(claim: Claim, other: Claim, context: Context) -> bool | None:
    """Whether the numbers or negations of two claims exclude each other; `None` where they do not tell."""
    if any(_denies(one, context) for one in (claim, other)):
        return None
    mine, theirs = _one_number(claim), _one_number(other)
    if mine is not None and theirs is not None:
        return not _can_be_one(mine, theirs)
    return None


def _denies(claim: Claim, context: Context) -> bool:
    """Whether a claim, or whoever makes it, negates anything."""
    if claim.epistemic.startswith("false") or signals_of("negation", claim.text):
        return True
    chain = (context.attributions.get(name) for name in claim.claimer)
    return any(one is not None and one.stance == "denies" for one in chain)


def _one_number(claim: Claim) -> Number | None:
    numbers = find_numbers(claim.text)
    if any(number.kind in ("percent", "fraction") for number in numbers):
        return None  # what a share is taken of is no count of its own
    found = [number for number in numbers if number.kind == "count" and number.values != (1,)]
    return found[0] if len(found) == 1 else None


def _can_be_one(first: Number, second: Number) -> bool:
    low = max(_low(first), _low(second))
    high = min(_high(first), _high(second))
    return low <= high


def _low(number: Number) -> float:
    if number.low is not None:
        return number.low
    return number.best * 0.8 if number.best is not None else 0


def _high(number: Number) -> float:
    if number.high is not None:
        return number.high
    return number.best * 1.25 if number.best is not None else float("inf")
