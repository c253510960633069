"""Quote marks at the ends of a quote may be its own, but may not part or shut out what the text holds together."""

from __future__ import annotations

import pytest

from llmx.text.locate import locate


@pytest.mark.parametrize(
    ("quote", "text", "detail"),
    [
        pytest.param(
            "plant “Salt”",
            "Fire hit plant “Salt-Works”.",
            "name-mismatch: quote nothing, text Works at 21:26",
            id="closed-in-a-compound",
        ),
        pytest.param(
            "“Works” burned",
            "The “Salt-Works” burned.",
            "name-mismatch: quote nothing, text Salt at 5:9",
            id="opened-in-a-compound",
        ),
        pytest.param(
            "“one of them was hurt”",
            "“No one of them was hurt,” he said.",
            "negation-mismatch: quote nothing, text No at 1:3",
            id="negation-behind-the-opening-mark",
        ),
        pytest.param(
            "„Wir wissen das“",
            "Er sagte: „Wir wissen das nicht.“",
            "negation-mismatch: quote nothing, text nicht at 26:31",
            id="negation-before-the-closing-mark",
        ),
    ],
)
def test_quote_marks_that_shut_out_words_are_refused(quote: str, text: str, detail: str) -> None:
    match = locate(quote, text)

    assert match.span is None
    assert match.detail == detail


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        pytest.param("“Salt”", "Fire hit the Salt-Works plant.", "Salt", id="marks-around-the-whole-quote"),
        pytest.param("the “safe” streets", "He left the safe streets.", "safe", id="marks-within"),
        pytest.param("“men left”", "“Three old men left,” he said.", "men left", id="no-negation-shut-out"),
        pytest.param("“one was hurt”", "He said no one was hurt.", "one was hurt", id="no-mark-in-the-text"),
        pytest.param("plant “Salt”", "Fire hit plant “Salt Works”.", "plant “Salt", id="closed-before-another-word"),
    ],
)
def test_quote_marks_of_the_quote_alone_are_harmless(quote: str, text: str, found: str) -> None:
    match = locate(quote, text)

    assert match.span is not None
    assert found in match.span.of(text)
