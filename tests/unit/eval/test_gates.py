"""Gates: conditions, verdicts and exit codes from one value."""

from typing import Any

import pytest

from llmx.errors import ConfigError
from llmx.eval.evaluation import evaluate
from llmx.eval.gates import Limits, judge, parse_gate
from llmx.eval.gold.case import Case
from llmx.eval.outcome import EvalSettings, Evaluation
from llmx.eval.predictions import run_of
from llmx.eval.saved import from_dict, join, to_dict
from llmx.eval.statistics.bootstrap import Draws

SETTINGS = EvalSettings(draws=Draws(resamples=200))


def case(number: int) -> Case:
    text = f"Rebels shelled the depot. {number}"
    trigger = {"quote": "shelled", "start": 7, "end": 14}
    return Case(id=str(number), text=text, sha256="", lists={"events": [{"type": "attack", "trigger": trigger}]})


def row(one: Case, *, right: bool) -> dict[str, Any]:
    return {"document": {"id": one.id, "text": one.text}, "report": one.lists if right else {"events": []}}


def evaluation(*rights: int, articles: int = 30) -> Evaluation:
    cases = [case(number) for number in range(articles)]
    runs = [
        run_of([row(one, right=n < right) for n, one in enumerate(cases)], name=f"r{at}", source="")
        for at, right in enumerate(rights)
    ]
    return evaluate(cases, runs, settings=SETTINGS)


@pytest.mark.parametrize(
    ("gate", "code"),
    [
        pytest.param("events.trigger_c.f1 >= 0.5", 0, id="met"),
        pytest.param("events.trigger_c >= 0.5", 0, id="a metric stands for its F1"),
        pytest.param("events.trigger_c.r>=50%", 0, id="in percent"),
        pytest.param("events.trigger_c.p == 1", 0, id="equal"),
        pytest.param("events.trigger_c.f1 > 0.95", 1, id="not met"),
        pytest.param("events.arg_c.f1 >= 0.1", 3, id="not annotated"),
        pytest.param("grounding.supported >= 0.1", 3, id="no cases"),
        pytest.param("reliability.failed <= 0", 0, id="a rate"),
    ],
)
def test_a_gate_decides_the_exit_code(gate: str, code: int) -> None:
    verdict = judge(evaluation(20), Limits(gates=(parse_gate(gate),)))

    assert verdict.exit_code == code
    assert verdict.to_dict()["exit_code"] == code


@pytest.mark.parametrize("text", ["events.arg_c", "events.arg_c ~ 3", ">= 0.5", "events.arg_c >= many"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="is no condition"):
        parse_gate(text)


def test_an_unknown_figure_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match=r"no figure is called 'events\.argc'"):
        judge(evaluation(20), Limits(gates=(parse_gate("events.argc >= 0.5"),)))


def test_a_failing_gate_beats_one_that_is_not_defined() -> None:
    gates = (parse_gate("events.arg_c.f1 >= 0.1"), parse_gate("events.trigger_c.f1 >= 0.99"))

    assert judge(evaluation(20), Limits(gates=gates)).exit_code == 1


def test_too_many_failures_are_not_evaluated_enough() -> None:
    cases = [case(number) for number in range(4)]
    run = run_of([row(cases[0], right=True)], name="r", source="")
    found = evaluate(cases, [run], settings=SETTINGS)

    assert judge(found, Limits(max_errors=2)).exit_code == 3
    assert judge(found, Limits(max_errors=3)).exit_code == 0


def test_an_empty_run_is_never_green_unless_allowed() -> None:
    found = evaluate([case(0)], [run_of([], name="r", source="")], settings=SETTINGS)

    assert judge(found, Limits()).exit_code == 3
    assert judge(found, Limits(allow_empty=True)).exit_code == 0


def test_a_regression_beyond_chance_fails_and_one_within_chance_does_not() -> None:
    gate = (parse_gate("events.trigger_c.f1 > -0.01"),)

    certain = judge(evaluation(28, 10), Limits(no_regress=gate))
    by_chance = judge(evaluation(28, 27), Limits(no_regress=gate))

    assert certain.exit_code == 1
    assert by_chance.exit_code == 0
    assert "within chance" in by_chance.checks[-1].detail


def test_strict_counts_a_regression_as_it_stands() -> None:
    limits = Limits(no_regress=(parse_gate("events.trigger_c.f1 > -0.01"),), strict=True)

    assert judge(evaluation(28, 27), limits).exit_code == 1


def test_a_regression_needs_a_baseline() -> None:
    with pytest.raises(ConfigError, match="needs a baseline"):
        judge(evaluation(20), Limits(no_regress=(parse_gate("events.trigger_c > -0.1"),)))


def test_gates_judge_the_runs_not_the_baseline() -> None:
    verdict = judge(evaluation(2, 28), Limits(gates=(parse_gate("events.trigger_c.r >= 0.9"),)))

    assert verdict.exit_code == 0
    assert [check.run for check in verdict.checks if check.kind == "gate"] == ["r1"]


def test_an_evaluation_reads_back_as_it_was_saved() -> None:
    before = evaluation(20, 25)

    after = from_dict(to_dict(before))

    assert to_dict(after) == to_dict(before)


def test_two_saved_evaluations_of_one_gold_set_are_compared() -> None:
    found = join(evaluation(28), evaluation(10))

    rows = {one.figure: one for one in found.differences["r0 (after)"]}
    assert rows["events.trigger_c.f1"].outcome == "worse"


def test_two_runs_of_one_name_are_refused() -> None:
    one = run_of([row(case(0), right=True)], name="r", source="")

    with pytest.raises(ConfigError, match="two runs are called 'r'"):
        evaluate([case(0)], [one, one], settings=SETTINGS)


def test_repeated_runs_tell_their_spread_and_flaky_items() -> None:
    cases = [case(number) for number in range(4)]
    runs = [
        run_of([row(one, right=n < right) for n, one in enumerate(cases)], name=f"m#{at}", source="")
        for at, right in enumerate((2, 3, 2), 1)
    ]

    found = evaluate(cases, runs, settings=SETTINGS).repeats["m"]

    assert found["runs"] == 3
    assert found["flaky"] == 0.25
    assert found["figures"]["events.trigger_c.r"]["mean"] == pytest.approx((0.5 + 0.75 + 0.5) / 3)


def test_slices_score_the_articles_that_share_a_value() -> None:
    cases = [
        Case(id=str(n), text=f"{n}", sha256="", lists={"events": [{"type": "coup"}]}, meta={"lang": lang})
        for n, lang in enumerate(("en", "en", "de"))
    ]
    run = run_of([row(cases[2], right=True)], name="r", source="")

    found = evaluate(cases, [run], settings=EvalSettings(slices=("meta.lang",), draws=Draws(resamples=20))).slices

    assert [(part.value, part.articles, part.figures["events.type_c.r"].value) for part in found] == [
        ("de", 1, 1.0),
        ("en", 2, 0.0),
    ]


def test_a_slice_that_no_article_has_is_refused() -> None:
    run = run_of([row(case(0), right=True)], name="r", source="")

    with pytest.raises(ConfigError, match=r"no article has 'meta\.nope'"):
        evaluate([case(0)], [run], settings=EvalSettings(slices=("meta.nope",)))


def test_a_slice_of_few_articles_is_marked_as_doubtful() -> None:
    cases = [case(0), case(1)]
    run = run_of([row(one, right=True) for one in cases], name="r", source="")

    figure = evaluate(cases, [run], settings=SETTINGS).runs[0].figures["events.trigger_c.f1"]

    assert figure.doubtful
