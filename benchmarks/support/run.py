"""Score the support checks: how many originals are kept, and how many mutants are rejected, check by check.

    python benchmarks/support/run.py [GOLD.jsonl …] [--data FOLDER] [--seed N] [--show FIELD]

Without arguments the gold of this folder is used. The section is written to `benchmarks/results/support.md`.
A mutant is *rejected* when the checks contradict the value that was changed (or its record); *undecided* when no check
says anything of it for certain; *missed* when a check supports it. Decidable are the rejected and the missed ones.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from random import Random

from babble import babble
from finer import finer_mutants
from gold import Gold, read_gold
from judge import judge, records
from mutate import Mutant, apply, mutants
from pydantic import ValidationError
from singles import shown_changes

from llmx.ground.context import Context
from llmx.ground.reading import Reading
from llmx.result import Outcome, Verdict, show_path
from llmx.schema.news import NewsReport

HERE = Path(__file__).parent
FIRST = HERE / "heldout-first.md"
BLIND = HERE / "blind-first.md"
HOUSE = HERE.parent.parent / "examples" / "gold"
HELD_OUT = (HERE / "heldout.jsonl", HOUSE / "annotator-b.jsonl", HOUSE / "annotator-a.jsonl")
"""Gold that the checks were not written on: nine articles of ours, and two readings of thirteen by other annotators."""
RESULTS = HERE.parent / "results" / "support.md"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="*", type=Path, default=[HERE / "gold.jsonl"])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", default="", help="print the missed mutants of fields that start so; `all` for all")
    parser.add_argument("--data", type=Path, help="a folder with articles/gold.jsonl: measured as well, in one line")
    parser.add_argument("--babbled", type=int, default=2000, help="how many babbled reports are grounded")
    options = parser.parse_args()
    also = [*HELD_OUT, *([options.data / "articles/gold.jsonl"] if options.data else [])]
    measured = [measure(paths, options) for paths in (options.gold, *([path] for path in also))]
    text = report(*measured[0], options) + "\n### Held out\n\n" + FIRST.read_text(encoding="utf-8")
    for path, (kept, table, _) in zip(also, measured[1:], strict=True):
        where = ", which is not in this repository" if options.data and options.data in path.parents else ""
        text += f"\nOn {path.parent.name}/{path.name}{where}:\n\n"
        text += "\n".join(totals(kept, table)) + "\n"
        if path == HELD_OUT[0]:
            text += "\n" + "\n".join(rows(table)) + "\n"
    text += (
        f"\n### Single changes\n\n{BLIND.read_text(encoding='utf-8')}\n"
        + "\n".join(shown_changes(HERE, "blind"))
        + "\n"
    )
    wrong, shown = babble(options.babbled, options.seed)
    text += f"\nA model that babbles (`python benchmarks/support/babble.py`): {shown}.\n"
    print(text)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(text, encoding="utf-8")
    return 1 if wrong else 0


def measure(paths, options: argparse.Namespace) -> tuple[Counter[str], dict[str, Counter[str]], list[str]]:
    random = Random(options.seed)
    kept: Counter[str] = Counter()
    table: dict[str, Counter[str]] = defaultdict(Counter)
    speed: list[str] = []
    for path in paths:
        for gold in read_gold(path):
            kept.update(score_originals(gold))
            speed.append(cost(gold))
            for mutant, outcome, verdict in score_mutants(gold, random):
                table[mutant.field][outcome] += 1
                if (
                    outcome == "missed"
                    and options.show
                    and (options.show == "all" or mutant.field.startswith(options.show))
                ):
                    shown = str(mutant.value)[:100]
                    rule = verdict.rule if verdict else ""
                    print(f"missed {gold.document.id} {show_path(mutant.path)} [{mutant.what}] {shown} ({rule})")
    return kept, table, speed


def score_originals(gold: Gold) -> Counter[str]:
    built = NewsReport.model_validate(gold.report)
    found: Counter[str] = Counter()
    for path, verdict in judge(built, Context(document=gold.document, report=built)):
        found[verdict.outcome] += 1
        if verdict.outcome is Outcome.CONTRADICTED:
            print(f"lost {gold.document.id} {show_path(path)} {verdict.rule}: {verdict.detail}", file=sys.stderr)
    return found


def score_mutants(gold: Gold, random: Random):
    original = NewsReport.model_validate(gold.report)
    reading = Reading(gold.document)
    before = {
        (path, verdict.rule)
        for path, verdict in judge(original, Context(document=gold.document, report=original, read_before=reading))
        if verdict.outcome is Outcome.CONTRADICTED
    }
    for mutant in (*mutants(gold, random), *finer_mutants(gold, random)):
        try:
            built = NewsReport.model_validate(apply(gold.report, mutant))
        except ValidationError:
            continue
        context = Context(document=gold.document, report=built, read_before=reading)
        verdicts = [
            (path, verdict)
            for path, verdict in judge(built, context, home=_home(mutant))
            if _concerns(path, mutant) and (path, verdict.rule) not in before
        ]
        yield mutant, *outcome_of(mutant, verdicts)


def _concerns(path, mutant: Mutant) -> bool:
    """Whether a verdict is on the value that was changed, on a part of it, or on the record whose citation was."""
    home = _home(mutant)
    return path[: len(home)] == home


def _home(mutant: Mutant) -> tuple[str | int, ...]:
    return mutant.path[:-1] if mutant.path[-1] in ("cite", "evidence", "content") else mutant.path


def outcome_of(mutant: Mutant, verdicts) -> tuple[str, Verdict | None]:
    contradicted = [verdict for _, verdict in verdicts if verdict.outcome is Outcome.CONTRADICTED]
    if contradicted:
        return "rejected", contradicted[0]
    decided = [
        (path, verdict)
        for path, verdict in verdicts
        if verdict.outcome is Outcome.SUPPORTED and (_is_of(path, mutant) or _decides(mutant, verdict))
    ]
    undecided = [verdict for _, verdict in verdicts if verdict.outcome is Outcome.UNDECIDED]
    if undecided or not decided:
        return "undecided", undecided[0] if undecided else None
    return "missed", decided[0][1]


def _is_of(path: tuple[object, ...], mutant: Mutant) -> bool:
    name = mutant.field.split(".")[1]
    return name in path or isinstance(mutant.path[-1], int) or (mutant.field in _TEXTS and "text" in path)


_TEXTS = frozenset({"claim.certainty", "claim.bound", "claim.unit", "claim.sense", "claim.roles"})
"""Fields of mutants of a claim's text that no one rule is named after: whichever rule supports the text is wrong."""


