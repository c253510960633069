"""Entities: who acts, suffers and speaks, each once, with kind, aliases, title and affiliation.

Named bodies come from the table of groups, countries from the table of countries, persons from titles and from the
roles they fill. An unnamed phrase ("the rebels") becomes an entity only as a part of an event. Pronouns never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from llmx.lexicon.countries import countries
from llmx.lexicon.table import read_rows, words
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.found import FoundEvent
from llmx.rules.events.sorts import Sorts
from llmx.rules.vocabulary import Words
from llmx.text.span import Span

_MENTIONS = 2
_ACRONYM = re.compile(r"[A-Z][A-Za-z&-]{1,8}$")
_COMPOUND = re.compile(r"-(?:[a-z]+ed|led|held|run|born|style)$")
_BACKED = re.compile(r"([^\W\d_][\w.]*)-(?:backed|led|supported|funded|aligned|sponsored|allied|linked)$")


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
class _Entry:
    kind: str
    rule: str
    names: list[str] = field(default_factory=list[str])
    mentions: list[Span] = field(default_factory=list[Span])
    title: str = ""
    affiliation: str = ""


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """The words that stand before a person's name, as one or more words each, in lower case."""
    return frozenset(word for _, cell in read_rows("titles.tsv", columns=2) for word in words(cell))


@lru_cache(maxsize=1)
def _honours() -> frozenset[str]:
    return frozenset(
        word for sort, cell in read_rows("titles.tsv", columns=2) if sort == "honour" for word in words(cell)
    )


@lru_cache(maxsize=1)
def _country_names() -> Mapping[str, str]:
    return {one.code: one.name for one in countries()}


