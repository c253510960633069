"""Realis: whether modality and polarity of an event are those of the words around its trigger.

Told as fact is contradicted by a cue that governs the trigger: reportedly, plans to, tried to, if, denied. Every other
modality needs a cue of its own in the evidence. A negation counts where its scope reaches the trigger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmx.ground.checks.governors import (
    BREAK,
    CONDITION,
    GOVERNORS,
    HABIT,
    HARD_BREAK,
    MAY_GOVERN,
    MODAL,
    NEGATOR,
    NO_NEGATION,
    THREAT,
)
from llmx.ground.checks.nearness import hull, is_within
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.lexicon.function_words import word_set
from llmx.lexicon.signals import Family, Signal
from llmx.result import Reason, Verdict
from llmx.schema.news import Event
from llmx.text.span import Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HEARSAY = word_set("reportedly allegedly purportedly supposedly")
_GAP_STOPS = word_set(
    """only just that to but and or because if merely say said says think know believe clear longer doubt than least
    fewer more less matter wonder yet"""
)
_BEFORE = 90
_PUT_OFF = re.compile(
    r"\b(?:postpon|cancel|suspend|delay|shelv|scrap|drop(?:s|ped|ping)?\b|defer"
    r"|nearly|almost|narrowly|put off|called off|averted|prevent|interrupt|stopp"
    r"|fell through|collapsed|spared|ceas|wait(?:s|ed|ing)? (?:for|to)|yet to|ruled out|free of|out of the question)",
    re.IGNORECASE,
)
"""Words by which something did not come about, though nothing negates it."""
_SPECULATIVE = frozenset({"planned", "predicted", "conditional", "threatened", "attempted", "questioned"})


_OPEN = frozenset({"generic", "planned", "predicted"})
"""What needs no word for it where the trigger tells nothing past: "the film opens on Friday"."""


def check_modality(event: Event, context: Context) -> Iterator[Verdict]:
    """Whether the modality is the one that the words around the trigger carry."""
    path, rule = ("modality",), "event.modality"
    if event.modality == "asserted":
        yield _as_fact(event, context)
        return
    if event.modality == "reported":
        yield _by_hearsay(event, context)
        return
    home = context.sentence(hull((*event.evidence, event.trigger)))
    if (
        _is_governed(event, context)
        or (event.modality == "questioned" and "?" in home.of(context.text))
        or (event.modality == "denied" and _denied_by_speaker(event, context))
    ):
        yield supported(path, rule)
    elif any(signal.name == event.modality for signal in context.reading.signals(home, "modality")):
        yield undecided(path, rule, "a word for it that need not bear on the trigger")
    elif event.modality in ("predicted", "planned", "threatened") and _spoken_ahead(event, context):
        yield undecided(path, rule, "its speaker looks ahead")
    elif event.modality in _OPEN and not _is_past(event, context):
        yield undecided(path, rule)
    else:
        detail = f"no word of {home.of(context.text)[:80]!r} says that it is {event.modality}"
        yield contradicted(path, rule, Reason.MODALITY_MISMATCH, detail)


def _is_governed(event: Event, context: Context) -> bool:
    """Whether a cue of the event's modality, and of no other, governs the trigger."""
    sentence = context.sentence(event.trigger.span)
    before = context.text[max(sentence.start, event.trigger.start - _BEFORE) : event.trigger.start]
    if not before.endswith((" ", "\n")):
        before += " "
    found = set(_governing(before))
    words = event.trigger.quote
    found |= {name for name in ("attempted", "planned") if GOVERNORS[name].search(f"{words} ")}
    if event.modality == "generic":
        clause = clause_of(event.trigger.span, context)
        return not found and HABIT.search(clause.of(context.text)) is not None
    if CONDITION.search(context.text, sentence.start, sentence.end) is not None:
        found = {"conditional"} if event.modality == "conditional" else found - {event.modality}
    if THREAT.search(before):
        found.add("threatened")
    return found == {event.modality} or (event.modality == "threatened" and "threatened" in found)


