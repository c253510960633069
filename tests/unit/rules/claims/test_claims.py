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
    _, author, outlets, sources = _claims(THREE_COUNTS)

    assert [claim.kind for claim in (author, outlets, sources)] == ["quantity"] * 3
    assert author.links == (("compatible_with", 2), ("compatible_with", 3))
    assert outlets.links == (("compatible_with", 1), ("contradicts", 3))
    assert sources.links == (("compatible_with", 1), ("contradicts", 2))


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
            "“The guards closed the dam and left the valley,” the mayor said.",
            "The guards closed the dam and left the valley.",
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

    assert [one.text for one in found] == ["Three guards died in the raid.", "Orlo broke the truce."]


def test_verb_joined_by_and_makes_no_claim_of_the_object_before_it() -> None:
    found = _claims("A clerk said that the guards had seen the cracks and did nothing.")

    assert "The cracks and did nothing." not in [one.text for one in found]


def test_what_happened_hours_before_is_a_claim_without_the_hours() -> None:
    found = _claims("The sides agreed to stop, a mediator said, hours after shelling killed five men in Orlo.")

    assert [one.text for one in found][-1] == "Shelling killed five men in Orlo."


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        pytest.param(
            "The mayor said two men were hurt and that the road to Orlo was closed.",
            ["Two men were hurt.", "The road to Orlo was closed."],
            id="joined by and that",
        ),
        pytest.param(
            "Nine men were held and 30 guards were hurt, police said.",
            ["Nine men were held.", "30 guards were hurt."],
            id="joined by and",
        ),
        pytest.param(
            "Nobody has been charged; 14 people are still missing, police said.",
            ["Nobody has been charged.", "14 people are still missing."],
            id="semicolon",
        ),
        pytest.param(
            "Soldiers raided two mills and burned vehicles parked in the yard, police said.",
            ["Soldiers raided two mills and burned vehicles parked in the yard."],
            id="two verbs of one subject stay together",
        ),
    ],
)
def test_each_assertion_of_a_sentence_is_a_claim_of_its_own(text: str, claims: list[str]) -> None:
    found = _claims(text)

    assert [one.text for one in found] == claims


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        pytest.param("The mill was sold, though the union had sued, a clerk said.", "The mill was sold.", id="though"),
        pytest.param(
            "A clerk said the mill was sold, a decision that angered the union.", "The mill was sold.", id="description"
        ),
        pytest.param(
            "The clinic said 90 men had fallen ill, more than half of them from the mill.",
            "90 men had fallen ill.",
            id="share",
        ),
        pytest.param(
            "The mill, which was sold in May, has closed, a clerk said.",
            "The mill, which was sold in May, has closed.",
            id="what stands in the middle stays",
        ),
    ],
)
def test_what_hangs_on_the_end_of_a_clause_is_cut_off(text: str, claim: str) -> None:
    found = _claims(text)

    assert [one.text for one in found] == [claim]


@pytest.mark.parametrize(
    ("text", "claim", "evidence"),
    [
        pytest.param(
            "The bridge fell on Sunday, killing at least two men, the mayor said.",
            "At least two men were killed.",
            "killing at least two men",
            id="effect",
        ),
        pytest.param(
            "The bridge fell on Sunday, leaving 40 families without a road, the mayor said.",
            "40 families were left without a road.",
            "leaving 40 families without a road",
            id="effect with a complement",
        ),
        pytest.param(
            "The union accused the ministry of hiding 40 deaths.",
            "The ministry hid 40 deaths.",
            "the ministry of hiding 40 deaths",
            id="accusation",
        ),
        pytest.param(
            "Organisers put the crowd at 6,000.", "The crowd was 6,000.", "put the crowd at 6,000", id="estimate"
        ),
        pytest.param("The army denied shelling Orlo.", "The army shelled Orlo.", "shelling Orlo", id="denied deed"),
        pytest.param(
            "The union denied any role in the fire.",
            "The union had a role in the fire.",
            "any role in the fire",
            id="denied role",
        ),
    ],
)
def test_words_without_a_finite_verb_are_told_as_a_sentence(text: str, claim: str, evidence: str) -> None:
    told = {one.text: one.evidence.of(text) for one in _claims(text)}

    assert told[claim] == evidence


