"""Kinds: what the words for someone tell of who that is: a person, a ministry, an outlet, a crowd.

A phrase is read by its *head*: the noun before the first preposition, relative clause or comma, behind any owner.
Where head and name are in no table, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from llmx.ground.names import fold_token
from llmx.lexicon.function_words import CLOSED, word_set
from llmx.lexicon.table import read_rows, words
from llmx.lexicon.terms import plural

_WORD = re.compile(r"[^\W_]+(?:[’'‘.-][^\W_]+)*\.?")
_END = re.compile(
    r",|\s(?:of|in|for|at|from|with|by|on|to|near|under|against|who|which|that|whose|known|called|familiar|close|led)\s|\s\("
)
_OWNER = re.compile(r"\A.*[’']s?\s+(?=\w)")
_AGED = re.compile(r",\s*(?:aged\s+)?\d{1,2}\s*(?:,|\Z)")
_APPOSED = re.compile(r"^[^,]*[a-z][^,]*,\s+(?:[A-Z][\w’'-]+\s+){1,2}[A-Z][\w’'-]+\Z")
"""A description and behind a comma the name of whom it describes."""
_SIDES = frozenset({"force", "crowd", "person", "office", "group"})
_ARMED = frozenset({"rebel_group", "political_militia", "identity_militia", "external_forces", "organisation"})
_STATE = frozenset({"state_forces", "external_forces", "government"})
_ORGANISED = frozenset({"organisation", "ngo", "company", "igo", "news_outlet", "government", "political_militia"})
_MASSES = frozenset({"civilians", "protesters", "rioters", "identity_militia", "organisation", "unknown"})
_TRADES = word_set(
    """maker carmaker farmer operator manager producer owner developer supplier builder broker insurer publisher
    retailer provider trader carrier giant group chain firm lender"""
)
"""What stands before the name of a firm as well as before a person's."""
_PAPERS = word_set("courier observer guardian messenger examiner citizen pilot advertiser reporter investigator leader")
_STATE_BODIES = frozenset({"government", "organisation", "igo", "state_forces"})
_COMPANIES = word_set(
    "company corp corporation inc ltd plc bank airlines airways motors holdings gmbh industries devices"
)
_COURTS = word_set("court tribunal police army navy military")


class Head(NamedTuple):
    """The head of a phrase.

    Attributes:
        word: The noun, folded; empty where there is none.
        sort: Its class in `nouns.tsv`; empty where it is in no table.
        kind: The entity kind that the table gives it.
        many: Whether it is a plural.
        proper: Whether it is written with a capital.
    """

    word: str
    sort: str
    kind: str
    many: bool
    proper: bool


@lru_cache(maxsize=4096)
def _own_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase up to what tells more of its head, and behind whoever owns it."""
    bare = phrase.strip(" “”\"'")
    end = _END.search(bare)
    bare = bare[: end.start()] if end is not None else bare
    owned = "'" in bare or "’" in bare
    return tuple(_WORD.findall(_OWNER.sub("", bare) if owned else bare))


@lru_cache(maxsize=4096)
def head_of(phrase: str) -> Head:
    """The head of `phrase`, with what the table says of it."""
    found = [word for word in _own_words(phrase) if fold_token(word) not in CLOSED]
    if not found:
        return Head("", "", "", many=False, proper=False)
    for length in (2, 1):
        key = " ".join(fold_token(part) for word in found[-length:] for part in word.split("-"))
        if key in _nouns() and len(found) >= length:
            sort, kind, many = _nouns()[key]
            return Head(key, sort, kind, many=many, proper=found[-1][0].isupper())
    last = fold_token(found[-1])
    many = last.endswith("s") and not last.endswith("ss")
    return Head(last, "", "", many=many, proper=found[-1][0].isupper())


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, tuple[str, str, bool]]:
    """Noun -> class, entity kind, and whether it is a plural."""
    found: dict[str, tuple[str, str, bool]] = {}
    for sort, kind, cell in read_rows("nouns.tsv", columns=3):
        for entry in words(cell) if sort in _SIDES else ():
            single, _, irregular = entry.partition("/")
            found.setdefault(single, (sort, kind, False))
            many = irregular or f"{single.rpartition(' ')[0]} {plural(single.rpartition(' ')[2])}".strip()
            found.setdefault(many, (sort, kind, True))
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """The last words of the titles of persons."""
    return frozenset(
        fold_token(title.split()[-1]) for _, cell in read_rows("titles.tsv", columns=2) for title in words(cell)
    )


@lru_cache(maxsize=1)
def _bodies() -> Mapping[str, str]:
    """The folded names of known armed groups -> their kind."""
    rows = read_rows("groups.tsv", columns=3)
    return {" ".join(map(fold_token, name.split())): kind for kind, _, cell in rows for name in words(cell)}


@lru_cache(maxsize=4096)
def is_titled(phrase: str) -> bool:
    """Whether the phrase is a person's name behind a title, or with an age: Mr Okafor, General Petar Venn."""
    found = _own_words(phrase)
    has_comma = "," in phrase
    if has_comma and _APPOSED.search(phrase) and head_of(phrase).sort == "person" and not head_of(phrase).many:
        if head_of(phrase).word in _TRADES:
            return False
        return not head_of(phrase).proper
    if has_comma and _AGED.search(phrase) and found and found[-1][0].isupper():
        return True
    for at, word in enumerate(found[:-1]):
        rest = found[at + 1 :]
        if fold_token(word) in _TRADES:
            return False
        if fold_token(word) in _titles() and all(one[0].isupper() or fold_token(one) in _PARTICLES for one in rest):
            return head_of(phrase).sort == ""
    return False


