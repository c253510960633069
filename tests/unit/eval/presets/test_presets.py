"""Presets: what the original scorers give on small cases, their known weaknesses with them."""

from typing import Any

import pytest

from llmx.eval.gold.case import Case
from llmx.eval.predictions import Prediction
from llmx.eval.presets import PRESETS, score_preset
from llmx.eval.presets.ceaf_ree import ceaf_ree_counts
from llmx.eval.presets.ceaf_rme import phi3_counts, phi_subset_counts
from llmx.eval.presets.citron import Quote, token_counts
from llmx.eval.presets.nervaluate import span_counts
from llmx.eval.presets.textee import TexteeEvent, textee_counts

ATTACK = TexteeEvent("attack", (0, 3), (("target", (4, 9)), ("attacker", (12, 15))))


def test_textee_lets_a_duplicate_cost_nothing() -> None:
    found = textee_counts([ATTACK], [ATTACK, ATTACK])

    assert found["trigger_c"] == (1, 1, 1, 1)
    assert found["arg_c"] == (2, 2, 2, 2)


def test_textee_sees_the_trigger_only_in_the_attached_scores() -> None:
    moved = TexteeEvent("attack", (20, 23), ATTACK.arguments)

    found = textee_counts([ATTACK], [moved])

    assert found["arg_c"] == (2, 2, 2, 2)
    assert found["arg_c_attached"] == (0, 2, 0, 2)


@pytest.mark.parametrize(
    ("gold", "pred", "strict", "prop"),
    [
        pytest.param([["osk", "mayor"]], [["osk"]], 1, 1, id="one of two mentions"),
        pytest.param([["osk"]], [["osk", "guard"]], 0, 0.5, id="a wrong mention beside a right one"),
        pytest.param([["osk"]], [["guard"]], 0, 0, id="wrong"),
        pytest.param([["osk"], ["guard"]], [["guard"], ["osk"]], 2, 2, id="another order"),
        pytest.param([["osk", "osk"]], [["osk"]], 1, 2, id="equal gold mentions count each under prop"),
    ],
)
def test_ceaf_ree_is_strict_or_proportional(gold: Any, pred: Any, strict: float, prop: float) -> None:
    found = ceaf_ree_counts({"target": gold}, {"target": pred})

    assert found["strict"][0] == strict
    assert found["prop"][0] == pytest.approx(prop)
    assert found["strict"][1:2] == (len(pred),)


@pytest.mark.parametrize(
    ("gold", "pred"),
    [pytest.param({}, {}, id="both empty"), pytest.param({"target": []}, {"target": []}, id="no entities")],
)
def test_ceaf_ree_of_nothing_counts_nothing(gold: Any, pred: Any) -> None:
    assert ceaf_ree_counts(gold, pred)["strict"] == (0, 0, 0, 0)


BOMBING = ("bombing", [("target", ["bridge"]), ("victim", ["guard", "sentry"])])


@pytest.mark.parametrize(
    ("gold", "pred", "subset", "phi3"),
    [
        pytest.param([BOMBING], [BOMBING], (2, 2, 2, 2), (3, 3, 3, 3), id="perfect"),
        pytest.param([BOMBING], [], (0, 0, 0, 2), (0, 0, 0, 3), id="empty"),
        pytest.param([BOMBING], [("attack", BOMBING[1])], (0, 2, 0, 2), (0, 3, 0, 3), id="wrong type"),
        pytest.param(
            [BOMBING],
            [("bombing", [("victim", ["guard"]), ("victim", ["sentry"])])],
            (2, 2, 1, 2),
            (1, 2, 1, 3),
            id="one filler predicted twice counts twice under phi-subset",
        ),
        pytest.param(
            [("bombing / attack", [("target", ["bridge"])])],
            [("attack", [("target", ["bridge"])])],
            (1, 1, 1, 1),
            (1, 1, 1, 2),
            id="gold of two types",
        ),
    ],
)
def test_ceaf_rme_matches_templates_then_fillers(gold: Any, pred: Any, subset: Any, phi3: Any) -> None:
    assert phi_subset_counts(gold, pred) == subset
    assert phi3_counts(gold, pred) == phi3


@pytest.mark.parametrize(
    ("pred", "strict", "exact", "partial", "typed"),
    [
        pytest.param([("PER", 0, 4)], 1, 1, 1, 1, id="right"),
        pytest.param([("ORG", 0, 4)], 0, 1, 1, 0, id="wrong label"),
        pytest.param([("PER", 2, 6)], 0, 0, 0.5, 1, id="overlap"),
        pytest.param([("PER", 5, 8)], 0, 0, 0, 0, id="beside"),
        pytest.param([("PER", 0, 4), ("PER", 0, 4)], 1, 1, 1, 1, id="twice"),
        pytest.param([("PER", 2, 6), ("PER", 0, 4)], 0, 0, 0.5, 1, id="the first that overlaps takes the span"),
    ],
)
def test_nervaluate_takes_spans_in_the_order_of_the_list(
    pred: Any, strict: float, exact: float, partial: float, typed: float
) -> None:
    found = span_counts([("PER", 0, 4)], pred)

    earned = {name: found[name][0] for name in ("strict", "exact", "partial", "ent_type")}
    assert earned == {"strict": strict, "exact": exact, "partial": partial, "ent_type": typed}
    assert found["strict"][1:] == (len(pred), strict, 1)


def test_citron_lets_a_duplicate_be_right_twice() -> None:
    quote = Quote(cue=(2, 3), sources=((0, 2),), contents=((4, 9),))

    found = token_counts([quote], [quote, quote])

    assert found["quote_exact"] == (2, 2, 2, 2)
    assert found["content_overlap"] == (10, 10, 10, 5)


def test_citron_takes_a_touching_cue_for_a_near_one() -> None:
    gold = Quote(cue=(2, 3), sources=((0, 2),), contents=((4, 9),))
    pred = Quote(cue=(3, 4), sources=((0, 2),), contents=((4, 9),))

    found = token_counts([gold], [pred])

    assert found["cue_exact"][0] == 0
    assert found["content_exact"][0] == 1


def test_every_preset_scores_an_article_of_gold(cite: Any, text: str) -> None:
    lists = {
        "entities": [{"id": "n1", "mentions": [cite("Mirel Osk"), cite("the mayor")]}],
        "events": [
            {
                "type": "attack",
                "trigger": cite("attacked"),
                "participants": [{"role": "attacker", "cite": cite("Rebels")}],
            }
        ],
        "attributions": [{"source": cite("Mirel Osk"), "cue": cite("said"), "content": [cite("Two guards died")]}],
    }
    case = Case(id="one", text=text, sha256="", lists=lists)

    found = {name: score_preset(name, case, Prediction(row={"report": lists})) for name in PRESETS}

    assert found["textee"]["textee.arg_c_attached"] == (1, 1, 1, 1)
    assert found["ceaf-ree"]["ceaf_ree.strict"] == (1, 1, 1, 1)
    assert found["ceaf-rme"]["ceaf_rme.phi_3"] == (1, 1, 1, 1)
    assert found["nervaluate"]["nervaluate.attributions_strict"] == (3, 3, 3, 3)
    assert found["citron"]["citron.quote_exact"] == (1, 1, 1, 1)
    assert found["conll"]["conll.muc"] == (1, 1, 1, 1)
