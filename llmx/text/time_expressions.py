"""Time expressions: what a text's words say of a time, before any anchor is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from llmx.text.span import Span

TimeWord = Literal["absolute", "weekday", "month_name", "relative", "relative_range", "event_relative", "vague"]
"""How words tell a time; the news schema's kinds."""

Unit = Literal["hour", "day", "week", "weekend", "month", "year", "decade"]
"""What relative times are counted in."""

Rule = Literal["fixed", "weekday", "of_week", "yearless", "ago", "span", "shift", "season", "counted", "open"]
"""How the days follow: from the words alone (`fixed`); from an anchor, by weekday, by the weekday of another week
(`of_week`), by month and day, by a number of units back (`ago`), by a range that touches the anchor (`span`), by whole
units (`shift`); from the days of an event alone (`counted`); or not at all (`open`). A `season` has a year, but no days
that hold on both halves of the earth."""

Edge = Literal["", "since", "until", "after"]
"""Where a time is open: it runs from there to the anchor (`since`), up to there (`until`), or is later (`after`)."""


@dataclass(frozen=True, slots=True)
class Offset:
    """How the days of a time follow from the anchor.

    Attributes:
        rule: Which of the rules.
        unit: What `amount` counts.
        amount: How many units after the anchor; negative before it.
        month: For `yearless`; for `season` the number that EDTF gives it.
        day: For `yearless`, where the words give one.
        weekday: For `weekday`: Monday is 0.
        year_shift: For `yearless`: "last year" is -1; `None` where no year is told.
        to_day: For `yearless`, the last day where the words give two.
        edge: On which side it is open.
    """

    rule: Rule
    unit: Unit = "day"
    amount: int = 0
    month: int = 0
    day: int | None = None
    weekday: int = 0
    year_shift: int | None = None
    to_day: int | None = None
    edge: Edge = ""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that tell a time.

    Attributes:
        span: The words with their preposition.
        kind: How they tell it.
        value: EDTF of what the words themselves say; `None` where they need an anchor.
        precision: The finest unit that they fix; `unknown` where they fix none.
        offset: How the days follow.
        kinds: Other kinds that the words can be called as well.
        values: Other EDTF forms of the same: `2011` for "since 2011".
        precisions: Other precisions that can be said of them.
    """

    span: Span
    kind: TimeWord
    value: str | None
    precision: str
    offset: Offset
    kinds: tuple[TimeWord, ...] = ()
    values: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()

    def shifted(self, by: int) -> TimeExpression:
        """This expression with its span moved `by` code points to the right."""
        return replace(self, span=self.span.shifted(by))
