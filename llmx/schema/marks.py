"""Marks: what a field of a report class says about itself beside its type.

Put them into `Annotated`: `Annotated[str | None, Ref("entities")]`. They are read by grounding and by the contract
generator; a class without any of them is a good report class too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Filled:
    """The library fills this field; a model is not asked for it and its answer is ignored."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The field holds the id of a record.

    Attributes:
        lists: The report's lists in whose records the id may stand, for example `("attributions",)`.
        words: Values that are no ids, for example `("document",)`.
        or_text: Whether free text is allowed where no record has that id.
    """

    lists: tuple[str, ...]
    words: tuple[str, ...] = ()
    or_text: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A check of your own for a field: whether its value follows from the words that are cited for it.

    Put it beside a `Cited[...]` field, or beside a plain field of a record that holds a `Citation`. It runs after
    llmx's own checks of the field's type and can only add to them: each verdict counts.

    Attributes:
        judge: Takes the value and the cited words; for a list, each item in turn. Returns `True` where the words bear
            the value out, `False` or a sentence that says why where they do not, and `None` where they leave it open.
        rule: The name that verdicts carry.

    Example:
        >>> from typing import Annotated
        >>> from pydantic import BaseModel
        >>> from llmx.schema.citation import Cited
        >>> def is_share(value: float, quote: str) -> bool:
        ...     return "%" in quote or "percent" in quote
        >>> class Poll(BaseModel):
        ...     turnout: Annotated[Cited[float], Check(is_share, rule="turnout-is-a-share")]
    """

    judge: Callable[[Any, str], bool | str | None]
    rule: str = "custom"


@dataclass(frozen=True, slots=True)
class OnUnsupported:
    """What happens to this field when its words do not support it; wins over the call's `on_unsupported`.

    Attributes:
        action: `"drop"`, `"flag"` or `"raise"`.
    """

    action: str
