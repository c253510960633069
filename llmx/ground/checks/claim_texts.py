"""Claim texts: whether a claim's sentence says nothing that the article does not.

Numbers and dates must be those of the evidence (or, for a date, of its sentence or of a linked event); names may come
from anywhere in the document, since pronouns are to be resolved, but not in place of a name that the evidence gives;
a negation may be neither added nor left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from llmx.ground.checks.nearness import hull
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.names import any_agrees, fold_tokens, has_pronoun, is_country
from llmx.ground.spelling import is_transliterated
from llmx.lexicon.function_words import CLOSED, word_set
from llmx.lexicon.signals import Signal, signals_of
from llmx.result import Reason, Verdict
from llmx.schema.news import Claim
from llmx.text.edtf import read_edtf
from llmx.text.numbers import Number, find_numbers
from llmx.text.span import Span
from llmx.text.time_expressions import TimeExpression
from llmx.text.time_grammar import find_calendar_times
from llmx.text.times import resolve

_PATH = ("text",)
_COUNTED = frozenset({"count", "percent", "money", "measure", "age"})
_POINTING = word_set(
    "both two country countries group president minister army city company government official man woman"
)
_FOLLOWING = re.compile(
    r"\s+(?:(?:be|been|being|have|has|had|any|yet|a|an|the|to|its|their|his|her|more|longer)\s+)*([^\W\d_]+)"
)
_STEM = 4
_POINTS_BACK = re.compile(
    r"\b(?:such|this|that|these|those|it|its|then|figures?|numbers?|toll|reports?|claims?|allegations?|accusations?"
    r"|rumou?rs?|charges?|the (?:cuts|plan|deal|law))\b",
    re.IGNORECASE,
)
_SAME, _SOME = 0.4, 0.2


def check_claim_numbers(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether every number of the text is one of the evidence, with the same bounds."""
    rule = "claim.number"
    found = find_numbers(claim.text)
    yield from _stray_dates(claim, found, context)
    numbers = [one for one in found if _counts(one)]
    if not numbers:
        return
    given = [one for cite in claim.evidence for one in context.numbers(cite.span)]
    around = [one for cite in claim.evidence for one in context.numbers(context.sentence(cite.span))]
    twice = _told_twice(numbers, given)
    for number in numbers:
        said = number.span.of(claim.text)
        if number is twice:
            known = ", ".join(one.span.of(context.text) for one in given)
            detail = f"evidence says {known}, text says {said} twice"
            yield contradicted(_PATH, rule, Reason.NUMBER_MISMATCH, detail)
        elif any(_same_number(number, one) for one in given):
            yield supported(_PATH, rule)
        elif number.values == (1,) or any(_same_number(number, one) for one in around):
            yield undecided(_PATH, rule, f"{said} stands in the sentence, not in the evidence")
        elif _points_at(number, claim, context) or _describes(number, claim, context):
            yield undecided(_PATH, rule, f"{said} stands in a sentence before, and the evidence points back")
        else:
            known = ", ".join(one.span.of(context.text) for one in given) or "no number"
            detail = f"evidence says {known}, text says {said}"
            yield contradicted(_PATH, rule, Reason.NUMBER_MISMATCH, detail)


def _told_twice(numbers: Sequence[Number], given: Sequence[Number]) -> Number | None:
    """A number that the text says more often than the evidence, which says another one there."""
    if len(numbers) < 2 or len(numbers) > len(given):  # noqa: PLR2004 - two of a kind
        return None
    left = [one for one in given if not any(_same_number(number, one) for number in numbers)]
    for number in numbers:
        more = sum(_same_number(number, one) for one in numbers) - sum(_same_number(number, one) for one in given)
        if left and more > 0 and any(_same_number(number, one) for one in given):
            return number
    return None


