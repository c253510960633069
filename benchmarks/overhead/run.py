"""CPU that a client costs for one article, against a server that answers at once.

    .venv/bin/python benchmarks/overhead/run.py [--articles N] [--repeat N] [--memory N] [--write]

One 3 KB article, one fixed answer, concurrency 1 and 64. The server is a process of its own, so that its CPU does not
count. Each contender runs in a process of its own too; what is counted is CPU time (user and system) of that process
between the first and the last article, after some articles to warm up. Contenders take turns, and the least of the
repeats counts: what else the machine does can only add. langextract is measured where it is installed.
"""

# ruff: noqa: PLC0415 - each contender loads its own SDK, in its own process

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ARTICLES = ROOT / "examples" / "articles"
WARM_UP = 10
CONTENDERS = {
    "openai": "openai SDK, typed `create`, no validation",
    "instructor": "instructor as it comes (tools, Pydantic report)",
    "instructor-wrapped": "instructor, report class wrapped once",
    "llmx-fill": "llmx: render, send, parse",
    "llmx": "llmx: the whole pipeline (render, send, parse, ground, check)",
    "langextract": "langextract, one example, defaults",
}

NOTE = """Only llmx grounds and checks; the openai SDK's row validates nothing. One `Extractor` from 200 tasks at once,
from threads and under two `asyncio.run` one after the other is a test (`tests/acceptance/test_model_extractor.py`).
"""

Work = Callable[[], Awaitable[object]]


@lru_cache
def article() -> str:
    """About 3 KB of news: an example article, and the beginning of another."""
    first, second = (
        (ARTICLES / f"{name}.txt").read_text(encoding="utf-8") for name in ("marova-courier", "marova-voice")
    )
    return f"{first.strip()}\n\n{second[:800].rpartition('. ')[0]}."


@lru_cache
def answer() -> dict[str, object]:
    """The answer the server gives: what a careful reader would find in the first of them."""
    return json.loads((HERE / "answer.json").read_text(encoding="utf-8"))


def open_openai(url: str) -> Work:
    from openai import AsyncOpenAI

    client = AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
    messages = [{"role": "user", "content": article()}]
    return lambda: client.chat.completions.create(model="fake", messages=messages)


def open_instructor(url: str, *, wrapped: bool) -> Work:
    import instructor
    from openai import AsyncOpenAI

    from llmx.schema.asked import asked_class
    from llmx.schema.news import NewsReport

    client = instructor.from_openai(AsyncOpenAI(base_url=url, api_key="none", max_retries=0))
    report = asked_class(NewsReport)
    model = instructor.response_schema(report) if wrapped else report
    messages = [{"role": "user", "content": article()}]
    return lambda: client.create(model="fake", messages=messages, response_model=model, max_retries=0)


def open_llmx(url: str, *, whole: bool) -> Work:
    from llmx import Article, Extractor, Settings
    from llmx.document import Document
    from llmx.port import Request
    from llmx.prompt import load_template, render
    from llmx.schema.news import NewsReport

    extractor = Extractor(model="openai/fake", base_url=url, settings=Settings(max_reasks=0))
    template = load_template("news-report.v1")

    async def fill() -> object:
        document = Document.from_article(Article(text=article()))
        messages = render(template, document, NewsReport)
        return await extractor.model.fill(Request(document=document, schema=NewsReport, messages=messages))

    return (lambda: extractor.aextract(Article(text=article()))) if whole else fill


def open_langextract(url: str) -> Work:
    import langextract as lx
    from langextract.providers.openai import OpenAILanguageModel

    example = lx.data.ExampleData(
        text="The mayor said no.",
        extractions=[lx.data.Extraction("attribution", "The mayor said no", attributes={"source": "The mayor"})],
    )
    model = OpenAILanguageModel(model_id="fake", api_key="none", base_url=url)

    async def work() -> object:
        return await asyncio.to_thread(
            lx.extract,
            article(),
            prompt_description="Attributions.",
            examples=[example],
            model=model,
            max_char_buffer=100_000,
            show_progress=False,
            use_schema_constraints=False,
        )

    return work


OPEN: dict[str, Callable[[str], Work]] = {
    "openai": open_openai,
    "instructor": lambda url: open_instructor(url, wrapped=False),
    "instructor-wrapped": lambda url: open_instructor(url, wrapped=True),
    "llmx-fill": lambda url: open_llmx(url, whole=False),
    "llmx": lambda url: open_llmx(url, whole=True),
    "langextract": open_langextract,
}


async def run(work: Work, articles: int, concurrency: int) -> float:
    """CPU milliseconds an article."""
    left = iter(range(articles))

    async def worker() -> None:
        for _ in left:
            await work()

    for _ in range(WARM_UP):
        await work()
    before = time.process_time()
    await asyncio.gather(*(worker() for _ in range(concurrency)))
    return (time.process_time() - before) / articles * 1000


