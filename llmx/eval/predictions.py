"""Predictions: the extractions of a run, paired with the articles of gold.

A *run* is a JSONL file of published extractions, one article a line. It is read as plain values, not as report classes:
so a run of any schema, and of a model that was never installed here, can be scored.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from llmx.errors import GoldError
from llmx.eval.gold.case import Case
from llmx.result import EXTRACTION_SCHEMA

Status = Literal["ok", "failed", "missing"]
"""What became of an article: extracted, tried in vain, or not in the run at all."""


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """What a run says of one article.

    Attributes:
        row: The published extraction as plain values; empty where there is none.
        status: What became of the article.
        seconds: How long it took, or `None` where that is not known.
    """

    row: Mapping[str, Any] = field(default_factory=dict[str, Any])
    status: Status = "ok"
    seconds: float | None = None

    @property
    def report(self) -> Mapping[str, Any]:
        """The report; empty where there is none."""
        return cast("Mapping[str, Any]", self.row.get("report") or {})


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run: what it is called, where it comes from, and its rows.

    Attributes:
        name: What reports call it.
        source: The file it was read from, or how it was made.
        sha256: Digest of the rows.
        rows: The rows, as published.
    """

    name: str
    source: str
    sha256: str
    rows: tuple[Mapping[str, Any], ...]

    @property
    def provenance(self) -> Mapping[str, Any]:
        """What the rows say of how they were made; where they differ, the first that says it."""
        for row in self.rows:
            if isinstance(row.get("provenance"), Mapping):
                return cast("Mapping[str, Any]", row["provenance"])
        return {}


def read_run(source: Path, *, name: str | None = None) -> Run:
    """Read a run's results.

    Args:
        source: A JSONL file, also gzipped; a JSON file of one extraction; or a batch run's folder with its
            `results.jsonl`.
        name: What to call it; the file's name without its ending where it is `None`.

    Raises:
        GoldError: It cannot be read, or a line is no extraction.
    """
    path = source / "results.jsonl" if source.is_dir() else source
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        hint = ": export the run first (llmx batch export)" if source.is_dir() else f": {error}"
        raise GoldError(f"{path}: the run cannot be read{hint}") from error
    rows = _one_object(text)
    if rows is None:
        rows = [_row(line, path, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    called = name or (source.name if source.is_dir() else source.name.split(".")[0])
    return run_of(rows, name=called, source=str(source))


def run_of(rows: Iterable[Mapping[str, Any]], *, name: str, source: str) -> Run:
    """A run from rows in memory."""
    kept = tuple(rows)
    digest = hashlib.sha256()
    for row in kept:
        digest.update(json.dumps(row, sort_keys=True, default=str).encode("utf-8", "surrogatepass"))
    return Run(name=name, source=source, sha256=digest.hexdigest(), rows=kept)


def gold_as_run(cases: Sequence[Case], *, name: str, source: str) -> Run:
    """Gold in the part of a run: what a second annotator found, scored like any prediction."""
    rows = [
        {
            "schema": EXTRACTION_SCHEMA,
            "document": {"id": case.id, "text": case.text},
            "report": {**case.lists, **(case.report or {})},
            "provenance": {"model": f"annotator {case.annotator or name}"},
        }
        for case in cases
    ]
    return run_of(rows, name=name, source=source)


def _one_object(text: str) -> list[Mapping[str, Any]] | None:
    """The row of a file that holds one JSON object over several lines; `None` for JSONL."""
    if not text.lstrip().startswith("{") or text.strip().count("\n") == 0:
        return None
    try:
        whole = json.loads(text)
    except ValueError:
        return None
    return [cast("Mapping[str, Any]", whole)]


def _row(line: str, path: Path, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise GoldError(f"{path}:{number}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise GoldError(f"{path}:{number}: a line holds one extraction, a JSON object")
    fields = cast("dict[str, Any]", row)
    named = fields.get("schema", EXTRACTION_SCHEMA)
    if named != EXTRACTION_SCHEMA:
        raise GoldError(f"{path}:{number}: schema {named!r}: this llmx scores {EXTRACTION_SCHEMA}")
    if "report" in fields and not isinstance(fields.get("document"), dict):
        raise GoldError(f"{path}:{number}: a report without its document: offsets need the text")
    return fields


@dataclass(frozen=True)
class Paired:
    """A run's predictions by gold article.

    Attributes:
        predictions: One for each case, in the order of the cases.
        extra: Ids of rows whose article is not in gold; they are not scored.
    """

    predictions: tuple[Prediction, ...]
    extra: tuple[str, ...]


def pair_run(cases: Sequence[Case], run: Run) -> Paired:
    """Pair a run's rows with the cases: by the text, or by the id where the row failed and has no text.

    Raises:
        GoldError: A row has a case's id and another text, two rows are for one article, or none fits at all.
    """
    by_text = {case.text: n for n, case in enumerate(cases)}
    by_id = {case.id: n for n, case in enumerate(cases)}
    found: dict[int, Prediction] = {}
    extra: list[str] = []
    for row in run.rows:
        document = cast("Mapping[str, Any]", row.get("document") or {})
        id_, text = str(document.get("id") or row.get("id") or ""), document.get("text")
        at = by_text.get(text) if isinstance(text, str) else by_id.get(id_)
        if at is not None and isinstance(text, str) and id_ in by_id and cases[by_id[id_]].text == text:
            at = by_id[id_]
        if at is None:
            if id_ in by_id and isinstance(text, str):
                raise GoldError(_differing(cases[by_id[id_]], text, run.name))
            extra.append(id_)
            continue
        if at in found:
            raise GoldError(f"run {run.name}: two rows for article {cases[at].id!r}: score one of them")
        seconds = row.get("seconds")
        failed = "report" not in row or row.get("error") is not None
        found[at] = Prediction(
            row=row,
            status="failed" if failed else "ok",
            seconds=float(seconds) if isinstance(seconds, int | float) else None,
        )
    if run.rows and not found:
        raise GoldError(
            f"run {run.name}: none of its {len(run.rows)} articles is in gold, by text or by id "
            f"(its first is {extra[0]!r}, gold's {cases[0].id!r})"
            if cases
            else f"run {run.name}: gold has no articles"
        )
    return Paired(tuple(found.get(n, Prediction(status="missing")) for n in range(len(cases))), tuple(extra))


def _differing(case: Case, text: str, run: str) -> str:
    """A message that shows the first line in which two texts of one article differ."""
    for number, (gold, pred) in enumerate(zip(case.text.split("\n"), text.split("\n"), strict=False), 1):
        if gold != pred:
            at = next(
                (i for i, (a, b) in enumerate(zip(gold, pred, strict=False)) if a != b), min(len(gold), len(pred))
            )
            near = slice(max(0, at - 20), at + 30)
            return (
                f"run {run}: article {case.id!r} has another text than gold: line {number} differs, "
                f"gold “{gold[near]}”, run “{pred[near]}”"
            )
    return f"run {run}: article {case.id!r} has {len(text)} code points, gold {len(case.text)}: one is cut short"
