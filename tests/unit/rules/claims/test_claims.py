"""Promises of the claim rules: self-contained clauses, who claims them, how surely, and what contradicts them."""

import pytest

from llmx.document import Document
from llmx.rules.analysis import analyse
from llmx.rules.attribution import find_attributions
from llmx.rules.claims import FoundClaim, draft_claim, find_claims
from llmx.rules.counts import find_counts
from llmx.rules.events import Clauses, Sorts, find_events
from llmx.rules.vocabulary import find_words

THREE_COUNTS = (
    "An air strike hit a training camp near Orlo on Monday, killing dozens of fighters. "
    "Although media outlets have reported 30 deaths from the air strike, Radio Orlo's sources say"
    " at least 50 fighters were killed in the attack."
)


def _claims(text: str) -> tuple[FoundClaim, ...]:
    document = Document(id="d", text=text)
    analysis = analyse(document)
    words = find_words(analysis)
    clauses = Clauses(analysis)
    sorts = Sorts(analysis, words, clauses)
    events = find_events(analysis, words, clauses, sorts)
    counts = find_counts(analysis, clauses, sorts, events)
    return find_claims(analysis, find_attributions(analysis, document), events, counts)


def test_a_claim_is_the_clause_without_that() -> None:
    (claim,) = _claims("The ministry said that ten soldiers were killed near Orlo.")

    assert claim.text == "Ten soldiers were killed near Orlo."
    assert claim.claimer == (0,)
    assert claim.epistemic == "true_certain"


def test_counts_of_one_event_contradict_or_agree_by_their_bounds() -> None:
    author, outlets, sources = _claims(THREE_COUNTS)

    assert [claim.kind for claim in (author, outlets, sources)] == ["quantity"] * 3
    assert author.links == (("compatible_with", 1), ("compatible_with", 2))
    assert outlets.links == (("compatible_with", 0), ("contradicts", 2))
    assert sources.links == (("compatible_with", 0), ("contradicts", 1))


@pytest.mark.parametrize(
    ("text", "epistemic"),
    [
        pytest.param("The ministry said that the rebels may have left Orlo.", "true_uncertain", id="hedge"),
        pytest.param("Reportedly, the army has left Orlo.", "true_uncertain", id="hearsay"),
        pytest.param("The ministry denied that the army had left Orlo.", "false_certain", id="denial"),
        pytest.param("The ministry said that the army has left Orlo.", "true_certain", id="plain"),
    ],
)
def test_a_claimer_stands_by_a_claim_as_far_as_hedges_and_cue_allow(text: str, epistemic: str) -> None:
    (claim,) = _claims(text)

    assert claim.epistemic == epistemic


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The ministry said that they were killed there.", id="pronoun without a name"),
        pytest.param("Lind said: “I was killed by boredom.”", id="first person"),
        pytest.param("The minister asked whether the army had left Orlo.", id="question"),
        pytest.param("The minister wants to leave the alliance.", id="no assertion"),
        pytest.param("The ministry did not say that the army had left Orlo.", id="not said"),
        pytest.param("The ministry could argue that the army had left Orlo.", id="not said yet"),
    ],
)
def test_what_cannot_stand_alone_is_no_claim(text: str) -> None:
    assert _claims(text) == ()


def test_he_is_replaced_by_the_name_of_who_speaks() -> None:
    (claim,) = _claims("Mr. Anders Lind said that he had signed the agreement with the rebels.")

    assert claim.text == "Mr. Anders Lind had signed the agreement with the rebels."


def test_words_that_judge_are_listed() -> None:
    text = "The ministry said that the brutal regime had bombed the “safe zone” near Orlo."

    (claim,) = _claims(text)

    assert [term.of(text) for term in claim.loaded_terms] == ["brutal", "regime", "safe zone"]


def test_a_draft_holds_quotes_with_their_places_and_ids_from_one() -> None:
    text = "The ministry said that ten soldiers were killed near Orlo."
    (claim,) = _claims(text)

    record = draft_claim(claim, 0, text)

    assert record["id"] == "c1"
    assert record["claimer"] == ["a1"]
    assert record["evidence"] == [{"quote": "ten soldiers were killed near Orlo", "start": 23}]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        pytest.param(
            'A clerk said that the guards had seen the cracks and "did nothing".',
            'The guards had seen the cracks and "did nothing".',
            id="at the end",
        ),
        pytest.param(
            "“The dam is safe and the valley is dry,” the mayor said.",
            "The dam is safe and the valley is dry.",
            id="around all of it",
        ),
        pytest.param(
            "The mayor said the guards “saw the cracks. They left the dam.”",
            "The guards saw the cracks.",
            id="closed in another sentence",
        ),
    ],
)
def test_text_of_a_claim_has_both_marks_of_a_quotation_or_none(text: str, claim: str) -> None:
    found = _claims(text)

    assert found[0].text == claim


def test_cue_behind_another_verb_makes_no_claim_of_all_that_stands_before_it() -> None:
    text = "Three guards died in the raid, the ministry said, accusing Orlo of breaking the truce."

    found = _claims(text)

    assert [one.text for one in found] == ["Three guards died in the raid."]


def test_verb_joined_by_and_makes_no_claim_of_the_object_before_it() -> None:
    found = _claims("A clerk said that the guards had seen the cracks and did nothing.")

    assert "The cracks and did nothing." not in [one.text for one in found]


def test_what_happened_hours_before_is_a_claim_without_the_hours() -> None:
    found = _claims("The sides agreed to stop, a mediator said, hours after shelling killed five men in Orlo.")

    assert [one.text for one in found][-1] == "Shelling killed five men in Orlo."
