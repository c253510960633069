"""Articles a second at 200 ms latency and 256 at once: llmx, a plain instructor loop, and langextract.

    python benchmarks/batch/throughput.py FOLDER ARTICLES [PYTHON_WITH_LANGEXTRACT]

Each contestant is a process of its own against a server of its own, one after the other, with the same articles and
the same answers. What each does with an answer is what it does: llmx grounds and checks every field and commits the
result to disk; the loop validates the answer with Pydantic and appends a line; langextract aligns its quotes.
`CPU` is the contestant's own processor time, which other work on the machine does not change.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
WORKERS = 256


def run_llmx(source: str, port: int, folder: Path) -> int:
    from llmx.cli.main import run  # noqa: PLC0415

    words = ["batch", "run", source, "--out", str(folder / "run"), "--model", "fake", "--quiet"]
    words += ["--base-url", f"http://127.0.0.1:{port}/v1", "--workers", str(WORKERS)]
    try:
        run(words)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def run_loop(source: str, port: int, folder: Path) -> int:
    """What most people write: a semaphore, gather, and instructor's default mode."""
    import asyncio  # noqa: PLC0415

    import instructor  # noqa: PLC0415
    from openai import AsyncOpenAI  # noqa: PLC0415

    from llmx.schema.asked import asked_class  # noqa: PLC0415
    from llmx.schema.news import NewsReport  # noqa: PLC0415

    asked = asked_class(NewsReport)

    async def work() -> None:
        client = instructor.from_openai(
            AsyncOpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="k", timeout=1800.0)
        )
        gate = asyncio.Semaphore(WORKERS)
        with (folder / "loop.jsonl").open("w") as out:

            async def one(row: dict) -> None:
                async with gate:
                    report = await client.create(
                        model="fake",
                        response_model=asked,
                        messages=[
                            {"role": "system", "content": "Extract events, claims and attributions with quotes."},
                            {"role": "user", "content": row["text"]},
                        ],
                    )
                    out.write(json.dumps({"id": row["id"], "report": report.model_dump()}) + "\n")

            await asyncio.gather(*(one(row) for row in rows))

    with Path(source).open() as lines:
        rows = [json.loads(line) for line in lines]
    asyncio.run(work())
    return 0


def run_langextract(source: str, port: int, folder: Path) -> int:
    import langextract as lx  # noqa: PLC0415
    from langextract.providers.openai import OpenAILanguageModel  # noqa: PLC0415

    with Path(source).open() as lines:
        rows = [json.loads(line) for line in lines]
    examples = [
        lx.data.ExampleData(
            text="Three people were arrested in Ankara.",
            extractions=[lx.data.Extraction(extraction_class="event", extraction_text="were arrested")],
        )
    ]
    model = OpenAILanguageModel(
        model_id="fake", api_key="k", base_url=f"http://127.0.0.1:{port}/v1", max_workers=WORKERS
    )
    found = lx.extract(
        text_or_documents=[lx.data.Document(text=row["text"], document_id=row["id"]) for row in rows],
        prompt_description="Extract events with their words.",
        examples=examples,
        model=model,
        max_workers=WORKERS,
        batch_length=WORKERS,
        max_char_buffer=4000,
        show_progress=False,
    )
    with (folder / "langextract.jsonl").open("w") as out:
        for document in found:
            out.write(json.dumps({"id": document.document_id, "found": len(document.extractions or [])}) + "\n")
    return 0


def contest(name: str, source: str, port: int, folder: Path) -> None:
    started = time.monotonic()
    code = {"llmx": run_llmx, "loop": run_loop, "langextract": run_langextract}[name](source, port, folder)
    seconds = time.monotonic() - started
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    told = {"name": name, "seconds": seconds, "cpu": cpu, "rss_mb": own.ru_maxrss / 1024, "code": code}
    sys.stdout.write(json.dumps(told) + "\n")


def main(folder: Path, articles: int, other_python: str | None) -> dict:
    sys.path.insert(0, str(HERE))
    from harness import serving, write_articles  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    told = {}
    for name in ("loop", "llmx", *(("langextract",) if other_python else ())):
        count = articles // 8 if name == "langextract" else articles
        source = write_articles(folder / f"in-{name}.jsonl", count, chars=3_000)
        answer = "langextract" if name == "langextract" else ""
        with serving(seed=1, latency=0.2, answer=answer) as server:
            python = other_python if name == "langextract" and other_python else sys.executable
            command = [python, __file__, "--one", name, str(source), str(server.port), str(folder)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode or not done.stdout.strip():
                told[name] = {"failed": done.stderr[-600:]}
                continue
            row = json.loads(done.stdout.splitlines()[-1])
            stats = server.stats()
        told[name] = {
            "articles": count,
            "answered": stats["answered"],
            "per_s": round(count / row["seconds"], 1),
            "cpu_ms": round(row["cpu"] / count * 1000, 2),
            "rss_mb": round(row["rss_mb"]),
            "most_in_flight": stats["most_in_flight"],
        }
    if "per_s" in told.get("llmx", {}) and "per_s" in told.get("loop", {}):
        told["ratio_wall"] = round(told["llmx"]["per_s"] / told["loop"]["per_s"], 2)
        told["ratio_cpu"] = round(told["loop"]["cpu_ms"] / told["llmx"]["cpu_ms"], 2)
        told["held"] = told["ratio_wall"] >= 2.0
    return told


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        contest(sys.argv[2], sys.argv[3], int(sys.argv[4]), Path(sys.argv[5]))
    else:
        print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)))
