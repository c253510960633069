"""Score single changes by hand: gold drafts, and beside each a list of values to put into them, true or false.

A row of `*.gold.jsonl` is `{"article", "published", "text", "report"}`, the report being a draft; a row of
`*.changes.jsonl` is `{"article", "path", "value", "expect", "kind"}`: a JSON pointer into the draft, what to put there,
and whether that is `contradicted` by the article or `kept`, being as true as what stood there.
"""

from __future__ import annotations

import copy
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from judge import judge

from llmx.document import Article, Document
from llmx.ground.build import build
from llmx.ground.context import Context, Reading
from llmx.ground.place import place_quotes
from llmx.result import Outcome, Verdict
from llmx.schema.news import NewsReport
from llmx.text.locate import Index

SOFT = frozenset(
    {"type", "kind", "role", "place-precision", "source_kind", "role_title", "link", "aggregate", "relation", "hedge"}
)
"""Kinds of change that another reader may see otherwise."""

Table = dict[str, Counter[str]]


def score(folder: Path, name: str, *, show: bool = False) -> tuple[Counter[str], Table]:
    """Verdicts on the unchanged gold, and for each kind of change how many fared how."""
    kept: Counter[str] = Counter()
    table: Table = defaultdict(Counter)
    changes = defaultdict(list)
    for row in _rows(folder / f"{name}.changes.jsonl"):
        changes[row["article"]].append(row)
    for row in _rows(folder / f"{name}.gold.jsonl"):
        judged = _Judged(row)
        kept.update(verdict.outcome for _, verdict in judged.before)
        for path, verdict in judged.before:
            if show and verdict.outcome is Outcome.CONTRADICTED:
                print(f"lost {row['article']} {path} {verdict.rule}: {verdict.detail}")
        for change in changes[row["article"]]:
            outcome, verdict = judged.outcome(change)
            table[change["kind"]][f"{change['expect']} {outcome}"] += 1
            if show and (change["expect"], outcome) in (("contradicted", "missed"), ("kept", "rejected")):
                value = json.dumps(change["value"], ensure_ascii=False)[:200]
                rule = f"{verdict.rule}: {verdict.detail}" if verdict else ""
                where = f"{change['article']} {change['path']} [{change['kind']}]"
                print(f"{change['expect']} {outcome} {where} {value} ({rule})")
    return kept, table


def shown_changes(folder: Path, name: str) -> Iterator[str]:
    """What came of the changes, as lines: a sentence, and a table by kind."""
    kept, table = score(folder, name)
    number = sum(kept.values())
    yield f"Now: {number} verdicts on originals, {1 - kept[Outcome.CONTRADICTED] / number:.2%} kept."
    yield ""
    yield "| changed | rejected | missed | undecided | rejected of decidable | true: rejected | undecided | supported |"
    yield "|---|---|---|---|---|---|---|---|"
    hard = sum((counts for kind, counts in table.items() if kind not in SOFT), Counter[str]())
    whole = sum(table.values(), Counter[str]())
    for kind, counts in (*sorted(table.items()), ("all but open kinds", hard), ("all", whole)):
        rejected, missed, undecided = (counts[f"contradicted {one}"] for one in ("rejected", "missed", "undecided"))
        share = f"{rejected / (rejected + missed):.1%}" if rejected + missed else "–"
        true = [counts[f"kept {one}"] for one in ("rejected", "undecided", "missed")]
        yield f"| {' | '.join(map(str, (kind, rejected, missed, undecided, share, *true)))} |"


class _Judged:
    """A gold draft, placed and judged, and what comes of it with one value changed."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.draft = row["report"]
        self.document = Document.from_article(Article(text=row["text"], id=row["article"], published=row["published"]))
        self.reading = Reading(self.document)
        self.index = Index(self.document.text)
        made, self.before = self._verdicts(self.draft)
        assert not made.losses, (row["article"], made.losses)
        self._known = {(path, verdict.rule) for path, verdict in self.before if _is_against(verdict)}

    def _verdicts(self, draft: Any) -> tuple[Any, list[tuple[tuple[str | int, ...], Verdict]]]:
        made = build(place_quotes(draft, NewsReport, self.document, self.index), {}, self.document.text)
        context = Context(document=self.document, report=made.report, read_before=self.reading)
        return made, list(judge(made.report, context))

    def outcome(self, change: dict[str, Any]) -> tuple[str, Verdict | None]:
        """Whether a change is rejected, left undecided, or missed because a check supports it."""
        draft, path = copy.deepcopy(self.draft), _steps(change["path"])
        held = draft
        for step in path[:-1]:
            held = held[step]
        held[path[-1]] = change["value"]
        made, verdicts = self._verdicts(draft)
        if made.losses:
            return "rejected", None
        home = path[:-1] if path[-1] in ("cite", "evidence", "content") else path
        own = [(at, one) for at, one in verdicts if at[: len(home)] == home and (at, one.rule) not in self._known]
        against = [one for _, one in own if _is_against(one)]
        if against:
            return "rejected", against[0]
        unsure = [one for _, one in own if one.outcome is Outcome.UNDECIDED]
        sure = [one for _, one in own if one.outcome is Outcome.SUPPORTED]
        return ("missed", sure[0]) if sure and not unsure else ("undecided", unsure[0] if unsure else None)


def _is_against(verdict: Verdict) -> bool:
    return verdict.outcome is Outcome.CONTRADICTED


def _steps(pointer: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdigit() else step for step in pointer.strip("/").split("/"))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
