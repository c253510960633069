"""Entities: whether names, aliases, title, affiliation and kind are those that the document gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmx.ground.checks.beside import is_mentioned, stands_beside
from llmx.ground.checks.identity import is_side_of, names_of
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.kinds import is_titled, kinds_of
from llmx.ground.names import (
    any_agrees,
    fold_tokens,
    initials,
    is_country,
    is_pronoun,
    name_tokens,
    named_in,
    without_sides,
)
from llmx.ground.spelling import is_transliterated, is_written
from llmx.lexicon.countries import country_code
from llmx.lexicon.function_words import CLOSED, word_set
from llmx.result import Reason, Verdict
from llmx.schema.news import Entity

_BODIES = word_set(
    """army forces force police ministry government parliament party council agency news university institute group
    movement front union organisation organization association committee court bank company corporation brigade brigades
    navy administration regime militia observatory commission department office embassy network television radio times
    post gazette herald tribune courier republic federation states kingdom"""
)
_COMMON = word_set(
    """troops soldiers officials authorities side fighters warplanes jets planes aircraft leaders people men members
    leadership state officers"""
)


def check_entity_name(entity: Entity, context: Context) -> Iterator[Verdict]:
    """Whether the name stands in the document and the mentions are of it."""
    if entity.name is None:
        return
    path, rule = ("name",), "entity.name"
    tokens = name_tokens(entity.name) or tuple(fold_tokens(entity.name))
    literal = is_mentioned(entity.name, entity) or context.reading.holds(entity.name)
    missing = [] if literal else [token for token in tokens if not context.reading.writes(token)]
    if missing:
        yield _misspelt(entity.name, missing, context)
        return
    if not literal and entity.kind == "person" and not _stands_together(tokens, context):
        detail = f"{entity.name!r}: the article nowhere puts these names together"
        yield contradicted(path, rule, Reason.NAME_MISMATCH, detail)
        return
    if not literal and (apart := _apart(tokens, entity, context)) is not None:
        yield apart
        return
    mentions = [fold_tokens(without_sides(mention.quote)) for mention in entity.mentions]
    folded = fold_tokens(entity.name)
    if any(_is_tied(tokens, mentioned) or _initials(folded).intersection(mentioned) for mentioned in mentions):
        twice = any(other.name and fold_tokens(other.name) == folded for other in _others(entity, context))
        yield undecided(path, rule, "another entity has the same name") if twice else supported(path, rule)
        return
    if literal and any(_is_tied(name_tokens(alias), mentioned) for alias in entity.aliases for mentioned in mentions):
        yield undecided(path, "entity.alias", "only an alias is mentioned")
        return
    whole = [fold_tokens(mention.quote) for mention in entity.mentions]
    if any(all(any_agrees(token, mentioned) for token in tokens) for mentioned in whole):
        yield undecided(path, rule, "mentioned as the owner of something")
        return
    named = [token for one in entity.mentions for token in named_in(one.quote)]
    if named or not literal:
        detail = f"name {entity.name!r}, mentions {', '.join(repr(one.quote[:40]) for one in entity.mentions[:3])}"
        yield contradicted(path, rule, Reason.NAME_MISMATCH, detail)
    else:
        yield undecided(path, rule, "the mentions are no names")


def _apart(tokens: Sequence[str], entity: Entity, context: Context) -> Verdict | None:
    """A name that the article writes otherwise: in its last letters, or with a word in place of one of a mention's."""
    path, rule = ("name",), "entity.name"
    otherwise = [token for token in tokens if context.reading.inflects(token)]
    if otherwise:
        return undecided(path, rule, f"the article spells {' '.join(otherwise)} otherwise")
    if len(tokens) < 2 or _stands_together(tokens, context):  # noqa: PLR2004 - words that belong together
        return None
    for mention in entity.mentions:
        named = named_in(mention.quote)
        if not named or all(any_agrees(word, tokens) for word in named):
            return None
        if all(any_agrees(token, fold_tokens(mention.quote)) for token in tokens):
            return None
    return undecided(path, rule, "the article nowhere puts these words together")


def _misspelt(name: str, missing: Sequence[str], context: Context) -> Verdict:
    path, rule = ("name",), "entity.name"
    if all(is_transliterated(token, context.reading.tokens) for token in missing):
        return undecided(path, rule, f"the article spells {' '.join(missing)} otherwise")
    detail = f"{name!r}: the article has no {' '.join(missing)}"
    return contradicted(path, rule, Reason.NAME_MISMATCH, detail)


