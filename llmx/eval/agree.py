"""Agreement of two annotators: what a machine can be expected to reach.

Both files are gold. One is scored as if it were a prediction of the other, by the same matching and metrics; beside it
Krippendorff's alpha over the tokens, and kappa on the labels of matched records.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from llmx.errors import GoldError
from llmx.eval.evaluation import evaluate
from llmx.eval.gold.case import Case
from llmx.eval.layers import layers_of
from llmx.eval.outcome import EvalSettings, Evaluation
from llmx.eval.predictions import gold_as_run
from llmx.eval.statistics.proportions import kappa

_TOKEN = re.compile(r"\w+|[^\w\s]")
_PARTS = (("events", "trigger"), ("attributions", "source"), ("attributions", "cue"), ("attributions", "content"))


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How far two annotators agree.

    Attributes:
        evaluation: The second annotator scored against the first.
        articles: How many articles both labelled.
        alphas: Part of a record -> Krippendorff's alpha over tokens; `None` where it is not defined.
        kappas: Label -> Cohen's kappa on matched records.
    """

    evaluation: Evaluation
    articles: int
    alphas: Mapping[str, float | None]
    kappas: Mapping[str, float | None]


def agree(first: Sequence[Case], second: Sequence[Case], *, settings: EvalSettings | None = None) -> Agreement:
    """Compare two annotations of the same articles; articles that only one labelled are left out.

    Raises:
        GoldError: They have no article in common, or one text differs.
    """
    other = {case.id: case for case in second}
    both = [case for case in first if case.id in other]
    if not both:
        raise GoldError("the two files have no article id in common")
    theirs = [other[case.id] for case in both]
    name = next((case.annotator for case in theirs if case.annotator), None) or "second"
    evaluation = evaluate(both, [gold_as_run(theirs, name=name, source="second annotator")], settings=settings)
    return Agreement(
        evaluation=evaluation,
        articles=len(both),
        alphas={f"{kind}.{part}": _alpha(both, theirs, kind, part) for kind, part in _PARTS},
        kappas={label: kappa(cells) for label, cells in sorted(evaluation.runs[0].confusions.items())},
    )


def _alpha(first: Sequence[Case], second: Sequence[Case], kind: str, part: str) -> float | None:
    """Nominal alpha of "this token is part of one", over all tokens of all articles."""
    both = one = neither = 0
    for case, other in zip(first, second, strict=True):
        if kind not in case.lists or kind not in other.lists:
            continue
        ours, theirs = _covered(case.lists, kind, part), _covered(other.lists, kind, part)
        for token in _TOKEN.finditer(case.text):
            a, b = token.start() in ours, token.start() in theirs
            both += a and b
            one += a != b
            neither += not (a or b)
    return alpha_of(both, one, neither)


def _covered(lists: Mapping[str, Any], kind: str, part: str) -> set[int]:
    return {
        at
        for start, end, held, name, _, _ in layers_of(lists)
        if held == kind and name == part
        for at in range(start, end)
    }


def alpha_of(both: int, one: int, neither: int) -> float | None:
    """Krippendorff's nominal alpha of two coders and two values.

    Args:
        both: Units that both coders mark.
        one: Units that one of them marks.
        neither: Units that none marks.

    Returns:
        Alpha, or `None` where no disagreement could be expected. Source: Krippendorff (2004), chapter 11.
    """
    units = both + one + neither
    values = 2 * units
    marked, unmarked = 2 * both + one, 2 * neither + one
    expected = 2 * marked * unmarked / (values * (values - 1)) if values > 1 else 0.0
    return 1 - (one / units) / expected if expected else None
