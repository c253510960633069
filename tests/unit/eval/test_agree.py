"""Agreement of two annotators."""

from typing import Any

import pytest

from llmx.errors import GoldError
from llmx.eval.agree import agree, alpha_of
from llmx.eval.gold.case import Case


@pytest.mark.parametrize(
    ("both", "one", "neither", "expected"),
    [
        pytest.param(5, 0, 5, 1.0, id="full agreement"),
        pytest.param(0, 10, 0, -0.9, id="full disagreement"),
        pytest.param(0, 0, 10, None, id="nothing to disagree on"),
        pytest.param(2, 2, 6, 1 - 0.2 / (168 / 380), id="worked by hand"),
    ],
)
def test_alpha_is_one_minus_observed_over_expected_disagreement(
    both: int, one: int, neither: int, expected: Any
) -> None:
    found = alpha_of(both, one, neither)

    assert found == (None if expected is None else pytest.approx(expected, abs=0.001))


def test_annotators_are_scored_against_each_other_by_the_same_matcher(cite: Any, text: str) -> None:
    said = {"content": [cite("Two guards died")], "source": cite("Mirel Osk"), "stance": "asserts"}
    first = Case(id="one", text=text, sha256="", lists={"attributions": [said]}, annotator="a")
    second = Case(id="one", text=text, sha256="", lists={"attributions": [{**said, "stance": "denies"}]}, annotator="b")

    found = agree([first], [second])

    figures = found.evaluation.runs[0].figures
    assert figures["attributions.content_exact.f1"].value == 1
    assert figures["attributions.stance_accuracy"].value == 0
    assert found.alphas["attributions.content"] == 1
    assert found.evaluation.runs[0].name == "b"


def test_annotations_of_other_articles_are_refused(text: str) -> None:
    with pytest.raises(GoldError, match="no article id in common"):
        agree([Case(id="a", text=text, sha256="", lists={})], [Case(id="b", text=text, sha256="", lists={})])
