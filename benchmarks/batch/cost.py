"""What an article costs: processor time and memory, one function a row; see `rows`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from harness import finish, serving, start, work, write_articles

HERE = Path(__file__).parent


def rules_cores(folder: Path, scale: float) -> dict:
    """The embedded engine in one process and in two."""
    count = max(20, int(600 * scale))
    source = _many(folder / "in.jsonl", _examples(), count)
    few = folder / "few.jsonl"
    few.write_text("".join(source.read_text().splitlines(keepends=True)[:4]))
    # Start-up (imports in each process) is measured with four articles and taken out.
    one, two = ({**_timed(folder, source, n)} for n in (1, 2))
    for told, started in ((one, _timed(folder, few, 1)), (two, _timed(folder, few, 2))):
        told["cpu"] -= started["cpu"]
        told["s"] -= started["s"]
    return {
        "articles": count,
        "one_core": {"s": round(one["s"], 1), "cpu_ms": round(one["cpu"] / count * 1000, 1)},
        "two_cores": {"s": round(two["s"], 1), "cpu_ms": round(two["cpu"] / count * 1000, 1)},
        "wall_ratio": round(one["s"] / two["s"], 2),
        "ratio_by_cpu": round(2 * one["cpu"] / two["cpu"], 2),
        "held": one["s"] / two["s"] >= 1.8,
    }


def _examples() -> list[str]:
    return [path.read_text() for path in sorted((HERE.parents[1] / "examples" / "articles").glob("*.txt"))]


def _many(path: Path, texts: list[str], count: int) -> Path:
    """`count` articles: the texts over and over, each with a number of its own."""
    with path.open("w") as lines:
        for number in range(count):
            text = texts[number % len(texts)]
            lines.write(json.dumps({"id": f"a{number:06d}", "text": f"{text}\nNotice {number}."}) + "\n")
    return path


def _timed(folder: Path, source: Path, processes: int) -> dict:
    """Seconds and processor time of a run of the embedded engine; one process is kept to one core."""
    run = folder / f"run-{source.stem}-{processes}"
    words = ["batch", "run", str(source), "--out", str(run), "--model", "rules", "--quiet"]
    words += ["--processes", str(processes)]
    command = [sys.executable, "-c", _TIMED, json.dumps(words), *(["0"] if processes == 1 else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(done.stdout.splitlines()[-1])


_TIMED = """
import json, os, resource, sys, time
if len(sys.argv) > 2:
    os.sched_setaffinity(0, {0})
from llmx.cli.main import run
at = time.monotonic()
try:
    run(json.loads(sys.argv[1]))
except SystemExit:
    pass
usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps({"s": time.monotonic() - at, "cpu": sum(one.ru_utime + one.ru_stime for one in usages)}))
"""


def overhead(folder: Path, scale: float) -> dict:
    """Row 10: processor time an article, at no latency and 64 workers; the least of three, since others disturb."""
    articles = max(200, int(4_000 * scale))
    source = write_articles(folder / "in.jsonl", articles, chars=3_000)
    one = write_articles(folder / "one.jsonl", 1)
    layers, thins, models, adapters = [], [], [], []
    for number in range(3):
        base = work(input=one, run=folder / f"run-0-{number}", workers=64)["cpu"]
        layers.append(work(input=source, run=folder / f"run-layer-{number}", workers=64, start=64)["cpu"] - base)
        with serving(seed=1) as server:
            config = {"workers": 64, "start": 64, "port": server.port}
            thins.append(work(input=source, run=folder / f"run-thin-{number}", **config)["cpu"] - base)
        models.append(_model_cpu(articles // 4, "model"))
        adapters.append(_model_cpu(articles // 8, "adapter"))
    told = {
        "articles": articles,
        "layer_ms": round(min(layers) / articles * 1000, 3),
        "thin_http_ms": round(min(thins) / articles * 1000, 3),
        "model_fill_ms": round(min(models)[0], 2),
        "instructor_adapter_ms": round(min(adapters)[0], 2),
        "schemas_built_after_the_first": max(built for _, built in models),
    }
    held = told["thin_http_ms"] <= 0.5 and told["model_fill_ms"] <= 1.5 and told["instructor_adapter_ms"] <= 6
    return {**told, "held": held and not told["schemas_built_after_the_first"]}


def _model_cpu(requests: int, way: str) -> tuple[float, int]:
    """Processor time of one request through llmx's own model, in ms, and the schemas that were built for all."""
    with serving(seed=1) as server:
        command = [sys.executable, str(HERE / "fill.py"), str(server.port), str(requests), way]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    milliseconds, built = done.stdout.split()
    return float(milliseconds), int(built)


