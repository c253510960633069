"""Folding makes one form of what is read alike, and remembers where it came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmx.text.fold import fold

ODD = st.text(
    alphabet=st.sampled_from(
        "aAiIıİsßſΣσςéÉe\u0301\u0307\u200d\u200b\xad\n\r -–—\"“”'’&;#amplt39ﬁ…½２Ⅳﾞｶ각\u1100\u1161\x00\u064e\u0640"
    )
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        pytest.param("Two  words\n\nhere", "two words here", id="white-space"),
        pytest.param("“quoted” ‘text’ «ici»", '"quoted" \'text\' "ici"', id="quote-marks"),
        pytest.param("a – b — c ‑ d -- e", "a - b - c - d - e", id="dashes"),
        pytest.param("govern-\nment", "government", id="hyphenated-line-end"),
        pytest.param("Belmar-\nBased", "belmar-based", id="hyphen-before-a-capital"),
        pytest.param("so\xadft ze\u200bro", "soft zero", id="invisible"),
        pytest.param("cafe\u0301", "caf\u00e9", id="decomposed"),
        pytest.param("ﬁnal oﬀer", "final offer", id="ligatures"),
        pytest.param("İSTANBUL ısı", "istanbul isi", id="turkish"),
        pytest.param("STRASSE Straße", "strasse strasse", id="sharp-s"),
        pytest.param("ΣΕΙΣΜΟΣ σεισμός", "σεισμοσ σεισμόσ", id="sigma"),
        pytest.param("AT&amp;T&nbsp;caf&eacute; &amp;lt;", "at&t café <", id="entities"),
        pytest.param("قُتِلَ عـــدد", "قتل عدد", id="arabic-marks"),
        pytest.param("שָׁלוֹם", "שלום", id="hebrew-points"),
        pytest.param("１２％，ＡＢＣ。", "12%,abc.", id="full-width"),
        pytest.param("٣٠", "30", id="arabic-digits"),
        pytest.param("30\u202f000", "30'000", id="grouping-space"),
        pytest.param("10² ½", "10² ½", id="small-digits-are-kept"),
    ],
)
def test_what_is_read_alike_folds_to_one_form(written: str, folded: str) -> None:
    assert fold(written).text == folded


@pytest.mark.parametrize(
    "text",
    ["&ampß;", "&rſquo;", "&NTILDE;", "&amp;NTILDE;", "&ampere;", "&ltｇt\u037e", "&a-\nmp;x", "&am\xad\np;x"],
    ids=ascii,
)
def test_what_only_looks_like_an_entity_folds_once_and_for_all(text: str) -> None:
    once = fold(text).text

    assert fold(once).text == once


@given(ODD)
def test_folding_is_idempotent(text: str) -> None:
    once = fold(text).text

    assert fold(once).text == once


@given(ODD)
def test_offset_map_never_decreases_and_stays_within_the_source(text: str) -> None:
    folded = fold(text)

    offsets = list(folded.offsets)

    assert len(offsets) == len(folded.text)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@given(st.text(max_size=60))
def test_any_text_folds_alike_in_both_normal_forms(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)

    assert fold(composed).text.split() == fold(decomposed).text.split()


def test_span_of_a_folded_part_holds_all_that_was_folded_into_it() -> None:
    folded = fold("The cafe\u0301\u200b closed.")

    span = folded.span(4, 8)

    assert span.of(folded.source) == "cafe\u0301"


@pytest.mark.parametrize(
    ("text", "start", "end", "part"),
    [
        pytest.param("daß… gut", 0, 4, "daß", id="two-that-unfold-side-by-side"),
        pytest.param("ß…ß", 0, 2, "ß", id="first-of-three"),
        pytest.param("oﬀer", 1, 2, "ﬀ", id="part-of-a-sign"),
    ],
)
def test_span_of_what_unfolds_is_the_whole_sign_and_no_more(text: str, start: int, end: int, part: str) -> None:
    assert fold(text).span(start, end).of(text) == part


def test_offsets_are_read_like_a_sequence() -> None:
    offsets = fold("a  b").offsets

    assert (offsets[0], offsets[-1], offsets[0:3]) == (0, 3, [0, 1, 3])
