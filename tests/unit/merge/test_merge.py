from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from citing import assert_cited
from pydantic import BaseModel

from llmx.document import Document
from llmx.merge import join_drafts, merge_report
from llmx.schema.citation import Citation, Cited
from llmx.schema.news import (
    Attribution,
    Claim,
    ClaimLink,
    Count,
    Entity,
    Event,
    NewsReport,
    Participant,
    Place,
    Relation,
    When,
)

TEXT = (
    "The army said at least 12 guards died when jets bombed Karsk on Tuesday. "
    "Days later, the rebels said the jets that struck Karsk on Tuesday killed 30 guards. "
    "The army also bombed Ostrel on Friday."
)
DOCUMENT = Document(id="d", text=TEXT)


def cite(words: str, nth: int = 0) -> Citation:
    start = [at for at in range(len(TEXT)) if TEXT.startswith(words, at)][nth]
    return Citation(quote=words, start=start, end=start + len(words))


def when(words: str, day: str, nth: int = 0) -> When:
    return When.model_validate({"kind": "weekday", "start": day, "end": day, "cite": cite(words, nth)})


FIRST = Event(
    id="e1",
    type="air_strike",
    trigger=cite("bombed"),
    evidence=(cite("jets bombed Karsk on Tuesday"),),
    participants=(Participant(role="attacker", cite=cite("jets")),),
    time=when("on Tuesday", "2031-03-04"),
    places=(Place(name="Karsk", cite=cite("Karsk")),),
    counts=(Count(of="killed", low=12, qualifier="at_least", said_by="a1", cite=cite("at least 12 guards")),),
    modality="asserted",
)
AGAIN = Event(
    id="e1.2",
    type="air_strike",
    trigger=cite("struck"),
    evidence=(cite("the jets that struck Karsk on Tuesday"),),
    participants=(Participant(role="attacker", cite=cite("jets", 1)),),
    time=when("on Tuesday", "2031-03-04", 1),
    places=(Place(name="Karsk", cite=cite("Karsk", 1)),),
    counts=(Count(of="killed", low=30, best=30, high=30, qualifier="exact", said_by="a1.2", cite=cite("30 guards")),),
    modality="asserted",
)
ARMY = Attribution(id="a1", source=cite("The army"), cue=cite("said"), content=(cite("at least 12 guards died"),))
REBELS = Attribution(
    id="a1.2", source=cite("the rebels"), cue=cite("said", 1), content=(cite("killed 30 guards"),), parent="a1.2"
)
REPORT = NewsReport(events=(FIRST, AGAIN), attributions=(ARMY, REBELS))


def merged(report: NewsReport, passes: int = 1, **origins: int) -> NewsReport:
    return merge_report(report, {(name[:-1], int(name[-1])): draft for name, draft in origins.items()}, passes=passes)


def test_drafts_are_put_side_by_side_with_ids_and_references_of_their_own() -> None:
    draft: dict[str, Any] = {
        "events": [{"id": "e1", "asserted_by": ["a1"], "counts": [{"said_by": "a1", "low": 3}]}],
        "attributions": [{"id": "a1", "parent": None, "via": "a1"}],
        "relations": [{"head": "e1", "relation": "before", "tail": "e1"}],
    }

    joined = join_drafts([draft, draft], NewsReport)

    assert joined.draft["events"][0] == draft["events"][0]
    assert joined.draft["events"][1] == {
        "id": "e1.2",
        "asserted_by": ["a1.2"],
        "counts": [{"said_by": "a1.2", "low": 3}],
    }
    assert joined.draft["relations"][1] == {"head": "e1.2", "relation": "before", "tail": "e1.2"}
    assert joined.origins == {
        ("events", 0): 0,
        ("events", 1): 1,
        ("attributions", 0): 0,
        ("attributions", 1): 1,
        ("relations", 0): 0,
        ("relations", 1): 1,
    }


def test_words_that_look_like_ids_are_not_renamed() -> None:
    draft = {"claims": [{"id": "c1", "text": "c1", "claimer": ["document"]}]}

    joined = join_drafts([{}, draft], NewsReport)

    assert joined.draft["claims"] == [{"id": "c1.2", "text": "c1", "claimer": ["document"]}]


@pytest.mark.parametrize(
    "draft",
    [{"events": None}, {"events": ["x", 7, {"id": 3}]}, {"surplus": {"a": 1}}, {}],
    ids=["null", "no-records", "unknown-field", "empty"],
)
def test_draft_with_faults_is_joined_as_it_is(draft: dict[str, Any]) -> None:
    assert join_drafts([{}, draft], NewsReport).draft == draft


class Ruling(BaseModel):
    court: Cited[str] | None = None
    judges: tuple[Cited[str], ...] = ()


def test_single_field_keeps_the_first_value_and_says_when_there_was_another() -> None:
    joined = join_drafts([{"court": None}, {"court": {"value": "A"}}, {"court": {"value": "B"}}], Ruling)

    assert joined.draft == {"court": {"value": "A"}}
    assert joined.notes == ("court was found more than once; the first one was kept",)


def test_one_incident_told_twice_becomes_one_event_with_all_its_evidence() -> None:
    event = merged(REPORT).events[0]

    assert len(merged(REPORT).events) == 1
    assert [evidence.quote for evidence in event.evidence] == [
        "jets bombed Karsk on Tuesday",
        "the jets that struck Karsk on Tuesday",
    ]
    assert_cited(DOCUMENT, event.evidence[1])


def test_numbers_of_different_sources_stay_apart_and_know_who_said_them() -> None:
    report = merged(REPORT)

    assert [(count.low, count.said_by) for count in report.events[0].counts] == [(12, "a1"), (30, "a2")]
    assert [attribution.id for attribution in report.attributions] == ["a1", "a2"]


