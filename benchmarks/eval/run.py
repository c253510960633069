"""Measure the evaluation harness: speed beside nervaluate, nested records, resampling, and agreement with others.

    python benchmarks/eval/run.py [--docs 10000] [--data FOLDER]

Peers run in the same process on the same data. With `--data`, a folder with development sets and an independent
`score.py`, the figures of both scorers are compared. The section goes to `benchmarks/results/eval.md`.
"""

import argparse
import datetime as dt
import os
import platform
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import development
import synthetic
from nervaluate import Evaluator

from llmx.eval.gold.case import Case
from llmx.eval.metrics.fields import score_report
from llmx.eval.metrics.tally import Tally
from llmx.eval.predictions import run_of
from llmx.eval.presets.nervaluate import SCHEMES, span_counts
from llmx.eval.score import score_run
from llmx.eval.statistics.bootstrap import Draws, intervals, resampled
from llmx.eval.statistics.table import table_of

RESULT = Path(__file__).parents[1] / "results" / "eval.md"

UNITS = (
    "Documents a second of processor time (of wall time in brackets); the ratio is of processor times in this run. "
    "Machine shared with other work where the load exceeds the processors."
)
AGREEMENT = (
    "Agreement with an independent scorer on development sets, the predictions being gold with noise. It pairs "
    "greedily and compares a content from its first to its last letter; llmx pairs for the best sum and compares "
    "every part."
)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Wall seconds, processor seconds, and what `work` gave."""
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return time.perf_counter() - wall, time.process_time() - processor, found


def _ours(gold: list[Any], pred: list[Any]) -> dict[str, tuple[float, ...]]:
    total: dict[str, list[float]] = {}
    for wanted, offered in zip(gold, pred, strict=True):
        counts = span_counts(
            [(span["label"], span["start"], span["end"]) for span in wanted],
            [(span["label"], span["start"], span["end"]) for span in offered],
        )
        for name, columns in counts.items():
            held = total.setdefault(name, [0.0, 0.0, 0.0, 0.0])
            for n, value in enumerate(columns):
                held[n] += value
    return {name: tuple(columns) for name, columns in total.items()}


def spans(docs: int, size: int) -> str:
    gold, pred = synthetic.spans(docs, size)
    peer_wall, peer, theirs = timed(lambda: Evaluator(gold, pred, tags=list(synthetic.TAGS), loader="dict").evaluate())
    own_wall, own, ours = timed(lambda: _ours(gold, pred))
    worst = 0.0
    for scheme in SCHEMES:
        for label, table in (
            ("", theirs["overall"]),
            *((f"@{tag}", theirs["entities"][tag]) for tag in synthetic.TAGS),
        ):
            credit, predicted, _, wanted = ours[f"{scheme}{label}"]
            worst = max(worst, abs(2 * credit / (predicted + wanted) - table[scheme].f1))
    return (
        f"| nervaluate's schemes, {docs:,} documents × {size} spans | {docs / own:,.0f} ({docs / own_wall:,.0f}) | "
        f"{docs / peer:,.0f} ({docs / peer_wall:,.0f}) | {peer / own:.1f} | largest difference in F1 {worst:.1e} |"
    )


def nested(docs: int) -> list[str]:
    pairs = synthetic.own_reports(docs)

    def own() -> None:
        tally = Tally()
        for gold, pred in pairs:
            score_report(gold, pred, None, tally)

    rows = []
    wall, processor, _ = timed(own)
    rows.append(_rate("own schema, 4 events × 3 arguments: every field", docs, wall, processor))
    for label, others in (
        ("news events, 4 × 3: all event metrics", False),
        ("the same with attributions and claims", True),
    ):
        gold, lines = synthetic.news(docs, others=others)
        cases = [Case(id=one["id"], text=one["text"], sha256="", lists=one["lists"]) for one in gold]
        run = run_of(lines, name="run", source="")
        wall, processor, _ = timed(lambda cases=cases, run=run: score_run(cases, run))
        rows.append(_rate(label, docs, wall, processor))
    return rows


def _rate(label: str, docs: int, wall: float, processor: float) -> str:
    return f"| {label} | {docs / processor:,.0f} ({docs / wall:,.0f}) | – | – | {docs:,} documents |"


def resampling(docs: int = 1000, resamples: int = 2000) -> str:
    gold, lines = synthetic.news(docs, others=True)
    cases = [Case(id=one["id"], text=one["text"], sha256="", lists=one["lists"]) for one in gold]
    found = score_run(cases, run_of(lines, name="run", source=""))
    table = table_of([a.id for a in found.articles], [a.counts for a in found.articles])
    draws = Draws(resamples=resamples)
    wall, processor, samples = timed(lambda: resampled(table.counts, table.metrics, draws))
    more, more_processor, _ = timed(lambda: intervals(samples, docs, 0.95))
    return (
        f"{resamples:,} resamples of {len(table.metrics)} metrics ({samples.shape[1]} figures), {docs:,} documents: "
        f"{wall + more:.2f} s wall, {processor + more_processor:.2f} s of processor time, intervals included."
    )


def agreement(data: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as scratch:
        rows = development.compare(data, Path(scratch))
    table = ["", "| set | metric | independent scorer | llmx | |", "|---|---|---|---|---|"]
    table += [f"| {a} | {b} | {c} | {d} | {'same' if c == d else 'differs'} |" for a, b, c, d in rows]
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=int, default=10_000)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    made = f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, Python {platform.python_version()}"
    peer = f"nervaluate {metadata.version('nervaluate')}, {os.cpu_count()} processors at load {load:.1f}"
    lines = [
        "## Evaluation harness",
        "",
        f"{made}, {peer}; `python benchmarks/eval/run.py`. {UNITS}",
        "",
        "| task | llmx | nervaluate | ratio | |",
        "|---|---|---|---|---|",
        spans(options.docs, 12),
        spans(options.docs, 60),
        *nested(1000),
        "",
        resampling(),
    ]
    if options.data is not None:
        lines += ["", AGREEMENT, *agreement(options.data)]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
