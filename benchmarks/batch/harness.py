"""What the measurements share: a server, articles, workers as processes, and looking into a ledger."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Server:
    port: int

    def stats(self) -> dict:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/__stats") as answer:
            return json.load(answer)

    def set(self, **limits) -> None:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/__set", data=json.dumps(limits).encode(), method="POST"
        )
        urllib.request.urlopen(request).close()  # noqa: S310 - an address of our own


@contextmanager
def serving(script: str = "server.py", **config) -> Iterator[Server]:
    """A server in a process of its own, on a port of the kernel's choice."""
    command = [sys.executable, str(HERE / script), json.dumps(config)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield Server(int(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.terminate()


def write_articles(path: Path, count: int, *, chars: int = 600) -> Path:
    """`count` articles of about `chars` characters; each names its number."""
    filler = "The district council met again and heard the report of its committee. "
    body = filler * (max(0, chars - 90) // len(filler))
    with path.open("w") as lines:
        for number in range(count):
            text = f"ARTICLE-{number:07d}\nTwo soldiers were killed in the valley on Monday.\n{body}"
            lines.write(json.dumps({"id": f"a{number:07d}", "text": text}) + "\n")
    return path


def start(**config) -> subprocess.Popen:
    """Start a worker."""
    return subprocess.Popen(
        [sys.executable, str(HERE / "worker.py"), json.dumps({name: _plain(value) for name, value in config.items()})],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen, timeout: float = 1200) -> dict:
    """Wait for a worker; what it told, and its exit code."""
    out, err = process.communicate(timeout=timeout)
    if process.returncode not in (0, 3, 4, 130, 143):
        raise RuntimeError(f"worker ended with {process.returncode}: {err[-2000:]}")
    return {**json.loads(out.splitlines()[-1]), "code": process.returncode}


def work(**config) -> dict:
    """Run a worker to its end."""
    return finish(start(**config))


def kill_after(process: subprocess.Popen, seconds: float) -> bool:
    """SIGKILL a worker after so long; False when it had ended before."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True
    process.communicate()
    return False


def holds_kept(times: Path) -> dict:
    """What a `Timeline` tells: requests that were let go during a hold, and how long refusals took to be read.

    By the client's own clock: a hold begins when its process has read the refusal, and ends when what that asked for
    has passed. A request that the server sees early because the refusal was still on its way is nobody's fault.
    """
    gone: dict[tuple[str, str], list[float]] = {}
    held: dict[str, list[tuple[float, float]]] = {}
    delays = []
    for line in times.read_text().splitlines():
        kind, process, *instants = line.split()
        if kind == "held":
            read, until, written = map(float, instants)
            held.setdefault(process, []).append((read, until))
            delays.append(read - written)
        else:
            gone.setdefault((kind, process), []).append(float(instants[0]))
    into = {
        kind: [
            (at - read) * 1000
            for process, holds in held.items()
            for read, until in holds
            for at in gone.get((kind, process), [])
            if read < at < until
        ]
        for kind in ("sent", "left")
    }
    delays.sort()
    return {
        "refusals": len(delays),
        "let_go_in_a_hold": len(into["sent"]),
        "written_in_a_hold": len(into["left"]),
        "at_most_ms_into_it": round(max(into["left"], default=0.0), 2),
        "median_ms_to_read_a_refusal": round(delays[len(delays) // 2] * 1000, 1) if delays else 0.0,
        "longest_ms": round(delays[-1] * 1000, 1) if delays else 0.0,
    }


def ledger(folder: Path) -> dict:
    """What a ledger holds."""
    connection = sqlite3.connect(folder / "run.db")
    try:
        states = dict(connection.execute("SELECT status, count(*) FROM article GROUP BY status").fetchall())
        results, distinct = connection.execute("SELECT count(*), count(DISTINCT key) FROM result").fetchone()
        spent = connection.execute("SELECT coalesce(sum(coalesce(cost_usd, reserved_usd)), 0) FROM attempt").fetchone()
        return {
            "ok": states.get("ok", 0),
            "dead": states.get("dead", 0),
            "results": results,
            "doubled": results - distinct,
            "intact": connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok",
            "spent": spent[0],
            "reasons": dict(
                connection.execute(
                    "SELECT reason, count(*) FROM article WHERE status='dead' GROUP BY reason"
                ).fetchall()
            ),
        }
    finally:
        connection.close()


def _plain(value):
    return str(value) if isinstance(value, Path) else value
