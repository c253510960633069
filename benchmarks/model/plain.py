"""Plain instructor: a one-page Pydantic model, quotes as strings, `str.find` for the offsets."""

from __future__ import annotations

import asyncio
import sys
from typing import Literal

import instructor
from instructor.core.exceptions import InstructorError
from openai import AsyncOpenAI
from pydantic import BaseModel, Field


class Attribution(BaseModel):
    """Something that someone says, thinks, wants or denies."""

    source: str | None = Field(default=None, description="Who, in the words of the article.")
    cue: str | None = Field(default=None, description="The words that attribute, such as said or according to.")
    content: str = Field(description="What is attributed, in the words of the article.")


class Participant(BaseModel):
    """Who or what takes part in an event."""

    role: Literal["attacker", "target", "victim", "instrument", "other"]
    name: str = Field(description="In the words of the article, without a number.")


class Event(BaseModel):
    """Something that happened."""

    type: str
    trigger: str
    participants: list[Participant] = []


class Report(BaseModel):
    """What the article reports."""

    attributions: list[Attribution] = []
    events: list[Event] = []


SPACE_S = 0.3
"""Between the first requests: a relay takes few connections at once."""

PROMPT = (
    "Extract all attributions (statements, beliefs, intentions: who, by which words, what) and all events with their "
    "participants from the news article. Quote the article exactly.\n\nArticle:\n"
)


async def ask_plain(rows: list[dict], *, model: str, base_url: str) -> list[dict | None]:
    """Each article once, through instructor as it comes."""
    openai = AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0, timeout=7_000)
    client = instructor.from_openai(openai)

    async def one(number: int, row: dict) -> dict | None:
        await asyncio.sleep(number * SPACE_S)
        message = {"role": "user", "content": PROMPT + row["text"]}
        try:
            report, completion = await client.chat.completions.create_with_completion(
                model=model.partition("/")[2], messages=[message], response_model=Report
            )
        except InstructorError as error:
            print(f"{row['id']}: {error}", file=sys.stderr)
            return None
        return published(row["text"], report, completion.usage)

    return list(await asyncio.gather(*(one(*each) for each in enumerate(rows))))


def published(text: str, report: Report, usage: object) -> dict:
    """The report in the shape the scorer reads; a quote that is not found has no span."""
    attributions = [
        {
            "source": cite(text, each.source),
            "cue": cite(text, each.cue),
            "content": [found] if (found := cite(text, each.content)) else [],
        }
        for each in report.attributions
    ]
    events = [
        {
            "type": each.type,
            "trigger": cite(text, each.trigger),
            "participants": [
                {"role": part.role, "cite": found} for part in each.participants if (found := cite(text, part.name))
            ],
        }
        for each in report.events
    ]
    sizes = sum(len(each.model_dump_json()) for each in report.attributions)
    return {
        "document": {"text": text},
        "report": {"attributions": attributions, "events": events},
        "rejections": [],
        "usage": {"calls": 1, "input_tokens": usage.prompt_tokens, "output_tokens": usage.completion_tokens},
        "sizes": {"characters": sizes, "attributions": len(attributions)},
    }


def cite(text: str, quote: str | None) -> dict | None:
    start = text.find(quote) if quote else -1
    return {"quote": quote, "start": start, "end": start + len(quote)} if quote and start >= 0 else None