async def hold(work: Work, articles: int) -> str:
    """Memory of the process after a tenth of the articles and after all, in MB."""
    found = []
    for count in (articles // 10, articles - articles // 10):
        for _ in range(count // 20):
            await asyncio.gather(*(work() for _ in range(20)))
        found.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    return f"{found[0]} MB after {articles // 10} articles, {found[1]} MB after {articles}"


def serve(name: str) -> None:
    """Be the server: print the address and answer until the input closes."""
    sys.path.insert(0, str(ROOT / "tests"))
    from fakes.openai_server import FakeServer, completion

    report = answer()
    listed = {"extractions": [{"attribution": row["content"][0].partition("|")[2]} for row in report["attributions"]]}
    draft = listed if name == "langextract" else report
    with FakeServer(lambda request: completion(draft, request)) as server:
        print(server.url, flush=True)
        sys.stdin.read()


def measure(name: str, concurrency: int | str, articles: int) -> str | None:
    """One contender in a process of its own, against a server of its own; `None` where it is not installed."""
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        url = server.stdout.readline().strip()
        done = subprocess.run(
            [sys.executable, __file__, "--run", name, url, str(concurrency), str(articles)],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.stdin.close()
        server.wait()
    if done.returncode:
        print(f"{name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return done.stdout.strip()


Figures = dict[str, list[float | None]]
CONCURRENCY = (1, 64)


def least(articles: int, repeats: int) -> Figures:
    """For each contender its least CPU ms an article at each concurrency; `None` where it is not installed."""
    found: Figures = {name: [None] * len(CONCURRENCY) for name in CONTENDERS}
    for turn in range(repeats):
        for name, known in found.items():
            few = max(20, articles // 5) if name == "langextract" else articles
            if turn and known == [None] * len(CONCURRENCY):
                continue
            for place, concurrency in enumerate(CONCURRENCY):
                ms = measure(name, concurrency, few)
                known[place] = min(float(ms), known[place] or float("inf")) if ms else known[place]
    return found


def table(figures: Figures) -> str:
    rows = [
        f"| {CONTENDERS[name]} | {' | '.join('not installed' if ms is None else f'{ms:.2f}' for ms in found)} |"
        for name, found in figures.items()
    ]
    return "\n".join(["| client | CPU ms an article, one at a time | 64 at once |", "|---|---|---|", *rows])


def ratios(figures: Figures) -> str:
    """The whole pipeline as a share of what it is compared with."""
    whole = figures["llmx"]
    told = []
    for name, what in (
        ("instructor", "a bare instructor call (aim: below 1)"),
        ("langextract", "langextract (aim: 0.25)"),
    ):
        shares = [f"{ours / theirs:.2f}" for ours, theirs in zip(whole, figures[name], strict=True) if ours and theirs]
        if shares:
            told.append(f"{' and '.join(shares)} of {what}")
    return f"The whole pipeline costs {', '.join(told)} ; each one at a time and 64 at once." if told else ""


def installed(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} not installed"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--articles", type=int, default=300)
    options.add_argument("--repeat", type=int, default=3, help="the least of so many runs counts")
    options.add_argument("--memory", type=int, metavar="N", help="memory of one extractor over N articles, too")
    options.add_argument("--write", action="store_true", help="write the section of RESULTS.md")
    options.add_argument("--serve", metavar="NAME", help=argparse.SUPPRESS)
    options.add_argument("--run", nargs=4, metavar=("NAME", "URL", "CONCURRENCY", "ARTICLES"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.serve:
        serve(chosen.serve)
        return
    if chosen.run:
        name, url, concurrency, articles = chosen.run

        async def one() -> float | str:
            if concurrency == "memory":
                return await hold(OPEN[name](url), int(articles))
            return await run(OPEN[name](url), int(articles), int(concurrency))

        print(asyncio.run(one()))
        return
    figures = least(chosen.articles, chosen.repeat)
    held = measure("llmx", "memory", chosen.memory) if chosen.memory else None
    memory = f"Memory of one extractor, 20 articles at once (`--memory {chosen.memory}`): {held}.\n" if held else ""
    versions = ", ".join(
        installed(name) for name in ("llmx", "openai", "instructor", "aiohttp", "langextract", "pydantic")
    )
    letters = len(article()), len(json.dumps(answer()))
    sizes = (
        f"Article {letters[0]} characters, answer {letters[1]} characters, {chosen.articles} articles a run, "
        f"least of {chosen.repeat} runs; the machine was shared, load at the end {os.getloadavg()[0]:.1f} on "
        f"{os.cpu_count()} cores"
    )
    text = (
        f"## Client overhead\n\n{datetime.now(UTC):%Y-%m-%d}; {versions}; Python {platform.python_version()}, "
        f"{platform.machine()}. {sizes}.\n`python benchmarks/overhead/run.py --memory 10000 --write`\n\n"
        f"{table(figures)}\n\n{ratios(figures)}\n{memory}{NOTE}"
    )
    print(text)
    if chosen.write:
        (HERE.parent / "results").mkdir(exist_ok=True)
        (HERE.parent / "results" / "overhead.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