def test_a_denied_deed_is_false_for_who_denies_it() -> None:
    (claim,) = _claims("The army denied shelling Orlo.")

    assert claim.epistemic == "false_certain"


def test_accusation_of_somebody_unnamed_is_no_claim_of_a_deed() -> None:
    assert "The other fired first." not in [one.text for one in _claims("Each side accused the other of firing first.")]


def test_its_is_replaced_by_who_speaks() -> None:
    (claim,) = _claims("The ministry said its trucks had carried 40 tonnes of flour.")

    assert claim.text == "The ministry's trucks had carried 40 tonnes of flour."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The company said it would appeal against the ruling.", id="what will be done"),
        pytest.param("“Nobody here is happy,” said Anna Holm.", id="a feeling in a quotation"),
        pytest.param("Rain fell on Sunday.\n\nA choir sang.\n\nThe mayor met the envoy in Orlo.", id="author"),
    ],
)
def test_what_does_not_bear_on_the_story_is_no_claim(text: str) -> None:
    assert _claims(text) == ()


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        pytest.param("In 2019 a fire at the mill killed three men.", None, id="year in front"),
        pytest.param("In July 2019 prosecutors searched 20 mills.", None, id="month in front"),
        pytest.param("About 150 of the men blocked the gates.", None, id="about"),
        pytest.param("There were no guards at the gate, police said.", "There were no guards at the gate.", id="there"),
    ],
)
def test_what_stands_before_the_subject_hinders_no_claim(text: str, claim: str | None) -> None:
    (found,) = _claims(text)

    assert found.text == (claim or text)


def test_deed_told_with_a_verb_that_could_attribute_is_the_author_s_claim() -> None:
    (claim,) = _claims("Norden agreed on Monday to buy the mill for $40 million.")

    assert claim.text == "Norden agreed on Monday to buy the mill for $40 million."
    assert claim.claimer == ()


def test_a_claim_of_responsibility_is_told_with_who_claims_it() -> None:
    text = "The Free Hand, a separatist group, claimed responsibility in a message posted on a website."

    (claim,) = [one for one in _claims(text) if one.kind == "responsibility"]

    assert claim.text == "The Free Hand claimed responsibility."
    assert claim.evidence.of(text) == "claimed responsibility"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Greens have ruled out joining the cabinet.", id="what is ruled out was not done"),
        pytest.param("The minister wanted the treaty suspended.", id="what is wanted is not said"),
    ],
)
def test_what_nobody_asserts_is_no_claim(text: str) -> None:
    assert _claims(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The clinic said it was too early to link the two.", id="it stands for what follows"),
        pytest.param("They were adopted on Tuesday, three diplomats said.", id="they stands before who speaks"),
    ],
)
def test_a_pronoun_of_somebody_else_is_not_replaced(text: str) -> None:
    assert _claims(text) == ()


def test_they_is_replaced_by_who_speaks() -> None:
    (claim,) = _claims("Police say they arrested 31 people.")

    assert claim.text == "Police arrested 31 people."


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        pytest.param(
            "The observers said that the count stopped for hours and that in at least 38 towns more votes were cast"
            " than there were voters.",
            ["The count stopped for hours.", "In at least 38 towns more votes were cast than there were voters."],
            id="an aside in front",
        ),
        pytest.param(
            "The monitors said the missile had been fired from a base, and that the raid “killed two men”.",
            ["The missile had been fired from a base.", "The raid “killed two men”."],
            id="a quotation behind the subject",
        ),
        pytest.param(
            "The sides exchanged 19 men on Monday, the first swap since fighting broke out in May, police said.",
            ["The sides exchanged 19 men on Monday."],
            id="a description with a clause",
        ),
        pytest.param(
            "The union accused the mill of having let the road flood.",
            ["The mill had let the road flood."],
            id="having done",
        ),
    ],
)
def test_single_assertions_stand_without_what_is_around_them(text: str, claims: list[str]) -> None:
    assert [one.text for one in _claims(text)] == claims


def test_whose_subject_is_told_by_its_name() -> None:
    found = _claims("Halden fell in Oslo. Its chairman, Ada Lind, holds 11 percent of the company.")

    assert "Ada Lind holds 11 percent of the company." in [one.text for one in found]
