"""Source kinds: whether the kind of an attribution's source is one that the words for it, and its entity, allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from llmx.ground.checks.identity import NONE, fit
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.kinds import Head, head_of, is_titled
from llmx.ground.names import fold_token, fold_tokens, is_pronoun
from llmx.lexicon.countries import country_code
from llmx.lexicon.function_words import CLOSED, word_set
from llmx.lexicon.table import read_rows, words
from llmx.result import Reason, Verdict
from llmx.schema.news import Attribution, Entity

_NAMED = frozenset({"named_person", "named_organisation", "named_collective", "government", "news_outlet", "document"})
_NAMELESS = frozenset({"unnamed_official", "anonymous_person", "anonymous_collective"})
# A person who holds an office may be told as the person or as the government.
_PERSON = frozenset({"named_person", "government"})
_BODIES = frozenset(
    {"government", "named_organisation", "named_collective", "anonymous_collective", "unnamed_official"}
)
_OF_ENTITY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "government": _BODIES,
        "state_forces": _BODIES,
        "external_forces": _BODIES,
        "news_outlet": frozenset({"news_outlet", "named_organisation", "document"}),
        "company": frozenset({"named_organisation", "named_collective", "anonymous_collective"}),
        "ngo": frozenset({"named_organisation", "named_collective", "anonymous_collective"}),
        "igo": frozenset({"named_organisation", "named_collective", "government"}),
        "rebel_group": _BODIES,
        "political_militia": _BODIES,
        "identity_militia": _BODIES,
        "civilians": frozenset({"anonymous_collective", "named_collective", "anonymous_person"}),
        "protesters": frozenset({"anonymous_collective", "named_collective", "anonymous_person"}),
        "rioters": frozenset({"anonymous_collective", "named_collective"}),
    }
)
"""Entity kind -> the kinds that such a source can have."""
_OF_NOUN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "unnamed_official": frozenset({"unnamed_official", "anonymous_person", "anonymous_collective", "government"}),
        "government": _BODIES,
        "news_outlet": frozenset({"news_outlet", "named_organisation", "anonymous_collective"}),
        "document": frozenset({"document", "named_organisation", "news_outlet", "anonymous_collective"}),
        "named_organisation": frozenset(
            {"named_organisation", "named_collective", "anonymous_collective", "government"}
        ),
        "collective": frozenset({"anonymous_collective", "named_collective", "unnamed_official"}),
    }
)
_OF_NAME = _NAMED - {"document"} | {"anonymous_collective"}
_NAME_BEHIND = re.compile(r",\s+(?:[A-Z][\w’'.-]*\s+){1,3}[A-Z][\w’'-]+\Z")
_WORD = re.compile(r"[\w’'.-]+")
_ARTICLES = ("al-", "el-", "an-", "ar-", "as-", "ad-")
_PEOPLE = word_set("he she him her")
_SELVES = word_set("i we me us my our")
_SOMEONE = word_set(
    "who one you someone somebody anyone anybody everyone everybody another each both all many some others two few"
)


def check_source_kind(attribution: Attribution, context: Context) -> Iterator[Verdict]:
    """Whether the kind of source fits: no source has no kind, and only a name is named."""
    path, rule = ("source_kind",), "attribution.source_kind"
    kind, source = attribution.source_kind, attribution.source
    if source is None:
        if kind == "unattributed":
            yield supported(path, rule)
        elif kind in ("author", "document") or attribution.source_entity is not None or attribution.via is not None:
            yield undecided(path, rule)
        else:
            yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, f"there is no source, value says {kind}")
        return
    allowed = source_kinds(attribution, context)
    if kind == "unattributed" and shown_source_kind(attribution, context) is None:
        yield undecided(path, rule, "there is a source")
    elif allowed and kind not in allowed:
        detail = f"{source.quote[:60]!r} can be {', '.join(sorted(allowed))}, value says {kind}"
        yield contradicted(path, rule, Reason.SPEAKER_MISMATCH, detail)
    elif len(allowed) == 1:
        yield supported(path, rule)
    else:
        yield undecided(path, rule)


def source_kinds(attribution: Attribution, context: Context) -> frozenset[str]:
    """The kinds that a cited source can have; empty where neither its words nor its entity tell."""
    source = attribution.source
    assert source is not None
    entity = context.entities.get(attribution.source_entity or "")
    if is_pronoun(source.quote):
        return _of_pronoun(source.quote, entity)
    if is_titled(source.quote):
        return _PERSON
    head = head_of(source.quote)
    if entity is not None and fit(source, entity) > NONE:
        if entity.kind == "person":
            if entity.name and _is_named(source.quote, entity):
                return _PERSON
            return _PERSON | _NAMELESS
        of_entity = _OF_ENTITY.get(entity.kind)
        if of_entity is not None:
            return of_entity if head.proper else of_entity | _of_noun(head)
    found = _by_words(source.quote, head, context)
    if entity is not None and entity.kind == "person" and entity.name and found:
        return found | _PERSON
    return found


def _by_words(quote: str, head: Head, context: Context) -> frozenset[str]:
    """The kinds of a source that is known by its words alone; empty where they do not tell."""
    if not head.word or head.word in _SOMEONE or _HANDLE.fullmatch(quote) or quote[:1].isdigit():
        return frozenset()
    return _by_names(quote, _names_in(quote, context))


@lru_cache(maxsize=2048)  # the same few speak again and again
def _by_names(quote: str, named: tuple[str, ...]) -> frozenset[str]:
    """The kinds of a source of whose words those in `named` are written as names."""
    head = head_of(quote)
    proper = head.word.split()[-1] in named
    found = _of_words(head._replace(proper=proper), named=bool(named))
    if any(_nouns().get(word) == "document" for word in fold_tokens(quote)):
        found |= _OF_NOUN["document"]
    if (head.proper and not _of_noun(head)) or _NAME_BEHIND.search(quote) or _may_hold_person(quote):
        of_body = {"named_organisation"} if named and head.many else set[str]()
        return found | {"named_person"} | of_body
    return found | {"named_organisation"} if named else found


_HANDLE = re.compile(r"@?[a-z_0-9]{9,}(?<!s)")
"""One long word without a capital: whoever writes under such a name is told by nothing else."""


def _may_hold_person(quote: str) -> bool:
    """Whether two words side by side can be a person: Rami Holm coordinator of the council; chief Nabil al-Orabi."""
    if quote.islower():
        return False
    words = [word for word in _WORD.findall(quote) if fold_token(word) not in CLOSED]
    tall = [word[0].isupper() or (word.startswith(_ARTICLES) and word[3:4].isupper()) for word in words]
    return any(
        tall[at] and tall[at + 1] and not head_of(" ".join(words[at : at + 2])).sort for at in range(len(words) - 1)
    )


def _names_in(quote: str, context: Context) -> tuple[str, ...]:
    """The words of a source that are written as names; without a capital there are none."""
    return context.reading.proper_tokens(quote) if not quote.islower() else ()


def shown_source_kind(attribution: Attribution, context: Context) -> str | None:
    """The kind that the words for the source, or its entity, show; `None` where they leave several open."""
    source = attribution.source
    if source is None:
        return None
    allowed = source_kinds(attribution, context)
    if len(allowed) == 1:
        return next(iter(allowed))
    entity = context.entities.get(attribution.source_entity or "")
    told = _USUAL.get(entity.kind) if entity is not None else None
    if told is None and entity is not None and entity.kind == "person" and entity.name:
        told = "named_person"
    head = head_of(source.quote)
    if told is None and head.word:
        noun = _nouns().get(head.word.split()[-1])
        told = "anonymous_collective" if noun == "collective" else noun
    return told if told in allowed else None


_USUAL: Mapping[str, str] = MappingProxyType(
    {
        "government": "government",
        "state_forces": "government",
        "news_outlet": "news_outlet",
        "company": "named_organisation",
        "ngo": "named_organisation",
        "igo": "named_organisation",
    }
)
"""Entity kind -> the usual kind of such a source."""


def _is_named(quote: str, entity: Entity) -> bool:
    last = fold_tokens(entity.name or "")[-1:]
    return bool(last) and last[0] in fold_tokens(quote)


def _of_pronoun(quote: str, entity: Entity | None) -> frozenset[str]:
    tokens = set(fold_tokens(quote))
    if tokens & _SELVES:
        return frozenset()
    if entity is not None and entity.kind == "person":
        return _PERSON | {"unnamed_official"} if entity.name else _NAMELESS | {"government"}
    if tokens & _PEOPLE:
        return _PERSON | {"unnamed_official", "anonymous_person"}
    of_entity = _OF_ENTITY.get(entity.kind) if entity is not None else None
    if of_entity is not None:
        return of_entity
    if "it" in tokens:
        return _BODIES | {"news_outlet", "document"}
    someone = {"anonymous_person"} if tokens & _SOMEONE else set[str]()
    return _BODIES | {"news_outlet", "named_person", "document"} | someone


def _of_words(head: Head, *, named: bool) -> frozenset[str]:
    """The kinds of a source that is known by its words alone."""
    if head.proper and country_code(head.word.capitalize()) is not None:
        return frozenset({"government", "named_collective", "named_organisation", "anonymous_collective"})
    told = _of_noun(head) | ({"news_outlet"} if head.word == "media" else set[str]())
    if named and head.proper:
        return _OF_NAME | told
    if not told or head.proper:
        return (
            told
            | _NAMELESS
            | _BODIES
            | _OF_NAME - {"named_person"}
            | {"document"}
            | ({"named_person"} if head.proper else set[str]())
        )
    return told


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, str]:
    rows = read_rows("source_nouns.tsv", columns=2)
    return {word: kind for kind, cell in rows if kind in _OF_NOUN for word in words(cell)}


@lru_cache(maxsize=1024)
def _of_noun(head: Head) -> frozenset[str]:
    """The kinds that the head noun allows; empty where it is in no table."""
    word = head.word.split()[-1] if head.word else ""
    kind = _nouns().get(word) or _nouns().get(word.removesuffix("s"))
    told = _OF_NOUN[kind] if kind is not None else frozenset[str]()
    match head.sort:
        case "person" | "crowd":
            people = frozenset({"anonymous_collective", "named_collective", "unnamed_official", "government"})
            single = (
                people
                if head.word in ("family", "crowd", "mob")
                else _PERSON | {"anonymous_person", "unnamed_official"}
            )
            return told | (people if head.many else single)
        case "force" | "office":
            return told | _BODIES | ({"anonymous_person"} if not head.many else set[str]())
        case "group":
            return (
                told
                | _OF_NOUN["named_organisation"]
                | {"news_outlet" if head.kind == "news_outlet" else "named_organisation"}
            )
        case _:
            return told
