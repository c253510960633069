"""Resolve a gold article: its labels in the published shape, every quote with its offsets.

What comes out has the field names of a published report, so that one reader serves gold and predictions alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from llmx.eval.gold.cites import CiteError, resolve_cite
from llmx.result import Path
from llmx.text.span import Span

RECORD_LISTS = ("entities", "events", "attributions", "claims", "relations")
"""The report's lists, in the order in which a gold line holds them."""

_ONE = frozenset({"trigger", "cite", "source", "cue", "addressee", "medium"})
_MANY = frozenset({"evidence", "content", "hedges", "mentions", "loaded_terms", "spans"})

OnCiteError = Callable[[Path, CiteError], None]
"""Told of every citation that has no single place."""


@dataclass(frozen=True, slots=True)
class _Walk:
    """One article's walk: its text, and who is told of errors."""

    text: str
    on_error: OnCiteError

    def record(self, node: Mapping[str, Any], path: Path) -> dict[str, Any]:
        """`node` with every citation in it resolved, and comments left out."""
        return {key: self.field(key, value, (*path, key)) for key, value in node.items() if not key.startswith("_")}

    def field(self, key: str, value: Any, path: Path) -> Any:
        if value is None:
            return None
        if key in _ONE:
            return self.cite(value, path)
        if key in _MANY:
            many = cast("list[Any]", value if isinstance(value, list) else [value])
            found = [self.cite(item, (*path, i) if isinstance(value, list) else path) for i, item in enumerate(many)]
            return [cite for cite in found if cite is not None]
        if isinstance(value, list):
            items = cast("list[Any]", value)
            return [
                self.record(cast("dict[str, Any]", item), (*path, i)) if isinstance(item, dict) else item
                for i, item in enumerate(items)
            ]
        if isinstance(value, dict):
            return self.record(cast("dict[str, Any]", value), path)
        return value

    def cite(self, value: Any, path: Path) -> dict[str, Any] | None:
        try:
            return as_citation(resolve_cite(value, self.text), self.text)
        except CiteError as error:
            self.on_error(path, error)
            return None


def as_citation(spans: Sequence[Span], text: str) -> dict[str, Any]:
    """The published form of a citation on `spans`: one quote, with `parts` where the words stand apart."""
    hull = Span(spans[0].start, spans[-1].end)
    cite: dict[str, Any] = {"quote": hull.of(text), "start": hull.start, "end": hull.end}
    if len(spans) > 1:
        cite["parts"] = [{"start": span.start, "end": span.end} for span in spans]
    return cite


def resolve_lists(line: Mapping[str, Any], text: str, on_error: OnCiteError) -> dict[str, Any]:
    """The record lists of a gold line, resolved; lists that the line does not hold stay away.

    Args:
        line: One line of a gold file, valid by the contract.
        text: The article's text.
        on_error: Told of every citation that has no single place; it is then `None`, or missing from its list.
    """
    walk = _Walk(text, on_error)
    return {
        name: [walk.record(item, (name, i)) for i, item in enumerate(line[name])]
        for name in RECORD_LISTS
        if line.get(name) is not None
    }


def resolve_scope(line: Mapping[str, Any], text: str, on_error: OnCiteError) -> dict[str, Any] | None:
    """The line's `scope`, resolved, or `None` where the whole article was annotated."""
    scope = line.get("scope")
    return None if scope is None else _Walk(text, on_error).record(scope, ("scope",))


def resolve_report(node: Any, text: str, on_error: OnCiteError, path: Path = ("report",)) -> Any:
    """The labels of a user's own schema, with the citation beside every `value` resolved."""
    if isinstance(node, list):
        items = cast("list[Any]", node)
        return [resolve_report(item, text, on_error, (*path, i)) for i, item in enumerate(items)]
    if not isinstance(node, dict):
        return node
    fields = {key: item for key, item in cast("dict[str, Any]", node).items() if not key.startswith("_")}
    if "value" not in fields:
        return {key: resolve_report(item, text, on_error, (*path, key)) for key, item in fields.items()}
    walk = _Walk(text, on_error)
    return {key: walk.field(key, item, (*path, key)) for key, item in fields.items()}
