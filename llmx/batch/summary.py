"""Summaries: what a run has done, read from its ledger while it lives and after it died.

Shards that are not merged yet are added up.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from llmx.batch.export import open_ledger
from llmx.batch.ledger import LEDGER, LOCK, told
from llmx.batch.recipe import Recipe
from llmx.batch.staging import shard_folders
from llmx.errors import BatchError

_MOST_FREQUENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A run's state, by its ledger.

    Attributes:
        state: `running`, how the last run ended, or `killed` where it did not get to say.
        ok: Articles with a result.
        dead: Dead letters.
        pending: Dead letters that were put back.
        replaced: Failures of before whose place in the input holds another content now; not counted as dead.
        total: Positions of the input; `None` where unknown.
        recipe: What the last run worked by.
        other_results: Results of earlier recipes, kept.
        calls: Requests sent, failed ones included.
        input_tokens: Tokens sent.
        output_tokens: Tokens received.
        cost_usd: What was spent, reservations without an end in full; `None` where the price is unknown.
        incomplete: Results that lack a part of their article.
        kept: Values that were checked and came out.
        rejected: Reason -> parts that did not come out, most frequent first.
        deaths: Fault -> dead letters, most frequent first.
        faults: Outcome -> requests that failed, most frequent first.
        examples: The first dead letters: source, fault and detail.
        elapsed_s: How long the last run took, or runs.
    """

    state: str
    ok: int
    dead: int
    pending: int
    replaced: int
    total: int | None
    recipe: Recipe
    other_results: int
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    incomplete: int
    kept: int
    rejected: dict[str, int]
    deaths: dict[str, int]
    faults: dict[str, int]
    examples: tuple[tuple[str, str, str], ...]
    elapsed_s: float

    def to_json(self) -> str:
        """The summary for programs, one JSON object."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({**fields, "recipe": json.loads(self.recipe.to_json())}, ensure_ascii=False, sort_keys=True)


def summarise(folder: Path, *, now: float) -> Summary:
    """The state of the run in `folder`.

    Args:
        folder: RUN.
        now: Seconds since 1970.

    Raises:
        BatchError: There is no run.
    """
    parts = [part for part in shard_folders(folder) if _is_begun(part)]
    if not parts or _is_merged(folder, parts):
        return _read(folder, now)
    return _sum([_read(part, now) for part in parts], of=_shards(parts[0]))


def _read(folder: Path, now: float) -> Summary:
    connection = open_ledger(folder)
    try:
        connection.execute("BEGIN")
        return _summarise(connection, folder, now)
    except sqlite3.Error as error:
        raise told(error, folder) from error
    finally:
        connection.close()


def _is_begun(part: Path) -> bool:
    """Whether a shard has a ledger that holds a run; one that is being made at this instant does not."""
    try:
        open_ledger(part).close()
    except BatchError:
        return False
    return True


def _is_merged(folder: Path, parts: Sequence[Path]) -> bool:
    """Whether the run's own ledger knows every run of its shards, as it does once they are merged."""
    if not (folder / LEDGER).is_file():
        return False
    known = _runs(folder)
    return all(_runs(part) <= known for part in parts)


def _runs(folder: Path) -> set[tuple[float, int, float | None]]:
    connection = open_ledger(folder)
    try:
        return set(connection.execute("SELECT started, pid, ended FROM run").fetchall())
    finally:
        connection.close()


def _shards(part: Path) -> int:
    """Of how many shards one is, by what its ledger says: `3/8` is of 8."""
    connection = open_ledger(part)
    try:
        row = connection.execute("SELECT shard FROM run ORDER BY id DESC LIMIT 1").fetchone()
    finally:
        connection.close()
    return int(str(row[0]).partition("/")[2] or 1) if row else 1


