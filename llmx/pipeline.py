"""The pipeline: one article's way from draft to extraction, and the only loop on it.

read -> ground -> check -> accept | ask again for what failed | reject -> merge
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from llmx.document import Document
from llmx.errors import ModelError, UnsupportedError
from llmx.ground.ground import Grounded, ground
from llmx.merge import merge_report
from llmx.plan import Event, OnEvent, Plan
from llmx.port import Draft
from llmx.prompt import Failure, apply_fixes
from llmx.reading import Allowance, Reading, ask_again, read
from llmx.result import Extraction, Path, Reason, Usage, show_path
from llmx.text.locate import Index

__all__ = ["Event", "OnEvent", "Plan", "run"]

ReportT = TypeVar("ReportT", bound=BaseModel)

NOT_WORTH_ASKING = frozenset({Reason.LOST_PART, Reason.UNKNOWN_FIELD, Reason.BOILERPLATE, Reason.DUPLICATE_ID})
"""Rejections that follow from others, or that asking again cannot mend."""


async def run(document: Document, plan: Plan[ReportT]) -> Extraction[ReportT]:
    """Extract one document.

    Raises:
        ModelError: The model gave no usable answer.
        UnsupportedError: Something is not supported and the policy is `"raise"`.
    """
    index = Index(document.text)
    allowance = Allowance(plan.max_tokens)
    reading = await read(document, plan, allowance)
    draft, usage, notes = reading.draft, reading.usage, list(reading.notes)
    grounded = _ground(draft, document, plan, index)
    for _ in range(plan.max_reasks if plan.model.prompted else 0):
        failures = _failures(grounded)
        if not failures:
            break
        try:
            again = await ask_again(document, plan, draft, failures, allowance)
        except ModelError as error:
            usage += (error.usage or Usage()) + Usage(reasks=1 if error.attempts else 0)
            notes.append(f"asking again failed: {error}")
            break
        usage += again.usage + Usage(reasks=1)
        draft = apply_fixes(draft, failures, again.draft)
        grounded = _ground(draft, document, plan, index)
    if grounded.stopped:
        raise _unsupported(grounded)
    plan.tell("done", document.id, rejections=len(grounded.rejections), **usage.model_dump())
    return Extraction(
        document=document,
        report=cast("ReportT", _merged(grounded, reading, plan)),
        rejections=grounded.rejections,
        usage=usage,
        provenance=plan.provenance.model_copy(update={"rules": _published_rules(reading.made_by, grounded)}),
        verdicts=grounded.verdicts,
        notes=tuple(notes),
        complete=reading.complete,
    )


def _ground(draft: Draft, document: Document, plan: Plan[Any], index: Index) -> Grounded:
    example = plan.template.example_text if plan.model.prompted else ""
    grounded = ground(draft, plan.schema, document, index=index, on_unsupported=plan.on_unsupported, example=example)
    counts = grounded.verdicts
    plan.tell(
        "verdicts",
        document.id,
        supported=counts.supported,
        contradicted=counts.contradicted,
        undecided=counts.undecided,
        rejections=len(grounded.rejections),
    )
    return grounded


def _failures(grounded: Grounded) -> list[Failure]:
    """What is worth asking again: what failed itself, not what fell with it.

    A record that cannot stand without a part that failed is not asked for beside that part.
    """
    failed = {path: lost for path, lost in grounded.lost.items() if lost.reason not in NOT_WORTH_ASKING}
    above = {path[:length] for path in failed for length in range(1, len(path))}
    return [
        Failure(path=path, reason=lost.reason.value, detail=lost.detail, near=lost.nearest)
        for path, lost in failed.items()
        if path not in above
    ]


def _merged(grounded: Grounded, reading: Reading, plan: Plan[Any]) -> BaseModel:
    """The report, with the records of several windows or passes that mean the same united."""
    if reading.requests == 1:
        return grounded.report
    origins = {
        (str(path[0]), int(path[1])): reading.origins.get((str(draft[0]), int(draft[1])), 0)
        for path, draft in grounded.paths.items()
        if len(path) == len(draft) == 2  # noqa: PLR2004 - a list of the report and a number
    }
    return merge_report(grounded.report, origins, passes=plan.passes)


def _unsupported(grounded: Grounded) -> UnsupportedError:
    first = grounded.rejections[0]
    return UnsupportedError(
        f"{len(grounded.rejections)} parts are not supported, the first at {first.path}: {first.reason}",
        rejections=grounded.rejections,
    )


def _published_rules(made_by: Mapping[Path, str], grounded: Grounded) -> dict[str, str]:
    """For each record of the report that a rule made: the rule."""
    if not made_by:
        return {}
    found = {path: made_by.get(draft_path) for path, draft_path in grounded.paths.items()}
    return {show_path(path): rule for path, rule in found.items() if rule}
