"""A model that babbles: random drafts of the right shape, in words of an article, of other articles, and of nothing.

Every draft is grounded like a real one. Nothing may come out whose citation does not slice the text, stands in
boilerplate, or does not support its value: numbers are read again from the cited words by digits and number words
alone, names are looked up in the text, quotation marks are counted, dates are compared with the words.

    python benchmarks/support/babble.py [--reports 2000] [--seed 11]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any, get_args

from llmx.document import Article, Document
from llmx.ground.ground import ground
from llmx.schema import terms
from llmx.schema.news import NewsReport
from llmx.text.locate import Index

HERE = Path(__file__).parent
NOTHING = [
    "Zorvik",
    "Harlan",
    "Voss",
    "drome",
    "quill",
    "eskar",
    "ninety",
    "73",
    "lumen",
    "crate",
    "not",
    "may",
    "never",
    "1987",
    "Tuesday",
    "brisk",
]


class Babbler:
    """Random drafts for one article, drawn from it and from the other articles."""

    def __init__(self, random: Random, own: str, others: list[str]) -> None:
        self.random = random
        self.own = own
        self.others = others

    def words(self, longest: int = 12) -> str:
        kind = self.random.random()
        if kind < 0.1:
            return " ".join(self.random.choices(NOTHING, k=self.random.randint(1, 4)))
        text = self.own if kind < 0.85 else self.random.choice(self.others)
        places = [found.start() for found in re.finditer(r"\b\w", text)]
        start = self.random.choice(places)
        found = re.match(rf"(?:\S+\s+){{0,{self.random.randint(0, longest)}}}\S+", text[start:])
        return found.group() if found else "word"

    def one(self, values: tuple[str, ...]) -> str:
        return self.random.choice(values)

    def number(self) -> int | None:
        written = [
            int(found.replace(",", "")) for found in re.findall(r"\b\d[\d,]{0,6}\b", self.own) if found.strip(",")
        ]
        return self.random.choice([None, self.random.randint(0, 200), self.random.choice(written or [3])])

    def name(self) -> str:
        return self.random.choice([self.words(1), " ".join(re.findall(r"\b[A-Z]\w+", self.words(8))) or "Voss"])

    def id(self, letter: str) -> str:
        return f"{letter}{self.random.randint(1, 4)}"

    def many(self, make: Any, most: int) -> list[Any]:
        return [make() for _ in range(self.random.randint(0, most))]

    def when(self) -> dict[str, Any]:
        value = self.random.choice([None, "2017-05", "2023-05-08", f"19{self.random.randint(10, 99)}", "199X"])
        return {
            "kind": self.one(get_args(terms.TimeKind)),
            "precision": self.one(get_args(terms.TimePrecision)),
            "value": value,
            "cite": self.words(4),
        }

    def count(self) -> dict[str, Any]:
        bounds = sorted(bound for bound in (self.number(), self.number(), self.number()) if bound is not None)
        names = self.random.sample(("low", "best", "high"), len(bounds))
        return {
            "of": self.one(get_args(terms.CountOf)),
            "group": self.random.choice([None, *get_args(terms.CountGroup)]),
            "qualifier": self.one(get_args(terms.Qualifier)),
            "said_by": self.random.choice(["document", self.id("a")]),
            "cite": self.words(6),
            **dict(zip(sorted(names, key=("low", "best", "high").index), bounds, strict=True)),
        }

    def place(self) -> dict[str, Any]:
        return {
            "name": self.name(),
            "country": self.random.choice([None, "SY", "TR", "BR"]),
            "precision": self.one(get_args(terms.PlacePrecision)),
            "cite": self.words(3),
        }

    def entity(self) -> dict[str, Any]:
        return {
            "id": self.id("n"),
            "name": self.random.choice([None, self.name()]),
            "aliases": self.many(self.name, 1),
            "kind": self.one(get_args(terms.EntityKind)),
            "role_title": self.random.choice([None, self.words(1)]),
            "affiliation": self.random.choice([None, self.name(), self.id("n")]),
            "mentions": [self.words(3)],
        }

    def event(self) -> dict[str, Any]:
        return {
            "id": self.id("e"),
            "type": self.one(get_args(terms.EventType)),
            "trigger": self.words(2),
            "evidence": [self.words(20)],
            "participants": self.many(
                lambda: {
                    "role": self.one(get_args(terms.ParticipantRole)),
                    "entity": self.id("n"),
                    "cite": self.words(4),
                },
                2,
            ),
            "time": self.random.choice([None, self.when()]),
            "places": self.many(self.place, 2),
            "counts": self.many(self.count, 2),
            "modality": self.one(get_args(terms.Modality)),
            "polarity": self.one(get_args(terms.Polarity)),
            "hedges": self.many(lambda: self.words(1), 1),
            "asserted_by": [self.random.choice(["document", self.id("a")])],
        }

    def attribution(self) -> dict[str, Any]:
        return {
            "id": self.id("a"),
            "source": self.random.choice([None, self.words(4)]),
            "source_entity": self.random.choice([None, self.id("n")]),
            "source_kind": self.one(get_args(terms.SourceKind)),
            "via": self.random.choice([None, self.name()]),
            "cue": self.random.choice([None, self.words(2)]),
            "content": [self.words(20)],
            "mode": self.one(get_args(terms.AttributionMode)),
            "stance": self.one(get_args(terms.Stance)),
            "hedges": self.many(lambda: self.words(1), 1),
            "parent": self.random.choice([None, self.id("a")]),
        }

    def claim(self) -> dict[str, Any]:
        return {
            "id": self.id("c"),
            "text": self.words(14).ljust(8, "."),
            "evidence": [self.words(20)],
            "kind": self.one(get_args(terms.ClaimKind)),
            "claimer": [self.random.choice(["document", self.id("a")])],
            "epistemic": self.one(get_args(terms.Epistemic)),
            "check_worthy": self.random.random() < 0.5,
            "events": self.many(lambda: self.id("e"), 1),
            "loaded_terms": self.many(lambda: self.words(1), 1),
        }

    def report(self) -> dict[str, Any]:
        return {
            "entities": self.many(self.entity, 3),
            "events": self.many(self.event, 3),
            "attributions": self.many(self.attribution, 3),
            "claims": self.many(self.claim, 3),
        }


def faults(report: NewsReport, document: Document) -> list[str]:
    """What came out and may not: read again without the checks' own grammar."""
    found: list[str] = []
    dump = report.model_dump()
    for path, cite in _citations(dump, ""):
        if document.text[cite["start"] : cite["end"]] != cite["quote"]:
            found.append(f"slice {path}")
        if any(cite["start"] < part.end and part.start < cite["end"] for part in document.boilerplate):
            found.append(f"boilerplate {path}")
    folded = re.sub(r"\W+", " ", document.text).casefold()
    for entity in dump["entities"]:
        found += [
            f"name {name!r}" for name in (entity["name"], *entity["aliases"]) if name and not _stands(name, folded)
        ]
    for event in dump["events"]:
        for count in event["counts"]:
            quote = count["cite"]["quote"]
            bounds = [count[bound] for bound in ("low", "best", "high") if count[bound] is not None]
            found += [f"count {bound} of {quote!r}" for bound in bounds if not _could_be(bound, quote)]
        when = event["time"]
        if when and when["value"] and not _dated(when["value"], _sentence(document, when["cite"])):
            found.append(f"date {when['value']} of {when['cite']['quote']!r}")
    for attribution in dump["attributions"]:
        quoted = re.search(r"[“”\"„«»]|[‘']\w|''", _around(document, attribution["content"][0]))
        if attribution["mode"] in ("direct", "mixed") and not quoted:
            found.append(f"mode {attribution['mode']}")
    for claim in dump["claims"]:
        evidence = " ".join(_sentence(document, cite) for cite in claim["evidence"])
        written = re.findall(r"\b\d[\d,]*\d\b", claim["text"])
        found += [f"claim number {digits} of {claim['text']!r}" for digits in written if digits not in evidence]
    return found


