"""Statistics, against values from tables or worked by hand."""

import math

import numpy as np
import pytest

from llmx.eval.statistics.bootstrap import Draws, clustered, intervals, resampled, weights
from llmx.eval.statistics.calibration import calibrate
from llmx.eval.statistics.paired import compare
from llmx.eval.statistics.proportions import false_discovery, holm, kappa, macro_f1, mcnemar, wilson
from llmx.eval.statistics.table import Table, figure_names, figures, table_of


def prf(rows: list[tuple[float, float, float, float]]) -> Table:
    return table_of([str(n) for n in range(len(rows))], [{"events.arg_c": row} for row in rows])


def values(table: Table, *, zero: float = math.nan) -> dict[str, float]:
    return dict(
        zip(
            figure_names(table.metrics),
            figures(table.metrics, table.counts.sum(axis=0), zero=zero).tolist(),
            strict=True,
        )
    )


def test_micro_figures_are_ratios_of_sums_over_articles() -> None:
    found = values(prf([(1, 2, 1, 1), (1, 2, 1, 4)]))

    assert found == {"events.arg_c.p": 0.5, "events.arg_c.r": 0.4, "events.arg_c.f1": pytest.approx(4 / 9)}


def test_zero_by_zero_is_undefined_or_zero_as_asked() -> None:
    table = prf([(0, 0, 0, 0)])

    assert all(math.isnan(value) for value in values(table).values())
    assert set(values(table, zero=0.0).values()) == {0.0}


def test_f1_of_no_prediction_is_zero_where_there_is_gold() -> None:
    found = values(prf([(0, 0, 0, 3)]))

    assert math.isnan(found["events.arg_c.p"])
    assert found["events.arg_c.f1"] == 0


def test_f1_with_different_credits_is_the_harmonic_mean() -> None:
    found = values(prf([(2, 4, 1, 4)]))

    assert found["events.arg_c.f1"] == pytest.approx(2 * 0.5 * 0.25 / 0.75)


def test_the_conll_average_is_the_mean_of_three() -> None:
    table = table_of(["a"], [{"conll.average": (1, 1, 1, 1, 0, 1, 0, 1, 1, 2, 1, 2)}])

    assert values(table)["conll.average.f1"] == pytest.approx((1 + 0 + 0.5) / 3)


def test_blanc_leaves_out_a_kind_of_link_that_neither_side_has() -> None:
    table = table_of(["a"], [{"conll.blanc": (2, 2, 2, 2, 0, 0, 0, 0)}])

    assert values(table, zero=0.0)["conll.blanc.f1"] == 1


def test_every_resample_draws_as_many_articles_as_there_are() -> None:
    drawn = np.concatenate(list(weights(7, Draws(resamples=50))))

    assert drawn.shape == (50, 7)
    assert (drawn.sum(axis=1) == 7).all()


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    table = prf([(n % 3, 2, n % 3, 3) for n in range(30)])

    one, same, other = (resampled(table.counts, table.metrics, Draws(resamples=200, seed=s)) for s in (1, 1, 2))

    assert (one == same).all()
    assert (one != other).any()


def test_the_bootstrap_interval_of_a_share_is_near_the_normal_one() -> None:
    table = table_of([str(n) for n in range(400)], [{"grounding.quote_exact": (n % 2, 1)} for n in range(400)])

    found = intervals(resampled(table.counts, table.metrics, Draws(resamples=4000)), 400, 0.95)[0]

    assert found.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.005)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.005)
    assert not found.doubtful


def test_few_articles_or_undefined_resamples_make_an_interval_doubtful() -> None:
    few = prf([(1, 1, 1, 1)] * 5)
    sparse = prf([(1, 1, 1, 1)] + [(0, 0, 0, 0)] * 40)

    assert intervals(resampled(few.counts, few.metrics, Draws(resamples=100)), 5, 0.95)[0].doubtful
    assert intervals(resampled(sparse.counts, sparse.metrics, Draws(resamples=400)), 41, 0.95)[0].doubtful


def test_clusters_are_drawn_together() -> None:
    table = prf([(1, 1, 1, 1), (0, 1, 0, 1), (1, 1, 1, 1)])

    assert clustered(table, ["a", "a", "b"]).tolist() == [[1, 2, 1, 2], [1, 1, 1, 1]]


