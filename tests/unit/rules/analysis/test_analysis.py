"""Promises of the analysis: tokens, quotations and phrases with exact places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.document import Document
from llmx.rules.analysis import NONE, Analysis, analyse
from llmx.text.span import Span


def _analysed(text: str, *, boilerplate: tuple[Span, ...] = ()) -> Analysis:
    return analyse(Document(id="d", text=text, boilerplate=boilerplate))


@given(st.text(alphabet="aB.,\"“”‘’' \n-s1é", max_size=60))
def test_every_token_slices_to_its_word_and_follows_the_one_before(text: str) -> None:
    analysis = _analysed(text)

    assert [text[s:e] for s, e in zip(analysis.starts, analysis.ends, strict=True)] == list(analysis.words)
    assert all(end <= start for end, start in zip(analysis.ends, analysis.starts[1:], strict=False))
    assert sum(one.last - one.first for one in analysis.sentences) == len(analysis)


def test_boilerplate_has_no_tokens() -> None:
    text = "Troops left. SHARE THIS. They said so."

    analysis = _analysed(text, boilerplate=(Span(13, 24),))

    assert "SHARE" not in analysis.words
    assert len(analysis.sentences) == 2


def test_an_abbreviated_title_ends_no_sentence() -> None:
    analysis = _analysed("Rebels met Sen. Alda Brook. He left.")

    assert [analysis.words[one.first] for one in analysis.sentences] == ["Rebels", "He"]


def test_a_hard_wrap_ends_no_sentence() -> None:
    analysis = _analysed("The ministry said on Monday that its\nforces had left the town.")

    assert len(analysis.sentences) == 1


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param("“We left,” he said.", ["“We left,”"], id="curly"),
        pytest.param('"We left," he said. "All of us."', ['"We left,"', '"All of us."'], id="straight"),
        pytest.param("“We left.\n\n“All of us,” he said.", ["“We left.", "“All of us,”"], id="paragraphs"),
        pytest.param(
            "“It has ‘soft power’ here,” he said.", ["“It has ‘soft power’ here,”", "‘soft power’"], id="nested"
        ),
        pytest.param("The rebels' leader said the rebels’ men left.", [], id="apostrophes"),
    ],
)
def test_quotations_pair_their_marks(text: str, quoted: list[str]) -> None:
    analysis = _analysed(text)

    assert [one.span.of(text) for one in analysis.quotations] == quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Two men were killed there.", ("kill", "finite", "passive"), id="passive"),
        pytest.param("The army did not deny it.", ("deny", "finite", "negated"), id="negated"),
        pytest.param("To leave is hard.", ("leave", "infinitive", ""), id="infinitive"),
        pytest.param("They had planned it.", ("plan", "finite", ""), id="perfect"),
        pytest.param("The plan was a mistake.", ("be", "finite", ""), id="noun that could be a verb"),
    ],
)
def test_verb_groups_hold_main_verb_and_auxiliaries(text: str, expected: tuple[str, str, str]) -> None:
    group = _analysed(text).verb_groups[0]

    assert (group.lemma, group.form, "passive" * group.passive + "negated" * group.negated) == expected


def test_noun_phrases_keep_their_determiner_and_owner() -> None:
    analysis = _analysed("The Dorvan army’s two spokesmen met reporters.")

    phrases = [analysis.span(one.first, one.last).of(analysis.text) for one in analysis.noun_phrases]

    assert phrases == ["The Dorvan army’s two spokesmen", "reporters"]


def test_tokens_outside_quotations_are_marked_so() -> None:
    analysis = _analysed("He said “we left” twice.")

    outside = [word for word, quotation in zip(analysis.words, analysis.quotation_of, strict=True) if quotation == NONE]

    assert outside == ["He", "said", "twice", "."]