def _sum(parts: Sequence[Summary], *, of: int) -> Summary:
    """Shards as one run: it runs while one of them does, and is done when all are; the worst ending counts."""
    totals = [part.total for part in parts]
    known = sum(total for total in totals if total is not None) * of // len(parts)
    states = {part.state for part in parts}
    worst = next((state for state in _WORST_LAST[::-1] if state in states), "done")
    added = {name: sum(getattr(part, name) for part in parts) for name in _ADDED}
    counted = {name: _added([getattr(part, name) for part in parts]) for name in ("rejected", "deaths", "faults")}
    costs = [part.cost_usd for part in parts]
    return replace(
        parts[0],
        state="killed" if worst == "done" and len(parts) < of else worst,
        total=None if None in totals else known,
        cost_usd=None if None in costs else sum(cost for cost in costs if cost is not None),
        examples=tuple(example for part in parts for example in part.examples)[:_MOST_FREQUENT],
        elapsed_s=max(part.elapsed_s for part in parts),
        **added,
        **counted,
    )


def _added(counts: Sequence[dict[str, int]]) -> dict[str, int]:
    found = Counter[str]()
    for one in counts:
        found.update(one)
    return _ranked(list(found.items()))


_WORST_LAST = ("done", "empty", "submitted", "failures", "budget", "interrupted", "terminated", "killed", "running")
_ADDED = (
    "ok",
    "dead",
    "pending",
    "replaced",
    "other_results",
    "calls",
    "input_tokens",
    "output_tokens",
    "incomplete",
    "kept",
)


def _summarise(connection: sqlite3.Connection, folder: Path, now: float) -> Summary:
    run = connection.execute(
        "SELECT run.recipe, recipe.json, started, ended, outcome, total, pid FROM run "
        "JOIN recipe ON recipe.digest = run.recipe ORDER BY id DESC LIMIT 1"
    ).fetchone()
    digest, recipe, started, ended, outcome, total, pid = run or ("", _NO_RECIPE, now, now, "empty", None, 0)
    states = Counter(dict(connection.execute(_BY_STATUS, (digest,)).fetchall()))
    attempts = connection.execute(_ATTEMPTS).fetchone()
    results = connection.execute(_RESULTS, (digest,)).fetchone()
    priceless = bool(connection.execute(_PRICELESS).fetchone()[0])
    last = ended or connection.execute("SELECT max(ended) FROM attempt").fetchone()[0] or started
    is_live = ended is None and _holds_lock(folder, pid)
    return Summary(
        state="running" if is_live else (outcome or "killed"),
        ok=states["ok"],
        dead=states["dead"],
        pending=states["pending"],
        replaced=states["replaced"],
        total=total,
        recipe=Recipe.from_json(recipe),
        other_results=connection.execute(_OTHERS, (digest,)).fetchone()[0],
        calls=attempts[0] or results[0],
        input_tokens=attempts[1] or results[1],
        output_tokens=attempts[2] or results[2],
        cost_usd=None if priceless else attempts[3],
        incomplete=results[4],
        kept=results[3],
        rejected=_ranked(connection.execute(_REJECTED, (digest,)).fetchall()),
        deaths=_ranked(connection.execute(_DEATHS, (digest,)).fetchall()),
        faults=_ranked(connection.execute(_FAULTS).fetchall()),
        examples=tuple(connection.execute(_EXAMPLES, (digest, _MOST_FREQUENT)).fetchall()),
        elapsed_s=(now if is_live else last) - started,
    )


def _holds_lock(folder: Path, pid: int) -> bool:
    """Whether the process that wrote the last run still holds the folder."""
    try:
        if int((folder / LOCK).read_text() or 0) != pid:
            return False
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _ranked(rows: list[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))


