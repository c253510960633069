"""Numbers: which numbers a text states, with the bounds its words put on them.

A *number* is the digits or words of a quantity together with its comparator: `over 30`, `between six and eight`,
`dozens`. Ordinals, parts of dates, clock times and digits in names (Su-25, 9/11) are told apart by `kind`. The grammar
is English; digits are read in any language. What the number counts is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from llmx.text.comparators import comparator_after, comparator_before
from llmx.text.number_cores import Core, find_cores
from llmx.text.number_kinds import NumberKind, counted_kind, special_kind
from llmx.text.number_words import CHANGES, SCALES, SUFFIXES, Comparator
from llmx.text.span import Span

_RANGE_GAP = re.compile(r"\s*(?:[-–—‒]|to|or)\s*\Z|\s+and\s+\Z", re.IGNORECASE)
_CLAUSE_TO = re.compile(r"\b(from|between)\s+\Z", re.IGNORECASE)
_OF_THE = re.compile(
    r"\s+(?:[^\W\d_]+\s+)?(?:of|out\s+of)\s+(?:the|its|their|his|her|those|these|a\s+total\s+of)?\s*\Z", re.IGNORECASE
)
_LASTS = re.compile(r"\b(?:for|after|lasting|lasted|of|than|in|took|taken|takes)\s+\Z", re.IGNORECASE)
_WINDOW = 48


@dataclass(frozen=True, slots=True)
class Number:
    """A number as the text states it.

    Attributes:
        span: The number with its comparator: `over 30`.
        core: The number alone: `30`.
        low: Smallest whole number the words allow; `None` where they set no lower bound.
        best: The number itself, where the words give one.
        high: Largest whole number the words allow; `None` where they set no upper bound.
        qualifier: How the words bound it.
        kind: What it is.
        values: The number as written, one, or two for a range; for a vague word its lower bound.
        total: True for the five in "two of the five": the whole that another number is part of.
    """

    span: Span
    core: Span
    low: int | None
    best: int | None
    high: int | None
    qualifier: Comparator
    kind: NumberKind
    values: tuple[Decimal, ...]
    total: bool = False

    def shifted(self, by: int) -> Number:
        """This number with its spans moved `by` code points to the right."""
        # written out, since hundreds are moved for each long article
        return Number(
            self.span.shifted(by),
            self.core.shifted(by),
            self.low,
            self.best,
            self.high,
            self.qualifier,
            self.kind,
            self.values,
            self.total,
        )


@lru_cache(maxsize=1024)  # rules and checks read the same sentences
def find_numbers(text: str) -> tuple[Number, ...]:
    """The numbers that `text` states, in order, not overlapping. Linear in the length of `text`."""
    cores = find_cores(text)
    kinds: list[NumberKind | None] = [special_kind(text, core) for core in cores]
    numbers: list[Number] = []
    index = 0
    while index < len(cores):
        core, kind = cores[index], kinds[index]
        after = cores[index + 1] if index + 1 < len(cores) and kinds[index + 1] is None else None
        if kind is not None:
            numbers.append(_plain(core, kind))
        elif after is not None and _is_range(text, core, after):
            numbers.append(_range(text, core, after))
            index += 1
        else:
            numbers.append(_bounded(text, core))
        index += 1
    return _with_totals(text, numbers)


def _is_range(text: str, first: Core, second: Core) -> bool:
    gap = text[first.end : second.start] if second.start - first.end <= 6 else "?"  # noqa: PLR2004 - " and "
    if first.vague or second.vague or not _RANGE_GAP.match(gap) or not 0 < first.value < second.value:
        return False
    opening = _CLAUSE_TO.search(text, max(0, first.start - 10), first.start)
    if gap.strip().lower() == "and":
        return opening is not None and opening.group(1).lower() == "between"
    if gap.strip().lower() == "or":
        return second.value <= first.value * 2
    if opening is not None and opening.group(1).lower() == "from":
        words = text[max(0, opening.start() - 24) : opening.start()].lower().split()
        return not CHANGES.intersection(words[-2:])
    return True


def _range(text: str, first: Core, second: Core) -> Number:
    factor = Decimal(1)
    if first.digits and second.digits:
        written = text[second.start : second.end]
        for word, scale in (*SCALES.items(), *SUFFIXES.items()):
            if (
                written.lower().endswith(word)
                and not written[-len(word) - 1 :].isdigit()
                and scale * first.value < second.value
            ):
                factor = Decimal(scale)
                break
    elif second.value >= first.value * 1000 or (second.value % 100 == 0 and first.value < 20):  # noqa: PLR2004 - two to three hundred
        factor = _scale_of(text[second.start : second.end])
    low, high = first.value * factor, second.value
    opening = _CLAUSE_TO.search(text, max(0, first.start - 10), first.start)
    start = opening.start() if opening is not None else first.start
    return Number(
        span=Span(start, second.end),
        core=Span(first.start, second.end),
        low=_whole(low),
        best=None,
        high=_whole(high),
        qualifier="range",
        kind=counted_kind(text, first.start, second.end),
        values=(low, high),
    )


def _scale_of(words: str) -> Decimal:
    last = re.split(r"[\s-]+", words.lower())[-1]
    return Decimal(SCALES.get(last, 1))


def _bounded(text: str, core: Core) -> Number:
    start, comparator = comparator_before(text, core.start)
    end = core.end
    kind = counted_kind(text, core.start, core.end)
    if (
        kind == "measure"
        and text[start : core.start].strip().lower() == "over"
        and not _LASTS.search(text, max(0, start - 12), start)
    ):
        start, comparator = core.start, "exact"
    if comparator == "exact":
        end, comparator = comparator_after(text, core.end)
    low, best, high, qualifier = _bounds(core, comparator)
    return Number(
        span=Span(start, end),
        core=Span(core.start, core.end),
        low=low,
        best=best,
        high=high,
        qualifier=qualifier,
        kind=kind,
        values=(core.value,),
    )


def _bounds(core: Core, comparator: Comparator) -> tuple[int | None, int | None, int | None, Comparator]:
    """Lower bound, number, upper bound and qualifier, by the news schema's conventions."""
    value = _whole(core.value)
    if value is None:
        return None, None, None, comparator
    if core.vague:
        more = 1 if comparator == "more_than" else 0
        return value + more, None, None, "vague" if comparator not in ("at_least", "more_than") else comparator
    match comparator:
        case "at_least":
            return value, None, None, comparator
        case "more_than":
            return value + 1, None, None, comparator
        case "at_most":
            return None, None, value, comparator
        case "fewer_than":
            return None, None, value - 1, comparator
        case "about":
            return None, value, None, comparator
        case "nearly":
            return None, value, value, comparator
        case _:
            return (None, value, None, "vague") if core.rough else (value, value, value, "exact")


def _plain(core: Core, kind: NumberKind) -> Number:
    span = Span(core.start, core.end)
    value = _whole(core.value)
    return Number(
        span=span, core=span, low=value, best=value, high=value, qualifier="exact", kind=kind, values=(core.value,)
    )


def _with_totals(text: str, numbers: list[Number]) -> tuple[Number, ...]:
    """The numbers, with the five of "two of the five" marked as a total."""
    marked = numbers[:1]
    for number in numbers[1:]:
        before = marked[-1]
        near = number.span.start - before.core.end <= _WINDOW
        whole = (
            near and before.kind == number.kind == "count" and _OF_THE.match(text, before.core.end, number.span.start)
        )
        marked.append(replace(number, total=True) if whole else number)
    return tuple(marked)


def _whole(value: Decimal) -> int | None:
    return int(value) if value == value.to_integral_value() else None
