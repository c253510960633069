"""Judging: the verdicts of all checks on the records of a report.

A report is judged again when something of it fell. The verdicts on a record are kept then if the record is still the
same object, and so are all records of the lists that its checks looked at: a check reads nothing else but the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import BaseModel

from llmx.ground.build import Built
from llmx.ground.checks import verdicts_on
from llmx.ground.context import Context
from llmx.result import Outcome, Verdict
from llmx.schema.news import NewsReport

_LISTS = ("entities", "events", "attributions", "claims")


class _Kept(NamedTuple):
    record: BaseModel  # held, so that no other record gets its identity
    verdicts: Sequence[Verdict]
    against: Sequence[Verdict]  # those of them that contradict
    seen: frozenset[str]


@dataclass(frozen=True)
class Judged:
    """A report that was judged.

    Attributes:
        report: The report.
        kept: For the identity of each of its records: the verdicts on it and the lists that its checks looked at.
    """

    report: BaseModel
    kept: Mapping[int, _Kept]

    def verdicts(self, record: BaseModel) -> Sequence[Verdict]:
        """The verdicts on a record of the report, their paths counted from it."""
        return self.kept[id(record)].verdicts

    def all_verdicts(self) -> list[Verdict]:
        """The verdicts on all records of the report."""
        return [verdict for kept in self.kept.values() for verdict in kept.verdicts]

    def against(self, record: BaseModel) -> Sequence[Verdict]:
        """The verdicts that contradict a value of a record of the report, their paths counted from it."""
        return self.kept[id(record)].against


def judge(built: Built, context: Context, before: Judged | None) -> Judged:
    """Judge the records of `built`, whose report is that of `context`.

    Args:
        built: A report, built.
        context: Its document, and the report.
        before: What came of a report that was built from the same draft before, if there was one.
    """
    same = _same_lists(context.report, before.report) if before is not None else frozenset[str]()
    kept: dict[int, _Kept] = {}
    for _, _, record in built.records:
        known = before.kept.get(id(record)) if before is not None else None
        if known is None or not known.seen <= same:
            context.seen.clear()
            verdicts = verdicts_on(record, context)
            against = [verdict for verdict in verdicts if verdict.outcome is Outcome.CONTRADICTED]
            known = _Kept(record, verdicts, against, frozenset(context.seen))
        kept[id(record)] = known
    return Judged(context.report, kept)


def _same_lists(report: BaseModel, before: BaseModel) -> frozenset[str]:
    """The lists of a news report that hold the same records as before; a context has no lists of any other report."""
    if not isinstance(report, NewsReport) or not isinstance(before, NewsReport):
        return frozenset(_LISTS)
    return frozenset(name for name in _LISTS if _are_same(getattr(report, name), getattr(before, name)))


def _are_same(records: Sequence[BaseModel], before: Sequence[BaseModel]) -> bool:
    return len(records) == len(before) and all(map(_is, records, before))


def _is(one: BaseModel, other: BaseModel) -> bool:
    return one is other
