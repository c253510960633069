"""Counts: whether number, bounds and qualifier follow from the words that are cited for them.

The cited words must hold the number. Its comparator counts wherever it stands: "30 raids" cited out of "over 30 raids"
does not support exactly 30. Conventions for bounds: `llmx.text.numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.result import Reason, Verdict
from llmx.schema.news import Count
from llmx.text.numbers import Number

_RULE = "count.number"
_QUALIFIER = "count.qualifier"
_BOUNDS = ("low", "best", "high")
_ONE = re.compile(r"\b(?:an?|one|another|single|lone|sole|his|her|its|the)\b", re.IGNORECASE)
_TIMES_VALUES = MappingProxyType({"once": 1, "twice": 2, "thrice": 3})
_TIMES = re.compile(r"\b(?:once|twice|thrice)\b", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:no|none|nobody|zero|without|nil)\b|\bno one\b|(?:\b(?:not|never|nor)|n['’]t)\b.*\bany\b",
    re.IGNORECASE | re.DOTALL,
)


def check_count_number(count: Count, context: Context) -> Iterator[Verdict]:
    """Whether the count's bounds and qualifier are those of a number in its citation."""
    cited = [number for number in context.numbers(count.cite.span) if _countable(number, count)]
    numbers = [number for number in cited if not number.total] or cited
    if not numbers or (count.high == 0 and _NONE.search(count.cite.quote)):
        yield from _without_number(count)
        return
    number = max(numbers, key=lambda one: _agreement(count, one))
    for name in _BOUNDS:
        value: int | None = getattr(count, name)
        if value is None:
            continue
        if value in allowed_bounds(number, name):
            rough = getattr(number, name) is None
            yield undecided((name,), _RULE, "a rough number") if rough else supported((name,), _RULE)
        elif name == "best" and value == _sum(numbers):
            yield supported((name,), "count.sum")
        else:
            said = number.span.of(context.text)
            yield contradicted((name,), _RULE, Reason.NUMBER_MISMATCH, f"quote says {said}, value says {name} {value}")
    yield _qualifier_verdict(count, number, context)


def allowed_bounds(number: Number, name: str) -> tuple[int, ...]:
    """The values that the words allow for the bound `name`; empty where they set none."""
    value: int | None = getattr(number, name)
    if value is not None:
        return (value,)
    rough = number.qualifier == "vague" and number.best is not None
    return (number.best,) if rough and number.best is not None else ()


def allowed_qualifiers(number: Number) -> tuple[str, ...]:
    """The schema's qualifiers that fit the number's comparator, the usual one first."""
    if number.qualifier == "nearly":
        return ("about", "at_most", "fewer_than")
    if number.qualifier == "vague" and number.best is not None:
        return ("vague", "about", "exact")
    if number.qualifier == "exact":
        return ("exact",)
    return (number.qualifier,)


def _countable(number: Number, count: Count) -> bool:
    return number.kind == "count" or (count.of == "other" and number.kind in ("measure", "money", "percent"))


def _agreement(count: Count, number: Number) -> tuple[int, int]:
    """How well a number fits the count: bounds that agree, then the qualifier."""
    named = [name for name in _BOUNDS if getattr(count, name) is not None]
    agreeing = sum(getattr(count, name) in allowed_bounds(number, name) for name in named)
    return agreeing, int(count.qualifier in allowed_qualifiers(number))


def _sum(numbers: Sequence[Number]) -> int | None:
    """The sum of several exact numbers: three soldiers and two officers."""
    exact = [number.best for number in numbers if number.qualifier == "exact" and number.best is not None]
    return sum(exact) if len(exact) == len(numbers) > 1 else None


def _qualifier_verdict(count: Count, number: Number, context: Context) -> Verdict:
    allowed = allowed_qualifiers(number)
    if count.qualifier == allowed[0]:
        return supported(("qualifier",), _QUALIFIER)
    if count.qualifier in allowed:
        return undecided(("qualifier",), _QUALIFIER, f"usually {allowed[0]}")
    said = number.span.of(context.text)
    detail = f"quote says {said} ({number.qualifier}), value says {count.qualifier}"
    return contradicted(("qualifier",), _QUALIFIER, Reason.NUMBER_MISMATCH, detail)


def _times(count: Count) -> str:
    found = _TIMES.search(count.cite.quote)
    return found.group().lower() if found is not None else ""


def _without_number(count: Count) -> Iterator[Verdict]:
    """A citation without a number supports one for "a soldier", none for "no casualties", and nothing else."""
    for name in _BOUNDS:
        value: int | None = getattr(count, name)
        if value is None:
            continue
        if (value == 1 and _ONE.search(count.cite.quote)) or (value == 0 and _NONE.search(count.cite.quote)):
            yield supported((name,), "count.article")
        elif _TIMES.search(count.cite.quote) and value == _TIMES_VALUES[_times(count)]:
            yield supported((name,), "count.times")
        elif value == 1:
            yield undecided((name,), "count.article", "quote has no number")
        else:
            yield contradicted((name,), _RULE, Reason.NUMBER_MISMATCH, f"quote has no number, value says {value}")
    if count.qualifier != "exact":
        yield contradicted(
            ("qualifier",), _QUALIFIER, Reason.NUMBER_MISMATCH, f"quote has no number, value says {count.qualifier}"
        )
