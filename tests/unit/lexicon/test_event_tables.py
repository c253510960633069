"""The shape of the tables that the event rules read."""

from collections import Counter

import pytest
from pydantic import TypeAdapter

from llmx.lexicon.countries import countries
from llmx.lexicon.table import read_rows, words
from llmx.lexicon.terms import TermTable, expand, plural
from llmx.schema.news import Entity, OtherEventType, Place
from llmx.schema.terms import EVENT_TYPES

CONCEPTS = {name for name, _ in read_rows("concepts.tsv", columns=2)}
KINDS = set(Entity.model_fields["kind"].annotation.__args__)
PRECISIONS = set(Place.model_fields["precision"].annotation.__args__)


def test_every_concept_has_one_row_and_terms_without_capitals() -> None:
    rows = read_rows("concepts.tsv", columns=2)

    assert Counter(name for name, _ in rows).most_common(1)[0][1] == 1
    assert [term for _, cell in rows for term in words(cell) if term != term.lower()] == []
    assert all(words(cell) for _, cell in rows)


def test_every_trigger_names_a_part_a_type_a_frame_and_known_concepts() -> None:
    rows = read_rows("triggers.tsv", columns=6)

    assert {row[0] for row in rows} == {"v", "n"}
    assert {row[1] for row in rows if not row[1].startswith("other:")} <= EVENT_TYPES
    assert all(TypeAdapter(OtherEventType).validate_python(row[1]) for row in rows if row[1].startswith("other:"))
    assert {need.lstrip("-^") for row in rows for need in row[4].split("|") if need} - CONCEPTS <= {"x"}
    assert all(row[2] and words(row[3]) for row in rows)


def test_every_act_names_a_type_a_frame_verbs_objects_and_known_concepts() -> None:
    rows = read_rows("acts.tsv", columns=6)

    assert {row[0] for row in rows if not row[0].startswith("other:")} <= EVENT_TYPES
    assert {need.lstrip("-^") for row in rows for need in row[4].split("|") if need} <= CONCEPTS
    assert all(row[1] and words(row[2]) and words(row[3]) for row in rows)


def test_every_vote_has_a_type_a_number_and_known_concepts() -> None:
    rows = read_rows("typing.tsv", columns=3)

    assert {row[0] for row in rows} <= EVENT_TYPES
    assert all(-10 < float(row[1]) < 10 for row in rows)
    assert {part for row in rows for part in row[2].replace("~", "+").replace(">", "+").split("+")} <= CONCEPTS


def test_every_learned_weight_is_of_a_known_concept_and_type() -> None:
    rows = read_rows("typing_weights.tsv", columns=2)

    assert {name for name, _ in rows} - {"_"} <= CONCEPTS
    assert {pair.split(":")[0] for _, cell in rows for pair in cell.split()} <= EVENT_TYPES


def test_every_naming_concept_is_known() -> None:
    rows = read_rows("naming.tsv", columns=2)

    assert {kind for kind, _ in rows} <= EVENT_TYPES
    assert {name for _, cell in rows for name in words(cell)} <= CONCEPTS


def test_every_noun_row_has_a_class_a_known_kind_and_words() -> None:
    rows = read_rows("nouns.tsv", columns=3)

    assert {row[1] for row in rows} - {""} <= KINDS
    assert all(row[0].isalpha() and words(row[2]) for row in rows)


def test_every_named_body_has_a_known_kind_and_country() -> None:
    rows = read_rows("groups.tsv", columns=3)

    assert {row[0] for row in rows} <= KINDS
    assert {row[1] for row in rows} - {""} <= {country.code for country in countries()}


def test_every_place_has_a_known_country_and_precision() -> None:
    rows = read_rows("places.tsv", columns=4)

    assert {row[0] for row in rows} - {""} <= {country.code for country in countries()}
    assert {row[2] for row in rows} <= PRECISIONS
    assert [name for row in rows for name in words(row[3]) if not any(map(str.isupper, name))] == []


def test_every_title_is_in_lower_case_and_of_one_sort() -> None:
    rows = read_rows("titles.tsv", columns=2)

    assert [row[0] for row in rows] == ["honour", "state", "arms", "civil"]
    assert [word for row in rows for word in words(row[1]) if word != word.lower()] == []


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("raid+", {"raid", "raids"}),
        ("man/men", {"man", "men"}),
        ("shell~", {"shell", "shells", "shelled", "shelling"}),
        ("bomb", {"bomb"}),
    ],
    ids=["plural", "either", "verb", "plain"],
)
def test_a_word_of_a_term_stands_for_its_forms(word: str, forms: set[str]) -> None:
    assert expand(word) == forms


def test_a_term_table_finds_phrases_gaps_and_overlaps() -> None:
    table: TermTable[str] = TermTable()
    table.add("air-strike+", "strike")
    table.add("strike+", "any")
    table.add("set~ _ on fire", "arson")

    found = sorted(table.find(["air", "strikes", "set", "it", "on", "fire"]))

    assert found == [("any", 1, 2), ("arson", 2, 6), ("strike", 0, 2)]


def test_a_plural_follows_the_ending() -> None:
    assert [plural(noun) for noun in ("army", "church", "boy")] == ["armies", "churches", "boys"]