def test_two_alike_runs_are_tied() -> None:
    table = prf([(n % 2, 1, n % 2, 1) for n in range(40)])

    found = {row.figure: row for row in compare(table, table, draws=Draws(resamples=200), swaps=200)}

    assert found["events.arg_c.f1"].delta == 0
    assert found["events.arg_c.f1"].p == 1
    assert found["events.arg_c.f1"].outcome == "tied"


def test_a_clearly_better_run_is_better_and_a_worse_one_worse() -> None:
    good, bad = prf([(1, 1, 1, 1)] * 50), prf([(n % 3 == 0, 1, n % 3 == 0, 1) for n in range(50)])

    up = {row.figure: row for row in compare(good, bad, draws=Draws(resamples=400), swaps=400)}
    down = {row.figure: row for row in compare(bad, good, draws=Draws(resamples=400), swaps=400)}

    assert (up["events.arg_c.f1"].outcome, down["events.arg_c.f1"].outcome) == ("better", "worse")
    assert up["events.arg_c.f1"].p == pytest.approx(1 / 401)


def test_a_larger_failure_rate_is_worse() -> None:
    bad = table_of([str(n) for n in range(50)], [{"reliability.failed": (1, 1)}] * 50)
    good = table_of([str(n) for n in range(50)], [{"reliability.failed": (0, 1)}] * 50)

    assert compare(bad, good, draws=Draws(resamples=100), swaps=100)[0].outcome == "worse"


def test_an_undefined_difference_is_not_called_tied() -> None:
    empty = prf([(0, 0, 0, 0)] * 3)

    assert {row.outcome for row in compare(empty, empty, draws=Draws(resamples=50), swaps=50)} == {"n/a"}


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [
        pytest.param(0, 10, 0.0, 0.2775, id="none of ten"),
        pytest.param(10, 10, 0.7225, 1.0, id="all of ten"),
        pytest.param(5, 10, 0.2366, 0.7634, id="half of ten"),
    ],
)
def test_wilson_gives_the_published_bounds(hits: int, cases: int, low: float, high: float) -> None:
    found = wilson(hits, cases)

    assert found == pytest.approx((low, high), abs=1e-4)


def test_wilson_without_cases_is_undefined() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(
    ("one", "other", "p"),
    [
        pytest.param(0, 5, 0.0625, id="five to none"),
        pytest.param(3, 3, 1.0, id="even"),
        pytest.param(0, 0, 1.0, id="none"),
    ],
)
def test_mcnemar_is_the_exact_binomial(one: int, other: int, p: float) -> None:
    assert mcnemar(one, other) == p


def test_holm_steps_down_and_never_falls() -> None:
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})


def test_false_discovery_follows_benjamini_and_hochberg() -> None:
    found = false_discovery({"a": 0.01, "b": 0.02, "c": 0.03, "d": 0.5})

    assert found == pytest.approx({"a": 0.04, "b": 0.04, "c": 0.04, "d": 0.5})


def test_kappa_corrects_for_chance() -> None:
    cells = {("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}

    assert kappa(cells) == pytest.approx(0.4)
    assert kappa({("y", "y"): 3}) is None


def test_macro_f1_is_the_mean_over_labels() -> None:
    assert macro_f1({("a", "a"): 1, ("b", "a"): 1}) == pytest.approx((2 / 3 + 0) / 2)


def test_calibration_of_a_perfect_confidence_is_perfect() -> None:
    found = calibrate([(1.0, True)] * 60 + [(0.0, False)] * 60)

    assert (found.brier, found.ece, found.auroc) == (0, 0, 1)
    assert found.risk[-1] == (1, 0.5)


def test_calibration_of_an_uninformative_confidence() -> None:
    found = calibrate([(0.5, n % 2 == 0) for n in range(100)])

    assert (found.brier, found.auroc) == (0.25, 0.5)


def test_few_items_have_no_calibration_error() -> None:
    found = calibrate([(0.5, True)] * 29)

    assert found.ece is None
    assert found.auroc is None
    assert found.brier == 0.25
