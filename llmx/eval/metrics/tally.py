"""The tally of one article: counts by metric, confusions of labels, and mistakes one by one.

A metric's counts are a short list whose sums over articles make its figures. `prf` metrics have four: credit and
number of predictions, credit and number of gold items. `rate` metrics have two: hits and cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class MistakeKind(StrEnum):
    """What is wrong with an item; of several, the first in this order."""

    DUPLICATE = "duplicate"
    """Says again what another prediction said, rightly."""
    UNGROUNDED = "ungrounded"
    """Its quote does not stand where it says."""
    WRONG_TYPE = "wrong type"
    WRONG_ROLE = "wrong role"
    WRONG_BOUNDARY = "wrong boundary"
    WRONG_LINK = "wrong link"
    """The content is right, the source is another's."""
    ALTERED = "altered value"
    """The words match, a number, date or negation does not."""
    MERGED = "merged"
    """One prediction over several gold items."""
    SPLIT = "split"
    """Several predictions in one gold item."""
    SPURIOUS = "spurious"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One imperfect item: a gold item, a prediction, or a pair that does not fit.

    Attributes:
        family: What it is: `events`, `participants`, `attributions`, `claims`.
        kind: What is wrong.
        label: The type or role concerned.
        gold: Index of the gold record in the file's list, or `None`.
        pred: Index of the predicted record in the report's list, or `None`.
        gold_span: Where the gold item stands: start and end, or `None`.
        pred_span: Where the prediction stands, or `None`.
        detail: Both sides in words.
    """

    family: str
    kind: MistakeKind
    label: str = ""
    gold: int | None = None
    pred: int | None = None
    gold_span: tuple[int, int] | None = None
    pred_span: tuple[int, int] | None = None
    detail: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The mistake as plain values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(slots=True)
class Tally:
    """Collects the counts of one article."""

    counts: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    confusions: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict[str, Counter[tuple[str, str]]])
    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    pairs: dict[str, list[tuple[int, int]]] = field(default_factory=dict[str, list[tuple[int, int]]])
    """For each list, the indices of gold and predicted records that were matched."""

    def add(self, name: str, *columns: float) -> None:
        """Add `columns` to the metric's counts."""
        held = self.counts.get(name)
        if held is None:
            self.counts[name] = list(columns)
            return
        for i, value in enumerate(columns):
            held[i] += value

    def prf(self, name: str, credit: float, predicted: float, gold: float) -> None:
        """Count `credit` of `predicted` predictions and of `gold` gold items."""
        held = self.counts.get(name)
        if held is None:
            self.counts[name] = [credit, predicted, credit, gold]
            return
        held[0] += credit
        held[1] += predicted
        held[2] += credit
        held[3] += gold

    def rate(self, name: str, hits: float, cases: float) -> None:
        """Count `hits` in `cases`."""
        self.add(name, hits, cases)

    def confuse(self, name: str, gold: str, pred: str) -> None:
        """Note that `gold` was predicted as `pred`."""
        self.confusions.setdefault(name, Counter())[gold, pred] += 1


@dataclass(frozen=True, slots=True)
class Hits:
    """What an exact comparison of two multisets found.

    Attributes:
        credit: Gold items that were predicted.
        predicted: Predictions, but for those that are optional and right.
        gold: Gold items, but for optional ones.
    """

    credit: int
    predicted: int
    gold: int


def multiset(gold: Iterable[tuple[Any, bool]], pred: Iterable[Any]) -> Hits:
    """Compare multisets of keys; each prediction is used once.

    Args:
        gold: Keys, each with whether it is optional.
        pred: Keys.
    """
    left: dict[Any, int] = {}
    total = credit = required = ignored = 0
    for key in pred:
        total += 1
        left[key] = left.get(key, 0) + 1
    optional: list[Any] = []
    for key, is_optional in gold:
        if is_optional:
            optional.append(key)
            continue
        required += 1
        if left.get(key, 0) > 0:
            left[key] -= 1
            credit += 1
    for key in optional:
        if left.get(key, 0) > 0:
            left[key] -= 1
            ignored += 1
    return Hits(credit, total - ignored, required)


def multiset_by(
    gold: Iterable[tuple[Any, bool]], pred: Iterable[Any], label_of: Callable[[Any], str]
) -> dict[str, Hits]:
    """`multiset` for each label apart; a key's label must follow from the key."""
    wanted: dict[str, list[tuple[Any, bool]]] = {}
    offered: dict[str, list[Any]] = {}
    for key, is_optional in gold:
        wanted.setdefault(label_of(key), []).append((key, is_optional))
    for key in pred:
        offered.setdefault(label_of(key), []).append(key)
    return {label: multiset(wanted.get(label, ()), offered.get(label, ())) for label in {*wanted, *offered}}


def summed(hits: Iterable[Hits]) -> Hits:
    """The hits of all labels together."""
    credit = predicted = gold = 0
    for one in hits:
        credit += one.credit
        predicted += one.predicted
        gold += one.gold
    return Hits(credit, predicted, gold)
