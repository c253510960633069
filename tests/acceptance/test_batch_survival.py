"""The promises of a batch run, tried on real processes: the measurements of `benchmarks/batch` at a small size."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parents[2] / "benchmarks" / "batch"


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The measurements."""
    monkeypatch.syspath_prepend(HERE)
    spec = importlib.util.spec_from_file_location("batch_rows", HERE / "rows.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "batch_rows", module)
    spec.loader.exec_module(module)
    return module


def test_kills_at_random_lose_nothing_and_double_nothing(rows: ModuleType, tmp_path: Path) -> None:
    found = rows.random_kills(tmp_path, 0.05)

    assert found["kills"] > 0
    assert (found["lost"], found["doubled"]) == (0, 0)
    assert (found["intact"], found["same_export"]) == (True, True)
    assert found["paid_twice"] <= found["workers"] * found["kills"]


def test_signals_drain_and_the_run_can_be_resumed(rows: ModuleType, tmp_path: Path) -> None:
    found = rows.signals(tmp_path, 0.1)

    assert [case["code"] for case in found["cases"].values()] == [130, 130, 143]
    assert [case["then"] for case in found["cases"].values()] == [0, 0, 0]
