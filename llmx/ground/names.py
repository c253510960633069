"""Names: how two spellings of a name are compared.

A *token* is one word of a name, folded: without case, accents, apostrophes, points and a possessive. Two tokens agree
when they are the same, stand for the same country (Turkey, Turkish, Ankara), or are one name in two spellings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from llmx.lexicon.countries import country_words
from llmx.lexicon.function_words import CLOSED, word_set

_WORD = re.compile(r"[^\W_]+(?:[’'‘ʼ´`.][^\W_]+)*")
_SIDED = re.compile(
    r"[^\W_]+-(?:backed|based|led|held|occupied|controlled|allied|supported|run|owned|born|funded|sponsored|trained|armed"
    r"|recogni[sz]ed|linked|aligned|affiliated|brokered|mediated|supplied|made|appointed|educated)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:\b[A-Z][\w-]*\s+)*\b[A-Z][\w-]*[’'‘]s?\s+(?=\w)")
_OWNER_MARKS = frozenset("’'‘")
_POSSESSIVE = re.compile(r"[’'‘ʼ´`]s\Z|(?<=s)[’']\Z")
_APOSTROPHES = re.compile(r"[’'‘ʼ´`.]")
_WITHIN_WORDS = "'`."
"""What may part two letters of a word whose text has only plain letters, and is left out where it is folded."""
_JOINED = {ord(mark): None for mark in _WITHIN_WORDS}
_TITLES = word_set(
    """mr mrs ms miss dr prof professor sir lady lord president minister prime premier chancellor king queen prince
    emir sheikh general gen colonel col major maj captain capt lieutenant lt sergeant sgt admiral commander gov
    governor mayor senator sen rep secretary ambassador judge justice chief director spokesman spokeswoman
    spokesperson ayatollah imam pope father brother sister leader chairman chairwoman analyst foreign defence
    defense interior the a an of"""
)
_PRONOUNS = word_set(
    """he she it they him her them his its their hers theirs who whom whose which that this these those i we you me
    us my our your one others himself herself itself themselves someone somebody everyone everybody anyone
    nobody both"""
)
_CAPITALS = frozenset({"US", "IS", "WHO", "IT", "AU"})
"""Names that are other words without their capitals; they keep them."""
_VARIANT_LENGTH = 6
_STEM_LENGTH = 4
_SHORT = 600
_ACCENTS = re.compile("[\u0300-\u036f]+")
_PLAIN_MARKS = tuple(zip("’‘ʼ´`“”„–—―…\xa0", "'''''\"\"\"---  ", strict=True))
_ENDINGS = frozenset({"n", "an", "ian", "i", "ese", "ish", "s", "ns", "ans", "ians", "is", "es"})


def fold_tokens(text: str) -> tuple[str, ...]:
    """The words of `text`, folded, in order; hyphens part words."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text` as written, without accents; hyphens part words."""
    return _split_short(text) if len(text) <= _SHORT else _split(text)


def _split(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_plain(text)))


@lru_cache(maxsize=4096)
def _split_short(text: str) -> tuple[str, ...]:
    return _split(text)


def _fold(text: str) -> tuple[str, ...]:
    words = words_of(text)
    joined = " ".join(words)
    if joined.replace(" ", "").isalnum() and _CAPITALS.isdisjoint(words):  # as nearly all are
        return tuple(joined.casefold().split(" "))
    return tuple(map(fold_token, words))


@lru_cache(maxsize=4096)
def _fold_short(text: str) -> tuple[str, ...]:
    return _fold(text)


@lru_cache(maxsize=8192)
def fold_token(word: str) -> str:
    """One word in the form in which names are compared."""
    bare = word if word.isalnum() else _APOSTROPHES.sub("", _POSSESSIVE.sub("", word))
    return bare if bare in _CAPITALS else bare.casefold()


@lru_cache(maxsize=4096)
def without_sides(text: str) -> str:
    """`text` without names that tell whose it is: neither Turkey-backed forces nor Chile's minister is a country."""
    bare = _SIDED.sub(" ", text) if "-" in text else text
    if not _OWNER_MARKS.isdisjoint(bare):
        bare = _OWNER.sub(" ", bare)
    return bare if bare.strip() else text


@lru_cache(maxsize=4096)
def name_tokens(text: str) -> tuple[str, ...]:
    """The tokens of a name that tell it from others: without articles, titles and other function words."""
    return tuple(token for token in fold_tokens(text) if token not in _TITLES and token not in CLOSED)


def proper_tokens(text: str, *, capitalised: Collection[str] = ()) -> tuple[str, ...]:
    """The tokens of `text` that are written as names.

    Args:
        text: A phrase or a sentence.
        capitalised: Tokens known as names; the first word counts as a name only if it is one of these, is the name of
            a country, or has a capital that is not its first letter. Everything else counts by its capital.
    """
    found: list[str] = []
    first = True
    for word in words_of(text):
        if word[0].isupper():
            token = fold_token(word)
            named = token not in _TITLES and token not in CLOSED
            if named and (not first or token in capitalised or not word[1:].islower() or _country(token) is not None):
                found.append(token)
        first = False
    return tuple(found)


