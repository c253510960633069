"""Marks: what a field of a report class says about itself beside its type.

Put them into `Annotated`: `Annotated[str | None, Ref("entities")]`. They are read by grounding and by the contract
generator; a class without any of them is a good report class too.
"""

from __future__ import annotations

from dataclasses import dataclass


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
class OnUnsupported:
    """What happens to this field when its words do not support it; wins over the call's `on_unsupported`.

    Attributes:
        action: `"drop"`, `"flag"` or `"raise"`.
    """

    action: str