@lru_cache(maxsize=4096)
def is_description(phrase: str) -> bool:
    """Whether the phrase says what a person is, by an office or a calling, without a name: the former House Speaker."""
    head = head_of(phrase)
    if not head.word or is_titled(phrase) or _TALL_BEHIND.search(phrase):
        return False
    if head.sort == "person" or head.word in _titles():
        return not head.many
    return _ONCE.match(phrase) is not None


_ONCE = re.compile(r"(?:the\s+|an?\s+)?(?:former|ex-?|then-?|acting|outgoing|incumbent)\s", re.IGNORECASE)
_TALL_BEHIND = re.compile(r",\s+[^\W\d_a-z]")
_PARTICLES = word_set("al el de da di del der den van von bin ibn abu ben la le du dos das ten ter")


@lru_cache(maxsize=4096)
def kinds_of(phrase: str) -> frozenset[str]:
    """The entity kinds that whoever the phrase names can have; empty where it does not tell."""
    folded = " ".join(map(fold_token, phrase.split()))
    known = _bodies().get(folded.removeprefix("the "))
    if known is not None:
        return _ARMED | {known}
    if is_titled(phrase):
        return frozenset({"person"})
    head = head_of(phrase)
    if head.word in _TRADES and "," in phrase:
        return frozenset()  # the owner, a firm or a person
    if head.proper and head.word in _PAPERS:
        return frozenset()  # the Bergen Courier is a paper, whoever carries letters
    if head.word in _COMPANIES:
        return frozenset({"company", "organisation", "government"})
    if head.word.split()[-1:] in (["authority"], ["agency"]):
        return _ORGANISED if head.word.endswith("agency") else _STATE_BODIES
    match head.sort:
        case "force":
            near = _STATE | _ARMED if head.proper else _STATE if head.kind in _STATE else _ARMED
            return near | {head.kind} | ({"person"} if not head.many else set[str]())
        case "crowd":
            return _MASSES | {head.kind} | ({"person"} if not head.many else set[str]())
        case "person":
            crowd = _MASSES | {"government", head.kind, "news_outlet", "company", "ngo", "person", "state_forces"}
            return (
                crowd
                if head.many
                else frozenset({"person", "civilians", head.kind} if head.proper else {"person", "civilians"})
            )
        case "office":
            return frozenset({"government", "organisation", "igo"}) | (_STATE if head.word in _COURTS else set[str]())
        case "group":
            return _of_group(head)
        case _:
            return frozenset()


def _of_group(head: Head) -> frozenset[str]:
    if head.kind == "organisation":
        return _ORGANISED | {"rebel_group", "protesters", "external_forces"}
    near = {"news_outlet": {"company", "government"}, "igo": {"government", "external_forces"}, "ngo": {"igo"}}
    return frozenset({head.kind, "organisation"} | near.get(head.kind, set[str]()))
