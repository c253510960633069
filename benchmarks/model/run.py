"""What a language model gives through llmx, through plain instructor and through langextract, on the same articles.

    python benchmarks/model/run.py draw  --data DIR --out WORK [--seed 5] [--news 10] [--reports 5]
    python benchmarks/model/run.py ask   SYSTEM --out WORK --base-url URL [--model openai/NAME]
    python benchmarks/model/run.py score --data DIR --out WORK

`draw` chooses the articles (PolNeAR news with every attribution marked, MUC-4 reports with their roles); `ask` puts
them before a model through one SYSTEM (llmx, plain, langextract, or staged: llmx in three calls) and writes what came
in the published shape; `score` runs the development sets' own scorer over each. The answers are the model's; nothing
is edited on the way.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from plain import SPACE_S, ask_plain
from spans import ask_langextract
from staged import Staged

from llmx import Article, Extractor, Settings
from llmx.errors import LlmxError
from llmx.model.client import open_model
from llmx.port import Answer, Model, Request

SYSTEMS = ("llmx", "plain", "langextract", "staged")
SETS = ("polnear-dev", "muc4-mixed-dev", "marked")
SHORTEST, LONGEST = 1_500, 6_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("step", choices=["draw", "ask", "score"])
    parser.add_argument("system", nargs="?", choices=SYSTEMS)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base-url")
    parser.add_argument("--model", default="openai/relay")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--news", type=int, default=10)
    parser.add_argument("--reports", type=int, default=5)
    parser.add_argument(
        "--besides", type=Path, nargs="*", default=[], help="draw: earlier draws, not to be drawn again"
    )
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    {"draw": draw, "ask": ask, "score": score}[given.step](given)


def draw(given: argparse.Namespace) -> None:
    picker = random.Random(given.seed)
    for name, number in (("polnear-dev", given.news), ("muc4-mixed-dev", given.reports)):
        rows = [json.loads(line) for line in (given.data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        marked = [row for row in rows if row["attributions"] or sum(len(event["args"]) for event in row["events"]) > 2]
        seen = {row["id"] for earlier in given.besides for row in read(earlier / f"{name}.jsonl")}
        new = [row for row in marked if row["id"] not in seen]
        fit = [row for row in new if len(row["text"]) < LONGEST and (len(row["text"]) > SHORTEST or "muc" in name)]
        chosen = picker.sample(fit, number)
        write(given.out / f"{name}.jsonl", chosen)
        print(name, [row["id"] for row in chosen])
    marked = given.data.parent / "articles"
    gold = read(marked / "gold.jsonl") if (marked / "gold.jsonl").exists() else []
    write(
        given.out / "marked.jsonl", [{**row, "text": (marked / row["id"]).read_text(encoding="utf-8")} for row in gold]
    )


def ask(given: argparse.Namespace) -> None:
    rows = [row for name in SETS for row in read(given.out / f"{name}.jsonl")]
    asker = {"llmx": ask_llmx, "plain": ask_plain, "langextract": ask_langextract, "staged": ask_staged}[given.system]
    made = asyncio.run(asker(rows, model=given.model, base_url=given.base_url))
    write(given.out / f"run-{given.system}.jsonl", [row for row in made if row])


async def ask_staged(rows: list[dict], *, model: str, base_url: str) -> list[dict | None]:
    return await ask_llmx(rows, model=model, base_url=base_url, through=Staged)


async def ask_llmx(
    rows: list[dict], *, model: str, base_url: str, through: Callable[[Model], Model] = lambda model: model
) -> list[dict | None]:
    settings = Settings(timeout_s=7_000, max_retries=0)
    settings = replace(settings, base_url=base_url)

    async def one(number: int, row: dict) -> dict | None:
        await asyncio.sleep(number * SPACE_S)
        heard = Heard(through(open_model(model, settings)))
        extractor = Extractor(model=heard, settings=settings)
        try:
            made = await extractor.aextract(Article(text=row["text"], published=row.get("publication_date")))
        except LlmxError as error:
            print(f"{row['id']}: {error}", file=sys.stderr)
            return None
        return {**json.loads(made.to_json()), "sizes": heard.sizes}

    return list(await asyncio.gather(*(one(*each) for each in enumerate(rows))))


class Heard:
    """A model that notes how long the attributions of its first answer are, as they came."""

    def __init__(self, inner: Model) -> None:
        self.inner, self.sizes = inner, {"characters": 0, "attributions": 0}
        self.name, self.prompted, self.estimate = inner.name, True, inner.estimate

    async def fill(self, request: Request) -> Answer:
        answer = await self.inner.fill(request)
        if request.purpose == "fill":
            came = json.loads(answer.raw).get("attributions", [])
            written = json.dumps(came, ensure_ascii=False, separators=(",", ":"))
            self.sizes = {"characters": len(written), "attributions": len(came)}
        return answer


def recall(gold: list[dict], run: list[dict]) -> str:
    """How many hand-marked attributions were found with the right source, and how many events and claims."""
    made = {row["document"]["text"]: row["report"] for row in run}
    hits, total = Counter(), Counter()
    for row in gold:
        report = made.get(row["text"], {"attributions": [], "events": []})
        for each in row["attributions"]:
            total["attributions"] += 1
            hits["attributions"] += any(
                spots(each["content"]) & spots(one["content"])
                and (spots(each.get("source")) & spots(one["source"]) or not (each.get("source") or one["source"]))
                for one in report["attributions"]
            )
        for each in row["events"]:
            total["events"] += 1
            hits["events"] += any(spots(each["trigger"]) & spots(one.get("trigger")) for one in report["events"])
        for each in row["claims"]:
            total["claims"] += 1
            hits["claims"] += any(spots(each["evidence"]) & spots(one["evidence"]) for one in report.get("claims", ()))
    return ", ".join(f"{name} {hits[name]} of {total[name]}" for name in total)


def spots(value: object) -> set[int]:
    if isinstance(value, dict):
        return set(range(value["start"], value["end"])) if "start" in value else set()
    return set().union(*map(spots, value)) if isinstance(value, list) else set()


def score(given: argparse.Namespace) -> None:
    scorer = given.data / "score.py"
    for system in SYSTEMS:
        run = given.out / f"run-{system}.jsonl"
        if not run.exists():
            continue
        print(f"\n== {system}")
        for kind, name in (("attributions", "polnear-dev"), ("roles", "muc4-mixed-dev")):
            subprocess.run([sys.executable, scorer, kind, given.out / f"{name}.jsonl", run], check=True)
        subprocess.run([sys.executable, scorer, "grounding", run], check=True)
        rows = read(run)
        usage = [row["usage"] for row in rows]
        tokens = [sum(one[key] for one in usage) / len(usage) for key in ("input_tokens", "output_tokens")]
        print(
            f"tokens an article: {tokens[0]:.0f} in, {tokens[1]:.0f} out; requests {sum(one['calls'] for one in usage)}"
        )
        print(f"answer characters / 4, a predicted attribution: {attribution_tokens(rows):.1f}")
        print("hand-marked found:", recall(read(given.out / "marked.jsonl"), rows))
        print("rejected:", Counter(lost["reason"] for row in rows for lost in row["rejections"]).most_common(8))


def attribution_tokens(rows: list[dict]) -> float:
    """Tokens of the answer that are attributions, about: the report's own values, without what llmx adds to them."""
    sizes = [row["sizes"] for row in rows if "sizes" in row]
    if sizes:
        return sum(one["characters"] for one in sizes) / 4 / max(1, sum(one["attributions"] for one in sizes))
    return float("nan")


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, rows: list[dict]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
