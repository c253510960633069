"""Reading: a document is put before a model, whole or in windows, once or several times, and gives one draft.

Requests for the windows of one article run side by side. A window that fails leaves a note and an incomplete reading;
it never takes the others along. Tokens are counted before they are spent: a request that would go past the article's
limit is not sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from llmx.document import Document
from llmx.errors import BudgetError, ModelError
from llmx.merge import join_drafts
from llmx.plan import Plan
from llmx.port import Answer, Draft, Message, Request
from llmx.prompt import Failure, Fixes, render, render_reask
from llmx.prompt.parts import Part, split
from llmx.result import Path, Usage, show_path


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a model made of a document.

    Attributes:
        draft: One draft of the whole.
        origins: For the list and index of each of its records: the number of the request it came from.
        requests: How many requests it took, failed ones left out.
        usage: What they took, failed ones included.
        made_by: For a rule engine: path of a record in the draft -> the rule that made it.
        notes: One line each for what the reader of the result should know.
        complete: Whether every part of the document was read.
    """

    draft: Draft
    origins: Mapping[tuple[str, int], int]
    requests: int
    usage: Usage
    made_by: Mapping[Path, str]
    notes: tuple[str, ...]
    complete: bool


class Allowance:
    """How many tokens one article may still take; counted when a request is planned, settled when it is answered."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._taken = 0

    def reserve(self, model: Any, messages: Sequence[Message]) -> int:
        """Set tokens aside for a request.

        Raises:
            BudgetError: There are not enough left.
        """
        if self._limit is None:
            return 0
        expected: Usage = model.estimate(messages)
        tokens = expected.input_tokens + expected.output_tokens
        if self._taken + tokens > self._limit:
            raise BudgetError(
                f"the next request would take about {tokens} tokens and {self._limit - self._taken} are left of "
                f"max_tokens_per_article={self._limit}: it was not sent",
                setting="max_tokens_per_article",
            )
        self._taken += tokens
        return tokens

    def settle(self, reserved: int, usage: Usage) -> None:
        """Put what a request took in place of what was set aside for it."""
        self._taken += usage.input_tokens + usage.output_tokens - reserved


async def read(document: Document, plan: Plan[Any], allowance: Allowance) -> Reading:
    """Have the model read `document`.

    Raises:
        ModelError: No part of it could be read; with the usage of all requests.
    """
    parts: Sequence[Part | None] = (split(document, window_chars=plan.window_chars) if plan.model.prompted else ()) or (
        None,
    )
    asked = [part for part in parts for _ in range(plan.passes if plan.model.prompted else 1)]
    if len(asked) == 1:
        answer = await _ask(document, plan, asked[0], allowance)
        return _single(answer)
    found = await _ask_all(document, plan, asked, allowance)
    answers = [answer for answer in found if isinstance(answer, Answer)]
    failed = [(part, error) for part, error in zip(asked, found, strict=True) if isinstance(error, ModelError)]
    usage = sum((answer.usage for answer in answers), Usage())
    usage = sum((error.usage for _, error in failed if error.usage), usage)
    if not answers:
        error = failed[0][1]
        error.usage, error.attempts = usage, usage.calls
        raise error
    joined = join_drafts([answer.draft for answer in answers], plan.schema)
    return Reading(
        draft=joined.draft,
        origins=joined.origins,
        requests=len(answers),
        usage=usage,
        made_by={},
        notes=(
            *(_not_read(part, error) for part, error in failed),
            *(note for answer in answers for note in answer.notes),
            *joined.notes,
        ),
        complete=not failed,
    )


async def ask_again(
    document: Document, plan: Plan[Any], draft: Draft, failures: Sequence[Failure], allowance: Allowance
) -> Answer:
    """Ask the model again for what failed in `draft`, and for nothing else.

    Raises:
        ModelError: It gave no usable answer.
    """
    messages = render_reask(plan.reask_template, document, draft, failures, report=plan.schema.__name__)
    plan.tell("re-ask", document.id, paths=[show_path(failure.path) for failure in failures])
    request = Request(document=document, schema=plan.schema, messages=messages, asked=Fixes, purpose="re-ask")
    return await _send(request, plan, allowance)


def _single(answer: Answer) -> Reading:
    return Reading(
        draft=answer.draft,
        origins={},
        requests=1,
        usage=answer.usage,
        made_by=answer.made_by,
        notes=tuple(answer.notes),
        complete=True,
    )


async def _ask_all(
    document: Document, plan: Plan[Any], asked: Sequence[Part | None], allowance: Allowance
) -> list[Answer | ModelError]:
    import asyncio  # noqa: PLC0415 - brings TLS along, and the embedded engine never waits

    places = asyncio.Semaphore(plan.concurrency)

    async def one(part: Part | None) -> Answer | ModelError:
        async with places:
            try:
                return await _ask(document, plan, part, allowance)
            except ModelError as error:
                return error

    return list(await asyncio.gather(*(one(part) for part in asked)))


async def _ask(document: Document, plan: Plan[Any], part: Part | None, allowance: Allowance) -> Answer:
    messages = render(plan.template, document, plan.schema, part=part) if plan.model.prompted else ()
    return await _send(Request(document=document, schema=plan.schema, messages=messages), plan, allowance)


async def _send(request: Request, plan: Plan[Any], allowance: Allowance) -> Answer:
    reserved = allowance.reserve(plan.model, request.messages) if plan.model.prompted else 0
    plan.tell("request", request.document.id, purpose=request.purpose, model=plan.model.name)
    try:
        answer = await plan.model.fill(request)
    except ModelError as error:
        allowance.settle(reserved, error.usage or Usage())
        spent = error.usage.model_dump() if error.usage else {}
        plan.tell("failed", request.document.id, purpose=request.purpose, error=str(error), **spent)
        raise
    allowance.settle(reserved, answer.usage)
    plan.tell("answer", request.document.id, purpose=request.purpose, **answer.usage.model_dump())
    return answer


def _not_read(part: Part | None, error: ModelError) -> str:
    if part is None:
        return f"one pass failed: {error}"
    return f"part {part.number} of {part.of} (code points {part.span.start} to {part.span.end}) was not read: {error}"
