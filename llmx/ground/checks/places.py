"""Places: whether name, country, province and precision follow from the cited words and the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.names import any_agrees, fold_tokens, has_pronoun, name_tokens, without_sides
from llmx.ground.spelling import is_transliterated, is_written
from llmx.lexicon.countries import country_code, country_words, fold_name
from llmx.lexicon.function_words import CLOSED
from llmx.lexicon.gazetteer import admin1_of, countries_in, countries_of
from llmx.result import Reason, Verdict
from llmx.schema.news import Place

_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_PRECISIONS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(
            r"\b(?:border|frontier|road|highway|motorway|route|river|coast|coastline|railway|pipeline|line)\b",
            re.IGNORECASE,
        ),
        ("linear", "area", "site"),
    ),
    (
        re.compile(r"\b(?:province|governorate|oblast|prefecture)\b", re.IGNORECASE),
        ("admin1", "region", "area", "admin2"),
    ),
    (
        re.compile(r"\b(?:district|county|municipality)\b", re.IGNORECASE),
        ("admin2", "area", "admin1", "town", "region"),
    ),
    (re.compile(r"\b(?:village|town|city)\b", re.IGNORECASE), ("town", "area", "site")),
    (
        re.compile(r"\b(?:north|south|east|west|central)(?:ern|east|west|-\w+)*(?:ern)?\s+[A-Z]"),
        ("region", "area", "admin1"),
    ),
    (
        re.compile(
            r"\b(?:hospital|school|airport|base|bridge|building|camp|checkpoint|church|factory|mosque|port|harbour|prison"
            r"|station|square|market|embassy|barracks|warehouse|stadium|palace)\b",
            re.IGNORECASE,
        ),
        ("site", "area", "town"),
    ),
)
_LISTED_PRECISIONS = ("", "town", "area", "admin1", "admin2", "region")
_COUNTRY_PRECISIONS = ("country", "international", "region")


def check_place_name(place: Place, context: Context) -> Iterator[Verdict]:
    """Whether the name stands in the cited words; or in the document, where the cited words only describe it."""
    path, rule = ("name",), "place.name"
    tokens = [token for token in fold_tokens(place.name) if token not in CLOSED]
    cited = fold_tokens(place.cite.quote)
    if tokens and all(is_written(token, cited) for token in tokens):
        otherwise = [token for token in tokens if token not in cited and context.reading.inflects(token)]
        yield (
            undecided(path, rule, f"the article spells {otherwise[0]} otherwise")
            if otherwise
            else supported(path, rule)
        )
        return
    missing = [token for token in tokens if not context.reading.writes(token)]
    if missing and all(is_transliterated(token, context.reading.tokens) for token in missing):
        yield undecided(path, rule, f"the article spells {' '.join(missing)} otherwise")
        return
    if missing or not tokens:
        detail = f"{place.name!r}: the article has no {' '.join(missing) or 'such name'}"
        yield contradicted(path, rule, Reason.NAME_MISMATCH, detail)
        return
    shared = any(any_agrees(token, cited) for token in tokens)
    words = _WORD.findall(place.cite.quote)
    describes = bool(words) and words[-1][0].islower()
    if shared or describes or has_pronoun(place.cite.quote):
        sentence = fold_tokens(context.sentence(place.cite.span).of(context.text))
        rest_near = all(any_agrees(token, sentence) for token in tokens)
        yield supported(path, "place.name-nearby") if shared and rest_near else undecided(path, rule)
        return
    detail = f"quote {place.cite.quote[:60]!r} does not name {place.name!r}"
    yield contradicted(path, rule, Reason.NAME_MISMATCH, detail)


def check_place_country(place: Place, context: Context) -> Iterator[Verdict]:
    """Whether the country is the one the table or the document gives."""
    if place.country is None:
        return
    path, rule = ("country",), "place.country"
    homonyms = countries_of(place.name)
    if len(homonyms) > 1 and place.country in homonyms:
        yield _by_table(place, homonyms, context.reading.countries(context.sentence(place.cite.span)) - {place.country})
        return
    named = named_country(place)
    if named is not None:
        if named == place.country:
            yield supported(path, rule)
        elif len(_countries_in(place.name)) > 1 and place.country in _countries_in(place.name):
            yield undecided(path, rule)
        else:
            detail = f"{place.name!r} lies in {named}, value says {place.country}"
            yield contradicted(path, rule, Reason.COUNTRY_MISMATCH, detail)
        return
    nearby = context.reading.countries(context.sentence(place.cite.span))
    listed = countries_of(place.name) or countries_in(_whole_words(place.name))
    if listed:
        yield _by_table(place, listed, nearby)
    elif place.country in nearby:
        alone = len(nearby) == 1
        yield (
            supported(path, "place.country-nearby")
            if alone
            else undecided(path, rule, "one of several countries nearby")
        )
    elif place.country in context.reading.all_countries or place.country in _implied(context):
        yield undecided(path, rule, "the country is named elsewhere in the article")
    else:
        detail = f"the article does not name {place.country}, and {place.name!r} is in no table"
        yield contradicted(path, rule, Reason.COUNTRY_MISMATCH, detail)


def _by_table(place: Place, listed: frozenset[str], nearby: frozenset[str]) -> Verdict:
    """What the gazetteer says of a place; a name of several countries, or a namesake in one named nearby, is open."""
    path, rule = ("country",), "place.country"
    if place.country in listed:
        sure = len(listed) == 1 or place.country in nearby
        return supported(path, "place.country-table") if sure else undecided(path, rule, "places in several countries")
    if place.country in nearby:
        return undecided(path, rule, f"the table knows {place.name!r} in {', '.join(sorted(listed))}")
    detail = f"{place.name!r} lies in {' or '.join(sorted(listed))}, value says {place.country}"
    return contradicted(path, rule, Reason.COUNTRY_MISMATCH, detail)


def _implied(context: Context) -> frozenset[str]:
    """The countries of the places that the document names anywhere."""
    return countries_in(proper_words(context.text))


def named_country(place: Place) -> str | None:
    """The country that the words of the place themselves name: Syria, northern Syria, Turkish airspace, Moscow."""
    for text in map(without_sides, (place.name, place.cite.quote)):
        whole = country_code(text)
        if whole is not None:
            return whole
        found = _countries_in(text)
        if len(found) == 1:
            return found[0]
    return None


def _whole_words(text: str) -> list[str]:
    """The capitalised words of `text` that are no parts of longer names."""
    return [word for word in proper_words(text) if re.search(rf"\b{re.escape(word)}\s+[A-Z]", text) is None]


def _is_part(word: str, text: str) -> bool:
    """Whether a capital's name is a part of a longer name: Praia Nova is not Praia."""
    known = country_words().get(fold_name(word))
    return known is not None and known[1] == "capital" and re.search(rf"\b{re.escape(word)}\s+[A-Z]", text) is not None


