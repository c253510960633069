"""The pipeline: one article's way from draft to extraction, and the only loop on it.

fill -> ground -> check -> accept | ask again for what failed | reject
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel

from llmx.document import Document
from llmx.errors import ModelError, UnsupportedError
from llmx.ground.ground import Grounded, OnUnsupported, ground
from llmx.port import Answer, Draft, Model, Request
from llmx.prompt import Failure, Fixes, Template, apply_fixes, render, render_reask
from llmx.result import Extraction, Path, Provenance, Reason, Usage, show_path
from llmx.text.locate import Index

ReportT = TypeVar("ReportT", bound=BaseModel)

NOT_WORTH_ASKING = frozenset({Reason.LOST_PART, Reason.UNKNOWN_FIELD})
"""Rejections that follow from others, or that asking again cannot mend."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something the pipeline did, for whoever watches.

    Attributes:
        kind: `request`, `answer`, `verdicts`, `re-ask`, `failed` or `done`.
        document: The document's id.
        data: What happened, as plain values; never the key, never the article's text.
    """

    kind: str
    document: str
    data: Mapping[str, Any]


OnEvent = Callable[[Event], None]


@dataclass(frozen=True, kw_only=True)
class Plan(Generic[ReportT]):
    """What the pipeline does with each article.

    Attributes:
        model: What fills drafts.
        template: The prompt; not used by a model that reads none.
        reask_template: The prompt that asks again for what failed.
        schema: The report class.
        on_unsupported: What happens to a value that its words contradict.
        max_reasks: How often, at most, failed fields are asked for again.
        provenance: What is recorded of all this.
        on_event: Called with each step.
    """

    model: Model
    template: Template
    reask_template: Template
    schema: type[ReportT]
    provenance: Provenance
    on_unsupported: OnUnsupported = "drop"
    max_reasks: int = 1
    on_event: OnEvent = field(default=lambda _: None)


async def run(document: Document, plan: Plan[ReportT]) -> Extraction[ReportT]:
    """Extract one document.

    Raises:
        ModelError: The model gave no usable answer.
        UnsupportedError: Something is not supported and the policy is `"raise"`.
    """
    index = Index(document.text)
    answer = await _ask(document, plan)
    draft, usage = answer.draft, answer.usage
    notes = list(answer.notes)
    grounded = _ground(draft, document, plan, index)
    for _ in range(plan.max_reasks if plan.model.prompted else 0):
        failures = _failures(grounded)
        if not failures:
            break
        try:
            again = await _ask_again(document, plan, draft, failures)
        except ModelError as error:
            usage += error.usage or Usage()
            notes.append(f"asking again failed: {error}")
            break
        usage += again.usage
        draft = apply_fixes(draft, failures, again.draft)
        grounded = _ground(draft, document, plan, index)
    if grounded.stopped:
        first = grounded.rejections[0]
        raise UnsupportedError(
            f"{len(grounded.rejections)} parts are not supported, the first at {first.path}: {first.reason}",
            rejections=grounded.rejections,
        )
    plan.on_event(Event("done", document.id, {"rejections": len(grounded.rejections)}))
    return Extraction(
        document=document,
        report=cast("ReportT", grounded.report),
        rejections=grounded.rejections,
        usage=usage,
        provenance=plan.provenance.model_copy(update={"rules": _published_rules(answer.made_by, grounded)}),
        verdicts=grounded.verdicts,
        notes=tuple(notes),
    )


async def _ask(document: Document, plan: Plan[Any]) -> Answer:
    messages = render(plan.template, document, plan.schema) if plan.model.prompted else ()
    plan.on_event(Event("request", document.id, {"purpose": "fill", "model": plan.model.name}))
    answer = await plan.model.fill(Request(document=document, schema=plan.schema, messages=messages))
    plan.on_event(Event("answer", document.id, {"purpose": "fill", **answer.usage.model_dump()}))
    return answer


async def _ask_again(document: Document, plan: Plan[Any], draft: Draft, failures: Sequence[Failure]) -> Answer:
    messages = render_reask(plan.reask_template, document, draft, failures, report=plan.schema.__name__)
    plan.on_event(Event("re-ask", document.id, {"paths": [show_path(failure.path) for failure in failures]}))
    request = Request(document=document, schema=plan.schema, messages=messages, asked=Fixes, purpose="re-ask")
    answer = await plan.model.fill(request)
    plan.on_event(Event("answer", document.id, {"purpose": "re-ask", **answer.usage.model_dump()}))
    return answer


def _failures(grounded: Grounded) -> list[Failure]:
    """What is worth asking again: what failed itself, not what fell with it."""
    return [
        Failure(path=path, reason=lost.reason.value, detail=lost.detail, near=lost.nearest)
        for path, lost in grounded.lost.items()
        if lost.reason not in NOT_WORTH_ASKING
    ]


def _ground(draft: Draft, document: Document, plan: Plan[Any], index: Index) -> Grounded:
    example = plan.template.example_text if plan.model.prompted else ""
    grounded = ground(draft, plan.schema, document, index=index, on_unsupported=plan.on_unsupported, example=example)
    counts = grounded.verdicts
    found = {"supported": counts.supported, "contradicted": counts.contradicted, "undecided": counts.undecided}
    plan.on_event(Event("verdicts", document.id, {**found, "rejections": len(grounded.rejections)}))
    return grounded


def _published_rules(made_by: Mapping[Path, str], grounded: Grounded) -> dict[str, str]:
    """For each record of the report that a rule made: the rule."""
    if not made_by:
        return {}
    found = {path: made_by.get(draft_path) for path, draft_path in grounded.paths.items()}
    return {show_path(path): rule for path, rule in found.items() if rule}
