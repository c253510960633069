"""Render the page: one HTML file that holds its style and script, asks the network for nothing, and runs nothing else.

Article and model are not trusted: every word of theirs is escaped, stands in an element that isolates its writing
direction, and control characters that would change what a reader sees are shown by name. The page's policy allows
exactly the one style and the one script that this package ships, by their digests.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from llmx.document import Document
from llmx.result import Extraction, Outcome, Rejection
from llmx.text.span import Span
from llmx.view.cards import REJECTED_SLOT, Deck, deal
from llmx.view.segments import Block, Mark, Segment, cut

_LONG_BOILERPLATE = 240
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_HARMLESS = frozenset("\u061c\u200e\u200f\ufeff\r\x85")
_FOLLOWED = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refused:
    """A rejection as the page shows it.

    Attributes:
        anchor: Its id in the page.
        rejection: What was rejected, and why.
        value: The value in words.
        mark: The number of the mark of its nearest text; `None` where nothing came near.
        nearest: The nearest text.
        stands: Whether the offered words stand in the article all the same.
        flagged_path: For a value that stayed, the path of its record in the report; else empty.
    """

    anchor: str
    rejection: Rejection
    value: str
    mark: int | None
    nearest: str
    stands: bool
    flagged_path: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks that belong together: one of the article, or a run of boilerplate.

    Attributes:
        is_boilerplate: Whether it is no part of the article.
        is_long: Whether it is boilerplate long enough to be folded away.
    """

    blocks: tuple[Block, ...]
    is_boilerplate: bool
    is_long: bool


def to_html(extraction: Extraction[Any]) -> str:
    """The page of `extraction`: the article with its citations marked, beside the records that cite them.

    Args:
        extraction: Any extraction, also one whose report is of your own class.

    Returns:
        One HTML document, complete in itself. The same extraction gives the same characters; none is a lone
        surrogate, so that it can be written as UTF-8.
    """
    deck = deal(extraction.report)
    refused = _refused(extraction.rejections, extraction.document, after=_mark_count(deck))
    marks = (*deck.marks, *_nearest_marks(refused))
    blocks = cut(extraction.document.text, marks=marks, boilerplate=extraction.document.boilerplate)
    flagged = {each.flagged_path: each.anchor for each in refused if each.flagged_path}
    style, script = _asset("page.css"), _asset("page.js")
    return _template().render(
        title=_title(extraction.document),
        document=extraction.document,
        url=_followable(extraction.document.url),
        passages=_passages(blocks),
        kinds=deck.kinds,
        refused=refused,
        flagged=flagged,
        first=_first_segments(blocks),
        citations=_mark_count(deck),
        verdicts=extraction.verdicts,
        outcomes=[outcome.value for outcome in Outcome],
        usage=extraction.usage,
        provenance=extraction.provenance,
        settings=json.dumps(extraction.provenance.settings, ensure_ascii=False, sort_keys=True, default=str),
        notes=extraction.notes,
        complete=extraction.complete,
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - a file of this package
        policy=_policy(style=style, script=script),
    )


def visible(text: object) -> Markup:
    """`text` escaped, its control characters shown by name: a right-to-left override cannot turn the line around.

    Marks that only help to set mixed scripts (the left-to-right mark and its like) are kept as they are.
    """
    cleaned = str(text).replace("\r\n", "\n")
    pieces: list[Markup] = []
    end = 0
    for found in _CONTROL.finditer(cleaned):
        if found.group() in _HARMLESS:
            continue
        name = f"U+{ord(found.group()):04X}"
        pieces += [
            escape(cleaned[end : found.start()]),
            Markup('<span class="ctl" title="control character">{}</span>').format(name),
        ]
        end = found.end()
    return Markup("").join([*pieces, escape(cleaned[end:])])


def _refused(rejections: Sequence[Rejection], document: Document, *, after: int) -> tuple[Refused, ...]:
    """The rejections with an anchor and, where text came near, a mark number each; numbers start at `after`."""
    found: list[Refused] = []
    number = after
    for index, rejection in enumerate(rejections):
        near = rejection.nearest
        is_near = near is not None and len(near) > 0
        found.append(
            Refused(
                anchor=f"rejected-{index}",
                rejection=rejection,
                value=_value_words(rejection.value),
                mark=number if is_near else None,
                nearest=near.of(document.text) if near is not None else "",
                stands=rejection.quote is not None and rejection.quote in document.text,
                flagged_path=_record_path(rejection.path_published or "") if rejection.action == "flagged" else "",
            )
        )
        number += is_near
    return tuple(found)


def _nearest_marks(refused: Sequence[Refused]) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            each.mark,
            each.anchor,
            REJECTED_SLOT,
            "quiet",
            Span(each.rejection.nearest.start, each.rejection.nearest.end),
        )
        for each in refused
        if each.mark is not None and each.rejection.nearest is not None
    )


def _mark_count(deck: Deck) -> int:
    return 1 + max((mark.number for mark in deck.marks), default=-1)


def _first_segments(blocks: Sequence[Block]) -> dict[int, int]:
    """For each mark the number of its first segment, where a link to it leads."""
    first: dict[int, int] = {}
    for block in blocks:
        for segment in block.segments:
            for mark in segment.marks:
                first.setdefault(mark.number, segment.number)
    return first


def _passages(blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The blocks, with each run of boilerplate as one passage."""
    runs: list[list[Block]] = []
    for block in blocks:
        if runs and block.is_boilerplate and runs[-1][-1].is_boilerplate:
            runs[-1].append(block)
        else:
            runs.append([block])
    return tuple(_passage(run) for run in runs)


def _passage(run: Sequence[Block]) -> Passage:
    length = sum(len(segment.text) for block in run for segment in block.segments)
    is_boilerplate = run[0].is_boilerplate
    return Passage(tuple(run), is_boilerplate, is_boilerplate and length > _LONG_BOILERPLATE)


def _classes(segment: Segment) -> str:
    """The segment's classes: `s`, and for each kind over it how loud it is, such as `l0` or `t1`."""
    loud = sorted({f"{mark.weight[0]}{mark.slot}" for mark in segment.marks})
    return " ".join(["s", *loud, *(["bp"] if segment.is_boilerplate else [])])


def _marked(segment: Segment) -> str:
    return " ".join(str(number) for number in dict.fromkeys(mark.number for mark in segment.marks))


def _record_path(path: str) -> str:
    """The part of a path that names a record: `events[1]` of `events[1].counts[0].low`."""
    return path.split("]", 1)[0] + "]" if "]" in path else path


def _value_words(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _title(document: Document) -> str:
    first_line = next((line.strip() for line in document.text.splitlines() if line.strip()), document.id)
    return document.title or (first_line if len(first_line) <= 120 else first_line[:117] + "…")  # noqa: PLR2004 - a line's length


def _followable(url: str | None) -> str | None:
    """The address if a link may lead there: never `javascript:` or `data:`."""
    return url if url and _FOLLOWED.match(url) else None


def _policy(*, style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


@lru_cache(maxsize=4)
def _asset(name: str) -> str:
    return files("llmx.view").joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(visible=visible, classes=_classes, marked=_marked)
    return environment.from_string(_asset("page.html.j2"))