def memory(folder: Path, scale: float) -> dict:
    """Rows 8 and 16: memory for 1,000,000 articles with a model that answers at once, and its slope."""
    sizes = (int(100_000 * scale), int(1_000_000 * scale))
    peaks = {}
    samples: list[tuple[int, float]] = []
    for count in sizes:
        source = write_articles(folder / "in.jsonl", count, chars=300)
        process = start(input=source, run=folder / f"run-{count}", workers=64, start=64, rss_every=25_000)
        end = finish(process, timeout=7200)
        peaks[count] = end["rss_mb"]
        samples = end.get("rss", samples)
        seconds, cpu = end["seconds"], end["cpu"]
        (folder / "in.jsonl").unlink()
        shutil.rmtree(folder / f"run-{count}")
    late = [row for row in samples if row[0] >= sizes[1] * 0.3]
    slope = (late[-1][1] - late[0][1]) / (late[-1][0] - late[0][0]) * 100_000 if len(late) > 1 else 0.0
    growth = peaks[sizes[1]] - peaks[sizes[0]]
    return {
        "peak_mb": {f"{count:,}": round(peak, 1) for count, peak in peaks.items()},
        "mb_per_100k": round(slope, 3),
        "articles_per_s": round(sizes[1] / seconds),
        "cpu_ms_per_article": round(cpu / sizes[1] * 1000, 3),
        "held": max(peaks.values()) < 150 and growth <= 10 and slope < 1.0,
    }


def soak(folder: Path, scale: float) -> dict:
    """Row 16: 500,000 requests over HTTP, some refused or broken; how the memory in use grows."""
    count = int(500_000 * scale)
    source = write_articles(folder / "in.jsonl", count, chars=300)
    with serving(seed=3, faults={"429": 0.001, "500": 0.01, "drop": 0.002}, retry_after=0.01) as server:
        config = {"port": server.port, "workers": 64, "start": 64, "transport_tries": 12}
        process = start(input=source, run=folder / "run", rss_every=max(1_000, count // 50), **config)
        end = finish(process, timeout=7200)
        requests = server.stats()["requests"]
    late = [row for row in end["rss"] if row[0] >= count * 0.3]
    slope = (late[-1][1] - late[0][1]) / (late[-1][0] - late[0][0]) * 100_000
    return {
        "requests": requests,
        "ok": end["ok"],
        "peak_mb": round(end["rss_mb"], 1),
        "mb_per_100k": round(slope, 3),
        "cpu_ms_per_article": round(end["cpu"] / count * 1000, 3),
        "held": slope < 1.0 and end["ok"] == count and end["rss_mb"] < 150,
    }


def ledger_rate(folder: Path, scale: float) -> dict:
    """Articles a second that one ledger takes, by the size of a result; and the size of a real one."""
    count = max(200, int(4_000 * scale))
    rates = {}
    for chars in (300, 4_000, 26_000):
        source = write_articles(folder / "in.jsonl", count, chars=chars)
        end = work(input=source, run=folder / f"run-{chars}", workers=64, start=64)
        rates[f"{chars:,} bytes"] = round(count / end["seconds"])
    texts = _examples()
    source = _many(folder / "texts.jsonl", texts, 20 * len(texts))
    _timed(folder, source, 2)
    run_db = folder / f"run-{source.stem}-2" / "run.db"
    return {
        "articles": count,
        "per_s": rates,
        "characters_of_an_example": round(sum(map(len, texts)) / len(texts)),
        "bytes_in_the_ledger_for_it": round(run_db.stat().st_size / (20 * len(texts))),
        # What an account of 10,000 requests a minute lets through.
        "held": min(rates.values()) >= 167,
    }
