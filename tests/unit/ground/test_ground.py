"""Grounding: what stands comes out cited; what does not is rejected, alone and by name."""

from typing import Any

import pytest
from citing import assert_all_cited, assert_cited
from pydantic import BaseModel

from llmx.document import Article, Document
from llmx.errors import SchemaError
from llmx.ground.ground import Grounded, ground
from llmx.result import Reason, Rejection
from llmx.schema.citation import Citation, Cited, MatchKind
from llmx.schema.news import NewsReport

TEXT = (
    "At least 50 soldiers were killed near Dorvan on Monday, the minister said. "
    "“We will not retreat,” he said. The opposition said 30 died. He said no more.\n\n"
    "ALSO READ: Ten killed in blast at market\n\n"
    "The minister flew home."
)


def document(text: str = TEXT) -> Document:
    return Document.from_article(Article(text=text, published="2024-03-06"))


def event(**fields: Any) -> dict[str, Any]:
    return {
        "id": "e1",
        "type": "attack",
        "trigger": "1|killed",
        "evidence": ["1|At least 50 soldiers were killed near Dorvan on Monday"],
        "modality": "reported",
        "asserted_by": ["a1"],
        **fields,
    }


def minister(**fields: Any) -> dict[str, Any]:
    return {
        "id": "a1",
        "source": "1|the minister",
        "cue": "1|said",
        "content": ["1|At least 50 soldiers were killed near Dorvan on Monday"],
        **fields,
    }


def report_of(grounded: Grounded) -> NewsReport:
    assert isinstance(grounded.report, NewsReport)
    return grounded.report


def rejected(grounded: Grounded) -> dict[str, Rejection]:
    return {rejection.path: rejection for rejection in grounded.rejections}


def test_quote_that_stands_in_the_article_becomes_a_citation_that_slices_to_it() -> None:
    grounded = ground({"attributions": [minister()]}, NewsReport, document())

    attribution = report_of(grounded).attributions[0]
    assert_cited(document(), attribution.source)
    assert attribution.content[0].start == 0
    assert grounded.rejections == ()


def test_wrong_sentence_number_does_not_reject_words_that_stand_once() -> None:
    grounded = ground({"attributions": [minister(content=["4|At least 50 soldiers"])]}, NewsReport, document())

    assert report_of(grounded).attributions[0].content[0].quote == "At least 50 soldiers"


def test_sentence_number_decides_between_repeated_words() -> None:
    draft = {"attributions": [minister(source="4|He", cue="4|said", content=["4|no more"])]}

    cue = report_of(ground(draft, NewsReport, document())).attributions[0].cue

    assert cue is not None
    assert cue.start == TEXT.index("said no more")
    assert not cue.ambiguous


def test_neighbouring_quotes_of_the_record_decide_where_no_number_is_given() -> None:
    draft = {"attributions": [minister(source="he", cue="said", content=["We will not retreat"])]}

    attribution = report_of(ground(draft, NewsReport, document())).attributions[0]

    assert attribution.cue is not None
    assert attribution.cue.start == TEXT.index("said. The opposition")


def test_speaker_is_looked_for_outside_what_is_said() -> None:
    text = "When the road was shut, she denied that she had known of it, and left."
    spoken = {"id": "a1", "source": "1|she", "cue": "1|denied", "content": ["1|that she had known of it"]}

    grounded = ground({"attributions": [spoken]}, NewsReport, document(text))

    source = report_of(grounded).attributions[0].source
    assert source is not None
    assert source.start == text.index("she denied")


def test_repeated_words_without_any_hint_say_that_they_are_ambiguous() -> None:
    draft = {"entities": [{"id": "n1", "mentions": ["said"]}]}

    mention = next(iter(ground(draft, BareReport, document()).report.model_dump()["entities"]))

    assert mention["mentions"][0]["ambiguous"] is True


class BareEntity(BaseModel):
    id: str
    mentions: tuple[Citation, ...]


class BareReport(BaseModel):
    entities: tuple[BareEntity, ...]


def test_lost_optional_field_becomes_empty_and_the_rest_stays() -> None:
    grounded = ground({"attributions": [minister(addressee="reporters in Paris")]}, NewsReport, document())

    assert report_of(grounded).attributions[0].addressee is None
    assert rejected(grounded)["attributions[0].addressee"].reason is Reason.MISSING_QUOTE
    assert rejected(grounded)["attributions[0].addressee"].quote == "reporters in Paris"