def _governing(before: str) -> list[str]:
    """The modalities whose governors end the words before a trigger."""
    if not MAY_GOVERN.search(before):
        return []
    return [name for name, governor in GOVERNORS.items() if governor.search(before)]


def _as_fact(event: Event, context: Context) -> Verdict:
    path, rule = ("modality",), "event.modality"
    trigger = event.trigger.span
    sentence = context.sentence(trigger)
    for signal in _in_clause("hedge", trigger, context):
        if signal.name == "hearsay" and context.text[signal.start : signal.end].lower() in _HEARSAY:
            said = context.text[signal.start : signal.end]
            return contradicted(
                path, "event.hedge", Reason.HEDGE_MISMATCH, f"the text says {said!r}, value says asserted"
            )
    if event.type == "threat" and THREAT.search(event.trigger.quote):
        return undecided(path, rule, "the threat itself was made")
    start = max(sentence.start, trigger.start - _BEFORE)
    before, within = context.text[start : trigger.start], context.text[start : trigger.end]
    for name, governor in GOVERNORS.items() if MAY_GOVERN.search(within) else ():
        found = governor.search(before) or (governor.search(within + " ") if name in ("attempted", "planned") else None)
        if found is not None and not HARD_BREAK.search(found.group()):
            detail = f"the text says {found.group().strip()[:60]!r} of it, value says asserted"
            return contradicted(path, rule, Reason.MODALITY_MISMATCH, detail)
    if _told_by_others(event, context):
        detail = f"only {', '.join(event.asserted_by)} says so, value says asserted"
        return contradicted(path, "event.reported", Reason.MODALITY_MISMATCH, detail)
    speculative = any(signal.name in _SPECULATIVE for signal in _in_clause("modality", trigger, context))
    return undecided(path, rule, "words of doubt in the clause") if speculative else supported(path, rule)


def _in_clause(family: Family, trigger: Span, context: Context) -> Sequence[Signal]:
    """The signals of a family in the clause around the trigger."""
    if not context.reading.signals(context.sentence(trigger), family):
        return ()
    return context.reading.signals(clause_of(trigger, context), family)


def _told_by_others(event: Event, context: Context) -> bool:
    """Whether the event stands in the content of attributions alone that are said to assert it."""
    named = [context.attributions.get(name) for name in event.asserted_by]
    if not named or any(attribution is None for attribution in named):
        return False
    return any(attribution is not None and is_within(event.trigger, attribution.content) for attribution in named)


def _by_hearsay(event: Event, context: Context) -> Verdict:
    path, rule = ("modality",), "event.modality"
    others = _governing_others(event, context)
    if event.polarity == "negative" and negation_of(event.trigger.span, context) is not None:
        others = [*others, "denied"]
    if any(name in context.attributions for name in event.asserted_by):
        return undecided(path, rule, f"also {others[0]}") if others else supported(path, rule)
    homes = context.sentence(hull((*event.evidence, event.trigger)))
    cues = [signal for signal in context.reading.signals(homes, "modality") if signal.name == "reported"]
    trigger = event.trigger.span
    hedges = [
        signal
        for signal in context.reading.signals(homes, "hedge")
        if signal.name == "hearsay" and not (signal.start < trigger.end and trigger.start < signal.end)
    ]
    if hedges:
        return undecided(path, rule, f"also {others[0]}") if others else supported(path, rule)
    if cues or context.reading.quotations_in(event.trigger.span):
        return undecided(path, rule, "somebody is said to speak in the sentence")
    if any(is_within(event.trigger, one.content) for one in context.attributions_at((event.trigger,))):
        return undecided(path, rule, "it stands in the content of an attribution")
    detail = f"nobody is said to report {homes.of(context.text)[:80]!r}"
    return contradicted(path, rule, Reason.MODALITY_MISMATCH, detail)


