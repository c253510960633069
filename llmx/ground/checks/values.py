"""Values: whether a plain value of a user's own class follows from the words that are cited for it, by its type.

Numbers must be written in the words; a date must be the one day that they fix; a truth value follows their negation; a
label must not be another label's; a text must share words with them and add no number, name or negation.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from llmx.ground.checks.figures import clock_times, is_negative, is_share, ranks_in, shares_in
from llmx.ground.checks.verdicts import contradicted, supported, undecided
from llmx.ground.context import Context
from llmx.ground.names import agree, fold_tokens, has_pronoun
from llmx.ground.spelling import is_written
from llmx.lexicon.function_words import CLOSED, word_set
from llmx.lexicon.signals import signals_of
from llmx.result import Path, Reason, Verdict
from llmx.schema.citation import Citation
from llmx.text.edtf import read_edtf
from llmx.text.numbers import Number, find_numbers
from llmx.text.time_grammar import find_calendar_times
from llmx.text.times import resolve

_STEM = 4
_ARTICLES = frozenset({"a", "an", "one", "the", "single"})
_PERCENT = 100
_DENIALS = word_set(
    """
    no not never neither nor non cannot isnt arent wasnt werent hasnt havent hadnt doesnt
    dont didnt wont wouldnt couldnt
    """
)
"""Words that deny the next ones, as folding leaves them."""


def judge_value(
    value: Any, declared: Any, cites: Sequence[Citation], context: Context, path: Path
) -> Iterator[Verdict]:
    """The verdicts on `value` and, for a list, on each of its items.

    Args:
        value: The value; `None` is not judged.
        declared: Its declared type, which tells a label from a text.
        cites: The words that are cited for it.
        context: The document.
        path: Where it stands in its record.
    """
    if value is None:
        return
    if isinstance(value, (list, tuple, set, frozenset)):
        inner = _inner(declared)
        items: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType] - of any type
        for number, item in enumerate(items):
            yield from judge_value(item, inner, cites, context, (*path, number))
        return
    yield _judge(value, declared, cites, context, path)


def _inner(declared: Any) -> Any:
    args = [arg for arg in get_args(declared) if arg is not Ellipsis]
    return args[0] if args else Any


def _judge(value: Any, declared: Any, cites: Sequence[Citation], context: Context, path: Path) -> Verdict:
    if isinstance(value, bool):
        return _truth(value, cites, context, path)
    if isinstance(value, Enum):
        labels = [f"{member.name} {member.value}" for member in type(value)]
        return _label(f"{value.name} {value.value}", labels, cites, path)
    if isinstance(value, (int, float, Decimal)):
        return _number(Decimal(str(value)), cites, context, path)
    if isinstance(value, date):
        return _date(value, cites, context, path)
    if isinstance(value, str):
        labels = _literals(declared)
        return _label(value, labels, cites, path) if labels else _text(value, cites, context, path)
    return undecided(path, "value.type", type(value).__name__)


def _literals(declared: Any) -> list[str]:
    if get_origin(declared) is Literal:
        return [str(arg) for arg in get_args(declared)]
    if get_origin(declared) in (Union, types.UnionType):
        return [label for arg in get_args(declared) for label in _literals(arg)]
    return []


def _number(value: Decimal, cites: Sequence[Citation], context: Context, path: Path) -> Verdict:
    rule = "value.number"
    numbers = [number for cite in cites for number in context.numbers(cite.span)]
    words = {word for cite in cites for word in fold_tokens(cite.quote)}
    if value == 0 and any(_NO_ONE.search(cite.quote) for cite in cites):
        return supported(path, "value.none")
    if any(value in _written(number, context) for number in numbers):
        return supported(path, rule)
    shares = {share for cite in cites for share in shares_in(cite.quote)}
    if is_share(value, shares):
        return supported(path, "value.share")
    if any(value in ranks_in(cite.quote) for cite in cites):
        return supported(path, "value.rank")
    if not numbers and value == 1 and words & _ARTICLES:
        return supported(path, "value.article")
    if not numbers and value == 0 and words & {"no", "none", "nobody", "without", "nothing"}:
        return supported(path, "value.none")
    said = ", ".join(number.span.of(context.text) for number in numbers) or "no number"
    return contradicted(path, rule, Reason.NUMBER_MISMATCH, f"quote says {said}, value says {value}")


_NO_ONE = re.compile(r"\b(?:no one|no-one|not one|not a single)\b", re.IGNORECASE)


def _written(number: Number, context: Context) -> set[Decimal]:
    """The values that a number may be given as."""
    if is_negative(context.text, number.core.start):
        return {-written for written in number.values}
    if _NO_ONE.match(context.text, max(0, number.core.start - 3)) or _NO_ONE.match(
        context.text, max(0, number.core.start - 4)
    ):
        return set()
    found = set(number.values) if number.qualifier != "vague" or number.best is not None else set[Decimal]()
    found.update(Decimal(bound) for bound in (number.low, number.best, number.high) if bound is not None)
    if number.kind == "percent":
        found.update(written / _PERCENT for written in number.values)
    return found


def _date(value: date, cites: Sequence[Citation], context: Context, path: Path) -> Verdict:
    rule = "value.date"
    day = value.date() if isinstance(value, datetime) else value
    times = [one for cite in cites for one in context.reading.calendar_times(cite.span)]
    if not times:
        return contradicted(path, rule, Reason.DATE_MISMATCH, f"quote tells no date, value says {day}")
    published = context.document.published
    # One end of "between 1 May 2031 and 3 June 2031", cited alone, is a date by itself.
    ends = [one for cite in cites for one in find_calendar_times(cite.quote) if _fixed(one.value)]
    for told in (*times, *ends):
        days = {resolve(told, published), resolve(told, published, ahead=True)}
        if (day, day) in days:
            return _hour(value, cites, path) if isinstance(value, datetime) else supported(path, rule)
    whole = [
        told for told in times if "/" in (told.value or "") and any(cite.span.contains(told.span) for cite in cites)
    ]
    if any(day in (resolve(told, published) or ()) for told in whole):
        return undecided(path, rule, "one end of a range")
    if any(told.value is None and _spells(told.span.of(context.text), day) for told in times):
        return undecided(path, rule, "day and month may be read either way")
    said = ", ".join(told.span.of(context.text) for told in times)
    unanchored = published is None and all(
        read_edtf(told.value or "X") is None or not _fixed(told.value) for told in times
    )
    reason = Reason.UNANCHORED_DATE if unanchored else Reason.DATE_MISMATCH
    return contradicted(path, rule, reason, f"quote says {said}, value says {day}")


def _spells(words: str, day: date) -> bool:
    """Whether figures that leave day and month open, 3/5/2017, are those of `day`."""
    figures = sorted(int(one) for one in re.findall(r"\d+", words))
    return figures in (sorted((day.day, day.month, day.year)), sorted((day.day, day.month, day.year % 100)))


def _hour(value: datetime, cites: Sequence[Citation], path: Path) -> Verdict:
    """Whether the hour of a day that fits is told; midnight sharp stands for a day without an hour."""
    rule = "value.hour"
    told = {hour for cite in cites for hour in clock_times(cite.quote)}
    hour = value.time().replace(second=0, microsecond=0, tzinfo=None)
    if hour in told or (not told and hour == time()):
        return supported(path, rule)
    if told and hour == time():
        return undecided(path, rule, "the hour is left out")
    if value.tzinfo is not None and told:
        return undecided(path, rule, "an hour of another zone")
    said = ", ".join(f"{one:%H:%M}" for one in sorted(told)) or "no hour"
    return contradicted(path, rule, Reason.DATE_MISMATCH, f"quote says {said}, value says {hour:%H:%M}")


def _fixed(value: str | None) -> bool:
    known = read_edtf(value or "")
    return known is not None and known.start is not None


def _truth(value: bool, cites: Sequence[Citation], context: Context, path: Path) -> Verdict:  # noqa: FBT001 - the value
    rule = "value.truth"
    signals = [signal for cite in cites for signal in context.reading.signals(cite.span, "negation")]
    core = any(signal.name == "core" for signal in signals)
    if value and core:
        return contradicted(path, rule, Reason.NEGATION_MISMATCH, "the quote negates, value says true")
    if not value and not signals:
        return contradicted(path, rule, Reason.NEGATION_MISMATCH, "the quote negates nothing, value says false")
    return undecided(path, rule) if signals and not core else supported(path, rule)


def _label(value: str, labels: Sequence[str], cites: Sequence[Citation], path: Path) -> Verdict:
    rule = "value.label"
    quoted = [word for cite in cites for word in fold_tokens(cite.quote)]
    named = [label for label in labels if label != value and _names(label, quoted)]
    if _names(value, quoted):
        wider = [label for label in named if set(fold_tokens(value)) < set(fold_tokens(label)) <= set(quoted)]
        if wider:
            return contradicted(path, rule, Reason.VALUE_MISMATCH, f"quote names {wider[0]!r}, value says {value!r}")
        if _denies(value):
            if all(_denied(value, cite) for cite in cites):
                return supported(path, rule)
            return contradicted(
                path, rule, Reason.NEGATION_MISMATCH, f"the quote does not negate, value says {value!r}"
            )
        if all(_denied(value, cite) for cite in cites):
            return contradicted(path, rule, Reason.NEGATION_MISMATCH, f"the quote negates, value says {value!r}")
        negated = any(one.name == "core" for cite in cites for one in signals_of("negation", cite.quote))
        return undecided(path, rule, "the quote negates") if negated else supported(path, rule)
    if named:
        return contradicted(path, rule, Reason.VALUE_MISMATCH, f"quote names {named[0]!r}, value says {value!r}")
    return undecided(path, rule)


def _denies(label: str) -> bool:
    """Whether a label is itself a denial: not guilty."""
    words = fold_tokens(label.replace("_", " "))
    return len(words) > 1 and not _DENIALS.isdisjoint(words[:-1])


def _denied(label: str, cite: Citation) -> bool:
    """Whether a denial stands just before every word of the quote that names `label`: was not found guilty."""
    quoted = fold_tokens(cite.quote)
    at = [index for index, word in enumerate(quoted) if word not in _DENIALS and _names(label, (word,))]
    return bool(at) and all(not _DENIALS.isdisjoint(quoted[max(0, index - 2) : index]) for index in at)


def _names(label: str, quoted: Sequence[str]) -> bool:
    every = fold_tokens(label.replace("_", " "))
    words = [word for word in every if word not in CLOSED] or every
    return any(_alike(word, other) for word in words for other in quoted)


def _alike(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) >= _STEM and long.startswith(short[: max(_STEM, len(short) - 2)]))


def _text(value: str, cites: Sequence[Citation], context: Context, path: Path) -> Verdict:
    rule = "value.text"
    quoted = [word for cite in cites for word in fold_tokens(cite.quote)]
    words = [word for word in fold_tokens(value) if word not in CLOSED] or fold_tokens(value)
    if f" {' '.join(fold_tokens(value))} " in f" {' '.join(quoted)} ":
        return supported(path, rule)
    given = [number for cite in cites for number in context.numbers(cite.span)]
    for number in find_numbers(value):
        if number.kind != "code" and not any(number.values == one.values for one in given):
            said = number.span.of(value)
            return contradicted(path, rule, Reason.NUMBER_MISMATCH, f"the quote has no {said}")
    names = context.reading.proper_tokens(value)
    foreign = [name for name in names if not is_written(name, quoted)]
    points_back = any(has_pronoun(cite.quote) for cite in cites)
    if [name for name in foreign if not (points_back and context.reading.writes(name))]:
        return contradicted(path, rule, Reason.NAME_MISMATCH, f"the quote does not name {', '.join(foreign)}")
    if _adds_negation(value, cites, context):
        return contradicted(path, rule, Reason.NEGATION_MISMATCH, "the text negates, the quote does not")
    shared = [word for word in words if any(agree(word, other) or _alike(word, other) for other in quoted)]
    if not shared and not foreign:
        detail = f"value {value[:60]!r} shares no word with the quote"
        return contradicted(path, rule, Reason.VALUE_MISMATCH, detail)
    return supported(path, rule) if len(shared) == len(words) else undecided(path, rule)


def _adds_negation(value: str, cites: Sequence[Citation], context: Context) -> bool:
    negates = any(signal.name == "core" for signal in signals_of("negation", value))
    return negates and not any(context.reading.signals(cite.span, "negation") for cite in cites)
