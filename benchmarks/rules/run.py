"""Measure the embedded engine: all figures in one command.

    python benchmarks/rules/run.py --data DIR [--articles DIR] [--quick] [--write]

DIR holds the development sets and their `score.py`; `--articles` the two annotated articles (by default
`DIR/../articles`). Everything goes through the public API and the scorer, which knows nothing of llmx. With `--write`
the section goes to `benchmarks/results/rules.md`. `--quick` leaves out the long text.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from events import GROUPS, judge_article, without

from llmx import Article, Extractor
from llmx.document import Document
from llmx.rules.engine import read

Row = dict[str, Any]
HERE = Path(__file__).parent
PIPELINE_UP_TO = 120_000
TASKS = (
    ("types", "case2021-types-dev.jsonl", "CASE 2021, types of 400 snippets"),
    ("roles", "muc4-mixed-dev.jsonl", "MUC-4 mixed, roles in 40 reports"),
    ("attributions", "polnear-dev.jsonl", "PolNeAR dev, 84 articles"),
)
ABOUT = (
    "`python benchmarks/rules/run.py --data DIR --write`. The weights for event types were trained on the very snippets"
    " scored here: the figure that says what to expect elsewhere is the cross-validated one, which"
    " `build_lexicon.py --data DIR --check` prints."
)
HOUSE = {
    "Twelve articles annotated before the engine read them (`heldout.jsonl`), by now all read while mending": HERE
    / "heldout.jsonl",
    "Ten articles annotated blind (`blind.jsonl`), read while mending": HERE / "blind.jsonl",
    "Six more annotated blind (`unseen.jsonl`), scored when the rules were done": HERE / "unseen.jsonl",
    "Thirteen articles of `examples/gold`, which rules were made with": HERE.parents[1] / "examples/gold/gold.jsonl",
}
SHOWN = (
    "trigger and type", "types of the article", "participants", "counts", "content overlaps", "content exact",
    "source, cue and content", "claim  ",
)  # fmt: skip
LOAD = """
import time
began = time.process_time()
import llmx
extractor = llmx.Extractor(model="rules")
loaded = time.process_time()
extractor.extract(llmx.Article(text="Gunmen killed two people in Orlo on Monday, police said."))
print(loaded - began, time.process_time() - loaded)
"""


def read_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def extract_all(extractor: Extractor[Any], rows: list[Row]) -> list[Row]:
    """The published extraction of each row's text."""
    done = []
    for row in rows:
        article = Article(text=row["text"], published=row.get("publication_date"))
        done.append(json.loads(extractor.extract(article).to_json()))
    return done