def test_lost_list_item_goes_alone_and_the_others_keep_their_numbers_in_rejections() -> None:
    mentions = ["a stranger", "1|the minister", "another stranger"]
    entity = {"id": "n1", "name": "the minister", "kind": "person", "mentions": mentions}

    grounded = ground({"entities": [entity]}, NewsReport, document())

    assert [mention.quote for mention in report_of(grounded).entities[0].mentions] == ["the minister"]
    assert sorted(rejected(grounded)) == ["entities[0].mentions[0]", "entities[0].mentions[2]"]


def test_record_goes_when_a_required_field_of_it_goes() -> None:
    grounded = ground({"events": [event(trigger="slaughtered", asserted_by=["document"])]}, NewsReport, document())

    assert report_of(grounded).events == ()
    assert rejected(grounded)["events[0].trigger"].reason is Reason.MISSING_QUOTE
    assert rejected(grounded)["events[0]"].reason is Reason.LOST_PART


def test_absent_required_field_is_named() -> None:
    draft = minister()
    del draft["content"]

    grounded = ground({"attributions": [draft]}, NewsReport, document())

    assert rejected(grounded)["attributions[0]"].reason is Reason.MISSING_FIELD
    assert "content" in rejected(grounded)["attributions[0]"].detail


def test_value_of_the_wrong_kind_is_rejected_alone() -> None:
    grounded = ground({"attributions": [minister(mode="shouted")]}, NewsReport, document())

    assert report_of(grounded).attributions[0].mode == "indirect"
    assert rejected(grounded)["attributions[0].mode"].reason is Reason.INVALID_VALUE


def test_one_bad_value_in_a_list_goes_alone() -> None:
    entity = {"id": "n1", "name": "the minister", "aliases": ["minister", 7], "mentions": ["1|the minister"]}

    grounded = ground({"entities": [entity]}, NewsReport, document())

    assert report_of(grounded).entities[0].aliases == ("minister",)
    assert rejected(grounded)["entities[0].aliases[1]"].value == 7


def test_number_that_its_quote_does_not_give_takes_the_count_with_it() -> None:
    counts = [{"of": "killed", "low": 40, "qualifier": "at_least", "said_by": "a1", "cite": "1|At least 50 soldiers"}]

    grounded = ground({"events": [event(counts=counts)], "attributions": [minister()]}, NewsReport, document())

    assert report_of(grounded).events[0].counts == ()
    found = rejected(grounded)["events[0].counts[0].low"]
    assert (found.reason, found.value, found.quote) == (Reason.NUMBER_MISMATCH, 40, "At least 50 soldiers")


def test_sentence_number_that_points_into_boilerplate_yields_to_a_place_outside() -> None:
    text = "Ten were killed in a blast.\n\nALSO READ: Ten killed in blast at market\n\nThe minister flew home."
    told = {"attributions": [minister(source="2|Ten", cue=None, content=["1|were killed in a blast"])]}

    grounded = ground(told, NewsReport, document(text))

    source = report_of(grounded).attributions[0].source
    assert source is not None
    assert source.start == 0


def test_words_from_boilerplate_are_no_evidence() -> None:
    draft = {"events": [event(trigger="blast", evidence=["Ten killed in blast at market"], asserted_by=["document"])]}

    grounded = ground(draft, NewsReport, document())

    assert report_of(grounded).events == ()
    assert rejected(grounded)["events[0].trigger"].reason is Reason.BOILERPLATE


def test_reference_to_a_record_that_is_not_there_is_taken_out() -> None:
    grounded = ground({"attributions": [minister(parent="a7")]}, NewsReport, document())

    assert report_of(grounded).attributions[0].parent is None
    assert rejected(grounded)["attributions[0].parent"].reason is Reason.DANGLING_REFERENCE


def test_count_whose_source_fell_does_not_become_the_document_s_own() -> None:
    counts = [{"of": "killed", "low": 50, "qualifier": "at_least", "said_by": "a1", "cite": "1|At least 50 soldiers"}]
    draft = {"events": [event(counts=counts)], "attributions": [minister(content=["nobody died"])]}

    grounded = ground(draft, NewsReport, document())

    assert report_of(grounded).events[0].counts == ()
    assert report_of(grounded).events[0].asserted_by == ()
    assert rejected(grounded)["events[0].counts[0]"].reason is Reason.DANGLING_REFERENCE


def test_chain_of_parents_that_comes_back_is_cut() -> None:
    second = minister(id="a2", source="2|he", cue="2|said", content=["We will not retreat"], parent="a1")

    grounded = ground({"attributions": [minister(parent="a2"), second]}, NewsReport, document())

    reasons = [rejection.reason for rejection in grounded.rejections if rejection.path.endswith("parent")]
    assert Reason.CYCLE in reasons


