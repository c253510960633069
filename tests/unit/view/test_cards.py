from __future__ import annotations

from datetime import date
from enum import Enum

from pydantic import BaseModel

from llmx.schema.citation import Citation, Cited
from llmx.schema.news import NewsReport
from llmx.text.span import Span
from llmx.view.cards import Card, Deck, Link, deal, plain


class Grade(Enum):
    HIGH = "high"


class Part(BaseModel):
    label: str
    cite: Citation


class Recall(BaseModel):
    product: Cited[str]
    units: Cited[int] | None = None
    grade: Grade = Grade.HIGH
    by_plant: dict[str, Cited[int]] = {}
    reasons: tuple[Cited[str], ...] = ()
    parts: tuple[Part, ...] = ()


def words(quote: str) -> Citation:
    return Citation(quote=quote, start=0, end=len(quote))


def kind_of(deck: Deck, name: str) -> tuple[Card, ...]:
    return next(kind.cards for kind in deck.kinds if kind.name == name)


def test_events_come_before_what_is_said_about_them(report: NewsReport) -> None:
    deck = deal(report)

    assert [kind.name for kind in deck.kinds] == ["events", "attributions", "claims", "entities", "relations"]


def test_an_event_is_told_by_its_type_and_trigger(report: NewsReport) -> None:
    raid = kind_of(deal(report), "events")[0]

    assert raid.item.text == "air strike"
    assert [quote.words for quote in raid.item.quotes] == ["bombed"]


def test_a_type_of_the_users_own_is_told_without_its_prefix(report: NewsReport) -> None:
    burial = kind_of(deal(report), "events")[1]

    assert burial.item.text == "burial"


def test_what_is_not_told_as_fact_is_marked(report: NewsReport) -> None:
    raid, burial = kind_of(deal(report), "events")

    assert raid.item.chips == ("reported",)
    assert burial.item.chips == ()


def test_a_count_links_to_the_one_who_gave_it(report: NewsReport) -> None:
    raid = kind_of(deal(report), "events")[0]

    (count,) = next(row.items for row in raid.item.rows if row.label == "how many")

    assert count.links == (Link("attributions-0", "the army", "said by"),)


def test_an_entity_without_a_name_is_called_by_its_first_mention(report: NewsReport) -> None:
    nameless = report.entities[0].model_copy(update={"name": None})

    deck = deal(report.model_copy(update={"entities": (nameless,)}))

    assert kind_of(deck, "attributions")[0].item.links == (Link("entities-0", "the army"),)


def test_evidence_comes_last(report: NewsReport) -> None:
    raid = kind_of(deal(report), "events")[0]

    assert raid.item.rows[-1].label == "evidence"


def test_a_relation_reads_from_one_event_to_the_other(report: NewsReport) -> None:
    (relation,) = kind_of(deal(report), "relations")

    assert relation.item.lead == Link("events-0", "bombed")
    assert relation.item.text == "before"
    assert relation.item.links == (Link("events-1", "buried"),)


def test_an_id_that_names_no_record_is_a_word_without_a_link(report: NewsReport) -> None:
    event = report.events[0].model_copy(update={"asserted_by": ("a9",)})

    card = kind_of(deal(NewsReport(events=(event,))), "events")[0]

    assert next(row for row in card.item.rows if row.label == "asserted by").items[0].text == "a9"


def test_every_citation_has_a_mark_of_its_own(report: NewsReport) -> None:
    deck = deal(report)

    assert sorted({mark.number for mark in deck.marks}) == list(range(18))


def test_an_elided_citation_is_marked_at_its_parts_alone(elided: Citation) -> None:
    deck = deal(Recall(product=Cited(value="depot", cite=elided)))

    assert [(mark.number, mark.span) for mark in deck.marks] == [(0, Span(0, 4)), (0, Span(16, 21))]


def test_a_users_own_fields_become_rows_of_one_card() -> None:
    recall = Recall(
        product=Cited(value="Kettle K2", cite=words("the K2 kettle")),
        units=Cited(value=1200, cite=words("1,200 units")),
        reasons=(Cited(value="heat", cite=words("overheats")),),
    )

    (card,) = kind_of(deal(recall), "report")

    assert [(row.label, row.items[0].text) for row in card.item.rows] == [
        ("product", "Kettle K2"),
        ("units", "1,200"),
        ("grade", "high"),
        ("reasons", "heat"),
    ]


def test_a_users_own_mapping_keeps_its_keys() -> None:
    recall = Recall(product=Cited(value="K2", cite=words("K2")), by_plant={"Graz": Cited(value=3, cite=words("three"))})

    (card,) = kind_of(deal(recall), "report")

    plant = next(row for row in card.item.rows if row.label == "by plant").items[0]
    assert plant.rows[0].label == "Graz"
    assert plant.rows[0].items[0].text == "3"


def test_a_users_own_records_become_a_kind() -> None:
    recall = Recall(product=Cited(value="K2", cite=words("K2")), parts=(Part(label="lid", cite=words("its lid")),))

    (part,) = kind_of(deal(recall), "parts")

    assert part.path == "parts[0]"
    assert part.item.rows[0].items[0].text == "lid"


def test_an_empty_report_has_its_kinds_and_no_cards() -> None:
    deck = deal(NewsReport())

    assert [len(kind.cards) for kind in deck.kinds] == [0, 0, 0, 0, 0]
    assert deck.marks == ()


def test_plain_values_are_told_as_people_write_them() -> None:
    assert [plain(True), plain(1204), plain(date(2031, 3, 4)), plain(Grade.HIGH)] == [
        "yes",
        "1,204",
        "2031-03-04",
        "high",
    ]