def find_capitals(text: str, token: str) -> Iterator[int]:
    """Where a word may start that begins with a capital and is `token` when folded; both have plain letters alone."""
    first, second = token[0].upper(), token[1:2]
    longest = 2 * len(token)
    for head in {first + one for one in (second, second.upper(), *_WITHIN_WORDS)}:
        at = text.find(head)
        while at >= 0:
            if text[at : at + longest].translate(_JOINED).lower().startswith(token.lower()):
                yield at
            at = text.find(head, at + 1)


def find_words(text: str, word: str) -> Iterator[int]:
    """Where a word stands by itself in a text of plain letters; none beside a mark that words may hold."""
    at = text.find(word)
    while at >= 0:
        if stands_alone(text, at, at + len(word)):
            yield at
        at = text.find(word, at + 1)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter and no mark that goes on with a word stands beside a place in a text of plain letters."""
    before, behind = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or (before and before in _WITHIN_WORDS) or behind[:1].isalnum():
        return False
    return behind[:1] not in _WITHIN_WORDS or not behind[1:].isalnum()


@lru_cache(maxsize=4096)
def named_in(text: str) -> tuple[str, ...]:
    """The tokens of a phrase that are written as names, its first word included; owners and sides left out."""
    bare = without_sides(text)
    return proper_tokens(bare, capitalised=name_tokens(bare))


def _plain(text: str) -> str:
    """`text` without accents, and with plain apostrophes."""
    text = with_plain_marks(text)
    return text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", text))


def with_plain_marks(text: str) -> str:
    """`text` with plain apostrophes, quotation marks and dashes, each where it stood."""
    if not text.isascii():
        for mark, plain in _PLAIN_MARKS:
            text = text.replace(mark, plain)
    return text


@lru_cache(maxsize=8192)
def agree(first: str, second: str) -> bool:
    """Whether two tokens are the same name: alike, of one country, or one a form of the other."""
    return is_form(first, second) or (not first.isdigit() and not second.isdigit() and is_variant(first, second))


def is_form(first: str, second: str) -> bool:
    """Whether two tokens are one name for certain: alike, of one country, or one with a usual ending."""
    if first == second:
        return True
    if first.isdigit() or second.isdigit():
        return False
    short, long = sorted((first, second), key=len)
    if len(short) >= _STEM_LENGTH and long.startswith(short) and long[len(short) :] in _ENDINGS:
        return True
    of_first = _country(first)
    return of_first is not None and of_first == _country(second)


def is_variant(first: str, second: str) -> bool:
    """Whether two tokens can be one name in two spellings: one letter apart, or two in a long name."""
    shorter = min(len(first), len(second))
    if shorter < _VARIANT_LENGTH or first[0] != second[0]:
        return False
    allowed = 1 if shorter < _VARIANT_LENGTH + 3 else 2
    return DamerauLevenshtein.distance(first, second, score_cutoff=allowed) <= allowed


def _country(token: str) -> str | None:
    """The country that a token stands for; a token has lost its capitals, and with them what parts US from us."""
    known = country_words().get(token.casefold())
    return known[0] if known is not None else None


def find_countries(tokens: Collection[str], folded: str) -> frozenset[str]:
    """The codes of the countries that a text names by name, people, capital or seat.

    Args:
        tokens: The text's folded words.
        folded: The same in order, with one space between them and at both ends.
    """
    known = country_words()
    found = {
        known[token][0] for token in known.keys() & {*tokens, *(token.casefold() for token in _CAPITALS & {*tokens})}
    }
    longer = _longer_countries()
    for token in longer.keys() & tokens:
        found.update(code for name, code in longer[token] if f" {name} " in folded)
    return frozenset(found)


@lru_cache(maxsize=1)
def _longer_countries() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The names of several words that stand for countries, by their first word."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, (code, _) in country_words().items():
        words = fold_tokens(name)
        if len(words) > 1:
            found[words[0]] = (*found.get(words[0], ()), (" ".join(words), code))
    return found


def is_country(token: str) -> bool:
    """Whether a token stands for a country."""
    return _country(token) is not None


def any_agrees(token: str, others: Collection[str]) -> bool:
    """Whether any of `others` agrees with `token`."""
    return token in others or any(agree(token, other) for other in others)


@lru_cache(maxsize=4096)
def is_pronoun(text: str) -> bool:
    """Whether the phrase is a pronoun alone."""
    tokens = fold_tokens(text)
    return bool(tokens) and all(token in _PRONOUNS for token in tokens)


def has_pronoun(text: str) -> bool:
    """Whether a pronoun or another word that points back stands in `text`."""
    return any(token in _PRONOUNS for token in fold_tokens(text))


def initials(tokens: Iterable[str]) -> str:
    """The first letters of a name's tokens: Hay'at Tahrir al-Sham gives `htas`."""
    return "".join(token[0] for token in tokens)
