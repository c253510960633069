"""The ledger: RUN/run.db, the one place where a run's truth is.

SQLite with a write-ahead log and `synchronous=FULL`: what is committed survives a killed process and a power cut. An
article's result and its status are one transaction, so there is no instant at which one is there without the other.
One process writes (it holds a lock on RUN/run.lock); any number read, while it lives and after it died.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from llmx.batch.recipe import Recipe
from llmx.batch.rows import Attempt, Reserved, Row, Settled, Status
from llmx.batch.steps import Step, Watch, unwatched
from llmx.errors import BatchError

LEDGER = "run.db"
LOCK = "run.lock"
INCOMPLETE = "incomplete"
"""What `revive` calls results that lack a part of their article."""

VERSION = 1
"""`user_version` of the tables below; a ledger of another version is refused by name."""

_TABLES = """
CREATE TABLE recipe (digest TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE run (
    id INTEGER PRIMARY KEY, recipe TEXT NOT NULL REFERENCES recipe, source TEXT NOT NULL, shard TEXT NOT NULL,
    pid INTEGER NOT NULL, started REAL NOT NULL, ended REAL, outcome TEXT NOT NULL DEFAULT '', budget_usd REAL,
    total INTEGER, rpm REAL, tpm REAL, workers INTEGER NOT NULL);
CREATE TABLE article (
    key TEXT PRIMARY KEY, recipe TEXT NOT NULL, seq INTEGER NOT NULL, source TEXT NOT NULL, status TEXT NOT NULL,
    attempts INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE INDEX article_order ON article (recipe, seq, key);
CREATE TABLE result (
    key TEXT PRIMARY KEY, json TEXT NOT NULL, calls INTEGER NOT NULL, input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL, cost_usd REAL, kept INTEGER NOT NULL, rejected TEXT NOT NULL,
    warnings TEXT NOT NULL, complete INTEGER NOT NULL);
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, started REAL NOT NULL, ended REAL, outcome TEXT NOT NULL,
    detail TEXT NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_usd REAL,
    reserved_usd REAL NOT NULL);
CREATE TABLE batch_job (
    tag TEXT PRIMARY KEY, provider_id TEXT, input_file TEXT NOT NULL, state TEXT NOT NULL, requests INTEGER NOT NULL,
    created REAL NOT NULL, detail TEXT NOT NULL DEFAULT '');
CREATE TABLE batch_item (
    custom_id TEXT PRIMARY KEY, job TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL,
    answer TEXT, tries INTEGER NOT NULL);
CREATE INDEX batch_item_job ON batch_item (job, state);
CREATE INDEX batch_item_key ON batch_item (key);
"""

_PUT_ARTICLE = (
    "INSERT INTO article (key, recipe, seq, source, status, attempts, reason, detail) VALUES (?,?,?,?,?,?,?,?) "
    "ON CONFLICT (key) DO UPDATE SET status=excluded.status, "
    "attempts=article.attempts + excluded.attempts, reason=excluded.reason, detail=excluded.detail "
    "WHERE article.status <> 'ok'"
)
_PUT_RESULT = (
    "INSERT OR REPLACE INTO result (key, json, calls, input_tokens, output_tokens, cost_usd, kept, rejected, warnings, "
    "complete) VALUES (?,?,?,?,?,?,?,?,?,?)"
)
_PUT_ATTEMPT = (
    "INSERT OR REPLACE INTO attempt (id, key, started, ended, outcome, detail, input_tokens, output_tokens, cost_usd, "
    "reserved_usd) VALUES (?,?,?,?,?,?,?,?,?,?)"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger says of an article."""

    status: Status
    attempts: int

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be done for it."""
        return self.status in (Status.OK, Status.DEAD)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a ledger's database file.

    Args:
        path: RUN/run.db.
        read_only: Whether it must exist and is not written.

    Raises:
        BatchError: It cannot be opened, or is of another version.
    """
    try:
        mode = "ro" if read_only else "rwc"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None, timeout=10)
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version not in (0, VERSION):
            raise BatchError(f"{path} was written by another llmx (ledger version {version}, this one reads {VERSION})")
        if read_only and version == 0:
            raise BatchError(f"{path} holds no run yet: the first one was stopped before it began")
        if not read_only:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA cache_size=-16000")
    except sqlite3.Error as error:
        raise told(error, path) from error
    return connection


