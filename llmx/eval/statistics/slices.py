"""Slices and clusters: the value of a key for each article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from llmx.errors import ConfigError
from llmx.eval.gold.case import Case

_NONE = "(none)"


def slice_names(cases: Sequence[Case], key: str) -> list[str]:
    """For each case the value of `key`: `meta.NAME` (dots go deeper), `outlet`, `annotator`, or `year(published)`.

    Raises:
        ConfigError: No case has such a key.
    """
    values = [_value(case, key) for case in cases]
    if cases and all(value is None for value in values):
        raise ConfigError(
            f"no article has {key!r}: use meta.NAME, outlet, annotator, year(published) or month(published)",
            setting="slice",
        )
    return [_NONE if value is None else str(value) for value in values]


def cluster_names(cases: Sequence[Case], key: str) -> list[str]:
    """For each case the cluster it is drawn with; a case without the key is a cluster of its own."""
    return [f"#{case.id}" if (value := _value(case, key)) is None else str(value) for case in cases]


def _value(case: Case, key: str) -> Any:
    if key in ("year(published)", "year(pub_date)"):
        return case.published.year if case.published else None
    if key in ("month(published)", "month(pub_date)"):
        return f"{case.published:%Y-%m}" if case.published else None
    if key in ("outlet", "annotator", "title", "published"):
        return getattr(case, key)
    node: Any = case.meta
    for step in key.removeprefix("meta.").split("."):
        node = node.get(step) if isinstance(node, Mapping) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - any JSON
    return node  # pyright: ignore[reportUnknownVariableType] - any JSON
