"""Promises of the checks of claims: they say nothing that the article does not."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = (
    "Police detained 66 people in Tbilisi on 9 March 2023, the ministry said. The union put the number at 40. "
    "The minister did not resign. The brutal raid reportedly hurt Nino Beridze. "
    "Far away, Lars Holm opened a bakery in Bergen. He sells bread."
)
ATTRIBUTIONS = [
    {
        "id": "a1",
        "source": "the ministry",
        "cue": "said",
        "content": ["Police detained 66 people in Tbilisi on 9 March 2023"],
        "source_kind": "government",
        "stance": "asserts",
    },
    {
        "id": "a2",
        "source": "The union",
        "cue": "put",
        "content": ["the number at 40"],
        "source_kind": "named_organisation",
        "stance": "reports",
    },
]
EVENTS = [
    {
        "id": "e1",
        "type": "arrest",
        "trigger": "detained",
        "evidence": ["Police detained 66 people in Tbilisi on 9 March 2023"],
        "modality": "reported",
        "asserted_by": ["a1"],
    },
    {
        "id": "e2",
        "type": "other:opening",
        "trigger": "opened",
        "evidence": ["Lars Holm opened a bakery in Bergen"],
        "modality": "asserted",
    },
]


def draft(text: str, evidence: str, *others: dict[str, Any], **fields: Any) -> dict[str, Any]:
    claim = {"id": "c1", "text": text, "evidence": [evidence], **fields}
    return {"attributions": ATTRIBUTIONS, "events": EVENTS, "claims": [claim, *others]}


@pytest.mark.parametrize(
    "text", ["The minister did not resign.", "the minister did not resign"], ids=["as a sentence", "as it stands"]
)
def test_text_that_is_its_evidence_word_for_word_is_supported_by_that_alone(outcomes: Any, text: str) -> None:
    found = outcomes(TEXT, draft(text, "The minister did not resign"), ("claims", 0, "text"))

    assert found == {("supported", "claim.verbatim")}


@pytest.mark.parametrize(
    ("text", "evidence", "rule"),
    [
        pytest.param("Police detained 67 people.", "Police detained 66 people", "claim.number", id="number changed"),
        pytest.param("Police detained over 66 people.", "Police detained 66 people", "claim.number", id="bound added"),
        pytest.param(
            "The minister and 9 aides stayed.", "The minister did not resign", "claim.number", id="number added"
        ),
        pytest.param(
            "Police detained people in April 2023.", "Police detained 66 people", "claim.date", id="date changed"
        ),
        pytest.param("Nino Beridze was hurt in 2011.", "hurt Nino Beridze", "claim.date", id="date added"),
        pytest.param("Harlan Voss was hurt.", "hurt Nino Beridze", "claim.name", id="name from nowhere"),
        pytest.param(
            "Lars Holm was hurt.", "hurt Nino Beridze", "claim.name", id="name from elsewhere in place of one"
        ),
        pytest.param(
            "The minister resigned, or did resign.", "The minister did not resign", "claim.negation", id="lost"
        ),
        pytest.param("Police did not detain people.", "Police detained 66 people", "claim.negation", id="added"),
    ],
)
def test_what_a_claim_adds_is_contradicted(outcomes: Any, text: str, evidence: str, rule: str) -> None:
    assert ("contradicted", rule) in outcomes(TEXT, draft(text, evidence), ("claims", 0, "text"))


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        pytest.param("Police detained 66 people in Tbilisi.", "Police detained 66 people in Tbilisi", id="same words"),
        pytest.param("Lars Holm sells bread.", "He sells bread.", id="pronoun resolved"),
        pytest.param("The minister did not resign.", "The minister did not resign", id="negation kept"),
        pytest.param("In March 2023 police detained people.", "Police detained 66 people", id="date of the sentence"),
    ],
)
def test_a_faithful_claim_is_kept(outcomes: Any, text: str, evidence: str) -> None:
    found = outcomes(TEXT, draft(text, evidence), ("claims", 0, "text"))

    assert {outcome for outcome, _ in found} <= {"supported", "undecided"}


@pytest.mark.parametrize(("epistemic", "outcome"), [("true_certain", "contradicted"), ("true_uncertain", "supported")])
def test_a_hedge_forbids_certainty(outcomes: Any, epistemic: str, outcome: str) -> None:
    claim = draft("The raid hurt Nino Beridze.", "The brutal raid reportedly hurt Nino Beridze.", epistemic=epistemic)

    assert outcomes(TEXT, claim, ("claims", 0, "epistemic")) == {(outcome, "claim.epistemic")}


@pytest.mark.parametrize(
    ("epistemic", "outcome"),
    [("true_certain", "supported"), ("true_uncertain", "contradicted"), ("false_certain", "contradicted")],
)
def test_without_a_hedge_a_claim_is_certain(outcomes: Any, epistemic: str, outcome: str) -> None:
    claim = draft("Police detained 66 people.", "Police detained 66 people", epistemic=epistemic, claimer=["a1"])

    assert outcomes(TEXT, claim, ("claims", 0, "epistemic")) == {(outcome, "claim.epistemic")}


@pytest.mark.parametrize(
    ("claimer", "outcome"), [("a1", "supported"), ("a2", "contradicted"), ("document", "contradicted")]
)
def test_a_claim_belongs_to_whoever_makes_it(outcomes: Any, claimer: str, outcome: str) -> None:
    claim = draft("Police detained 66 people.", "Police detained 66 people", claimer=[claimer])

    assert outcomes(TEXT, claim, ("claims", 0, "claimer", 0)) == {(outcome, "claim.claimer")}


@pytest.mark.parametrize(("event", "outcome"), [("e1", "supported"), ("e2", "contradicted")])
def test_a_claim_is_about_events_it_tells(outcomes: Any, event: str, outcome: str) -> None:
    claim = draft("Police detained 66 people.", "Police detained 66 people", events=[event])

    assert outcomes(TEXT, claim, ("claims", 0, "events", 0)) == {(outcome, "claim.event")}


@pytest.mark.parametrize(("relation", "outcome"), [("contradicts", "supported"), ("compatible_with", "contradicted")])
def test_numbers_that_exclude_each_other_contradict(outcomes: Any, relation: str, outcome: str) -> None:
    other = {"id": "c2", "text": "Police detained 40 people.", "evidence": ["the number at 40"], "events": ["e1"]}
    link = {"relation": relation, "claim": "c2"}
    claim = draft("Police detained 66 people.", "Police detained 66 people", other, events=["e1"], links=[link])

    assert outcomes(TEXT, claim, ("claims", 0, "links", 0)) == {(outcome, "claim.link")}


def test_claims_about_different_events_do_not_contradict(outcomes: Any) -> None:
    other = {
        "id": "c2",
        "text": "Lars Holm opened a bakery.",
        "evidence": ["Lars Holm opened a bakery"],
        "events": ["e2"],
    }
    link = {"relation": "contradicts", "claim": "c2"}
    claim = draft("Police detained 66 people.", "Police detained 66 people", other, events=["e1"], links=[link])

    assert outcomes(TEXT, claim, ("claims", 0, "links", 0)) == {("contradicted", "claim.link")}


@pytest.mark.parametrize(("term", "outcome"), [("brutal", "supported"), ("bakery", "contradicted")])
def test_loaded_terms_stand_in_the_evidence(outcomes: Any, term: str, outcome: str) -> None:
    claim = draft("The raid hurt Nino Beridze.", "The brutal raid reportedly hurt Nino Beridze.", loaded_terms=[term])

    assert outcomes(TEXT, claim, ("claims", 0, "loaded_terms", 0)) == {(outcome, "claim.loaded_term")}


def test_an_event_does_not_stand_before_itself(outcomes: Any) -> None:
    relations = {"relations": [{"head": "e1", "relation": "before", "tail": "e1"}]}

    assert outcomes(TEXT, {"events": EVENTS, **relations}, ("relations", 0, "tail")) == {
        ("contradicted", "relation.kind")
    }


OPPOSED = (
    "Mira Falk said the bridge was sound. It rained. Nobody came. The market closed. "
    "Engineers at Dornbach found it rotten to the core. Oskar Lind bred sheep near Altmark."
)
SOUND = {"id": "c1", "text": "Mira Falk called the bridge sound.", "evidence": ["the bridge was sound"]}
ROTTEN = {"id": "c2", "text": "It is rotten to the core.", "evidence": ["found it rotten to the core"]}
SHEEP = {"id": "c2", "text": "Oskar Lind bred sheep near Altmark.", "evidence": ["Oskar Lind bred sheep near Altmark."]}


@pytest.mark.parametrize(
    ("other", "relation", "outcome"),
    [
        pytest.param(ROTTEN, "contradicts", "undecided", id="opposed in other words"),
        pytest.param(SHEEP, "contradicts", "contradicted", id="about somebody else, far away"),
        pytest.param(SHEEP, "compatible_with", "undecided", id="both can be true"),
    ],
)
def test_claims_without_a_common_word_are_apart_only_if_both_name_others(
    outcomes: Any, other: dict[str, Any], relation: str, outcome: str
) -> None:
    linked = {**SOUND, "links": [{"relation": relation, "claim": "c2"}]}

    found = outcomes(OPPOSED, {"claims": [linked, other]}, ("claims", 0, "links", 0))

    assert found == {(outcome, "claim.link")}


def test_a_number_that_a_share_is_taken_of_excludes_no_other(outcomes: Any) -> None:
    text = "Some 5,300 clerks were fired. The firings were 1 percent of the bank’s 100,000 clerks a year, it said."
    share = {"id": "c2", "text": "The firings were 1 percent of 100,000 clerks.", "evidence": [text[30:85]]}
    link = {"relation": "compatible_with", "claim": "c2"}
    claim = {"id": "c1", "text": "5,300 clerks were fired.", "evidence": ["5,300 clerks were fired"], "links": [link]}

    found = outcomes(text, {"claims": [claim, share]}, ("claims", 0, "links", 0))

    assert found == {("undecided", "claim.link")}


def test_a_word_that_somebody_is_said_to_use_leaves_the_rest_to_the_document(outcomes: Any) -> None:
    text = "The clerk, who had lost her job over a letter that she called a joke, was heard by three judges in May."
    speech = {"id": "a1", "source": "she", "cue": "called", "content": ["a joke"]}
    claim = {
        "id": "c1",
        "text": "The clerk had lost her job over a letter.",
        "evidence": [text],
        "claimer": ["document"],
    }

    found = outcomes(text, {"attributions": [speech], "claims": [claim]}, ("claims", 0, "claimer", 0))

    assert found == {("supported", "claim.claimer")}


@pytest.mark.parametrize(
    ("kind", "text"), [("norm", "The dam shouldn’t be opened."), ("quantity", "Ruse leads Varna.")]
)
def test_a_kind_may_stand_in_a_short_form_or_a_comparison(outcomes: Any, kind: str, text: str) -> None:
    claim = {"id": "c1", "text": text, "evidence": [text], "kind": kind}

    assert outcomes(text, {"claims": [claim]}, ("claims", 0, "kind")) == {("undecided", "claim.kind")}


@pytest.mark.parametrize(
    ("modality", "outcome"), [("planned", "undecided"), ("asserted", "contradicted")], ids=["ahead", "past"]
)
def test_a_day_without_a_year_may_lie_ahead_of_what_is_told(outcomes: Any, modality: str, outcome: str) -> None:
    text = "The cup was held on Monday. The final is held in March."
    cup = {"id": "e1", "trigger": "held on", "evidence": ["The cup was held on Monday"], "modality": "asserted"}
    final = {"id": "e2", "trigger": "held in", "evidence": ["The final is held in March"], "modality": modality}
    monday = {"kind": "weekday", "precision": "day", "cite": "Monday"}
    march = {"kind": "month_name", "precision": "month", "cite": "March"}
    events = [{**cup, "type": "meeting", "time": monday}, {**final, "type": "meeting", "time": march}]
    draft = {"events": events, "relations": [{"head": "e1", "relation": "before", "tail": "e2"}]}

    found = outcomes(text, draft, ("relations", 0, "relation"), published="2023-05-10")

    assert found == {(outcome, "relation.kind")}


VOTE = "Elke Brandt of the Harbour List narrowly won the vote in Aalsund, defeating the incumbent, Jonas Weld."
TURNOUT = "Turnout fell to 58 percent, from 71 percent in 2018, and was the lowest since 1998."
SEATS = "The list has lost seats in four of the last five votes."
COUNT = "If the count stands, the council may meet in May."
RACE = f"{VOTE} {TURNOUT} {SEATS} {COUNT} Weld reportedly hired two lawyers."


@pytest.mark.parametrize(
    ("text", "evidence", "rule"),
    [
        pytest.param("Jonas Weld won the vote in Aalsund.", VOTE, "claim.roles", id="another subject"),
        pytest.param(
            "Turnout fell to 71 percent, from 58 percent in 2018.", TURNOUT, "claim.roles", id="numbers swapped"
        ),
        pytest.param(
            "The list has lost seats in five of the last five votes.",
            SEATS,
            "claim.number",
            id="one number twice",
        ),
        pytest.param("The council will meet in May.", COUNT, "claim.certainty", id="may becomes will"),
        pytest.param("Turnout was the highest since 1998.", TURNOUT, "claim.sense", id="turned"),
    ],
)
def test_the_evidences_own_words_are_not_told_of_others(outcomes: Any, text: str, evidence: str, rule: str) -> None:
    claim = {"id": "c1", "text": text, "evidence": [evidence]}

    assert ("contradicted", rule) in outcomes(RACE, {"claims": [claim]}, ("claims", 0, "text"))


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        pytest.param("Jonas Weld was defeated in Aalsund by Elke Brandt.", VOTE, id="a passive"),
        pytest.param(
            "Weld hired two lawyers.", "Weld reportedly hired two lawyers", id="hearsay left to the commitment"
        ),
    ],
)
def test_other_words_for_the_same_are_not_contradicted(outcomes: Any, text: str, evidence: str) -> None:
    claim = {"id": "c1", "text": text, "evidence": [evidence]}

    found = outcomes(RACE, {"claims": [claim]}, ("claims", 0, "text"))

    assert "contradicted" not in {outcome for outcome, _ in found}


def test_an_article_as_a_whole_is_about_the_event_it_begins_with(outcomes: Any) -> None:
    text = "Rebels took the ford. It rained. Nobody came. Fans were never asked."
    event = {
        "id": "e1",
        "type": "attack",
        "trigger": "took",
        "evidence": ["Rebels took the ford."],
        "modality": "asserted",
    }
    claim = {"id": "c1", "text": "Fans were never asked.", "evidence": ["Fans were never asked."], "events": ["e1"]}

    found = outcomes(text, {"events": [event], "claims": [claim]}, ("claims", 0, "events", 0))

    assert found == {("undecided", "claim.event")}


def test_a_name_that_is_a_currency_elsewhere_is_no_currency(outcomes: Any) -> None:
    text = "Its debts amount to €210 million, Real Dornbach said."
    claim = {"id": "c1", "text": "Real Dornbach’s debts amount to €210 million.", "evidence": [text[:32]]}

    assert ("supported", "claim.unit") in outcomes(text, {"claims": [claim]}, ("claims", 0, "text"))


@pytest.mark.parametrize(
    ("text", "evidence", "hedge", "outcome"),
    [
        pytest.param(
            "The pier could not hold.", "the pier could not hold", "could", "undecided", id="in the claim itself"
        ),
        pytest.param("The pier held.", "the pier perhaps held", "perhaps", "contradicted", id="in the evidence"),
        pytest.param("The pier held.", "the pier held", "might", "undecided", id="elsewhere in what is said"),
    ],
)
def test_a_hedge_that_stands_outside_the_evidence_need_not_bear_on_the_claim(
    outcomes: Any, text: str, evidence: str, hedge: str, outcome: str
) -> None:
    document = f"Mira Falk said {evidence} and that the quay might go."
    speech = {"id": "a1", "source": "Mira Falk", "cue": "said", "hedges": [hedge]}
    speech = {**speech, "content": [f"{evidence} and that the quay might go"]}
    claim = {"id": "c1", "text": text, "evidence": [evidence], "claimer": ["a1"], "epistemic": "true_certain"}

    found = outcomes(document, {"attributions": [speech], "claims": [claim]}, ("claims", 0, "epistemic"))

    assert {one for one, _ in found} & {"contradicted", outcome} == {outcome}


def test_a_number_can_say_whom_a_pronoun_means(outcomes: Any) -> None:
    text = "Police held two welders. One of them has confessed."
    claim = {"id": "c1", "text": "One of the two welders has confessed.", "evidence": ["One of them has confessed."]}

    found = outcomes(text, {"claims": [claim]}, ("claims", 0, "text"))

    assert ("contradicted", "claim.number") not in found
