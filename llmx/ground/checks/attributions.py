"""Attributions: whether source, cue, content and the rest stand where they belong, and are what they are said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmx.ground.checks.beside import stands_beside
from llmx.ground.checks.identity import NONE, better_fit, fit, names_of
from llmx.ground.checks.nearness import is_within, near, overlaps_any, sentences_away
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.kinds import is_description, is_titled
from llmx.ground.names import fold_tokens, is_pronoun, name_tokens, proper_tokens
from llmx.ground.spelling import is_written
from llmx.lexicon.countries import country_code
from llmx.lexicon.verbs import Reading as VerbReading
from llmx.result import Reason, Verdict
from llmx.schema.citation import Citation
from llmx.schema.news import Attribution, Entity
from llmx.text.span import Span

_ADDRESSED = re.compile(
    r"\b(?:told|tells?|telling|to|asked|asks|informed|assured|urged|warned|reminded|with|ordered)\s+\Z", re.IGNORECASE
)
_MEDIUM = re.compile(
    r"\b(?:in|on|via|through|at|during|by|from|using|over|for)\s+(?:an?\s+|the\s+|his\s+|her\s+|its\s+|their\s+)?\Z|\A(?:in|on|via|through|at|during|by)\b",
    re.IGNORECASE,
)
_FAR = 3
_OPENING = re.compile(r"\W*([^\W\d_]+)")
_THROUGH = re.compile(
    r"\b(?:via|through|told|quoting|citing"
    r"|(?:quoted|cited|carried|reported|published|aired|posted|broadcast) (?:by|in|on|at))\s+"
    r"(?:(?:the|an?|its|his|her|their)\s+)?(?:[\w-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
"""What stands before the name of whoever passes something on."""
_PASSES_ON = re.compile(
    r"\W*(?:[’']s\s+)?(?:\w+ly\s+)?(?:reported|reports|quoted|quotes|quoting|cited|cites|citing|said|says|wrote|carried"
    r"|published|aired|broadcast)\b",
    re.IGNORECASE,
)
"""What stands behind it."""
_TOLD_TO = re.compile(r"\b(?:told|tells|telling|informed|assured|reminded|asked|addressed)\s+\Z", re.IGNORECASE)


def check_attributed(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether anything attributes the content: a source, a cue, or quotation marks."""
    if attribution.source is not None or attribution.cue is not None or attribution.mode == "headline":
        return
    rule = "attribution.attributed"
    for number, part in enumerate(attribution.content):
        path = ("content", number)
        if context.reading.quoted(part.span) is not None:
            yield undecided(path, rule, "quotation marks alone")
        else:
            detail = f"neither source nor cue nor quotation marks attribute {part.quote[:60]!r}"
            yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)


