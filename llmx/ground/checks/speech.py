"""Speech: whether the content stands in quotation marks as the mode says, and hedges are hedges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from llmx.ground.checks.nearness import sentences_away
from llmx.ground.checks.stances import stances_of
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.result import Reason, Verdict
from llmx.schema.citation import Citation
from llmx.schema.news import Attribution, Event
from llmx.schema.terms import AttributionMode
from llmx.text.span import Span

_ACCORDING = re.compile(r"\b(?:according|in the words of|as per|by the account of|in the view of|per)\b", re.IGNORECASE)
_ADVERB = re.compile(
    r"\w+ly\b|\b(?:is|are|was|were|been|being) (?:(?:not|now|widely|also|then) )*"
    r"(?:said|reported|believed|thought|expected|seen|considered|understood|alleged|known|feared|suspected|rumou?red|presumed|estimated|claimed|supposed)\b"
    r"|\b(?:said|reported|believed|thought|expected) to\b"
    r"|\bso-called\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:that|whether|if)\s+", re.IGNORECASE)
_EDGES = " \t\r\n.,;:!?…–—-“”\"«»‘’'„()[]"
_LETTER = re.compile(r"[^\W_]")
_SCARE_WORDS = 4
_TENTATIVE = frozenset({"planned", "predicted", "conditional", "questioned", "attempted"})
_WEAK_STANCES = frozenset({"accuses", "believes", "predicts", "intends"})
_ROUGH = re.compile(r"(?:about|nearly|almost|around|roughly|approximately|some|up to|or so)", re.IGNORECASE)
_NEARLY_ALL = 0.9


def check_mode(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether the mode is the one that quotation marks and cue show."""
    path, rule = ("mode",), "attribution.mode"
    mode = attribution.mode
    cue = attribution.cue.quote if attribution.cue is not None else ""
    if mode == "according_to":
        yield _by_cue(bool(_ACCORDING.search(cue)), cue, mode)
        return
    if mode == "evidential_adverb":
        fits = bool(_ADVERB.search(cue)) and attribution.source is None
        yield _by_cue(fits, cue, mode)
        return
    if mode == "headline":
        yield _headline(attribution, context)
        return
    quoted, total, words = quoted_share(attribution, context)
    if mode == "indirect" and not quoted and _is_no_verb(cue):
        yield undecided(path, rule, f"the cue is {cue!r}")
        return
    if mode == "direct":
        said = quoted >= _NEARLY_ALL * total
        wrong = "not all of the content stands in quotation marks"
    elif mode == "mixed":
        said = 0 < quoted < total
        wrong = "all of it" if quoted else "none of the content stands in quotation marks"
        if quoted >= _NEARLY_ALL * total and (quoted < total or any(map(_led, attribution.content))):
            yield undecided(path, rule, "nearly all of the content stands in quotation marks")
            return
    else:
        said = quoted == 0
        wrong = f"{words} words of the content stand in quotation marks"
        if quoted and (words <= _SCARE_WORDS and quoted < _NEARLY_ALL * total):
            yield undecided(path, rule, "a few words in quotation marks")
            return
    if said:
        yield supported(path, rule)
    else:
        yield contradicted(path, rule, Reason.MODE_MISMATCH, f"{wrong}, value says {mode}")


def _led(part: Citation) -> bool:
    """Whether a word of the article's own leads into what is quoted: that “…”."""
    return _OPENING.match(part.quote) is not None


@lru_cache(maxsize=1024)  # most cues are among a few words
def _is_no_verb(cue: str) -> bool:
    """Whether the cue is "according to" or an adverb such as "reportedly"."""
    return _ACCORDING.search(cue) is not None or _ADVERB.fullmatch(cue.strip()) is not None


def shown_mode(attribution: Attribution, context: Context) -> AttributionMode:
    """The mode that cue and quotation marks show; a few words in quotation marks do not make it mixed."""
    cue = attribution.cue.quote if attribution.cue is not None else ""
    if _ACCORDING.search(cue):
        return "according_to"
    if attribution.source is None and _ADVERB.search(cue):
        return "evidential_adverb"
    quoted, total, words = quoted_share(attribution, context)
    if quoted and quoted >= _NEARLY_ALL * total:
        return "direct"
    return "mixed" if words > _SCARE_WORDS else "indirect"


