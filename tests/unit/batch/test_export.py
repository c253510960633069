import csv
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from llmx.batch.export import export
from llmx.batch.ledger import Ledger, RunRow, write
from llmx.batch.recipe import Recipe
from llmx.batch.rows import Place, Settled, Stored
from llmx.batch.steps import Step
from llmx.document import Article, Document
from llmx.errors import BatchError
from llmx.result import Digest, Extraction, Provenance
from llmx.schema.citation import Citation
from llmx.schema.news import Attribution, Claim, Count, Entity, Event, NewsReport, Participant, When
from llmx.schema.news import Place as Where

TEXT = "On 5 March 2024 rebels shelled Zarum, killing at least 12 people, the mayor said. =2+2"
RECIPE = Recipe(model="m", schema_id="s", schema_sha256="0", prompt_id="p", prompt_sha256="0", llmx="0")


def cite(words: str) -> Citation:
    start = TEXT.index(words)
    return Citation(quote=words, start=start, end=start + len(words))


def report() -> NewsReport:
    event = Event(
        id="e1",
        type="shelling_missile",
        trigger=cite("shelled"),
        evidence=(cite("rebels shelled Zarum"),),
        participants=(Participant(role="attacker", entity="n1", cite=cite("rebels")),),
        time=When(
            kind="absolute",
            value="2024-03-05",
            start="2024-03-05",
            end="2024-03-05",
            precision="day",
            cite=cite("On 5 March 2024"),
        ),
        places=(Where(name="Zarum", country="SY", precision="town", cite=cite("Zarum")),),
        counts=(Count(of="killed", low=12, qualifier="at_least", said_by="a1", cite=cite("at least 12 people")),),
        modality="asserted",
    )
    planned = event.model_copy(update={"id": "e2", "modality": "planned"})
    return NewsReport(
        entities=(Entity(id="n1", name="Zarum rebels", kind="rebel_group", mentions=(cite("rebels"),)),),
        events=(event, planned),
        attributions=(
            Attribution(
                id="a1",
                source=cite("the mayor"),
                source_kind="unnamed_official",
                cue=cite("said"),
                content=(cite("rebels shelled Zarum"),),
            ),
        ),
        claims=(
            Claim(id="c1", text="=Rebels shelled Zarum.", evidence=(cite("rebels shelled Zarum"),), claimer=("a1",)),
        ),
    )


def extraction(name: str = "x1", text: str = TEXT) -> Extraction[NewsReport]:
    document = Document.from_article(
        Article(text=text, id=name, published="2024-03-06", outlet="The Post", url="https://x")
    )
    digest = Digest(id="p", sha256="0")
    provenance = Provenance(model="m", prompt=digest, schema=Digest(id="news-report/v1", sha256="0"), llmx="0")
    return Extraction(document=document, report=report(), provenance=provenance)


def stored_run(folder: Path, *extractions: Extraction[Any]) -> Path:
    """A finished run that holds these."""
    with Ledger.locked(folder) as ledger:
        ledger.begin(RECIPE, shard="")
        ledger.record_run(RunRow(recipe=RECIPE.digest, source="in", shard="", started=0.0, workers=1))
        rows = [
            Settled(Place(f"k{number}", number, f"in:{number}"), Stored.of(found))
            for number, found in enumerate(extractions)
        ]
        write(ledger.connection, rows, RECIPE.digest)
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return stored_run(tmp_path / "run", extraction())


