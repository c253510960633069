"""Promises of the attribution rules: who says what, in every order of the parts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmx.document import Document
from llmx.rules.analysis import analyse
from llmx.rules.attribution import FoundAttribution, find_attributions
from llmx.text.span import Span


def _document(text: str, *boilerplate: Span) -> Document:
    return Document(id="d", text=text, boilerplate=boilerplate)


def _found(document: Document) -> tuple[FoundAttribution, ...]:
    return find_attributions(analyse(document), document)


def _words(span: Span | None, text: str) -> str | None:
    return span.of(text) if span else None


ORDERS = [
    pytest.param(
        "The defence ministry said that its forces had left the town of Orlo.",
        ("The defence ministry", "said", ["that its forces had left the town of Orlo"]),
        id="source-cue-content",
    ),
    pytest.param(
        "The ministry said on Tuesday it would close the bridge.",
        ("The ministry", "said", ["it would close the bridge"]),
        id="a clause behind a day",
    ),
    pytest.param(
        "The minister said the bank, which owns the mill, would close it.",
        ("The minister", "said", ["the bank, which owns the mill, would close it"]),
        id="a relative clause in the clause",
    ),
    pytest.param(
        "The bridge is open again, the ministry said on Tuesday.",
        ("the ministry", "said", ["The bridge is open again"]),
        id="content-source-cue",
    ),
    pytest.param(
        "“We will not leave,” said Alda Brook, the mayor of Orlo.",
        ("Alda Brook, the mayor of Orlo", "said", ["“We will not leave,”"]),
        id="content-cue-source",
    ),
    pytest.param(
        "“The bridge,” she said, “is open.”",
        ("she", "said", ["“The bridge,”", "“is open.”"]),
        id="cue within the content",
    ),
    pytest.param(
        "According to the Dorvan ministry, two soldiers were killed.",
        ("the Dorvan ministry", "According to", ["two soldiers were killed"]),
        id="according to, in front",
    ),
    pytest.param(
        "Two soldiers were killed in the raid, according to a hospital official.",
        ("a hospital official", "according to", ["Two soldiers were killed in the raid"]),
        id="according to, behind",
    ),
    pytest.param(
        "Reportedly, the army has left the valley.",
        (None, "Reportedly", ["the army has left the valley"]),
        id="adverb of hearsay",
    ),
    pytest.param(
        "Mayor: Bridge Will Reopen by Friday.",
        ("Mayor", ":", ["Bridge Will Reopen by Friday"]),
        id="headline",
    ),
    pytest.param(
        "As the ministry put it, the town is safe.",
        ("the ministry", "put it", ["the town is safe"]),
        id="clause with as",
    ),
    pytest.param(
        "Various sources have it that the general fled.",
        ("Various sources", "have it", ["that the general fled"]),
        id="cue of several words",
    ),
    pytest.param(
        "The president wants to leave the alliance.",
        ("The president", "wants", ["to leave the alliance"]),
        id="to-infinitive",
    ),
    pytest.param(
        "She wrote:\n\n“The bridge is open.”",
        ("She", "wrote", ["“The bridge is open.”"]),
        id="quotation in the next paragraph",
    ),
    pytest.param(
        "The deal was criticized by the unions.",
        ("the unions", "was criticized", ["The deal"]),
        id="passive",
    ),
    pytest.param(
        "THE DEFENCE MINISTRY SAID THAT ITS TROOPS HAD LEFT THE TOWN OF ORLO.",
        ("THE DEFENCE MINISTRY", "SAID", ["THAT ITS TROOPS HAD LEFT THE TOWN OF ORLO"]),
        id="all capitals",
    ),
    pytest.param(
        "The army said that it had\nkilled ten rebels near the river.",
        ("The army", "said", ["that it had\nkilled ten rebels near the river"]),
        id="hard-wrapped",
    ),
]


@pytest.mark.parametrize(("text", "expected"), ORDERS)
def test_source_cue_and_content_are_found_in_every_order(
    text: str, expected: tuple[str | None, str, list[str]]
) -> None:
    found = _found(_document(text))[0]

    assert (
        _words(found.source, text),
        _words(found.cue, text),
        [part.of(text) for part in found.content],
    ) == expected


def test_a_participle_takes_the_source_of_the_verb_before() -> None:
    text = "The minister denied that troops had crossed the border, adding that the reports were false."

    first, second = _found(_document(text))

    assert _words(first.content[0], text) == "that troops had crossed the border"
    assert _words(second.source, text) == "The minister"
    assert (first.stance, second.stance) == ("denies", "asserts")


def test_a_quotation_of_several_paragraphs_is_one_content() -> None:
    text = "“It was dark.\n\n“Then we heard shots,” Anna Lind recalled. “Everybody ran.”\n\n“Nobody helped us.”"

    (found,) = _found(_document(text))

    assert [part.of(text) for part in found.content] == [
        "“It was dark.",
        "“Then we heard shots,”",
        "“Everybody ran.”",
        "“Nobody helped us.”",
    ]
    assert found.mode == "direct"


def test_an_attribution_in_anothers_content_knows_its_parent() -> None:
    text = "Lind said that the general had denied that his men fired on the crowd."

    outer, inner = _found(_document(text))

    assert (outer.parent, inner.parent) == (None, 0)
    assert _words(inner.source, text) == "the general"


def test_sources_speak_through_their_owner() -> None:
    text = "Radio Orlo's sources in the capital say the general was arrested."

    found = _found(_document(text))[0]

    assert _words(found.source, text) == "Radio Orlo's sources in the capital"
    assert _words(found.via, text) == "Radio Orlo"
    assert found.source_kind == "anonymous_collective"


def test_addressee_medium_and_time_stand_beside_the_content() -> None:
    text = "“We will not leave,” Alda Lind told reporters in an interview on Monday."

    found = _found(_document(text))[0]

    assert [_words(one, text) for one in (found.addressee, found.medium, found.time)] == [
        "reporters",
        "an interview",
        "on Monday",
    ]


def test_hedges_of_the_content_are_kept() -> None:
    text = "Analysts said that the army may have left the town."

    found = _found(_document(text))[0]

    assert [hedge.of(text) for hedge in found.hedges] == ["may"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mix the flour and add the eggs. Stir until the dough is smooth.", id="recipe"),
        pytest.param("Orlo 3-1 Tarn. Lind scored twice as Orlo beat Tarn.", id="sports"),
        pytest.param("Der Minister sagte, dass die Brücke offen ist.", id="another language"),
        pytest.param("The army shelled the town. Rebels attacked the bridge. Ten soldiers were killed.", id="deeds"),
        pytest.param("The bridge is 40 metres long and was built in 1911.", id="plain facts"),
        pytest.param("The company declined to comment on the deal. The owner did not respond.", id="silence"),
        pytest.param("The council could not be reached on Monday.", id="not reached"),
        pytest.param("The agency has delivered 50,000 doses. The firm posted a loss.", id="no words"),
        pytest.param("The governor declared a curfew in three towns.", id="an act"),
        pytest.param("Orlo recalled its ambassador. The president called a meeting.", id="deeds of states"),
        pytest.param("A decision is expected in March. No incidents were reported.", id="bare passive"),
    ],
)
def test_nothing_is_found_where_nobody_speaks(text: str) -> None:
    assert _found(_document(text)) == ()


def test_nothing_is_found_in_boilerplate() -> None:
    text = "The bridge is open. The editor said that comments must be polite. The end is near."
    document = _document(text, Span(20, 65))

    assert _found(document) == ()


def test_a_deed_of_war_is_no_criticism() -> None:
    war = "Troops and rebels fought. Soldiers were killed by artillery. The army attacked the town. "

    found = _found(_document(war))

    assert [one for one in found if one.stance == "criticises"] == []


_PIECES = st.sampled_from(
    [
        "The army",
        " said",
        " that",
        " it",
        "“",
        "”",
        "’",
        "\n",
        "\n\n",
        ", ",
        ". ",
        ": ",
        "to leave",
        " told",
        " Lind",
        "?",
        "'",
        " — ",
        " reportedly ",
        "according to ",
        " was criticized",
        " by ",
        "As ",
        " put",
        "''",
        " refusal of ",
        " adding",
        "• ",
    ]
)


@settings(max_examples=60)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_every_span_lies_in_the_text_and_parts_do_not_overlap(text: str) -> None:
    for one in _found(_document(text)):
        spans = [*one.content, *(span for span in (one.source, one.cue) if span)]

        assert all(span.of(text).strip() for span in spans)
        assert all(a.end <= b.start for a, b in zip(one.content, one.content[1:], strict=False))
        assert not any(one.source and one.source.overlaps(part) for part in one.content)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Its spokesman did not name them.", id="them"),
        pytest.param("The group claimed it.", id="it"),
        pytest.param("The minister denied that.", id="that"),
    ],
)
def test_a_pronoun_alone_is_no_content(text: str) -> None:
    document = Document(id="d", text=text)

    assert find_attributions(analyse(document), document) == ()


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        pytest.param("The mayor said he wanted to avoid a strike.", "wanted", id="wish"),
        pytest.param("The mayor said that the army had reportedly left Orlo.", "reportedly", id="hearsay"),
    ],
)
def test_what_is_wanted_or_rumoured_stands_within_what_is_said(text: str, inner: str) -> None:
    document = Document(id="d", text=text)

    outer, nested = find_attributions(analyse(document), document)

    assert outer.cue is not None
    assert outer.cue.of(text) == "said"
    assert nested.cue is not None
    assert nested.cue.of(text) == inner
    assert nested.parent == 0


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("The military said it had hit the depot.", "The military", id="military"),
        pytest.param("A man who worked on the dam said that it leaked.", "A man", id="relative-clause"),
        pytest.param(
            "Two men have been released unharmed, their lawyer said on Friday.", "their lawyer", id="said-on-a-day"
        ),
        pytest.param(
            "The mill sells to two shops; one of them, the chain Lind, said it had left.",
            "one of them, the chain Lind",
            id="semicolon",
        ),
        pytest.param("The firm, based in Orlo, blamed high prices.", "The firm", id="participle"),
    ],
)
def test_the_source_is_who_speaks(text: str, source: str) -> None:
    document = Document(id="d", text=text)

    found = find_attributions(analyse(document), document)

    assert [one.source.of(text) for one in found if one.source] == [source]


SPEAKERS = [
    pytest.param("The company, Brandt Mills, denied that it had known.", "named_organisation", id="company by name"),
    pytest.param(
        "The owner, Brandt Star Lines, denied that it had known.", "named_organisation", id="firm by its name"
    ),
    pytest.param("Two people familiar with the plan said that he left.", "anonymous_collective", id="adjective behind"),
    pytest.param("The coast guard said that the ferry sank.", "government", id="guard of the state"),
    pytest.param("A prison guard said that the door was open.", "anonymous_person", id="guard who is a person"),
    pytest.param("The daily Morning Gale said that the road was shut.", "news_outlet", id="newspaper by name"),
    pytest.param("His lawyer, Ada Lind, said that he would appeal.", "named_person", id="person by name"),
    pytest.param("The mayor of Orlo, Ada Lind, said that the road was shut.", "named_person", id="official by name"),
    pytest.param("The mayor said that the road was shut.", "unnamed_official", id="official without a name"),
    pytest.param("A union leader said that the talks had failed.", "anonymous_person", id="leader of a union"),
    pytest.param(
        "A spokesman for the company said that the road was shut.", "anonymous_person", id="spokesman of a company"
    ),
    pytest.param("The prosecutor's office said that he had fled.", "government", id="office of the state"),
    pytest.param("The weather service said that rain was near.", "government", id="service of the state"),
    pytest.param("The Brandt relief office said that rain was near.", "named_organisation", id="office with a name"),
    pytest.param("The regional health board said that 700 nurses had left.", "government", id="board of the state"),
    pytest.param("The hospital said that it needed blood.", "anonymous_collective", id="organisation without a name"),
    pytest.param("Orria said that it would send Orrian ships.", "government", id="land known by its people"),
    pytest.param("UNICEF said that it would train nurses.", "named_organisation", id="initials"),
    pytest.param("A pastor in Orlo, Bruno Kalt, said that he was ill.", "named_person", id="name behind a place"),
    pytest.param("The Red Cross said that rain was near.", "named_organisation", id="organisation by its last word"),
    pytest.param("Russia, which signed the deal, said that it would hold.", "government", id="country at the start"),
]


@pytest.mark.parametrize(("text", "kind"), SPEAKERS)
def test_head_noun_and_apposition_tell_the_kind_of_source(text: str, kind: str) -> None:
    found = _found(_document(text))[0]

    assert found.source_kind == kind


def test_source_in_two_parts_tells_those_who_stand_behind_its_verb() -> None:
    text = "Divers had reached the wreck by noon but had found nobody, the harbour master, Ada Lind, told reporters."

    found = _found(_document(text))[0]

    assert (_words(found.source, text), _words(found.cue, text)) == ("the harbour master, Ada Lind", "told")
    assert found.content[0].of(text) == "Divers had reached the wreck by noon but had found nobody"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Several hundred relatives protested outside the gates.", id="outside"),
        pytest.param("Thousands of nurses marched through the capital.", id="through"),
    ],
)
def test_place_behind_a_cue_is_no_content(text: str) -> None:
    assert _found(_document(text)) == ()


def test_what_is_not_known_is_nobodys_belief() -> None:
    assert _found(_document("The cause of the fire was not immediately known.")) == ()


def test_those_who_are_told_are_no_part_of_the_clause_behind_them() -> None:
    text = "Her lawyer told reporters the sentence was harsh."

    found = _found(_document(text))[0]

    assert [part.of(text) for part in found.content] == ["the sentence was harsh"]
    assert _words(found.addressee, text) == "reporters"


ESTIMATES = [
    pytest.param("The fire brigade put the toll at 17.", ["the toll", "17"], id="toll"),
    pytest.param("A nurse put the number of dead at 19 and left.", ["the number of dead", "19"], id="number of dead"),
    pytest.param("The brigade put the fire out at 17 mills.", [], id="another put"),
]


@pytest.mark.parametrize(("text", "content"), ESTIMATES)
def test_number_put_on_something_is_said_by_who_puts_it(text: str, content: list[str]) -> None:
    assert [part.of(text) for one in _found(_document(text)) for part in one.content] == content


def test_the_next_thing_that_somebody_says_is_a_content_of_its_own() -> None:
    text = "The army denied that Orlo had fallen and said its men had left."

    found = _found(_document(text))

    assert [(_words(one.cue, text), one.content[0].of(text)) for one in found] == [
        ("denied", "that Orlo had fallen"),
        ("said", "its men had left"),
    ]
