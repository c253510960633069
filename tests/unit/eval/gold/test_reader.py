"""Reading and checking gold: what is found, and where it is said to stand."""

import json
from pathlib import Path
from typing import Any

import pytest

from llmx.errors import GoldError
from llmx.eval.gold import check_gold, freeze_line, gold_contract, read_gold

TEXT = "The depot burned. A guard left the depot.\nThe mayor said no."


def line(**fields: Any) -> dict[str, Any]:
    return {"id": "one", "text": TEXT, **fields}


def write(folder: Path, *lines: Any) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in lines), encoding="utf-8")
    return path


def events(**fields: Any) -> dict[str, Any]:
    return line(events=[{"type": "attack", **fields}])


@pytest.mark.parametrize(
    ("cite", "expected"),
    [
        pytest.param("burned", [(10, 16)], id="a string that stands once"),
        pytest.param({"q": "depot", "n": 2}, [(35, 40)], id="the second occurrence"),
        pytest.param({"q": "depot", "in": "left the depot"}, [(35, 40)], id="inside a longer quote"),
        pytest.param({"q": "e", "in": "The mayor", "n": 1}, [(44, 45)], id="counted inside a longer quote"),
        pytest.param({"start": 4, "end": 9, "q": "depot"}, [(4, 9)], id="offsets"),
        pytest.param(["guard", "left"], [(20, 25), (26, 30)], id="words apart"),
    ],
)
def test_a_citation_is_put_to_its_place(tmp_path: Path, cite: Any, expected: Any) -> None:
    case = read_gold(write(tmp_path, events(trigger=cite)))[0]

    found = case.lists["events"][0]["trigger"]

    parts = found.get("parts") or [found]
    assert [(part["start"], part["end"]) for part in parts] == expected
    assert TEXT[found["start"] : found["end"]] == found["quote"]


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        pytest.param({"trigger": "shelled"}, "events[0].trigger", "does not stand in the text", id="missing"),
        pytest.param({"trigger": "depot"}, "events[0].trigger", "stands 2 times", id="ambiguous"),
        pytest.param({"trigger": {"q": "depot", "n": 3}}, "events[0].trigger", "no occurrence 3", id="too few"),
        pytest.param({"trigger": {"q": "x", "in": "left"}}, "events[0].trigger", 'inside the quote in "in"', id="in"),
        pytest.param(
            {"trigger": {"start": 0, "end": 5, "q": "depot"}}, "events[0].trigger", "not “depot”", id="offsets"
        ),
        pytest.param({"trigger": 7}, "events[0].trigger", "a citation is a string", id="no citation"),
        pytest.param({"triger": "burned"}, "events[0].triger", "there is no such key", id="misspelt key"),
        pytest.param({"counts": None}, "events[0]", "says that there is none", id="null list"),
        pytest.param(
            {"participants": [{"role": "victim", "cite": "depot"}]},
            "events[0].participants[0].cite",
            "stands 2 times",
            id="deep path",
        ),
        pytest.param({"asserted_by": ["a7"]}, "events[0].asserted_by[0]", "no attribution with id", id="reference"),
        pytest.param(
            {"counts": [{"of": "killed", "low": 9, "high": 3, "cite": "guard"}]},
            "events[0].counts[0]",
            "low <= best <= high",
            id="bounds",
        ),
    ],
)
def test_a_fault_is_told_with_file_line_and_path(tmp_path: Path, fields: Any, path: str, words: str) -> None:
    source = write(tmp_path, line(id="zero"), events(**fields))

    found = check_gold(source).errors

    assert [(problem.file, problem.line, problem.path) for problem in found] == [(str(source), 2, path)]
    assert words in found[0].message


def test_an_ambiguous_quote_lists_every_position_and_the_index_to_add(tmp_path: Path) -> None:
    found = check_gold(write(tmp_path, events(trigger="depot"))).errors[0]

    assert [span.start for span in found.candidates] == [4, 35]
    assert "n=1 at 4" in found.message
    assert "n=2 at 35" in found.message


def test_reading_refuses_a_file_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"gold\.jsonl:1: events\[0\]\.trigger"):
        read_gold(write(tmp_path, events(trigger="depot")))


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    source = write(tmp_path, events(trigger="depot"), {"id": "two"}, line(id="one"))
    source.write_text(source.read_text() + "\n{not json", encoding="utf-8")

    found = [(problem.line, problem.path) for problem in check_gold(source).errors]

    assert found == [(1, "events[0].trigger"), (2, "text"), (3, "id"), (4, "")]


def test_a_key_that_others_have_is_warned_of_not_refused(tmp_path: Path) -> None:
    first, second = events(counts=[]), line(id="two", events=[{"type": "attack"}])

    found = check_gold(write(tmp_path, first, second)).problems

    assert [(problem.severity, problem.line, problem.path) for problem in found] == [("warning", 2, "events[0]")]
    assert "write [] or null for none" in found[0].message


def test_a_word_that_is_nearly_in_the_vocabulary_is_warned_of(tmp_path: Path) -> None:
    found = check_gold(write(tmp_path, line(events=[{"type": "atack"}]))).problems

    assert found[0].severity == "warning"
    assert "did you mean 'attack'" in found[0].message


def test_comments_are_left_out(tmp_path: Path) -> None:
    case = read_gold(write(tmp_path, {**events(trigger="burned", _why="sure"), "_note": "x"}))[0]

    assert "_why" not in case.lists["events"][0]


def test_an_empty_list_is_kept_apart_from_a_missing_key(tmp_path: Path) -> None:
    case = read_gold(write(tmp_path, line(claims=[])))[0]

    assert case.lists["claims"] == []
    assert "events" not in case.lists


def test_text_comes_from_a_file_beside_gold_or_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"One\r\ntwo")
    (tmp_path / "three.txt").write_text("Three", encoding="utf-8")
    source = write(tmp_path, {"id": "one", "text_file": "a.txt"}, {"id": "three"})

    cases = read_gold(source, texts=tmp_path)

    assert [case.text for case in cases] == ["One\r\ntwo", "Three"]


def test_a_folder_of_files_is_one_gold_set(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(line(id="a")), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps(line(id="b")), encoding="utf-8")

    assert [case.id for case in read_gold(tmp_path)] == ["a", "b"]


def test_frozen_gold_reads_the_same_and_names_the_line_that_changed(tmp_path: Path) -> None:
    row = events(trigger={"q": "depot", "n": 2}, evidence=["The depot burned."], hedges=[])
    frozen = freeze_line(row, TEXT)

    same = read_gold(write(tmp_path, frozen))[0]
    changed = check_gold(write(tmp_path, {**frozen, "text": TEXT.replace("said no", "said yes")})).errors

    assert frozen["events"][0]["trigger"] == {"start": 35, "end": 40, "q": "depot"}
    assert same.lists == read_gold(write(tmp_path, row))[0].lists
    assert "line 2 differs, now “The mayor said yes.”" in changed[0].message


def test_the_contract_names_its_version_and_allows_comments() -> None:
    contract = gold_contract()

    assert contract["$id"] == "gold/v1"
    assert contract["patternProperties"] == {"^_": {}}
    assert contract["additionalProperties"] is False


def test_labels_of_an_own_schema_are_resolved_under_report(tmp_path: Path) -> None:
    row = line(report={"items": [{"name": {"value": "depot", "cite": {"q": "depot", "n": 1}}}]})

    case = read_gold(write(tmp_path, row))[0]

    assert case.report is not None
    assert case.report["items"][0]["name"]["cite"]["start"] == 4
