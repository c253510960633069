"""Counts: whether what is counted, whom it hits, and who says so follow from the words around the number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from llmx.ground.checks.nearness import is_within, overlaps_any
from llmx.ground.checks.stances import stances_of
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.lexicon.signals import Signal
from llmx.result import Path, Reason, Verdict
from llmx.schema.news import Attribution, Count, Event
from llmx.text.span import Span

_HARMS = frozenset({"killed", "injured", "detained", "displaced", "abducted", "missing"})
_THINGS = frozenset({"incidents", "troops", "weapons", "people"})
_SAYING = frozenset({"asserts", "reports", "denies", "accuses", "predicts", "believes"})
_HELD = frozenset({"detained", "abducted", "missing"})
_CASUALTIES = frozenset({"killed", "injured"})
_PEOPLE = frozenset({"people", "troops"})
_STOP = re.compile(r"[;.!?]|,\s+(?:and|but|while)\b")
_ACTIVE_GAP = re.compile(
    r"\s+(?:the\s+|of\s+|to\s+|at\s+|an?\s+|another\s+|further\s+|least\s+|up\s+|some\s+|about\s+|around\s+|nearly\s+|almost\s+|more\s+|than\s+"
    r"|over\s+|as\s+|many\s+|or\s+injured\s+|estimated\s+|total\s+|toll\s+|rose\s+|reached\s+|stood\s+|stands\s+|is\s+|was\s+|has\s+|risen\s+|climbed\s+)*\Z",
    re.IGNORECASE,
)
_ING = re.compile(r"\w+ing\Z", re.IGNORECASE)
_REACH = 60
_CASES = re.compile(r"\bcases?\b", re.IGNORECASE)
_HINTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "missing": re.compile(
            r"\b(?:search\w*|look\w* for|unaccounted|trapped|bur(?:ied|ying)|fate|traces?"
            r"|not been (?:seen|heard|found)|lost|stranded)\b",
            re.IGNORECASE,
        ),
        "displaced": re.compile(
            r"\b(?:homeless|shelter\w*|camps?|evacuat\w+|refug\w+|left their|cut off|stranded)\b", re.IGNORECASE
        ),
        "injured": re.compile(
            r"\b(?:treated|hospital\w*|casualt\w+|burn(?:s|ed)|bruis\w+|infected|sick|ill)\b", re.IGNORECASE
        ),
        "killed": re.compile(
            r"\b(?:bod(?:y|ies)|toll|victims?|casualt\w+|lives|funerals?|graves?|fatal\w*)\b", re.IGNORECASE
        ),
        "detained": re.compile(
            r"\b(?:custody|held|jail\w*|prison\w*|charged|rounded up|taken away|police)\b", re.IGNORECASE
        ),
        "abducted": re.compile(r"\b(?:hostages?|captive|captors|ransom|seized|taken|freed|held)\b", re.IGNORECASE),
    }
)
"""Words that can mean a kind of harm without saying so."""


def check_count_of(count: Count, context: Context) -> Iterator[Verdict]:
    """Whether what is counted is named by the words around the number."""
    path, rule = ("of",), "count.of"
    sentence = context.sentence(count.cite.span)
    harms = context.reading.signals(sentence, "harm")
    attached = attached_harms(count.cite.span, harms, context)
    if count.of in _HARMS:
        yield _harm(count, attached, harms, context)
        return
    if count.of == "other":
        yield undecided(path, rule)
        return
    cited = {signal.name for signal in context.reading.signals(count.cite.span, "thing")}
    noun_phrase = _noun_phrase(count.cite.span, context)
    behind = {signal.name for signal in context.reading.signals(noun_phrase, "thing")}
    things = cited or (behind if count.of in behind else set[str]())
    if count.of in things:
        hurt = attached or harms
        yield undecided(path, rule, "more than one reading") if hurt or len(things) > 1 else supported(path, rule)
    elif count.of in _PEOPLE and not attached and things <= _PEOPLE:
        yield undecided(path, rule, "troops are people, and fighters may be called either")
    elif count.of == "people" and things == {"incidents"} and _CASES.search(count.cite.quote):
        yield undecided(path, rule, "cases of an illness are people")
    elif attached or things:
        named = ", ".join(sorted(attached or things))
        yield contradicted(path, rule, Reason.UNIT_MISMATCH, f"quote counts {named}, value says {count.of}")
    else:
        yield undecided(path, rule)


def _harm(count: Count, attached: frozenset[str], harms: Sequence[Signal], context: Context) -> Verdict:
    path, rule = ("of",), "count.of"
    sentence = context.sentence(count.cite.span)
    if count.of in attached:
        return supported(path, rule) if len(attached) == 1 or attached == _CASUALTIES else undecided(path, rule)
    if attached and not (count.of in _HELD and attached & _HELD):
        detail = f"quote counts {', '.join(sorted(attached))}, value says {count.of}"
        return contradicted(path, rule, Reason.UNIT_MISMATCH, detail)
    if any(signal.name == count.of for signal in harms):
        return undecided(path, rule, "a word for it stands elsewhere in the sentence")
    index = context.reading.sentences(count.cite.span).start
    before = context.document.sentences[max(0, index - 1)]
    if index and any(signal.name == count.of for signal in context.reading.signals(before, "harm")):
        return undecided(path, rule, "a word for it stands in the sentence before")
    if count.of in _HINTS and _HINTS[count.of].search(context.text, sentence.start, sentence.end):
        return undecided(path, rule, "a word that can mean it stands in the sentence")
    detail = f"no word for {count.of} near {count.cite.quote[:60]!r}"
    return contradicted(path, rule, Reason.UNIT_MISMATCH, detail)


def attached_harms(cite: Span, harms: Sequence[Signal], context: Context) -> frozenset[str]:
    """The kinds of harm that the words tie to the number of a citation; empty where the tie is not plain.

    A verb right before the number ("killing at least 30") comes first, then the first word of harm behind it before
    the next number ("30 people were killed"); a number in a list takes the kind of the one before it.
    """
    numbers = [one for one in context.reading.numbers(context.sentence(cite)) if one.kind == "count"]
    inside = [one for one in numbers if cite.contains(one.core)]
    span = inside[0].span if inside else cite
    following = (
        next((one.span.start for one in numbers if one.core.start >= span.end and one is not inside[-1]), None)
        if inside
        else None
    )
    left = [
        signal
        for signal in harms
        if signal.end <= span.start
        and span.start - signal.end < _REACH
        and _ACTIVE_GAP.match(context.text, signal.end, span.start + 0)
    ]
    if left:
        nearest = max(signal.end for signal in left)
        beside = [one for one in harms if one.start >= span.end and not context.text[span.end : one.start].strip()]
        return frozenset(signal.name for signal in left if signal.end == nearest) | {one.name for one in beside}
    limit = min(following or span.end + _REACH * 2, span.end + _REACH * 2, context.sentence(cite).end)
    stop = _STOP.search(context.text, span.end, limit)
    limit = stop.start() if stop is not None else limit
    right = [signal for signal in harms if span.end <= signal.start and signal.end <= limit]
    right = [signal for signal in right if not _opens_next(signal, following, context)]
    return frozenset(signal.name for signal in right)


def _opens_next(signal: Signal, following: int | None, context: Context) -> bool:
    """Whether a verb governs the next number instead: 12 dead, wounding 30."""
    if following is None:
        return bool(_ING.match(context.text[signal.start : signal.end])) and context.text[signal.start - 2] == ","
    return _ACTIVE_GAP.match(context.text, signal.end, following) is not None


def _noun_phrase(cite: Span, context: Context) -> Span:
    """The cited words and the few behind them that can still name what is counted."""
    sentence = context.sentence(cite)
    stop = _STOP.search(context.text, cite.end, min(sentence.end, cite.end + _REACH))
    return Span(
        cite.start, stop.start() if stop is not None else max(cite.end, min(sentence.end, cite.end + _REACH // 2))
    )


def check_count_group(count: Count, context: Context) -> Iterator[Verdict]:
    """Whether the words name civilians or combatants, as the group says."""
    if count.group is None:
        return
    path, rule = ("group",), "count.group"
    cited = {signal.name for signal in context.reading.signals(count.cite.span, "group")}
    named = cited or {
        signal.name for signal in context.reading.signals(_noun_phrase(count.cite.span, context), "group")
    }
    if count.group in ("unknown", "mixed"):
        fits = len(named) > 1 if count.group == "mixed" else not named
        yield supported(path, rule) if fits else undecided(path, rule)
    elif count.group in named:
        yield supported(path, rule)
    elif named:
        detail = f"quote {count.cite.quote[:60]!r} names {', '.join(sorted(named))}, value says {count.group}"
        yield contradicted(path, rule, Reason.VALUE_MISMATCH, detail)
    else:
        yield undecided(path, rule)


def check_said_by(event: Event, context: Context) -> Iterator[Verdict]:
    """Whether each number is given by the attribution that is said to give it."""
    for number, count in enumerate(event.counts):
        yield _said_by(count, context, ("counts", number, "said_by"))


_PUTS = re.compile(r"\b(?:put|puts|putting|gave|gives|set|sets)\b[^.;!?]{1,60}\Z")


def _is_put(count: Count, context: Context) -> bool:
    """Whether somebody who speaks in the sentence puts the number there: the army put its losses at 18."""
    sentence = context.sentence(count.cite.span)
    number = next(iter(context.numbers(count.cite.span)), None)
    before = context.text[sentence.start : number.span.start if number is not None else count.cite.start]
    return _PUTS.search(before) is not None and bool(context.attributions_at((count.cite,)))


def _is_said(attribution: Attribution) -> bool:
    """Whether somebody says the content with a word for saying: a list that somebody makes is no statement."""
    if attribution.mode == "evidential_adverb" or attribution.stance not in _SAYING:
        return False
    cue = attribution.cue
    return attribution.source is not None and (cue is None or bool(stances_of(cue.quote)))


def _said_by(count: Count, context: Context, path: Path) -> Verdict:
    rule = "count.said_by"
    holders = [one for one in context.attributions_at((count.cite,)) if is_within(count.cite, one.content)]
    attribution = context.attributions.get(count.said_by)
    if attribution is None:
        speaking = [one for one in holders if _is_said(one)]
        if count.said_by == "document" and speaking:
            detail = f"{speaking[0].id} gives this number, value says document"
            return contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)
        listed = any(one.stance in _SAYING and one.mode != "evidential_adverb" for one in holders)
        if listed or _is_put(count, context):
            return undecided(path, rule, "in the content of an attribution, or put so by somebody")
        return supported(path, rule)
    if attribution in holders or overlaps_any(count.cite, attribution.content):
        outer = any(one.id == attribution.parent for one in holders)
        if outer or attribution.stance == "intends":
            return undecided(path, rule, "what it wants, or what another says of it")
        return supported(path, rule)
    if holders:
        detail = f"{holders[0].id} gives this number, value says {attribution.id}"
        return contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)
    told = (*attribution.content, *((attribution.cue,) if attribution.cue else ()))
    sentences = {index for part in told for index in context.reading.sentences(part.span)}
    if sentences.intersection(context.reading.sentences(count.cite.span)):
        return undecided(path, rule, "in the sentence of the attribution")
    detail = f"the content of {attribution.id} does not hold {count.cite.quote[:60]!r}"
    return contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)
