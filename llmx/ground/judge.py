"""Judging: the verdicts of all checks on the records of a report.

A report is judged again when something of it fell. The verdicts on a record are kept then if the record is still the
same object, and so is every record that its checks looked at: a check reads nothing else but the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import BaseModel

from llmx.ground.build import Built
from llmx.ground.checks import verdicts_on
from llmx.ground.context import IN_SENTENCE, Context, Look
from llmx.result import Outcome, Path, Verdict
from llmx.schema.news import NewsReport

_LISTS = ("entities", "events", "attributions", "claims")


class _Kept(NamedTuple):
    record: BaseModel  # held, so that no other record gets its identity
    verdicts: Sequence[Verdict]
    against: Sequence[Verdict]  # those of them that contradict
    seen: frozenset[Look]


@dataclass(frozen=True)
class Judged:
    """A report that was judged.

    Attributes:
        report: The report.
        kept: For the identity of each of its records: the verdicts on it and what its checks looked at.
        against: What the checks contradict, with the path in the report of the record it is in.
    """

    report: BaseModel
    kept: Mapping[int, _Kept]
    against: Sequence[tuple[Path, Verdict]]

    def verdicts(self, record: BaseModel) -> Sequence[Verdict]:
        """The verdicts on a record of the report, their paths counted from it."""
        return self.kept[id(record)].verdicts

    def all_verdicts(self) -> list[Verdict]:
        """The verdicts on all records of the report."""
        return [verdict for kept in self.kept.values() for verdict in kept.verdicts]


def judge(built: Built, context: Context, before: Judged | None) -> Judged:
    """Judge the records of `built`, whose report is that of `context`.

    Args:
        built: A report, built.
        context: Its document, and the report.
        before: What came of a report that was built from the same draft before, if there was one.
    """
    changed = _changed(context, before.report) if before is not None else set[Look]()
    kept: dict[int, _Kept] = {}
    contradicted: list[tuple[Path, Verdict]] = []
    for _, path, record in built.records:
        known = before.kept.get(id(record)) if before is not None else None
        if known is None or not known.seen.isdisjoint(changed):
            context.seen.clear()
            verdicts = verdicts_on(record, context)
            against = [verdict for verdict in verdicts if verdict.outcome is Outcome.CONTRADICTED]
            known = _Kept(record, verdicts, against, frozenset(context.seen))
        kept[id(record)] = known
        if known.against:
            contradicted.extend([(path, verdict) for verdict in known.against])
    return Judged(context.report, kept, contradicted)


def _changed(context: Context, before: BaseModel) -> set[Look]:
    """What looks different now: records that are not the same object, or are gone, their lists, and their sentences.

    A context has no lists of a report that is no news report.
    """
    report = context.report
    if not isinstance(report, NewsReport) or not isinstance(before, NewsReport):
        return set()
    changed: set[Look] = set()
    for name in _LISTS:
        now, then = ({record.id: record for record in getattr(one, name)} for one in (report, before))
        names = [id_ for id_ in {**then, **now} if now.get(id_) is not then.get(id_)]
        changed.update((name, id_) for id_ in names)
        if names or len(now) != len(then):
            changed.add((name, None))
        versions = [one[id_] for id_ in names for one in (now, then) if id_ in one] if name == "attributions" else []
        changed.update((IN_SENTENCE, index) for one in versions for index in context.sentences_of(one))
    return changed