def check_source(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether the source stands outside the content and near what is said."""
    source = attribution.source
    if source is None:
        return
    path, rule = ("source",), "attribution.source"
    if overlaps_any(source, attribution.content):
        detail = f"the source {source.quote[:60]!r} stands in the content"
        yield contradicted(path, rule, Reason.SOURCE_IN_CONTENT, detail)
        return
    if (
        attribution.cue is not None
        and source.span.overlaps(attribution.cue.span)
        and len(source.span) <= len(attribution.cue.span)
    ):
        yield undecided(path, rule, "within the cue")
        return
    if attribution.cue is not None and _TOLD_TO.search(context.text, attribution.cue.start, source.start):
        detail = f"{source.quote[:60]!r} is spoken to"
        yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)
        return
    told = (*((attribution.cue,) if attribution.cue else ()), *attribution.content)
    away = sentences_away(source, told, context)
    if away == 0:
        yield _in_sentence(attribution, source, context)
    elif away == 1:
        yield undecided(path, rule, "in the next sentence")
    elif attribution.cue is not None and _lacks_subject(attribution.cue, context):
        yield undecided(path, rule, "the sentence of the cue leaves its subject out")
    else:
        detail = f"the source {source.quote[:60]!r} stands {away} sentences away from what is said"
        yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)


def _lacks_subject(cue: Citation, context: Context) -> bool:
    """Whether the cue's sentence begins with its verb, as in a list of deeds."""
    opening = _OPENING.match(context.sentence(cue.span).of(context.text))
    form = context.verb(opening.group(1).lower()) if opening is not None else None
    return form is not None and bool(set(form.kinds) & set("sd")) and form.reading is not VerbReading.NOUN


def _in_sentence(attribution: Attribution, source: Citation, context: Context) -> Verdict:
    """Whether the source stands next to the cue: with nothing but its own apposition in between."""
    path, rule = ("source",), "attribution.source"
    cue = attribution.cue
    if cue is None:
        return supported(path, rule)
    between = context.text[min(source.end, cue.end) : max(source.start, cue.start)]
    nearest = len(between.split()) <= _FAR
    return supported(path, rule) if nearest else undecided(path, rule, "not next to the cue")


def check_content(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether what is attributed begins near its source or cue; speech of several sentences may run on."""
    told_by = [one for one in (attribution.source, attribution.cue) if one is not None]
    if not told_by or attribution.mode == "headline":
        return
    path, rule = ("content",), "attribution.content"
    away = min(sentences_away(part, told_by, context) for part in attribution.content)
    if away == 0:
        yield supported(path, rule)
    elif away == 1 or (any(context.reading.quoted(part.span) for part in attribution.content) and away <= _FAR):
        yield undecided(path, rule, f"{away} sentences away")
    else:
        detail = f"{attribution.content[0].quote[:60]!r} stands {away} sentences away from source and cue"
        yield contradicted(path, rule, Reason.OUTSIDE_EVIDENCE, detail)


def check_cue(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether the cue stands outside the content (an adverb may stand in it) and near it."""
    cue = attribution.cue
    if cue is None:
        return
    path, rule = ("cue",), "attribution.cue"
    inside = is_within(cue, attribution.content)
    if inside and attribution.mode != "evidential_adverb":
        detail = f"the cue {cue.quote[:60]!r} stands in the content"
        yield contradicted(path, rule, Reason.CUE_IN_CONTENT, detail)
        return
    others = (*((attribution.source,) if attribution.source else ()), *attribution.content)
    yield near(cue, others, context, path=path, rule=rule, sure=0, possible=1)


def check_source_entity(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether the entity is the one that the source's words name."""
    entity = context.entities.get(attribution.source_entity or "")
    if entity is None:
        return
    path, rule = ("source_entity",), "attribution.source_entity"
    source = attribution.source
    if source is None:
        yield undecided(path, rule, "no source is cited")
        return
    if is_pronoun(source.quote):
        words = set(fold_tokens(source.quote))
        if words & {"he", "she"} and entity.name and country_code(entity.name) is not None:
            yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, f"{source.quote!r} is no {entity.kind}")
        else:
            yield undecided(path, rule, "a pronoun")
        return
    own = fit(source, entity)
    other = better_fit(source, entity, context, own=own) or _speaking(source, entity, context)
    if other is not None:
        detail = f"{source.quote[:60]!r} names {other.name or other.id}, not {entity.name or entity.id}"
        yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)
    elif own > NONE:
        yield undecided(path, rule, "only as whose they are") if _is_owner(source, entity) else supported(path, rule)
    elif is_description(source.quote):
        yield _described(source, entity, context)
    elif entity.name and _names_someone(source, context):
        detail = f"{source.quote[:60]!r} does not name {entity.name!r}"
        yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)
    else:
        yield undecided(path, rule)


def _speaking(source: Citation, entity: Entity, context: Context) -> Entity | None:
    """The person whom the source names first, where it names `entity` only as whose they are; else `None`."""
    if entity.kind == "person" or not entity.name:
        return None
    words = f" {' '.join(fold_tokens(source.quote))} "
    at = words.find(f" {' '.join(fold_tokens(entity.name))} ")
    for other in context.entities.values():
        named = f" {' '.join(fold_tokens(other.name))} " if other.kind == "person" and other.name else ""
        if named and -1 < words.find(named) < at:
            return other
    return None


_BELONGS = re.compile(r"\b(?:of|from|at|for|with)\s+(?:the\s+)?\Z", re.IGNORECASE)


def _is_owner(source: Citation, entity: Entity) -> bool:
    """Whether the source names the entity only behind somebody else: Dr Amina Bakari of the WHO."""
    if entity.kind == "person" or not is_titled(source.quote):
        return False
    found = [source.quote.find(name) for name in names_of(entity)]
    return any(at > 0 and _BELONGS.search(source.quote, 0, at) is not None for at in found)


_ARTICLE = re.compile(r"\A(?:the|an?|its|his|her|their)\s+", re.IGNORECASE)


def _described(source: Citation, entity: Entity, context: Context) -> Verdict:
    """Whether the document puts a description beside the name of the entity; elsewhere it can be anybody's."""
    path, rule = ("source_entity",), "attribution.source_entity"
    if stands_beside(_ARTICLE.sub("", source.quote), entity, context):
        return supported(path, rule)
    return undecided(path, rule, "a description without a name")


def _names_someone(source: Citation, context: Context) -> bool:
    """Whether the source is a name and little else."""
    words = name_tokens(source.quote)
    named = proper_tokens(source.quote, capitalised=context.reading.capitalised)
    return bool(named) and len(named) == len(words)


