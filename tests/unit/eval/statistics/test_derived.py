"""Derived figures, worked by hand."""

import pytest

from llmx.eval.statistics.derived import derived_figures
from llmx.eval.statistics.table import table_of


def test_macro_figures_are_plain_or_weighted_means_of_what_is_defined() -> None:
    rows = [
        {"events.type_c": (1, 1, 1, 1), "events.type_c@a": (1, 1, 1, 1)},
        {"events.type_c": (0, 1, 0, 3), "events.type_c@b": (0, 1, 0, 3), "events.type_c@c": (0, 0, 0, 0)},
        {"events.type_c": (0, 0, 0, 0)},
    ]

    found = derived_figures(table_of(["x", "y", "z"], rows))

    assert found["events.type_c.macro_doc_f1"] == (0.5, 2)
    assert found["events.type_c.macro_f1"] == (0.5, 2)
    assert found["events.type_c.weighted_f1"] == (0.25, 4)


def test_percentiles_are_over_the_articles_whose_time_is_known() -> None:
    rows = [{"cost.seconds": (float(n), 1.0)} for n in range(1, 101)] + [{"cost.calls": (1.0, 1.0)}]

    found = derived_figures(table_of([str(n) for n in range(101)], rows))

    assert found["cost.seconds_p50"] == (50.5, 100)
    assert found["cost.seconds_p95"][0] == pytest.approx(95.05)


def test_the_cost_of_a_right_filler_is_the_whole_cost_over_right_fillers() -> None:
    rows = [
        {"cost.usd": (0.5, 1), "events.filler": (2, 3, 2, 4)},
        {"cost.usd": (0.5, 1), "events.filler": (2, 2, 2, 2)},
    ]

    assert derived_figures(table_of(["x", "y"], rows))["cost.usd_per_filler"] == (0.25, 4)
