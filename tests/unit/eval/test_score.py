"""Scoring a run: order never matters, failures are counted, texts must agree."""

import copy
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmx.errors import GoldError
from llmx.eval.gold.case import Case
from llmx.eval.metrics.options import ScoreOptions
from llmx.eval.predictions import Prediction, run_of
from llmx.eval.score import annotated_fields, score_article, score_run

TEXT = "Rebels shelled the depot and the mill in Arven; two guards and a cook died there, Osk and the mayor said."
WORDS = [
    "Rebels",
    "shelled",
    "the depot",
    "the mill",
    "Arven",
    "two guards",
    "a cook",
    "died",
    "Osk",
    "the mayor",
    "said",
]


def cite(words: str) -> dict[str, Any]:
    return {"quote": words, "start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


cites = st.sampled_from(WORDS).map(cite)
parts = st.lists(st.fixed_dictionaries({"role": st.sampled_from(["attacker", "target"]), "cite": cites}), max_size=3)
numbers = st.lists(
    st.fixed_dictionaries({"of": st.sampled_from(["killed", "injured"]), "low": st.integers(1, 3), "cite": cites}),
    max_size=2,
)
events = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["attack", "arrest"]),
            "trigger": cites,
            "participants": parts,
            "counts": numbers,
            "places": st.lists(st.fixed_dictionaries({"name": st.just("Arven"), "cite": cites}), max_size=2),
            "modality": st.sampled_from(["asserted", "planned"]),
        }
    ),
    max_size=4,
)
attributions = st.lists(
    st.fixed_dictionaries(
        {"content": st.lists(cites, min_size=1, max_size=2), "source": st.none() | cites, "cue": st.none() | cites}
    ),
    max_size=4,
)
claims = st.lists(
    st.fixed_dictionaries({"text": st.sampled_from(WORDS), "evidence": st.lists(cites, min_size=1, max_size=2)}),
    max_size=4,
)
reports = st.fixed_dictionaries({"events": events, "attributions": attributions, "claims": claims})


def shuffled(node: Any, draw: random.Random) -> Any:
    """The same report with every list in another order."""
    if isinstance(node, list):
        items = [shuffled(item, draw) for item in node]
        draw.shuffle(items)
        return items
    if isinstance(node, dict):
        return {key: shuffled(value, draw) for key, value in node.items()}
    return node


def score(gold: Any, pred: Any, options: ScoreOptions | None = None) -> Any:
    case = Case(id="one", text=TEXT, sha256="", lists=gold)
    prediction = Prediction(row={"document": {"id": "one", "text": TEXT}, "report": pred})
    return score_article(case, prediction, annotated=annotated_fields([case]), options=options or ScoreOptions())


@settings(max_examples=60, deadline=None)
@given(reports, reports, st.integers(0, 1000))
def test_the_order_of_lists_never_changes_a_figure(gold: Any, pred: Any, seed: int) -> None:
    draw = random.Random(seed)
    options = ScoreOptions(match="soft", threshold=0.6)

    before = score(gold, pred, options)
    after = score(shuffled(copy.deepcopy(gold), draw), shuffled(copy.deepcopy(pred), draw), options)

    assert after.counts == before.counts
    assert sorted(str(m.kind) for m in after.mistakes) == sorted(str(m.kind) for m in before.mistakes)


@settings(max_examples=40, deadline=None)
@given(reports)
def test_gold_scored_against_itself_is_perfect(gold: Any) -> None:
    found = score(gold, gold).counts

    for name in ("events.trigger_c", "events.arg_c_attached", "events.template", "attributions.content_overlap"):
        credit, predicted, _, wanted = found.get(name, (0, 0, 0, 0))
        assert credit == pytest.approx(predicted) == pytest.approx(wanted)


@settings(max_examples=40, deadline=None)
@given(reports, reports)
def test_no_credit_exceeds_what_was_predicted_or_wanted(gold: Any, pred: Any) -> None:
    found = score(gold, pred).counts

    assert all(
        columns[0] <= columns[1] + 1e-9 and columns[2] <= columns[3] + 1e-9
        for name, columns in found.items()
        if len(columns) == 4 and not name.startswith("grounding.rejected")
    )


@settings(max_examples=40, deadline=None)
@given(reports, reports)
def test_labels_of_mistakes_add_up_to_what_the_metric_lost(gold: Any, pred: Any) -> None:
    found = score(gold, pred)

    credit, predicted, _, wanted = found.counts.get("attributions.exact", (0, 0, 0, 0))
    wrong = [m for m in found.mistakes if m.family == "attributions"]
    assert sum(m.pred is not None for m in wrong) == predicted - credit
    assert sum(m.gold is not None for m in wrong) == wanted - credit


@pytest.fixture
def cases() -> list[Case]:
    lists = {"events": [{"type": "attack", "trigger": cite("shelled")}]}
    return [Case(id=name, text=f"{TEXT} {name}", sha256="", lists=lists) for name in ("one", "two")]


def row(case: Case, **fields: Any) -> dict[str, Any]:
    return {"document": {"id": case.id, "text": case.text}, "report": case.lists, **fields}


def test_a_missing_article_is_an_empty_prediction(cases: list[Case]) -> None:
    found = score_run(cases, run_of([row(cases[0])], name="r", source=""))

    assert [article.status for article in found.articles] == ["ok", "missing"]
    assert found.articles[1].counts["events.trigger_c"] == (0, 0, 0, 1)


def test_a_failed_article_is_left_out_only_when_asked(cases: list[Case]) -> None:
    run = run_of([row(cases[0]), {"id": "two", "error": "no answer"}], name="r", source="")

    counted, skipped = score_run(cases, run), score_run(cases, run, on_error="skip")

    assert [article.status for article in counted.articles] == ["ok", "failed"]
    assert skipped.skipped == ("two",)
    assert len(skipped.articles) == 1


def test_an_article_with_another_text_is_refused_and_the_line_shown(cases: list[Case]) -> None:
    other = {"document": {"id": "one", "text": TEXT.replace("depot", "store")}, "report": {}}

    with pytest.raises(GoldError, match=r"article 'one' has another text than gold: line 1 differs.*store"):
        score_run(cases, run_of([other], name="r", source=""))


def test_two_rows_for_one_article_are_refused(cases: list[Case]) -> None:
    with pytest.raises(GoldError, match="two rows for article 'one'"):
        score_run(cases, run_of([row(cases[0]), row(cases[0])], name="r", source=""))


def test_a_run_of_other_articles_is_refused(cases: list[Case]) -> None:
    with pytest.raises(GoldError, match="none of its 1 articles is in gold"):
        score_run(cases, run_of([{"document": {"id": "x", "text": "Else."}, "report": {}}], name="r", source=""))


def test_an_article_that_gold_lacks_is_named_and_not_scored(cases: list[Case]) -> None:
    extra = {"document": {"id": "x", "text": "Else."}, "report": {}}

    found = score_run(cases, run_of([row(cases[0]), extra], name="r", source=""))

    assert found.extra == ("x",)


def test_articles_are_paired_by_text_where_ids_differ(cases: list[Case]) -> None:
    renamed = {"document": {"id": "other", "text": cases[1].text}, "report": cases[1].lists}

    found = score_run(cases, run_of([renamed], name="r", source=""))

    assert [article.status for article in found.articles] == ["missing", "ok"]


def test_nothing_in_gold_and_prediction_is_counted_as_rightly_empty() -> None:
    empty = Case(id="e", text="Calm.", sha256="", lists={"events": []})

    found = score_run([empty], run_of([row(empty)], name="r", source=""))

    assert found.articles[0].empty
