"""Measure batch runs, and write the section `benchmarks/results/batch.md`.

    python benchmarks/batch/run.py [--rows 1,2,6,throughput] [--scale 1.0]

Figures are kept in `benchmarks/results/batch.json`, so that one row can be measured again without the others. All of it
takes about an hour on two cores; `--scale 0.05` takes minutes and says so in the section.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
ROOT = HERE.parents[1]
RESULTS = ROOT / "benchmarks" / "results"

import cost  # noqa: E402 - beside this file
import rows  # noqa: E402
import throughput  # noqa: E402


def tested(*files: str):
    """A row that is a set of tests: run them."""

    def measure(folder: Path, scale: float) -> dict:
        del scale
        words = [sys.executable, "-m", "pytest", "-q", "--basetemp", str(folder / "tests"), *files]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        last = [line for line in done.stdout.splitlines() if line.strip()][-1]
        passed = sum(line.count(".") for line in done.stdout.splitlines() if line.rstrip().endswith("%]"))
        return {"tests": passed, "last": last.strip(), "held": done.returncode == 0}

    return measure


def ray_kill(*more: str):
    """Two Ray actors, one killed by its pid."""

    def measure(folder: Path, scale: float) -> dict:
        command = [sys.executable, str(HERE / "ray_kill.py"), str(folder), str(max(200, int(2_000 * scale))), *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return json.loads(done.stdout.splitlines()[-1])

    return measure


def contest(folder: Path, scale: float) -> dict:
    """Throughput beside a plain loop and langextract."""
    other = sys.executable if importlib.util.find_spec("langextract") else os.environ.get("LANGEXTRACT_PYTHON")
    return throughput.main(folder, max(256, int(1_280 * scale)), other)


def documented(folder: Path, scale: float) -> dict:
    """The Ray example of docs/batch.md, run as it stands there."""
    del scale
    page = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    source = page.partition("```python needs=ray\n")[2].partition("```")[0]
    done = subprocess.run([sys.executable, "-c", source], cwd=folder, capture_output=True, text=True, check=False)
    said = done.stdout.strip().splitlines()[-2:]
    return {"said": said, "held": done.returncode == 0 and said == ["n1 ok killed", "1"]}


UNIT = "tests/unit/batch"
ROWS = {
    "1": ("100 random SIGKILLs over 20,000 articles, 7 faults, 1 % poison", rows.random_kills),
    "2": ("SIGKILL at every named step", rows.every_step),
    "3": ("log cut at 200 offsets", tested(f"{UNIT}/test_crash.py")),
    "4": ("each fault at 100 %, and all at 30 %", rows.every_fault),
    "5": ("1 % poison", rows.poison),
    "6": ("requests and tokens a minute", rows.rate_limits),
    "7": ("Retry-After", rows.retry_after),
    "8": ("memory for 1,000,000 articles, and its slope", cost.memory),
    "9": ("budget at ten caps, 64 workers", rows.budget),
    "10": ("processor time an article", cost.overhead),
    "11": ("disk full, not writable, in use", rows.refusals),
    "12": ("Ctrl-C, twice, SIGTERM", rows.signals),
    "13": ("ledger against a model of it (hypothesis)", tested(f"{UNIT}/test_ledger.py")),
    "14": ("provider's batch interface", tested(f"{UNIT}/test_provider_batch.py")),
    "14+": ("submit and poll killed at every step and at random", rows.provider_kills),
    "15": ("hostile text", tested(f"{UNIT}/test_readers.py", f"{UNIT}/test_hostile.py")),
    "16": ("500,000 requests over HTTP: memory", cost.soak),
    "ledger": ("one ledger's pace, and what a result takes in it", cost.ledger_rate),
    "rules": ("embedded engine, two cores against one", cost.rules_cores),
    "throughput": ("200 ms latency, 256 at once", contest),
    "ray": ("two Ray actors, one killed", ray_kill()),
    "docs": ("the Ray example of docs/batch.md", documented),
    "dataset": ("the same from a Ray Dataset into one, all of llmx", ray_kill("--dataset")),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default=",".join(ROWS))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--data", help="not used here")
    options = parser.parse_args()
    store = RESULTS / "batch.json"
    RESULTS.mkdir(parents=True, exist_ok=True)
    found = json.loads(store.read_text()) if store.exists() else {}
    for name in options.rows.split(","):
        folder = Path(tempfile.mkdtemp(prefix="llmx-batch-"))
        try:
            figures = ROWS[name][1](folder, options.scale)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        day = datetime.now(UTC).date().isoformat()
        found[name] = {"scale": options.scale, "date": day, "load": round(os.getloadavg()[0], 1), "figures": figures}
        store.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
        print(name, "held" if figures.get("held") else "NOT HELD", json.dumps(figures))
    (RESULTS / "batch.md").write_text(section(found), encoding="utf-8")


def section(found: dict) -> str:
    """The section, from the figures."""
    versions = [
        f"{name} {importlib.metadata.version(name)}" for name in ("openai", "instructor", "pydantic", "aiohttp")
    ]
    machine = (
        f"{os.cpu_count()} cores ({platform.machine()}), shared with other work; Python {platform.python_version()}"
    )
    day = max(row["date"] for row in found.values())
    lines = [
        "## Batch runs",
        "",
        f"{day} · {machine}, SQLite {sqlite3.sqlite_version}, {', '.join(versions)}.",
        "Command: `make bench-batch`, or one row: `python benchmarks/batch/run.py --rows 1`. The server is",
        "`benchmarks/batch/server.py`: it answers by rule, with faults, limits and a memory of what it was asked.",
        "Rows 1, 2, 4 to 7, 9, 11 and 12 use the thinnest engine (one request, no extraction): what is tried is the",
        "batch layer; `throughput` and `rules` are all of llmx. Wall times suffer from the machine's other work",
        "(`load`: runnable processes at the end of the row, for two cores); processor times do not. `holds` is by the",
        "client's own clock: *let go* in a hold would be a fault; *written* in one was let go before the refusal was",
        "read, and its connection or the event loop took so many ms more; the server may see such a request early.",
        "",
        "| # | What | Held | Figures | Scale, load |",
        "|---|---|---|---|---|",
    ]
    for name, (what, _) in ROWS.items():
        if name not in found:
            lines.append(f"| {name} | {what} | not measured | | |")
            continue
        row = found[name]
        held = "yes" if row["figures"].get("held") else "**no**"
        lines.append(f"| {name} | {what} | {held} | {said(row['figures'])} | {row['scale']:g}, {row['load'] or '?'} |")
    return "\n".join(lines) + "\n"


def said(figures: dict) -> str:
    """Figures in a cell."""
    shown = []
    for name, value in figures.items():
        if name in ("held", "last", "lines"):
            continue
        if isinstance(value, dict):
            inner = [f"{key.replace('_', ' ')}: {_flat(item)}" for key, item in value.items()]
            shown.append(f"{name.replace('_', ' ')} ({'; '.join(inner)})")
        else:
            shown.append(
                f"{name.replace('_', ' ')} {value:,}" if isinstance(value, int) else f"{name.replace('_', ' ')} {value}"
            )
    return "; ".join(shown).replace("|", "/")


def _flat(value) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')} {item}" for key, item in value.items())
    return str(value)


if __name__ == "__main__":
    main()
