"""Times: the first and last day of every `When`, filled in from its words and the day of publication.

Nothing is filled where the words leave it open, where no publication date is given, where the time counts from another
event, or where a relative time stands in direct speech, whose day is not the article's. For what lies ahead (a plan, a
threat) "on Monday" is the next one.
"""

from __future__ import annotations

from typing import TypeVar, cast

from pydantic import BaseModel

from llmx.document import Document
from llmx.ground.changes import changed
from llmx.ground.checks.whens import days_of
from llmx.ground.context import Context
from llmx.ground.reading import Reading
from llmx.schema.news import Attribution, Event, NewsReport

ReportT = TypeVar("ReportT", bound=BaseModel)

_AHEAD = frozenset({"planned", "predicted", "conditional", "threatened"})


def fill_times(report: ReportT, document: Document, *, read_before: Reading | None = None) -> ReportT:
    """`report` with `start` and `end` of every `When` filled in where its words and an anchor allow.

    Args:
        report: A report that is grounded in `document`; one that is no news report comes back as it is.
        document: The document.
        read_before: Its words as read before, if they are at hand.
    """
    if not isinstance(report, NewsReport):
        return report
    context = Context(document=document, report=report, read_before=read_before)
    events = tuple(_timed(event, context, ahead=event.modality in _AHEAD) for event in report.events)
    attributions = tuple(_timed(attribution, context, ahead=False) for attribution in report.attributions)
    return cast("ReportT", changed(report, {"events": events, "attributions": attributions}))


RecordT = TypeVar("RecordT", Event, Attribution)


def _timed(record: RecordT, context: Context, *, ahead: bool) -> RecordT:
    when = record.time
    if when is None:
        return record
    days = days_of(when, context, ahead=ahead)
    start, end = days if days is not None else (None, None)
    return changed(record, {"time": changed(when, {"start": start, "end": end})})
