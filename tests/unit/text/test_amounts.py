"""An amount is one number with the word that multiplies it, and is never cut."""

from __future__ import annotations

import pytest

from llmx.text.locate import locate
from llmx.text.refusal import Refusal


@pytest.mark.parametrize(
    ("quote", "text", "amount"),
    [
        pytest.param("It lost $2.4", "It lost $2.4 million in May.", "2.4 million", id="million"),
        pytest.param("It lost $2.4", "It lost $2.4 \n  million in May.", "2.4 \n  million", id="over-a-line-end"),
        pytest.param("killed three", "It killed three hundred men.", "three hundred", id="spelled-out"),
        pytest.param("auf rund 1,8", "Er wird auf rund 1,8 Millionen Euro geschätzt.", "1,8 Millionen", id="german"),
        pytest.param("оценивается в 4,6", "Ущерб оценивается в 4,6 миллиона рублей.", "4,6 миллиона", id="russian"),
        pytest.param("yaklaşık 3,2", "Zarar yaklaşık 3,2 milyon lira.", "3,2 milyon", id="turkish"),
        pytest.param("约340", "公司损失约340万元。", "340万", id="chinese"),
    ],
)
def test_quote_that_cuts_an_amount_is_refused_with_the_whole_amount(quote: str, text: str, amount: str) -> None:
    match = locate(quote, text)

    assert match.reason is Refusal.NUMBER
    assert f"text {amount} at" in match.detail


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("killed 12", "It killed 12 men.", id="what-is-counted"),
        pytest.param("in 1999", "They left in 1999. Millions followed.", id="next-sentence"),
        pytest.param("lost $2.4 million", "It lost $2.4 million in May.", id="whole-amount"),
    ],
)
def test_quote_that_ends_with_a_whole_number_is_located(quote: str, text: str) -> None:
    match = locate(quote, text)

    assert match.span is not None
    assert match.span.of(text) == quote


def test_folded_quote_cuts_no_number_written_in_groups() -> None:
    match = locate("“1 000”", "Der Schaden: -1 000 000 Euro.")

    assert match.span is None
