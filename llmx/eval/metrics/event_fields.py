"""Fields of matched events: participants, time, places and counts as fillers; modality and polarity as labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from llmx.eval.matching.assign import Pair, pair_up
from llmx.eval.matching.region import covers_half, shared
from llmx.eval.metrics.options import ScoreOptions
from llmx.eval.metrics.similar import count_fit, participant_fit, place_fit, time_fit
from llmx.eval.metrics.tally import Tally
from llmx.eval.records.items import Event

Fit = Callable[[Any, Any, ScoreOptions], float]

LABELS = ("modality", "polarity", "aggregate")
"""Fields of an event that hold one word of a closed list."""


def score_fields(
    gold: Sequence[Event],
    pred: Sequence[Event],
    matched: Sequence[Pair],
    *,
    fields: frozenset[str],
    tally: Tally,
    options: ScoreOptions,
) -> None:
    """Count the fillers and labels of events that were matched before.

    Fillers of events without a partner count as missing or invented, so that a wrong pairing is never free.
    """
    partner = {i: pred[j] for i, j in matched}
    alone = [e for j, e in enumerate(pred) if j not in {j for _, j in matched}]
    for name, fillers, fit in _FILLERS:
        if name in fields:
            _score_fillers(name, fillers, fit, gold=gold, partner=partner, alone=alone, tally=tally, options=options)
    for name in LABELS:
        if name in fields:
            _score_label(name, gold, partner, alone, tally)
    if "hedges" in fields:
        _score_hedges(gold, partner, alone, tally)


def _score_fillers(
    name: str,
    fillers: Callable[[Event], Sequence[Any]],
    fit: Fit,
    *,
    gold: Sequence[Event],
    partner: dict[int, Event],
    alone: Sequence[Event],
    tally: Tally,
    options: ScoreOptions,
) -> None:
    for i, event in enumerate(gold):
        if name not in event.given:
            continue
        wanted, other = fillers(event), partner.get(i)
        offered = fillers(other) if other is not None else ()
        found = pair_up(wanted, offered, lambda one, two: fit(one, two, options)) if wanted and offered else {}
        optional = [event.optional or bool(getattr(item, "optional", False)) for item in wanted]
        ignored = sum(1 for i_, _ in found if optional[i_])
        credit = sum(value for (i_, _), value in found.items() if not optional[i_])
        required = optional.count(False)
        unneeded = len(offered) if event.optional else ignored
        _add(name, credit, len(offered) - unneeded, required, tally)
        hits = len(found) - ignored
        cited = sum(1 for i_, j_ in found if not optional[i_] and _is_cited(wanted[i_], offered[j_]))
        tally.prf("grounding.citation", cited, len(offered) - unneeded, required)
        _note(name, required - hits, len(offered) - unneeded - hits, tally)
    for event in alone:
        _add(name, 0.0, len(fillers(event)), 0, tally)
        tally.prf("grounding.citation", 0, len(fillers(event)), 0)
        _note(name, 0, len(fillers(event)), tally)


def _is_cited(wanted: Any, offered: Any) -> bool:
    """Whether the prediction's words overlap gold's by half, or lie within them."""
    return any(covers_half(place, offered.region) for place in getattr(wanted, "mentions", (wanted.region,)))


def _add(name: str, credit: float, predicted: int, gold: int, tally: Tally) -> None:
    tally.prf(f"events.{name}", credit, predicted, gold)
    tally.prf("events.filler", credit, predicted, gold)


def _note(name: str, missing: int, invented: int, tally: Tally) -> None:
    """Fillers left on both sides are wrong, as many as there are on each; the rest is missing or invented."""
    wrong = max(0, min(missing, invented))
    tally.add(f"outcome.events.{name}", max(0, missing - wrong), max(0, invented - wrong), wrong)


def _score_label(
    name: str, gold: Sequence[Event], partner: dict[int, Event], alone: Sequence[Event], tally: Tally
) -> None:
    agreed = required = offered = 0
    for i, event in enumerate(gold):
        if name not in event.given:
            continue
        other = partner.get(i)
        wanted = str(getattr(event, name))
        required += not event.optional
        if other is None:
            continue
        said = str(getattr(other, name))
        tally.rate(f"events.{name}_accuracy", wanted == said, 1)
        tally.confuse(f"events.{name}", wanted, said)
        offered += not event.optional
        agreed += wanted == said and not event.optional
    tally.prf(f"events.{name}", agreed, offered + len(alone), required)


def _score_hedges(gold: Sequence[Event], partner: dict[int, Event], alone: Sequence[Event], tally: Tally) -> None:
    """Hedges by code points, of matched events and of those without a partner."""
    for i, event in enumerate(gold):
        if "hedges" in event.given:
            other = partner.get(i)
            both = shared(event.hedges, other.hedges) if other is not None else 0
            tally.prf("events.hedges", both, other.hedges.size if other is not None else 0, event.hedges.size)
    for event in alone:
        tally.prf("events.hedges", 0, event.hedges.size, 0)


def _participant_fit(one: Any, other: Any, options: ScoreOptions) -> float:
    return participant_fit(one, other, options) if one.role == other.role else 0.0


_FILLERS: tuple[tuple[str, Callable[[Event], Sequence[Any]], Fit], ...] = (
    ("participants", lambda event: event.participants, _participant_fit),
    ("time", lambda event: () if event.time is None else (event.time,), time_fit),
    ("places", lambda event: event.places, place_fit),
    ("counts", lambda event: event.counts, count_fit),
)