def check_via(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether the one through whom the source speaks is named where it speaks."""
    if attribution.via is None:
        return
    path, rule = ("via",), "attribution.via"
    entity = context.entities.get(attribution.via)
    names = tuple(names_of(entity)) if entity is not None else (attribution.via,)
    tokens = [token for name in names for token in name_tokens(name)]
    if entity is not None and attribution.via == attribution.source_entity:
        yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, "nobody speaks through themselves")
        return
    told = [one for one in (attribution.source, attribution.cue) if one is not None] or list(attribution.content[:1])
    spoken = " ".join(_outside(context.sentence(one.span), attribution, context) for one in told)
    near_words = set(fold_tokens(spoken))
    known = [
        words for words in map(name_tokens, names) if words and all(is_written(word, near_words) for word in words)
    ]
    source = set(fold_tokens(attribution.source.quote)) if attribution.source is not None else set[str]()
    if any(all(is_written(word, source) for word in words) for words in known):
        yield _via_source(attribution, entity, names)
    elif known and any(_passes_on(name, spoken) for name in names):
        outlet = entity is None or entity.kind == "news_outlet"
        yield supported(path, rule) if outlet else undecided(path, rule, "named beside a word for passing on")
    elif known:
        yield undecided(path, rule, "named where the source speaks, not as who passes it on")
    elif not tokens:
        yield undecided(path, rule)
    else:
        detail = f"{names[0]!r} is not named where the source speaks"
        yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)


def _via_source(attribution: Attribution, entity: Entity | None, names: Sequence[str]) -> Verdict:
    """An outlet whose sources speak passes on what they say; anybody else named with the source need not."""
    path, rule = ("via",), "attribution.via"
    assert attribution.source is not None
    outlet = entity is None or entity.kind == "news_outlet"
    bare = _ARTICLE.sub("", attribution.source.quote)
    if outlet and any(bare.startswith(name) for name in names):
        return supported(path, rule)
    return undecided(path, rule, "it is part of the source")


def _passes_on(name: str, spoken: str) -> bool:
    """Whether a word for passing on stands beside the name: told the BBC, Bloomberg reported."""
    at = spoken.find(name)
    while at >= 0:
        if _THROUGH.search(spoken[:at]) or _PASSES_ON.match(spoken, at + len(name)):
            return True
        at = spoken.find(name, at + 1)
    return False


def _outside(sentence: Span, attribution: Attribution, context: Context) -> str:
    """The sentence without what is attributed: who is only spoken of passes nothing on."""
    told = [*context.text[sentence.start : sentence.end]]
    for part in attribution.content:
        for at in range(max(part.start, sentence.start), min(part.end, sentence.end)):
            told[at - sentence.start] = " "
    return "".join(told)


def check_parent(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether the parent's content holds this attribution's content."""
    parent = context.attributions.get(attribution.parent or "")
    if parent is None:
        return
    path, rule = ("parent",), "attribution.parent"
    if all(is_within(part, parent.content) for part in attribution.content):
        yield supported(path, rule)
        return
    inner = (*attribution.content, *((attribution.cue,) if attribution.cue else ()))
    if any(overlaps_any(part, parent.content) for part in inner):
        yield undecided(path, rule, "in part")
        return
    detail = f"the content of {parent.id} does not hold that of {attribution.id}"
    yield contradicted(path, rule, Reason.NESTING_MISMATCH, detail)


def check_setting(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether addressee, medium and time stand with what is said."""
    told = [one for one in (attribution.cue, attribution.source) if one is not None] or list(attribution.content)
    for name, lead in (("addressee", _ADDRESSED), ("medium", _MEDIUM)):
        cite: Citation | None = getattr(attribution, name)
        if cite is None:
            continue
        path, rule = (name,), f"attribution.{name}"
        if sentences_away(cite, (*told, *attribution.content), context) > 0:
            detail = f"{cite.quote[:60]!r} stands in another sentence than what is said"
            yield contradicted(path, rule, Reason.OUTSIDE_EVIDENCE, detail)
        elif attribution.source is not None and cite.span.overlaps(attribution.source.span) and name == "addressee":
            yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, f"{cite.quote[:60]!r} is the source")
        elif lead.search(context.text, max(0, cite.start - 24), cite.start) or lead.search(cite.quote[:12]):
            yield supported(path, rule)
        else:
            yield undecided(path, rule)
    if attribution.time is not None:
        others = (*told, *attribution.content)
        path = ("time", "cite")
        yield near(attribution.time.cite, others, context, path=path, rule="attribution.time", sure=0, possible=1)
