"""Extractions made by hand: the page is tested without a model and without grounding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from llmx.document import Document
from llmx.result import Digest, Extraction, Outcome, Provenance, Reason, Rejection, VerdictCounts
from llmx.schema.citation import Citation, MatchKind
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
from llmx.text.span import Span

TEXT = """Jets bombed the depot at Karsk on Tuesday, killing at least 12 guards, the army said.

“Nothing is left of it,” Colonel Una Reyk told reporters.

ALSO READ  Minister opens new bridge

The rebels denied that there had been a depot. Villagers buried four children on Wednesday."""

Cite = Callable[[str], Citation]


@pytest.fixture
def cite() -> Cite:
    """The citation of words that stand once in the text."""

    def located(quote: str) -> Citation:
        start = TEXT.index(quote)
        return Citation(quote=quote, start=start, end=start + len(quote))

    return located


@pytest.fixture
def provenance() -> Provenance:
    return Provenance(
        model="rules",
        prompt=Digest(id="none", sha256="0" * 64),
        schema=Digest(id="news-report/v1", sha256="1" * 64),
        llmx="0.1.0",
        settings={"on_unsupported": "drop"},
    )


@pytest.fixture
def report(cite: Cite) -> NewsReport:
    first = cite("Jets bombed the depot at Karsk on Tuesday, killing at least 12 guards, the army said.")
    raid = Event(
        id="e1",
        type="air_strike",
        trigger=cite("bombed"),
        evidence=(first,),
        participants=(
            Participant(role="attacker", cite=cite("Jets")),
            Participant(role="target", cite=cite("the depot")),
        ),
        time=When(
            kind="weekday",
            start=date(2031, 3, 4),
            end=date(2031, 3, 4),
            precision="day",
            cite=cite("on Tuesday"),
        ),
        places=(Place(name="Karsk", precision="town", cite=cite("Karsk")),),
        counts=(
            Count(
                of="killed",
                group="combatant",
                low=12,
                qualifier="at_least",
                said_by="a1",
                cite=cite("at least 12 guards"),
            ),
        ),
        modality="reported",
        asserted_by=("a1",),
    )
    burial = Event(
        id="e2",
        type="other:burial",
        trigger=cite("buried"),
        evidence=(cite("Villagers buried four children on Wednesday."),),
        modality="asserted",
    )
    army = Attribution(
        id="a1",
        source=cite("the army"),
        source_entity="n1",
        cue=cite("said"),
        content=(cite("Jets bombed the depot at Karsk on Tuesday, killing at least 12 guards"),),
        source_kind="government",
        stance="asserts",
    )
    rebels = Attribution(
        id="a2",
        source=cite("The rebels"),
        cue=cite("denied"),
        content=(cite("there had been a depot"),),
        stance="denies",
    )
    claims = (
        Claim(id="c1", text="There was a depot at Karsk.", evidence=(first,), claimer=("a1",), check_worthy=True),
        Claim(
            id="c2",
            text="There was no depot at Karsk.",
            evidence=(cite("there had been a depot"),),
            claimer=("a2",),
            links=(ClaimLink(relation="contradicts", claim="c1"),),
        ),
    )
    return NewsReport(
        entities=(Entity(id="n1", name="army", kind="state_forces", mentions=(cite("the army"),)),),
        events=(raid, burial),
        attributions=(army, rebels),
        claims=claims,
        relations=(Relation(head="e1", relation="before", tail="e2"),),
    )


@pytest.fixture
def extraction(report: NewsReport, provenance: Provenance) -> Extraction[NewsReport]:
    teaser = TEXT.index("ALSO READ")
    near = TEXT.index("four children")
    return Extraction(
        document=Document(
            id="karsk",
            text=TEXT,
            title="Depot bombed at Karsk",
            outlet="The Karsk Mail",
            url="https://karsk.example/depot",
            published=date(2031, 3, 6),
            boilerplate=(Span(teaser, teaser + len("ALSO READ  Minister opens new bridge")),),
        ),
        report=report,
        provenance=provenance,
        rejections=(
            Rejection(
                path="events[1].counts[0]",
                reason=Reason.NUMBER_MISMATCH,
                value={"of": "killed", "low": 40},
                quote="forty children",
                nearest=Span(near, near + len("four children")),
                detail="quote 40, text 4",
                rule="count.bounds",
            ),
        ),
        verdicts=VerdictCounts(
            supported=21, undecided=3, contradicted=1, by_rule={"count.bounds": {Outcome.SUPPORTED: 1}}
        ),
    )


@pytest.fixture
def elided() -> Citation:
    """One citation of two parts that stand apart."""
    whole = "Jets bombed the depot at Karsk"
    return Citation(quote=whole, start=0, end=len(whole), match=MatchKind.ELIDED, parts=(Span(0, 4), Span(16, 21)))
