import io
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from llmx.batch.budget import Price
from llmx.batch.export import export
from llmx.batch.ledger import Ledger
from llmx.batch.provider import NotYetError, RemoteJob
from llmx.batch.readers import Source
from llmx.batch.runner import Limits
from llmx.batch.session import Choice, Order, poll, submit
from llmx.batch.steps import Step
from llmx.batch.submit import FileLimits
from llmx.batch.summary import summarise
from llmx.errors import ConfigError
from llmx.model.settings import Settings

DRAFT = {"entities": [], "events": [], "attributions": [], "claims": [], "relations": []}
Change = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


class Crash(BaseException):
    """Stands in for a kill: nothing of llmx's catches it."""


class FakeBatches:
    """A provider's batch interface, as it is known to behave: answers come in any order."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.jobs: dict[str, RemoteJob] = {}
        self.asked: Counter[str] = Counter()
        self.change_output: Change = lambda rows: rows
        self.status = "completed"
        self.not_yet = 0
        self.ready = True

    def upload(self, path: Path) -> str:
        name = f"file-{len(self.files)}"
        self.files[name] = path.read_bytes()
        return name

    def create(self, file: str, *, tag: str) -> RemoteJob:
        job = RemoteJob(f"job-{len(self.jobs)}", "validating", tag=tag)
        self.jobs[job.id] = job
        rows = [json.loads(line) for line in self.files[file].splitlines()]
        assert len({row["custom_id"] for row in rows}) == len(rows)
        self.asked.update(row["custom_id"] for row in rows)
        self.files[f"{job.id}-in"] = self.files[file]
        return job

    def find(self, tag: str) -> RemoteJob | None:
        return next((job for job in self.jobs.values() if job.tag == tag), None)

    def fetch(self, job: str) -> RemoteJob:
        if not self.ready:
            return RemoteJob(job, "in_progress")
        if self.status == "failed":
            return RemoteJob(job, "failed", error="enqueued token limit reached")
        rows = [self._answer(json.loads(line)) for line in self.files[f"{job}-in"].splitlines()]
        random.Random(3).shuffle(rows)
        rows = self.change_output(rows)
        good = [row for row in rows if row["response"]["status_code"] == 200]
        bad = [row for row in rows if row["response"]["status_code"] != 200]
        self.files[f"{job}-out"], self.files[f"{job}-err"] = _lines(good), _lines(bad)
        return RemoteJob(
            job, self.status, output_file=f"{job}-out" if good else None, error_file=f"{job}-err" if bad else None
        )

    def download(self, file: str, path: Path) -> None:
        if self.not_yet:
            self.not_yet -= 1
            raise NotYetError("403")
        path.write_bytes(self.files[file])

    @staticmethod
    def _answer(row: dict[str, Any]) -> dict[str, Any]:
        message = {"role": "assistant", "content": json.dumps(DRAFT)}
        body = {
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 1000, "completion_tokens": 100},
        }
        return {"custom_id": row["custom_id"], "response": {"status_code": 200, "body": body}, "error": None}


def _lines(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def refused(row: dict[str, Any], status: int) -> dict[str, Any]:
    return {**row, "response": {"status_code": status, "body": {"error": {"message": "no"}}}}


@pytest.fixture
def order(tmp_path: Path) -> Order:
    source = tmp_path / "in.jsonl"
    rows = [json.dumps({"id": f"a{n}", "text": f"The council met on day {n} of the year."}) for n in range(30)]
    source.write_text("\n".join([*rows, "{bad"]) + "\n")
    settings = Settings(model="openai/some-model", base_url="http://127.0.0.1:9/v1", api_key=SecretStr("k"))
    choice = Choice(settings=settings)
    limits = Limits(price=Price(2.0, 8.0))
    return Order(source=Source(str(source)), folder=tmp_path / "run", choice=choice, limits=limits)


@pytest.fixture
def provider() -> FakeBatches:
    return FakeBatches()


def crash_at(step: Step) -> Callable[[Step], None]:
    def watch(reached: Step) -> None:
        if reached is step:
            raise Crash

    return watch


def both(order: Order, provider: FakeBatches) -> Any:
    submit(order, provider, stderr=io.StringIO())
    return poll(order, provider, stderr=io.StringIO())


def ids(order: Order) -> list[str]:
    lines = export(order.folder, "jsonl")[0].read_text().splitlines()
    return [json.loads(line)["document"]["id"] for line in lines]


def test_answers_in_any_order_come_out_in_that_of_the_input(order: Order, provider: FakeBatches) -> None:
    both(order, provider)

    assert ids(order) == [f"a{n}" for n in range(30)]


def test_half_the_price_is_charged_and_bad_records_are_dead_letters(order: Order, provider: FakeBatches) -> None:
    both(order, provider)

    summary = summarise(order.folder, now=0.0)
    assert summary.cost_usd == pytest.approx(30 * (1000 * 2.0 + 100 * 8.0) / 1e6 / 2)
    assert summary.deaths == {"bad-record": 1}


def test_nothing_is_asked_twice_however_often_the_commands_run(order: Order, provider: FakeBatches) -> None:
    both(order, provider)
    both(order, provider)

    assert set(provider.asked.values()) == {1}
    assert len(provider.asked) == 30


def test_running_job_is_left_to_run(order: Order, provider: FakeBatches) -> None:
    provider.ready = False

    polled = both(order, provider)
    again = submit(order, provider, stderr=io.StringIO())

    assert (polled.open, polled.fetched) == (1, 0)
    assert again.requests == again.jobs == 0


def test_missing_lines_go_into_another_job(order: Order, provider: FakeBatches) -> None:
    provider.change_output = lambda rows: rows[:20]
    polled = both(order, provider)
    provider.change_output = lambda rows: rows

    both(order, provider)

    assert polled.unsent == 10
    assert len(ids(order)) == 30
    assert sum(provider.asked.values()) == 40


def test_expired_job_keeps_what_was_finished(order: Order, provider: FakeBatches) -> None:
    provider.status = "expired"
    provider.change_output = lambda rows: [*rows[:12], *(refused(row, 500) for row in rows[12:])]

    polled = both(order, provider)

    assert (len(ids(order)), polled.unsent) == (12, 18)
    assert "expired" in polled.failed[0]


def test_job_whose_every_line_failed_has_no_output_and_ends_in_dead_letters(
    order: Order, provider: FakeBatches
) -> None:
    provider.change_output = lambda rows: [refused(row, 400) for row in rows]

    both(order, provider)

    assert summarise(order.folder, now=0.0).deaths == {"bad-record": 1, "refused": 30}


def test_job_over_the_queue_limit_is_submitted_again_without_counting(order: Order, provider: FakeBatches) -> None:
    provider.status = "failed"
    failures = [both(order, provider).failed for _ in range(4)]
    provider.status = "completed"

    both(order, provider)

    assert all("enqueued token limit" in failed[0] for failed in failures)
    assert len(ids(order)) == 30


def test_requests_that_never_come_back_are_given_up(order: Order, provider: FakeBatches) -> None:
    provider.change_output = lambda rows: [refused(row, 500) for row in rows]

    for _ in range(4):
        both(order, provider)

    assert summarise(order.folder, now=0.0).deaths == {"bad-record": 1, "unavailable": 30}
    assert set(provider.asked.values()) == {3}


def test_file_that_cannot_be_had_yet_is_had_later(order: Order, provider: FakeBatches) -> None:
    provider.not_yet = 1

    first = both(order, provider)
    second = poll(order, provider, stderr=io.StringIO())

    assert (first.open, second.fetched) == (1, 1)
    assert len(ids(order)) == 30


@pytest.mark.parametrize("step", [step for step in Step if step.value.startswith("job-")], ids=str)
def test_crash_at_any_step_submits_nothing_twice(order: Order, provider: FakeBatches, step: Step) -> None:
    def crashing() -> None:
        submit(order, provider, stderr=io.StringIO(), watch=crash_at(step))
        poll(order, provider, stderr=io.StringIO(), watch=crash_at(step))

    with pytest.raises(Crash):
        crashing()
    both(order, provider)

    assert ids(order) == [f"a{n}" for n in range(30)]
    assert set(provider.asked.values()) == {1}


@pytest.mark.parametrize("files", [FileLimits(requests=8), FileLimits(bytes=200_000)], ids=["count", "size"])
def test_files_are_split_by_count_and_size(order: Order, provider: FakeBatches, files: FileLimits) -> None:
    done = submit(order, provider, stderr=io.StringIO(), files=files)
    poll(order, provider, stderr=io.StringIO())

    assert done.jobs > 1
    assert max(len(content) for content in provider.files.values()) <= files.bytes
    assert (done.requests, len(ids(order))) == (30, 30)


def test_embedded_engine_is_refused(order: Order, provider: FakeBatches) -> None:
    rules = Order(source=order.source, folder=order.folder, choice=Choice(model="rules"))

    with pytest.raises(ConfigError, match="no batch interface"):
        submit(rules, provider, stderr=io.StringIO())


def budgeted(order: Order, usd: float) -> Order:
    return replace(order, limits=replace(order.limits, budget_usd=usd))


def spent(order: Order) -> float:
    with Ledger.locked(order.folder) as ledger:
        return ledger.spent_usd()


EACH = (190_000 * 2.0 + 16_384 * 8.0) / 1e6 / 2
"""More than one request of these articles can cost, at half the price: a bound of its bytes and its answer."""


@pytest.mark.parametrize("usd", [0.0, 0.2, 0.5, 1.0, 2.0], ids=str)
def test_budget_is_set_aside_before_anything_is_sent(order: Order, provider: FakeBatches, usd: float) -> None:
    done = submit(budgeted(order, usd), provider, stderr=io.StringIO())

    assert done.is_short
    assert spent(order) <= usd
    assert done.requests == sum(provider.asked.values())
    assert (done.requests + 1) * EACH >= usd


def test_budget_that_is_large_enough_leaves_nothing_out(order: Order, provider: FakeBatches) -> None:
    done = submit(budgeted(order, 100.0), provider, stderr=io.StringIO())

    assert (done.requests, done.is_short) == (30, False)


def test_what_answers_did_not_take_is_free_again_and_the_rest_follows(order: Order, provider: FakeBatches) -> None:
    cheap = budgeted(order, 1.0)
    rounds = [submit(cheap, provider, stderr=io.StringIO()).requests]
    for _ in range(20):
        poll(order, provider, stderr=io.StringIO())
        rounds.append(submit(cheap, provider, stderr=io.StringIO()).requests)

    assert 0 < rounds[0] < 30
    assert sum(rounds) == 30
    assert spent(order) == pytest.approx(30 * (1000 * 2.0 + 100 * 8.0) / 1e6 / 2)


@pytest.mark.parametrize(
    ("status", "code", "left"), [("expired", 500, 0.0), ("failed", 500, 0.0), ("completed", 400, 0.0)], ids=str
)
def test_requests_that_were_not_answered_cost_nothing(
    order: Order, provider: FakeBatches, status: str, code: int, left: float
) -> None:
    provider.status = status
    provider.change_output = lambda rows: [refused(row, code) for row in rows]

    both(budgeted(order, 100.0), provider)

    assert spent(order) == left


def test_lines_that_a_finished_job_lacks_count_as_paid(order: Order, provider: FakeBatches) -> None:
    provider.change_output = lambda rows: rows[:20]
    submit(budgeted(order, 100.0), provider, stderr=io.StringIO())
    before = spent(order)

    poll(order, provider, stderr=io.StringIO())

    assert before / 4 < spent(order) < before / 2


def test_budget_without_a_price_is_refused(order: Order, provider: FakeBatches) -> None:
    priceless = replace(order, limits=Limits(budget_usd=1.0))

    with pytest.raises(ConfigError, match="needs a price"):
        submit(priceless, provider, stderr=io.StringIO())


def test_requests_of_one_article_go_into_one_job_and_crash_loses_none(order: Order, provider: FakeBatches) -> None:
    long = {"id": "long", "text": "\n\n".join(f"The council met on day {n} of the year." for n in range(60))}
    Path(order.source.name).write_text("".join(json.dumps({**long, "id": f"l{n}"}) + "\n" for n in range(4)))
    windows = replace(order, choice=replace(order.choice, settings=replace(order.choice.settings, window_chars=600)))
    files = FileLimits(requests=7)

    def crashing() -> None:
        submit(windows, provider, stderr=io.StringIO(), files=files, watch=crash_at(Step.JOB_PLANNED))

    with pytest.raises(Crash):
        crashing()
    submit(windows, provider, stderr=io.StringIO(), files=files)
    poll(windows, provider, stderr=io.StringIO())

    jobs = [
        {json.loads(line)["custom_id"][:32] for line in provider.files[f"{job}-in"].splitlines()}
        for job in provider.jobs
    ]
    assert len(provider.asked) > 7
    assert sum(len(job) for job in jobs) == 4
    assert ids(windows) == [f"l{n}" for n in range(4)]