def _governing_others(event: Event, context: Context) -> list[str]:
    """The modalities other than hearsay that words before the trigger carry."""
    sentence = context.sentence(event.trigger.span)
    before = context.text[max(sentence.start, event.trigger.start - _BEFORE) : event.trigger.start]
    found = _governing(before)
    if THREAT.search(before):
        found.append("threatened")
    words = f"{event.trigger.quote} "
    found += [name for name in ("attempted", "planned") if name not in found and GOVERNORS[name].search(words)]
    modal = MODAL.search(event.trigger.quote)
    return [*found, "conditional"] if modal is not None and not found else found


def _denied_by_speaker(event: Event, context: Context) -> bool:
    named = (context.attributions.get(name) for name in event.asserted_by)
    return any(attribution is not None and attribution.stance == "denies" for attribution in named)


def _spoken_ahead(event: Event, context: Context) -> bool:
    named = (context.attributions.get(name) for name in event.asserted_by)
    ahead = ("predicts", "intends", "orders", "asks")
    return any(attribution is not None and attribution.stance in ahead for attribution in named)


def _is_past(event: Event, context: Context) -> bool:
    words = event.trigger.quote.lower().split()
    forms = [form for word in words if (form := context.verb(word)) is not None]
    return any("d" in form.kinds and "b" not in form.kinds for form in forms)


def clause_of(span: Span, context: Context) -> Span:
    """The clause around `span`: from the last break before it to the next one behind it, within its sentence."""
    sentence = context.sentence(span)
    start, end = sentence.start, sentence.end
    for found in BREAK.finditer(context.text, sentence.start, sentence.end):
        if found.end() <= span.start:
            start = found.end() if found.group() in ',;:.!?()“”"–—' else found.start()
        elif found.start() >= span.end:
            end = found.start()
            break
    return Span(start, max(end, span.end))


def check_polarity(event: Event, context: Context) -> Iterator[Verdict]:
    """Whether a negation reaches the trigger, as the polarity says."""
    path, rule = ("polarity",), "event.polarity"
    negator = negation_of(event.trigger.span, context)
    if event.polarity == "positive":
        if negator is None and event.modality != "denied":
            yield supported(path, rule)
        elif event.modality == "denied":
            yield undecided(path, rule, "it is denied")
        else:
            detail = f"the text says {negator!r} of it, value says positive"
            yield contradicted(path, rule, Reason.POLARITY_MISMATCH, detail)
        return
    home = context.sentence(hull((*event.evidence, event.trigger)))
    if negator is not None:
        yield supported(path, rule)
    elif (
        context.reading.signals(home, "negation")
        or event.modality == "denied"
        or _PUT_OFF.search(context.text, home.start, home.end)
    ):
        yield undecided(path, rule, "a negation elsewhere in the sentence")
    else:
        detail = f"no negation in {home.of(context.text)[:80]!r}, value says negative"
        yield contradicted(path, rule, Reason.POLARITY_MISMATCH, detail)


def negation_of(span: Span, context: Context) -> str | None:
    """The negation whose scope reaches the words at `span`, with the words between; `None` where there is none."""
    sentence = context.sentence(span)
    start = max(sentence.start, span.start - _BEFORE)
    before = context.text[start : span.start]
    if start != sentence.start:
        before = f"… {before}"
    found = NEGATOR.search(before if before.endswith((" ", "\n")) or not before else before + " ")
    if found is None:
        words = span.of(context.text)
        inner = NEGATOR.search(" ".join(words.split()[:-1]) + " ") if len(words.split()) > 1 else None
        if inner is None or _stopped(inner.group("gap")):
            return None
        return None if NO_NEGATION.search(words) else inner.group().strip()
    if _stopped(found.group("gap")) or NO_NEGATION.search(found.group() + span.of(context.text)[:12]):
        return None
    return found.group().strip()


def _stopped(gap: str) -> bool:
    return any(word.lower() in _GAP_STOPS for word in _WORD.findall(gap))