def _points_at(number: Number, claim: Claim, context: Context) -> bool:
    """Whether evidence without a number points back ("any such report") at sentences before it that hold this one."""
    if not _points_back(claim) or any(context.numbers(cite.span) for cite in claim.evidence):
        return False
    return any(_same_number(number, one) for one in context.numbers(_before(claim, context)))


def _describes(number: Number, claim: Claim, context: Context) -> bool:
    """Whether the number can say whom a pronoun of the evidence means: the two welders for them."""
    if not any(_PERSONS.search(cite.quote) for cite in claim.evidence):
        return False
    given = _content(" ".join(cite.quote for cite in claim.evidence))
    if not given or _share(given, _content(claim.text)) < _SAME:
        return False
    whole = Span(0, len(context.text)) if number.kind == "age" else _before(claim, context)
    return any(_same_number(number, one) for one in context.numbers(whole))


_PERSONS = re.compile(r"\b(?:them|they|their|both|the two|the three|the others|him|her|he|she)\b", re.IGNORECASE)


def _points_back(claim: Claim) -> bool:
    """Whether the evidence holds a word that points back, and the text says what the evidence says."""
    if not any(_POINTS_BACK.search(cite.quote) for cite in claim.evidence):
        return False
    given = _content(" ".join(cite.quote for cite in claim.evidence))
    return bool(given) and _share(given, _content(claim.text)) >= _SAME


def _before(claim: Claim, context: Context) -> Span:
    """The evidence's sentences and the three before them."""
    first = context.reading.sentences(hull(claim.evidence)).start
    return Span(context.document.sentences[max(0, first - 3)].start, context.sentence(hull(claim.evidence)).end)


def _stray_dates(claim: Claim, numbers: Sequence[Number], context: Context) -> Iterator[Verdict]:
    """Figures of dates that are no dates: 44 June stands nowhere."""
    dated = [one for one in numbers if one.kind in ("date", "clock")]
    if not dated:
        return
    read = [time.span for time in find_calendar_times(claim.text)]
    given = {one.values for cite in claim.evidence for one in context.numbers(context.sentence(cite.span))}
    for number in dated:
        if not any(span.overlaps(number.core) for span in read) and number.values not in given:
            said = number.core.of(claim.text)
            yield contradicted(_PATH, "claim.date", Reason.DATE_MISMATCH, f"the evidence has no {said}")


def _counts(number: Number) -> bool:
    return number.kind in _COUNTED and not (number.values == (1,) and number.qualifier == "exact")


def _same_number(offered: Number, given: Number) -> bool:
    """Whether a number says the same: value and bounds; a vague word only if it is as vague."""
    if (offered.low, offered.best, offered.high) == (given.low, given.best, given.high):
        return offered.values == given.values or offered.low is not None
    if offered.qualifier == "about" and given.qualifier in ("about", "nearly", "vague"):
        return offered.values == given.values
    rough = {"vague", "exact"}
    return offered.values == given.values and {offered.qualifier, given.qualifier} <= rough and given.best is not None


