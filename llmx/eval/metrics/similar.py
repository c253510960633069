"""How well a predicted value fits a gold one, from 0 to 1: participants, times, places and counts."""

from __future__ import annotations

from datetime import date

from llmx.eval.matching.region import Region, iou
from llmx.eval.matching.words import likeness
from llmx.eval.metrics.options import ScoreOptions
from llmx.eval.records.items import Count, Participant, Place, Time

_HALF = 0.5
_COMPATIBLE = 0.5


def participant_fit(gold: Participant, pred: Participant, options: ScoreOptions) -> float:
    """Whether both name the same, whatever their roles: 1 or the likeness, else 0."""
    if pred.words in gold.names or _at_one_of(pred.region, gold.mentions):
        return 1.0
    if options.match == "exact":
        return 0.0
    return _near(pred.region, gold.mentions, pred.words, gold.names, options)


def place_fit(gold: Place, pred: Place, options: ScoreOptions) -> float:
    """Whether both name the same place, by any of its names or by the words' place."""
    if not gold.names.isdisjoint(pred.names) or (gold.region and gold.region.same(pred.region)):
        return 1.0
    if options.match == "exact":
        return 0.0
    return _near(pred.region, (gold.region,), pred.words, gold.names, options)


def _at_one_of(region: Region, mentions: tuple[Region, ...]) -> bool:
    return bool(region) and any(region.same(mention) for mention in mentions)


def _near(
    region: Region, mentions: tuple[Region, ...], words: str, names: frozenset[str], options: ScoreOptions
) -> float:
    least = options.threshold if options.match == "overlap" else _HALF
    if any(iou(region, mention) >= least for mention in mentions):
        return 1.0
    if options.match != "soft" or not words:
        return 0.0
    best = max((likeness(words, name) for name in names), default=0.0)
    return best if best >= options.threshold else 0.0


def time_fit(gold: Time, pred: Time, options: ScoreOptions) -> float:
    """Whether both name the same days: 1 if so, one half if one interval holds the other, else 0.

    Where gold names no days the words are compared: they tell the same time if half of them are shared.
    """
    if gold.first is not None and gold.last is not None:
        if pred.first is None or pred.last is None:
            return 0.0
        return _interval_fit((gold.first, gold.last), (pred.first, pred.last), options.date_tolerance_days)
    if gold.edtf is not None and pred.edtf is not None:
        return float(gold.edtf == pred.edtf)
    return float(iou(gold.region, pred.region) >= _HALF)


def _interval_fit(gold: tuple[date, date], pred: tuple[date, date], tolerance_days: int) -> float:
    if gold == pred:
        return 1.0
    if tolerance_days and (gold[1] - gold[0]) == (pred[1] - pred[0]):
        gap = max((pred[0] - gold[1]).days, (gold[0] - pred[1]).days, 0)
        if gap <= tolerance_days:
            return 1.0
    inside = gold[0] <= pred[0] and pred[1] <= gold[1]
    around = pred[0] <= gold[0] and gold[1] <= pred[1]
    return _COMPATIBLE if inside or around else 0.0


def count_fit(gold: Count, pred: Count, options: ScoreOptions) -> float:
    """Whether both give the same number of the same thing.

    Two numbers fit within the tolerance. A number fits a gold interval that holds it. Two intervals fit by the share of
    their union that both hold; where they are open they must be open on the same side.
    """
    if gold.of != pred.of:
        return 0.0
    point = pred.low if pred.low is not None and pred.low == pred.high else None
    if gold.low is not None and gold.low == gold.high:
        return float(point is not None and _close(gold.low, point, options))
    if point is not None:
        above = gold.low is None or gold.low - _slack(gold.low, options) <= point
        below = gold.high is None or point <= gold.high + _slack(gold.high, options)
        return float(above and below)
    return _range_fit(gold, pred, options)


def _range_fit(gold: Count, pred: Count, options: ScoreOptions) -> float:
    if (gold.low is None) != (pred.low is None) or (gold.high is None) != (pred.high is None):
        return 0.0
    if gold.low is not None and gold.high is None:
        return float(_close(gold.low, pred.low or 0, options))
    if gold.low is None and gold.high is not None:
        return float(_close(gold.high, pred.high or 0, options))
    if gold.low is None or gold.high is None or pred.low is None or pred.high is None:
        return 0.0
    both = min(gold.high, pred.high) - max(gold.low, pred.low) + 1
    either = max(gold.high, pred.high) - min(gold.low, pred.low) + 1
    return both / either if both > 0 else 0.0


def _slack(gold: float, options: ScoreOptions) -> float:
    return max(options.number_tolerance, options.number_ratio * abs(gold))


def _close(gold: float, pred: float, options: ScoreOptions) -> bool:
    return abs(gold - pred) <= _slack(gold, options)
