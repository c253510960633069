"""Measure the aligner beside others: spans by kind of case, and speed by length of text.

    python benchmarks/grounding/run.py [--seed 1] [--check 2] [--only llmx …] [--no-scaling] [--write]

Needs the `bench` extra and `regex` (for instructor's citation search). Cases come from `cases.py`: the first seed makes
the table, the other one validates it. Times are process CPU seconds. With `--write` the section goes to
`benchmarks/results/grounding.md`.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from cases import ENGLISH, Case, generate
from held_out import SETS, HeldOut
from peers import Finder, Found, finders

_EDGES = "“”\"'«»„‘’「」『』.,()…。，-– \n"
_LOOSE_EDGES = frozenset({"quote marks and dashes", "marks at the ends", "HTML entities"})
_CORE = (
    "number",
    "amount cut",
    "date",
    "unit",
    "name",
    "name dropped",
    "name added",
    "slip in a name",
    "homoglyph",
    "negation",
    "hedge",
    "comparator",
    "combined",
)


@dataclass
class Score:
    """Counts of one finder on one kind: right, wrong place, refused, and all; for false quotes `right` are refusals."""

    right: int = 0
    wrong: int = 0
    refused: int = 0
    count: int = 0
    seconds: list[float] = field(default_factory=list)


def judge(case: Case, found: Found) -> str:
    """`right`, `wrong` or `refused`; a false or ambiguous quote is right when it is refused."""
    if not case.spans:
        return "right" if found is None else "wrong"
    if found is None:
        return "refused"
    wanted = (case.spans[0][0], case.spans[-1][1])
    if found == wanted:
        return "right"
    if case.kind in _LOOSE_EDGES and case.text[slice(*found)].strip(_EDGES) == case.text[slice(*wanted)].strip(_EDGES):
        return "right"
    return "wrong"


def score(name: str, finder: Finder, cases: Sequence[Case]) -> dict[str, Score]:
    """Scores by kind; the time to prepare a text is spread over its quotes, loading the library is not counted."""
    scores: dict[str, Score] = defaultdict(Score)
    ready: dict[str, Callable[[str, tuple[int, int] | None], Found]] = {}
    finder("Warm up: load what loads once.")("what loads twice", None)
    for case in cases:
        start = time.process_time()
        if case.text not in ready:
            ready[case.text] = finder(case.text)
        found = ready[case.text](case.quote, case.near)
        spent = time.process_time() - start
        row = scores[case.kind]
        verdict = judge(case, found)
        setattr(row, verdict, getattr(row, verdict) + 1)
        row.count += 1
        row.seconds.append(spent)
        if name == "llmx" and os.environ.get("SHOW") and verdict != "right":
            print(case.kind, repr(case.quote), verdict, found)
    return scores


def totals(cases: Sequence[Case], scores: dict[str, Score]) -> dict[str, float]:
    true = {case.kind for case in cases if case.spans}
    core = {f"changed: {kind}" for kind in _CORE}
    false = {case.kind for case in cases if not case.spans and not case.ambiguous}

    def share(kinds: set[str], attribute: str) -> float:
        count = sum(scores[kind].count for kind in kinds if kind in scores)
        return 100 * sum(getattr(scores[kind], attribute) for kind in kinds if kind in scores) / count

    times = sorted(second for row in scores.values() for second in row.seconds)
    return {
        "right span": share(true, "right"),
        "wrong span": share(true, "wrong"),
        "refused": share(true, "refused"),
        "accepted, core": share(core & false, "wrong"),
        "accepted, other": share(false - core, "wrong"),
        "mean ms": 1000 * sum(times) / len(times),
        "p95 ms": 1000 * times[int(0.95 * len(times))],
    }


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]


def totals_table(cases: Sequence[Case], by_finder: dict[str, dict[str, Score]]) -> list[str]:
    rows = []
    for name, scores in by_finder.items():
        figures = totals(cases, scores)
        rows.append(
            [
                name,
                *(f"{figures[key]:.1f}" for key in list(figures)[:5]),
                f"{figures['mean ms']:.3f}",
                f"{figures['p95 ms']:.3f}",
            ]
        )
    head = [
        "aligner",
        "right span %",
        "wrong span %",
        "refused %",
        "**accepted: core** %",
        "**accepted: other false** %",
        "mean ms",
        "p95 ms",
    ]
    return table(head, rows)


def kinds_table(cases: Sequence[Case], by_finder: dict[str, dict[str, Score]]) -> list[str]:
    kinds = list(dict.fromkeys(case.kind for case in cases))
    true = {case.kind for case in cases if case.spans}
    rows = []
    for kind in sorted(kinds, key=lambda kind: kind not in true):
        row = [kind, str(sum(case.kind == kind for case in cases))]
        for scores in by_finder.values():
            one = scores[kind]
            per = 100 / one.count
            row.append(
                f"{per * one.right:.0f} / {per * one.wrong:.0f} / {per * one.refused:.0f}"
                if kind in true
                else f"FA {per * one.wrong:.0f}"
            )
        rows.append(row)
    return table(["kind", "n", *by_finder], rows)


def long_text(length: int, rnd: random.Random) -> str:
    """A text of that length whose sentences do not repeat: words of the English texts, shuffled within sentences."""
    vocabulary = sorted({word for text in ENGLISH for word in text.body.split() if word.isalpha()})
    made: list[str] = []
    size = 0
    while size < length:
        sentence = " ".join(rnd.choice(vocabulary) for _ in range(rnd.randint(8, 24))).capitalize() + ". "
        made.append(sentence)
        size += len(sentence)
    return "".join(made)[:length]


def quotes_of(text: str, mode: str, rnd: random.Random, words_each: int) -> list[str]:
    words = text.split(" ")
    vocabulary = sorted(set(words))
    quotes: list[str] = []
    for _ in range(50):
        at = rnd.randrange(len(words) - words_each)
        piece = words[at : at + words_each]
        if mode == "one word replaced":
            piece[words_each // 2] = "zqxv" + piece[words_each // 2][::-1]
        elif mode == "one number added":
            piece[words_each // 2] = "47 " + piece[words_each // 2]
        elif mode == "absent":
            piece = [rnd.choice(vocabulary) for _ in range(words_each)]
        quotes.append(" ".join(piece))
    return quotes


def scaling(finder: Finder, lengths: Sequence[int], *, words_each: int, limit_s: float) -> list[list[str]]:
    """CPU seconds for 50 quotes, the preparation of the text included, by mode and length."""
    rows = []
    for mode in ("exact", "one word replaced", "one number added", "absent"):
        row = [mode]
        spent = 0.0
        for length in lengths:
            if spent * 10 > limit_s:
                row.append("not run")
                continue
            rnd = random.Random(length)
            text = long_text(length, rnd)
            quotes = quotes_of(text, mode, rnd, words_each)
            start = time.process_time()
            locate = finder(text)
            found = sum(locate(quote, None) is not None for quote in quotes)
            spent = time.process_time() - start
            row.append(f"{spent:.3f} ({found})")
        rows.append(row)
    return rows


def speed_quotes(text: str, other: str, rnd: random.Random) -> dict[str, list[str]]:
    """200 quotes of 12 words of each kind for one text."""
    words, foreign = text.split(), other.split()
    vocabulary = sorted(set(words))
    starts = [rnd.randrange(len(words) - 24) for _ in range(200)]
    pieces = [words[at : at + 12] for at in starts]

    def changed(change: Callable[[str], str]) -> list[str]:
        return [" ".join([*piece[:6], *change(piece[6]).split(), *piece[7:]]) for piece in pieces]

    return {
        "exact": [" ".join(piece) for piece in pieces],
        "other spaces": [" \n".join(piece) for piece in pieces],
        "capitals": [" ".join(piece).upper() for piece in pieces],
        "one word dropped": changed(lambda _: ""),
        "one slip": changed(lambda word: word[:2] + word[3:]),
        "elided": [
            " ".join(piece) + " … " + " ".join(words[at + 16 : at + 22])
            for at, piece in zip(starts, pieces, strict=True)
        ],
        "one number added": changed(lambda word: f"47 {word}"),
        "one word replaced": changed(lambda _: rnd.choice(vocabulary)),
        "one negation added": changed(lambda word: f"not {word}"),
        "words in another order": [" ".join(rnd.sample(piece, len(piece))) for piece in pieces],
        "words of the text, stitched": [" ".join(rnd.choice(vocabulary) for _ in range(12)) for _ in pieces],
        "another article's": [
            " ".join(foreign[at : at + 12]) for at in (rnd.randrange(len(foreign) - 12) for _ in pieces)
        ],
    }


def speed_section(finder: Finder) -> list[str]:
    """Mean milliseconds a quote on an article of 5,000 characters, by kind; the least of seven runs."""
    text = " ".join(f"{ENGLISH[0].body} {ENGLISH[1].body}".split())[:5_000]
    modes = speed_quotes(text, ENGLISH[2].body, random.Random(3))
    least = dict.fromkeys(("preparing the text", *modes), float("inf"))
    for _ in range(7):
        start = time.process_time()
        locate = finder(text)
        locate("what stands nowhere in this text", None)
        least["preparing the text"] = min(least["preparing the text"], time.process_time() - start)
        for mode, quotes in modes.items():
            start = time.process_time()
            for quote in quotes:
                locate(quote, None)
            least[mode] = min(least[mode], (time.process_time() - start) / len(quotes))
    rows = [[mode, f"{1000 * seconds:.3f}"] for mode, seconds in least.items()]
    return [
        "",
        "llmx: mean milliseconds of CPU a quote on one article of 5,000 characters, by kind: 200 quotes of 12 words",
        "each, the least of seven runs; and what preparing the text costs once.",
        "",
        *table(["quotes", "ms"], rows),
    ]


def scaling_section(chosen: dict[str, Finder], limit_s: float) -> list[str]:
    lengths = [1_000, 5_000, 10_000, 100_000, 1_000_000]
    out = [
        "",
        "CPU seconds for 50 quotes of 12 words in a text, its preparation included; in brackets how many got a span.",
        "langextract is asked one quote a call, and reads the text anew each time; one call for all costs it less.",
        "A case that was expected to take too long was not run.",
        "",
    ]
    head = ["aligner", "quotes", *(f"{length:,}" for length in lengths)]
    rows = [
        [name, *row]
        for name, finder in chosen.items()
        for row in scaling(finder, lengths, words_each=12, limit_s=limit_s if name != "llmx" else 1e9)
    ]
    out += table(head, rows)
    if "llmx" in chosen:
        out += [
            "",
            "The same with quotes of 60 words (llmx): the cost of a quote does not grow with the square of its length.",
            "",
        ]
        out += table(head, [["llmx", *row] for row in scaling(chosen["llmx"], lengths, words_each=60, limit_s=1e9)])
    return out


def held_out_section(chosen: dict[str, Finder], held_out: HeldOut) -> list[str]:
    cases = held_out.cases
    by_finder = {name: score(name, finder, cases) for name, finder in chosen.items()}
    true = sum(bool(case.spans) for case in cases)
    ambiguous = sum(case.ambiguous for case in cases)
    false = len(cases) - true - ambiguous
    out = [
        "",
        f"{held_out.about}:",
        f"{len(cases)} cases in {len(held_out.by_language)} languages,",
        f"{true} true, {false} false, {ambiguous} ambiguous.",
        "",
        held_out.first_run,
        "",
        *totals_table(cases, by_finder),
        "",
        *kinds_table(cases, by_finder),
    ]
    if "llmx" in chosen:
        out += ["", "llmx by language: right of the true quotes, accepted of the false and ambiguous ones.", ""]
        out += table(["language", "right", "accepted"], language_rows(chosen["llmx"], held_out))
    return out


def language_rows(finder: Finder, held_out: HeldOut) -> list[list[str]]:
    rows = []
    for language, cases in held_out.by_language.items():
        true = [judge(case, finder(case.text)(case.quote, case.near)) for case in cases if case.spans]
        false = [judge(case, finder(case.text)(case.quote, case.near)) for case in cases if not case.spans]
        rows.append(
            [language, f"{true.count('right')} of {len(true)}", f"{len(false) - false.count('right')} of {len(false)}"]
        )
    return rows


def versions() -> str:
    names = ("langextract", "instructor", "rapidfuzz", "regex")
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return ", ".join(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", type=int, nargs="*", default=[2, 3, 4])
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--no-scaling", action="store_true")
    parser.add_argument("--limit", type=float, default=20, help="CPU seconds that a row of another aligner may take")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    chosen = {name: finder for name, finder in finders().items() if not options.only or name in options.only}
    cases = generate(options.seed)
    by_finder = {name: score(name, finder, cases) for name, finder in chosen.items()}
    true = sum(bool(case.spans) for case in cases)
    about = f"""## Grounding: where a quote stands

{datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()}, {os.cpu_count()} cores; {versions()}.
Command: `python benchmarks/grounding/run.py {" ".join(sys.argv[1:])}`.

{len(cases)} generated cases (seed {options.seed}): {true} quotes that stand in their text, and {len(cases) - true} that
do not or that stand in several places. *Core*: a changed, added or dropped number, date, unit, name, negation, hedge or
comparator, and slips and look-alike letters in names. The cases are llmx's own, written before its aligner was tuned;
the other aligners promise less than they are measured for here, and only llmx takes a hint for repeated mentions.
"""
    out = [about, *totals_table(cases, by_finder)]
    for seed in options.check:
        if "llmx" in chosen:
            others = generate(seed)
            figures = totals(others, score("llmx", chosen["llmx"], others))
            out += [
                "",
                f"llmx with seed {seed} ({len(others)} cases): "
                + ", ".join(f"{key} {value:.2f}" for key, value in figures.items())
                + ".",
            ]
    out += [
        "",
        "By kind: right / wrong / refused in percent for true quotes, share accepted (FA) for false ones.",
        "",
        *kinds_table(cases, by_finder),
    ]
    for held_out in SETS:
        out += held_out_section(chosen, held_out)
    if not options.no_scaling:
        out += speed_section(chosen["llmx"]) if "llmx" in chosen else []
        out += scaling_section(chosen, options.limit)
    text = "\n".join(out) + "\n"
    print(text)
    if options.write:
        folder = Path(__file__).resolve().parent.parent / "results"
        folder.mkdir(exist_ok=True)
        (folder / "grounding.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