def test_record_never_links_to_itself() -> None:
    assert [attribution.parent for attribution in merged(REPORT).attributions] == [None, None]


@pytest.mark.parametrize(
    "other",
    [
        AGAIN.model_copy(update={"type": "shelling_missile"}),
        AGAIN.model_copy(update={"time": when("on Friday", "2031-03-07")}),
        AGAIN.model_copy(update={"time": None}),
        AGAIN.model_copy(update={"places": (Place(name="Ostrel", cite=cite("Ostrel")),)}),
        AGAIN.model_copy(update={"participants": ()}),
        AGAIN.model_copy(update={"aggregate": True}),
        AGAIN.model_copy(update={"polarity": "negative"}),
    ],
    ids=["type", "day", "no-day", "place", "nobody", "aggregate", "denied"],
)
def test_events_that_differ_in_what_makes_an_incident_stay_two(other: Event) -> None:
    assert len(merged(NewsReport(events=(FIRST, other))).events) == 2


def test_two_readings_of_the_same_words_are_one_event() -> None:
    other = AGAIN.model_copy(update={"trigger": cite("bombed"), "time": None, "places": ()})

    assert len(merged(NewsReport(events=(FIRST, other))).events) == 1


def test_links_follow_the_records_they_name() -> None:
    friday = Event(
        id="e2.2", type="air_strike", trigger=cite("bombed", 1), evidence=(cite("bombed Ostrel"),), modality="asserted"
    )
    relation = Relation(head="e1.2", relation="before", tail="e2.2")

    report = merged(NewsReport(events=(FIRST, AGAIN, friday), relations=(relation,)))

    assert [(link.head, link.tail) for link in report.relations] == [("e1", "e2")]
    assert [event.id for event in report.events] == ["e1", "e2"]


def test_relation_between_what_became_one_goes() -> None:
    relation = Relation(head="e1", relation="same_as", tail="e1.2")

    assert merged(NewsReport(events=(FIRST, AGAIN), relations=(relation,))).relations == ()


def test_entities_of_one_name_become_one_with_all_its_names() -> None:
    one = Entity(id="n1", name="The army", kind="unknown", mentions=(cite("The army"),))
    other = Entity(id="n1.2", name="Army", aliases=("the army",), kind="state_forces", mentions=(cite("The army", 1),))

    (entity,) = merged(NewsReport(entities=(one, other))).entities

    assert (entity.name, entity.kind, entity.aliases) == ("The army", "state_forces", ("the army", "Army"))
    assert len(entity.mentions) == 2


def test_entities_of_one_name_and_different_kinds_stay_two() -> None:
    one = Entity(id="n1", name="Karsk", kind="person", mentions=(cite("Karsk"),))
    other = Entity(id="n1.2", name="Karsk", kind="organisation", mentions=(cite("Karsk", 1),))

    assert len(merged(NewsReport(entities=(one, other))).entities) == 2


def test_claims_said_twice_become_one_and_keep_their_links() -> None:
    one = Claim(id="c1", text="Twelve guards died.", evidence=(cite("at least 12 guards died"),))
    other = Claim(
        id="c1.2",
        text="twelve guards died",
        evidence=(cite("killed 30 guards"),),
        links=(ClaimLink(relation="repeats", claim="c1"), ClaimLink(relation="contradicts", claim="c2.2")),
    )
    third = Claim(id="c2.2", text="Thirty guards died.", evidence=(cite("30 guards"),))

    claims = merged(NewsReport(claims=(one, other, third))).claims

    assert [claim.id for claim in claims] == ["c1", "c2"]
    assert [(link.relation, link.claim) for link in claims[0].links] == [("contradicts", "c2")]


def test_passes_that_agree_are_counted() -> None:
    again = ARMY.model_copy(update={"id": "a1.2"})

    report = merged(
        NewsReport(attributions=(ARMY, REBELS.model_copy(update={"id": "a2", "parent": None}), again)),
        passes=2,
        attributions0=0,
        attributions1=0,
        attributions2=1,
    )

    assert [(attribution.id, attribution.support) for attribution in report.attributions] == [("a1", 2), ("a2", 1)]


def test_record_of_several_windows_is_counted_once_for_each_pass() -> None:
    army = Entity(id="n1", name="The army", mentions=(cite("The army"),))
    report = NewsReport(entities=tuple(army.model_copy(update={"id": f"n1.{number}"}) for number in range(2, 6)))

    (entity,) = merged(report, passes=2, entities0=0, entities1=1, entities2=2, entities3=3).entities

    assert entity.support == 2


def test_attributions_of_different_speakers_stay_apart() -> None:
    other = ARMY.model_copy(update={"id": "a1.2", "source": cite("the rebels")})

    assert len(merged(NewsReport(attributions=(ARMY, other))).attributions) == 2


def test_report_class_of_the_user_is_merged_by_equality() -> None:
    karsk = Cited[str](value="Karsk", cite=cite("Karsk"))

    report = merge_report(Ruling(judges=(karsk, karsk, Cited[str](value="Karsk", cite=cite("Karsk", 1)))), {})

    assert len(report.judges) == 2


@pytest.mark.parametrize("report", [NewsReport(), NewsReport(events=(FIRST,))], ids=["empty", "one-event"])
def test_report_without_repeats_is_left_as_it_is(report: NewsReport) -> None:
    unchanged: Callable[[NewsReport], NewsReport] = merged

    assert unchanged(report) == report


class Recall(BaseModel):
    product: Cited[str]
    makers: tuple[Participant, ...] = ()


def test_a_report_whose_required_field_was_rejected_is_merged_as_it_is() -> None:
    empty = Recall.model_construct()

    merged = merge_report(empty, {})

    assert merged.model_dump(warnings="none") == {"makers": ()}
