"""Promises of the signal table: which words hedge, negate, and name what is counted."""

from __future__ import annotations

import pytest

from llmx.lexicon.signals import Family, signals_of


def found(text: str, family: Family) -> list[tuple[str, str]]:
    return [(one.name, text[one.start : one.end]) for one in signals_of(family, text)]


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        pytest.param("It was reportedly hit.", ("hearsay", "reportedly"), id="hearsay"),
        pytest.param("He is said to have left.", ("hearsay", "is said to"), id="several words"),
        pytest.param("They might leave.", ("doubt", "might"), id="modal"),
        pytest.param("It is very probable.", ("doubt", "probable"), id="adjective"),
    ],
)
def test_hedges_are_found(text: str, signal: tuple[str, str]) -> None:
    assert signal in found(text, "hedge")


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        pytest.param("They did not leave.", ("core", "not"), id="not"),
        pytest.param("They didn’t leave.", ("core", "didn’t"), id="contracted, with a typographic apostrophe"),
        pytest.param("He denied it.", ("lexical", "denied"), id="by its meaning"),
    ],
)
def test_negations_are_found(text: str, signal: tuple[str, str]) -> None:
    assert signal in found(text, "negation")


def test_the_month_of_may_hedges_nothing() -> None:
    assert found("It was in May that they met.", "hedge") == []


def test_plain_facts_have_no_hedge_and_no_negation() -> None:
    text = "The army took the town on Monday."

    assert found(text, "hedge") == []
    assert found(text, "negation") == []
