"""The optional libraries of scoring, in one place: numpy for the statistics, scipy for the assignment.

Importing this module without them says what to install; nothing else in `llmx.eval` names scipy.
"""

from __future__ import annotations

from typing import Any, cast

from llmx.errors import ConfigError

try:
    import numpy as np
    from scipy import optimize  # pyright: ignore[reportMissingTypeStubs] - scipy ships none
except ModuleNotFoundError as missing:
    raise ConfigError("scoring needs numpy and scipy: install them with pip install 'llmx[eval]'") from missing

Array = np.ndarray[Any, np.dtype[np.float64]]
"""An array of floats."""

Narrow = np.ndarray[Any, np.dtype[np.float32]]
"""An array of floats of half the size, for products of large matrices."""


def assignment(scores: Array) -> list[tuple[int, int]]:
    """Rows and columns of the one-to-one assignment with the largest sum (scipy `linear_sum_assignment`)."""
    rows, columns = cast("Any", optimize).linear_sum_assignment(scores, maximize=True)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


__all__ = ["Array", "Narrow", "assignment", "np"]