def describe(summary: Summary, *, run: str = "RUN") -> str:
    """The summary in lines for people.

    Args:
        summary: How the run stands.
        run: What the commands call its folder.
    """
    of = f" of {summary.total:,}" if summary.total else ""
    lines = [
        f"{_STATES.get(summary.state, summary.state)}: {summary.ok:,} done, {summary.dead:,} failed{of}"
        + (f", {summary.pending:,} put back" if summary.pending else ""),
        f"model {summary.recipe.model} · schema {summary.recipe.schema_id} · {summary.elapsed_s:,.0f} s",
    ]
    if summary.calls:
        cost = "price unknown" if summary.cost_usd is None else f"{summary.cost_usd:,.4f} USD"
        lines.append(
            f"{summary.calls:,} requests, {summary.input_tokens:,} tokens in, {summary.output_tokens:,} out, {cost}"
        )
    rejected = sum(summary.rejected.values())
    if rejected or summary.kept:
        share = rejected / (rejected + summary.kept)
        lines.append(
            f"rejected {rejected:,} of {rejected + summary.kept:,} values ({share:.1%}){_list(summary.rejected)}"
        )
    if summary.faults:
        lines.append(f"failed requests{_list(summary.faults)}")
    if summary.deaths:
        lines.append(f"failed articles{_list(summary.deaths)}")
        lines += [
            f"  {source}: {fault}: {' '.join(detail.split())[:160]}" for source, fault, detail in summary.examples
        ]
        lines.append(f"  put them back with: llmx batch retry {run}")
    if summary.incomplete:
        lines.append(
            f"{summary.incomplete:,} results lack a part of their article: llmx batch retry {run} --reason incomplete"
        )
    if summary.replaced:
        lines.append(f"{summary.replaced:,} failures of contents that changed since are kept in the ledger")
    if summary.other_results:
        lines.append(f"{summary.other_results:,} results of another schema, prompt or model are kept in the ledger")
    return "\n".join(lines)


def _list(counts: dict[str, int]) -> str:
    shown = [f"{name} {count:,}" for name, count in list(counts.items())[:_MOST_FREQUENT]]
    return f": {', '.join(shown)}{', …' if len(counts) > _MOST_FREQUENT else ''}" if shown else ""


_STATES = {
    "budget": "stopped by the budget",
    "failures": "stopped, too many failures",
    "interrupted": "interrupted, the same command resumes",
    "terminated": "terminated, the same command resumes",
    "killed": "killed, the same command resumes",
    "submitted": "submitted to the provider",
    "empty": "no run yet",
}

_NO_RECIPE = Recipe(
    model="", schema_id="", schema_sha256="", prompt_id="", prompt_sha256="", settings={}, llmx=""
).to_json()
_BY_STATUS = "SELECT status, count(*) FROM article WHERE recipe = ? GROUP BY status"
_OTHERS = "SELECT count(*) FROM article WHERE recipe <> ? AND status = 'ok'"
_ATTEMPTS = (
    "SELECT count(*), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), "
    "coalesce(sum(coalesce(cost_usd, reserved_usd)), 0) FROM attempt WHERE outcome <> 'not-sent'"
)
_PRICELESS = "SELECT EXISTS (SELECT 1 FROM attempt WHERE outcome = 'ok' AND cost_usd IS NULL)"
_RESULTS = (
    "SELECT coalesce(sum(calls), 0), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0), "
    "coalesce(sum(kept), 0), count(*) FILTER (WHERE NOT complete) "
    "FROM article JOIN result USING (key) WHERE recipe = ? AND status = 'ok'"
)
_REJECTED = (
    "SELECT found.key, sum(found.value) FROM article JOIN result USING (key), json_each(result.rejected) AS found "
    "WHERE article.recipe = ? AND status = 'ok' GROUP BY found.key"
)
_DEATHS = "SELECT reason, count(*) FROM article WHERE recipe = ? AND status = 'dead' GROUP BY reason"
_FAULTS = "SELECT outcome, count(*) FROM attempt WHERE outcome NOT IN ('ok', 'not-sent', '') GROUP BY outcome"
_EXAMPLES = "SELECT source, reason, detail FROM article WHERE recipe = ? AND status = 'dead' ORDER BY seq LIMIT ?"
