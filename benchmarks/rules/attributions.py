"""Measure the attribution and claim rules: figures, ablation by rule and by feature group, speed.

    python benchmarks/rules/attributions.py --data DIR [--articles DIR] [--write]

DIR holds `polnear-dev.jsonl` and `score.py`; `--articles` (by default `DIR/../articles`) two articles with gold made by
hand. The first line is measured through the public API, after grounding and checks; the ablations on the rules alone.
With --write the section goes to `benchmarks/results/rules-attributions.md`.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from llmx import Article, Extractor
from llmx.document import Document
from llmx.rules.analysis import Analysis, analyse
from llmx.rules.attribution import FoundAttribution, find_attributions
from llmx.rules.attribution.weights import Weights, bundled_weights

Row = dict[str, Any]
Read = list[tuple[Row, Document, Analysis]]
NAMES = ("content overlap", "content exact", "source+cue+content", "content characters")
KNOWN = {
    "two trained readers": (".840", ".640", ".750", ".891"),
    "regular expressions, untuned": (".658", ".227", ".462", ".679"),
}
RULES = {
    "verb, content behind it": ("verb-content",),
    "content, source, verb": ("content-source-verb",),
    "content, verb, source": ("content-verb-source",),
    "passive": ("passive", "passive-by"),
    "nouns": ("noun",),
    "according to, as … put it": ("according-to", "as-told"),
    "adverbs of hearsay": ("evidential-adverb",),
    "colons and signatures": ("colon", "signed"),
}
FEATURES = {
    "lemmas": ("lemma", "noun=", "noun+", "passive+lemma", "chain="),
    "classes of the cue list": ("class", "noun class"),
    "subjects": ("subject", "head="),
}


def read_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def as_row(row: Row, found: Iterable[FoundAttribution]) -> Row:
    """Found attributions in the shape that the scorer reads."""
    cite = lambda span: span and {"start": span.start, "end": span.end}  # noqa: E731 - three uses in a row
    return {
        "document": {"text": row["text"]},
        "report": {
            "attributions": [
                {"source": cite(one.source), "cue": cite(one.cue), "content": [cite(part) for part in one.content]}
                for one in found
            ]
        },
    }


def score(data: Path, rows: Sequence[Row]) -> dict[str, str]:
    """The scorer's lines, by name: `P … R … F1 …`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        command = [sys.executable, str(data / "score.py"), "attributions", str(data / "polnear-dev.jsonl"), str(path)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = printed.splitlines()
    found = {name: line[len(name) :].strip() for line in lines for name in NAMES if line.startswith(name)}
    return {**found, "source": lines[-1].rsplit(" ", 1)[-1]}


def figure(line: str) -> str:
    return line.rsplit("F1", maxsplit=1)[-1].strip().lstrip("0")


def run(read: Read, weights: Weights, keep: Callable[[FoundAttribution], bool] = lambda _: True) -> list[Row]:
    return [
        as_row(row, (one for one in find_attributions(analysis, document, weights=weights) if keep(one)))
        for row, document, analysis in read
    ]


def dropped(weights: Mapping[str, float], prefixes: Sequence[str]) -> dict[str, float]:
    return {name: weight for name, weight in weights.items() if not name.startswith(tuple(prefixes))}


def ablations(data: Path, read: Read) -> list[tuple[str, str, dict[str, str]]]:
    """What is lost without each rule group and each group of features."""
    weights = bundled_weights()
    table: list[tuple[str, str, dict[str, str]]] = []
    made = Counter(one.rule for _, document, analysis in read for one in find_attributions(analysis, document))
    for name, rules in RULES.items():
        rows = run(read, weights, lambda one, rules=rules: one.rule not in rules)
        table.append((f"rule: {name}", str(sum(made[rule] for rule in rules)), score(data, rows)))
    nested = sum(one.parent is not None for _, d, a in read for one in find_attributions(a, d))
    table.append(("rule: nested", str(nested), score(data, run(read, weights, lambda one: one.parent is None))))
    for name, prefixes in FEATURES.items():
        less = Weights(dropped(weights.cue, prefixes), weights.end)
        lost = len(weights.cue) - len(less.cue)
        table.append((f"weights: {name}", str(lost), score(data, run(read, less))))
    to_the_end = Weights(weights.cue, {"bias": -30.0})
    table.append(("weights: where contents end", str(len(weights.end)), score(data, run(read, to_the_end))))
    return table


