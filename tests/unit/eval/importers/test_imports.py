"""Importers: spans put back to their words, relations to roles; and the way back to the tools."""

import json
from pathlib import Path
from typing import Any

import pytest

from llmx.errors import GoldError
from llmx.eval.gold import check_gold
from llmx.eval.importers import LabelMap, export_brat, export_labelstudio, import_gold, read_map

TEXT = "🔥 Rebels shelled the depot. “It burned”, Osk said."
LABELS = LabelMap(
    triggers={"Attack": "attack"},
    participants={"Attacker": "attacker", "Target": "target"},
    attributions={"Source": "source", "Cue": "cue", "Content": "content"},
    claims={"Claim": "event"},
)


def units(words: str) -> tuple[int, int]:
    """Offsets as a tool written in JavaScript counts them: the first sign is two units."""
    start = TEXT.index(words) + 1
    return start, start + len(words)


def points(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def checked(folder: Path, rows: Any) -> Any:
    """The rows as gold: every citation must stand where it says."""
    path = write(folder, "out.jsonl", "\n".join(json.dumps(row) for row in rows))
    found = check_gold(path)
    assert not found.errors
    return found.cases


def region(key: str, label: str, words: str, *, bounds: Any = units) -> dict[str, Any]:
    start, end = bounds(words)
    value = {"start": start, "end": end, "text": words, "labels": [label]}
    return {"id": key, "type": "labels", "from_name": "label", "to_name": "text", "value": value}


def relation(one: str, other: str, label: str, direction: str = "right") -> dict[str, Any]:
    return {"type": "relation", "from_id": one, "to_id": other, "direction": direction, "labels": [label]}


def test_label_studio_offsets_in_utf16_units_are_moved_to_their_words(tmp_path: Path) -> None:
    result = [
        region("t", "Attack", "shelled"),
        region("a", "Attacker span", "Rebels"),
        region("d", "Target span", "the depot"),
        relation("t", "a", "Attacker"),
        relation("d", "t", "Target", "left"),
    ]
    source = write(
        tmp_path, "ls.json", json.dumps([{"id": 7, "data": {"text": TEXT}, "annotations": [{"result": result}]}])
    )

    found = import_gold("labelstudio", source, LABELS)

    assert (found.spans, found.moved, found.lost) == (3, 3, 0)
    event = checked(tmp_path, found.rows)[0].lists["events"][0]
    assert event["trigger"]["quote"] == "shelled"
    assert {(p["role"], p["cite"]["quote"]) for p in event["participants"]} == {
        ("attacker", "Rebels"),
        ("target", "the depot"),
    }


def test_a_span_whose_words_stand_nowhere_is_lost_and_counted(tmp_path: Path) -> None:
    broken = {**region("t", "Attack", "shelled"), "value": {"start": 0, "end": 4, "text": "fled", "labels": ["Attack"]}}
    source = write(
        tmp_path, "ls.json", json.dumps([{"id": 7, "data": {"text": TEXT}, "annotations": [{"result": [broken]}]}])
    )

    found = import_gold("labelstudio", source, LABELS)

    assert (found.moved, found.lost) == (0, 1)
    assert found.rows[0]["events"] == []


def test_a_shifted_span_is_moved_to_the_only_place_of_its_words(tmp_path: Path) -> None:
    shifted = region("t", "Attack", "shelled", bounds=lambda words: (points(words)[0] + 9, points(words)[1] + 9))
    source = write(
        tmp_path, "ls.json", json.dumps([{"id": 7, "data": {"text": TEXT}, "annotations": [{"result": [shifted]}]}])
    )

    found = import_gold("labelstudio", source, LABELS)

    assert found.moved == 1
    assert found.rows[0]["events"][0]["trigger"]["start"] == points("shelled")[0]


def test_tasks_that_were_cancelled_or_not_labelled_are_left_out_and_told(tmp_path: Path) -> None:
    tasks = [
        {"id": 1, "data": {"text": TEXT}, "annotations": []},
        {"id": 2, "data": {"text": TEXT}, "annotations": [{"was_cancelled": True, "result": []}]},
    ]

    found = import_gold("labelstudio", write(tmp_path, "ls.json", json.dumps(tasks)), LABELS)

    assert found.rows == ()
    assert len(found.notes) == 2


def test_brat_spans_events_relations_attributes_and_gaps_are_read(tmp_path: Path) -> None:
    text = "Rebels shelled the\ndepot and gave it up."
    write(tmp_path, "a.txt", text)
    standoff = (
        "T1\tAttack 7 14\tshelled\n"
        "T2\tForce 0 6\tRebels\n"
        "T3\tThing 15 18;19 24\tthe depot\n"
        "T4\tAttack 29 33;37 39\tgave up\n"
        "E1\tAttack:T1 Attacker:T2 Target1:T3\n"
        "A1\tModality E1 asserted\n"
        "#1\tAnnotatorNotes T1\tsure\n"
    )
    write(tmp_path, "a.ann", standoff)
    labels = LabelMap(
        triggers={"Attack": "attack"}, participants=LABELS.participants, attributes={"Modality": "modality"}
    )

    found = import_gold("brat", tmp_path, labels)

    first, second = checked(tmp_path, found.rows)[0].lists["events"]
    assert first["modality"] == "asserted"
    assert [p["cite"]["quote"] for p in first["participants"]] == ["Rebels", "the\ndepot"]
    assert [part["start"] for part in second["trigger"]["parts"]] == [29, 37]


@pytest.mark.parametrize("bounds", [pytest.param(units, id="utf-16"), pytest.param(points, id="code points")])
def test_doccano_exports_no_words_so_the_edges_tell_what_its_offsets_count(tmp_path: Path, bounds: Any) -> None:
    entities = [
        {"id": 1, "label": "Content", "start_offset": bounds("It burned")[0], "end_offset": bounds("It burned")[1]},
        {"id": 2, "label": "Source", "start_offset": bounds("Osk")[0], "end_offset": bounds("Osk")[1]},
        {"id": 3, "label": "Cue", "start_offset": bounds("said")[0], "end_offset": bounds("said")[1]},
    ]
    relations = [{"from_id": 1, "to_id": 2, "type": "by"}, {"from_id": 1, "to_id": 3, "type": "by"}]
    row = {"id": 4, "text": TEXT, "entities": entities, "relations": relations}

    found = import_gold("doccano", write(tmp_path, "d.jsonl", json.dumps(row)), LABELS)

    said = checked(tmp_path, found.rows)[0].lists["attributions"][0]
    assert (said["source"]["quote"], said["cue"]["quote"], said["content"][0]["quote"]) == ("Osk", "said", "It burned")


def test_doccano_labels_as_triples_are_read(tmp_path: Path) -> None:
    row = {"text": TEXT, "label": [[*points("shelled"), "Attack"]]}

    found = import_gold("doccano", write(tmp_path, "d.jsonl", json.dumps(row)), LABELS)

    assert found.rows[0]["events"][0]["trigger"]["q"] == "shelled"


def test_prodigy_relations_point_at_tokens_and_only_accepted_answers_count(tmp_path: Path) -> None:
    spans = [
        {"start": points("Rebels")[0], "end": points("Rebels")[1], "label": "X", "token_start": 1, "token_end": 1},
        {
            "start": points("shelled")[0],
            "end": points("shelled")[1],
            "label": "Attack",
            "token_start": 2,
            "token_end": 2,
        },
    ]
    rows = [
        {"text": TEXT, "spans": spans, "relations": [{"head": 2, "child": 1, "label": "Attacker"}], "answer": "accept"},
        {"text": TEXT, "spans": spans, "answer": "reject"},
    ]

    found = import_gold("prodigy", write(tmp_path, "p.jsonl", "\n".join(map(json.dumps, rows))), LABELS)

    event = checked(tmp_path, found.rows)[0].lists["events"][0]
    assert event["participants"][0]["cite"]["quote"] == "Rebels"
    assert "left out" in found.notes[0]


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="not a labelstudio export"):
        import_gold("labelstudio", write(tmp_path, "x.json", '{"a": 1}'), LABELS)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        pytest.param("[trigers]\nA = 'attack'", "no table is called [trigers]", id="unknown table"),
        pytest.param("[attributions]\nA = 'speaker'", "not 'speaker'", id="unknown part"),
        pytest.param("[options]\noffsets = 'bytes'", "not 'bytes'", id="unknown offsets"),
        pytest.param("[triggers", "cannot be read", id="no toml"),
    ],
)
def test_a_map_that_means_nothing_is_refused(tmp_path: Path, toml: str, words: str) -> None:
    with pytest.raises(GoldError) as caught:
        read_map(write(tmp_path, "map.toml", toml))

    assert words in str(caught.value)


