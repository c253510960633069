"""Claims: whether commitment, claimers, kind, events, links and loaded terms agree with the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from llmx.ground.checks.nearness import hull, is_within, overlaps_any, sentences_away
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.names import agree, any_agrees, fold_tokens
from llmx.lexicon.function_words import CLOSED
from llmx.lexicon.signals import Signal, signals_of
from llmx.result import Path, Reason, Verdict
from llmx.schema.citation import Citation
from llmx.schema.news import Attribution, Claim

_LOOKING_AHEAD = frozenset({"predicts", "intends", "orders", "asks"})
_UNCERTAIN_STANCES = frozenset({"believes", "predicts", "asks", "intends", "discusses", "reports"})
_FOLLOWING = re.compile(r"\s+(?:(?:be|been|have|has|had|also|well|not|to|that|the|an?)\s+)*([^\W\d_]+)")
_AMOUNT = re.compile(
    r"fold\b|\b(?:number|toll|rate|share|amount|figure|price|level|cost|total|percentage|higher|lower|fewer|rise|rose|fall|fell"
    r"|lead|ahead|behind|trail|exceed|outnumber|increas|decreas|declin|grew|grow|shr[iau]nk|cut|doubl|tripl|treb|halv|twice|half|third|quarter|majority|most\b|many|few|none|no\b|all\b|every)",
    re.IGNORECASE,
)
_GUARDED = re.compile(
    r"\b(?:alleg|attribut|claim|suspect|accus|suggest|estimat|believ|assum|specul|guess|hint|impl[iy]|fear|hop(?:e|ing))",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\bden(?:y|ies|ied|ying)\b|\b(?:reject|refut|dismiss)\w*\s+(?:claims?|reports?|accusations?|allegations?)\b",
    re.IGNORECASE,
)
_KIND_WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "norm": re.compile(
            r"\b(?:(?:should|must|need|ought)n[’']t|should|must|ought|need(?:s|ed)?"
            r"|has to|have to|had to|shall|may not|can ?not|right|wrong|rights?"
            r"|duty|obliged?"
            r"|law|legal|illegal|forbid\w*|forbade|allow\w*|require\w*|demand\w*|call\w*|urg\w+|order\w*|let|unacceptable"
            r"|legitimate|fair|just|deserve\w*|entitled|permitted|banned|supposed|only if|unless"
            r"|responsib\w+|do not|don.t)\b",
            re.IGNORECASE,
        ),
        "motive": re.compile(
            r"\b(?:to|because|for|so|motiv\w*|reason\w*|aim\w*|want\w*|seek\w*|sought|inten\w+|purpose|revenge"
            r"|retaliat\w+|fear\w*|hop\w+|order|goal\w*|over|out of|since|bid|plan\w*|response|protest\w*|try\w*|tried"
            r"|punish\w*|message|signal\w*|pressure|interests?|ambition\w*|agenda|strategy|tactic\w*|eager|keen|justif\w*|deliberate\w*|chose\w*)\b",
            re.IGNORECASE,
        ),
    }
)
"""Claim kind -> words of which one stands in every claim of that kind."""
_POINTS = re.compile(
    r"\b(?:such|this|these|those)\s+\w+|\bthe (?:incident|attack|accusations?|reports?|claims?|case"
    r"|decision|deal|move|operation)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?")
_STEM = 4
_NEAR = 2
_WEAK_DOUBT = re.compile(
    r"(?:if|can|should|would|will|expect\w*|think\w*|thought|believ\w+|fear\w*|hop\w+|wish\w*|estimat\w+"
    r"|tend\w*(?: to)?|risk\w*|part|partly|partially|somewhat|relatively|unless|whether|suggest\w*|in part"
    r"|doubt\w*|chances?|potential|impl\w+|seen as|as if)\Z",
    re.IGNORECASE,
)


def check_epistemic(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether the claimer stands by the claim as far as hedges and denials on the way to it allow."""
    path, rule = ("epistemic",), "claim.epistemic"
    if claim.epistemic == "unknown":
        yield undecided(path, rule)
        return
    chain = [one for name in claim.claimer if (one := context.attributions.get(name)) is not None]
    hedges = _hedges_on_the_way(claim, chain, context)
    strong = [signal for signal in hedges if not _WEAK_DOUBT.match(context.text[signal.start : signal.end])]
    if claim.epistemic.startswith("false"):
        negated = any(context.reading.signals(cite.span, "negation") for cite in claim.evidence)
        denied = negated or any(one.stance == "denies" for one in chain)
        if denied:
            yield undecided(path, rule)
        else:
            detail = f"nothing in the evidence denies it, value says {claim.epistemic}"
            yield contradicted(path, rule, Reason.NEGATION_MISMATCH, detail)
        return
    if claim.epistemic == "true_certain":
        yield _certain(claim, chain, strong, hedges, context)
        return
    own = set(_stems(claim.text)) if strong else set[str]()
    strong = [one for one in strong if not own & set(_stems(context.text[one.start : one.end]))]
    if strong:
        yield supported(path, rule)
    elif hedges or any(one.stance in _UNCERTAIN_STANCES or one.hedges or _is_guarded(one) for one in chain):
        yield undecided(path, rule, "words of doubt that may not bear on it")
    elif claim.kind in ("prediction", "motive", "evaluation") or _QUESTION.search(claim.text):
        yield undecided(path, rule)
    else:
        detail = "no hedge in evidence, cue or hedges, value says true_uncertain"
        yield contradicted(path, rule, Reason.HEDGE_MISMATCH, detail)


