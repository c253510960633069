import asyncio
import json
import selectors
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from llmx.batch.caller import Caller, Sent, Size
from llmx.batch.ledger import Ledger
from llmx.batch.readers import Source
from llmx.batch.recipe import Recipe
from llmx.batch.rows import Stored
from llmx.batch.runner import Job, Limits, Runner
from llmx.batch.tally import Outcome
from llmx.document import Article
from llmx.port import Answer
from llmx.result import Usage


class _SkippingSelector(selectors.DefaultSelector):
    """Does not wait: where the loop would, time jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout:
            self.skipped_s += timeout
        return ready


class InstantLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is virtual: sleeping takes none."""

    def __init__(self) -> None:
        self.skipping = _SkippingSelector()
        super().__init__(self.skipping)

    def time(self) -> float:
        return self.skipping.skipped_s


class LoopClock:
    """The running loop's time."""

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    def wall(self) -> float:
        return 1_700_000_000.0 + self.now()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))


@pytest.fixture
def clock() -> LoopClock:
    return LoopClock()


@pytest.fixture
def instantly() -> Callable[[Callable[[], Awaitable[Any]]], Any]:
    """Run a coroutine function with virtual time."""

    def run(work: Callable[[], Awaitable[Any]]) -> Any:
        with asyncio.Runner(loop_factory=InstantLoop) as runner:
            return runner.run(work())  # type: ignore[arg-type]

    return run


class FakeEngine:
    """Answers by the article's id: `behave` gives a draft or raises."""

    def __init__(self, caller: Caller, behave: Callable[[Article], dict[str, Any]]) -> None:
        self.caller = caller
        self.behave = behave
        self.seen: list[str | None] = []

    async def extract(self, article: Article) -> Stored:
        async def send() -> Sent:
            self.seen.append(article.id)
            await asyncio.sleep(0)
            usage = Usage(calls=1, input_tokens=100, output_tokens=50)
            return Sent(Answer(draft=self.behave(article), usage=usage))

        answer = await self.caller.call(send, Size(len(article.text.encode("utf-8", "surrogatepass")), 100))
        return Stored(json.dumps({"id": article.id, **answer.draft}), 1, 100, 50, None, 3, {"missing-quote": 1})

    async def close(self) -> None:
        pass


class Runs:
    """Runs over one folder, with one input."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "run"
        self.input = folder / "in.jsonl"
        self.recipe = Recipe(
            model="fake", schema_id="s", schema_sha256="0", prompt_id="p", prompt_sha256="0", settings={}, llmx="0"
        )
        self.sent: list[str | None] = []

    def write(self, *records: object) -> None:
        lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
        self.input.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def articles(self, count: int) -> None:
        self.write(*({"id": f"a{n}", "text": f"Text number {n}."} for n in range(count)))

    def run(
        self,
        behave: Callable[[Article], dict[str, Any]] = lambda article: {"said": article.text},
        **options: Any,
    ) -> Outcome:
        return asyncio.run(self._run(behave, options))

    async def _run(self, behave: Callable[[Article], dict[str, Any]], options: dict[str, Any]) -> Outcome:
        limits = options.pop("limits", Limits(workers=4))
        during = options.pop("during", None)
        watch = options.get("watch", lambda _: None)

        def make(caller: Caller) -> FakeEngine:
            engine = FakeEngine(caller, behave)
            self.sent = engine.seen
            return engine

        with Ledger.locked(self.folder, watch=watch) as ledger:
            recipe = options.pop("recipe", self.recipe)
            ledger.begin(recipe, shard=str(options.get("shard", "")))
            with self.input.open("rb") as stdin:
                job = Job(
                    folder=self.folder,
                    source=options.pop("source", str(self.input)),
                    entries=Source(str(self.input)).entries(stdin),
                    recipe=recipe,
                    make_engine=options.pop("make_engine", make),
                    limits=limits,
                    **options,
                )
                runner = Runner(job, ledger)
                if during is not None:
                    asyncio.get_running_loop().call_later(0.05, during, runner)
                return await runner.execute()


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)
