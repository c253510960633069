"""Merging: the ledgers of several shards, or of several machines, as one run.

The same article in two ledgers comes out once: a result wins over a dead letter. Merging the same ledger again changes
nothing. Each ledger is taken in one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from llmx.batch.export import open_ledger
from llmx.batch.ledger import LEDGER, Ledger, told
from llmx.errors import BatchError

_TAKE = (
    "INSERT OR IGNORE INTO recipe SELECT * FROM part.recipe",
    # A result that was put back to be extracted anew gives way to the new one.
    (
        "DELETE FROM result WHERE key IN (SELECT ours.key FROM article AS ours JOIN part.article AS theirs USING (key) "
        "WHERE ours.status = 'pending' AND theirs.status = 'ok')"
    ),
    "INSERT INTO result SELECT * FROM part.result WHERE key NOT IN (SELECT key FROM result)",
    (
        "INSERT INTO article SELECT * FROM part.article WHERE true "
        "ON CONFLICT (key) DO UPDATE SET status = excluded.status, attempts = excluded.attempts, "
        "reason = excluded.reason, detail = excluded.detail "
        "WHERE article.status <> 'ok' AND excluded.status <> 'pending'"
    ),
    # An attempt has no name of its own across ledgers: its article, start and number within the ledger tell it.
    (
        "INSERT INTO attempt "
        "(key, started, ended, outcome, detail, input_tokens, output_tokens, cost_usd, reserved_usd) "
        "SELECT key, started, ended, outcome, detail, input_tokens, output_tokens, cost_usd, reserved_usd "
        "FROM part.attempt AS theirs WHERE NOT EXISTS (SELECT 1 FROM attempt AS ours "
        "WHERE ours.key = theirs.key AND ours.started = theirs.started AND ours.outcome = theirs.outcome)"
    ),
    (
        "INSERT INTO run (recipe, source, shard, pid, started, ended, outcome, budget_usd, total, rpm, tpm, workers) "
        "SELECT recipe, source, '', pid, started, ended, outcome, budget_usd, NULL, rpm, tpm, workers FROM part.run "
        "AS theirs WHERE NOT EXISTS (SELECT 1 FROM run WHERE run.started = theirs.started AND run.pid = theirs.pid) "
        "ORDER BY id"
    ),
)


def merge(parts: Sequence[Path], folder: Path) -> int:
    """Take the runs in `parts` into the run in `folder`; gives how many articles that has now.

    Raises:
        BatchError: One of them is no run, they are of different recipes, or one is in use.
    """
    if folder.resolve() in {part.resolve() for part in parts}:
        raise BatchError(f"{folder} cannot be merged into itself: choose another --out")
    recipes = {_last_recipe(part) for part in parts}
    if len(recipes) > 1:
        raise BatchError("the runs were made with different schemas, prompts or models: merge those that go together")
    with Ledger.locked(folder) as ledger:
        for part in parts:
            _take(ledger, part)
        return int(ledger.connection.execute("SELECT count(*) FROM article").fetchone()[0])


def _last_recipe(part: Path) -> str:
    connection = open_ledger(part)
    try:
        row = connection.execute("SELECT recipe FROM run ORDER BY id DESC LIMIT 1").fetchone()
    finally:
        connection.close()
    if row is None:
        raise BatchError(f"{part} holds no run yet")
    return str(row[0])


def _take(ledger: Ledger, part: Path) -> None:
    connection = ledger.connection
    try:
        # Locked for writing, so that a run that still goes on is not taken half.
        with Ledger.locked(part):
            connection.execute("ATTACH DATABASE ? AS part", (str(part / LEDGER),))
            try:
                connection.execute("BEGIN IMMEDIATE")
                for statement in _TAKE:
                    connection.execute(statement)
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                connection.execute("DETACH DATABASE part")
    except sqlite3.Error as error:
        raise told(error, part / LEDGER) from error