def _is_guarded(attribution: Attribution) -> bool:
    """Whether the cue itself says that nobody has proved it: alleged, claimed, suspected."""
    cue = attribution.cue
    return cue is not None and _GUARDED.search(cue.quote) is not None


def _hedges_on_the_way(claim: Claim, chain: Sequence[Attribution], context: Context) -> list[Signal]:
    """The hedges in the evidence, and in the cues and hedges of the claim's attributions."""
    cites = [*claim.evidence]
    for one in chain:
        cites.extend(one.hedges)
        if one.cue is not None and one.mode == "evidential_adverb":
            cites.append(one.cue)
    return [signal for cite in cites for signal in context.reading.signals(cite.span, "hedge")]


def _stems(text: str) -> Iterator[str]:
    return (word[:_STEM] for word in fold_tokens(text) if word not in CLOSED)


def _negates(claim: Claim, denier: Attribution, context: Context) -> bool:
    """Whether a claim is itself the denial, or its denier's words hold the negation."""
    if any(one.name == "core" for one in signals_of("negation", claim.text)):
        return True
    content = [one for part in denier.content for one in context.reading.signals(part.span, "negation")]
    return any(one.name == "core" for one in content)


def _certain(
    claim: Claim, chain: Sequence[Attribution], strong: Sequence[Signal], hedges: Sequence[Signal], context: Context
) -> Verdict:
    path, rule = ("epistemic",), "claim.epistemic"
    denier = next((one for one in chain[-1:] if one.cue is not None and _DENIES.search(one.cue.quote)), None)
    if denier is not None and not _negates(claim, denier, context):
        detail = f"{denier.id} denies it, value says true_certain"
        return contradicted(path, rule, Reason.NEGATION_MISMATCH, detail)
    stems = set(_stems(claim.text)) if strong else set[str]()
    told = fold_tokens(claim.text) if strong else ()
    for signal in strong:
        following = _FOLLOWING.match(context.text, signal.end, min(len(context.text), signal.end + 60))
        bears = following is not None and following.group(1)[:_STEM].casefold() in stems
        said = context.text[signal.start : signal.end]
        if stems & set(_stems(said)) or said.lower() in told:
            continue  # the claim itself says so: that somebody is accused of it
        inside = any(cite.start <= signal.start and signal.end <= cite.end for cite in claim.evidence)
        short = inside and len(claim.evidence) == 1 and len(claim.evidence[0].quote) < _SHORT
        if (signal.name == "hearsay" and inside) or bears or short:
            detail = f"the evidence says {said!r}, value says true_certain"
            return contradicted(path, rule, Reason.HEDGE_MISMATCH, detail)
    if hedges or any(map(_is_guarded, chain)):
        return undecided(path, rule, "a hedge that may bear on it")
    return supported(path, rule)


_SHORT = 100
_BETTER_PART = 0.6
_NEAR_START = 8


