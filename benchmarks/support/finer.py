"""Finer mutants: values changed by a little, or swapped with a neighbour, as a careless reader would.

Where `mutate` puts in what is plainly foreign, these stay close: a letter of a name, a unit of a number, one end of a
range, a hedge left out of a claim, two names that change places, a record's type or sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any, get_args

from gold import Gold
from mutate import Mutant

from llmx.schema import terms

Json = Any
Path = tuple[Any, ...]

_LETTERS = "aeiourstnl"
_COMPARED = (
    (r"\bat least\b", "at most"),
    (r"\b[Mm]ore than\b", "fewer than"),
    (r"\b[Nn]early\b", "more than"),
    (r"\bfewer than\b", "more than"),
    (r"\b[Nn]o more than\b", "at least"),
    (r"\bat least (?=\d|[a-z]+ )", ""),
    (r"\bup to\b", "at least"),
)
_CERTAIN = (
    (r"\bmay (\w+)", r"will \1"),
    (r"\bcould (\w+)", r"will \1"),
    (r"\bwas probably\b", "was certainly"),
    (r"\b(?:are|is) probably\b", "are certainly"),
    (r"\b[Rr]eportedly ", "certainly "),
    (r" if [^,.]+\.", "."),
    (r"\bplans to (\w+)", r"did \1"),
    (r"\bwas considering cutting\b", "cut"),
)
_UNITS = (
    (r"\bmillion\b", "billion"),
    (r"\bbillion\b", "million"),
    (r"(?<=\d)m\b", "bn"),
    (r"\$(?=\d)", "€"),
    (r"£(?=\d)", "$"),
    (r"\bpercent\b", "million"),
    (r"\b[Dd]ozens\b", "thousands"),
    (r"\b[Hh]undreds\b", "Dozens"),
    (r"\b[Tt]housands\b", "hundreds"),
)
_TURNED = (
    (r"\bkilled\b", "rescued"),
    (r"\bfell\b", "rose"),
    (r"\brisen\b", "fallen"),
    (r"\bfall\b", "rise"),
    (r"\bbefore\b", "after"),
    (r"\bhigher\b", "lower"),
    (r"\bfound\b", "lost"),
    (r"\bagreed\b", "refused"),
    (r"\bdied\b", "survived"),
    (r"\bsupport\b", "oppose"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


_ACTING = {"attacker", "actor", "giver", "supporter", "mediator"}
_ACTED_ON = {"victim", "target", "affected", "recipient"}
_FORCES = {"state_forces", "rebel_group", "political_militia", "identity_militia", "external_forces"}
_BODIES = {"government", "igo", "ngo", "news_outlet", "company", "organisation", "state_forces", "external_forces"}
_CROWDS = {"rioters", "protesters", "civilians", "identity_militia"}
_KINDS = (_FORCES, _BODIES, _CROWDS, {"person"})
"""Kinds of one set are near to each other: none of them is put for another."""
_TYPES = (
    frozenset(get_args(terms.EventType)[:15]) | {"excessive_force", "mob_violence", "property_destruction", "coup"},
    frozenset({"peaceful_protest", "protest_with_intervention", "violent_demonstration", "excessive_force", "arrest"}),
    frozenset({"natural_disaster", "man_made_disaster"}),
    frozenset({"agreement", "meeting", "statement", "diplomatic", "support", "aid", "threat", "mobilization"}),
    frozenset({"legal_proceeding", "arrest", "sanction", "organised_crime"}),
    frozenset({"election"}),
)
"""Families of event types: a type of another family is plainly another type."""


def finer_mutants(gold: Gold, random: Random) -> Iterator[Mutant]:
    report = gold.report
    for number, entity in enumerate(report["entities"]):
        yield from _entity(report, entity, ("entities", number), random)
    for number, event in enumerate(report["events"]):
        yield from _event(report, event, ("events", number), random)
    for number, attribution in enumerate(report["attributions"]):
        yield from _attribution(report, attribution, ("attributions", number), random)
    for number, claim in enumerate(report["claims"]):
        yield from _claim(report, claim, ("claims", number), random)
    for number, relation in enumerate(report["relations"]):
        yield from _relation(report, relation, ("relations", number))


def _slipped(name: str, random: Random) -> str:
    """The name with one of its inner letters changed."""
    places = [at for at in range(1, len(name)) if name[at].islower() and name[at - 1].isalpha()]
    if not places:
        return name
    at = random.choice(places)
    return name[:at] + random.choice([one for one in _LETTERS if one != name[at]]) + name[at + 1 :]


def _entity(report: Json, entity: Json, path: Path, random: Random) -> Iterator[Mutant]:
    persons = [one["name"] for one in report["entities"] if one["kind"] == "person" and one["name"]]
    name = entity["name"]
    if name and len(name) > 4:
        yield Mutant("entity.name", "a letter", (*path, "name"), _slipped(name, random))
    if entity["kind"] == "person" and name and " " in name:
        for other in persons:
            if other != name and " " in other:
                mixed = f"{name.split()[0]} {other.split()[-1]}"
                yield Mutant("entity.name", "mixed", (*path, "name"), mixed)
        yield Mutant("entity.name", "wrong initial", (*path, "name"), f"X. {name.split()[-1]}")
    for number, alias in enumerate(entity["aliases"]):
        if len(alias) > 4:
            aliases = [*entity["aliases"]]
            aliases[number] = _slipped(alias, random)
            yield Mutant("entity.aliases", "a letter", (*path, "aliases"), aliases)
        elif alias.isupper():
            yield Mutant("entity.aliases", "acronym", (*path, "aliases"), [alias[:-1] + "Q"])
    organisations = ("company", "ngo", "government", "igo", "news_outlet", "organisation")
    others = [one for one in report["entities"] if one["id"] != entity["id"] and one["kind"] in organisations]
    if entity["affiliation"]:
        for other in others[:3]:
            if other["id"] != entity["affiliation"]:
                yield Mutant("entity.affiliation", "another", (*path, "affiliation"), other["id"])
    near = set().union(*(kinds for kinds in _KINDS if entity["kind"] in kinds), {"unknown"})
    for kind in get_args(terms.EntityKind):
        if kind not in near and kind not in ("person", "news_outlet", "protesters", "company"):
            yield Mutant("entity.kind", f"{entity['kind']} to {kind}", (*path, "kind"), kind)


def _event(report: Json, event: Json, path: Path, random: Random) -> Iterator[Mutant]:
    near = frozenset[str]().union(*(family for family in _TYPES if event["type"] in family))
    types = sorted(frozenset[str]().union(*_TYPES) - near) if near else []
    for other in random.sample(types, min(5, len(types))):
        yield Mutant("event.type", f"{event['type']} to {other}", (*path, "type"), other)
    yield Mutant("event.aggregate", f"to {not event['aggregate']}", (*path, "aggregate"), not event["aggregate"])
    for other in report["events"]:
        distant = min(abs(one["start"] - mine["start"]) for one in other["evidence"] for mine in event["evidence"])
        if distant > 300:
            if other["hedges"]:
                yield Mutant("event.hedges", "from afar", (*path, "hedges"), [other["hedges"][0]])
            if other["time"] and event["time"]:
                yield Mutant("event.time", "another's", (*path, "time", "cite"), other["time"]["cite"])
            yield Mutant("event.evidence", "another's", (*path, "evidence"), other["evidence"])
    for number, participant in enumerate(event["participants"]):
        role = participant["role"]
        turned = _ACTED_ON if role in _ACTING else _ACTING if role in _ACTED_ON else set[str]()
        for role in sorted(turned):
            if role != participant["role"]:
                what = f"{participant['role']} to {role}"
                yield Mutant("participant.role", what, (*path, "participants", number, "role"), role)
    for number, place in enumerate(event["places"]):
        yield Mutant("place.name", "a letter", (*path, "places", number, "name"), _slipped(place["name"], random))
        countries = {one["country"] for other in report["events"] for one in other["places"]} - {None}
        for country in sorted(countries - {place["country"]}):
            yield Mutant("place.country", "another place's", (*path, "places", number, "country"), country)
    for number, count in enumerate(event["counts"]):
        yield from _count(count, (*path, "counts", number))
    if event["time"]:
        yield from _when(event["time"], (*path, "time"))


def _count(count: Json, path: Path) -> Iterator[Mutant]:
    low, best, high = (count[name] for name in ("low", "best", "high"))
    for factor in (1000, 1_000_000):
        for name in ("low", "best", "high"):
            if count[name] and count[name] >= factor:
                yield Mutant(f"count.{name}", "unit dropped", (*path, name), count[name] // factor)
    if count["qualifier"] == "range":
        for value in (low, high):
            collapsed = {**count, "low": value, "best": value, "high": value, "qualifier": "exact"}
            yield Mutant("count.qualifier", "range to one end", path, collapsed)
        yield Mutant("count.qualifier", "range to lower bound", path, {**count, "high": None, "qualifier": "at_least"})
    if count["qualifier"] == "exact":
        yield Mutant(
            "count.qualifier", "exact to bound", path, {**count, "high": None, "best": None, "qualifier": "at_least"}
        )
        yield Mutant(
            "count.qualifier", "exact to about", path, {**count, "low": None, "high": None, "qualifier": "about"}
        )
        of = re.search(r"\bof (?:the )?(\d+|five|six|seven|eight|ten|twelve)\b", count["cite"]["quote"])
        if of is not None:
            whole = {"five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12}.get(of.group(1))
            number = whole or int(of.group(1))
            yield Mutant(
                "count.best", "the whole for the part", path, {**count, "low": number, "best": number, "high": number}
            )
    bound = low if best is None and low is not None else high if best is None else None
    if bound is not None:
        exact = {**count, "low": bound, "best": bound, "high": bound, "qualifier": "exact"}
        yield Mutant("count.qualifier", "bound to exact", path, exact)


def _when(when: Json, path: Path) -> Iterator[Mutant]:
    value = when["value"]
    if value and "/" in value:
        first, last = value.split("/", maxsplit=1)
        yield Mutant("when.value", "one end", (*path, "value"), first)
        yield Mutant("when.value", "other end", (*path, "value"), last)
        yield Mutant("when.value", "turned round", (*path, "value"), f"{last}/{first}")
        if last[-1:].isdigit() and last[-1] != "9":
            yield Mutant("when.value", "end moved", (*path, "value"), value[:-1] + str(int(value[-1]) + 1))
    elif value and value[-1:] == "X" and value[:3].isdigit():
        yield Mutant("when.value", "decade to year", (*path, "value"), f"{value[:3]}0")
        yield Mutant("when.value", "decade to century", (*path, "value"), f"{value[:2]}XX")
    elif value:
        yield Mutant("when.value", "to decade", (*path, "value"), f"{value[:3]}X")
        yield Mutant("when.value", "to interval", (*path, "value"), f"{value}/..")
    elif when["kind"] in ("weekday", "relative", "relative_range"):
        for other in ("2024-08-12", "2023", "XXXX-05", "2024-W33"):
            yield Mutant("when.value", "resolved by the model", (*path, "value"), other)


def _attribution(report: Json, attribution: Json, path: Path, random: Random) -> Iterator[Mutant]:
    others = [one for one in report["attributions"] if one["id"] != attribution["id"]]
    far = [one for one in others if abs(one["content"][0]["start"] - attribution["content"][0]["start"]) > 300]
    for other in far[:3]:
        yield Mutant("attribution.content", "another's", (*path, "content"), other["content"])
        if other["hedges"]:
            yield Mutant("attribution.hedges", "from afar", (*path, "hedges"), [other["hedges"][0]])
        if other["time"]:
            yield Mutant("attribution.time", "another's", (*path, "time"), other["time"])
    if attribution["source"] and attribution["addressee"]:
        yield Mutant("attribution.addressee", "the source", (*path, "addressee"), attribution["source"])
        yield Mutant("attribution.source", "the addressee", (*path, "source"), attribution["addressee"])
    for other in random.sample(report["entities"], min(3, len(report["entities"]))):
        if other["id"] not in (attribution["via"], attribution["source_entity"]):
            yield Mutant("attribution.via", "another", (*path, "via"), other["id"])


def _claim(report: Json, claim: Json, path: Path, random: Random) -> Iterator[Mutant]:
    text: str = claim["text"]
    for field, changes in (("certainty", _CERTAIN), ("bound", _COMPARED), ("unit", _UNITS), ("sense", _TURNED)):
        for pattern, put in changes:
            changed = re.sub(pattern, put, text, count=1)
            if changed != text:
                yield Mutant(f"claim.{field}", pattern, (*path, "text"), changed)
    for day in _DAYS:
        if re.search(rf"\b{day}\b", text):
            other = _DAYS[(_DAYS.index(day) + 3) % 7]
            yield Mutant("claim.date", "weekday changed", (*path, "text"), text.replace(day, other))
    names = sorted({one["name"] for one in report["entities"] if one["name"] and one["name"] in text}, key=len)
    for name in names:
        yield Mutant("claim.name", "a letter", (*path, "text"), text.replace(name, _slipped(name, random)))
    if len(names) > 1 and names[0] not in names[1]:
        swapped = text.replace(names[0], "\0").replace(names[1], names[0]).replace("\0", names[1])
        yield Mutant("claim.roles", "names swapped", (*path, "text"), swapped)
    far = [one for one in report["claims"] if abs(one["evidence"][0]["start"] - claim["evidence"][0]["start"]) > 200]
    for other in far[:3]:
        yield Mutant("claim.evidence", "another's", (*path, "evidence"), other["evidence"])
        if not set(other["events"]) & set(claim["events"]):
            for relation in ("repeats", "supports", "refines"):
                link = {"relation": relation, "claim": other["id"]}
                yield Mutant("claim.links", f"unrelated {relation}", (*path, "links"), [link])
    for link in claim["links"]:
        if link["relation"] == "contradicts":
            yield Mutant("claim.links", "to repeats", (*path, "links"), [{**link, "relation": "repeats"}])
    first = re.match(r"\w+", claim["evidence"][0]["quote"])
    if first is not None and not claim["loaded_terms"]:
        start = claim["evidence"][0]["start"]
        plain = {"quote": first.group(), "start": start, "end": start + first.end(), "match": "exact"}
        yield Mutant("claim.loaded_terms", "a plain word", (*path, "loaded_terms"), [plain])
    for kind in ("norm", "motive"):
        if kind != claim["kind"]:
            yield Mutant("claim.kind", f"{claim['kind']} to {kind}", (*path, "kind"), kind)


def _relation(report: Json, relation: Json, path: Path) -> Iterator[Mutant]:
    yield Mutant(
        "relation.ends", "turned round", path, {**relation, "head": relation["tail"], "tail": relation["head"]}
    )
    for kind in get_args(terms.EventRelation):
        if kind not in (relation["relation"], "before", "after"):
            yield Mutant("relation.relation", f"to {kind}", (*path, "relation"), kind)
    ids = {relation["head"], relation["tail"]}
    for event in report["events"]:
        if relation["cite"] and all(
            abs(event["evidence"][0]["start"] - one["evidence"][0]["start"]) > 500
            for one in report["events"]
            if one["id"] in ids
        ):
            yield Mutant("relation.cite", "from afar", (*path, "cite"), event["trigger"])