def _decides(mutant: Mutant, verdict: Verdict) -> bool:
    return mutant.field == verdict.rule or verdict.rule.startswith(mutant.field)


def cost(gold: Gold) -> str:
    built = NewsReport.model_validate(gold.report)
    number = sum(1 for _ in records(built))
    times: list[float] = []
    for _ in range(7):
        started = time.process_time()
        for _ in judge(built, Context(document=gold.document, report=built)):
            pass
        times.append(time.process_time() - started)
    return f"{len(gold.document.text)} characters, {number} records: {min(times) * 1000:.1f} ms"


def totals(kept: Counter[str], table: dict[str, Counter[str]]) -> list[str]:
    total = sum((counts for counts in table.values()), Counter())
    checked = sum(kept.values())
    decidable = total["rejected"] + total["missed"]
    return [
        (
            f"Originals: {checked} verdicts, {kept['contradicted']} contradicted "
            f"({1 - kept['contradicted'] / checked:.2%} kept), {kept['undecided'] / checked:.1%} undecided."
        ),
        (
            f"Mutants: {sum(total.values())}, {decidable} decidable, {total['rejected'] / decidable:.2%} of them "
            f"rejected, {total['undecided'] / sum(total.values()):.1%} of all undecided."
        ),
    ]


def rows(table: dict[str, Counter[str]]) -> list[str]:
    lines = [
        "| field | mutants | rejected | missed | undecided | rejected of decidable | undecided of all |",
        "|---|---|---|---|---|---|---|",
    ]
    for field in sorted(table):
        counts = table[field]
        number, of = sum(counts.values()), counts["rejected"] + counts["missed"]
        share = f"{counts['rejected'] / of:.1%}" if of else "–"
        cells = (field, number, counts["rejected"], counts["missed"], counts["undecided"], share)
        lines.append(f"| {' | '.join(map(str, cells))} | {counts['undecided'] / number:.0%} |")
    return lines


def report(kept: Counter[str], table: dict[str, Counter[str]], speed: list[str], options: argparse.Namespace) -> str:
    lines = [
        "## Support checks",
        "",
        (
            f"{datetime.now(UTC):%Y-%m-%d}, llmx {version('llmx')}, Python {platform.python_version()}, "
            f"{platform.machine()}, {os.cpu_count()} cores, seed {options.seed}, "
            f"gold: {', '.join(path.name for path in options.gold)}."
        ),
        "Command: `python benchmarks/support/run.py`.",
        "",
        *totals(kept, table),
        "",
        "A mutant is *rejected* when the checks contradict the changed value or its record, *undecided* when none of",
        "them is sure, *missed* when one supports it; decidable are the rejected and the missed ones.",
        "",
        *rows(table),
    ]
    lines += ["", "CPU time of all checks of one report: " + "; ".join(speed) + ".", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