def told(error: sqlite3.Error, path: Path) -> BatchError:
    """A database error as one line that says what would mend it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    cure = {
        sqlite3.SQLITE_FULL: "the disk is full: free some space and run the same command again",
        sqlite3.SQLITE_READONLY: "it is read-only: make the folder writable, or choose another --out",
        sqlite3.SQLITE_CANTOPEN: "it cannot be opened or created: check that the folder exists and is writable",
        sqlite3.SQLITE_BUSY: "another program holds it locked: wait for it, or close it",
        sqlite3.SQLITE_LOCKED: "another program holds it locked: wait for it, or close it",
        sqlite3.SQLITE_CORRUPT: "it is damaged: restore it from a copy, or start a new run",
        sqlite3.SQLITE_NOTADB: "it is not a ledger: choose another --out",
        sqlite3.SQLITE_IOERR: "the disk failed to read or write it: check the disk, then run the same command again",
    }.get(code, str(error))
    return BatchError(f"cannot use {path}: {cure}")


class Ledger:
    """A run directory that this process alone writes.

    Use `Ledger.locked` to open one; it is closed and unlocked at the end of the block.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection, watch: Watch) -> None:
        self.folder = folder
        self.connection = connection
        self._watch = watch

    @classmethod
    @contextmanager
    def locked(cls, folder: Path, *, watch: Watch = unwatched) -> Generator[Ledger]:
        """Open or make the ledger in `folder` for writing.

        Raises:
            BatchError: Another process writes it, or it cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = (folder / LOCK).open("a+")
        except OSError as error:
            raise BatchError(f"cannot write in {folder}: {error.strerror}; choose another --out") from error
        with lock:
            _lock(lock, folder)
            connection = connect(folder / LEDGER)
            try:
                _make_tables(connection, folder / LEDGER)
                watch(Step.LEDGER_CREATED)
                yield cls(folder, connection, watch)
            finally:
                connection.close()

    def begin(self, recipe: Recipe, *, shard: str) -> tuple[Recipe, int] | None:
        """Record the recipe.

        Returns:
            The recipe of the last run and how many articles are settled under it, where it was another one.

        Raises:
            BatchError: The folder holds another shard.
        """
        with transaction(self.connection, self.folder / LEDGER):
            last = self.connection.execute(
                "SELECT recipe.json, run.shard, run.recipe FROM run JOIN recipe ON recipe.digest = run.recipe "
                "ORDER BY run.id DESC LIMIT 1"
            ).fetchone()
            if last and last[1] != shard:
                held, asked = last[1] or "the whole input", shard or "the whole input"
                raise BatchError(f"{self.folder} holds shard {held}, not {asked}: give every shard its own --out")
            self.connection.execute("INSERT OR IGNORE INTO recipe VALUES (?,?)", (recipe.digest, recipe.to_json()))
        if not last or last[2] == recipe.digest:
            return None
        settled = self.connection.execute("SELECT count(*) FROM article WHERE recipe = ?", (last[2],)).fetchone()[0]
        return Recipe.from_json(last[0]), int(settled)

    def record_run(self, row: RunRow) -> int:
        """Write down that a run starts; gives its number."""
        with transaction(self.connection, self.folder / LEDGER):
            made = self.connection.execute(
                "INSERT INTO run (recipe, source, shard, pid, started, budget_usd, total, rpm, tpm, workers) "
                "VALUES (?,?,?,?,?,?,?,?,?,?)",
                (
                    row.recipe,
                    row.source,
                    row.shard,
                    os.getpid(),
                    row.started,
                    row.budget_usd,
                    row.total,
                    row.rpm,
                    row.tpm,
                    row.workers,
                ),
            )
        self._watch(Step.RUN_RECORDED)
        return int(made.lastrowid or 0)

    def has_run(self, recipe: str) -> bool:
        """Whether the last run was of this recipe."""
        row = self.connection.execute("SELECT recipe FROM run ORDER BY id DESC LIMIT 1").fetchone()
        return row is not None and row[0] == recipe

    def end_run(self, run: int, *, ended: float, outcome: str) -> None:
        """Write down how a run ended."""
        with transaction(self.connection, self.folder / LEDGER):
            self.connection.execute("UPDATE run SET ended = ?, outcome = ? WHERE id = ?", (ended, outcome, run))

    def last_attempt(self) -> int:
        """The highest number an attempt has."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM attempt").fetchone()[0])

    def spent_usd(self) -> float:
        """What all attempts cost; one whose end is unknown counts in full, as it was reserved."""
        row = self.connection.execute(
            "SELECT coalesce(sum(coalesce(cost_usd, reserved_usd)), 0) FROM attempt"
        ).fetchone()
        return float(row[0])

    def revive(self, *, reason: str | None = None) -> int:
        """Put articles back to pending; gives how many.

        Args:
            reason: Dead letters of this fault, or `incomplete` for results that lack a part of their article; every
                dead letter where it is `None`.
        """
        where = "status = 'dead' AND (?1 IS NULL OR reason = ?1)"
        if reason == INCOMPLETE:
            where = "status = 'ok' AND key IN (SELECT key FROM result WHERE complete = 0 AND ?1 IS NOT NULL)"
        with transaction(self.connection, self.folder / LEDGER):
            changed = self.connection.execute(
                f"UPDATE article SET status = 'pending', attempts = 0 WHERE {where}",  # noqa: S608 - one of the two above
                (reason,),
            )
        return changed.rowcount

    def replace(self, keys: Iterable[str]) -> None:
        """Note that other contents stand in the places of these failures now; they are kept, and open no more."""
        with transaction(self.connection, self.folder / LEDGER):
            self.connection.executemany(
                "UPDATE article SET status = 'replaced' WHERE key = ? AND status IN ('dead', 'pending')",
                [(key,) for key in keys],
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """How a run was started."""

    recipe: str
    source: str
    shard: str
    started: float
    workers: int
    budget_usd: float | None = None
    total: int | None = None
    rpm: float | None = None
    tpm: float | None = None


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Generator[None]:
    """All of the block, or nothing of it.

    Raises:
        BatchError: The database said no.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise told(error, path) from error


def lookup(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, Known]:
    """What the ledger says of these articles; those it does not know are left out."""
    marks = ",".join("?" * len(keys))
    rows = connection.execute(f"SELECT key, status, attempts FROM article WHERE key IN ({marks})", keys)  # noqa: S608 - question marks alone
    return {key: Known(Status(status), attempts) for key, status, attempts in rows}


def write(connection: sqlite3.Connection, rows: Iterable[Row], recipe: str) -> None:
    """Write rows; the caller holds the transaction."""
    for row in rows:
        match row:
            case Settled():
                _write_settled(connection, row, recipe)
            case Reserved(attempt):
                connection.execute(_PUT_ATTEMPT, _attempt_cells(attempt))


def _write_settled(connection: sqlite3.Connection, row: Settled, recipe: str) -> None:
    place, stored = row.place, row.stored
    cells = (place.key, recipe, place.seq, place.source, row.status.value, row.tries, row.reason, plain(row.detail))
    connection.execute(_PUT_ARTICLE, cells)
    if stored is not None:
        rejected = json.dumps(dict(stored.rejected), sort_keys=True)
        warnings = json.dumps(list(stored.warnings), ensure_ascii=True)
        usage = (stored.calls, stored.input_tokens, stored.output_tokens, stored.cost_usd, stored.kept)
        connection.execute(_PUT_RESULT, (place.key, plain(stored.json), *usage, rejected, warnings, stored.complete))
    connection.executemany(_PUT_ATTEMPT, [_attempt_cells(attempt) for attempt in row.attempts])


def _attempt_cells(attempt: Attempt) -> tuple[object, ...]:
    return (
        attempt.id,
        attempt.key,
        attempt.started,
        attempt.ended,
        attempt.outcome,
        plain(attempt.detail),
        attempt.input_tokens,
        attempt.output_tokens,
        attempt.cost_usd,
        attempt.reserved_usd,
    )


def plain(text: str) -> str:
    """Text that the database can hold: a lone surrogate is written as its escape."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


_INDEXES = (
    "CREATE INDEX IF NOT EXISTS attempt_open ON attempt (key) WHERE ended IS NULL",
    "CREATE INDEX IF NOT EXISTS article_open ON article (source) WHERE status IN ('dead', 'pending')",
)
"""Made in older ledgers too: they change nothing that is read."""


def _make_tables(connection: sqlite3.Connection, path: Path) -> None:
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) == VERSION:
        for index in _INDEXES:
            connection.execute(index)
        return
    with transaction(connection, path):
        for statement in _TABLES.split(";"):
            if statement.strip():
                connection.execute(statement)
        for index in _INDEXES:
            connection.execute(index)
        connection.execute(f"PRAGMA user_version={VERSION}")


def _lock(lock: IO[str], folder: Path) -> None:
    """Take the lock; the kernel frees it when the process ends, however it ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        raise BatchError(f"{folder} is in use by another llmx (process {holder}): wait for it, or stop it") from error
    lock.seek(0)
    lock.truncate()
    lock.write(str(os.getpid()))
    lock.flush()