def check_claimer(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether the evidence stands in the claimers' content, and the chain runs from the outermost to the innermost."""
    rule = "claim.claimer"
    for number, name in enumerate(claim.claimer):
        path: Path = ("claimer", number)
        attribution = context.attributions.get(name)
        if attribution is None:
            yield _by_document(claim, path, context)
            continue
        told = (*attribution.content, *((attribution.cue,) if attribution.cue else ()))
        if number == 0 and attribution.parent is not None and any(overlaps_any(cite, told) for cite in claim.evidence):
            yield undecided(path, rule, f"the chain begins with {attribution.parent}")
        elif all(overlaps_any(cite, told) for cite in claim.evidence):
            yield supported(path, rule)
        elif any(overlaps_any(cite, told) for cite in claim.evidence):
            yield undecided(path, rule, "it holds a part of the evidence")
        elif sentences_away(claim.evidence[0], told, context) == 0:
            yield undecided(path, rule, "in the same sentence")
        else:
            detail = f"the content of {name} does not hold the evidence"
            yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)
        yield from _in_order(claim, number, attribution, context)


def _by_document(claim: Claim, path: Path, context: Context) -> Verdict:
    """The author speaks, unless all of the evidence is somebody's content."""
    rule = "claim.claimer"
    if len(claim.claimer) > 1:
        return supported(path, rule)
    for attribution in context.attributions_at(claim.evidence):
        if attribution.mode != "headline" and _is_all_said(claim, attribution):
            detail = f"{attribution.id} says so, value says document"
            return contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)
        if all(is_within(cite, attribution.content) for cite in claim.evidence):
            return undecided(path, rule, f"a clause in passing of what {attribution.id} says")
        if attribution.cue is not None and _is_retold(claim, attribution):
            told = fold_tokens(claim.text)
            if not any(any_agrees(word, told) for word in fold_tokens(attribution.cue.quote) if word not in CLOSED):
                detail = f"the evidence is what {attribution.id} says, value says document"
                return contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)
            return undecided(path, rule, "it tells that somebody says so")
    return supported(path, rule)


def _is_all_said(claim: Claim, attribution: Attribution) -> bool:
    """Whether the evidence is what somebody says, from its start or for the better part, not a clause in passing."""
    if not all(is_within(cite, attribution.content) for cite in claim.evidence):
        return False
    if any(abs(cite.start - part.start) <= _NEAR_START for cite in claim.evidence for part in attribution.content):
        return True
    said = sum(len(part.quote) for part in attribution.content)
    return sum(len(cite.quote) for cite in claim.evidence) >= _BETTER_PART * said


def _is_retold(claim: Claim, attribution: Attribution) -> bool:
    """Whether the evidence is for the better part what somebody says, with the cue: a claim of theirs told again."""
    cue = attribution.cue
    if cue is None or attribution.source is None or not is_within(cue, claim.evidence):
        return False
    if not all(overlaps_any(part, claim.evidence) for part in attribution.content):
        return False
    shared = sum(_shared_length(part, one) for part in attribution.content for one in claim.evidence)
    return shared >= _BETTER_PART * _said_length(claim, attribution)


def _said_length(claim: Claim, attribution: Attribution) -> int:
    """The length of the evidence without cue and source."""
    told_by = (attribution.cue, attribution.source)
    spoken = sum(_shared_length(one, cite) for one in told_by if one is not None for cite in claim.evidence)
    return sum(len(cite.span) for cite in claim.evidence) - spoken


def _shared_length(first: Citation, second: Citation) -> int:
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def _in_order(claim: Claim, number: int, attribution: Attribution, context: Context) -> Iterator[Verdict]:
    if number == 0:
        return
    outer = context.attributions.get(claim.claimer[number - 1])
    if outer is None or attribution.parent == outer.id:
        return
    if outer.parent == attribution.id or not any(overlaps_any(part, outer.content) for part in attribution.content):
        detail = f"{attribution.id} does not stand in the content of {outer.id}"
        yield contradicted(("claimer", number), "claim.chain", Reason.NESTING_MISMATCH, detail)


