"""Mutants: reports with one value changed so that the article no longer supports it.

A mutant changes one value of a gold report in a way that the field's check should catch: another number, another
bound, another date, another article's name, a swapped citation, a dropped negation. The change is labelled with the
field and with what was done. Values that say the same in other words are not made.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, get_args

from gold import Gold

from llmx.schema import terms

Json = Any
INVENTED = ("Harlan Voss", "Petra Quill", "Zorvik", "Mount Eskel", "Brenwick")
NUMBER_WORDS = {"two": "nine", "three": "seven", "four": "eleven", "five": "twelve", "six": "thirty", "eight": "ninety"}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True)
class Mutant:
    """One report with one value changed."""

    field: str
    what: str
    path: tuple[str | int, ...]
    value: Any


def mutants(gold: Gold, random: Random) -> Iterator[Mutant]:
    report = gold.report
    for number, entity in enumerate(report["entities"]):
        yield from _entity(report, entity, ("entities", number), random)
    for number, event in enumerate(report["events"]):
        yield from _event(gold, event, ("events", number), random)
    for number, attribution in enumerate(report["attributions"]):
        yield from _attribution(gold, attribution, ("attributions", number), random)
    for number, claim in enumerate(report["claims"]):
        yield from _claim(gold, claim, ("claims", number), random)
    for number, relation in enumerate(report["relations"]):
        yield from _relation(relation, ("relations", number))


def apply(report: Json, mutant: Mutant) -> Json:
    changed = copy.deepcopy(report)
    held = changed
    for step in mutant.path[:-1]:
        if isinstance(held, dict | list):
            inner = held[step]
            if isinstance(inner, tuple):
                held[step] = list(inner)
            held = held[step]
    held[mutant.path[-1]] = mutant.value
    return changed


def _entity(report: Json, entity: Json, path: tuple[Any, ...], random: Random) -> Iterator[Mutant]:
    others = [one for one in report["entities"] if one["id"] != entity["id"]]
    named = [one["name"] for one in others if one["name"]]
    if entity["name"]:
        for name in (*random.sample(named, min(4, len(named))), *INVENTED[:3]):
            yield Mutant("entity.name", "another" if name in named else "invented", (*path, "name"), name)
        if " " in entity["name"]:
            rest = entity["name"].split()[1:]
            yield Mutant("entity.name", "half invented", (*path, "name"), " ".join(("Gerwin", *rest)))
    for name in (*random.sample(named, min(2, len(named))), INVENTED[0], INVENTED[2]):
        if name != entity["name"]:
            what = "another" if name in named else "invented"
            yield Mutant("entity.aliases", what, (*path, "aliases"), [*entity["aliases"], name])
    if entity["role_title"]:
        titles = [
            one["role_title"]
            for one in others
            if one["role_title"] and one["role_title"].lower() != entity["role_title"].lower()
        ]
        for title in (*titles[:3], "astronaut", "chief accountant"):
            yield Mutant("entity.role_title", "another", (*path, "role_title"), title)
    yield Mutant("entity.affiliation", "itself", (*path, "affiliation"), entity["id"])
    yield Mutant("entity.affiliation", "invented", (*path, "affiliation"), "Zorvik Cartel")
    for kind in ("person", "news_outlet", "protesters", "company"):
        if kind != entity["kind"]:
            yield Mutant("entity.kind", "another", (*path, "kind"), kind)
    for other in random.sample(others, min(2, len(others))):
        if other["name"] and other["mentions"]:
            yield Mutant("entity.mentions", "another's", (*path, "mentions"), [other["mentions"][0]])


def _event(gold: Gold, event: Json, path: tuple[Any, ...], random: Random) -> Iterator[Mutant]:
    report = gold.report
    others = [one for one in report["events"] if one["id"] != event["id"]]
    far = [one for one in others if not _touch(one["evidence"], event["evidence"])]
    for other in far[:3]:
        yield Mutant("event.trigger", "another's", (*path, "trigger"), other["trigger"])
    for modality in get_args(terms.Modality):
        if modality != event["modality"]:
            yield Mutant("event.modality", f"{event['modality']} to {modality}", (*path, "modality"), modality)
    flipped = "negative" if event["polarity"] == "positive" else "positive"
    yield Mutant("event.polarity", f"to {flipped}", (*path, "polarity"), flipped)
    for cite in (event["trigger"], *(one["trigger"] for one in far[:2])):
        if re.search(r"\b(?:will|would|may|might|could|should|if|tried|threat)\b", cite["quote"]):
            continue
        yield Mutant("event.hedges", "no hedge", (*path, "hedges"), [cite])
    ids = [one["id"] for one in report["attributions"]]
    for name in random.sample(ids, min(3, len(ids))):
        if name not in event["asserted_by"]:
            yield Mutant("event.asserted_by", "another", (*path, "asserted_by"), [name])
    for number, _ in enumerate(event["participants"]):
        yield from _participant(report, event, (*path, "participants", number), number, random)
    if event["time"]:
        yield from _when(gold, event["time"], (*path, "time"), random)
        yield Mutant("when.anchor", "itself", (*path, "time", "anchor"), event["id"])
    for number, place in enumerate(event["places"]):
        yield from _place(report, place, (*path, "places", number), random)
    for number, count in enumerate(event["counts"]):
        yield from _count(gold, count, (*path, "counts", number), random)


def _participant(report: Json, event: Json, path: tuple[Any, ...], number: int, random: Random) -> Iterator[Mutant]:
    participant = event["participants"][number]
    if participant["entity"]:
        for entity in random.sample(report["entities"], min(5, len(report["entities"]))):
            if entity["id"] != participant["entity"]:
                yield Mutant("participant.entity", "another", (*path, "entity"), entity["id"])
    swap = {
        "attacker": "victim",
        "victim": "attacker",
        "target": "attacker",
        "actor": "victim",
        "affected": "attacker",
        "recipient": "attacker",
    }
    if participant["role"] in swap:
        yield Mutant("participant.role", "turned round", (*path, "role"), swap[participant["role"]])
    for other in report["events"]:
        distant = min(abs(one["start"] - mine["start"]) for one in other["evidence"] for mine in event["evidence"])
        if distant > 600:
            yield Mutant("participant.cite", "from afar", (*path, "cite"), other["trigger"])


def _when(gold: Gold, when: Json, path: tuple[Any, ...], random: Random) -> Iterator[Mutant]:
    for kind in get_args(terms.TimeKind):
        if kind != when["kind"]:
            yield Mutant("when.kind", "another", (*path, "kind"), kind)
    for precision in ("day", "week", "month", "year", "decade"):
        if precision != when["precision"]:
            yield Mutant("when.precision", "another", (*path, "precision"), precision)
    value = when["value"]
    if value:
        for changed in _other_dates(value):
            yield Mutant("when.value", "another date", (*path, "value"), changed)
    else:
        for invented in ("2001-02-03", "2017-05", "1987", "2023-13", "XXXX-03-17"):
            yield Mutant("when.value", "invented", (*path, "value"), invented)
    times = [one["time"] for one in (*gold.report["events"], *gold.report["attributions"]) if one["time"]]
    for other in random.sample(times, min(3, len(times))):
        if other["kind"] != when["kind"]:
            yield Mutant("when.kind", "another's words", (*path, "cite"), other["cite"])
        elif when["value"] and other["value"] != when["value"]:
            yield Mutant("when.value", "another's words", (*path, "cite"), other["cite"])


def _other_dates(value: str) -> Iterator[str]:
    head = value.split("/", maxsplit=1)[0]
    digits = [found.start() for found in re.finditer(r"\d", head)]
    for at in digits:
        for digit in "0123456789":
            if digit != head[at]:
                yield head[:at] + digit + head[at + 1 :] + value[len(head) :]
    if "X" not in head and len(head) == 4:
        yield f"{head}-03"
    if head.count("-") == 1:
        yield f"{head}-15"
    if head.startswith("XXXX"):
        yield head.replace("XXXX", "2011")


def _place(report: Json, place: Json, path: tuple[Any, ...], random: Random) -> Iterator[Mutant]:
    names = {one["name"] for event in report["events"] for one in event["places"]} - {place["name"]}
    for name in (*sorted(names)[:3], *INVENTED[2:]):
        if not set(name.lower().split()) & set(place["name"].lower().split()):
            yield Mutant("place.name", "another" if name in names else "invented", (*path, "name"), name)
    for country in ("BR", "NZ", "MN", "ZW"):
        yield Mutant("place.country", "another", (*path, "country"), country)
    for other in random.sample(("SE", "PL", "KE", "VN"), 2):
        yield Mutant("place.country", "another", (*path, "country"), other)
    yield Mutant("place.admin1", "invented", (*path, "admin1"), "Ostrovia")
    yield Mutant("place.admin1", "invented", (*path, "admin1"), "Bavaria")
    for precision in ("site", "town", "linear", "country", "admin2"):
        if precision != place["precision"]:
            yield Mutant("place.precision", "another", (*path, "precision"), precision)


def _count(gold: Gold, count: Json, path: tuple[Any, ...], random: Random) -> Iterator[Mutant]:
    for name in ("low", "best", "high"):
        value = count[name]
        if value is None:
            yield Mutant(f"count.{name}", "bound added", (*path, name), count["low"] or count["best"] or count["high"])
            continue
        for changed in sorted({value + 1, value - 1, value * 10, value + 100, value * 2, int(str(value)[::-1]) or 9}):
            if changed not in (value, -1):
                yield Mutant(f"count.{name}", "another number", (*path, name), changed)
    for qualifier in get_args(terms.Qualifier):
        if qualifier != count["qualifier"]:
            yield Mutant("count.qualifier", f"{count['qualifier']} to {qualifier}", (*path, "qualifier"), qualifier)
    for kind in get_args(terms.CountOf):
        if kind not in (count["of"], "other"):
            yield Mutant("count.of", f"{count['of']} to {kind}", (*path, "of"), kind)
    if count["group"] in ("civilian", "combatant"):
        other = "combatant" if count["group"] == "civilian" else "civilian"
        yield Mutant("count.group", f"to {other}", (*path, "group"), other)
    speakers = ["document", *(one["id"] for one in gold.report["attributions"])]
    for speaker in random.sample(speakers, min(5, len(speakers))):
        if speaker != count["said_by"]:
            yield Mutant("count.said_by", "another", (*path, "said_by"), speaker)
    counts = [one for event in gold.report["events"] for one in event["counts"]]
    for other in counts:
        bounds = [(one["low"], one["best"], one["high"]) for one in (count, other)]
        if bounds[0] != bounds[1] and not _touch([other["cite"]], [count["cite"]]):
            name = next(name for name in ("low", "best", "high") if count[name] is not None)
            if count[name] != other[name]:
                yield Mutant(f"count.{name}", "another's words", (*path, "cite"), other["cite"])


def _attribution(gold: Gold, attribution: Json, path: tuple[Any, ...], random: Random) -> Iterator[Mutant]:
    report = gold.report
    others = [one for one in report["attributions"] if one["id"] != attribution["id"]]
    far = [one for one in others if abs(one["content"][0]["start"] - attribution["content"][0]["start"]) > 300]
    if attribution["source"]:
        for other in far[:4]:
            if other["source"]:
                yield Mutant("attribution.source", "another's", (*path, "source"), other["source"])
        yield Mutant("attribution.source", "in the content", (*path, "source"), _head(attribution["content"][0]))
        yield Mutant("attribution.source_kind", "unattributed", (*path, "source_kind"), "unattributed")
    for kind in get_args(terms.SourceKind):
        if kind != attribution["source_kind"]:
            yield Mutant("attribution.source_kind", "another", (*path, "source_kind"), kind)
    if attribution["cue"]:
        for other in far[:3]:
            if other["cue"]:
                yield Mutant("attribution.cue", "another's", (*path, "cue"), other["cue"])
        if attribution["mode"] != "evidential_adverb":
            yield Mutant("attribution.cue", "in the content", (*path, "cue"), _head(attribution["content"][0]))
    for stance in get_args(terms.Stance):
        if stance not in (attribution["stance"], "asserts", "reports") or (stance != attribution["stance"] == "denies"):
            yield Mutant("attribution.stance", f"{attribution['stance']} to {stance}", (*path, "stance"), stance)
    for mode in get_args(terms.AttributionMode):
        if mode != attribution["mode"]:
            yield Mutant("attribution.mode", f"{attribution['mode']} to {mode}", (*path, "mode"), mode)
    if attribution["source_entity"]:
        for entity in random.sample(report["entities"], min(6, len(report["entities"]))):
            if entity["id"] != attribution["source_entity"]:
                yield Mutant("attribution.source_entity", "another", (*path, "source_entity"), entity["id"])
    for other in others:
        nested = other["id"] == attribution["parent"] or other["parent"] == attribution["id"]
        if not nested:
            yield Mutant("attribution.parent", "another", (*path, "parent"), other["id"])
    if not attribution["content"][0]["quote"].startswith("If "):
        yield Mutant("attribution.hedges", "no hedge", (*path, "hedges"), [_head(attribution["content"][0])])
    for name in ("addressee", "medium"):
        for other in far[:2]:
            if other["source"]:
                yield Mutant(f"attribution.{name}", "from afar", (*path, name), other["source"])
    yield Mutant("attribution.via", "invented", (*path, "via"), "Zorvik News")
    if attribution["time"]:
        yield from _when(gold, attribution["time"], (*path, "time"), random)


def _head(cite: Json) -> Json:
    """The first words of a citation, as a citation of its own."""
    found = re.search(r"\w+(?:\s\w+)?", cite["quote"])
    assert found is not None
    start = cite["start"] + found.start()
    return {"quote": found.group(), "start": start, "end": start + len(found.group()), "match": "exact"}


def _claim(gold: Gold, claim: Json, path: tuple[Any, ...], random: Random) -> Iterator[Mutant]:
    report = gold.report
    for what, text in _other_texts(claim, report, random):
        if 8 <= len(text) <= 400 and text != claim["text"]:
            yield Mutant(f"claim.{what.split()[0]}", what, (*path, "text"), text)
    for epistemic in get_args(terms.Epistemic):
        if epistemic not in (claim["epistemic"], "unknown"):
            yield Mutant("claim.epistemic", f"{claim['epistemic']} to {epistemic}", (*path, "epistemic"), epistemic)
    speakers = ["document", *(one["id"] for one in report["attributions"])]
    for speaker in random.sample(speakers, min(6, len(speakers))):
        if speaker not in claim["claimer"]:
            yield Mutant("claim.claimer", "another", (*path, "claimer"), [speaker])
    if claim["kind"] not in ("quantity", "prediction"):
        yield Mutant("claim.kind", "to quantity", (*path, "kind"), "quantity")
        yield Mutant("claim.kind", "to prediction", (*path, "kind"), "prediction")
    far = [one for one in report["claims"] if abs(one["evidence"][0]["start"] - claim["evidence"][0]["start"]) > 300]
    for other in far[:2]:
        yield Mutant("claim.loaded_terms", "from afar", (*path, "loaded_terms"), [_head(other["evidence"][0])])
    for event in report["events"]:
        distant = abs(event["evidence"][0]["start"] - claim["evidence"][0]["start"]) > 400
        if distant and event["id"] not in claim["events"]:
            yield Mutant("claim.events", "another", (*path, "events"), [event["id"]])
    yield Mutant("claim.links", "itself", (*path, "links"), [{"relation": "contradicts", "claim": claim["id"]}])
    for other in far[:3]:
        if not set(other["events"]) & set(claim["events"]):
            yield Mutant(
                "claim.links", "unrelated", (*path, "links"), [{"relation": "contradicts", "claim": other["id"]}]
            )
    for link in claim["links"]:
        flipped = "compatible_with" if link["relation"] == "contradicts" else "contradicts"
        yield Mutant("claim.links", f"to {flipped}", (*path, "links"), [{**link, "relation": flipped}])


def _other_texts(claim: Json, report: Json, random: Random) -> Iterator[tuple[str, str]]:
    text: str = claim["text"]
    for found in re.finditer(r"\d[\d,]*", text):
        digits = found.group().replace(",", "")
        for changed in (int(digits) + 1, int(digits) * 3 + 2):
            what = "date changed" if len(digits) == 4 and digits[:2] in ("19", "20") else "number changed"
            yield what, text[: found.start()] + str(changed) + text[found.end() :]
    for word, other in NUMBER_WORDS.items():
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            yield "number changed", re.sub(rf"\b{word}\b", other, text, flags=re.IGNORECASE)
    for month in MONTHS:
        if re.search(rf"\b{month}\b", text):
            yield "date changed", text.replace(month, MONTHS[(MONTHS.index(month) + 4) % 12])
    if not re.search(r"\d", text):
        yield "number added", f"{text[:-1]}, with 73 people present."
        yield "date added", f"On 17 January 1993, {text[0].lower()}{text[1:]}"
    names = [one["name"] for one in report["entities"] if one["name"]]
    present = [name for name in names if name in text]
    for name in present:
        absent = [one for one in names if one not in text]
        for other in random.sample(absent, min(2, len(absent))):
            yield "name swapped", text.replace(name, other)
        yield "name invented", text.replace(name, INVENTED[0])
    yield "name added", f"{text[:-1]}, Petra Quill said."
    for negated in _negated(text):
        yield "negation added", negated
    for pattern, put in (
        (r"\bdid not (\w+)", r"\1ed"),
        (r"\bhas not\b", "has"),
        (r"\bNobody\b", "Somebody"),
        (r"\bNo (\w)", r"One \1"),
        (r"\bno (\w)", r"some \1"),
        (r"\bnot a\b", "a"),
        (r"\bis not\b", "is"),
    ):
        if re.search(pattern, text):
            yield "negation dropped", re.sub(pattern, put, text)


def _negated(text: str) -> Iterator[str]:
    if re.search(r"\b(?:no|not|nobody|never)\b", text, re.IGNORECASE):
        return
    for pattern, put in (
        (r"\b(were|was|is|are|has|have|had|will|may|could|should)\b", r"\1 not"),
        (
            r"\b(killed|made|agreed|abducted|fled|forced|fired|passed|caused|released|detained|withdrew|back|bombed|saw)\b",
            r"never \1",
        ),
    ):
        if re.search(pattern, text):
            yield re.sub(pattern, put, text, count=1)


def _relation(relation: Json, path: tuple[Any, ...]) -> Iterator[Mutant]:
    yield Mutant("relation.tail", "itself", (*path, "tail"), relation["head"])
    turned = {"before": "after", "after": "before"}
    if relation["relation"] in turned:
        yield Mutant("relation.relation", "turned round", (*path, "relation"), turned[relation["relation"]])


def _touch(first: Json, second: Json) -> bool:
    return any(one["start"] < other["end"] and other["start"] < one["end"] for one in first for other in second)