def test_second_record_of_one_id_is_rejected() -> None:
    grounded = ground({"attributions": [minister(), minister(source=None)]}, NewsReport, document())

    assert len(report_of(grounded).attributions) == 1
    assert rejected(grounded)["attributions[1]"].reason is Reason.DUPLICATE_ID


def test_unknown_field_is_rejected_by_name() -> None:
    grounded = ground({"attributions": [minister(mood="angry")], "weather": "fine"}, NewsReport, document())

    assert rejected(grounded)["attributions[0].mood"].reason is Reason.UNKNOWN_FIELD
    assert rejected(grounded)["weather"].value == "fine"


def test_flagged_value_stays_and_says_so() -> None:
    counts = [{"of": "killed", "low": 40, "qualifier": "at_least", "said_by": "a1", "cite": "1|At least 50 soldiers"}]
    draft = {"events": [event(counts=counts)], "attributions": [minister()]}

    grounded = ground(draft, NewsReport, document(), on_unsupported="flag")

    assert report_of(grounded).events[0].counts[0].low == 40
    assert rejected(grounded)["events[0].counts[0].low"].action == "flagged"
    assert rejected(grounded)["events[0].counts[0].low"].path_published == "events[0].counts[0].low"


def test_words_that_do_not_stand_in_the_article_are_dropped_even_where_values_are_flagged() -> None:
    grounded = ground(
        {"attributions": [minister(content=["nobody died"])]}, NewsReport, document(), on_unsupported="flag"
    )

    assert report_of(grounded).attributions == ()


def test_elided_quote_in_a_list_gives_one_citation_a_part() -> None:
    draft = {"attributions": [minister(content=["At least 50 soldiers … on Monday"])]}

    content = report_of(ground(draft, NewsReport, document())).attributions[0].content

    assert [part.quote for part in content] == ["At least 50 soldiers", "on Monday"]
    assert {part.match for part in content} == {MatchKind.ELIDED}


class Recall(BaseModel):
    """A report class of a user's own."""

    product: Cited[str]
    units: Cited[int] | None = None


def test_report_class_of_the_user_goes_the_same_way() -> None:
    text = "Dorvan Foods is recalling 1,200 jars of honey. Dorvan Foods apologised."
    draft = {"product": {"value": "honey", "cite": "honey"}, "units": {"value": 1300, "cite": "1,200 jars"}}

    grounded = ground(draft, Recall, document(text))

    assert isinstance(grounded.report, Recall)
    assert_cited(document(text), grounded.report.product.cite)
    assert grounded.report.units is None


class Uncited(BaseModel):
    product: Cited[str]
    mood: str


class Nothing(BaseModel):
    pass


@pytest.mark.parametrize(
    ("schema", "named"), [(Uncited, "Uncited.mood"), (Nothing, "no citation")], ids=["value", "empty"]
)
def test_report_class_with_uncited_fields_is_refused_by_name(schema: type[BaseModel], named: str) -> None:
    with pytest.raises(SchemaError, match=named):
        ground({}, schema, document())


def test_no_citation_escapes_its_quote_whatever_the_draft_holds() -> None:
    draft = {
        "entities": [{"id": "n1", "name": "Ten", "mentions": ["minister", "Ten killed", "…", "", "0|", "he"]}],
        "events": [event(evidence=["At least 50 … the minister said", "30 died"], participants=[{"role": "victim"}])],
        "attributions": [minister(content="At least 50 soldiers"), "nonsense", None, 3],
    }

    grounded = ground(draft, NewsReport, document())

    assert_all_cited(document(), grounded.report)


@pytest.mark.parametrize(
    ("fields", "mode", "stance"),
    [
        ({"source": "2|he", "cue": "2|said", "content": ["2|“We will not retreat,”"]}, "direct", "asserts"),
        ({"source": "1|the minister", "cue": "1|said", "content": ["1|At least 50 soldiers"]}, "indirect", "asserts"),
    ],
    ids=["in quotation marks", "outside"],
)
def test_mode_and_stance_left_out_are_read_off_the_words(fields: dict[str, Any], mode: str, stance: str) -> None:
    grounded = ground({"attributions": [{"id": "a1", **fields}]}, NewsReport, document())

    attribution = report_of(grounded).attributions[0]
    assert (attribution.mode, attribution.stance) == (mode, stance)
    assert grounded.rejections == ()


def test_rejected_mode_is_replaced_by_the_one_the_words_show_and_stays_rejected() -> None:
    draft = minister(source="2|he", cue="2|said", content=["2|“We will not retreat,”"], mode="indirect")

    grounded = ground({"attributions": [draft]}, NewsReport, document())

    assert report_of(grounded).attributions[0].mode == "direct"
    assert rejected(grounded)["attributions[0].mode"].reason is Reason.MODE_MISMATCH
