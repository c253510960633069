"""What looks forgotten or misspelt in gold: references, vocabularies, and "none" against "not annotated".

All of it is said as warnings, but for references that lead nowhere and texts that are not there.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, Protocol, get_args

from llmx.eval.gold.case import Case
from llmx.eval.gold.format import GoldArticle
from llmx.result import Path
from llmx.schema.terms import EVENT_TYPES, CountOf, ParticipantRole

_FORGETTABLE = {
    "events": ("trigger", "participants", "time", "places", "counts", "modality", "polarity"),
    "attributions": ("source", "cue", "mode", "stance"),
    "claims": ("text", "claimer", "epistemic"),
}


class Add(Protocol):
    """Takes one fault of a line."""

    def __call__(self, path: Path, message: str, *, severity: Literal["error", "warning"] = "error") -> None:
        """Take a fault at `path`."""
        ...


def lint_line(article: GoldArticle, text: str, add: Add) -> None:
    """Tell `add` what is wrong with the line beyond its form."""
    if not text.strip():
        add(("text",), "the text is empty")
    _unique_ids(article, add)
    _references(article, add)
    _words(article, text, add)


def lint_set(cases: Sequence[Case]) -> Iterator[tuple[Case, Path, str]]:
    """Records that lack a key which others of their kind have: [] and null say "none", no key says "not annotated"."""
    for name, keys in _FORGETTABLE.items():
        records = [(case, i, item) for case in cases for i, item in enumerate(case.lists.get(name, ()))]
        for key in keys:
            lacking = [(case, i) for case, i, item in records if key not in item]
            if not lacking or len(lacking) * 2 > len(records):
                continue
            for case, i in lacking:
                have = f"{len(records) - len(lacking)} of {len(records)} {name} have it"
                yield (
                    case,
                    (name, i),
                    f"has no {key!r}, so it is not scored there, while {have}: write [] or null for none",
                )


def _unique_ids(article: GoldArticle, add: Add) -> None:
    for name in ("entities", "events", "attributions", "claims"):
        seen: set[str] = set()
        for i, item in enumerate(getattr(article, name) or ()):
            if item.id is not None and item.id in seen:
                add((name, i, "id"), f"{item.id!r} is used twice in {name}")
            seen.add(item.id or "")


def _ids(records: Iterable[Any] | None) -> set[str]:
    return {item.id for item in records or () if item.id}


def _references(article: GoldArticle, add: Add) -> None:
    entities, events = _ids(article.entities), _ids(article.events)
    speakers, claims = _ids(article.attributions) | {"document"}, _ids(article.claims)

    def known(value: str | None, ids: set[str], path: Path, kind: str) -> None:
        if value is not None and value not in ids:
            add(path, f"there is no {kind} with id {value!r}")

    for i, event in enumerate(article.events or ()):
        for j, part in enumerate(event.participants or ()):
            known(part.entity, entities, ("events", i, "participants", j, "entity"), "entity")
        for j, count in enumerate(event.counts or ()):
            known(count.said_by, speakers, ("events", i, "counts", j, "said_by"), "attribution")
        for j, name in enumerate(event.asserted_by or ()):
            known(name, speakers, ("events", i, "asserted_by", j), "attribution")
    for i, said in enumerate(article.attributions or ()):
        known(said.source_entity, entities, ("attributions", i, "source_entity"), "entity")
        known(said.parent, speakers - {"document"}, ("attributions", i, "parent"), "attribution")
    for i, claim in enumerate(article.claims or ()):
        for j, name in enumerate(claim.claimer or ()):
            known(name, speakers, ("claims", i, "claimer", j), "attribution")
        for j, name in enumerate(claim.events or ()):
            known(name, events, ("claims", i, "events", j), "event")
        for j, link in enumerate(claim.links or ()):
            known(link.claim, claims, ("claims", i, "links", j, "claim"), "claim")
    for i, relation in enumerate(article.relations or ()):
        known(relation.head, events, ("relations", i, "head"), "event")
        known(relation.tail, events, ("relations", i, "tail"), "event")


def _words(article: GoldArticle, text: str, add: Add) -> None:
    roles, kinds = set(get_args(ParticipantRole)), set(get_args(CountOf))

    def in_list(value: str, terms: Iterable[str], path: Path, kind: str) -> None:
        close = difflib.get_close_matches(value, list(terms), n=1, cutoff=0.75)
        if value not in terms and close:
            add(path, f"{value!r} is not one of llmx's {kind}; did you mean {close[0]!r}?", severity="warning")

    def stands(alias: str, path: Path) -> None:
        if alias not in text:
            add(path, f"the alias “{alias}” does not stand in the text", severity="warning")

    for i, event in enumerate(article.events or ()):
        in_list(event.type, EVENT_TYPES, ("events", i, "type"), "event types")
        for j, part in enumerate(event.participants or ()):
            in_list(part.role, roles, ("events", i, "participants", j, "role"), "roles")
            for k, alias in enumerate(part.aliases):
                stands(alias, ("events", i, "participants", j, "aliases", k))
        for j, count in enumerate(event.counts or ()):
            in_list(count.of, kinds, ("events", i, "counts", j, "of"), "counts")
            _bounds(count.low, count.best, count.high, ("events", i, "counts", j), add)
    for i, entity in enumerate(article.entities or ()):
        for j, alias in enumerate(entity.aliases):
            stands(alias, ("entities", i, "aliases", j))


def _bounds(low: int | None, best: int | None, high: int | None, path: Path, add: Add) -> None:
    given = [bound for bound in (low, best, high) if bound is not None]
    if not given:
        add(path, "a count needs a number: low, best or high")
    elif given != sorted(given):
        add(path, "a count needs low <= best <= high")