def check_claim_kind(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether a quantity has a number, and a prediction looks ahead; the other kinds are judgements."""
    path, rule = ("kind",), "claim.kind"
    if claim.kind == "quantity":
        counted = any(context.numbers(cite.span) or _AMOUNT.search(cite.quote) for cite in claim.evidence)
        fits, wanting = counted, "no number in the evidence"
    elif claim.kind == "prediction":
        fits = any(
            signal.name in ("predicted", "planned", "conditional", "threatened")
            for cite in claim.evidence
            for signal in context.reading.signals(cite.span, "modality")
        )
        chain = (context.attributions.get(name) for name in claim.claimer)
        fits = fits or any(one is not None and one.stance in _LOOKING_AHEAD for one in chain)
        wanting = "nothing in the evidence looks ahead"
    elif claim.kind in _KIND_WORDS:
        said = " ".join((claim.text, *(cite.quote for cite in claim.evidence)))
        fits, wanting = _KIND_WORDS[claim.kind].search(said) is not None, f"no word of a {claim.kind}"
    else:
        yield undecided(path, rule)
        return
    if fits:
        yield undecided(path, rule)
    else:
        yield contradicted(path, rule, Reason.VALUE_MISMATCH, f"{wanting}, value says {claim.kind}")


def check_claim_events(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether the claim and each of its events are told in neighbouring sentences, or share words."""
    rule = "claim.event"
    for number, name in enumerate(claim.events):
        event = context.events.get(name)
        if event is None:
            continue
        path: Path = ("events", number)
        homes = (*event.evidence, *(count.cite for count in event.counts))
        if any(sentences_away(cite, homes, context) == 0 for cite in claim.evidence):
            yield supported(path, rule)
            continue
        if any(sentences_away(cite, homes, context) == 1 for cite in claim.evidence):
            yield undecided(path, rule, "told in the next sentence")
            continue
        words = content_words(" ".join((claim.text, *_sentences(claim.evidence, context))))
        told = (event.trigger.quote, event.type.replace("_", " "), *_sentences(homes, context))
        theirs = content_words(" ".join(told))
        if any(agree(one, other) or same_stem(one, other) for one in words for other in theirs):
            yield undecided(path, rule, "told elsewhere, in shared words")
        elif _POINTS.search(" ".join(_sentences(claim.evidence, context))) or _linked(claim, name, context):
            yield undecided(path, rule, "the evidence points back, or a linked claim is about it")
        elif (teller := _told_by(claim, context)) is not None:
            detail = f"the evidence tells {teller}, and shares neither sentence nor words with {name}"
            yield contradicted(path, rule, Reason.LINK_MISMATCH, detail)
        else:
            yield undecided(path, rule, "an article as a whole can be about it")


def _told_by(claim: Claim, context: Context) -> str | None:
    """The event in whose evidence the claim's stands, where the claim does not name that one."""
    for event in context.events.values():
        if event.id not in claim.events and any(overlaps_any(cite, event.evidence) for cite in claim.evidence):
            return event.id
    return None


def _linked(claim: Claim, event: str, context: Context) -> bool:
    """Whether a claim that is linked with this one is about the event."""
    linked = (context.claims.get(link.claim) for link in claim.links)
    return any(other is not None and event in other.events for other in linked)


def _sentences(cites: Sequence[Citation], context: Context) -> Iterator[str]:
    return (context.sentence(cite.span).of(context.text) for cite in cites)


def content_words(text: str) -> set[str]:
    """The words of a text that are neither function words, figures, nor very short."""
    return {word for word in fold_tokens(text) if word not in CLOSED and len(word) >= _STEM - 1 and not word.isdigit()}


def same_stem(one: str, other: str) -> bool:
    """Whether two words begin alike."""
    return len(one) > _STEM and one[: _STEM + 1] == other[: _STEM + 1]


_DUTY = re.compile(r"\b(?:should|must|ought|shall|has to|have to|needs? to)\b|n[’']t be\b", re.IGNORECASE)


def check_worth(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether a fact-checker could check it: a question or a norm is no fact."""
    if not claim.check_worthy:
        return
    path, rule = ("check_worthy",), "claim.check_worthy"
    duty = claim.kind == "norm" and _DUTY.search(claim.text) is not None
    if duty or hull(claim.evidence).of(context.text).rstrip().endswith("?"):
        yield contradicted(path, rule, Reason.VALUE_MISMATCH, f"a {claim.kind} cannot be checked as a fact")
    else:
        yield undecided(path, rule)
