"""Promises of the lists of cues, verbs and loaded words: every entry has its shape."""

from typing import get_args

from llmx.lexicon.cues import cues
from llmx.lexicon.function_words import CLOSED, TAGS
from llmx.lexicon.table import read_rows, words
from llmx.lexicon.verbs import Reading, verb_forms
from llmx.schema.terms import Stance


def test_every_cue_has_a_stance_of_the_schema_and_counts_that_fit() -> None:
    assert all(cue.stance in get_args(Stance) for cue in cues().values())
    assert all(0 <= cue.real <= cue.seen for cue in cues().values())
    assert all(lemma == lemma.strip().lower() for lemma, _ in cues())


def test_a_cue_seen_seldom_has_no_reliability() -> None:
    assert all((cue.reliability is None) == (cue.seen < 5) for cue in cues().values())


def test_verbs_of_speaking_are_reliable_and_deeds_are_not() -> None:
    assert (cues()["say", "verb"].reliability or 0) > 0.6
    assert cues()["allow", "verb"].ambiguous


def test_every_verb_form_has_a_kind_and_every_verb_of_the_cues_is_known() -> None:
    forms = verb_forms()

    assert all(form.kinds and set(form.kinds) <= set("bsdng") for form in forms.values())
    assert all(isinstance(form.reading, Reading) for form in forms.values())
    assert [lemma for lemma, part in cues() if part == "verb" and lemma not in forms] == []


def test_function_words_have_tags_of_the_table() -> None:
    assert set(CLOSED.values()) <= set(TAGS)


def test_lists_of_loaded_words_and_sources_hold_plain_lower_case_words() -> None:
    rows = [*read_rows("loaded.tsv", columns=2), *read_rows("source_nouns.tsv", columns=2)]

    assert all(word == word.lower() for _, cell in rows for word in words(cell))