def _by_cue(fits: bool, cue: str, mode: str) -> Verdict:  # noqa: FBT001 - what was found
    path, rule = ("mode",), "attribution.mode"
    if fits:
        return supported(path, rule)
    return contradicted(path, rule, Reason.MODE_MISMATCH, f"the cue {cue!r} is none of {mode}")


def _headline(attribution: Attribution, context: Context) -> Verdict:
    path, rule = ("mode",), "attribution.mode"
    first = context.reading.sentences(attribution.content[0].span).start
    sentence = context.document.sentences[first].of(context.text)
    if first <= 1 or not sentence.rstrip("”\"’' ").endswith((".", "!", "…")):
        return undecided(path, rule)
    return contradicted(path, rule, Reason.MODE_MISMATCH, "the content stands in a sentence of the text")


def quoted_share(attribution: Attribution, context: Context) -> tuple[int, int, int]:
    """Letters of the content that stand in quotation marks, all letters of it, and the quoted words.

    A quotation that holds source or cue as well is not the source's own: it is that of whoever quotes them. Where none
    touches the content, its letters are not counted: 1 stands for however many there are.
    """
    reading = context.reading
    for part in attribution.content:
        if reading.quoted(part.span) is not None:
            break
    else:
        return 0, int(any(_LETTER.search(part.quote) for part in attribution.content)), 0
    told_by = [cite for cite in (attribution.cue, attribution.source) if cite is not None]
    quoted = total = words = 0
    for part in attribution.content:
        for span in part.spans:
            bare = _bare(span, context.text)
            opening = _OPENING.match(context.text, bare.start, bare.end)
            if opening is not None:
                bare = _bare(Span(opening.end(), bare.end), context.text)
            letters = sum(map(str.isalnum, bare.of(context.text)))
            total += letters
            for quotation in reading.quotations_in(bare):
                if any(quotation.contains(told.span) for told in told_by):
                    continue
                inside = Span(max(bare.start, quotation.start), min(bare.end, quotation.end)).of(context.text)
                quoted += sum(map(str.isalnum, inside))
                words += len(inside.split())
    return quoted, total, words


def _bare(span: Span, text: str) -> Span:
    """The span without the marks and points at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def check_attribution_hedges(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether each hedge is one, and stands in the sentences of cue or content."""
    homes = (*attribution.content, *((attribution.cue,) if attribution.cue else ()))
    for number, hedge in enumerate(attribution.hedges):
        yield _hedge(hedge, homes, context, number)


def check_event_hedges(event: Event, context: Context) -> Iterator[Verdict]:
    """Whether each hedge is one, and stands in the sentences of the evidence."""
    for number, hedge in enumerate(event.hedges):
        yield _hedge(hedge, (*event.evidence, event.trigger), context, number)


def _hedge(hedge: Citation, homes: tuple[Citation, ...], context: Context, number: int) -> Verdict:
    path, rule = ("hedges", number), "hedge"
    if sentences_away(hedge, homes, context) > 0:
        return contradicted(path, rule, Reason.OUTSIDE_EVIDENCE, f"{hedge.quote[:60]!r} stands in another sentence")
    found = context.reading.signals(hedge.span, "hedge")
    if found:
        whole = found[0].start == hedge.start and max(signal.end for signal in found) == hedge.end
        return supported(path, rule) if whole else undecided(path, rule, "more is cited than the hedge")
    if _may_hedge(hedge, context):
        return undecided(path, rule, "it may lower commitment")
    return contradicted(path, rule, Reason.HEDGE_MISMATCH, f"{hedge.quote[:60]!r} lowers no commitment")


def _may_hedge(hedge: Citation, context: Context) -> bool:
    """Whether words that are no hedge by themselves can be meant so: part of one, a plan, a guess, a rough number."""
    around = context.reading.signals(context.sentence(hedge.span), "hedge")
    if any(signal.start < hedge.end and hedge.start < signal.end for signal in around):
        return True
    if any(signal.name in _TENTATIVE for signal in context.reading.signals(hedge.span, "modality")):
        return True
    return bool(stances_of(hedge.quote) & _WEAK_STANCES) or _ROUGH.fullmatch(hedge.quote) is not None