def speeds(read: Read) -> tuple[float, float]:
    """Milliseconds of CPU time for 3,000 characters: analysis, attributions; the best of three rounds."""
    size = sum(len(document.text) for _, document, _ in read) / 3000
    best = [float("inf"), float("inf")]
    for _ in range(3):
        began = time.process_time()
        for _, document, _ in read:
            analyse(document)
        middle = time.process_time()
        for _, document, analysis in read:
            find_attributions(analysis, document)
        best = [min(best[0], middle - began), min(best[1], time.process_time() - middle)]
    return best[0] / size * 1000, best[1] / size * 1000


def letters(value: Any) -> set[int]:
    spans = value if isinstance(value, list) else [value] if value else []
    return {at for one in spans for at in range(one["start"], one["end"])}


def hits(gold: Row, row: Row) -> tuple[int, int]:
    """Gold attributions of one article that are found, content overlapping and source right; and how many there are."""
    found = row["report"]["attributions"]
    right = 0
    for one in gold["attributions"]:
        source = letters(one.get("source"))
        right += any(
            letters(one["content"]) & letters(other["content"])
            and (source & letters(other["source"]) or not (source or letters(other["source"])))
            for other in found
        )
    return right, len(gold["attributions"])


def articles(folder: Path, extractor: Extractor[Any]) -> list[str]:
    """A line for each article with hand-made gold."""
    lines = []
    for gold in read_rows(folder / "gold.jsonl"):
        result = extractor.extract(Article(text=(folder / gold["id"]).read_text(encoding="utf-8")))
        row = json.loads(result.to_json())
        right, of = hits(gold, row)
        bars = {at for one in row["document"]["boilerplate"] for at in range(one["start"], one["end"])}
        in_bars = sum(bool(letters(one["content"]) & bars) for one in row["report"]["attributions"])
        claims = row["report"]["claims"]
        links = Counter(link["relation"] for claim in claims for link in claim["links"])
        lines.append(
            f"| article {len(lines) + 1} | {right} of {of} | {len(row['report']['attributions'])} | {in_bars} "
            f"| {len(claims)} | {', '.join(f'{name} {n}' for name, n in sorted(links.items())) or 'none'} |"
        )
    return lines


def section(data: Path, folder: Path) -> str:
    rows = read_rows(data / "polnear-dev.jsonl")
    read = [(row, document, analyse(document)) for row in rows for document in [_document(row)]]
    extractor = Extractor(model="rules")
    published = [json.loads(extractor.extract(Article(text=row["text"])).to_json()) for row in rows]
    whole = score(data, published)
    alone = score(data, run(read, bundled_weights()))
    rejected = Counter(
        f"{one['path'].split('[')[0]}: {one['reason']}"
        for row in published
        for one in row["rejections"]
        if one["path"].startswith(("attributions", "claims"))
    )
    analysis_ms, attribution_ms = speeds(read)
    lines = [
        "## Attributions and claims of the embedded engine",
        "",
        (
            f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}. "
            "`python benchmarks/rules/attributions.py --data DIR --write`. PolNeAR dev, 84 articles; weights learned "
            "from PolNeAR train alone (`learn_attribution.py`), by which thresholds were chosen too."
        ),
        "",
        "| | " + " | ".join(NAMES) + " |",
        "|---|" + "---|" * len(NAMES),
        "| published, after grounding and checks | " + " | ".join(whole[name] for name in NAMES) + " |",
        "| the rules alone | " + " | ".join(alone[name] for name in NAMES) + " |",
        *(f"| {name}, F1 | " + " | ".join(values) + " |" for name, values in KNOWN.items()),
        "",
        (
            f"Source right where the content overlaps: {whole['source']}. CPU time for 3,000 characters: analysis "
            f"{analysis_ms:.1f} ms, attributions {attribution_ms:.1f} ms."
        ),
        "",
        "Rejected by grounding and checks: "
        + (", ".join(f"{name} {n}" for name, n in rejected.most_common()) or "nothing")
        + ".",
        "",
        "Two articles with hand-made gold:",
        "",
        "| | gold attributions found, source right | attributions | out of boilerplate | claims | links |",
        "|---|---|---|---|---|---|",
        *articles(folder, extractor),
        "",
        "F1 without one group (`found`: how many attributions it makes, or how many weights it has):",
        "",
        "| without | found | " + " | ".join(NAMES) + " |",
        "|---|---|" + "---|" * len(NAMES),
        *(
            f"| {name} | {made} | " + " | ".join(figure(scored[one]) for one in NAMES) + " |"
            for name, made, scored in ablations(data, read)
        ),
    ]
    return "\n".join(lines) + "\n"


def _document(row: Row) -> Document:
    return Document.from_article(Article(text=row["text"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = section(options.data, options.articles or options.data.parent / "articles")
    if options.write:
        results = Path(__file__).parents[1] / "results"
        results.mkdir(exist_ok=True)
        (results / "rules-attributions.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