_APART = 2
"""Words that may stand between two of a person's names: a middle name, an initial."""


def _stands_together(tokens: Sequence[str], context: Context) -> bool:
    """Whether a sentence holds the tokens in their order, with no more than a few words between two of them."""
    if len(tokens) < 2:  # noqa: PLR2004 - two names
        return True
    for index in context.reading.sentences_with(tokens[-1]):
        words = fold_tokens(context.document.sentences[index].of(context.text))
        for last in (at for at, word in enumerate(words) if word == tokens[-1]):
            at, wanted = last, list(tokens[:-1])
            while wanted and wanted[-1] in words[max(0, at - 1 - _APART) : at]:
                at = max(place for place in range(max(0, at - 1 - _APART), at) if words[place] == wanted[-1])
                wanted.pop()
            if not wanted:
                return True
    return False


def _others(entity: Entity, context: Context) -> Iterator[Entity]:
    return (other for other in context.entities.values() if other.id != entity.id)


def _is_tied(tokens: Sequence[str], mentioned: Sequence[str]) -> bool:
    """Whether a mention holds the name or a telling word of it, or the name all of the mention's own."""
    if not tokens:
        return False
    shared = [token for token in tokens if any_agrees(token, mentioned)]
    if len(shared) == len(tokens):
        return True
    if any(token not in _BODIES and not is_country(token) for token in shared):
        return True
    own = [word for word in mentioned if word not in CLOSED and word not in _COMMON]
    if shared and own and all(any_agrees(word, tokens) for word in own):
        return True
    return len(tokens) == 1 and tokens[0] in _initials(mentioned)


def _initials(tokens: Sequence[str]) -> set[str]:
    """The abbreviations that the first letters of `tokens` make, with and without short words."""
    spelled = {
        initials(kept)
        for kept in (
            tokens,
            [token for token in tokens if token not in CLOSED],
            [token for token in tokens if len(token) > 2],  # noqa: PLR2004 - al, de, of
        )
    }
    return {short for short in spelled if len(short) > 1}


def check_entity_aliases(entity: Entity, context: Context) -> Iterator[Verdict]:
    """Whether each alias stands in the document and is not another entity's name."""
    for number, alias in enumerate(entity.aliases):
        path, rule = ("aliases", number), "entity.alias"
        if not is_mentioned(alias, entity) and not context.reading.holds(alias):
            yield contradicted(path, rule, Reason.NAME_MISMATCH, f"{alias!r} does not stand in the article")
            continue
        owner = _owner(alias, entity, context)
        if owner is None:
            yield supported(path, rule)
        else:
            yield contradicted(path, rule, Reason.NAME_MISMATCH, f"{alias!r} is a name of {owner.id}")


def _owner(alias: str, entity: Entity, context: Context) -> Entity | None:
    folded = fold_tokens(alias)
    if entity.name is not None and fold_tokens(entity.name) == folded:
        return None
    for other in context.entities.values():
        if other.id != entity.id and any(fold_tokens(name) == folded for name in names_of(other)):
            return other
    return None


def check_entity_title(entity: Entity, context: Context) -> Iterator[Verdict]:
    """Whether the title stands in the document, in a sentence that names the entity."""
    if entity.role_title is None:
        return
    path, rule = ("role_title",), "entity.role_title"
    if is_mentioned(entity.role_title, entity):
        yield supported(path, rule)
        return
    words = [token for token in fold_tokens(entity.role_title) if token not in CLOSED]
    if not context.reading.holds(entity.role_title):
        missing = [word for word in words if not any_agrees(word, context.reading.tokens)]
        if missing or not words:
            detail = f"{entity.role_title!r}: the article has no {' '.join(missing) or 'such words'}"
            yield contradicted(path, rule, Reason.VALUE_MISMATCH, detail)
            return
    if stands_beside(entity.role_title, entity, context):
        yield supported(path, rule)
        return
    near = _words_near(entity, context)
    if any(any_agrees(word, near) for word in words):
        yield undecided(path, rule, "in the sentence, not beside the name")
    elif context.reading.holds(entity.role_title) and not _is_anothers(entity.role_title, entity, context):
        yield undecided(path, rule, "elsewhere in the article, beside nobody else's name")
    elif words and all(word in _words_near(entity, context, reach=1) for word in words):
        yield undecided(path, rule, "in the next sentence")
    else:
        detail = f"{entity.role_title!r} stands in no sentence that names {entity.name or entity.id}"
        yield contradicted(path, rule, Reason.VALUE_MISMATCH, detail)