def _stands(name: str, folded: str) -> bool:
    return all(len(word) < 5 or word.casefold()[:4] in folded for word in re.findall(r"\w+", name))


def _citations(value: Any, path: str):
    if isinstance(value, dict):
        if {"quote", "start", "end"} <= value.keys():
            yield path, value
        else:
            for name, held in value.items():
                yield from _citations(held, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for number, held in enumerate(value):
            yield from _citations(held, f"{path}[{number}]")


SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def _could_be(bound: int, quote: str) -> bool:
    digits = {int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", quote) if one.strip(",").replace(",", "")}
    close = {number + by for number in digits for by in (-1, 0, 1)}
    words = quote.casefold()
    small = {number + by for number, word in enumerate(SMALL) if re.search(rf"\b{word}\b", words) for by in (-1, 0, 1)}
    vague = re.search(r"dozen|score|hundred|thousand|million|several|few|couple|both|half", words) is not None
    article = bound == 1 and re.search(r"\b(?:an?|the|one|his|her|its|another)\b", words) is not None
    return bound in close or bound in small or vague or article or (bound <= 1 and not digits) or sum(digits) == bound


def _dated(value: str, sentence: str) -> bool:
    year = value[:4].rstrip("X")
    relative = re.search(
        r"day|week|month|year|January|February|March|April|May|June|July|August|September|October|November|December",
        sentence,
    )
    return (year[:3] in sentence) if year else bool(relative) or value.startswith("X")


def _sentence(document: Document, cite: dict[str, Any]) -> str:
    first = max(0, document.text.rfind("\n", 0, cite["start"]))
    end = document.text.find("\n", cite["end"])
    return document.text[first : end if end >= 0 else len(document.text)]


def _around(document: Document, cite: dict[str, Any]) -> str:
    return document.text[max(0, cite["start"] - 400) : cite["end"] + 400]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    wrong, shown = babble(options.reports, options.seed)
    for fault in wrong[:20]:
        print(fault, file=sys.stderr)
    print(shown)
    return 1 if wrong else 0


def babble(reports: int, seed: int) -> tuple[list[str], str]:
    """What came out unsupported of so many babbled reports, and a line on all of it."""
    rows = [json.loads(line) for line in (HERE / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in rows]
    documents = [
        Document.from_article(Article(text=row["text"], published=row["published"] if number % 2 else None))
        for number, row in enumerate(rows)
    ]
    indices = [Index(document.text) for document in documents]
    random = Random(seed)
    kept: Counter[str] = Counter()
    wrong: list[str] = []
    started = time.process_time()
    for number in range(reports):
        at = number % len(texts)
        babbler = Babbler(random, texts[at], texts[:at] + texts[at + 1 :])
        draft = babbler.report()
        grounded = ground(draft, NewsReport, documents[at], index=indices[at])
        assert isinstance(grounded.report, NewsReport)
        for name in ("entities", "events", "attributions", "claims"):
            kept[f"{name} offered"] += len(draft[name])
            kept[f"{name} kept"] += len(getattr(grounded.report, name))
        wrong.extend(f"{number}: {fault}" for fault in faults(grounded.report, documents[at]))
    shown = ", ".join(
        f"{name} {kept[f'{name} kept']} of {kept[f'{name} offered']} kept"
        for name in ("entities", "events", "attributions", "claims")
    )
    each = (time.process_time() - started) / reports * 1000
    return (
        wrong,
        f"{reports} reports, seed {seed}: {len(wrong)} unsupported values came out; {shown}; {each:.1f} ms each",
    )


if __name__ == "__main__":
    raise SystemExit(main())
