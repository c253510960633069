"""One batch run against the fake server, as a process of its own, so that it can be killed.

    python benchmarks/batch/worker.py '{"port": 8000, "input": "a.jsonl", "run": "RUN", "workers": 16}'

The engine here is the thinnest there is (one HTTP request, one JSON answer, no extraction), so that what is measured
is the batch layer. `kill_at` names a step (and how often it must be reached) at which the process kills itself.
With `times`, a file, each request's own instants are noted there: see `Timeline`.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import aiohttp

from llmx.batch.budget import Price
from llmx.batch.caller import Retries, Sent, Size
from llmx.batch.export import export
from llmx.batch.interrupt import interrupting
from llmx.batch.ledger import Ledger
from llmx.batch.pace import Rates
from llmx.batch.readers import Source
from llmx.batch.recipe import Recipe
from llmx.batch.rows import Stored
from llmx.batch.runner import Job, Limits, Runner
from llmx.batch.steps import Step
from llmx.errors import LlmxError, ModelOutputError, ModelUnavailableError
from llmx.port import Answer
from llmx.result import Usage

RECIPE = Recipe(model="fake", schema_id="s", schema_sha256="0", prompt_id="p", prompt_sha256="0", llmx="0")


class Timeline:
    """A file of instants by the machine's monotonic clock, written at once, so that a killed process leaves its own.

    `sent PID T`: the caller let a request go. `left PID T`: its head was given to the kernel, after a turn of the event
    loop at least, and after a connection was opened where there was none. `held PID T UNTIL WRITTEN`: a refusal was
    read at T, it holds all requests until UNTIL, and the server had written it at WRITTEN.
    """

    def __init__(self, path: str | None) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT) if path else None

    def note(self, kind: str, *instants: float) -> None:
        if self.file is not None:
            words = " ".join(f"{instant:.6f}" for instant in instants)
            os.write(self.file, f"{kind} {os.getpid()} {words}\n".encode())

    def tracing(self) -> list[aiohttp.TraceConfig]:
        async def left(*_) -> None:
            self.note("left", time.monotonic())

        trace = aiohttp.TraceConfig()
        trace.on_request_headers_sent.append(left)
        return [trace] if self.file is not None else []


class HttpEngine:
    """Sends an article's text and keeps the answer."""

    def __init__(self, caller, port: int, connections: int, times: str | None = None) -> None:
        self.caller = caller
        self.url = f"http://127.0.0.1:{port}/v1/chat/completions"
        self.times = Timeline(times)
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=connections), trace_configs=self.times.tracing()
        )

    async def extract(self, article) -> Stored:
        body = json.dumps({"model": "fake", "messages": [{"role": "user", "content": article.text}]}).encode()
        answer = await self.caller.call(lambda: self.send(body), Size(len(body), 1000))
        return Stored(
            json.dumps({"id": article.id, **answer.draft}), 1, answer.usage.input_tokens, answer.usage.output_tokens
        )

    async def send(self, body: bytes) -> Sent:
        self.times.note("sent", time.monotonic())
        try:
            async with self.session.post(self.url, data=body) as response:
                headers = {name.lower(): value for name, value in response.headers.items()}
                content = await response.read()
        except (aiohttp.ClientError, OSError) as error:
            raise ModelUnavailableError(repr(error), attempts=1) from error
        if response.status == 429:
            wait, now = float(headers.get("retry-after", 1.0)), time.monotonic()
            self.times.note("held", now, now + wait, float(headers.get("x-written-at", now)))
            raise ModelUnavailableError("429", attempts=1, status=429, retry_after_s=wait, limits=headers)
        if response.status != 200:
            raise ModelUnavailableError(str(response.status), attempts=1, status=response.status)
        payload = json.loads(content)
        usage = Usage(
            calls=1, input_tokens=payload["usage"]["prompt_tokens"], output_tokens=payload["usage"]["completion_tokens"]
        )
        draft = read(payload["choices"][0]["message"]["content"])
        if draft is None:
            raise ModelOutputError("no draft", attempts=1, usage=usage)
        return Sent(Answer(draft={"events": len(draft["events"])}, usage=usage), headers)

    async def close(self) -> None:
        await self.session.close()