def _countries_in(text: str) -> list[str]:
    found = [country_code(word) for word in proper_words(text) if not _is_part(word, text)]
    return sorted({code for code in found if code is not None})


def proper_words(text: str) -> list[str]:
    """The capitalised words of `text`, with compounds in parts: Syrian-Turkish gives two."""
    return [part for word in _WORD.findall(text) for part in word.split("-") if part[:1].isupper()]


def check_place_admin1(place: Place, context: Context) -> Iterator[Verdict]:
    """Whether the province is named, in the sentence for certain."""
    if place.admin1 is None:
        return
    path, rule = ("admin1",), "place.admin1"
    tokens = name_tokens(place.admin1) or tuple(fold_tokens(place.admin1))
    missing = [token for token in tokens if not context.reading.writes(token)]
    if missing:
        detail = f"{place.admin1!r}: the article has no {' '.join(missing)}"
        yield contradicted(path, rule, Reason.NAME_MISMATCH, detail)
        return
    listed = admin1_of(place.name)
    if listed and not any(is_written(token, fold_tokens(one)) for one in listed for token in tokens):
        detail = f"{place.name!r} lies in {' or '.join(sorted(listed))}, value says {place.admin1}"
        yield contradicted(path, rule, Reason.COUNTRY_MISMATCH, detail)
        return
    around = fold_tokens(f"{place.name} {context.sentence(place.cite.span).of(context.text)}")
    if all(any_agrees(token, around) for token in tokens):
        yield supported(path, rule)
    else:
        yield undecided(path, rule, "named elsewhere in the article")


def check_place_precision(place: Place, context: Context) -> Iterator[Verdict]:
    """Whether the precision is one that the words allow: a country is no town."""
    del context
    path, rule = ("precision",), "place.precision"
    known = country_words().get(fold_name(place.name))
    if known is not None and known[1] == "name":
        allowed = _COUNTRY_PRECISIONS
    else:
        allowed = next((fits for pattern, fits in _PRECISIONS if pattern.search(place.name)), ())
        allowed = allowed or (_LISTED_PRECISIONS if countries_of(place.name) else ())
    if not allowed:
        yield undecided(path, rule)
    elif place.precision == allowed[0]:
        yield supported(path, rule)
    elif place.precision in (*allowed, "area"):
        yield undecided(path, rule)
    else:
        detail = f"{place.name!r} is {' or '.join(allowed[:2])}, value says {place.precision}"
        yield contradicted(path, rule, Reason.VALUE_MISMATCH, detail)
