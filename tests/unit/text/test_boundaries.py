"""A span cuts a word, or it does not."""

from __future__ import annotations

import pytest

from llmx.text.boundaries import cuts_word
from llmx.text.locate import locate


@pytest.mark.parametrize(
    "marked",
    [
        "t|he", "don|'t", "do|n't", "Hay|’at", "O'|Brien", "1|,204", "3|.5", "11|:30", "5|th", "3|m", "S|400",
        "三|十", "プー|チン", "1|30人", "서|울", "so|\xadft", "gov|-\nern", "gov-|\nern", "e|\u0301",
        "on -|5 or", "30|\u202f000", "👩|\u200d👧", "-|5", "to\n-|5 or",
        "re\u0301|el", "e\u0301|\u200bs", "Ige\u0301'|an", "हि|न्दी", "5|'inci", "U|.S.", "U.|S.", 'ק|"מ', 'ק"|מ',
        "gesch|&auml;tzt", "gesch&auml;|tzt", "Deri&#82|17;s", "Deri&|#8217;s", "hospi-\n|tal", "hospi-\r\n|tal",
    ],
    ids=ascii,
)  # fmt: skip
def test_cut_within_a_word_is_seen(marked: str) -> None:
    assert cuts_word(marked.replace("|", ""), marked.index("|"))


@pytest.mark.parametrize(
    "marked",
    [
        "he| left", "he|'s", "Syria|’s", "l'|armée", "30|-year", "7|km", "同|意", "プーチン|大", "130|人",
        "서울|에서", "Ankara|'da", "$|50", "50|%", "6|-8", "air|-strike",
        "|he", "he|", "says|.", "of 2015|, 2016", "3|.", "on |-5", "Ilıca|’nın", "12|'si", "Ko\u0308y|'u\u0308n",
        'ה"|שבת', "AT|&amp;T", "U.S|.", "he said\n|that", "Qasra –\n|the", ".\u0301|a", "4|&nbsp;men",
    ],
    ids=ascii,
)  # fmt: skip
def test_cut_between_words_is_allowed(marked: str) -> None:
    assert not cuts_word(marked.replace("|", ""), marked.index("|"))


def test_ending_behind_an_apostrophe_in_chinese_is_located_by_its_own_words() -> None:
    text = "国防's部"
    quote = "😀's'😀"

    match = locate(quote, text)

    assert match.span is not None
    assert locate(match.span.of(text), text).span == match.span
