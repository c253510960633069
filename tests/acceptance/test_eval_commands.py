"""`llmx eval` from the outside: files in, a verdict and reports out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from llmx.cli.main import run

TEXT = "Rebels attacked the depot in Hatay on Monday, killing 12 guards. “It burned all night,” the mayor said."
OTHER = "The two governments signed an agreement in Lund. Nobody was hurt."


def cite(words: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(words)
    return {"quote": words, "start": start, "end": start + len(words)}


def event(*, trigger: str = "attacked") -> dict[str, Any]:
    parts = [{"role": "attacker", "cite": cite("Rebels")}, {"role": "target", "cite": cite("the depot")}]
    return {"id": "e1", "type": "attack", "trigger": cite(trigger), "participants": parts}


def extraction(name: str, text: str, **report: Any) -> dict[str, Any]:
    return {
        "schema": "extraction/v1",
        "document": {"id": name, "text": text},
        "report": {"entities": [], "events": [], "attributions": [], "claims": [], "relations": [], **report},
        "usage": {"calls": 1, "input_tokens": 9, "output_tokens": 3, "cost_usd": 0.001},
    }


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    parts = [{"role": "attacker", "cite": "Rebels"}, {"role": "target", "cite": "the depot"}]
    said = {"source": "the mayor", "cue": "said", "content": "It burned all night", "mode": "direct"}
    lines = [
        {
            "id": "one",
            "text": TEXT,
            "meta": {"lang": "en"},
            "events": [{"type": "attack", "trigger": "attacked", "participants": parts}],
            "attributions": [said],
        },
        {"id": "two", "text": OTHER, "events": [], "attributions": []},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    def make(name: str, *rows: Any) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return path

    return make


@pytest.fixture
def good(saved: Callable[..., Path]) -> Path:
    said = {
        "source": cite("the mayor"),
        "cue": cite("said"),
        "content": [cite("It burned all night")],
        "mode": "direct",
    }
    one = extraction("one", TEXT, events=[event()], attributions=[said])
    return saved("good.jsonl", one, extraction("two", OTHER))


@pytest.fixture
def bad(saved: Callable[..., Path]) -> Path:
    return saved("bad.jsonl", extraction("one", TEXT, events=[event(trigger="killing")]), extraction("two", OTHER))


def llmx(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        run([str(word) for word in words])
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize(
    ("gate", "code"),
    [
        pytest.param("events.trigger_c.f1 >= 1", 0, id="met"),
        pytest.param("events.trigger_c.f1 > 1", 1, id="not met"),
        pytest.param("events.counts.f1 >= 0", 3, id="not annotated"),
        pytest.param("events.nothing >= 0", 2, id="unknown"),
        pytest.param("events.trigger_c", 2, id="no condition"),
    ],
)
def test_a_gate_decides_the_exit_code(gold: Path, good: Path, gate: str, code: int) -> None:
    assert llmx("eval", "run", gold, "--pred", good, "--gate", gate, "--quiet") == code


def test_the_printed_verdict_the_saved_one_and_the_exit_code_agree(
    gold: Path, bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved, junit = tmp_path / "eval.json", tmp_path / "junit.xml"

    code = llmx(
        "eval", "run", gold, "--pred", bad, "--gate", "events.trigger_c >= 0.5", "--json", saved, "--junit", junit
    )

    assert code == 1
    assert "exit 1" in capsys.readouterr().out
    assert json.loads(saved.read_text(encoding="utf-8"))["verdict"]["exit_code"] == 1
    assert ET.parse(junit).getroot().find(".//failure") is not None  # noqa: S314


def test_several_runs_stand_in_one_table_with_their_differences(
    gold: Path, good: Path, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = llmx("eval", "run", gold, "--pred", f"old={bad}", "--pred", f"new={good}", "--baseline", "old")

    table = capsys.readouterr().out
    assert code == 0
    assert "Δ new" in table
    assert "tied" in table


def test_a_saved_evaluation_is_judged_and_reported_without_the_runs(gold: Path, good: Path, tmp_path: Path) -> None:
    saved = tmp_path / "eval.json"
    llmx("eval", "run", gold, "--pred", good, "--json", saved, "--quiet")
    good.unlink()

    judged = llmx("eval", "gate", saved, "--gate", "events.arg_c.f1 >= 0.99")
    reported = llmx("eval", "report", saved, "--html", tmp_path / "page.html", "--md", tmp_path / "t.md", "--quiet")

    assert (judged, reported) == (0, 0)
    assert "Rebels attacked" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "events: argument and role" in (tmp_path / "t.md").read_text(encoding="utf-8")


def test_a_report_made_again_keeps_the_verdict_of_its_gates(
    gold: Path, bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "eval.json"
    llmx("eval", "run", gold, "--pred", bad, "--gate", "events.trigger_c >= 0.5", "--json", saved, "--quiet")

    code = llmx("eval", "report", saved)

    assert code == 1
    assert "exit 1" in capsys.readouterr().out


def test_two_saved_evaluations_are_compared(
    gold: Path, good: Path, bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = tmp_path / "a.json", tmp_path / "b.json"
    llmx("eval", "run", gold, "--pred", good, "--json", before, "--quiet")
    llmx("eval", "run", gold, "--pred", bad, "--json", after, "--quiet")
    capsys.readouterr()

    code = llmx("eval", "diff", before, after)

    assert code == 0
    assert "Δ bad" in capsys.readouterr().out


def test_everything_is_written_into_one_folder(gold: Path, good: Path, tmp_path: Path) -> None:
    llmx("eval", "run", gold, "--pred", good, "--out", tmp_path / "out", "--quiet")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "eval.html",
        "eval.json",
        "eval.md",
        "figures.csv",
        "items.jsonl",
        "junit.xml",
    ]


def test_a_page_can_leave_the_articles_words_out(gold: Path, good: Path, tmp_path: Path) -> None:
    llmx("eval", "run", gold, "--pred", good, "--html", tmp_path / "p.html", "--html-no-text", "--quiet")

    assert "burned all night" not in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_an_article_that_is_not_in_the_run_counts_as_empty_and_is_told(
    gold: Path, saved: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    part = saved("part.jsonl", extraction("two", OTHER))

    code = llmx("eval", "run", gold, "--pred", part, "--gate", "events.trigger_c.r <= 0")
    strict = llmx("eval", "run", gold, "--pred", part, "--max-errors", 0, "--quiet")

    assert (code, strict) == (0, 3)
    assert "coverage 1/2" in capsys.readouterr().out


def test_an_empty_run_is_not_green(gold: Path, saved: Callable[..., Path]) -> None:
    empty = saved("empty.jsonl")

    assert llmx("eval", "run", gold, "--pred", empty, "--quiet") == 3


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--pred", "nowhere.jsonl"], id="no such run"),
        pytest.param([], id="no run"),
        pytest.param(["--metrics", "speed"], id="unknown family"),
        pytest.param(["--preset", "bleu"], id="unknown preset"),
        pytest.param(["--match", "close"], id="unknown match"),
        pytest.param(["--num-tol", "some"], id="no tolerance"),
        pytest.param(["--baseline", "best"], id="unknown baseline"),
        pytest.param(["--slice", "meta.colour"], id="unknown slice"),
    ],
)
def test_wrong_use_exits_2_in_one_line(
    gold: Path, good: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    runs = ["--pred", str(good)] if words and words[0] != "--pred" else []

    code = llmx("eval", "run", gold, *runs, *words)

    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_gold_with_several_faults_is_told_in_one_line(
    good: Path, saved: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = saved("wrong.jsonl", {"id": "x", "text": "a", "evnts": []}, {"id": "y"})

    code = llmx("eval", "run", wrong, "--pred", good)

    assert code == 2
    assert f"1 more faults: llmx eval check {wrong} lists them" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--preset", "bleu"], id="unknown preset"),
        pytest.param(["--slice", "meta.colour"], id="unknown slice"),
        pytest.param(["--json", "/dev/null/eval.json"], id="no place to write"),
    ],
)
def test_what_cannot_end_well_is_refused_before_anything_is_extracted(
    gold: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = llmx("eval", "run", gold, "--extract", "--model", "rules", *words)

    assert code == 2
    assert "extracting" not in capsys.readouterr().err


def test_extraction_that_fails_says_why(
    gold: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLMX_API_KEY", "not-a-key")
    server = ["--model", "local", "--base-url", "http://127.0.0.1:9/v1", "--set", "max_retries=0"]

    code = llmx("eval", "run", gold, "--extract", *server, "--quiet")

    assert code == 3
    assert "one: ModelUnavailableError: cannot reach http://127.0.0.1:9/v1" in capsys.readouterr().err


def test_a_run_with_another_text_exits_2(gold: Path, saved: Callable[..., Path]) -> None:
    other = saved("other.jsonl", extraction("one", TEXT.replace("depot", "store")))

    assert llmx("eval", "run", gold, "--pred", other, "--quiet") == 2


def test_check_lists_every_fault_and_exits_2(
    gold: Path, saved: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = saved("wrong.jsonl", {"id": "x", "text": "a b a", "events": [{"type": "attack", "trigger": "a"}]})

    fine, faulty = llmx("eval", "check", gold), llmx("eval", "check", wrong)

    assert (fine, faulty) == (0, 2)
    assert "wrong.jsonl:1: events[0].trigger: “a” stands 2 times" in capsys.readouterr().out


def test_frozen_gold_scores_the_same(gold: Path, good: Path, tmp_path: Path) -> None:
    frozen = tmp_path / "frozen.jsonl"

    assert llmx("eval", "freeze", gold, "-o", frozen) == 0
    assert llmx("eval", "run", frozen, "--pred", good, "--gate", "events.arg_c >= 1", "--quiet") == 0


def test_annotators_are_compared(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = llmx("eval", "agree", gold, gold)

    told = capsys.readouterr().out
    assert code == 0
    assert "2 articles by both" in told
    assert "attributions.content" in told


def test_a_second_annotator_can_stand_as_a_row_beside_runs(gold: Path, good: Path) -> None:
    words = ["--pred", f"human={gold}", "--pred", good, "--gate", "events.arg_c >= 1"]

    assert llmx("eval", "run", gold, *words, "--quiet") == 0


def test_the_embedded_engine_extracts_and_is_scored_in_one_go(gold: Path, tmp_path: Path) -> None:
    saved = tmp_path / "eval.json"

    code = llmx("eval", "run", gold, "--extract", "--model", "rules", "--json", saved, "--quiet")

    shape = json.loads(saved.read_text(encoding="utf-8"))
    assert code == 0
    assert [run["name"] for run in shape["runs"]] == ["rules"]
    assert shape["runs"][0]["figures"]["reliability.failed"]["value"] == 0
    assert "cost.seconds" in shape["runs"][0]["figures"]


def test_the_embedded_engine_can_be_the_baseline_of_any_run(gold: Path, good: Path, tmp_path: Path) -> None:
    saved = tmp_path / "eval.json"

    llmx("eval", "run", gold, "--with-rules", "--pred", good, "--json", saved, "--quiet")

    shape = json.loads(saved.read_text(encoding="utf-8"))
    assert [run["name"] for run in shape["runs"]] == ["rules", "good"]
    assert list(shape["differences"]) == ["good"]


def test_a_preset_gives_the_originals_figures_beside_llmxs_own(gold: Path, good: Path) -> None:
    words = ["--preset", "textee,nervaluate", "--preset", "citron"]

    code = llmx(
        "eval",
        "run",
        gold,
        "--pred",
        good,
        *words,
        "--gate",
        "textee.arg_c_attached.f1 >= 1",
        "--gate",
        "nervaluate.attributions_strict.f1 >= 1",
        "--gate",
        "citron.quote_exact.f1 >= 1",
        "--quiet",
    )

    assert code == 0


def test_an_export_is_imported_as_gold(good: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[triggers]\nattack = "attack"\n[participants]\nattacker = "attacker"\ntarget = "target"\n'
        '[attributions]\nsource = "source"\ncue = "cue"\ncontent = "content"\n',
        encoding="utf-8",
    )

    exported = llmx("eval", "export", "brat", good, "-o", tmp_path / "brat")
    imported = llmx("eval", "import", "brat", tmp_path / "brat", "-o", tmp_path / "new.jsonl", "--map", mapping)
    scored = llmx("eval", "run", tmp_path / "new.jsonl", "--pred", good, "--gate", "events.arg_c >= 1", "--quiet")

    assert (exported, imported, scored) == (0, 0, 0)