def _is_anothers(title: str, entity: Entity, context: Context) -> bool:
    """Whether the title stands beside the name or in a mention of another entity."""
    return any(other.kind == entity.kind and stands_beside(title, other, context) for other in _others(entity, context))


def _words_near(entity: Entity, context: Context, *, reach: int = 0) -> set[str]:
    """The words of the sentences that mention the entity or hold its last name, and of `reach` beside each."""
    last = name_tokens(entity.name)[-1:] if entity.name else ()
    homes = {index for mention in entity.mentions for index in context.reading.sentences(mention.span)}
    homes.update(context.reading.sentences_with(last[0]) if last else ())
    sentences = context.document.sentences
    near = {at for index in homes for at in range(max(0, index - reach), min(len(sentences), index + reach + 1))}
    return {word for index in near for word in fold_tokens(sentences[index].of(context.text))}


def check_entity_affiliation(entity: Entity, context: Context) -> Iterator[Verdict]:
    """Whether the document names the affiliation, and near the entity."""
    if entity.affiliation is None:
        return
    path, rule = ("affiliation",), "entity.affiliation"
    if entity.affiliation == entity.id:
        yield contradicted(path, rule, Reason.NAME_MISMATCH, "an entity does not belong to itself")
        return
    other = context.entities.get(entity.affiliation)
    names = tuple(names_of(other)) if other is not None else (entity.affiliation,)
    tokens = [token for name in names for token in name_tokens(name)]
    if other is None and not all(context.reading.writes(token) for token in tokens):
        yield contradicted(path, rule, Reason.NAME_MISMATCH, f"{entity.affiliation!r} does not stand in the article")
        return
    near = _words_near(entity, context)
    if any(any_agrees(token, near) for token in tokens):
        if _is_of(entity, names, context):
            yield supported(path, rule)
        elif other is None:
            yield undecided(path, rule, "in one sentence, not beside each other")
        else:
            yield from _not_beside(entity, other, context)
    elif other is None and any(token in _words_near(entity, context, reach=2) for token in tokens):
        yield undecided(path, rule, "named close by")
    elif other is None:
        detail = f"{entity.affiliation!r} stands in no sentence that names {entity.name or entity.id}"
        yield contradicted(path, rule, Reason.NAME_MISMATCH, detail)
    else:
        yield undecided(path, rule, "no sentence names both")


def _not_beside(entity: Entity, other: Entity, context: Context) -> Iterator[Verdict]:
    """An affiliation in the same sentence but not beside: contradicted where another body stands beside."""
    path, rule = ("affiliation",), "entity.affiliation"
    owners = (one for one in _others(entity, context) if one.id != other.id and one.kind != "person")
    owner = next((one for one in owners if _is_of(entity, tuple(names_of(one)), context)), None)
    if owner is None or _is_country_named(owner) or _is_country_named(other):
        yield undecided(path, rule, "in one sentence, not beside each other")
    else:
        detail = f"{entity.name or entity.id!r} is of {owner.name or owner.id!r}, value says {other.name or other.id!r}"
        yield contradicted(path, rule, Reason.NAME_MISMATCH, detail)


def _is_country_named(entity: Entity) -> bool:
    """Whether the entity is a country or goes by the name of one."""
    return any(country_code(name) is not None for name in names_of(entity))


_OF_WINDOW = 60
_CUT = re.compile(
    r"[;:.“]|, (?:who|which)|\b(?:that|told|said|says|asked|insisted|added|warned|denied|urged|accused|claimed)\b"
)


