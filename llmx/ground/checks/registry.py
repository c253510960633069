"""The registry: which checks a record of a class goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from llmx.ground.checks.count_numbers import check_count_number
from llmx.ground.context import Context
from llmx.result import Verdict
from llmx.schema.news import Count

Check = Callable[[Any, Context], Iterable[Verdict]]
"""A typed record and its context -> verdicts whose paths count from the record."""

_NEWS: Mapping[type[BaseModel], tuple[Check, ...]] = MappingProxyType({Count: (check_count_number,)})


@lru_cache(maxsize=512)
def checks_for(record_class: type[BaseModel]) -> tuple[Check, ...]:
    """The checks of `record_class`: those of the news record that it is, else those of its fields' types and marks."""
    return _NEWS.get(record_class, ())