def table(run: Path, name: str) -> list[dict[str, str]]:
    export(run, "csv")
    with (run / "tables" / f"{name}.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_lines_are_the_extractions_as_published(run: Path) -> None:
    (path,) = export(run, "jsonl")

    assert path == run / "results.jsonl"
    assert path.read_text() == extraction().to_json() + "\n"


def test_events_carry_their_words_and_offsets(run: Path) -> None:
    first = table(run, "events")[0]

    assert first["trigger"] == TEXT[int(first["trigger_start"]) : int(first["trigger_end"])] == "shelled"
    assert (first["time_start"], first["place"], first["country"]) == ("2024-03-05", "Zarum", "SY")
    assert first["participants"] == "attacker: rebels"


def test_counts_name_their_event_and_bounds(run: Path) -> None:
    first = table(run, "counts")[0]

    assert (first["event_id"], first["of"], first["low"], first["best"]) == ("e1", "killed", "12", "")


def test_claims_name_who_makes_them(run: Path) -> None:
    assert table(run, "claims")[0]["claimer_words"] == "the mayor"


def test_attributions_have_source_cue_and_content(run: Path) -> None:
    first = table(run, "attributions")[0]

    assert (first["source"], first["cue"], first["content"]) == ("the mayor", "said", "rebels shelled Zarum")


def test_conflict_events_are_the_incidents_in_the_known_columns(run: Path) -> None:
    rows = table(run, "conflict-events")

    assert [row["event_id"] for row in rows] == ["x1#e1"]
    assert rows[0]["event_type"] == "Explosions/Remote violence"
    assert rows[0]["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (rows[0]["actor1"], rows[0]["fatalities"], rows[0]["fatalities_best"]) == ("Zarum rebels", "12", "")
    assert (rows[0]["time_precision"], rows[0]["geo_precision"], rows[0]["year"]) == ("1", "1", "2024")


def test_claim_review_names_claim_claimant_and_appearance_and_no_rating(run: Path) -> None:
    export(run, "csv")
    review = json.loads((run / "tables" / "claim-review.jsonl").read_text())

    assert review["@type"] == "ClaimReview"
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "the mayor"}
    assert review["itemReviewed"]["appearance"]["url"] == "https://x"
    assert "reviewRating" not in review


def test_cell_that_a_spreadsheet_would_run_is_defused(run: Path) -> None:
    assert table(run, "claims")[0]["text"] == "'=Rebels shelled Zarum."


def test_parquet_tables_have_types(run: Path) -> None:
    export(run, "parquet")

    found = parquet.read_table(run / "tables" / "events.parquet")

    assert [str(found.schema.field(name).type) for name in ("trigger_start", "time_start", "aggregate")] == [
        "int64",
        "date32[day]",
        "bool",
    ]


def test_nested_parquet_holds_the_whole_report(run: Path) -> None:
    export(run, "parquet")

    (row,) = parquet.read_table(run / "tables" / "extractions.parquet").to_pylist()

    assert row["report"]["events"][0]["counts"][0]["low"] == 12
    assert row["report"]["events"][0]["trigger"]["start"] == TEXT.index("shelled")
    assert row["document"]["text"] == TEXT


def test_parquet_of_every_run_has_the_same_columns(run: Path, tmp_path: Path) -> None:
    bare = replace(extraction(), report=NewsReport())
    export(run, "parquet")

    export(stored_run(tmp_path / "bare", bare), "parquet")

    schemas = [parquet.read_schema(folder / "tables" / "extractions.parquet") for folder in (run, tmp_path / "bare")]
    assert schemas[0] == schemas[1]


def test_lone_surrogate_passes_through_every_format(tmp_path: Path) -> None:
    run = stored_run(tmp_path / "run", extraction(text=TEXT + " \ud800"))

    paths = [*export(run, "jsonl"), *export(run, "csv"), *export(run, "parquet")]

    assert json.loads(paths[0].read_text())["document"]["text"].endswith("\ud800")
    assert all(path.stat().st_size for path in paths)


def test_report_of_another_class_is_json_in_one_column(tmp_path: Path) -> None:
    odd = extraction()
    provenance = odd.provenance.model_copy(update={"schema_": Digest(id="my:Report", sha256="0")})
    run = stored_run(tmp_path / "run", replace(odd, provenance=provenance))

    export(run, "parquet")

    (row,) = parquet.read_table(run / "tables" / "extractions.parquet").to_pylist()
    assert json.loads(row["report"])["events"][0]["id"] == "e1"
    assert parquet.read_table(run / "tables" / "events.parquet").num_rows == 0


def test_failed_export_leaves_the_old_file_and_no_other(run: Path) -> None:
    export(run, "jsonl")
    before = (run / "results.jsonl").read_bytes()

    def full(step: Step) -> None:
        if step is Step.EXPORT_HALF:
            raise OSError(28, "No space left on device")

    with pytest.raises(BatchError, match="No space left"):
        export(run, "jsonl", watch=full)

    assert (run / "results.jsonl").read_bytes() == before
    assert not list(run.glob(".*.part"))


def test_folder_without_a_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no batch run"):
        export(tmp_path, "jsonl")


def test_ledger_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "run.db").write_bytes(b"x" * 5000)

    with pytest.raises(BatchError, match="not a ledger"):
        export(tmp_path, "jsonl")


def test_full_disk_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    run = stored_run(tmp_path / "run", extraction())

    with Ledger.locked(run) as ledger:
        pages = ledger.connection.execute("PRAGMA page_count").fetchone()[0]
        ledger.connection.execute(f"PRAGMA max_page_count={pages}")
        with pytest.raises(sqlite3.OperationalError, match="full") as raised:
            ledger.connection.execute("INSERT INTO recipe VALUES ('x', ?)", ("y" * 1_000_000,))

    assert raised.value.sqlite_errorcode == sqlite3.SQLITE_FULL