def _is_of(entity: Entity, names: Sequence[str], context: Context) -> bool:
    """Whether a body is named in a mention of the entity, right behind one, or as its owner before it."""
    named = [tokens for name in names if (tokens := name_tokens(name))]
    for mention in entity.mentions:
        sentence = context.sentence(mention.span)
        behind = context.text[mention.end : min(sentence.end, mention.end + _OF_WINDOW)]
        before = context.text[max(sentence.start, mention.start - _OF_WINDOW // 2) : mention.start]
        beside = f"{mention.quote}{_CUT.split(behind, maxsplit=1)[0]}"
        words = fold_tokens(f"{before} {beside}") if re.search(r"[’']s?\s\Z|[a-z]\s\Z", before) else fold_tokens(beside)
        if any(all(is_written(token, words) for token in tokens) for tokens in named):
            return True
    return False


def check_entity_kind(entity: Entity, context: Context) -> Iterator[Verdict]:
    """Whether the kind is one that name, title and mentions allow: a country is no person, Mr Okafor no ministry."""
    if entity.kind == "unknown":
        return
    path, rule = ("kind",), "entity.kind"
    named = entity.name or ""
    told = _told_kinds(entity, context)
    if named and country_code(named) is not None and not is_titled(named):
        told = _COUNTRY_KINDS
    told |= {"government"} if told & {"igo"} else set[str]()
    if not told:
        yield undecided(path, rule)
    elif entity.kind not in told:
        words = named or entity.mentions[0].quote[:60]
        detail = f"{words!r} can be {', '.join(sorted(told))}, value says {entity.kind}"
        yield contradicted(path, rule, Reason.VALUE_MISMATCH, detail)
    elif len(told) <= _FEW or (entity.kind == "government" and told == _COUNTRY_KINDS):
        yield supported(path, rule)
    else:
        yield undecided(path, rule, "one of several that the words allow")


_FEW = 3
_COUNTRY_KINDS = frozenset({"government", "state_forces", "external_forces", "organisation", "igo", "rebel_group"})


def _told_kinds(entity: Entity, context: Context) -> frozenset[str]:
    """The kinds that one of the telling words for the entity allows; empty where none tells."""
    if entity.role_title is not None and entity.name and stands_beside(entity.role_title, entity, context):
        return frozenset({"person"})
    named = frozenset(kind for name in names_of(entity) for kind in kinds_of(name))
    mentioned = {kind for mention in entity.mentions for kind in kinds_of(mention.quote)}
    return named | mentioned if mentioned else named


def check_entity_mentions(entity: Entity, context: Context) -> Iterator[Verdict]:
    """Whether each mention can be of the entity: it does not name another one."""
    own = {token for name in names_of(entity) for token in fold_tokens(name)}
    for number, mention in enumerate(entity.mentions):
        path, rule = ("mentions", number), "entity.mention"
        words = fold_tokens(mention.quote)
        if all(word in CLOSED for word in words) and not is_pronoun(mention.quote):
            yield contradicted(path, rule, Reason.NAME_MISMATCH, f"{mention.quote[:60]!r} names nobody")
        elif not own or is_pronoun(mention.quote):
            yield undecided(path, rule)
        elif _is_own(mention.quote, entity) or _is_short(entity, words):
            yield supported(path, rule)
        else:
            agrees = any(any_agrees(word, own) for word in words if word not in CLOSED)
            other = _named_by(mention.quote, entity, context)
            if other is None and agrees:
                yield supported(path, rule)
            elif other is None:
                yield undecided(path, rule)
            else:
                detail = f"{mention.quote[:60]!r} names {other.name or other.id}, not {entity.name or entity.id}"
                yield contradicted(path, rule, Reason.NAME_MISMATCH, detail)


def _is_own(quote: str, entity: Entity) -> bool:
    """Whether a mention holds a whole name of the entity, not as that of somebody else's owner."""
    words = f" {' '.join(fold_tokens(without_sides(quote)))} "
    return any(f" {' '.join(fold_tokens(name))} " in words for name in names_of(entity))


def _is_short(entity: Entity, words: Sequence[str]) -> bool:
    """Whether the words abbreviate a name, or a name abbreviates the words."""
    names = tuple(names_of(entity))
    if any(_initials(fold_tokens(name)).intersection(words) for name in names):
        return True
    return any(_initials(words).intersection(fold_tokens(name)) for name in names)


def _named_by(quote: str, entity: Entity, context: Context) -> Entity | None:
    words = f" {' '.join(fold_tokens(without_sides(quote)))} "
    for other in context.entities.values():
        if other.id == entity.id or is_side_of(quote, other):
            continue
        if any(f" {' '.join(fold_tokens(name))} " in words for name in names_of(other)):
            return other
    return None