class Entities:
    """Collects the entities of one document. Build it, `collect`, then ask `key_of` and `all`."""

    def __init__(self, analysis: Analysis, found: Words, clauses: Clauses, sorts: Sorts) -> None:
        self._analysis, self._words, self._clauses, self._sorts = analysis, found, clauses, sorts
        self._entries: dict[str, _Entry] = {}
        self._of_phrase: dict[int, str] = {}

    @cached_property
    def _body_at(self) -> Mapping[int, tuple[int, str, int, int]]:
        """Token -> row, kind and range of the named body there."""
        return {
            i: (body.row, body.kind, first, last)
            for body, first, last in self._words.bodies
            for i in range(first, last)
        }

    @cached_property
    def _nation_at(self) -> Mapping[int, tuple[str, str, int, int]]:
        return {
            i: (nation.code, nation.how, first, last)
            for nation, first, last in self._words.nations
            for i in range(first, last)
        }

    def collect(self, events: Sequence[FoundEvent], sources: Iterable[Span]) -> None:
        """Make the entities: of the parts of events, of the sources, and the bodies and persons named anywhere."""
        for number, phrase in enumerate(self._analysis.noun_phrases):
            # a title and a name behind it
            if phrase.last - phrase.first > 1 and self._analysis.tags[phrase.last - 1] in "Ps":
                self._person(number)
        for body, first, last in self._words.bodies:
            if _COMPOUND.search(self._analysis.words[last - 1]):
                continue
            entry = self._entry(f"body{body.row}", body.kind, "entity.body")
            self._mention(entry, first, last, self._text(first, last))
        self._acronyms()
        for event in events:
            for part in event.parts:
                if part.sort not in ("weapon", "act", ""):
                    self._of_part(part.first, part.last, part.phrase, part.sort, part.kind)
        for span in sources:
            first, last = self._analysis.tokens_in(span)
            number = self._clauses.phrase_at(first)
            if first < last and number != NONE:
                self._source(number)

    def key_of(self, first: int, last: int) -> str | None:
        """The key of the entity that the tokens name, if they name one."""
        body = self._body_at.get(last - 1)
        if body and body[2:] == (first, last):
            return f"body{body[0]}"
        return self._of_phrase.get(self._clauses.phrase_at(last - 1)) or self._key_in(first, last)

    def all(self) -> list[tuple[str, FoundEntity]]:
        """The entities with their keys, in order of their first mention."""
        found = [(key, self._finished(entry)) for key, entry in self._entries.items() if entry.mentions]
        return sorted(found, key=lambda pair: (pair[1].mentions[0].start, pair[0]))

    # --- kinds of entities

    def _person(self, number: int) -> None:
        """A person with a title: "Russian president Vladimir Putin", "Gen. Orlo"."""
        phrase = self._analysis.noun_phrases[number]
        first, last = self._name_run(phrase.first, phrase.last)
        if first is None or first == phrase.first:
            return
        start = self._title_start(phrase.first, first)
        if start is None:
            return
        key = self._person_key(last)
        entry = self._entry(key, "person", "entity.title")
        if self._analysis.lowers[start] not in _honours():
            entry.title = entry.title or self._text(start, first)
        if not entry.affiliation:
            entry.affiliation = self._nation_key(phrase.first, start)
        self._of_phrase[number] = key
        self._mention(entry, self._without_determiner(phrase.first, last), last, self._text(first, last))

    def _name_run(self, first: int, last: int) -> tuple[int | None, int]:
        """The name at the end of a phrase: its last capitalised words, none of them a title."""
        analysis = self._analysis
        end = last
        while end > first and analysis.tags[end - 1] == "s":
            end -= 1
        begin = end
        while (
            begin > first
            and analysis.tags[begin - 1] == "P"
            and analysis.lowers[begin - 1] not in titles()
            and begin - 1 not in self._nation_at
        ):
            begin -= 1
        if (
            begin == end
            or any(i in self._body_at for i in range(begin, end))
            or (analysis.words[end - 1].isupper() and end - begin == 1)
        ):
            return None, end
        return begin, end

    def _title_start(self, first: int, name: int) -> int | None:
        """Where the title before a name starts; `None` if what stands there is no title."""
        for length in (3, 2, 1):
            start = name - length
            if start >= first and " ".join(self._analysis.lowers[start:name]) in titles():
                return start
        return None

    def _person_key(self, last: int) -> str:
        """A person is known by the last word of the name."""
        return f"person:{self._analysis.lowers[last - 1]}"

    def _acronyms(self) -> None:
        """The brackets of "Popular Front (PF)": they hold an alias of the name before them."""
        analysis = self._analysis
        for bracket in re.finditer(r"(?<!^)\((?=..)", analysis.tags):
            i = bracket.start()
            if analysis.words[i] != "(" or analysis.words[i + 2] != ")":
                continue
            number = self._clauses.phrase_at(i - 1)
            if (
                number == NONE
                or not _ACRONYM.match(analysis.words[i + 1])
                or not any(map(str.isupper, analysis.words[i + 1][1:]))
            ):
                continue
            phrase = analysis.noun_phrases[number]
            first = self._without_determiner(phrase.first, phrase.last)
            if phrase.last - first < 2 or analysis.words[first][0].lower() != analysis.words[i + 1][0].lower():  # noqa: PLR2004
                continue
            key = self._key_in(first, phrase.last) or f"name:{self._text(first, phrase.last).lower()}"
            entry = self._entry(key, self._sorts.of_phrase(number).kind or "organisation", "entity.acronym")
            self._of_phrase[number] = key
            self._mention(entry, first, phrase.last, self._text(first, phrase.last))
            alias = analysis.words[i + 1]
            if alias not in entry.names:
                entry.names.append(alias)

    def _of_part(self, first: int, last: int, number: int, sort: str, kind: str) -> None:
        """A part of an event: a country, a body, a named person, or the unnamed phrase itself."""
        if self._clauses.phrase_at(last - 1) in self._of_phrase or self._key_in(first, last):
            key = self.key_of(first, last)
            if key and key.startswith("nation:") and key not in self._entries:
                self._mention(self._entry(key, "government", "entity.nation"), first, last, self._text(first, last))
            return
        if sort in ("site", "vehicle", "thing", "place", "number", "pronoun"):
            return
        if sort == "name":
            begin, end = self._name_run(first, last)
            if begin is None or end - begin < 2:  # noqa: PLR2004
                return
            key = self._person_key(end)
            self._of_phrase[self._clauses.phrase_at(last - 1)] = key
            self._mention(self._entry(key, "person", "entity.part"), first, last, self._text(begin, end))
            return
        if sort not in ("force", "crowd"):
            return
        key = f"phrase:{self._analysis.lowers[last - 1]}:{self._nation_key(first, last)}"
        entry = self._entry(key, kind or "unknown", "entity.part")
        entry.affiliation = entry.affiliation or self._nation_key(first, last)
        self._of_phrase[number] = key
        begin = self._without_determiner(first, last)
        named = last - begin > 1 and all(self._analysis.tags[i] == "P" for i in range(begin, last))
        self._mention(entry, first, last, self._text(begin, last) if named else "")

    def _source(self, number: int) -> None:
        """The source of an attribution: a name that no rule knew yet is a person if it is one or more names."""
        phrase = self._analysis.noun_phrases[number]
        if number in self._of_phrase:
            return
        key = self._key_in(phrase.first, phrase.last)
        if key:
            if key.startswith("nation:"):
                first = self._without_determiner(phrase.first, phrase.last)
                self._mention(
                    self._entry(key, "government", "entity.nation"), first, phrase.last, self._text(first, phrase.last)
                )
            return
        begin, end = self._name_run(phrase.first, phrase.last)
        if begin is None or begin != phrase.first:
            return
        key = self._person_key(end)
        if end - begin < 2 and key not in self._entries:  # noqa: PLR2004
            return
        sort = self._sorts.of_phrase(number).sort
        if sort not in ("name", ""):
            return
        self._of_phrase[number] = key
        self._mention(self._entry(key, "person", "entity.source"), begin, end, self._text(begin, end))

    # --- keys and names

    def _key_in(self, first: int, last: int) -> str | None:
        """The key of the body or country that is the head of the tokens."""
        body = self._body_at.get(last - 1)
        if body and body[2] >= first:
            return f"body{body[0]}"
        nation = self._nation_at.get(last - 1)
        if (
            nation
            and nation[1] != "demonym"
            and nation[2] >= first
            and all(self._analysis.tags[i] in "DP" for i in range(first, last))
        ):
            return f"nation:{nation[0]}"
        if self._analysis.tags[last - 1] == "P":
            key = self._person_key(last)
            return key if key in self._entries else None
        return None

    def _nation_key(self, first: int, last: int) -> str:
        """The country that modifies: "Russian" president, "Turkey-backed" forces; as a key, or an empty string."""
        for i in range(first, last):
            nation = self._nation_at.get(i)
            if nation and nation[1] in ("demonym", "name"):
                backed = _BACKED.match(self._analysis.words[i])
                return f"nation:{nation[0]}" if nation[1] == "demonym" or backed else ""
        return ""

    def _entry(self, key: str, kind: str, rule: str) -> _Entry:
        entry = self._entries.setdefault(key, _Entry(kind or "unknown", rule))
        if entry.kind == "unknown":
            entry.kind = kind or "unknown"
        return entry

    def _mention(self, entry: _Entry, first: int, last: int, name: str) -> None:
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

    def _finished(self, entry: _Entry) -> FoundEntity:
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

    def affiliation(self, found: FoundEntity, ids: Mapping[str, str]) -> str | None:
        """An entity's affiliation for the draft: an id where there is one, else the country as the text names it."""
        if not found.affiliation:
            return None
        if found.affiliation in ids:
            return ids[found.affiliation]
        code = found.affiliation.removeprefix("nation:")
        for nation, first, last in self._words.nations:
            if nation.code == code and nation.how == "name":
                word = self._text(first, last)
                return word.split("-")[0] if "-" in word and word not in _country_names().values() else word
        return None