class InstantEngine:
    """Answers at once, with no network: what is left is the batch layer."""

    def __init__(self, caller) -> None:
        self.caller = caller

    async def extract(self, article) -> Stored:
        async def send() -> Sent:
            return Sent(Answer(draft={}, usage=Usage(calls=1, input_tokens=100, output_tokens=50)))

        await self.caller.call(send, Size(len(article.text), 100))
        return Stored(json.dumps({"id": article.id, "said": article.text}), 1, 100, 50)

    async def close(self) -> None:
        pass


def read(content: str) -> dict | None:
    """The draft in an answer; `None` where there is none."""
    try:
        draft = json.loads(content)
    except ValueError:
        return None
    return draft if isinstance(draft, dict) else None


class Killer:
    """Kills this process at the n-th time a step is reached."""

    def __init__(self, step: str, times: int) -> None:
        self.step, self.left = step, times

    def __call__(self, step: Step) -> None:
        if step == self.step:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class Rss:
    """Notes the memory in use as articles go by."""

    def __init__(self, every: int) -> None:
        self.every, self.next = every, every
        self.samples: list[tuple[int, float]] = []

    def __call__(self, snapshot) -> None:
        done = snapshot.ok + snapshot.dead
        if self.every and done >= self.next:
            self.next = done + self.every
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            self.samples.append((done, pages * resource.getpagesize() / 2**20))


def engine_of(caller, config: dict) -> HttpEngine | InstantEngine:
    if "port" not in config:
        return InstantEngine(caller)
    return HttpEngine(caller, config["port"], config.get("workers", 16), config.get("times"))


def limits_of(config: dict) -> Limits:
    budget = config.get("budget")
    return Limits(
        workers=config.get("workers", 16),
        rates=Rates(config.get("rpm"), config.get("tpm")),
        retries=Retries(
            tries=config.get("transport_tries", 5),
            refusals=config.get("refusals", 50),
            first_s=config.get("first_s", 0.02),
            longest_s=config.get("longest_s", 0.5),
            timeout_s=config.get("timeout_s", 5.0),
        ),
        tries=config.get("tries", 3),
        budget_usd=budget,
        price=Price(1.0, 4.0) if budget is not None else None,
        max_failures=config.get("max_failures"),
        max_in_a_row=config.get("max_in_a_row"),
        start=config.get("start", 16),
    )


async def main(config: dict) -> int:
    watch = Killer(*config["kill_at"]) if config.get("kill_at") else lambda _: None
    folder = Path(config["run"])
    with Ledger.locked(folder, watch=watch) as ledger:
        ledger.begin(RECIPE, shard="")
        job = Job(
            folder=folder,
            source=config["input"],
            entries=Source(config["input"]).entries(sys.stdin.buffer),
            recipe=RECIPE,
            make_engine=lambda caller: engine_of(caller, config),
            limits=limits_of(config),
            draw=random.Random(1),
            watch=watch,
        )
        rss = Rss(config.get("rss_every", 0))
        job = replace(job, show=rss)
        runner = Runner(job, ledger)
        with interrupting(runner.stop, say=lambda _: None):
            outcome = await runner.execute()
    if config.get("export"):
        export(folder, "jsonl", watch=watch)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "why": outcome.why,
        "ok": outcome.snapshot.ok,
        "dead": outcome.snapshot.dead,
        "cost": outcome.snapshot.cost_usd,
        "seconds": outcome.snapshot.elapsed_s,
        "cpu": usage.ru_utime + usage.ru_stime,
        "rss_mb": usage.ru_maxrss / 1024,
        "limit": outcome.snapshot.limit,
        "rss": rss.samples,
    }
    print(json.dumps(told))
    return outcome.exit_code


def told_in_one_line(config: dict) -> int:
    """Run; an error of llmx is one line, as on the command line."""
    if config.get("file_limit"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (config["file_limit"], config["file_limit"]))
    try:
        return asyncio.run(main(config))
    except LlmxError as error:
        sys.stderr.write(f"llmx: {error}\n")
        return 2


if __name__ == "__main__":
    sys.exit(told_in_one_line(json.loads(sys.argv[1])))
