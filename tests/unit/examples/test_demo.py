from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from llmx.result import Extraction

DEMO = Path(__file__).parents[3] / "examples" / "demo.py"


@pytest.fixture
def demo() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(DEMO)))


def test_the_demo_leaves_the_result_and_the_page(
    demo: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    demo.main(demo.EXAMPLE)

    result = Extraction.from_json((tmp_path / "demo-out" / "result.json").read_bytes())
    assert result.document.id == "marova-courier"
    assert (tmp_path / "demo-out" / "result.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_demo_says_what_happened_and_where_the_rest_is(
    demo: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    demo.main(demo.EXAMPLE)

    said = capsys.readouterr().out
    assert "killed     19" in said
    assert "demo-out/result.html" in said


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        pytest.param(19, 19, 19, "19", id="the number"),
        pytest.param(31, None, None, "31 or more", id="a lower bound"),
        pytest.param(None, None, 40, "40 or fewer", id="an upper bound"),
        pytest.param(6, None, 8, "6 to 8", id="both"),
    ],
)
def test_the_demo_tells_a_number_by_what_is_known_of_it(
    demo: SimpleNamespace, low: int | None, best: int | None, high: int | None, words: str
) -> None:
    assert demo.number(low, best, high) == words
