"""One article through a whole extractor and a model behind a socket: re-asks, windows, passes, limits, and the CLI.

The server is a fake on loopback that answers by rule; no model is behind it.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from citing import assert_all_cited
from fakes.openai_server import FakeServer, Rule, Served, answering, completion, in_turn, refusing

from llmx import Article, Extractor, Settings, aextract
from llmx.errors import BudgetError, ModelUnavailableError
from llmx.plan import Event
from llmx.result import Reason

TEXT = (
    "Police in Ostrel said on Monday that nine men were arrested after the raid.\n\n"
    "A lawyer for two of them denied any part in it. The mayor did not comment."
)
SAID = {
    "id": "a1",
    "source": "1|Police in Ostrel",
    "source_kind": "government",
    "cue": "1|said",
    "content": ["1|that nine men ~ after the raid"],
}
DENIED = {"id": "a2", "source": "2|A lawyer for two of them", "cue": "2|denied", "content": ["2|any part in it"]}
WRONG = {**DENIED, "content": ["2|every part of it"]}
PARAGRAPH = (
    "The mayor of Ostrel said that the bridge would stay closed. Nobody else spoke that day. The rain went on.\n\n"
)
_SENTENCE = re.compile(r"^\[(\d+)\] The mayor of Ostrel", re.MULTILINE)

Serve = Callable[[Rule | Served], FakeServer]


def extractor(server: FakeServer, on_event: Callable[[Event], None] | None = None, **settings: Any) -> Extractor[Any]:
    return Extractor(
        model="openai/fake", base_url=server.url, settings=Settings(max_retries=0, **settings), on_event=on_event
    )


def prompt_of(request: Mapping[str, Any]) -> str:
    return "\n".join(message["content"] for message in request["messages"])


def costly(served: Served, *, tokens: int) -> Served:
    assert isinstance(served.body, Mapping)
    return replace(served, body={**served.body, "usage": {"prompt_tokens": tokens, "completion_tokens": 0}})


def mayors(request: Mapping[str, Any]) -> Served:
    """One attribution for each sentence of the article in which the mayor speaks."""
    asked = request["messages"][-1]["content"].rpartition("The article, between")[2]
    numbers = _SENTENCE.findall(asked)
    rows = [
        {
            "id": f"a{index}",
            "source": f"{number}|The mayor of Ostrel",
            "cue": f"{number}|said",
            "content": [f"{number}|that the bridge ~ closed"],
        }
        for index, number in enumerate(numbers, start=1)
    ]
    return completion({"attributions": rows}, request)


def test_answer_becomes_a_report_whose_every_citation_slices(serve: Serve) -> None:
    server = serve(answering({"attributions": [SAID, DENIED]}))

    with extractor(server) as opened:
        result = opened.extract(Article(text=TEXT))

    assert_all_cited(result.document, result.report)
    assert [one.content[0].quote for one in result.report.attributions] == [
        "that nine men were arrested after the raid",
        "any part in it",
    ]
    assert (len(server.requests), result.usage.calls) == (1, 1)


def test_failed_field_alone_is_asked_for_again_at_a_quarter_of_the_cost(serve: Serve) -> None:
    fixes = {"fixes": [{"number": 1, "value": "2|any part in it"}]}
    server = serve(in_turn(answering({"attributions": [SAID, WRONG]}), answering(fixes)))

    with extractor(server) as opened:
        result = opened.extract(Article(text=TEXT))

    first, again = (prompt_of(request) for request in server.requests)
    assert [one.content[0].quote for one in result.report.attributions][1] == "any part in it"
    assert "attributions[1].content[0]" in again
    assert "nine men" not in again.partition("~~~~~~")[2].partition("The article there")[0]
    assert len(again) < 0.25 * len(first)
    assert result.rejections == ()
    assert (result.usage.calls, result.usage.reasks) == (2, 1)


def test_record_that_fell_with_its_part_is_not_asked_for_beside_it(serve: Serve) -> None:
    count = {"of": "detained", "best": 90, "qualifier": "exact", "said_by": "a1", "cite": "1|nine men"}
    event = {
        "id": "e1",
        "type": "arrest",
        "trigger": "1|arrested",
        "evidence": ["1|nine men were arrested"],
        "modality": "reported",
        "asserted_by": ["a1"],
        "counts": [count],
    }
    fixes = {"fixes": [{"number": 1, "value": 9}]}
    server = serve(in_turn(answering({"attributions": [SAID], "events": [event]}), answering(fixes)))

    with extractor(server) as opened:
        result = opened.extract(Article(text=TEXT))

    assert "2. " not in prompt_of(server.requests[1]).rpartition("~~~~~~")[0].rpartition("~~~~~~")[2]
    assert [one.best for one in result.report.events[0].counts] == [9]


def test_field_that_fails_again_is_a_rejection(serve: Serve) -> None:
    server = serve(in_turn(answering({"attributions": [SAID, WRONG]}), answering({"fixes": []})))

    with extractor(server) as opened:
        result = opened.extract(Article(text=TEXT))

    assert [one.id for one in result.report.attributions] == ["a1"]
    assert Reason.MISSING_QUOTE in {lost.reason for lost in result.rejections}


@pytest.mark.parametrize("fault", [refusing(503), answering("I give up.")], ids=["unavailable", "unreadable"])
def test_failed_re_ask_costs_nothing_of_the_first_answer(serve: Serve, fault: Rule | Served) -> None:
    server = serve(in_turn(answering({"attributions": [SAID, WRONG]}), fault))

    with extractor(server) as opened:
        result = opened.extract(Article(text=TEXT))

    assert [one.id for one in result.report.attributions] == ["a1"]
    assert "asking again failed" in result.notes[0]
    assert result.usage.calls == len(server.requests)
    assert result.usage.reasks == 1


def test_no_re_ask_where_none_is_wanted(serve: Serve) -> None:
    server = serve(answering({"attributions": [WRONG]}))

    with extractor(server, max_reasks=0) as opened:
        result = opened.extract(Article(text=TEXT))

    assert len(server.requests) == 1
    assert result.usage.reasks == 0


def test_quote_copied_from_the_worked_example_is_named_a_leak(serve: Serve) -> None:
    leaked = {**SAID, "source": "1|the regional governor"}
    server = serve(answering({"attributions": [leaked]}))

    with extractor(server, max_reasks=0) as opened:
        result = opened.extract(Article(text=TEXT))

    assert Reason.EXAMPLE_LEAK in {lost.reason for lost in result.rejections}


def test_document_of_200_000_characters_is_read_in_windows(serve: Serve) -> None:
    server = serve(mayors)
    filler = "".join(f"Lorry {number} passed the old customs house at noon.\n\n" for number in range(20))
    text = (PARAGRAPH + filler) * 200

    with extractor(server) as opened:
        result = opened.extract(Article(text=text))

    assert_all_cited(result.document, result.report)
    starts = [one.cue.start for one in result.report.attributions]
    assert len(starts) == text.count("said")
    assert len({one.id for one in result.report.attributions}) == len(starts)
    assert starts == sorted(starts)
    assert len(text) > 200_000
    assert 8 < len(server.requests) < 15


def test_window_that_fails_is_reported_and_the_others_stay(serve: Serve) -> None:
    server = serve(in_turn(mayors, refusing(503), mayors))

    with extractor(server, window_chars=400, concurrency=1) as opened:
        result = opened.extract(Article(text=PARAGRAPH * 12))

    assert not result.complete
    assert "part 2 of 4" in result.notes[0]
    assert len(result.report.attributions) == 9


def test_all_windows_failing_is_an_error_that_counts_them(serve: Serve) -> None:
    server = serve(refusing(503))

    with extractor(server, window_chars=400) as opened, pytest.raises(ModelUnavailableError) as caught:
        opened.extract(Article(text=PARAGRAPH * 12))

    assert caught.value.attempts == len(server.requests) == 4


def test_passes_that_agree_are_counted_as_support(serve: Serve) -> None:
    server = serve(in_turn(answering({"attributions": [SAID]}), answering({"attributions": [SAID, DENIED]})))

    with extractor(server, passes=2, concurrency=1) as opened:
        result = opened.extract(Article(text=TEXT))

    assert [(one.id, one.support) for one in result.report.attributions] == [("a1", 2), ("a2", 1)]


def test_token_limit_of_an_article_stops_before_anything_is_sent(serve: Serve) -> None:
    server = serve(answering({}))

    with extractor(server, max_tokens_per_article=500) as opened, pytest.raises(BudgetError, match="500"):
        opened.extract(Article(text=TEXT))

    assert server.requests == []


def test_re_ask_beyond_the_token_limit_is_not_sent_and_noted(serve: Serve) -> None:
    server = serve(lambda request: costly(completion({"attributions": [SAID, WRONG]}, request), tokens=99_000))

    with extractor(server, max_tokens_per_article=100_000) as opened:
        result = opened.extract(Article(text=TEXT))

    assert (len(server.requests), result.usage.reasks) == (1, 0)
    assert "max_tokens_per_article=100000" in result.notes[0]


def test_settings_that_were_sent_are_recorded(serve: Serve) -> None:
    server = serve(answering({"attributions": [SAID]}))

    with extractor(server, seed=7) as opened:
        recorded = opened.extract(Article(text=TEXT)).provenance.settings

    assert (server.requests[0]["seed"], server.requests[0]["temperature"]) == (7, 0.0)
    assert (recorded["seed"], recorded["temperature"]) == (7, 0.0)


def test_setting_the_model_does_not_take_is_not_recorded(serve: Serve) -> None:
    server = serve(in_turn(refusing(400, param="seed"), answering({"attributions": [SAID]})))

    with extractor(server, seed=7) as opened:
        recorded = opened.extract(Article(text=TEXT)).provenance.settings

    assert "seed" not in server.requests[1]
    assert (recorded["seed"], recorded["temperature"]) == (None, 0.0)


def test_async_block_closes_the_connection_at_its_end(serve: Serve) -> None:
    server = serve(answering({"attributions": [SAID]}))

    async def two_blocks() -> int:
        opened = extractor(server)
        for _ in range(2):
            async with opened:
                await opened.aextract(Article(text=TEXT))
                await opened.aextract(Article(text=TEXT))
        return server.connections

    assert asyncio.run(two_blocks()) == 2


def test_one_article_without_an_extractor_leaves_nothing_open(serve: Serve, capfd: pytest.CaptureFixture[str]) -> None:
    server = serve(answering({"attributions": [SAID]}))
    settings = Settings(max_retries=0)

    result = asyncio.run(aextract(Article(text=TEXT), model="openai/fake", base_url=server.url, settings=settings))

    assert result.usage.calls == 1
    assert capfd.readouterr().err == ""


def test_watcher_is_told_each_step(serve: Serve) -> None:
    server = serve(in_turn(answering({"attributions": [SAID, WRONG]}), answering({"fixes": []})))
    seen: list[Event] = []

    with extractor(server, on_event=seen.append) as opened:
        opened.extract(Article(text=TEXT))

    kinds = [event.kind for event in seen]
    assert kinds[0:3] == ["request", "answer", "verdicts"]
    assert "re-ask" in kinds
    assert kinds[-1] == "done"
    assert not any("arrested" in str(event.data) for event in seen)


def test_one_extractor_serves_200_tasks_threads_and_two_event_loops(serve: Serve) -> None:
    server = serve(answering({"attributions": [SAID]}))
    opened = extractor(server)

    async def many() -> int:
        found = await asyncio.gather(*(opened.aextract(Article(text=TEXT)) for _ in range(200)))
        await opened.model.aclose()
        return sum(len(result.report.attributions) for result in found)

    with ThreadPoolExecutor(8) as threads:
        waited = list(threads.map(lambda _: opened.extract(Article(text=TEXT)).usage.calls, range(16)))
    counts = [asyncio.run(many()), asyncio.run(many())]
    opened.close()

    assert (waited, counts) == ([1] * 16, [200, 200])
    assert len(server.requests) == 416


def test_compatible_server_is_spoken_to_without_any_model_sdk(serve: Serve) -> None:
    server = serve(answering({"attributions": [SAID]}))
    code = (
        "import sys; from llmx import Article, extract; "
        f"extract(Article(text={TEXT!r}), model='openai/fake', base_url={server.url!r}); "
        "print([name for name in ('openai', 'instructor') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert (done.stdout.strip(), len(server.requests)) == ("[]", 1)


def _cli(server: FakeServer, path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from llmx.cli.main import run; run()", "extract", str(path), *words]
    return subprocess.run(
        [*command, "--model", "openai/fake", "--base-url", server.url], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("rule", "code"), [(answering({"attributions": [SAID]}), 0), (refusing(401), 3)], ids=["answered", "refused"]
)
def test_command_line_answers_with_the_right_code(serve: Serve, tmp_path: Path, rule: Rule | Served, code: int) -> None:
    article = tmp_path / "article.txt"
    article.write_text(TEXT, encoding="utf-8")

    done = _cli(serve(rule), article)

    assert done.returncode == code
    assert len(done.stderr.splitlines()) <= 1


def test_command_line_says_that_a_limit_stopped_it(serve: Serve, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(TEXT, encoding="utf-8")
    server = serve(answering({"attributions": [SAID]}))

    done = _cli(server, article, "--set", "max_tokens_per_article=500")

    assert (done.returncode, server.requests) == (4, [])
    assert "max_tokens_per_article=500" in done.stderr
