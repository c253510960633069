"""A quote that says something else than the text is refused, with both sides."""

from __future__ import annotations

import pytest

from llmx.text.locate import locate
from llmx.text.refusal import Refusal
from llmx.text.span import Span

TEXT = (
    "At least 34 people were killed on Tuesday near Belmar, 85 kilometres from Lurin, "
    "the spokesman, Anton Veleski, said. "
    "The army did not confirm the raid, which was reportedly flown by four jets. Nobody was arrested in May of 2021. "
    "Prices rose from 5 to 10 percent, and $2.4 million was spent.\n\nRELATED: Border reopens\n\nThe talks may fail."
)


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        pytest.param("At least 43 people were killed", "number-mismatch", id="number-changed"),
        pytest.param("At least people were killed on Tuesday", "number-mismatch", id="number-dropped"),
        pytest.param("flown by four new jets. Nobody", "missing-quote", id="word-added"),
        pytest.param("34 people were killed on Thursday near", "date-mismatch", id="weekday-changed"),
        pytest.param("was arrested in May of 2020", "date-mismatch", id="year-changed"),
        pytest.param("was arrested in June of 2021", "date-mismatch", id="month-changed"),
        pytest.param("85 miles from Lurin", "unit-mismatch", id="unit-changed"),
        pytest.param("and €2.4 million was spent", "unit-mismatch", id="currency-changed"),
        pytest.param("the spokesman, Anton Petrov, said", "name-mismatch", id="name-changed"),
        pytest.param("the spokesman, Veleski, said", "name-mismatch", id="name-dropped"),
        pytest.param("the spokesman, Anton Veleksi, said", "name-mismatch", id="slip-in-a-name"),
        pytest.param("the spokesman, Аnton Veleski, said", "name-mismatch", id="homoglyph-in-a-name"),
        pytest.param("The army did confirm the raid", "negation-mismatch", id="negation-dropped"),
        pytest.param("people were not killed on Tuesday", "negation-mismatch", id="negation-added"),
        pytest.param("Somebody was arrested in May", "negation-mismatch", id="negation-changed"),
        pytest.param("which was flown by four jets", "hedge-mismatch", id="hedge-dropped"),
        pytest.param("which was allegedly flown by four", "hedge-mismatch", id="hedge-changed"),
        pytest.param("The talks will fail", "hedge-mismatch", id="modal-changed"),
        pytest.param("At most 34 people were killed", "number-mismatch", id="comparator-changed"),
        pytest.param("rose from 5 10 percent", "missing-quote", id="range-broken"),
        pytest.param("killed 34 people at least", "missing-quote", id="other-order"),
        pytest.param("a raid left dozens of dead in the harbour", "missing-quote", id="paraphrase"),
        pytest.param("$2.4 million was spent. The talks may fail", "missing-quote", id="stitched-over-boilerplate"),
        pytest.param("The talks may fail … 34 people were killed", "missing-quote", id="elision-reversed"),
        pytest.param("The army did … confirm the raid", "negation-mismatch", id="elision-hides-a-negation"),
        pytest.param("eople were killed", "missing-quote", id="cut-word"),
        pytest.param("4 people were killed on", "number-mismatch", id="cut-number"),
        pytest.param("", "missing-quote", id="empty"),
        pytest.param("…!", "missing-quote", id="no-words"),
    ],
)
def test_quote_that_says_something_else_is_refused_with_its_reason(quote: str, reason: str) -> None:
    match = locate(quote, TEXT)

    assert match.span is None
    assert match.reason == reason
    assert match.detail.startswith(reason)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("n’avait été rénové", "Le toit n’avait pas été rénové depuis dix ans.", id="french-negation"),
        pytest.param("depuis six ans", "Le toit n’avait pas été rénové depuis dix ans.", id="french-number"),
        pytest.param("hat Warnungen ernst genommen", "Sie hat Warnungen nicht ernst genommen.", id="german-negation"),
        pytest.param(
            "die Stadt würde geräumt", "Am Abend ist die Stadt wurde geräumt und nicht der Ort", id="german-mood"
        ),
        pytest.param("bir kanıt var", "dair bir kanıt yok", id="turkish-negation"),
        pytest.param("19 kişi öldü", "en az 91 kişi öldü", id="turkish-number"),
        pytest.param("мы знаем об этом", "мы не знаем об этом", id="russian-negation"),
        pytest.param("5 июля", "взрыв 5 июня", id="russian-month"),
        pytest.param("القوات تعمل هناك", "إن القوات لم تعمل هناك", id="arabic-negation"),
        pytest.param("قُتل 21 جنديًا", "قُتل 12 جنديًا", id="arabic-number"),
        pytest.param("המפעל נבדק השנה", "המפעל לא נבדק השנה", id="hebrew-negation"),
        pytest.param("ביום שישי בעיר", "ביום שלישי בעיר", id="hebrew-weekday"),
        pytest.param("军队周二在城市上空行动", "军队周二没有在城市上空行动", id="chinese-negation"),
        pytest.param("十名士兵", "三十名士兵丧生", id="chinese-number-cut"),
        pytest.param("作戦を行ったと述べた", "作戦を行わなかったと述べた", id="japanese-negation"),
        pytest.param("インド", "インドネシアに送った", id="japanese-name-cut"),
        pytest.param("paid  $3", "They paid $3m in fees", id="english-amount-cut"),
    ],
)
def test_meaning_is_guarded_in_every_language(quote: str, text: str) -> None:
    match = locate(quote, text)

    assert match.span is None


def test_refusal_names_both_sides_and_the_place() -> None:
    match = locate("At least 43 people were killed", TEXT)

    assert match.detail == "number-mismatch: quote 43, text 34 at 9:11"
    assert match.nearest is not None
    assert match.nearest.of(TEXT) == "At least 34 people were killed"


def test_word_in_capitals_is_not_the_small_word() -> None:
    match = locate("US", "He told us about it.")

    assert match.span is None


def test_stitched_quote_is_located_when_it_says_so() -> None:
    match = locate("million was spent. … The talks may fail", TEXT)

    assert match.how == "elided"


def test_part_of_an_elided_quote_that_has_no_words_is_left_out() -> None:
    match = locate("the raid … \u0640 … six people", "They said that the raid killed six people.")

    assert match.parts == (Span(15, 23), Span(31, 41))


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        pytest.param("The firm … paid 40 million", Refusal.HEDGE, id="hedge"),
        pytest.param("it … sell the mill", Refusal.HEDGE, id="modal"),
        pytest.param("Shares fell … 2 per cent", Refusal.NUMBER, id="comparator"),
        pytest.param("were cut … forty jobs", Refusal.NUMBER, id="comparator-before-a-number-in-words"),
    ],
)
def test_mark_that_leaves_out_a_hedge_or_a_comparator_is_refused(quote: str, reason: Refusal) -> None:
    text = (
        "The firm reportedly paid 40 million and said it may sell the mill. Shares fell by less than 2 per cent "
        "after wages were cut and nearly forty jobs went."
    )

    match = locate(quote, text)

    assert match.reason == reason


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("The firm … said it may sell", id="hedge-within-what-is-left-out"),
        pytest.param("The firm … reportedly, paid", id="hedge-kept"),
        pytest.param("wages … nearly forty jobs", id="comparator-kept"),
    ],
)
def test_mark_that_leaves_out_other_words_is_found(quote: str) -> None:
    text = "The firm, which reportedly, paid 40 million, said it may sell the mill and cut wages and nearly forty jobs."

    assert locate(quote, text).how == "elided"
