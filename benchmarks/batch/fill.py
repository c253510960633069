"""Processor time of a request through llmx's own model, and how many JSON schemas are built on the way.

    python benchmarks/batch/fill.py PORT REQUESTS model|adapter

prints milliseconds a request, and the schemas built after the first one. `model` is what an OpenAI-compatible server is
asked with; `adapter` is what other providers are asked with: instructor, here around the openai SDK.
"""

from __future__ import annotations

import asyncio
import resource
import sys

from pydantic import BaseModel

from llmx.document import Article, Document
from llmx.model.client import fill_by_instructor, open_model
from llmx.model.network import NetworkModel
from llmx.model.providers import find_target
from llmx.model.settings import Settings
from llmx.port import Message, Request
from llmx.schema.news import NewsReport

TEXT = "ARTICLE-0000001\nTwo soldiers were killed in the valley on Monday. " + "The council met again. " * 120
AT_ONCE = 64


class Adapter:
    """An endpoint that asks through instructor."""

    def __init__(self, settings: Settings, address: str) -> None:
        import instructor  # noqa: PLC0415 - only this way needs it
        from openai import AsyncOpenAI  # noqa: PLC0415

        self.settings = settings
        self.target = find_target("fake", settings)
        self.client = instructor.from_openai(AsyncOpenAI(base_url=address, api_key="k", max_retries=0), model="fake")

    async def send(self, ask):
        return await fill_by_instructor(self.client, ask, self.target, self.settings)

    async def aclose(self) -> None:
        await self.client.client.close()


class Counting:
    """Counts the schemas that are built."""

    def __init__(self) -> None:
        self.built = 0
        original = BaseModel.model_json_schema.__func__

        def counted(cls, *arguments, **options):
            self.built += 1
            return original(cls, *arguments, **options)

        BaseModel.model_json_schema = classmethod(counted)


async def main(port: int, count: int, way: str) -> None:
    address = f"http://127.0.0.1:{port}/v1"
    settings = Settings(base_url=address, api_key="k", mode="strict")
    model = open_model("fake", settings)
    if way == "adapter":
        model = NetworkModel(find_target("fake", settings), settings, Adapter(settings, address))
    request = Request(
        document=Document.from_article(Article(text=TEXT)), schema=NewsReport, messages=(Message("user", TEXT),)
    )
    counting = Counting()
    await model.fill(request)
    counting.built = 0
    gate = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with gate:
            await model.fill(request)

    before = resource.getrusage(resource.RUSAGE_SELF)
    await asyncio.gather(*(one() for _ in range(count)))
    after = resource.getrusage(resource.RUSAGE_SELF)
    await model.aclose()
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(used / count * 1000, counting.built)


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
