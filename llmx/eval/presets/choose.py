"""From gold and a prediction to the input of each preset's scorer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from llmx.eval.gold.case import Case
from llmx.eval.matching.words import muc_norm
from llmx.eval.metrics.coreference import b_cubed_counts, blanc_counts, ceaf_e_counts, muc_counts
from llmx.eval.predictions import Prediction
from llmx.eval.presets.ceaf_ree import Roles, ceaf_ree_counts
from llmx.eval.presets.ceaf_rme import Template, phi3_counts, phi_subset_counts
from llmx.eval.presets.citron import Quote, citron_counts
from llmx.eval.presets.nervaluate import LabelledSpan, span_counts
from llmx.eval.presets.textee import TexteeEvent, textee_counts

Counts = dict[str, tuple[float, ...]]
Fields = Mapping[str, Any]
Bounds = tuple[int, int]


def score_preset(name: str, case: Case, prediction: Prediction) -> Counts:
    """The counts of preset `name` on one article; nothing where gold does not annotate what it needs."""
    return PRESETS[name](case.lists, prediction.report, case.text)


def _bounds(cite: Any) -> Bounds | None:
    """Start and end of a citation, from its first word to its last."""
    if not isinstance(cite, Mapping):
        return None
    fields = cast("Fields", cite)
    return int(fields["start"]), int(fields["end"])


def _parts(cites: Any) -> list[Bounds]:
    """Start and end of every part of one citation or of several, in the order of the list."""
    if not cites:
        return []
    many = cast("Sequence[Fields]", cites if isinstance(cites, list | tuple) else [cites])
    return [
        (int(part["start"]), int(part["end"]))
        for cite in many
        for part in cast("Sequence[Fields]", cite.get("parts") or [cite])
    ]


def _events(lists: Fields) -> Sequence[Fields]:
    return cast("Sequence[Fields]", lists.get("events") or ())


def _textee(gold: Fields, pred: Fields, text: str) -> Counts:
    del text
    if "events" not in gold:
        return {}

    def read(lists: Fields) -> list[TexteeEvent]:
        return [
            TexteeEvent(
                type=str(row.get("type")),
                trigger=_bounds(row.get("trigger")),
                arguments=tuple(
                    (str(part.get("role")), bounds)
                    for part in row.get("participants") or ()
                    if (bounds := _bounds(part.get("cite"))) is not None
                ),
            )
            for row in _events(lists)
        ]

    return {f"textee.{name}": columns for name, columns in textee_counts(read(gold), read(pred)).items()}


def _wordings(part: Fields, entities: Mapping[str, Fields], *, gold: bool) -> list[str]:
    """The mention strings of a participant: its own words, and in gold its aliases and its entity's mentions."""
    cite = cast("Fields", part.get("cite") or {})
    words = [str(cite.get("quote") or "")]
    if gold:
        words.extend(part.get("aliases") or ())
        entity = entities.get(str(part.get("entity")))
        if entity is not None:
            named = [entity.get("name"), *(entity.get("aliases") or ())]
            words.extend(str(name) for name in named if name)
            words.extend(str(mention["quote"]) for mention in entity.get("mentions") or ())
    return [muc_norm(word) for word in dict.fromkeys(words) if word]


def _entities(lists: Fields) -> dict[str, Fields]:
    return {str(row.get("id")): row for row in cast("Sequence[Fields]", lists.get("entities") or ())}


def _roles(lists: Fields, *, gold: bool) -> Roles:
    """Entities by role over the whole article; the same mention strings twice are one entity."""
    entities = _entities(lists)
    found: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for row in _events(lists):
        for part in row.get("participants") or ():
            mentions = _wordings(part, entities, gold=gold)
            if mentions:
                found.setdefault(str(part.get("role")), {}).setdefault(tuple(sorted(mentions)), mentions)
    return {role: list(held.values()) for role, held in found.items()}


def _ceaf_ree(gold: Fields, pred: Fields, text: str) -> Counts:
    del text
    if "events" not in gold:
        return {}
    counts = ceaf_ree_counts(_roles(gold, gold=True), _roles(pred, gold=False))
    return {f"ceaf_ree.{name}": columns for name, columns in counts.items()}


