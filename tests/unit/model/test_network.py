from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

import pytest

from llmx.document import Article, Document
from llmx.errors import BudgetError, ModelError, ModelOutputError, ModelRefusedError, ModelUnavailableError
from llmx.model.endpoint import RejectedRequestError, Reply
from llmx.model.modes import Ask
from llmx.model.network import NetworkModel
from llmx.model.providers import OPENAI_URL, Target
from llmx.model.settings import Settings
from llmx.port import Answer, Message, Request
from llmx.result import Usage
from llmx.schema.news import NewsReport

EMPTY = '{"events": []}'
Step = Reply | Exception
OPENAI = Target("openai/gpt-4o", "openai", "gpt-4o", OPENAI_URL, None)
LOCAL = Target("openai/local", "openai", "local", "http://127.0.0.1:1/v1", None)


class Scripted:
    """An endpoint that gives each step in turn, the last one again and again."""

    def __init__(self, *steps: Step | Callable[[Ask], Step]) -> None:
        self._steps = list(steps)
        self.asks: list[Ask] = []

    async def send(self, ask: Ask) -> Reply:
        self.asks.append(ask)
        step = self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]
        given = step(ask) if callable(step) else step
        if isinstance(given, Exception):
            raise given
        return given

    async def aclose(self) -> None:
        self._steps.clear()


async def _no_wait(seconds: float) -> None:
    del seconds


def _model(endpoint: Scripted, target: Target = LOCAL, **settings: object) -> NetworkModel:
    known = Settings(**{"base_url": None if target is OPENAI else target.base_url, **settings})  # type: ignore[arg-type]
    return NetworkModel(target, known, endpoint, random=Random(1), sleep=_no_wait)


def _fill(model: NetworkModel) -> Answer:
    document = Document.from_article(Article(text="The mayor left."))
    messages = (Message("system", "s" * 350), Message("user", "u"))
    return asyncio.run(model.fill(Request(document=document, schema=NewsReport, messages=messages)))


def _refused(param: str = "", code: str = "", status: int = 400) -> RejectedRequestError:
    return RejectedRequestError("no", status=status, param=param, code=code)


def _only(mode: str) -> Callable[[Ask], Step]:
    return lambda ask: Reply(EMPTY) if ask.mode == mode else _refused()


@pytest.mark.parametrize("mode", ["strict", "tools", "json-schema", "json", "text"])
def test_firmest_mode_the_server_takes_is_found_and_remembered(mode: str) -> None:
    endpoint = Scripted(_only(mode))
    model = _model(endpoint)

    _fill(model)
    tried = len(endpoint.asks)
    _fill(model)

    assert model.mode == mode
    assert len(endpoint.asks) == tried + 1


def test_chosen_mode_is_the_only_one_tried() -> None:
    endpoint = Scripted(_only("tools"))

    with pytest.raises(ModelRefusedError):
        _fill(_model(endpoint, mode="json"))

    assert [ask.mode for ask in endpoint.asks] == ["json"]


def test_server_that_takes_no_mode_is_told_by_its_first_refusal() -> None:
    endpoint = Scripted(_refused(status=400), RejectedRequestError("later", status=400))

    with pytest.raises(RejectedRequestError, match="no"):
        _fill(_model(endpoint))


@pytest.mark.parametrize(
    "error",
    [_refused(code="context_length_exceeded"), _refused(status=451), ModelRefusedError("401")],
    ids=["too-long", "not-the-form", "wrong-key"],
)
def test_refusal_that_has_nothing_to_do_with_the_form_ends_at_once(error: ModelError) -> None:
    endpoint = Scripted(error)

    with pytest.raises(ModelRefusedError):
        _fill(_model(endpoint))

    assert len(endpoint.asks) == 1


@pytest.mark.parametrize("param", ["temperature", "seed"])
def test_parameter_the_model_does_not_take_is_left_out_from_then_on(param: str) -> None:
    endpoint = Scripted(_refused(param), Reply(EMPTY))
    model = _model(endpoint, seed=7)

    _fill(model)
    _fill(model)

    assert [getattr(ask, param) is None for ask in endpoint.asks] == [False, True, True]


@pytest.mark.parametrize("param", ["temperature", "seed"])
def test_parameter_that_was_refused_is_known_as_unsent(param: str) -> None:
    model = _model(Scripted(_refused(param), Reply(EMPTY)), seed=7)

    _fill(model)

    assert model.unsent == {param}


def test_what_the_way_to_the_provider_left_out_is_known_as_unsent() -> None:
    model = _model(Scripted(Reply(EMPTY, left_out=frozenset({"seed", "mode"}))), seed=7)

    _fill(model)

    assert model.unsent == {"seed", "mode"}


def test_answer_that_came_and_could_not_be_read_is_paid_for() -> None:
    lost = ModelOutputError("no report", usage=Usage(input_tokens=1000, output_tokens=100))

    with pytest.raises(ModelOutputError) as caught:
        _fill(_model(Scripted(lost), OPENAI))

    assert caught.value.usage is not None
    assert (caught.value.usage.calls, caught.value.usage.input_tokens) == (1, 1000)
    assert caught.value.usage.cost_usd == pytest.approx(0.0035)