def score(data: Path, task: str, name: str, run: list[Row]) -> str:
    """What the scorer prints for a run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in run), encoding="utf-8")
        command = [sys.executable, str(data / "score.py"), task, str(data / name), str(path)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def last_figure(printed: str, task: str) -> str:
    """The line of the scorer that sums up a task."""
    lines = printed.splitlines()
    return lines[2] if task == "attributions" else lines[-1]


def speed(extractor: Extractor[Any], rows: list[Row]) -> tuple[float, float, int]:
    """Articles of 3 KB a second and core, by CPU time: read for the first time, and again; and how many there were."""
    text = " ".join(row["text"] for row in rows)
    pieces = [text[at : at + 3000] for at in range(0, min(len(text), 180_000) - 3000, 3000)]
    rates: list[float] = []
    for _ in range(3):
        began = time.process_time()
        for piece in pieces:
            extractor.extract(Article(text=piece))
        rates.append(len(pieces) / (time.process_time() - began))
    return rates[0], max(rates[1:]), len(pieces)


def growth(extractor: Extractor[Any], rows: list[Row]) -> list[str]:
    """CPU seconds for one long text: the engine alone up to 1 MB, the whole pipeline up to 120 KB."""
    text = " ".join(row["text"] for row in rows)
    text *= 1 + 1_000_000 // len(text)
    lines = []
    for size in (30_000, 60_000, 120_000, 250_000, 500_000, 1_000_000):
        began = time.process_time()
        read(Document.from_article(Article(text=text[:size])))
        line = f"- {size // 1000} KB in one text: engine alone {time.process_time() - began:.1f} s"
        if size <= PIPELINE_UP_TO:
            began = time.process_time()
            extractor.extract(Article(text=text[:size]))
            line += f", with grounding and checks {time.process_time() - began:.1f} s"
        lines.append(line)
    return lines


def load() -> tuple[float, float]:
    """CPU seconds until an extractor is there, and of its first extraction; the best of five processes.

    With compiled modules at hand, as an installed package has them: the first process compiles, and is not counted.
    """
    with tempfile.TemporaryDirectory() as compiled:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**kept, "PYTHONPYCACHEPREFIX": compiled}
        command = [sys.executable, "-c", LOAD]
        runs = [
            subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.split()
            for _ in range(6)
        ]
    return min(float(first) for first, _ in runs[1:]), min(float(second) for _, second in runs[1:])


def section(args: argparse.Namespace) -> str:
    extractor = Extractor(model="rules")
    lines = ["## The embedded engine", ""]
    machine = (
        f"Python {platform.python_version()}, {platform.machine()}, one of {os.cpu_count()} cores of a shared machine"
        f" (load {os.getloadavg()[0]:.1f})"
    )
    lines += [f"{datetime.now(UTC):%Y-%m-%d}, llmx {version('llmx')}, {machine}. {ABOUT}", ""]
    runs: dict[str, list[Row]] = {}
    for task, name, title in TASKS:
        runs[task] = extract_all(extractor, read_rows(args.data / name))
        lines += [f"### {title}", "", "```", score(args.data, task, name, runs[task]), "```", ""]
    lines += articles(extractor, args.articles)
    lines += kept_apart()
    lines += performance(extractor, read_rows(args.data / "syria-articles.jsonl"), quick=args.quick)
    lines += ablation(args.data, runs)
    return "\n".join(lines) + "\n"


def articles(extractor: Extractor[Any], folder: Path) -> list[str]:
    lines = ["### Two annotated articles, no publication date given", ""]
    total = 0
    for gold in read_rows(folder / "gold.jsonl"):
        text = (folder / gold["id"]).read_text(encoding="utf-8")
        (row,) = extract_all(extractor, [{"text": text}])
        judged = judge_article(gold, row)
        total += judged["found"]
        figures = {
            "attributions found (overlap, right source)": judged["attributions"],
            "counts": judged["counts"],
            "missed": ", ".join(judged["missed"]) or "none",
            "false": ", ".join(judged["false"]) or "none",
            "citations of boilerplate": judged["barred"],
            "dates invented": judged["invented"],
        }
        lines.append(f"- `{gold['id'][:3]}`: " + "; ".join(f"{name} {value}" for name, value in figures.items()))
        lines += [f"    - count “{' '.join(quote.split())}”, said by {source}" for quote, source in judged["said_by"]]
    return [*lines, f"- attributions of both: {total} of 18", ""]


def kept_apart() -> list[str]:
    """The house's own articles, scored by `llmx eval`: those that rules were made with, and those that never were."""
    lines = ["### Articles of the house", ""]
    for title, path in HOUSE.items():
        command = [str(Path(sys.executable).parent / "llmx"), "eval", "run", str(path), "--extract", "--model", "rules"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        kept = [line.rstrip() for line in printed.splitlines() if any(name in line for name in SHOWN)]
        lines += [f"{title}: F1, its interval, P / R.", "", "```", *kept, "```", ""]
    return lines


def performance(extractor: Extractor[Any], rows: list[Row], *, quick: bool) -> list[str]:
    rate, again, count = speed(extractor, rows)
    first, second = load()
    lines = [
        "### Speed",
        "",
        f"- {rate:.0f} articles of 3 KB a second and core, grounding and checks included ({count} articles, CPU time)",
        f"- {again:.0f} of them when they are read again",
    ]
    lines.append(
        f"- load (CPU time): modules, compiled, {first:.2f} s; word lists and a first extraction {second:.2f} s more"
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines.append(f"- memory at most {memory:.0f} MB so far, the scorer's rows included")
    if not quick:
        lines += growth(extractor, rows)
    return [*lines, ""]


def ablation(data: Path, runs: dict[str, list[Row]]) -> list[str]:
    lines = ["### Without one rule group", "", "Events that the group made are taken out of the same runs.", "",
             "| without | events | types, weighted F1 | all roles |", "|---|---|---|---|"]  # fmt: skip
    for title, rules in [("nothing", ()), *GROUPS.items()]:
        types = without(runs["types"], rules)
        roles = without(runs["roles"], rules)
        count = sum(len(row["report"]["events"]) for row in types + roles)
        by_type = score(data, "types", TASKS[0][1], types).splitlines()[-1].split()[2]
        by_role = score(data, "roles", TASKS[1][1], roles).splitlines()[-1].removeprefix("all roles").strip()
        lines.append(f"| {title} | {count} | {by_type} | {by_role} |")
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    args.articles = args.articles or args.data.parent / "articles"
    made = section(args)
    print(made)
    if args.write:
        out = HERE.parent / "results" / "rules.md"
        out.parent.mkdir(exist_ok=True)
        out.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
