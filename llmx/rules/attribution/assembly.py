"""Assembly: candidates that were chosen become attributions, with kinds, stance, asides and parents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmx.document import Document
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.attribution.asides import find_asides, find_hedges
from llmx.rules.attribution.candidates import Candidate, TokenRange
from llmx.rules.attribution.features import stance_of
from llmx.rules.attribution.found import FoundAttribution
from llmx.rules.attribution.sources import go_between, source_kind
from llmx.rules.attribution.stances import is_hearsay, stance
from llmx.rules.attribution.subjects import subject_before
from llmx.schema.terms import AttributionMode
from llmx.text.span import Span

_CLAUSAL = frozenset(["that", "quote", "clause", "left", "colon"])
"""Kinds of complements that are clauses or quotations."""

_CONCEDING = frozenset(["though", "although"])
_ANSWERS = frozenset(["denies", "asserts", "criticises", "reports"])
_RELATIVE = re.compile(r",?I?W|,G|,EI|,R$")
"""Tags of what opens a relative clause, or a participle behind a comma, and of "however"."""

_EDGE = " \t\r\n\u00a0,;"


def assemble(
    analysis: Analysis,
    document: Document,
    kept: Sequence[tuple[float, Candidate]],
    inner: Sequence[tuple[float, Candidate]],
) -> tuple[FoundAttribution, ...]:
    """The attributions, in the order of their cues; those of `inner` only where they have a parent.

    Args:
        analysis: The document's analysis.
        document: The document.
        kept: The chosen candidates with their likelihood, not overlapping.
        inner: Likely candidates that overlap chosen ones.
    """
    outer = [(one, made) for score, one in kept if (made := _attribution(analysis, document, one, score))]
    nested: list[tuple[Candidate, FoundAttribution, Candidate]] = []
    taken: list[TokenRange] = []
    for score, one in sorted(inner, key=lambda pair: -pair[0]):
        whole = (min(one.cue[0], one.content[0][0]), max(one.cue[1], one.content[-1][1]))
        holder = next(
            (held for held, _ in outer if any(p[0] <= whole[0] and whole[1] <= p[1] for p in held.content)), None
        )
        if holder is None or any(a < whole[1] and whole[0] < b for a, b in taken):
            continue
        made = _attribution(analysis, document, one, score)
        if made and (one.rule == "evidential-adverb" or (made.source and _within(made.source, holder, analysis))):
            taken.append(whole)
            nested.append((one, made, holder))
    every = sorted(
        [(one.cue[0], one, made, None) for one, made in outer]
        + [(one.cue[0], one, made, up) for one, made, up in nested],
        key=lambda row: row[0],
    )
    place = {id(one): number for number, (_, one, _, _) in enumerate(every)}
    return tuple(made if up is None else made._replace(parent=place[id(up)]) for _, _, made, up in every)


def _within(span: Span, holder: Candidate, analysis: Analysis) -> bool:
    return any(analysis.span(*part).contains(span) for part in holder.content)


def _attribution(analysis: Analysis, document: Document, one: Candidate, score: float) -> FoundAttribution | None:
    """The attribution of a candidate; `None` if nothing is left of its content outside boilerplate."""
    content = tuple(
        span
        for part in _without_comment(analysis, one)
        if (span := _trimmed(analysis, part)) is not None and not document.in_boilerplate(span)
    )
    if not content:
        return None
    source = _source(analysis, one, content)
    asides = find_asides(analysis, one)
    return FoundAttribution(
        content=content,
        source=source,
        cue=analysis.span(*one.cue),
        addressee=_clear(asides.addressee, content, source),
        medium=_clear(asides.medium, content, source),
        time=_clear(asides.time, content, source),
        hedges=tuple(sorted(set(find_hedges(analysis, [one.cue, *one.content])))),
        via=go_between(analysis, one.source),
        source_kind=source_kind(analysis, one.source if source else None),
        mode=_mode(analysis, one),
        stance=stance(analysis, one),
        rule=one.rule,
        clausal=one.complement.kind in _CLAUSAL and not one.rule.startswith("passive"),
        confidence=round(score, 3),
    )


def _without_comment(analysis: Analysis, one: Candidate) -> tuple[TokenRange, ...]:
    """The content up to where its author or somebody else comments on it: ", though …", ", which the union denies"."""
    first, last = one.content[-1]
    if one.rule != "verb-content":
        return one.content
    if one.complement.kind == "to" and is_hearsay(one):
        subject = subject_before(analysis, one.cue[0])
        return (subject, *one.content) if subject and subject[1] <= one.cue[0] else one.content
    at = analysis.tags.find(",", first + 1, last - 1)
    while at >= 0:
        if analysis.quotation_of[at] == NONE and _comments(analysis, at + 1, last):
            return (*one.content[:-1], (first, at))
        at = analysis.tags.find(",", at + 1, last - 1)
    return one.content


def _comments(analysis: Analysis, at: int, last: int) -> bool:
    """Whether a concession starts at a token, or a relative clause or description that tells who says otherwise."""
    if analysis.lowers[at] in _CONCEDING:
        return True
    number = analysis.noun_phrase_of[at]
    subject = at + 1 if analysis.tags[at] == "W" else analysis.noun_phrases[number].last if number != NONE else last
    if subject < last and (analysis.tags[subject] == "W" or analysis.lowers[subject] == "that"):
        subject += 1
    number = analysis.noun_phrase_of[subject] if subject < last else NONE
    if number == NONE or analysis.tags[subject] == "W":
        return False
    group = analysis.verb_group_of[analysis.noun_phrases[number].last : last]
    verb = group[0] if group else NONE
    return verb != NONE and stance_of(analysis.verb_groups[verb].lemma) in _ANSWERS


def _clear(aside: Span | None, content: tuple[Span, ...], source: Span | None) -> Span | None:
    """The aside, unless it runs into content or source."""
    if aside is None or any(aside.overlaps(part) for part in content) or (source and aside.overlaps(source)):
        return None
    return aside


def _trimmed(analysis: Analysis, part: TokenRange) -> Span | None:
    """The span of a part without commas at its ends."""
    span = analysis.span(*part)
    words = span.of(analysis.text)
    left = len(words) - len(words.lstrip(_EDGE))
    right = len(words.rstrip(_EDGE))
    return Span(span.start + left, span.start + right) if left < right else None


def _source(analysis: Analysis, one: Candidate, content: tuple[Span, ...]) -> Span | None:
    """The source's span without commas at its ends; `None` if it runs into the content or the cue's verb."""
    if one.source is None or one.source[0] >= one.source[1]:
        return None
    span = _trimmed(analysis, _without_relative(analysis, one.source))
    if span is None or any(span.overlaps(part) for part in content):
        return None
    cue = analysis.span(*one.cue)
    if span.overlaps(cue) and one.rule != "noun":
        return Span(span.start, cue.start) if span.start < cue.start else None
    return span


def _without_relative(analysis: Analysis, source: TokenRange) -> TokenRange:
    """A source up to ", who …", and from behind the end of a paragraph: a by-line is no part of it."""
    first, last = source
    relative = _RELATIVE.search(analysis.tags, first + 1, last)
    if relative:
        last = relative.start()
    text = analysis.span(first, last).of(analysis.text)
    broken = text.rfind("\n\n")
    if broken >= 0:
        first = analysis.tokens_in(Span(analysis.starts[first] + broken, analysis.ends[last - 1]))[0]
    return first, last


def _mode(analysis: Analysis, one: Candidate) -> AttributionMode:
    if one.rule == "according-to":
        return "according_to"
    if one.rule == "evidential-adverb" or is_hearsay(one):
        return "evidential_adverb"
    of_cue = analysis.quotation_of[one.cue[0]]
    plain = {NONE, of_cue}
    if all(plain.issuperset(analysis.quotation_of[first:last]) for first, last in one.content):
        return "headline" if _is_heading(analysis, one) else "indirect"
    quoted = [
        analysis.quotation_of[i] not in plain
        for part in one.content
        for i in range(*part)
        if analysis.tags[i] not in ".,q:-()"
    ]
    if quoted and all(quoted):
        return "direct"
    if any(quoted):
        return "mixed"
    return "headline" if _is_heading(analysis, one) else "indirect"


def _is_heading(analysis: Analysis, one: Candidate) -> bool:
    return one.rule == "colon" and analysis.sentence_at(one.cue[0]).paragraph < 2  # noqa: PLR2004
