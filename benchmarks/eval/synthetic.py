"""Synthetic articles with labels and noisy predictions, for measuring speed: words without meaning, a fixed seed."""

import random
from typing import Any

WORDS = (
    "alpha",
    "bravo",
    "delta",
    "echo",
    "golf",
    "hotel",
    "kilo",
    "lima",
    "oscar",
    "papa",
    "romeo",
    "sierra",
    "tango",
)
ROLES = ("attacker", "target", "victim")
TAGS = ("PER", "ORG", "LOC", "EVT")


def spans(docs: int, size: int, seed: int = 1) -> tuple[list[Any], list[Any]]:
    """Labelled spans with inclusive ends, and predictions with wrong labels, shifted ends, duplicates and gaps."""
    draw = random.Random(seed)
    gold, pred = [], []
    for _ in range(docs):
        wanted, offered, at = [], [], 0
        for _ in range(size):
            at += draw.randrange(1, 12)
            length, label = draw.randrange(1, 9), draw.choice(TAGS)
            span = {"label": label, "start": at, "end": at + length - 1}
            wanted.append(span)
            chance = draw.random()
            if chance < 0.6:
                offered.append(dict(span))
            elif chance < 0.7:
                offered.append({**span, "label": draw.choice(TAGS)})
            elif chance < 0.85:
                offered.append({**span, "start": at + draw.randrange(-2, 3), "end": at + length + draw.randrange(4)})
            elif chance < 0.9:
                offered.extend([dict(span), dict(span)])
            at += length
        draw.shuffle(offered)
        gold.append(wanted)
        pred.append(offered)
    return gold, pred


def own_reports(docs: int, events: int = 4, args: int = 3, seed: int = 2) -> list[tuple[Any, Any]]:
    """Reports of a user's own schema: events with a type, a day, a number and arguments; and noisy predictions."""
    draw = random.Random(seed)
    pairs = []
    for _ in range(docs):
        gold = [
            {
                "type": draw.choice(("attack", "arrest", "meeting")),
                "day": f"2024-03-{draw.randrange(1, 28):02d}",
                "killed": draw.randrange(60),
                "args": [
                    {"role": draw.choice(("agent", "target")), "name": f"{draw.choice(WORDS)} {draw.randrange(50)}"}
                    for _ in range(args)
                ],
            }
            for _ in range(events)
        ]
        pred = [
            {**one, "killed": draw.randrange(60) if draw.random() < 0.2 else one["killed"], "args": one["args"][::-1]}
            for one in gold
            if draw.random() > 0.1
        ]
        draw.shuffle(pred)
        pairs.append(({"events": gold}, {"events": pred}))
    return pairs


def news(
    docs: int, events: int = 4, args: int = 3, seed: int = 3, *, others: bool = False
) -> tuple[list[Any], list[Any]]:
    """Gold lines and extractions of news reports; with `others` attributions and claims too."""
    draw = random.Random(seed)
    gold, rows = [], []
    for number in range(docs):
        tokens = [f"{draw.choice(WORDS)}{draw.randrange(1000)}" for _ in range(220)]
        text = " ".join(tokens)
        starts = [0]
        for token in tokens:
            starts.append(starts[-1] + len(token) + 1)

        def cite(at: int, size: int, text: str = text, starts: Any = starts) -> dict[str, Any]:
            start, end = starts[at], starts[at + size] - 1
            return {"quote": text[start:end], "start": start, "end": end}

        wanted = [_event(draw, cite, args) for _ in range(events)]
        offered = [_noisy(draw, cite, one) for one in wanted if draw.random() > 0.1]
        lists: dict[str, Any] = {"events": wanted}
        report: dict[str, Any] = {"events": offered}
        if others:
            places = [(draw.randrange(200), draw.randrange(3, 12)) for _ in range(3)]
            said = [{"source": cite(a, 2), "cue": cite(a + 2, 1), "content": [cite(a + 3, n)]} for a, n in places]
            lists["attributions"], report["attributions"] = said, said[1:]
            claims = [{"text": c["content"][0]["quote"], "evidence": c["content"]} for c in said]
            lists["claims"], report["claims"] = claims, claims[:2]
        gold.append({"id": f"d{number}", "text": text, "lists": lists})
        rows.append({"schema": "extraction/v1", "document": {"id": f"d{number}", "text": text}, "report": report})
    return gold, rows


def _event(draw: random.Random, cite: Any, args: int) -> dict[str, Any]:
    number, day = draw.randrange(1, 50), f"2024-03-{draw.randrange(1, 28):02d}"
    return {
        "type": draw.choice(("attack", "arrest", "air_strike", "meeting")),
        "trigger": cite(draw.randrange(210), 1),
        "participants": [
            {
                "role": draw.choice(("attacker", "target", "victim")),
                "cite": cite(draw.randrange(210), draw.randrange(1, 4)),
            }
            for _ in range(args)
        ],
        "time": {"cite": cite(draw.randrange(210), 2), "start": day, "end": day},
        "counts": [{"of": "killed", "low": number, "high": number, "cite": cite(draw.randrange(210), 2)}],
        "modality": "asserted",
    }


def _noisy(draw: random.Random, cite: Any, event: dict[str, Any]) -> dict[str, Any]:
    kind = draw.choice(("attack", "arrest")) if draw.random() < 0.2 else event["type"]
    parts = [
        {**part, "cite": cite(draw.randrange(210), 2)} if draw.random() < 0.2 else part
        for part in event["participants"]
    ]
    return {**event, "type": kind, "participants": parts}
