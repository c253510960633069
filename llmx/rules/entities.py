"""Entities: who acts, suffers and speaks, each once, with kind, aliases, title and affiliation.

Named bodies come from the table of groups, countries from the table of countries, persons from titles and from the
roles they fill. An unnamed phrase ("the rebels") becomes an entity only as a part of an event. Pronouns never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from llmx.lexicon.countries import countries
from llmx.rules.analysis import NONE, Analysis
from llmx.rules.analysis.phrases import NounPhrase
from llmx.rules.attribution.found import FoundAttribution
from llmx.rules.entries import Entries, FoundEntity
from llmx.rules.events.clauses import Clauses
from llmx.rules.events.found import FoundEvent
from llmx.rules.events.sorts import Sorts
from llmx.rules.names import find_names, is_body_noun, is_opening_word, kind_of_noun
from llmx.rules.speaking import kind_of_speaker, speaks_as_body
from llmx.rules.titles import honours, titles
from llmx.rules.vocabulary import Words

_BARE = 2
_SHORTENED = frozenset(["person", "company", "organisation", "rebel_group", "ngo", "news_outlet"])
_ALONE = re.compile(r"(?<!P)P(?!P)")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&-]{1,8}$")
_COMPOUND = re.compile(r"-(?:[a-z]+ed|led|held|run|born|style)$")
_BACKED = re.compile(r"([^\W\d_][\w.]*)-(?:backed|led|supported|funded|aligned|sponsored|allied|linked)$")


@lru_cache(maxsize=1)
def _country_names() -> Mapping[str, str]:
    return {one.code: one.name for one in countries()}


class Entities(Entries):
    """Collects the entities of one document. Build it, `collect`, then ask `key_of` and `all`."""

    def __init__(self, analysis: Analysis, found: Words, clauses: Clauses, sorts: Sorts) -> None:
        super().__init__(analysis)
        self._words, self._clauses, self._sorts = found, clauses, sorts
        self._of_phrase: dict[int, str] = {}
        self._named_at: dict[int, str] = {}

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

    def collect(self, events: Sequence[FoundEvent], attributions: Iterable[FoundAttribution]) -> None:
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
        self._named()
        for event in events:
            for part in event.parts:
                if part.sort not in ("weapon", "act", ""):
                    self._of_part(part.first, part.last, part.phrase, part.sort, part.kind)
        for one in attributions:
            if one.source:
                first, last = self._analysis.tokens_in(one.source)
                number = self._clauses.phrase_at(first)
                if first < last and number != NONE:
                    self._source(number, one, last)
        self._acting_states()
        self._lone_names()

    def key_of(self, first: int, last: int) -> str | None:
        """The key of the entity that the tokens name, if they name one."""
        body = self._body_at.get(last - 1)
        if body and body[2:] == (first, last):
            return f"body{body[0]}"
        return self._of_phrase.get(self._clauses.phrase_at(last - 1)) or self._key_in(first, last)

    # --- kinds of entities

    def _person(self, number: int) -> None:
        """A person with a title: "Russian president Vladimir Putin", "Gen. Orlo"."""
        phrase = self._analysis.noun_phrases[number]
        first, last = self._name_run(phrase.first, phrase.last)
        if first is None or first == phrase.first:
            return
        start = self._title_start(phrase.first, first)
        if start is None or is_body_noun(self._analysis.lowers[last - 1]):
            return
        key = self._person_key(last)
        entry = self._entry(key, "person", "entity.title")
        if self._analysis.lowers[start] not in honours():
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

    def _named(self) -> None:
        """The persons, companies and other bodies that words beside their names tell."""
        taken = frozenset({**self._body_at, **self._nation_at})
        for one in find_names(self._analysis, taken):
            begin, end = self._name_run(one.first, one.last) if one.kind == "person" else (one.first, one.last)
            if begin is None:
                continue
            key = self._person_key(end) if one.kind == "person" else self._body_key(begin, end)
            entry = self._entry(key, one.kind, "entity.name")
            number = self._analysis.noun_phrase_of[one.first]
            if number != NONE and self._analysis.tags[one.last : one.last + 1] != "s":
                self._of_phrase.setdefault(number, key)
            first = self._without_determiner(one.opens, end) if one.kind == "person" else one.opens
            self._mention(entry, first, end, self._text(begin, end))
            self._named_at[one.first] = self._named_at[first] = key

    def _body_key(self, first: int, last: int) -> str:
        """A body is known by its name; by one word of it where a name of several words begins or ends with it."""
        text = self._text(first, last).lower()
        if last - first == 1:
            for key, entry in self._entries.items():
                parts = entry.names[0].lower().split() if entry.names and entry.kind != "person" else ()
                if len(parts) > 1 and text in (parts[0], parts[-1]):
                    return key
        return f"name:{text}"

    def _source(self, number: int, one: FoundAttribution, last: int) -> None:
        """The source of an attribution: what is known of its head, a name of several words, or an unnamed speaker."""
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
        apposed = self._apposed(phrase.last, last)
        if apposed:
            self._of_phrase[number] = apposed
            return
        begin, end = self._name_run(phrase.first, phrase.last)
        found = self._sorts.of_phrase(number)
        if begin is None or begin != phrase.first or is_opening_word(self._analysis, begin, end):
            self._speaker(number, one, last)
            return
        kind = kind_of_speaker(self._analysis, self._sorts, number, one.source_kind)
        if kind not in ("person", None) and found.sort in ("name", "", "body"):
            key = self._body_key(begin, end)
            self._of_phrase[number] = key
            self._mention(self._entry(key, kind or "", "entity.source"), begin, end, self._text(begin, end))
            return
        key = self._person_key(end)
        if (end - begin < 2 and key not in self._entries) or found.sort not in ("name", ""):  # noqa: PLR2004
            return
        self._of_phrase[number] = key
        self._mention(self._entry(key, "person", "entity.source"), begin, end, self._text(begin, end))

    def _apposed(self, at: int, last: int) -> str | None:
        """The key of the entity that an apposition within a source names: "her lawyer, Dan Popa"."""
        analysis = self._analysis
        comma = analysis.tags.find(",", at, last - 1)
        return (
            self._of_phrase.get(analysis.noun_phrase_of[comma + 1]) or self._named_at.get(comma + 1)
            if comma >= 0
            else None
        )

    def _speaker(self, number: int, one: FoundAttribution, last: int) -> None:
        """A source without a name of its own: "the electoral commission", "residents", "a signalman"."""
        phrase = self._analysis.noun_phrases[number]
        made = kind_of_speaker(self._analysis, self._sorts, number, one.source_kind)
        if made is None:
            return
        if speaks_as_body(made):
            key, named = self._body_of_nouns(phrase)
        else:
            key, named = self._holder_of(phrase) or f"speaker:{self._text(phrase.first, phrase.last).lower()}", False
        self._of_phrase[number] = key
        first = phrase.first
        begin = self._without_determiner(first, phrase.last)
        end = last if made == "person" and "," not in self._analysis.tags[first:last] else phrase.last
        self._mention(
            self._entry(key, made, "entity.speaker"), first, end, self._text(begin, phrase.last) if named else ""
        )

    def _holder_of(self, phrase: NounPhrase) -> str | None:
        """The key of the one person whose title the phrase is: "the minister", behind "Minister Ada Lind"."""
        head = self._analysis.lowers[phrase.head]
        if self._analysis.lowers[phrase.first] != "the" or phrase.last - phrase.first > _BARE:
            return None
        held = [key for key, entry in self._entries.items() if entry.title and entry.title.lower().split()[-1] == head]
        return held[0] if len(held) == 1 else None

    def _body_of_nouns(self, phrase: NounPhrase) -> tuple[str, bool]:
        """The key of a body that nouns name, and whether they tell which one: "the home ministry", not "the ministry".

        The bare noun behind a fuller one means the same body, if there is one such.
        """
        analysis = self._analysis
        begin = self._without_determiner(phrase.first, phrase.last)
        head = analysis.lowers[phrase.head]
        full = phrase.last - begin > 1 and analysis.lowers[phrase.first] not in ("a", "an")
        if full:
            return f"noun:{head}:{self._text(begin, phrase.last).lower()}", True
        fuller = [key for key in self._entries if key.startswith(f"noun:{head}:")] or self._only_one(phrase)
        return (fuller[0] if len(fuller) == 1 else f"noun:{head}:"), False

    def _only_one(self, phrase: NounPhrase) -> list[str]:
        """The keys of the named bodies of the kind that the noun of "the company" tells."""
        if self._analysis.lowers[phrase.first] != "the":
            return []
        kind = kind_of_noun(self._analysis, phrase.head, phrase.first)
        return [key for key, entry in self._entries.items() if entry.kind == kind and entry.names]

    def _acting_states(self) -> None:
        """Countries that do something: a country's name right before a finite verb."""
        analysis = self._analysis
        for nation, first, last in self._words.nations:
            number = analysis.verb_group_of[last] if last < len(analysis) else NONE
            if nation.how != "name" or number == NONE or analysis.verb_groups[number].form != "finite":
                continue
            if first == 0 or analysis.tags[first - 1] != "I":
                entry = self._entry(f"nation:{nation.code}", "government", "entity.nation")
                self._mention(entry, first, last, self._text(first, last))

    def _lone_names(self) -> None:
        """Surnames alone are aliases of the persons named in full, and single words of a body's name its aliases."""
        of_word: dict[str, str | None] = {}
        for key, entry in self._entries.items():
            parts = max(entry.names, key=len).split() if entry.names else ()
            if len(parts) > 1 and entry.kind in _SHORTENED:
                for part in {parts[-1]} if entry.kind == "person" else {parts[0], parts[-1]}:
                    of_word[part] = None if of_word.get(part, key) != key else key
        analysis = self._analysis
        for run in _ALONE.finditer(analysis.tags):
            at = run.start()
            key = of_word.get(analysis.words[at])
            if key and at not in self._nation_at and at not in self._body_at:
                entry = self._entries[key]
                self._of_phrase.setdefault(analysis.noun_phrase_of[at], key)
                if analysis.words[at] not in entry.names:
                    self._mention(entry, at, at + 1, analysis.words[at])

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

    def kind_of(self, key: str | None) -> str:
        """The kind of a named entity; empty for one without a name."""
        entry = self._entries.get(key or "")
        return entry.kind if entry is not None and entry.names else ""

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
