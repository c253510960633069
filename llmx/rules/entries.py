"""Entries: what is collected of each entity while a document is read, and the record it becomes.

An entry has a key, so that all that is found of one entity comes together; which key belongs to which words is for
`entities` to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from llmx.rules.analysis import Analysis
from llmx.text.span import Span

_MENTIONS = 2


class FoundEntity(NamedTuple):
    """One entity, before it is written into a draft.

    Attributes:
        name: The fullest name; `None` for an unnamed one.
        aliases: Other names as written.
        kind: As in the news schema.
        role_title: As written; empty where none.
        affiliation: The key of another entity, or a name; empty where none.
        mentions: Where it is named, in text order.
        rule: The rule that made it.
    """

    name: str | None
    aliases: tuple[str, ...]
    kind: str
    role_title: str
    affiliation: str
    mentions: tuple[Span, ...]
    rule: str


@dataclass
class Entry:
    """What is known so far of one entity."""

    kind: str
    rule: str
    names: list[str] = field(default_factory=list[str])
    mentions: list[Span] = field(default_factory=list[Span])
    title: str = ""
    affiliation: str = ""


class Entries:
    """The entries of one document, by key."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._entries: dict[str, Entry] = {}

    def all(self) -> list[tuple[str, FoundEntity]]:
        """The entities with their keys, in order of their first mention."""
        found = [(key, self._finished(entry)) for key, entry in self._entries.items() if entry.mentions]
        return sorted(found, key=lambda pair: (pair[1].mentions[0].start, pair[0]))

    def _entry(self, key: str, kind: str, rule: str) -> Entry:
        entry = self._entries.setdefault(key, Entry(kind or "unknown", rule))
        if entry.kind == "unknown":
            entry.kind = kind or "unknown"
        return entry

    def _mention(self, entry: Entry, first: int, last: int, name: str) -> None:
        span = self._analysis.span(first, last)
        if span not in entry.mentions:
            entry.mentions.append(span)
        if name and name not in entry.names:
            entry.names.append(name)

    def _text(self, first: int, last: int) -> str:
        return self._analysis.span(first, last).of(self._analysis.text)

    def _without_determiner(self, first: int, last: int) -> int:
        while first < last - 1 and self._analysis.tags[first] in "DH":
            first += 1
        return first

    def _finished(self, entry: Entry) -> FoundEntity:
        names = sorted(entry.names, key=lambda name: (-len(name), name))
        name = names[0] if names else None
        aliases = tuple(dict.fromkeys(other for other in entry.names if other != name))
        mentions = sorted(entry.mentions)
        fullest = [span for span in mentions if name and name in span.of(self._analysis.text)]
        kept = sorted({*fullest[:1], *mentions[:_MENTIONS]})[: _MENTIONS + 1]
        return FoundEntity(
            name=name,
            aliases=aliases,
            kind=entry.kind,
            role_title=entry.title,
            affiliation=entry.affiliation,
            mentions=tuple(kept),
            rule=entry.rule,
        )
