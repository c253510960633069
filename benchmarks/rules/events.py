"""What the embedded engine finds on two annotated articles, and how many records each rule group gives.

Helpers of `run.py`: everything here reads published extractions, none of the engine's own parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]
Place = tuple[int, int]

GROUPS = {
    "verbs: kill, wound, die": ("event.harm", "event.wound", "event.die"),
    "verbs: attack, strike, fire": ("event.hit", "event.strike", "event.openfire", "event.shotdown"),
    "verbs: explode, plant, throw": ("event.explode", "event.plant", "event.throw"),
    "nouns: attack on, explosion": ("event.attack_on", "event.explosion"),
    "nouns: killing of": ("event.killing_of",),
    "disasters, accidents, flight": (
        "event.befall", "event.mishap", "event.accident_of", "event.quake", "event.displace",
    ),
    "courts": ("event.judge", "event.trial_of"),
    "clashes, territory, arrests, other acts": (
        "event.clash", "event.clash_of", "event.take", "event.arrest", "event.arrest_of", "event.actor", "event.do",
        "event.actor_of", "event.party", "event.meet", "event.agreement_of", "event.disrupt", "event.protest_of",
        "event.election_of", "event.acquisition_of", "event.clash_bare", "event.aid", "event.give",
        "event.meeting_of", "event.change", "event.undergo", "event.emerge", "event.move",
    ),
    "the opening as a whole": ("event.passage",),
}  # fmt: skip


def rules_of(row: Row) -> list[str]:
    """The rule that made each event of an extraction, in order."""
    made = row["provenance"].get("rules", {})
    return [made.get(f"events[{number}]", "") for number in range(len(row["report"]["events"]))]


def without(rows: Iterable[Row], rules: Sequence[str]) -> list[Row]:
    """The extractions without the events that some rules made."""
    kept = []
    for row in rows:
        events = [
            event for event, rule in zip(row["report"]["events"], rules_of(row), strict=True) if rule not in rules
        ]
        kept.append({**row, "report": {**row["report"], "events": events}})
    return kept


def _spans(value: Any) -> list[Place]:
    if not value:
        return []
    return [(one["start"], one["end"]) for one in (value if isinstance(value, list) else [value])]


def _letters(value: Any) -> set[int]:
    return {at for start, end in _spans(value) for at in range(start, end)}


def judge_article(gold: Row, row: Row) -> Row:
    """How an extraction of an annotated article compares to its gold.

    Returns:
        Figures and lists: attributions found with the right source, counts found, missed and false, records out of
        boilerplate, dates given although no publication date is known.
    """
    report = row["report"]
    found = 0
    for one in gold["attributions"]:
        content, source = _letters(one["content"]), _letters(one["source"])
        pairs = [
            other
            for other in report["attributions"]
            if content & _letters(other["content"])
            and (source & _letters(other["source"]) or not (source or other["source"]))
        ]
        found += bool(pairs)
    wanted = Counter(_count(count) for event in gold["events"] for count in event.get("counts", ()))
    given = Counter(_count(count) for event in report["events"] for count in event["counts"])
    known = {_count(count) for event in gold["events"] for count in event.get("counts", ())}
    barred = [(span["start"], span["end"]) for span in row["document"]["boilerplate"]]
    from_text = len(row["document"]["text"])
    start = row["document"]["text"].find(gold["document"].get("boilerplate_from") or "\0")
    barred += [(start, from_text)] if start >= 0 else []
    for teaser in gold["document"].get("boilerplate_inside") or ():
        at = row["document"]["text"].find(teaser)
        barred.append((at, at + len(teaser)))
    return {
        "attributions": f"{found} of {len(gold['attributions'])}",
        "found": found,
        "counts": f"{sum((wanted & given).values())} of {sum(wanted.values())}",
        "missed": sorted(map(str, (wanted - given).elements())),
        "false": sorted(str(count) for count in given if count not in known),
        "said_by": [
            (count["cite"]["quote"], _source(report, count["said_by"]))
            for event in report["events"]
            for count in event["counts"]
        ],
        "barred": sum(_in(barred, cite) for cite in _citations(report)),
        "invented": sum(
            1
            for event in report["events"]
            if event["time"] and event["time"]["start"] and event["time"]["kind"] not in ("absolute", "month_name")
        ),
    }


def _count(count: Row) -> tuple[Any, ...]:
    return count["of"], count.get("low"), count.get("best"), count.get("high")


def _source(report: Row, name: str) -> str:
    for one in report["attributions"]:
        if one["id"] == name:
            return one["source"]["quote"] if one["source"] else "(no source)"
    return name


def _citations(node: Any) -> Iterable[Place]:
    if isinstance(node, dict):
        if {"quote", "start", "end"} <= node.keys():
            yield node["start"], node["end"]
        for value in node.values():
            yield from _citations(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _citations(value)


def _in(barred: Sequence[Place], cite: Place) -> bool:
    return any(start < cite[1] and cite[0] < end for start, end in barred)
