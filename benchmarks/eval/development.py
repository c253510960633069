"""Agreement with an independent scorer on development sets: the same predictions, scored by both.

The predictions are gold with noise: records left out, cut short, doubled, or given another record's source.
"""

import contextlib
import importlib.util
import io
import json
import random
import re
from pathlib import Path
from typing import Any

from llmx.eval.evaluation import evaluate
from llmx.eval.gold.case import Case
from llmx.eval.outcome import EvalSettings
from llmx.eval.predictions import run_of
from llmx.eval.statistics.bootstrap import Draws

SETTINGS = EvalSettings(draws=Draws(resamples=0), zero=0.0)
LINE = re.compile(r"^(.+?)\s+P ([\d.]+)  R ([\d.]+)  F1 ([\d.]+)", re.MULTILINE)
POOL = {"PerpInd": "Perp", "PerpOrg": "Perp", "Target": "Target", "Victim": "Victim", "Instrument": "Instrument"}
TO_LLMX = {"Perp": "attacker", "Target": "target", "Victim": "victim", "Instrument": "instrument"}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def compare(data: Path, scratch: Path) -> list[tuple[str, str, str, str]]:
    """Rows of data set, metric, the independent scorer's figure, llmx's figure."""
    spec = importlib.util.spec_from_file_location("independent", data / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    rows: list[tuple[str, str, str, str]] = []
    for name, make in (("polnear-dev", _attributions), ("muc4-mixed-dev", _roles), ("case2021-types-dev", _types)):
        path = data / f"{name}.jsonl"
        task, cases, run, read = make(lines(path))
        saved = scratch / f"{name}.jsonl"
        saved.write_text("\n".join(json.dumps(row) for row in run), encoding="utf-8")
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            getattr(scorer, task)(path, saved)
        found = evaluate(cases, [run_of(run, name="run", source="")], settings=SETTINGS).runs[0]
        theirs = {m[1].strip(): f"P {m[2]} R {m[3]} F1 {m[4]}" for m in LINE.finditer(out.getvalue())}
        weighted = re.search(r"weighted F1 ([\d.]+)   accuracy ([\d.]+)", out.getvalue())
        for label, figure in read.items():
            if label in theirs:
                ours = " ".join(f"{part} {found.figures[f'{figure}.{key}'].value:.3f}" for part, key in _PARTS)
                rows.append((name, label, theirs[label], ours))
        if weighted is not None:
            rows.append((name, "accuracy", weighted[2], f"{found.figures['events.type_c.r'].value:.3f}"))
            rows.append((name, "weighted F1", weighted[1], f"{_weighted(found):.3f}"))
    return rows


_PARTS = (("P", "p"), ("R", "r"), ("F1", "f1"))


def _weighted(run: Any) -> float:
    parts = [(f.value or 0.0, f.n) for name, f in run.figures.items() if re.fullmatch(r"events\.type_c@.+\.f1", name)]
    return sum(value * n for value, n in parts) / sum(n for _, n in parts)


def _cite(text: str, start: int, end: int) -> dict[str, Any]:
    return {"quote": text[start:end], "start": start, "end": end}


def _row(doc: dict[str, Any], **report: Any) -> dict[str, Any]:
    return {"schema": "extraction/v1", "document": {"id": doc["id"], "text": doc["text"]}, "report": report}


def _attributions(docs: list[dict[str, Any]]) -> Any:
    draw = random.Random(4)
    cases, run = [], []
    for doc in docs:
        text = doc["text"]
        gold = [
            {
                "content": [_cite(text, *part) for part in a["content"]],
                "source": _cite(text, *a["source"]) if a["source"] else None,
                "cue": _cite(text, *a["cue"]) if a["cue"] else None,
            }
            for a in doc["attributions"]
        ]
        pred = []
        for one in gold:
            chance = draw.random()
            if chance < 0.15:
                continue
            copy = dict(one)
            if chance < 0.4:
                part = one["content"][0]
                copy["content"] = [_cite(text, part["start"], max(part["start"] + 1, part["end"] - draw.randrange(30)))]
            if chance > 0.85:
                copy["source"] = draw.choice(gold)["source"]
            pred.append(copy)
        if draw.random() < 0.2:
            pred.append({"content": [_cite(text, 0, 40)], "source": None, "cue": None})
        cases.append(Case(id=doc["id"], text=text, sha256="", lists={"attributions": gold}))
        run.append(_row(doc, attributions=pred))
    names = {
        "content overlap": "attributions.content_overlap",
        "content exact": "attributions.content_exact",
        "source+cue+content": "attributions.triple",
        "content characters": "attributions.content_chars",
    }
    return "attributions", cases, run, names


def _roles(docs: list[dict[str, Any]]) -> Any:
    draw = random.Random(5)
    cases, run = [], []
    for doc in docs:
        text, entities, gold, pred = doc["text"], [], [], []
        for event in doc["events"]:
            parts, offered = [], []
            for arg in event["args"]:
                if arg["role"] not in POOL:
                    continue
                role = TO_LLMX[POOL[arg["role"]]]
                key = f"n{len(entities)}"
                mentions = [_cite(text, *m) for m in arg["mentions"]]
                entities.append({"id": key, "aliases": arg.get("strings", []), "mentions": mentions})
                parts.append({"role": role, "cite": mentions[0] if mentions else None, "entity": key})
                if draw.random() < 0.8 and mentions:
                    start, end = draw.choice(arg["mentions"])
                    shift = draw.randrange(-6, 7) if draw.random() < 0.4 else 0
                    wrong = draw.choice(list(TO_LLMX.values())) if draw.random() < 0.1 else role
                    offered.append(
                        {"role": wrong, "cite": _cite(text, max(0, start + shift), min(len(text), end + shift))}
                    )
            gold.append({"type": event["type"], "participants": parts})
            pred.append({"type": event["type"], "modality": "asserted", "participants": offered})
        cases.append(Case(id=doc["id"], text=text, sha256="", lists={"entities": entities, "events": gold}))
        run.append(_row(doc, events=pred))
    names = {"all roles": "events.role_entities"}
    names |= {pool: f"events.role_entities@{role}" for pool, role in TO_LLMX.items()}
    return "roles", cases, run, names


def _types(docs: list[dict[str, Any]]) -> Any:
    draw = random.Random(6)
    kinds = [doc["events"][0]["type"] for doc in docs]
    cases, run = [], []
    for doc, kind in zip(docs, kinds, strict=True):
        said = kind if draw.random() < 0.7 else draw.choice(kinds)
        cases.append(Case(id=doc["id"], text=doc["text"], sha256="", lists={"events": [{"type": kind}]}))
        run.append(_row(doc, events=[{"type": said}] if draw.random() < 0.95 else []))
    return "types", cases, run, {}
