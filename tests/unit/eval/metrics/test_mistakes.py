"""Mistakes: the right label for each, and sums that are the false positives and negatives."""

from collections import Counter
from typing import Any

import pytest

from llmx.eval.metrics.tally import MistakeKind


def event(cite: Any, kind: str, trigger: str, parts: Any = ()) -> dict[str, Any]:
    held = [{"role": role, "cite": cite(words)} for role, words in parts]
    return {"type": kind, "trigger": cite(trigger), "participants": held}


def kinds(found: Any, family: str) -> Counter[MistakeKind]:
    return Counter(mistake.kind for mistake in found.mistakes if mistake.family == family)


@pytest.mark.parametrize(
    ("gold", "pred", "kind"),
    [
        pytest.param([("attack", "attacked")], [], MistakeKind.MISSED, id="missed"),
        pytest.param([], [("attack", "attacked")], MistakeKind.SPURIOUS, id="spurious"),
        pytest.param([("attack", "attacked")], [("coup", "attacked")], MistakeKind.WRONG_TYPE, id="wrong type"),
        pytest.param(
            [("attack", "burned all night")], [("attack", "burned")], MistakeKind.WRONG_BOUNDARY, id="boundary"
        ),
        pytest.param(
            [("attack", "attacked")],
            [("attack", "attacked"), ("attack", "attacked")],
            MistakeKind.DUPLICATE,
            id="twice",
        ),
    ],
)
def test_an_event_gets_the_label_that_fits(scored: Any, cite: Any, gold: Any, pred: Any, kind: MistakeKind) -> None:
    found = scored({"events": [event(cite, *one) for one in gold]}, {"events": [event(cite, *one) for one in pred]})

    assert kinds(found, "events") == {kind: 1}


def test_a_wrong_role_is_told(scored: Any, cite: Any) -> None:
    gold = event(cite, "attack", "attacked", [("target", "the depot")])
    pred = event(cite, "attack", "attacked", [("victim", "the depot")])

    found = scored({"events": [gold]}, {"events": [pred]})

    assert kinds(found, "participants") == {MistakeKind.WRONG_ROLE: 1}
    assert next(iter(found.mistakes)).label == "target → victim"


def test_a_quote_that_stands_nowhere_is_ungrounded(scored: Any, cite: Any) -> None:
    pred = {"type": "attack", "trigger": {"quote": "shelled", "start": 8, "end": 15}, "participants": []}

    found = scored({"events": [event(cite, "attack", "died")]}, {"events": [pred]})

    assert kinds(found, "events") == {MistakeKind.UNGROUNDED: 1, MistakeKind.MISSED: 1}


def test_a_content_with_anothers_source_is_a_wrong_link(scored: Any, cite: Any) -> None:
    gold = {"content": [cite("Two guards died")], "source": cite("Mirel Osk")}

    found = scored({"attributions": [gold]}, {"attributions": [{**gold, "source": cite("the mayor")}]})

    assert kinds(found, "attributions") == {MistakeKind.WRONG_LINK: 1}


def test_a_changed_number_is_an_altered_value(scored: Any, cite: Any) -> None:
    gold = {"text": "Two guards died in Arven.", "evidence": [cite("Two guards died")]}

    found = scored({"claims": [gold]}, {"claims": [{**gold, "text": "Ten guards died in Arven."}]})

    assert kinds(found, "claims") == {MistakeKind.ALTERED: 1}


def test_one_prediction_over_two_claims_is_merged_and_two_in_one_are_split(scored: Any, cite: Any) -> None:
    whole = {"evidence": [cite("Two guards died, Mirel Osk said")]}
    parts = [{"evidence": [cite("Two guards died")]}, {"evidence": [cite("Mirel Osk said")]}]

    merged, split = scored({"claims": parts}, {"claims": [whole]}), scored({"claims": [whole]}, {"claims": parts})

    assert MistakeKind.MERGED in kinds(merged, "claims")
    assert MistakeKind.SPLIT in kinds(split, "claims")


def test_labels_add_up_to_the_false_positives_and_negatives(scored: Any, cite: Any) -> None:
    gold = [
        event(cite, "attack", "attacked", [("attacker", "Rebels"), ("target", "the depot")]),
        event(cite, "arrest", "arrested", [("target", "a baker")]),
        event(cite, "attack", "burned all night"),
    ]
    pred = [
        event(cite, "attack", "attacked", [("target", "Rebels"), ("target", "the depot")]),
        event(cite, "attack", "attacked"),
        event(cite, "coup", "arrested", [("target", "baker")]),
        event(cite, "meeting", "signed"),
    ]

    found = scored({"events": gold}, {"events": pred})

    wrong = [mistake for mistake in found.mistakes if mistake.family == "events"]
    parts = [mistake for mistake in found.mistakes if mistake.family == "participants"]
    credit, predicted, _, wanted = found.counts["events.trigger_c"]
    assert sum(mistake.pred is not None for mistake in wrong) == predicted - credit
    assert sum(mistake.gold is not None for mistake in wrong) == wanted - credit
    credit, predicted, _, wanted = found.counts["events.arg_c"]
    assert sum(mistake.pred is not None for mistake in parts) == predicted - credit
    assert sum(mistake.gold is not None for mistake in parts) == wanted - credit
