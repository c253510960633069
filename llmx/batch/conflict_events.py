"""Conflict events: extractions in the columns that conflict researchers know from ACLED and UCDP GED.

It is one row an incident, as far as one article tells it; no row is a coded event of theirs. Incidents alone are rows:
what is planned, threatened, denied or habitual is left out, and so are sums of several incidents.

Source: event types, sub-event types and the precision codes are those of the ACLED codebook (2023); low, best and high
follow UCDP GED.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from llmx.batch.published import Fields, first, items, part

CONFLICT_COLUMNS = (
    "event_id event_date:date event_date_end:date year:int time_precision:int event_type sub_event_type actor1 actor2 "
    "civilian_targeting:bool country admin1 location geo_precision:int source source_url fatalities:int "
    "fatalities_low:int fatalities_best:int fatalities_high:int notes article_id"
)
"""The columns of `conflict_events`, as `name` or `name:kind`."""

_SUB_TYPES: Mapping[str, tuple[str, str]] = {
    "armed_clash": ("Battles", "Armed clash"),
    "armed_offensive": ("Battles", "Armed clash"),
    "government_regains_territory": ("Battles", "Government regains territory"),
    "non_state_actor_overtakes_territory": ("Battles", "Non-state actor overtakes territory"),
    "territorial_gain": ("Battles", "Non-state actor overtakes territory"),
    "air_strike": ("Explosions/Remote violence", "Air/drone strike"),
    "shelling_missile": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "suicide_bomb": ("Explosions/Remote violence", "Suicide bomb"),
    "remote_explosive": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "grenade": ("Explosions/Remote violence", "Grenade"),
    "chemical_weapon": ("Explosions/Remote violence", "Chemical weapon"),
    "attack": ("Violence against civilians", "Attack"),
    "abduction": ("Violence against civilians", "Abduction/forced disappearance"),
    "sexual_violence": ("Violence against civilians", "Sexual violence"),
    "peaceful_protest": ("Protests", "Peaceful protest"),
    "protest_with_intervention": ("Protests", "Protest with intervention"),
    "excessive_force": ("Protests", "Excessive force against protesters"),
    "violent_demonstration": ("Riots", "Violent demonstration"),
    "mob_violence": ("Riots", "Mob violence"),
    "agreement": ("Strategic developments", "Agreement"),
    "arrest": ("Strategic developments", "Arrests"),
    "change_to_group_activity": ("Strategic developments", "Change to group/activity"),
    "disrupted_weapons_use": ("Strategic developments", "Disrupted weapons use"),
    "weapon_intercept": ("Strategic developments", "Disrupted weapons use"),
    "base_established": ("Strategic developments", "Headquarters or base established"),
    "looting": ("Strategic developments", "Looting/property destruction"),
    "property_destruction": ("Strategic developments", "Looting/property destruction"),
    "non_violent_transfer": ("Strategic developments", "Non-violent transfer of territory"),
    "withdrawal": ("Strategic developments", "Non-violent transfer of territory"),
}
"""The types that have a sub-event type; events of other types are no rows."""

_TOLD_AS_FACT = frozenset({"asserted", "reported"})
_TIME_PRECISION: Mapping[str, int] = {"day": 1, "week": 2, "month": 3}
_GEO_PRECISION: Mapping[str, int] = {"site": 1, "town": 1, "area": 2, "admin2": 2, "linear": 2}
_VAGUE_PLACE = 3
_FIRST_SIDE = ("attacker", "actor", "party")
_SECOND_SIDE = ("target", "victim", "recipient", "affected")


def conflict_events(extraction: Fields) -> Iterator[dict[str, Any]]:
    """The incidents of one extraction."""
    document = extraction["document"]
    entities: dict[str | None, Fields] = {entity["id"]: entity for entity in items(extraction["report"], "entities")}
    for event in items(extraction["report"], "events"):
        kind = _SUB_TYPES.get(event["type"])
        told = event["modality"] in _TOLD_AS_FACT and event.get("polarity", "positive") == "positive"
        if kind is None or not told or event.get("aggregate"):
            continue
        yield {
            "event_id": f"{document['id']}#{event['id']}",
            **_when(part(event, "time")),
            "event_type": kind[0],
            "sub_event_type": kind[1],
            **_who(items(event, "participants"), entities),
            **_where(first(items(event, "places"))),
            "source": document.get("outlet"),
            "source_url": document.get("url"),
            **_deaths(items(event, "counts")),
            "notes": " … ".join(citation["quote"] for citation in event["evidence"]),
            "article_id": document["id"],
        }


def _when(time: Fields) -> dict[str, Any]:
    start = time.get("start")
    return {
        "event_date": start,
        "event_date_end": time.get("end"),
        "year": int(str(start)[:4]) if start else None,
        "time_precision": _TIME_PRECISION.get(str(time.get("precision"))) if start else None,
    }


def _who(participants: Sequence[Fields], known: Mapping[str | None, Fields]) -> dict[str, Any]:
    def side(roles: Sequence[str]) -> list[Fields]:
        return [item for role in roles for item in participants if item["role"] == role]

    def name(item: Fields) -> str:
        return str(known.get(item.get("entity"), {}).get("name") or item["cite"]["quote"])

    one, other = side(_FIRST_SIDE), side(_SECOND_SIDE)
    if not other:
        one, other = one[:1], one[1:]
    civilians = any(known.get(item.get("entity"), {}).get("kind") == "civilians" for item in other)
    return {
        "actor1": "; ".join(dict.fromkeys(map(name, one))) or None,
        "actor2": "; ".join(dict.fromkeys(map(name, other))) or None,
        "civilian_targeting": civilians,
    }


def _where(place: Fields) -> dict[str, Any]:
    return {
        "country": place.get("country"),
        "admin1": place.get("admin1"),
        "location": place.get("name"),
        "geo_precision": _GEO_PRECISION.get(place["precision"], _VAGUE_PLACE) if place.get("precision") else None,
    }


def _deaths(counts: Sequence[Fields]) -> dict[str, Any]:
    """The deaths; where sources differ, the document's own number first, else the lowest that is given."""
    killed = [count for count in counts if count["of"] == "killed"]
    own = [count for count in killed if count.get("said_by") == "document"]
    given = sorted(own or killed, key=_lowest)
    found = first(given)
    return {
        "fatalities": found.get("best") if found.get("best") is not None else found.get("low"),
        "fatalities_low": found.get("low"),
        "fatalities_best": found.get("best"),
        "fatalities_high": found.get("high"),
    }


def _lowest(count: Fields) -> int:
    return int(next(count[name] for name in ("best", "low", "high") if count.get(name) is not None))