@pytest.fixture
def extraction() -> dict[str, Any]:
    def cite(words: str) -> dict[str, Any]:
        start, end = points(words)
        return {"quote": words, "start": start, "end": end}

    event = {
        "type": "attack",
        "trigger": cite("shelled"),
        "participants": [{"role": "attacker", "cite": cite("Rebels")}],
        "modality": "asserted",
    }
    said = {"source": cite("Osk"), "cue": cite("said"), "content": [cite("It burned")]}
    report = {"events": [event], "attributions": [said], "claims": []}
    return {"document": {"id": "a/1", "text": TEXT}, "report": report, "provenance": {"model": "rules"}}


ROUND = LabelMap(
    triggers={"attack": "attack"},
    participants={"attacker": "attacker"},
    attributions={"source": "source", "cue": "cue", "content": "content"},
    attributes={"modality": "modality"},
)


def test_what_is_exported_to_label_studio_comes_back_the_same(tmp_path: Path, extraction: Any) -> None:
    out = tmp_path / "tasks.json"
    export_labelstudio([extraction], out)
    tasks = json.loads(out.read_text(encoding="utf-8"))
    corrected = [{"id": 1, "data": tasks[0]["data"], "annotations": tasks[0]["predictions"]}]

    found = import_gold("labelstudio", write(tmp_path, "done.json", json.dumps(corrected)), ROUND)

    case = checked(tmp_path, found.rows)[0]
    assert (
        case.lists["events"][0]["participants"][0]["cite"]
        == extraction["report"]["events"][0]["participants"][0]["cite"]
    )
    assert case.lists["events"][0]["modality"] == "asserted"
    assert case.lists["attributions"][0]["source"]["quote"] == "Osk"


def test_what_is_exported_to_brat_comes_back_the_same(tmp_path: Path, extraction: Any) -> None:
    export_brat([extraction], tmp_path / "brat")

    found = import_gold("brat", tmp_path / "brat", ROUND)

    case = checked(tmp_path, found.rows)[0]
    assert case.text == TEXT
    assert case.lists["events"][0]["trigger"] == extraction["report"]["events"][0]["trigger"]
    assert case.lists["attributions"][0]["content"] == extraction["report"]["attributions"][0]["content"]