def check_claim_times(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether every date of the text stands in the evidence, its sentence, a linked event, or follows from them."""
    times = find_calendar_times(claim.text)
    if not times:
        return
    rule = "claim.date"
    homes = [context.sentence(cite.span) for cite in claim.evidence]
    for name in claim.events:
        event = context.events.get(name)
        if event is not None:
            homes.extend(context.sentence(cite.span) for cite in event.evidence)
    given = [time for home in homes for time in context.reading.calendar_times(home)]
    for time in times:
        said = time.span.of(claim.text)
        if any(_same_time(time, claim.text, one, context) for one in given):
            yield supported(_PATH, rule)
        elif (time.kind in ("relative", "relative_range") and given) or any(
            _same_time(time, claim.text, one, context) for one in _pointed_at(claim, context)
        ):
            yield undecided(_PATH, rule, said)
        else:
            known = ", ".join(one.span.of(context.text) for one in given) or "no date"
            yield contradicted(_PATH, rule, Reason.DATE_MISMATCH, f"evidence says {known}, text says {said}")


def _pointed_at(claim: Claim, context: Context) -> tuple[TimeExpression, ...]:
    """The times of the sentences before, where the evidence points back and tells none itself."""
    if any(context.reading.calendar_times(cite.span) for cite in claim.evidence):
        return ()
    if not _points_back(claim):
        return ()
    return context.reading.calendar_times(_before(claim, context))


def _same_time(offered: TimeExpression, text: str, given: TimeExpression, context: Context) -> bool:
    if offered.value is not None:
        if offered.value in (given.value, *given.values) or given.value in offered.values:
            return True
        mine, theirs = read_edtf(offered.value), read_edtf(given.value or "")
        if mine is not None and theirs is not None and theirs.text.startswith(f"{mine.text}-"):
            return True
        days = resolve(given, context.document.published)
        return (
            mine is not None
            and days is not None
            and mine.start is not None
            and ((mine.start, mine.end) == days or bool(mine.end and mine.start <= days[0] and days[1] <= mine.end))
        )
    if offered.offset.rule == given.offset.rule:
        mine_, theirs_ = offered.offset, given.offset
        same = (mine_.weekday, mine_.month, mine_.day, mine_.unit) == (
            theirs_.weekday,
            theirs_.month,
            theirs_.day,
            theirs_.unit,
        )
        return same and (mine_.amount == theirs_.amount or "yearless" in (mine_.rule, theirs_.rule))
    if given.value is not None and offered.offset.rule == "yearless":
        fixed = read_edtf(given.value)
        return fixed is not None and fixed.month == offered.offset.month
    del text
    return False


def check_claim_names(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether every name of the text stands in the document, and none takes the place of one in the evidence."""
    rule = "claim.name"
    slip = _slipped(claim.text, context)
    if slip is not None:
        yield contradicted(_PATH, rule, Reason.NAME_MISMATCH, f"the article names no {slip}")
        return
    names = context.reading.proper_tokens(claim.text)
    if not names:
        return
    absent = [name for name in names if not context.reading.writes(name)]
    if absent and all(is_transliterated(name, context.reading.tokens) for name in absent):
        yield undecided(_PATH, rule, f"the article spells {', '.join(absent)} otherwise")
        return
    if absent:
        detail = f"the article does not name {', '.join(absent)}"
        yield contradicted(_PATH, rule, Reason.ADDED_INFORMATION, detail)
        return
    otherwise = [name for name in names if context.reading.inflects(name)]
    if otherwise:
        yield undecided(_PATH, rule, f"the article spells {', '.join(otherwise)} otherwise")
        return
    evidence = " ".join(cite.quote for cite in claim.evidence)
    given = fold_tokens(evidence)
    added = [name for name in names if not any_agrees(name, given)]
    if not added:
        yield supported(_PATH, rule)
        return
    told = fold_tokens(claim.text)
    theirs = context.reading.proper_tokens(evidence)
    speakers = _speaker_tokens(claim, context)
    left_out = [name for name in theirs if not any_agrees(name, told) and not any_agrees(name, speakers)]
    if left_out and not has_pronoun(evidence) and not any(_is_anaphor(word) for word in given):
        detail = f"evidence names {', '.join(left_out)}, text names {', '.join(added)}"
        yield contradicted(_PATH, rule, Reason.NAME_MISMATCH, detail)
    else:
        yield undecided(_PATH, rule, f"{', '.join(added)} from elsewhere in the article")


_NAME = 4


def _slipped(text: str, context: Context) -> str | None:
    """The first word of the text, where it is a letter off a name of the article and stands nowhere in it."""
    (first,) = fold_tokens(text)[:1] or ("",)
    if len(first) < _NAME or first in CLOSED or context.reading.writes(first):
        return None
    names = (*context.reading.capitalised, *(one for one in context.reading.tokens if is_country(one)))
    known = (name for name in names if name[0] == first[0] and abs(len(name) - len(first)) <= 1)
    return first if any(DamerauLevenshtein.distance(first, name, score_cutoff=1) == 1 for name in known) else None


def _is_anaphor(word: str) -> bool:
    return word in _POINTING


def _speaker_tokens(claim: Claim, context: Context) -> set[str]:
    """The words of the sources and cues of the claim's attributions: who speaks need not stand in the text."""
    found: set[str] = set()
    for name in claim.claimer:
        attribution = context.attributions.get(name)
        if attribution is not None:
            for cite in (attribution.source, attribution.cue):
                found.update(fold_tokens(cite.quote) if cite is not None else ())
    return found


def check_claim_words(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether text and evidence speak of the same: they share words, by their first letters or as one name."""
    rule = "claim.words"
    told = _content(claim.text)
    given = _content(" ".join(cite.quote for cite in claim.evidence))
    if told and told <= given:
        yield supported(_PATH, rule)
        return
    around = given | _content(" ".join(context.sentence(cite.span).of(context.text) for cite in claim.evidence))
    share = max(_share(told, around), _share(given, told))
    if share >= _SAME:
        yield supported(_PATH, rule)
    elif share >= _SOME:
        yield undecided(_PATH, rule, f"{share:.0%} of the words are shared")
    elif any(has_pronoun(cite.quote) or _POINTS_BACK.search(cite.quote) for cite in claim.evidence):
        yield undecided(_PATH, rule, f"{share:.0%} of the words are shared, and pronouns point back")
    else:
        detail = f"text and evidence share {share:.0%} of their words"
        yield contradicted(_PATH, rule, Reason.ADDED_INFORMATION, detail)


def _content(text: str) -> set[str]:
    return {word for word in fold_tokens(text) if word not in CLOSED}


def _share(words: set[str], others: set[str]) -> float:
    """The share of `words` that stand among `others`; 0 for none."""
    if not words:
        return 0.0
    stems = {word[:_STEM] for word in others}
    return sum(word[:_STEM] in stems or any_agrees(word, others) for word in words) / len(words)


def check_claim_negation(claim: Claim, context: Context) -> Iterator[Verdict]:
    """Whether the text negates exactly what the evidence negates."""
    rule = "claim.negation"
    mine = signals_of("negation", claim.text)
    core = [signal for signal in mine if signal.name == "core"]
    theirs = [signal for cite in claim.evidence for signal in context.reading.signals(cite.span, "negation")]
    if core and not theirs:
        said = claim.text[core[0].start : core[0].end]
        if any(signal for signal in context.reading.signals(context.sentence(hull(claim.evidence)), "negation")):
            yield undecided(_PATH, rule, "a negation in the sentence")
        else:
            detail = f"text says {said!r}, the evidence has no negation"
            yield contradicted(_PATH, rule, Reason.NEGATION_MISMATCH, detail)
        return
    if not theirs and not mine:
        yield supported(_PATH, rule)
        return
    lost = [signal for signal in theirs if signal.name == "core"]
    if lost and not mine:
        yield _lost_negation(claim, lost, context)
        return
    if core or not lost:
        yield supported(_PATH, rule) if bool(core) == bool(lost) else undecided(_PATH, rule)
    else:
        yield undecided(_PATH, rule)


def _lost_negation(claim: Claim, lost: Sequence[Signal], context: Context) -> Verdict:
    """The evidence negates and the text does not: contradicted when the text says what is negated."""
    rule = "claim.negation"
    stems = {word[:_STEM] for word in fold_tokens(claim.text) if word not in CLOSED}
    for signal in lost:
        following = _FOLLOWING.match(context.text, signal.end, min(len(context.text), signal.end + 60))
        if following is not None and following.group(1)[:_STEM].casefold() in stems:
            said = context.text[signal.start : following.end()]
            return contradicted(
                _PATH, rule, Reason.NEGATION_MISMATCH, f"evidence says {said!r}, the text negates nothing"
            )
    return undecided(_PATH, rule, "a negation of the evidence is not in the text")
