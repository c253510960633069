"""Derived values: what the words of an attribution alone decide, and a model need not be asked for.

Mode follows from the quotation marks and the cue, stance from the cue's entry in the lexicon. A draft that leaves them
out gets the derived value; one whose own value was rejected gets it too, and the rejection stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from pydantic import BaseModel

from llmx.ground.build import Built, Loss
from llmx.ground.changes import changed
from llmx.ground.checks.source_kinds import shown_source_kind
from llmx.ground.checks.speech import shown_mode
from llmx.ground.checks.stances import stances_of
from llmx.ground.context import Context
from llmx.result import Path
from llmx.schema.news import Attribution, Entity, NewsReport

_ORDER = ("mode", "stance", "source_kind")
_DERIVED = frozenset(_ORDER)


class Derived(NamedTuple):
    """An attribution with what was derived for it, and all that it was derived from."""

    built: Attribution
    absent: Sequence[str]
    entity: Entity | None
    filled: Attribution


def derive(
    built: Built,
    draft: Mapping[str, Any],
    excluded: Mapping[Path, Loss],
    context: Context,
    *,
    before: dict[Path, Derived],
) -> None:
    """Fill mode, stance and kind of source of every attribution of `built` that came without, or whose own are out.

    Args:
        built: The report, which is changed.
        draft: What a model filled.
        excluded: What was taken out of it.
        context: The report and its document.
        before: What was derived when the same draft was built before, by path in it. What is the same now is taken
            from there, so that it need not be judged again; the new is added.
    """
    report = built.report
    if not isinstance(report, NewsReport) or not report.attributions:
        return
    attributions: list[Attribution] = []
    replaced: dict[int, BaseModel] = {}
    for number, attribution in enumerate(report.attributions):
        if attribution.model_fields_set >= _DERIVED:
            attributions.append(attribution)
            continue
        path = built.draft_path(("attributions", number))
        offered = _offered(draft, path)
        absent = [name for name in _ORDER if offered.get(name) is None or (*path, name) in excluded]
        filled = _filled(attribution, absent, path, context, before) if absent else attribution
        if filled is not attribution:
            replaced[id(attribution)] = filled
        attributions.append(filled)
    if replaced:
        built.report = replaced[id(report)] = changed(report, {"attributions": tuple(attributions)})
        built.records = [(at, path, replaced.get(id(record), record)) for at, path, record in built.records]


def _filled(
    attribution: Attribution, absent: Sequence[str], path: Path, context: Context, before: dict[Path, Derived]
) -> Attribution:
    entity = context.entities.get(attribution.source_entity or "")
    known = before.get(path)
    if known is None or known.built is not attribution or known.absent != absent or known.entity is not entity:
        update = {name: value for name in absent if (value := _value(attribution, name, context)) is not None}
        filled = changed(attribution, update) if update else attribution
        known = before[path] = Derived(attribution, absent, entity, filled)
    return known.filled


def _offered(draft: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    records = draft.get(str(path[0]))
    number = path[1]
    return cast("list[Any]", records)[number] if isinstance(records, list) and isinstance(number, int) else {}


def _value(attribution: Attribution, name: str, context: Context) -> str | None:
    if name == "mode":
        return shown_mode(attribution, context)
    if name == "source_kind":
        return shown_source_kind(attribution, context)
    meant = stances_of(attribution.cue.quote) if attribution.cue else frozenset[str]()
    if not meant:
        return None
    return "asserts" if "asserts" in meant else min(meant)