def test_length_goes_under_the_name_the_server_takes() -> None:
    endpoint = Scripted(_refused("max_tokens"), Reply(EMPTY))

    _fill(_model(endpoint, max_tokens=100))

    assert [ask.tokens_key for ask in endpoint.asks] == ["max_tokens", "max_completion_tokens"]


@pytest.mark.parametrize("name", ["o3", "gpt-5-mini"])
def test_reasoning_model_is_sent_no_temperature(name: str) -> None:
    endpoint = Scripted(Reply(EMPTY))
    target = Target(f"openai/{name}", "openai", name, OPENAI_URL, None)

    _fill(NetworkModel(target, Settings(max_tokens=5), endpoint))

    assert (endpoint.asks[0].temperature, endpoint.asks[0].tokens_key) == (None, "max_completion_tokens")


def test_reasoning_model_s_temperature_is_known_as_unsent_from_the_start() -> None:
    target = Target("openai/o3", "openai", "o3", OPENAI_URL, None)

    assert NetworkModel(target, Settings(), Scripted()).unsent == {"temperature"}


def test_failed_attempts_are_counted_with_the_answer() -> None:
    endpoint = Scripted(ModelUnavailableError("503"), ModelUnavailableError("503"), Reply(EMPTY, "done", 100, 10))

    usage = _fill(_model(endpoint)).usage

    assert (usage.calls, usage.input_tokens, usage.output_tokens, usage.cost_usd) == (3, 100, 10, None)


def test_cost_is_known_where_the_price_is() -> None:
    usage = _fill(_model(Scripted(Reply(EMPTY, "done", 1000, 100)), OPENAI)).usage

    assert usage.cost_usd == pytest.approx(0.0035)


def test_unreadable_answer_is_asked_for_once_more_in_the_next_mode() -> None:
    endpoint = Scripted(Reply("I think so."), Reply(EMPTY))
    model = _model(endpoint)

    _fill(model)

    assert [ask.mode for ask in endpoint.asks] == ["strict", "tools"]
    assert model.mode == "tools"


def test_two_unreadable_answers_are_an_error_that_keeps_the_last_and_what_both_took() -> None:
    endpoint = Scripted(Reply("I think so.", "done", 100, 10), Reply("Indeed.", "done", 100, 10))

    with pytest.raises(ModelOutputError, match="Indeed") as caught:
        _fill(_model(endpoint))

    assert caught.value.raw == "Indeed."
    assert caught.value.attempts == 2
    assert caught.value.usage is not None
    assert caught.value.usage.output_tokens == 20


def test_cut_off_answer_gives_its_complete_records_and_a_note() -> None:
    answer = _fill(_model(Scripted(Reply('{"events": [{"id": "e1"}, {"id": "e', "length"))))

    assert answer.draft == {"events": [{"id": "e1"}]}
    assert "ends early" in answer.notes[0]


def test_answer_cut_off_before_any_record_names_the_setting_that_mends_it() -> None:
    endpoint = Scripted(Reply("", "length", 10, 64))

    with pytest.raises(ModelOutputError, match="raise max_tokens"):
        _fill(_model(endpoint))

    assert len(endpoint.asks) == 1


@pytest.mark.parametrize("reply", [Reply("I will not.", "refused"), Reply("", "filtered")], ids=["refusal", "filter"])
def test_declined_answer_is_not_asked_for_again(reply: Reply) -> None:
    endpoint = Scripted(reply)

    with pytest.raises(ModelRefusedError):
        _fill(_model(endpoint))

    assert len(endpoint.asks) == 1


def test_budget_is_checked_before_anything_is_sent() -> None:
    endpoint = Scripted(Reply(EMPTY))

    with pytest.raises(BudgetError, match="budget") as caught:
        _fill(_model(endpoint, OPENAI, budget_usd=0.0001))

    assert (caught.value.attempts, endpoint.asks) == (0, [])


def test_budget_needs_a_price() -> None:
    endpoint = Scripted(Reply(EMPTY))

    with pytest.raises(BudgetError, match="no price is known") as caught:
        _fill(_model(endpoint, LOCAL, budget_usd=1.0))

    assert (caught.value.setting, endpoint.asks) == ("budget_usd", [])


def test_budget_counts_what_was_spent() -> None:
    endpoint = Scripted(Reply(EMPTY, "done", 1_000, 1_000))
    model = _model(endpoint, OPENAI, budget_usd=0.03)

    _fill(model)

    with pytest.raises(BudgetError, match="spent"):
        _fill(model)


def test_budget_sets_aside_an_answer_as_long_as_the_longest_so_far() -> None:
    endpoint = Scripted(Reply(EMPTY, "done", 100, 9_000))
    model = _model(endpoint, OPENAI, budget_usd=0.15)

    _fill(model)

    with pytest.raises(BudgetError, match=r"about 0\.09\d\d for the next"):
        _fill(model)


def test_estimate_sends_nothing() -> None:
    endpoint = Scripted(Reply(EMPTY))

    expected = _model(endpoint, OPENAI).estimate((Message("user", "x" * 3500),), answer_tokens=100)

    assert (expected.input_tokens, expected.output_tokens, endpoint.asks) == (1001, 100, [])
    assert expected.cost_usd == pytest.approx(0.0035, rel=0.01)
