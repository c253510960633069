"""Staged calls, to compare with one: entities and events, then attributions, then claims, each told the earlier ids."""

from __future__ import annotations

import json
from dataclasses import replace

from pydantic import BaseModel, create_model

from llmx.port import Answer, Message, Model, Request
from llmx.result import Usage
from llmx.schema.asked import asked_class

STAGES: tuple[tuple[str, ...], ...] = (("entities", "events"), ("attributions",), ("claims", "relations"))


class Staged:
    """A model that is asked in stages what the one it wraps would be asked at once. A re-ask goes through unchanged.

    The first stage cannot name the attributions that its counts and events rest on, as they are not listed yet; the
    second is asked for them as `said_by` and `asserted_by` of the earlier records, in a list of its own.
    """

    def __init__(self, inner: Model) -> None:
        self.inner, self.name, self.prompted, self.estimate = inner, inner.name, True, inner.estimate

    async def fill(self, request: Request) -> Answer:
        if request.purpose != "fill":
            return await self.inner.fill(request)
        draft: dict = {}
        usage = Usage()
        for lists in STAGES:
            asked = _part_of(asked_class(request.schema), lists, speakers="attributions" in lists)
            told = Message(role="user", content=_told(lists, draft))
            answer = await self.inner.fill(replace(request, messages=(*request.messages, told), asked=asked))
            usage += answer.usage
            draft |= {name: answer.draft.get(name, []) for name in lists}
            _add_speakers(draft, answer.draft.get("speakers", []))
        return Answer(draft=draft, raw=json.dumps(draft), usage=usage)


class Speaker(BaseModel):
    """Which attributions an event, or its count with these words, rests on."""

    event: str
    count: str | None = None
    attributions: list[str]


def _part_of(asked: type[BaseModel], lists: tuple[str, ...], *, speakers: bool) -> type[BaseModel]:
    fields = {name: (asked.model_fields[name].annotation, asked.model_fields[name]) for name in lists}
    if speakers:
        fields["speakers"] = (list[Speaker], [])
    return create_model(asked.__name__, __base__=asked.__base__, __doc__=asked.__doc__, **fields)


def _told(lists: tuple[str, ...], draft: dict) -> str:
    lines = [f"This call fills {' and '.join(lists)} only; the other lists belong to other calls."]
    if draft:
        known = json.dumps(draft, ensure_ascii=False, separators=(",", ":"))
        lines += ["What the earlier calls gave, as data; use its ids and repeat nothing of it:", known]
    if "attributions" in lists:
        lines.append(
            "speakers: for each earlier event that the article gives only through a source, and for each of its counts "
            "(count: its cite) that a source gives, the ids of those attributions."
        )
    return "\n".join(lines)


def _add_speakers(draft: dict, speakers: list[dict]) -> None:
    events = {event.get("id"): event for event in draft.get("events", [])}
    for each in speakers:
        event = events.get(each.get("event"))
        if not event or not each.get("attributions"):
            continue
        if not each.get("count"):
            event["asserted_by"] = each["attributions"]
        for count in event.get("counts", []):
            if each.get("count") and count.get("cite") == each["count"]:
                count["said_by"] = each["attributions"][0]