def _templates(lists: Fields, *, gold: bool) -> list[Template]:
    entities = _entities(lists)
    return [
        (
            str(row.get("type")),
            [
                (str(part.get("role")), mentions)
                for part in row.get("participants") or ()
                if (mentions := _wordings(part, entities, gold=gold))
            ],
        )
        for row in _events(lists)
    ]


def _ceaf_rme(gold: Fields, pred: Fields, text: str) -> Counts:
    del text
    if "events" not in gold:
        return {}
    wanted, offered = _templates(gold, gold=True), _templates(pred, gold=False)
    return {
        "ceaf_rme.phi_subset": phi_subset_counts(wanted, offered),
        "ceaf_rme.phi_3": phi3_counts(wanted, offered),
    }


def _nervaluate(gold: Fields, pred: Fields, text: str) -> Counts:
    del text
    counts: Counts = {}
    for group, read in _SPAN_GROUPS.items():
        if _GROUP_LIST[group] in gold:
            for name, columns in span_counts(read(gold), read(pred)).items():
                counts[f"nervaluate.{group}_{name}"] = columns
    return counts


def _labelled(label: str, cites: Any) -> list[LabelledSpan]:
    """The original's ends are inclusive."""
    return [(label, start, end - 1) for start, end in _parts(cites)]


def _trigger_spans(lists: Fields) -> list[LabelledSpan]:
    return [span for row in _events(lists) for span in _labelled(str(row.get("type")), row.get("trigger"))]


def _participant_spans(lists: Fields) -> list[LabelledSpan]:
    return [
        span
        for row in _events(lists)
        for part in row.get("participants") or ()
        for span in _labelled(str(part.get("role")), part.get("cite"))
    ]


def _attribution_spans(lists: Fields) -> list[LabelledSpan]:
    rows = cast("Sequence[Fields]", lists.get("attributions") or ())
    return [span for row in rows for part in ("source", "cue", "content") for span in _labelled(part, row.get(part))]


_SPAN_GROUPS: Mapping[str, Callable[[Fields], list[LabelledSpan]]] = MappingProxyType(
    {"triggers": _trigger_spans, "participants": _participant_spans, "attributions": _attribution_spans}
)
_GROUP_LIST = MappingProxyType({"triggers": "events", "participants": "events", "attributions": "attributions"})


def _citron(gold: Fields, pred: Fields, text: str) -> Counts:
    if "attributions" not in gold:
        return {}

    def read(lists: Fields) -> list[Quote]:
        return [
            Quote(
                cue=_bounds(row.get("cue")),
                sources=tuple(_parts(row.get("source"))),
                contents=tuple(_parts(row.get("content"))),
            )
            for row in cast("Sequence[Fields]", lists.get("attributions") or ())
        ]

    return {f"citron.{name}": columns for name, columns in citron_counts(read(gold), read(pred), text).items()}


def _conll(gold: Fields, pred: Fields, text: str) -> Counts:
    del text
    if "entities" not in gold:
        return {}

    def read(lists: Fields) -> list[frozenset[Bounds]]:
        rows = cast("Sequence[Fields]", lists.get("entities") or ())
        clusters = [frozenset(_parts(list(row.get("mentions") or ()))) for row in rows]
        return [cluster for cluster in clusters if cluster]

    wanted, offered = read(gold), read(pred)
    muc, b_cubed, ceaf = muc_counts(wanted, offered), b_cubed_counts(wanted, offered), ceaf_e_counts(wanted, offered)
    return {
        "conll.muc": muc,
        "conll.b_cubed": b_cubed,
        "conll.ceaf_e": ceaf,
        "conll.average": (*muc, *b_cubed, *ceaf),
        "conll.blanc": blanc_counts(wanted, offered),
    }


PRESETS: Mapping[str, Callable[[Fields, Fields, str], Counts]] = MappingProxyType(
    {
        "textee": _textee,
        "ceaf-ree": _ceaf_ree,
        "ceaf-rme": _ceaf_rme,
        "nervaluate": _nervaluate,
        "citron": _citron,
        "conll": _conll,
    }
)
"""Name of a preset -> its counts of one article."""
